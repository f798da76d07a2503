import type { Location } from '../../graph/graph.ts';
import type { Place, SourceFile } from '../python/interpreter-api.ts';

const lineStarts = new WeakMap<SourceFile, readonly number[]>();

/** The location of a place; lines count from 1, columns from 0. */
export function locationOf({ file, start, end }: Place): Location {
  const from = positionAt(file, start);
  const to = positionAt(file, end);
  return { file: file.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

export function textOf(place: Place): string {
  return place.file.text.slice(place.start, place.end);
}

/** The offset of a line (from 1) and column, clamped to the text. */
export function offsetAt(file: SourceFile, line: number, column: number): number {
  const starts = startsOf(file);
  if (line > starts.length) return file.text.length;
  return Math.min(starts[Math.max(0, line - 1)] + column, file.text.length);
}

function positionAt(file: SourceFile, offset: number): { line: number; column: number } {
  const starts = startsOf(file);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low] };
}

function startsOf(file: SourceFile): readonly number[] {
  let starts = lineStarts.get(file);
  if (!starts) {
    const found = [0];
    for (let i = file.text.indexOf('\n'); i !== -1; i = file.text.indexOf('\n', i + 1)) found.push(i + 1);
    starts = found;
    lineStarts.set(file, starts);
  }
  return starts;
}
