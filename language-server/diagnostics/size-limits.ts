import { messageOf } from './exception-message.ts';
import type { DimensionSymbol } from '../../graph/dimension.ts';
import type { Diagnostic } from '../analysis.ts';
import { evaluate } from '../extraction/solve.ts';
import { symbolsOfFormula } from '../python/paths/condition.ts';
import type { Interpreter, SourceFile } from '../python/interpreter-api.ts';
import { locationOf } from '../tracing/place.ts';
import type { Constraint } from '../tracing/run.ts';

/** Sizes that are tried, in order: limits are usually powers of two or round numbers. */
const sizes: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 77, 100, 128, 196, 197, 200, 224, 256, 300, 384, 500, 512, 768, 1000, 1024, 2000, 2048, 4096, 5000, 8192, 10_000, 32_768].flatMap((size) => [size, size + 1]);

/**
 * Where a model works for small sizes of an input and raises for large ones: `fails when length > 512`. Sizes that are too small
 * are not spoken of: nobody feeds a convolution an image of two pixels.
 */
export function sizeLimits(constraints: readonly Constraint[], file: SourceFile, interpreter: Interpreter): Diagnostic[] {
  return constraints.flatMap(({ formula, error, path, place: where }): Diagnostic[] => {
    const at = error.traceback.findLast((entry) => entry.file === file) ?? (where?.file === file ? where : undefined);
    if (path.length > 0 || !at) return [];
    const symbols = new Map<string, DimensionSymbol>();
    symbolsOfFormula(formula, symbols);
    const [symbol, ...others] = symbols.values();
    if (symbol === undefined || others.length > 0 || symbol.none || symbol.name === 'batch') return [];
    const limit = largestThatWorks((size) => evaluate(formula, new Map([[symbol.name, size]])));
    if (limit === undefined) return [];
    return [{
      severity: 'information', code: 'size-limit', location: locationOf(at), related: [], example: { [symbol.name]: limit + 1 },
      message: `This fails when ${symbol.name} > ${limit}: ${messageOf(interpreter, error)}`,
    }];
  });
}

/** The size up to which a condition holds and beyond which it does not; undefined where there is none. */
function largestThatWorks(holds: (size: number) => unknown): number | undefined {
  if (holds(sizes[0]) !== true) return undefined;
  const broken = sizes.findIndex((size) => holds(size) === false);
  if (broken === -1 || sizes.slice(broken).some((size) => holds(size) !== false)) return undefined;
  let low = sizes[broken - 1];
  let high = sizes[broken];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle) === true) low = middle;
    else high = middle;
  }
  return low;
}
