import type { Location } from '../../graph/graph.ts';
import type { Place, SourceFile } from '../python/interpreter-api.ts';
import { lineTable } from '../python/lines.ts';
import type { LineTable } from '../python/lines.ts';

const tables = new WeakMap<SourceFile, LineTable>();

/** The location of a place; lines count from 1, columns from 0. */
export function locationOf({ file, start, end }: Place): Location {
  const table = linesOf(file);
  const from = table.position(start);
  const to = table.position(end);
  return { file: file.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

export function textOf(place: Place): string {
  return place.file.text.slice(place.start, place.end);
}

export function linesOf(file: SourceFile): LineTable {
  let table = tables.get(file);
  if (!table) {
    table = lineTable(file.text);
    tables.set(file, table);
  }
  return table;
}
