import { lineTable } from '../source/lines.ts';
import type { SyntaxFault } from '../source/syntax.ts';

/** The first fault of each line, in order; Python 2's print statement once a file. */
export function keepOnePerLine(text: string, faults: readonly SyntaxFault[]): SyntaxFault[] {
  if (faults.length === 0) return [];
  const lines = lineTable(text);
  const seen = new Set<number | string>();
  const kept: SyntaxFault[] = [];
  for (const { start, end, message } of faults) {
    const { line } = lines.position(start);
    const print = message.startsWith("Missing parentheses in call to 'print'");
    if (seen.has(line) || (print && seen.has('print'))) continue;
    seen.add(line);
    if (print) seen.add('print');
    kept.push({ start, end, message });
  }
  return kept.sort((a, b) => a.start - b.start);
}
