import { readFile } from 'node:fs/promises';
import type { Location } from '../graph/graph.ts';
import type { Diagnostic } from '../language-server/analysis.ts';
import { NotebookError, readNotebook } from '../language-server/python/source/notebook.ts';

/** A location in a notebook: lines are those of the cell. */
export interface CellLocation extends Location {
  /** The cell's place among all cells of the notebook, counting from 1; undefined in other files. */
  readonly cell?: number;
}

/** The diagnostics of a file, those of a notebook in their cells: the analysis counts the lines of all cells together. */
export async function inCells(file: string, diagnostics: readonly Diagnostic[]): Promise<readonly Diagnostic[]> {
  if (!file.endsWith('.ipynb') || diagnostics.length === 0) return diagnostics;
  const place = await placer(file);
  if (!place) return diagnostics;
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    location: place(diagnostic.location),
    related: diagnostic.related.map((other) => ({ ...other, location: place(other.location) })),
    ...(diagnostic.fix && { fix: { ...diagnostic.fix, edits: diagnostic.fix.edits.map((edit) => ({ ...edit, location: place(edit.location) })) } }),
  }));
}

/** From the program's lines to the cells'; undefined for a file that is no notebook. */
async function placer(file: string): Promise<((location: Location) => CellLocation) | undefined> {
  try {
    const notebook = readNotebook(await readFile(file, 'utf8'));
    return (location) => {
      const found = location.file === file ? notebook.locate(location.line) : undefined;
      if (!found) return location;
      const before = location.line - found.line;
      return { ...location, line: found.line, endLine: location.endLine - before, cell: found.cell.index + 1 };
    };
  } catch (error) {
    if (error instanceof NotebookError) return undefined;
    throw error;
  }
}

export function cellOf(location: CellLocation): number | undefined {
  return location.cell;
}
