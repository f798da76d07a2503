/** Constructor and methods of dict. */
import { type Interpreter, type Keywords, NotKnown } from '../interpreter-api.ts';
import { classMethod, getter, method, staticMethod } from '../native.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import type { PyClass} from '../values/index.ts';
import { PyDict, PyDictView, PyTuple, Unknown, type Value } from '../values/index.ts';
import { changing, requireContents } from './known.ts';
import { pairOf } from './sequences.ts';

const anything = { acceptsUnknown: true };

staticMethod(classes.dict, '__new__', 'cls, *args, **kwargs', (_interpreter, cls: PyClass) => new PyDict(cls), anything);
method(classes.dict, '__init__', '*args, **kwargs', (interpreter, self: PyDict, args: Value[], keywords: Keywords) => update(interpreter, self, 'dict', args, keywords), anything);
method(classes.dict, 'update', '*args, **kwargs', (interpreter, self: PyDict, args: Value[], keywords: Keywords) => update(interpreter, self, 'update', args, keywords), anything);

function update(interpreter: Interpreter, self: PyDict, name: string, args: readonly Value[], keywords: Keywords): null {
  if (args.length > 1) throw interpreter.error(exceptions.TypeError, `${name} expected at most 1 argument, got ${args.length}`);
  return changing(self, () => {
    if (args.length === 1) merge(interpreter, self, args[0]);
    for (const [key, value] of keywords) self.setText(key, value);
  });
}

/** `self.update(source)`; throws NotKnown where the source is not known. */
export function merge(interpreter: Interpreter, self: PyDict, source: Value): void {
  if (source instanceof Unknown) throw new NotKnown(source);
  if (source instanceof PyDict && source.cls.find('keys') === classes.dict.attributes.get('keys')) {
    requireContents(source);
    for (const { key, value } of [...source.entries.values()]) self.set(interpreter, key, value);
    return;
  }
  if (interpreter.findAttribute(source, 'keys') !== undefined) {
    for (const key of interpreter.toArray(interpreter.callMethod(source, 'keys'))) self.set(interpreter, key, interpreter.getItem(source, key));
    return;
  }
  interpreter.toArray(source).forEach((element, index) => {
    const [key, value] = pairOf(interpreter, element, index);
    self.set(interpreter, key, value);
  });
}

method(classes.dict, 'get', 'key, default=, /', (interpreter, self: PyDict, key: Value, otherwise: Value = null) => {
  if (key instanceof Unknown) return key.derive();
  const value = self.get(interpreter, key);
  if (value !== undefined) return value;
  return self.blurred ? self.blurred.derive() : otherwise;
}, anything);
method(classes.dict, 'setdefault', 'key, default=, /', (interpreter, self: PyDict, key: Value, otherwise: Value = null) => {
  if (key instanceof Unknown) {
    self.blur(key);
    return key.derive();
  }
  const value = self.get(interpreter, key);
  if (value !== undefined) return value;
  if (self.blurred) return self.blurred.derive();
  self.set(interpreter, key, otherwise);
  return otherwise;
}, anything);
method(classes.dict, 'pop', 'key, default=, /', (interpreter, self: PyDict, key: Value, otherwise: Value | undefined) => {
  if (key instanceof Unknown) {
    self.blur(key);
    return key.derive();
  }
  const value = self.delete(interpreter, key);
  if (value !== undefined) return value;
  if (self.blurred) return self.blurred.derive();
  if (otherwise !== undefined) return otherwise;
  throw interpreter.error(exceptions.KeyError, key);
}, anything);
method(classes.dict, 'popitem', '', (interpreter, self: PyDict) => {
  requireContents(self);
  const last = [...self.entries.values()].pop();
  if (!last) throw interpreter.error(exceptions.KeyError, 'popitem(): dictionary is empty');
  self.delete(interpreter, last.key);
  return new PyTuple([last.key, last.value]);
});
method(classes.dict, 'clear', '', (_interpreter, self: PyDict) => {
  self.clear();
  return null;
});
method(classes.dict, 'copy', '', (interpreter, self: PyDict) => copyDict(interpreter, self));
method(classes.dict, 'keys', '', (_interpreter, self: PyDict) => new PyDictView(self, 'keys'));
method(classes.dict, 'values', '', (_interpreter, self: PyDict) => new PyDictView(self, 'values'));
method(classes.dict, 'items', '', (_interpreter, self: PyDict) => new PyDictView(self, 'items'));
classMethod(classes.dict, 'fromkeys', 'iterable, value=, /', (interpreter, cls: Value, iterable: Value, value: Value = null) => {
  const made = interpreter.call(cls);
  for (const key of interpreter.toArray(iterable)) interpreter.setItem(made, key, value);
  return made;
});

/** A shallow copy as a plain dict. */
export function copyDict(_interpreter: Interpreter, source: PyDict, cls: PyClass = classes.dict): PyDict {
  const copy = new PyDict(cls);
  for (const [hashed, { key, value }] of source.entries) copy.entries.set(hashed, { key, value });
  copy.blurred = source.blurred;
  return copy;
}

for (const cls of [classes.dict_keys, classes.dict_items]) {
  method(cls, 'isdisjoint', 'other, /', (interpreter, self: PyDictView, other: Value) => (
    !interpreter.toArray(other).some((item) => interpreter.decided(interpreter.contains(self, item)))));
}
for (const cls of [classes.dict_keys, classes.dict_values, classes.dict_items]) {
  getter(cls, 'mapping', (_interpreter, self: PyDictView) => self.dict);
}
