import { symbol } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { DataType } from '../../graph/tensor.ts';
import { isDataType } from '../tracing/conversion.ts';

/** The shape of an input that the user states, by a comment, a setting or on the command line. */
export interface StatedInput {
  /** Undefined: any model. */
  readonly model?: string;
  /** Undefined: the next input in order that no other statement names. */
  readonly input?: string;
  readonly shape: readonly Dimension[];
  readonly dataType?: DataType;
}

/** `# layerscope: ...` comments of a file. Lines count from 1. */
export interface Comments {
  /** Codes that are silenced on a line; `all` for an `ignore` without codes. */
  readonly ignored: ReadonlyMap<number, ReadonlySet<string> | 'all'>;
  readonly inputs: readonly (StatedInput & { readonly line: number })[];
}

const directive = /#\s*layerscope:\s*(\w+)\s*(.*)$/;

export function readComments(text: string): Comments {
  const ignored = new Map<number, ReadonlySet<string> | 'all'>();
  const inputs: (StatedInput & { line: number })[] = [];
  if (!text.includes('layerscope:')) return { ignored, inputs };
  text.split(/\r\n|\r|\n/).forEach((lineText, index) => {
    const match = directive.exec(lineText);
    if (!match) return;
    const [, word, rest] = match;
    const line = index + 1;
    if (word === 'ignore') {
      const codes = /^\[([^\]]*)\]/.exec(rest);
      ignored.set(line, codes ? new Set(codes[1].split(',').map((code) => code.trim())) : 'all');
    } else if (word === 'input') {
      const stated = readStatedInput(rest.trim());
      if (stated) inputs.push({ ...stated, line });
    }
  });
  return { ignored, inputs };
}

/**
 * `[NAME=]SHAPE [DTYPE]`: `1,3,224,224`, `tokens=batch,128 int64`, `(None, 28, 28)`. Names and None stand for symbols.
 * Undefined where it is no shape.
 */
export function readStatedInput(text: string): StatedInput | undefined {
  const match = /^(?:([A-Za-z_]\w*)\s*=\s*)?[[(]?\s*([^\])\s][^\])]*?)\s*,?\s*[\])]?(?:\s+([a-z]+\d*))?\s*$/.exec(text);
  if (!match) return undefined;
  const [, input, sizes, type] = match;
  if (type !== undefined && !isDataType(type)) return undefined;
  const shape: Dimension[] = [];
  for (const [axis, part] of sizes.split(/\s*,\s*|\s*x\s*(?=\d)/).entries()) {
    const dimension = readSize(part, axis);
    if (dimension === undefined) return undefined;
    shape.push(dimension);
  }
  return { ...(input !== undefined && { input }), shape, ...(type !== undefined && { dataType: type as DataType }) };
}

function readSize(text: string, axis: number): Dimension | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === 'None' || text === '?' || text === '-1') return symbol(axis === 0 ? 'batch' : `axis${axis}`, { none: true });
  return /^[A-Za-z_]\w*$/.test(text) ? symbol(text) : undefined;
}

/** Whether a comment silences the code on one of the lines. */
export function isSilenced({ ignored }: Comments, code: string, lines: readonly number[]): boolean {
  return lines.some((line) => {
    const codes = ignored.get(line);
    return codes !== undefined && (codes === 'all' || codes.has(code));
  });
}
