import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedFolder } from './python/resolver.ts';

let tables: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/**
 * Whether the framework has a name that a stub may not have: true or false where all names of the owner are listed
 * (library/names.json, written by test/oracle/names.py), undefined where they are not.
 * `owner` is a module (`torch.nn`), or a package and a class (`torch:Tensor`).
 */
export function frameworkHas(owner: string, name: string): boolean | undefined {
  tables ??= new Map(Object.entries(JSON.parse(readFileSync(join(packagedFolder('library'), 'names.json'), 'utf8')) as Record<string, string>)
    .map(([key, names]) => [key, new Set(names.split(' '))]));
  const names = tables.get(owner);
  return names && (names.has(name) || name.startsWith('_'));
}
