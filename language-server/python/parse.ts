import { createHash } from 'node:crypto';
import { loadGrammar } from './parser/grammar.ts';
import { repair } from './parser/repair.ts';
import { collectFaults } from './parser/faults.ts';
import type { Context } from './parser/context.ts';
import { statements } from './parser/statements.ts';
import { parseTree } from './parser/tree.ts';
import type { Module } from './syntax.ts';

/** Files whose trees are kept; the one that was not asked for longest goes first. */
const cacheSize = 2000;
const cache = new Map<string, Module>();

/** Must be awaited once before `parse`. */
export async function loadParser(): Promise<void> {
  await loadGrammar();
}

/**
 * The syntax tree of a Python file. Never throws on any text: what does not parse becomes `Broken` statements and `BrokenExpression`s
 * with the faults listed in `errors`, and the rest of the file stays. What is compiled from a tree belongs to one file: `path` keeps
 * files of the same text apart.
 */
export function parse(text: string, path = ''): Module {
  const key = `${path}:${text.length}:${createHash('sha1').update(text).digest('base64')}`;
  const cached = cache.get(key);
  if (cached) {
    cache.delete(key);
    cache.set(key, cached);
    return cached;
  }
  const module = parseAnew(text);
  cache.set(key, module);
  if (cache.size > cacheSize) cache.delete(cache.keys().next().value as string);
  return module;
}

/**
 * Where the grammar refuses valid Python, the parser is given a text of the same length that it reads; names and literals are
 * taken from the user's text. `type(x).y = z` is no type alias; outside of brackets a star is refused before a bracket or a literal.
 */
const aliasLike = /^([ \t]*)type(?=\s*\()/gm;
const starred = /([,=]|\breturn|\byield|\bin)(\s*)\*(?=[[({"'])/g;

function parseAnew(text: string): Module {
  const standIn = text.replace(aliasLike, '$1typE');
  let tree = parseTree(standIn);
  if (!tree.clean) {
    const attempt = standIn.replace(starred, '$1$2~');
    if (attempt !== standIn) {
      const attempted = parseTree(attempt);
      if (attempted.clean) tree = attempted;
    }
  }
  const { text: mended, offsets, faults } = repair(standIn, !tree.clean);
  if (offsets.length > 0) tree = parseTree(mended);
  const context: Context = { text, clean: tree.clean, repaired: offsets, faults: [], functions: [] };
  const body = statements(context, tree.root.children);
  return { type: 'Module', start: 0, end: text.length, body, errors: collectFaults(text, tree, faults, context.faults) };
}
