import { fileURLToPath, pathToFileURL } from 'node:url';
import { NotebookDocuments, TextDocuments } from 'vscode-languageserver';
import type { Connection, NotebookDocument } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range } from 'vscode-languageserver-types';
import { notebookProgram } from '../python/source/notebook.ts';
import type { NotebookCell } from '../python/source/notebook.ts';

/** A part of a program that is a document of its own: a cell of a notebook, or the whole of a Python file. */
export interface Part {
  readonly uri: string;
  /** The program's line, from 0, on which it begins. */
  readonly firstLine: number;
  readonly lineCount: number;
}

/** What is analysed as one: a Python file, or the cells of a notebook in order. */
export interface Program {
  readonly uri: string;
  readonly file: string;
  readonly text: string;
  readonly version: number;
  readonly parts: readonly Part[];
  /** Of a notebook. */
  readonly cells?: readonly NotebookCell[];
}

/** The open programs, by their own URI or that of one of their documents. */
export class OpenPrograms {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #notebooks = new NotebookDocuments(TextDocument);

  listen(connection: Connection, changed: (program: Program) => void, closed: (uri: string, parts: readonly string[]) => void): void {
    this.#documents.onDidChangeContent(({ document }) => {
      if (document.languageId === 'python') changed(programOfDocument(document));
    });
    this.#documents.onDidClose(({ document }) => closed(document.uri, [document.uri]));
    const notebookChanged = (notebook: NotebookDocument): void => changed(this.#programOfNotebook(notebook));
    this.#notebooks.onDidOpen(notebookChanged);
    this.#notebooks.onDidChange(({ notebookDocument }) => notebookChanged(notebookDocument));
    this.#notebooks.onDidClose((notebook) => closed(notebook.uri, notebook.cells.map(({ document }) => document)));
    this.#documents.listen(connection);
    this.#notebooks.listen(connection);
  }

  get(uri: string): Program | undefined {
    const document = this.#documents.get(uri);
    if (document) return document.languageId === 'python' ? programOfDocument(document) : undefined;
    const notebook = this.#notebooks.getNotebookDocument(uri) ?? this.#notebooks.findNotebookDocumentForCell(uri);
    return notebook && this.#programOfNotebook(notebook);
  }

  /** The texts of open Python files, by path. */
  overlays(except: string): Record<string, string> {
    return Object.fromEntries(this.#documents.all().filter(({ uri, languageId }) => uri !== except && languageId === 'python')
      .map((document) => [fileOf(document.uri), document.getText()]));
  }

  #programOfNotebook(notebook: NotebookDocument): Program {
    const code = notebook.cells.flatMap((cell, index) => {
      const document = this.#notebooks.getCellTextDocument(cell);
      return document?.languageId === 'python' ? [{ index, id: document.uri, source: document.getText() }] : [];
    });
    const { text, cells } = notebookProgram(code);
    return {
      uri: notebook.uri, file: fileOf(notebook.uri), text, version: notebook.version, cells,
      parts: cells.map(({ id, firstLine, lineCount }) => ({ uri: id!, firstLine: firstLine - 1, lineCount })),
    };
  }
}

function programOfDocument(document: TextDocument): Program {
  return { uri: document.uri, file: fileOf(document.uri), text: document.getText(), version: document.version, parts: [{ uri: document.uri, firstLine: 0, lineCount: Infinity }] };
}

/** The part of a program that is the document. */
export function partOf({ parts }: Program, uri: string): Part | undefined {
  return parts.find((part) => part.uri === uri);
}

export function partAt({ parts }: Program, { line }: Position): Part | undefined {
  return parts.find(({ firstLine, lineCount }) => line >= firstLine && line < firstLine + lineCount);
}

/** From a document's positions to the program's, by the part's first line; back by its negative. */
export function moved<T extends Position | Range>(place: T, lines: number): T {
  if ('line' in place) return { ...place, line: place.line + lines };
  return { ...place, start: moved(place.start, lines), end: moved(place.end, lines) };
}

/** The file of a document: its path, or the URI itself where it has none (untitled documents). */
export function fileOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}

export function uriOf(file: string): string {
  return /^[a-z][a-z-]+:/.test(file) ? file : pathToFileURL(file).href;
}
