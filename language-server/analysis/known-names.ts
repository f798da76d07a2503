import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedFolder } from '../python/resolution/resolver.ts';

let tables: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/**
 * Whether the framework has a name that a stub may not have: true or false where all names of the owner are listed
 * (library/names.json, written by test/oracle/names.py), undefined where they are not. Of owners whose names come and go between versions
 * (`~` in the table) only misspellings are known to be none.
 * The owner is a module (`torch.nn`), or a package and a class (`torch:Tensor`).
 */
export function frameworkHas(module: string, name: string): boolean | undefined {
  const owner = module.replace(/^tensorflow\.(?:python\.)?keras\b/, 'keras');
  tables ??= new Map(Object.entries(JSON.parse(readFileSync(join(packagedFolder('library'), 'names.json'), 'utf8')) as Record<string, string>)
    .map(([key, names]) => [key, new Set(names.split(' '))]));
  if (name.startsWith('_')) return tables.has(owner) ? true : undefined;
  const names = tables.get(owner);
  if (names) return names.has(name);
  const known = tables.get(`~${owner}`) ?? tables.get(`~${owner.slice(0, owner.indexOf(':') + 1)}`);
  if (!known) return undefined;
  if (known.has(name)) return true;
  return isMisspelt(name, known) || isOfSister(owner, name) ? false : undefined;
}

/** Modules that never had what another module of their package has: `keras.layers.hstack` is `keras.ops.hstack`. */
const apart: ReadonlySet<string> = new Set(['keras.layers', 'keras.models', 'keras.ops', 'keras.regularizers', 'keras.callbacks', 'keras.constraints', 'keras.datasets']);

function isOfSister(owner: string, name: string): boolean {
  if (!apart.has(owner)) return false;
  return [...tables!].some(([key, names]) => key.startsWith('~keras.') && key !== '~keras.backend' && key !== '~keras.utils' && names.has(name)) || tables!.get('~keras')!.has(name);
}

/**
 * Whether a name is one of others with a letter left out, added or exchanged with its neighbour, or in another case: inside the word, because
 * versions of a name differ at its ends (`stack`, `hstack`; `log`, `log2`), and no digits, which tell names apart (`Conv1D`, `Conv2D`).
 */
export function isMisspelt(name: string, others: ReadonlySet<string>): boolean {
  if (name.length < 4 || others.has(name)) return false;
  for (let at = 1; at < name.length; at++) {
    // one letter too many, two exchanged
    if (at < name.length - 1 && isLetter(name[at]) && others.has(name.slice(0, at) + name.slice(at + 1))) return true;
    if (at < name.length - 1 && isLetter(name[at]) && isLetter(name[at + 1]) && others.has(name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2))) return true;
  }
  const lower = name.toLowerCase();
  for (const other of others) {
    if (other.length === name.length && other.toLowerCase() === lower) return true;
    // one letter too few
    if (other.length !== name.length + 1) continue;
    let at = 0;
    while (at < name.length && other[at] === name[at]) at++;
    if (at > 0 && at < name.length && isLetter(other[at]) && other.slice(at + 1) === name.slice(at)) return true;
  }
  return false;
}

function isLetter(character: string): boolean {
  return /[a-z]/.test(character);
}
