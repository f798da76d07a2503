import type { Location } from '../../graph/graph.ts';

/** A source text with its lines, for turning offsets into lines and columns. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** True for the user's own files: workspace files, not stubs nor installed packages. */
  readonly user: boolean;
}

/** A span of a source. Cheap to make and to keep; its location is computed when it is asked for. */
export interface Place {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

const lineStarts = new WeakMap<Source, readonly number[]>();

/** The location of a place; lines count from 1, columns from 0. */
export function locationOf(place: Place): Location {
  const start = positionAt(place.source, place.start);
  const end = positionAt(place.source, place.end);
  return { file: place.source.file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

export function textOf(place: Place): string {
  return place.source.text.slice(place.start, place.end);
}

function positionAt(source: Source, offset: number): { line: number; column: number } {
  const starts = startsOf(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low] };
}

function startsOf(source: Source): readonly number[] {
  let starts = lineStarts.get(source);
  if (!starts) {
    const found = [0];
    for (let i = source.text.indexOf('\n'); i !== -1; i = source.text.indexOf('\n', i + 1)) found.push(i + 1);
    starts = found;
    lineStarts.set(source, starts);
  }
  return starts;
}
