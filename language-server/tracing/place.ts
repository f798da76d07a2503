import type { Location } from '../../graph/graph.ts';
import type { Place, SourceFile } from '../python/interpreter-api.ts';
import { lineTable } from '../python/source/lines.ts';
import type { LineTable } from '../python/source/lines.ts';

const tables = new WeakMap<SourceFile, { readonly text: string; readonly lines: LineTable }>();

let watched: Map<Location, Place> | undefined;

/** Notes of which places the locations that `body` makes are. */
export function watchLocations<T>(body: () => T): { readonly result: T; readonly places: ReadonlyMap<Location, Place> } {
  const before = watched;
  const places = watched = new Map<Location, Place>();
  try {
    return { result: body(), places };
  } finally {
    watched = before;
  }
}

/** The location of a place; lines count from 1, columns from 0. */
export function locationOf(place: Place): Location {
  const { file } = place;
  const table = linesOf(file);
  const from = table.position(place.start);
  const to = table.position(place.end);
  const location = { file: file.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  watched?.set(location, place);
  return location;
}

export function textOf(place: Place): string {
  return place.file.text.slice(place.start, place.end);
}

export function linesOf(file: SourceFile): LineTable {
  const known = tables.get(file);
  // the text of a file that is being edited changes
  if (known?.text === file.text) return known.lines;
  const lines = lineTable(file.text);
  tables.set(file, { text: file.text, lines });
  return lines;
}
