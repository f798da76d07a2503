/** Filling dicts and sets, which lose their contents where a key is not known. */
import { NotKnown } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import { unpackAll } from './iteration.ts';
import { classes, exceptions, PyDict, type PySet, typeOf, Unknown, type Value } from '../values/index.ts';

export function setDictItem(machine: Machine, dict: PyDict, key: Value, value: Value): void {
  const unknown = unknownOf(machine, () => dict.set(machine, key, value));
  if (unknown) dict.blur(unknown);
}

export function addToSet(machine: Machine, set: PySet, item: Value): void {
  const unknown = unknownOf(machine, () => set.add(machine, item));
  if (unknown) set.blur(unknown);
}

/** Does something with a key; the Unknown because of which it could not be done. */
export function unknownOf(machine: Machine, attempt: () => void): Unknown | undefined {
  try {
    attempt();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof NotKnown) return machine.unknownFrom(thrown.unknown);
    throw thrown;
  }
}

/** `dict.update(mapping)` and `{**mapping}`. */
export function updateDict(machine: Machine, dict: PyDict, mapping: Value): void {
  if (mapping instanceof Unknown) {
    dict.blur(mapping);
    return;
  }
  if (mapping instanceof PyDict && (mapping.cls.immutable || mapping.cls.find('keys') === classes.dict.find('keys'))) {
    if (mapping.blurred) dict.blur(mapping.blurred);
    for (const { key, value } of mapping.entries.values()) dict.set(machine, key, value);
    return;
  }
  const keys = machine.findAttribute(mapping, 'keys');
  if (keys === undefined) throw machine.error(exceptions.TypeError, `'${typeOf(mapping).name}' object is not a mapping`);
  const listed = unpackAll(machine, machine.call(keys));
  if (listed instanceof Unknown) dict.blur(listed);
  else for (const key of listed) setDictItem(machine, dict, key, machine.getItem(mapping, key));
}
