import { createHash } from 'node:crypto';
import { Fault } from './fault.ts';
import { keepOnePerLine } from './faults.ts';
import { repair } from './repair.ts';
import { StatementParser } from './statements.ts';
import { tokenize } from './tokens.ts';
import type { Module, SyntaxFault } from '../source/syntax.ts';

/** Files whose trees are kept; the one that was not asked for longest goes first. */
const cacheSize = 2000;
const cache = new Map<string, Module>();

/**
 * The syntax tree of a Python file. Never throws on any text: what does not parse becomes `Broken` statements and `BrokenExpression`s
 * with the faults listed in `errors`, and the rest of the file stays.
 *
 * The same text gives the same tree as long as it is kept, but files of different paths have trees of their own: what is compiled from a tree
 * knows its file.
 */
export function parse(text: string, path = ''): Module {
  const key = `${text.length}:${createHash('sha1').update(text).digest('base64')}:${path}`;
  const cached = cache.get(key);
  if (cached) {
    cache.delete(key);
    cache.set(key, cached);
    return cached;
  }
  const module = parseText(text);
  cache.set(key, module);
  if (cache.size > cacheSize) cache.delete(cache.keys().next().value as string);
  return module;
}

/** The same as a tree of its own, which nobody else holds. */
export function parseText(text: string): Module {
  return strict(text) ?? tolerant(text);
}

/** The tree of a text that parses; undefined for others. */
function strict(text: string): Module | undefined {
  try {
    const parser = new StatementParser(text, tokenize(text));
    const body = parser.module();
    return { type: 'Module', start: 0, end: text.length, body, errors: keepOnePerLine(text, parser.faults) };
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function tolerant(text: string): Module {
  const { text: mended, offsets, faults } = repair(text);
  const found: SyntaxFault[] = [...faults];
  const parser = new StatementParser(mended, tokenize(mended, found), true, offsets, found);
  const body = parser.module();
  return { type: 'Module', start: 0, end: text.length, body, errors: keepOnePerLine(text, found) };
}
