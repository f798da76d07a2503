import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { RobustnessAnswer } from './robustness.ts';
import type { EpsilonBracket } from './smallest-epsilon.ts';

/** What is asked of each input: whether one size of perturbation changes its class, or which is the smallest that does. */
export type TableAnswer = RobustnessAnswer | EpsilonBracket;

/** One input's line in a table; the scores and the adversarial input are kept with it. */
export type TableRow<Answer extends TableAnswer = RobustnessAnswer> = Answer & { readonly index: number };

/** A table file that cannot be continued. */
export class TableError extends Error {
  override readonly name = 'TableError';
}

export interface TableOptions<Answer extends TableAnswer = RobustnessAnswer> {
  readonly signal?: AbortSignal;
  readonly onRow?: (row: TableRow<Answer>, done: number) => void;
}

/**
 * Answers the same question about many inputs and writes each answer to a file as soon as it is there, one JSON line each.
 * After a kill the next call goes on behind the last whole line; nothing that was answered is asked again.
 * @param question what identifies the table (model, norm, epsilon): a file made with another one is refused.
 * @returns all rows, those of earlier calls included; a cancelled input has none
 * @throws TableError where the file belongs to another question or is no table
 */
export async function robustnessTable<Answer extends TableAnswer = RobustnessAnswer>(path: string, question: object, count: number, ask: (index: number) => Promise<Answer>, options: TableOptions<Answer> = {}): Promise<TableRow<Answer>[]> {
  const key = createHash('sha256').update(JSON.stringify(question)).digest('hex');
  const rows = existsSync(path) ? earlierRows<Answer>(path, key) : new Map<number, TableRow<Answer>>();
  const file = openSync(path, 'a');
  const append = (line: object) => {
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  };
  try {
    if (rows.size === 0 && readFileSync(path).length === 0) append({ format: 'layerscope robustness table', key, question });
    for (let index = 0; index < count; index++) {
      if (rows.has(index)) continue;
      if (options.signal?.aborted) break;
      const row: TableRow<Answer> = { index, ...await ask(index) };
      // an answer that was cut short is no answer
      if (options.signal?.aborted && ('verdict' in row ? row.verdict === 'undecided' : row.reason !== undefined)) break;
      append(row);
      rows.set(index, row);
      options.onRow?.(row, rows.size);
    }
  } finally {
    closeSync(file);
  }
  return [...rows.values()].sort((a, b) => a.index - b.index);
}

/** The whole lines of a table; a last line that was cut off is removed from the file. */
function earlierRows<Answer extends TableAnswer>(path: string, key: string): Map<number, TableRow<Answer>> {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.length) truncateSync(path, end);
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').filter((line) => line !== '');
  const rows = new Map<number, TableRow<Answer>>();
  lines.forEach((line, k) => {
    let content: Record<string, unknown>;
    try {
      content = JSON.parse(line) as Record<string, unknown>;
    } catch {
      throw new TableError(`${path}, line ${k + 1}: this is no robustness table`);
    }
    if (k > 0) rows.set(content.index as number, content as unknown as TableRow<Answer>);
    else if (content.format !== 'layerscope robustness table') throw new TableError(`${path}, line 1: this is no robustness table`);
    else if (content.key !== key) throw new TableError(`${path} is the table of another question; name another file or delete it`);
  });
  return rows;
}

/** Counts for the foot of a table. */
export function summarise(rows: readonly TableRow[]): { robust: number; adversarial: number; undecided: number; seconds: number } {
  const count = (verdict: TableRow['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  return { robust: count('robust'), adversarial: count('adversarial'), undecided: count('undecided'), seconds: rows.reduce((sum, row) => sum + row.seconds, 0) };
}

/** The table for a spreadsheet: a line for each input, without scores and adversarial inputs. */
export function tableCsv(rows: readonly TableRow<TableAnswer>[]): string {
  const lines = rows.map((row) => ('verdict' in row
    ? [row.index, row.verdict, row.original.label, row.adversarial?.label, row.adversarial?.distance, row.bound, row.seconds]
    : [row.index, row.certified, row.attacked, row.adversarial?.label, row.reason === undefined ? '' : `"${row.reason}"`, row.seconds]));
  const header = rows.some((row) => !('verdict' in row)) ? 'index,certified,attacked,adversarial_class,reason,seconds' : 'index,verdict,class,adversarial_class,distance,margin_at_least,seconds';
  return `${[header, ...lines.map((line) => line.map((cell) => cell ?? '').join(','))].join('\n')}\n`;
}
