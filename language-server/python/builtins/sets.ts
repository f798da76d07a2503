/** Constructors and methods of set and frozenset. */
import { type Interpreter, NotKnown } from '../interpreter-api.ts';
import { touch } from '../paths/journal.ts';
import { method, staticMethod } from '../native.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import type { PyClass} from '../values/index.ts';
import { PySet, Unknown, type Value } from '../values/index.ts';
import { changing, requireContents } from './known.ts';

const anything = { acceptsUnknown: true };

staticMethod(classes.set, '__new__', 'cls, *args, **kwargs', (_interpreter, cls: PyClass) => new PySet(cls), anything);
method(classes.set, '__init__', 'iterable=, /', (interpreter, self: PySet, iterable: Value | undefined) => changing(self, () => {
  replace(self, iterable === undefined ? new PySet() : asSet(interpreter, iterable));
}), anything);
staticMethod(classes.frozenset, '__new__', 'cls, iterable=, /', (interpreter, cls: PyClass, iterable: Value | undefined) => {
  if (iterable instanceof PySet && iterable.cls === classes.frozenset && cls === classes.frozenset) return iterable;
  const made = new PySet(cls);
  if (iterable !== undefined) for (const [key, item] of asSet(interpreter, iterable).entries) made.entries.set(key, item);
  return made;
});

/** The items as a set; throws NotKnown where they are not known. */
function asSet(interpreter: Interpreter, iterable: Value): PySet {
  if (iterable instanceof Unknown) throw new NotKnown(iterable);
  if (iterable instanceof PySet) {
    requireContents(iterable);
    return iterable;
  }
  return PySet.of(interpreter, interpreter.toArray(iterable));
}

function replace(self: PySet, by: PySet): void {
  touch(self);
  const entries = [...by.entries];
  self.entries.clear();
  self.blurred = undefined;
  for (const [key, item] of entries) self.entries.set(key, item);
}

type Combine = (self: PySet, other: PySet) => PySet;

function filtered(set: PySet, keep: (key: Parameters<PySet['entries']['get']>[0]) => boolean): PySet {
  const result = new PySet();
  for (const [key, item] of set.entries) if (keep(key)) result.entries.set(key, item);
  return result;
}

const union: Combine = (self, other) => {
  const result = filtered(self, () => true);
  for (const [key, item] of other.entries) if (!result.entries.has(key)) result.entries.set(key, item);
  return result;
};
const intersection: Combine = (self, other) => filtered(self, (key) => other.entries.has(key));
const difference: Combine = (self, other) => filtered(self, (key) => !other.entries.has(key));
const symmetricDifference: Combine = (self, other) => union(difference(self, other), difference(other, self));

function combined(interpreter: Interpreter, self: PySet, others: readonly Value[], combine: Combine): PySet {
  requireContents(self);
  return others.reduce((result: PySet, other) => combine(result, asSet(interpreter, other)), filtered(self, () => true));
}

for (const cls of [classes.set, classes.frozenset]) {
  for (const [name, combine] of [['union', union], ['intersection', intersection], ['difference', difference]] as const) {
    method(cls, name, '*others', (interpreter, self: PySet, others: Value[]) => {
      const result = combined(interpreter, self, others, combine);
      result.cls = cls;
      return result;
    });
  }
  method(cls, 'symmetric_difference', 'other, /', (interpreter, self: PySet, other: Value) => {
    const result = combined(interpreter, self, [other], symmetricDifference);
    result.cls = cls;
    return result;
  });
  method(cls, 'copy', '', (_interpreter, self: PySet) => {
    const copy = filtered(self, () => true);
    copy.cls = cls;
    copy.blurred = self.blurred;
    return copy;
  });
  const relation = (name: string, holds: (self: PySet, other: PySet) => boolean): void => {
    method(cls, name, 'other, /', (interpreter, self: PySet, other: Value) => {
      requireContents(self);
      return holds(self, asSet(interpreter, other));
    });
  };
  relation('issubset', (self, other) => [...self.entries.keys()].every((key) => other.entries.has(key)));
  relation('issuperset', (self, other) => [...other.entries.keys()].every((key) => self.entries.has(key)));
  relation('isdisjoint', (self, other) => ![...self.entries.keys()].some((key) => other.entries.has(key)));
}

for (const [name, combine] of [['update', union], ['intersection_update', intersection], ['difference_update', difference], ['symmetric_difference_update', symmetricDifference]] as const) {
  method(classes.set, name, '*others', (interpreter, self: PySet, others: Value[]) => changing(self, () => replace(self, combined(interpreter, self, others, combine))), anything);
}
method(classes.set, 'add', 'item, /', (interpreter, self: PySet, item: Value) => changing(self, () => {
  if (item instanceof Unknown) throw new NotKnown(item);
  self.add(interpreter, item);
}), anything);
method(classes.set, 'discard', 'item, /', (interpreter, self: PySet, item: Value) => changing(self, () => {
  if (item instanceof Unknown) throw new NotKnown(item);
  self.delete(interpreter, item);
}), anything);
method(classes.set, 'remove', 'item, /', (interpreter, self: PySet, item: Value) => changing(self, () => {
  if (item instanceof Unknown) throw new NotKnown(item);
  requireContents(self);
  if (!self.delete(interpreter, item)) throw interpreter.error(exceptions.KeyError, item);
}), anything);
method(classes.set, 'pop', '', (interpreter, self: PySet) => {
  requireContents(self);
  const [first] = self.entries.values();
  if (self.size === 0) throw interpreter.error(exceptions.KeyError, 'pop from an empty set');
  if (self.size > 1) {
    // which one goes is not defined
    const unknown = interpreter.unknown('which item of a set is popped');
    self.blur(unknown);
    return unknown;
  }
  self.delete(interpreter, first);
  return first;
});
method(classes.set, 'clear', '', (_interpreter, self: PySet) => {
  self.clear();
  return null;
});
