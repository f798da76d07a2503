/**
 * Python's hashing as JavaScript map keys: values that are equal in Python (1, 1.0, True) have the same key.
 *
 * Plain values are their own keys, since ints are integers and floats with a fraction cannot equal one; tuples, frozensets, bytes
 * and instances with their own `__hash__` get a text that begins with a NUL; anything else is its own key by identity.
 */
import type { Interpreter } from '../interpreter-api.ts';
import { NotKnown } from '../interpreter-api.ts';
import { Condition, exceptions, PyBytes, PyComplex, PyDict, PyFloat, PyInstance, PyList, PyMethod, PyObject, PyRange, PySet, PySlice, PyTuple, SymbolicInt, Unknown, type Value, plain, typeOf } from '../values/index.ts';

export type HashKey = null | boolean | number | bigint | string | object;

/**
 * The key of a value in a map. `entries` is that map, asked for instances with their own `__eq__`: two of them may share a hash.
 * Raises TypeError for unhashable values, throws NotKnown for unknown ones.
 */
export function hashKey(interpreter: Interpreter, value: Value, entries?: ReadonlyMap<HashKey, unknown>): HashKey {
  switch (typeof value) {
    // a NUL begins the texts of composite keys
    case 'string': return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
    case 'number': case 'bigint': return value;
    case 'boolean': return Number(value);
  }
  if (value === null) return null;
  if (value instanceof PyFloat) return Object.is(value.value, NaN) ? value : floatKey(value.value);
  if (value instanceof PyTuple && !hasOwnHash(value)) return `\0t${compositeKey(interpreter, value.items)}`;
  if (value instanceof PyInstance || value instanceof PyTuple) {
    const hash = typeOf(value).find('__hash__');
    if (hash === null) throw unhashable(interpreter, value);
    const simple = plain(value);
    if (hash === undefined || hash instanceof PyObject && 'isDefaultHash' in hash) {
      return simple === value ? value : hashKey(interpreter, simple);
    }
    return probe(interpreter, value, interpreter.hash(value), entries);
  }
  if (value instanceof PyBytes) return `\0b${value.value}`;
  if (value instanceof SymbolicInt) return `\0d${value.dimension.key}`;
  if (value instanceof Unknown || value instanceof Condition) throw new NotKnown(value);
  if (value instanceof PySet) {
    if (value.blurred) throw new NotKnown(value.blurred);
    if (!typeOf(value).mro.some((cls) => cls.name === 'frozenset')) throw unhashable(interpreter, value);
    return `\0f${[...value.entries.keys()].map((key) => keyText(key)).sort().join(',')}`;
  }
  if (value instanceof PyRange) return `\0r${value.length === 0 ? '' : `${value.start},${value.length === 1 ? '' : value.step},${value.length}`}`;
  if (value instanceof PyComplex) return value.imaginary === 0 ? floatKey(value.real) : `\0c${value.real},${value.imaginary}`;
  if (value instanceof PyMethod) return `\0m${identity(value.function)},${identity(value.self)}`;
  if (value instanceof PySlice) return `\0l${compositeKey(interpreter, [value.start, value.stop, value.step])}`;
  if ((value instanceof PyList || value instanceof PyDict) && !hasOwnHash(value)) throw unhashable(interpreter, value);
  return value;
}

/** `hash(value)`: the class's own `__hash__`, else a number of ours. */
export function hash(interpreter: Interpreter, value: Value): number {
  if (typeof value === 'object' && value !== null && !value.cls.immutable) {
    const method = value.cls.find('__hash__');
    if (method !== undefined && method !== null && !(typeof method === 'object' && 'isDefaultHash' in method)) {
      const result = interpreter.callSpecial(value, '__hash__');
      if (result instanceof Unknown) throw new NotKnown(result);
      return interpreter.toNumber(result!);
    }
  }
  return hashNumber(interpreter, value);
}

/** Python's `hash(value)` as far as a number is wanted: equal values have equal hashes; not CPython's numbers but for small ints. */
export function hashNumber(interpreter: Interpreter, value: Value): number {
  const key = hashKey(interpreter, value);
  if (typeof key === 'number') return Number.isInteger(key) ? key : hashText(String(key));
  return hashText(typeof key === 'object' && key !== null ? `o${identity(key)}` : String(key));
}

/** `id(value)`: stable for an object, equal for equal plain values. */
export function identity(value: Value | object): number {
  if (typeof value === 'object' && value !== null) {
    let id = identities.get(value);
    if (id === undefined) identities.set(value, id = nextIdentity += 16);
    return id;
  }
  return hashText(`${typeof value}${String(value)}`);
}

const identities = new WeakMap<object, number>();
let nextIdentity = 0x7f0000000000;

function floatKey(value: number): HashKey {
  // integers beyond 2^53 are bigints as ints
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value === 0 ? 0 : value;
}

function compositeKey(interpreter: Interpreter, items: readonly Value[]): string {
  let text = '';
  for (const item of items) text += `${keyText(hashKey(interpreter, item))},`;
  return text;
}

function keyText(key: HashKey): string {
  switch (typeof key) {
    // the length makes the text of a sequence unambiguous
    case 'string': return `s${key.length}:${key}`;
    case 'object': return key === null ? 'n' : `o${identity(key)}`;
    case 'function': return `o${identity(key)}`;
    default: return String(key);
  }
}

function hasOwnHash(value: PyObject): boolean {
  if (value.cls.immutable) return false;
  const hash = value.cls.find('__hash__');
  return hash !== undefined && hash !== null && !('isDefaultHash' in (hash as object));
}

/** Instances of equal hash get `\0h5`, `\0h5'`, `\0h5''`: the first whose key equals, or the first that is free. */
function probe(interpreter: Interpreter, value: Value, hash: number, entries: ReadonlyMap<HashKey, unknown> | undefined): HashKey {
  let key = `\0h${hash}`;
  if (entries === undefined) return key;
  // a number of a library's own is found where Python's equal one is the key
  if (entries.has(hash) && interpreter.equals(hash, value)) return hash;
  for (;;) {
    const present = entries.get(key);
    if (present === undefined) return key;
    const other = typeof present === 'object' && present !== null && 'key' in present ? (present as { key: Value }).key : present as Value;
    if (interpreter.equals(other, value)) return key;
    key += "'";
  }
}

function unhashable(interpreter: Interpreter, value: Value): Error {
  return interpreter.error(exceptions.TypeError, `unhashable type: '${typeOf(value).name}'`);
}

function hashText(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  return (high >>> 0) * 0x100000 + (low >>> 12);
}
