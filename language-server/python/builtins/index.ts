/** The names of the module `builtins`. Importing this file gives the built-in classes their constructors and methods. */
import './bytes.ts';
import './exception-classes.ts';
import './function-type.ts';
import './mappings.ts';
import './module-type.ts';
import './numbers.ts';
import './sequences.ts';
import './sets.ts';
import './strings.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import { ellipsis, notImplemented, type Value } from '../values/index.ts';
import { functions } from './functions.ts';
import { enumerate, filter, map, reversed, zip } from './iterators.ts';

/** A fresh table: one interpreter's changes to its builtins are its own. */
export function builtinNames(): Map<string, Value> {
  const names = new Map<string, Value>([
    ['None', null], ['True', true], ['False', false], ['Ellipsis', ellipsis], ['NotImplemented', notImplemented], ['__debug__', true], ['__name__', 'builtins'],
  ]);
  for (const each of functions) names.set(each.name, each);
  for (const name of [
    'object', 'type', 'bool', 'int', 'float', 'complex', 'str', 'bytes', 'bytearray', 'list', 'tuple', 'dict', 'set', 'frozenset', 'slice', 'range', 'property', 'classmethod',
    'staticmethod', 'super',
  ] as const) names.set(name, classes[name]);
  for (const cls of [enumerate, filter, map, reversed, zip]) names.set(cls.name, cls);
  for (const [name, cls] of Object.entries(exceptions)) names.set(name, cls);
  return names;
}
