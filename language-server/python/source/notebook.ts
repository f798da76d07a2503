/** Jupyter notebooks as one program: the code cells in order, with a way back from its lines to the cells. */

export interface NotebookProgram {
  /** Python text: the cells one below the other; magics and shell lines are blank. Lines are those of the cells. */
  readonly text: string;
  readonly cells: readonly NotebookCell[];
  /** The cell that holds a line of the text (counting from 1) and the line in it; undefined between cells. */
  locate(line: number): { readonly cell: NotebookCell; readonly line: number } | undefined;
}

export interface NotebookCell {
  /** Its place among all cells of the notebook, counting from 0. */
  readonly index: number;
  readonly id: string | undefined;
  /** The text's line on which it begins, counting from 1. */
  readonly firstLine: number;
  readonly lineCount: number;
}

/** A file that is no notebook, in words for the user. */
export class NotebookError extends Error {}

/** @throws NotebookError where the text is no notebook. */
export function readNotebook(source: string): NotebookProgram {
  let notebook: unknown;
  try {
    notebook = JSON.parse(source.trim() === '' ? '{"cells": []}' : source);
  } catch (error) {
    throw new NotebookError(`This notebook is not valid JSON: ${(error as Error).message}.`);
  }
  const cells = cellsOf(notebook);
  if (!cells) throw new NotebookError('This file is JSON, but no notebook: it has no list of cells.');
  return notebookProgram(cells);
}

export interface CodeCell {
  readonly index: number;
  readonly id?: string;
  readonly source: string;
}

/** The program of cells that are given, such as those of an open notebook. */
export function notebookProgram(code: readonly CodeCell[]): NotebookProgram {
  const lines: string[] = [];
  const cells: NotebookCell[] = [];
  for (const { index, id, source } of code) {
    const own = blankMagics(source.split(/\r\n|\r|\n/));
    cells.push({ index, id, firstLine: lines.length + 1, lineCount: own.length });
    // an empty line keeps the cells' statements apart
    lines.push(...own, '');
  }
  return { text: lines.join('\n'), cells, locate: (line) => cellAt(cells, line) };
}

/** The cell that holds a line of the program and the line in it, both counting from 1; undefined between cells. */
function cellAt(cells: readonly NotebookCell[], line: number): { readonly cell: NotebookCell; readonly line: number } | undefined {
  const cell = cells.findLast(({ firstLine }) => firstLine <= line);
  return cell && line < cell.firstLine + cell.lineCount ? { cell, line: line - cell.firstLine + 1 } : undefined;
}

/** How messages write a line of a program: `14`, in a notebook `2 of cell 3`. */
export function lineName(cells: readonly NotebookCell[] | undefined, line: number): string {
  const found = cells && cellAt(cells, line);
  return found ? `${found.line} of cell ${found.cell.index + 1}` : String(line);
}

/** The code cells; undefined where it is no notebook. Versions 3 and 4 of the format. */
function cellsOf(notebook: unknown): CodeCell[] | undefined {
  if (typeof notebook !== 'object' || notebook === null) return undefined;
  const { cells, worksheets } = notebook as { cells?: unknown; worksheets?: unknown };
  const listed = Array.isArray(cells) ? cells : Array.isArray(worksheets) ? worksheets.flatMap((sheet: { cells?: unknown[] }) => sheet?.cells ?? []) : undefined;
  if (!listed) return undefined;
  const code: CodeCell[] = [];
  listed.forEach((cell: unknown, index) => {
    if (typeof cell !== 'object' || cell === null) return;
    const { cell_type: type, source, input, id } = cell as { cell_type?: unknown; source?: unknown; input?: unknown; id?: unknown };
    const text = source ?? input;
    if (type !== 'code' || (typeof text !== 'string' && !Array.isArray(text))) return;
    code.push({ index, id: typeof id === 'string' ? id : undefined, source: Array.isArray(text) ? text.join('') : text });
  });
  return code;
}

/** Cell magics whose cells hold Python. */
const pythonMagics = /^%%(?:time|timeit|capture|prun|memit|mprun)\b/;

function blankMagics(lines: readonly string[]): string[] {
  const first = lines.find((line) => line.trim() !== '');
  if (first?.startsWith('%%') && !pythonMagics.test(first)) return lines.map(() => '');
  let depth = 0;
  let quotes = '';
  let continued = false;
  return lines.map((line) => {
    const magic = continued || (depth === 0 && quotes === '' && isMagic(line));
    if (magic) {
      continued = line.trimEnd().endsWith('\\');
      const timed = /^\s*%time\s+(.*)/.exec(line);
      // `%time statement` runs the statement
      return timed ? line.slice(0, line.indexOf('%')) + timed[1] : '';
    }
    ({ depth, quotes } = follow(line, depth, quotes));
    return line;
  });
}

function isMagic(line: string): boolean {
  const text = line.trim();
  return /^(?:%{1,2}[A-Za-z]|!{1,2}|\?)/.test(text) || /^[\w.]+\?{1,2}$/.test(text) || /^[\w, ]+=\s*(?:!|%[A-Za-z])/.test(text);
}

/** Brackets and long strings that a line leaves open: a line that begins with `%` inside of them is no magic. */
function follow(line: string, depth: number, quotes: string): { depth: number; quotes: string } {
  let open = depth;
  let inside = quotes;
  for (let at = 0; at < line.length; at++) {
    if (inside !== '') {
      if (line[at] === '\\') at++;
      else if (line.startsWith(inside, at)) {
        at += inside.length - 1;
        inside = '';
      }
      continue;
    }
    const character = line[at];
    if (character === '#') break;
    if (character === '"' || character === "'") {
      inside = line.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
      at += inside.length - 1;
    } else if ('([{'.includes(character)) open++;
    else if (')]}'.includes(character)) open = Math.max(0, open - 1);
  }
  // a short string ends with its line
  return { depth: open, quotes: inside.length === 3 ? inside : '' };
}
