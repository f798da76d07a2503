import { readFileSync, statSync } from 'node:fs';
import type { SourceFile } from '../interpreter-api.ts';
import { parse } from '../parser/parse.ts';
import type { Module } from '../source/syntax.ts';

interface Kept {
  readonly modified: number;
  readonly size: number;
  readonly file: SourceFile;
}

/** The same text of the same path is the same file, so that what was compiled from it is found again. */
const files = new WeakMap<Module, SourceFile>();

const kept = new Map<string, Kept>();

/** A file of the disk, read and parsed again only when it has changed; undefined where it cannot be read. */
export function sourceFile(path: string, user: boolean): SourceFile | undefined {
  const state = statSync(path, { throwIfNoEntry: false });
  if (!state?.isFile()) return undefined;
  const key = `${user ? 'u' : 'l'}${path}`;
  const known = kept.get(key);
  if (known && known.modified === state.mtimeMs && known.size === state.size) return known.file;
  const file = makeSourceFile(path, readFileSync(path, 'utf8'), user);
  kept.set(key, { modified: state.mtimeMs, size: state.size, file });
  return file;
}

/** A file whose text is given: an open document, a notebook. */
export function makeSourceFile(path: string, text: string, user: boolean): SourceFile {
  const tree = parse(text, path);
  const known = files.get(tree);
  if (known?.user === user) return known;
  const file = { path, text, user, tree };
  files.set(tree, file);
  return file;
}
