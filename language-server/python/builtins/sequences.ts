/** Constructors and methods of list and tuple. */
import type { Interpreter } from '../interpreter-api.ts';
import { touch } from '../paths/journal.ts';
import { tooLong } from '../operations/sequence-length.ts';
import { method, staticMethod } from '../native.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import type { PyClass} from '../values/index.ts';
import { PyList, PyTuple, Unknown, type Value, typeOf } from '../values/index.ts';
import { changing, requireContents } from './known.ts';
import { sorted } from './functions.ts';

const anything = { acceptsUnknown: true };

staticMethod(classes.list, '__new__', 'cls, *args, **kwargs', (_interpreter, cls: PyClass) => new PyList([], cls), anything);
method(classes.list, '__init__', 'iterable=, /', (interpreter, self: PyList, iterable: Value | undefined) => changing(self, () => {
  const items = iterable === undefined ? [] : contents(interpreter, iterable);
  replaceItems(self, items);
}), anything);

staticMethod(classes.tuple, '__new__', 'cls, iterable=, /', (interpreter, cls: PyClass, iterable: Value | undefined) => {
  if (iterable instanceof PyTuple && iterable.cls === classes.tuple && cls === classes.tuple) return iterable;
  return new PyTuple(iterable === undefined ? [] : interpreter.toArray(iterable), cls);
});

/** `list(iterable)`; throws NotKnown where it is not known. */
function contents(interpreter: Interpreter, iterable: Value): Value[] {
  return interpreter.toArray(iterable);
}

function replaceItems(list: PyList, items: readonly Value[]): void {
  touch(list);
  list.blurred = undefined;
  const copy = items.slice();
  list.items.length = 0;
  for (const item of copy) list.items.push(item);
}

method(classes.list, 'append', 'object, /', (_interpreter, self: PyList, value: Value) => {
  if (!self.blurred) self.push(value);
  return null;
}, anything);
method(classes.list, 'extend', 'iterable, /', (interpreter, self: PyList, iterable: Value) => changing(self, () => {
  const items = contents(interpreter, iterable);
  if (self.blurred) return;
  const long = items.length > 1000 ? tooLong(interpreter, self.items.length + items.length) : undefined;
  if (long) {
    self.blur(long);
    return;
  }
  touch(self);
  for (const item of items) self.items.push(item);
}), anything);
method(classes.list, 'insert', 'index, object, /', (interpreter, self: PyList, index: Value, value: Value) => changing(self, () => {
  const at = interpreter.toNumber(index);
  if (self.blurred) return;
  touch(self);
  self.items.splice(at < 0 ? Math.max(0, at + self.items.length) : at, 0, value);
}), anything);
method(classes.list, 'pop', 'index=, /', (interpreter, self: PyList, index: Value = -1) => {
  requireContents(self);
  if (index instanceof Unknown) {
    self.blur(index);
    return index.derive();
  }
  if (self.items.length === 0) throw interpreter.error(exceptions.IndexError, 'pop from empty list');
  const given = interpreter.toNumber(index);
  const at = given < 0 ? given + self.items.length : given;
  if (at < 0 || at >= self.items.length) throw interpreter.error(exceptions.IndexError, 'pop index out of range');
  touch(self);
  return self.items.splice(at, 1)[0];
}, anything);
method(classes.list, 'remove', 'value, /', (interpreter, self: PyList, value: Value) => changing(self, () => {
  requireContents(self);
  const at = self.items.findIndex((item) => interpreter.equals(item, value));
  if (at < 0) throw interpreter.error(exceptions.ValueError, 'list.remove(x): x not in list');
  touch(self);
  self.items.splice(at, 1);
}), anything);
method(classes.list, 'clear', '', (_interpreter, self: PyList) => {
  replaceItems(self, []);
  return null;
});
method(classes.list, 'copy', '', (_interpreter, self: PyList) => {
  const copy = new PyList(self.items.slice());
  copy.blurred = self.blurred;
  return copy;
});
method(classes.list, 'reverse', '', (_interpreter, self: PyList) => {
  touch(self);
  self.items.reverse();
  return null;
});
method(classes.list, 'sort', '*, key=, reverse=', (interpreter, self: PyList, key: Value = null, reverse: Value = false) => changing(self, () => {
  requireContents(self);
  replaceItems(self, sorted(interpreter, self.items, key, interpreter.decided(reverse)));
}), anything);

for (const cls of [classes.list, classes.tuple]) {
  method(cls, 'index', 'value, start=, stop=, /', (interpreter, self: PyList | PyTuple, value: Value, start: Value = 0, stop: Value | undefined) => {
    if (self instanceof PyList) requireContents(self);
    const { length } = self.items;
    const clamp = (given: Value): number => {
      const at = interpreter.toNumber(given);
      return at < 0 ? Math.max(0, at + length) : Math.min(at, length);
    };
    const end = stop === undefined ? length : clamp(stop);
    for (let i = clamp(start); i < end; i++) if (interpreter.equals(self.items[i], value)) return i;
    throw interpreter.error(exceptions.ValueError, cls === classes.tuple ? 'tuple.index(x): x not in tuple' : `${interpreter.repr(value)} is not in list`);
  });
  method(cls, 'count', 'value, /', (interpreter, self: PyList | PyTuple, value: Value) => {
    if (self instanceof PyList) requireContents(self);
    return self.items.filter((item) => interpreter.equals(item, value)).length;
  });
}

/** The pair that an element of an update is; ValueError and TypeError as dict words them. */
export function pairOf(interpreter: Interpreter, element: Value, index: number): readonly Value[] {
  if (typeof element !== 'string' && typeOf(element).find('__iter__') === undefined && typeOf(element).find('__getitem__') === undefined && !(element instanceof Unknown)) {
    throw interpreter.error(exceptions.TypeError, `cannot convert dictionary update sequence element #${index} to a sequence`);
  }
  const pair = interpreter.toArray(element);
  if (pair.length !== 2) throw interpreter.error(exceptions.ValueError, `dictionary update sequence element #${index} has length ${pair.length}; 2 is required`);
  return pair;
}
