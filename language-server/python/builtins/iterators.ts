/** range, slice, and the classes of lazy iteration: enumerate, zip, map, filter, reversed. */
import { drawingFrom } from '../paths/cuts.ts';
import { type Advance, type Interpreter, NotKnown } from '../interpreter-api.ts';
import { getter, method, staticMethod } from '../native.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import { PyClass, PyDict, PyDictView, PyIterator, PyList, PyRange, PySlice, PyTuple, Unknown, type Value, typeOf } from '../values/index.ts';
import { requireContents } from './known.ts';

staticMethod(classes.range, '__new__', 'cls, start, stop=, step=, /', (interpreter, _cls: PyClass, first: Value, second: Value | undefined, third: Value = 1) => {
  const start = second === undefined ? 0 : interpreter.toNumber(first);
  const stop = interpreter.toNumber(second === undefined ? first : second);
  const step = interpreter.toNumber(third);
  if (step === 0) throw interpreter.error(exceptions.ValueError, 'range() arg 3 must not be zero');
  return new PyRange(start, stop, step);
});
getter(classes.range, 'start', (_interpreter, self: PyRange) => self.start);
getter(classes.range, 'stop', (_interpreter, self: PyRange) => self.stop);
getter(classes.range, 'step', (_interpreter, self: PyRange) => self.step);
method(classes.range, 'count', 'value, /', (interpreter, self: PyRange, value: Value) => Number(interpreter.decided(interpreter.contains(self, value))));
method(classes.range, 'index', 'value, /', (interpreter, self: PyRange, value: Value) => {
  if (!interpreter.decided(interpreter.contains(self, value))) throw interpreter.error(exceptions.ValueError, `${interpreter.repr(value)} is not in range`);
  return (interpreter.toNumber(value) - self.start) / self.step;
});

staticMethod(classes.slice, '__new__', 'cls, start, stop=, step=, /', (_interpreter, _cls: PyClass, first: Value, second: Value | undefined, step: Value = null) => (
  second === undefined ? new PySlice(null, first, null) : new PySlice(first, second, step)), { acceptsUnknown: true });
method(classes.slice, 'indices', 'length, /', (interpreter, self: PySlice, length: Value) => {
  const size = interpreter.toNumber(length);
  const step = self.step === null ? 1 : interpreter.toNumber(self.step);
  if (step === 0) throw interpreter.error(exceptions.ValueError, 'slice step cannot be zero');
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const clamp = (value: Value, otherwise: number): number => {
    if (value === null) return otherwise;
    const at = interpreter.toNumber(value);
    return Math.min(high, Math.max(low, at < 0 ? at + size : at));
  };
  return new PyTuple([clamp(self.start, step > 0 ? low : high), clamp(self.stop, step > 0 ? high : low), step]);
});

function lazy(name: string, signature: string, make: (interpreter: Interpreter, ...parameters: never[]) => Advance): PyClass {
  const cls = new PyClass(name, [classes.iterator], { immutable: true, module: 'builtins' });
  staticMethod(cls, '__new__', `cls, ${signature}`, (interpreter, made: PyClass, ...parameters) => new PyIterator(make(interpreter, ...parameters as never[]), made));
  return cls;
}

export const enumerate = lazy('enumerate', 'iterable, start=', (interpreter, iterable: Value, start: Value = 0) => {
  const advance = interpreter.iterate(iterable);
  let count: Value = start;
  return drawingFrom([advance], () => {
    const value = advance();
    if (value === undefined) return undefined;
    const pair = new PyTuple([count, value]);
    count = typeof count === 'number' ? count + 1 : interpreter.binary('+', count, 1);
    return pair;
  });
});

export const zip = lazy('zip', '*iterables, strict=', (interpreter, iterables: Value[], strict: Value = false) => {
  const advances = iterables.map((each) => interpreter.iterate(each));
  const exact = interpreter.decided(strict);
  return drawingFrom(advances, () => {
    if (advances.length === 0) return undefined;
    const items: Value[] = [];
    for (let i = 0; i < advances.length; i++) {
      const value = advances[i]();
      if (value !== undefined) {
        items.push(value);
        continue;
      }
      if (exact) checkStrict(interpreter, advances, i);
      return undefined;
    }
    return new PyTuple(items);
  });
});

/** Argument `ended` is the first that has ended: all must have. */
function checkStrict(interpreter: Interpreter, advances: readonly Advance[], ended: number): void {
  const others = (count: number): string => (count === 1 ? ' 1' : `s 1-${count}`);
  if (ended > 0) throw interpreter.error(exceptions.ValueError, `zip() argument ${ended + 1} is shorter than argument${others(ended)}`);
  for (let i = 1; i < advances.length; i++) {
    if (advances[i]() !== undefined) throw interpreter.error(exceptions.ValueError, `zip() argument ${i + 1} is longer than argument${others(i)}`);
  }
}

export const map = lazy('map', 'function, *iterables', (interpreter, callable: Value, iterables: Value[]) => {
  if (iterables.length === 0) throw interpreter.error(exceptions.TypeError, 'map() must have at least two arguments.');
  const advances = iterables.map((each) => interpreter.iterate(each));
  return drawingFrom(advances, () => {
    const items: Value[] = [];
    for (const advance of advances) {
      const value = advance();
      if (value === undefined) return undefined;
      items.push(value);
    }
    return interpreter.call(callable, items);
  });
});

export const filter = lazy('filter', 'function, iterable, /', (interpreter, callable: Value, iterable: Value) => {
  const advance = interpreter.iterate(iterable);
  return drawingFrom([advance], () => {
    for (let value = advance(); value !== undefined; value = advance()) {
      if (interpreter.decided(callable === null ? value : interpreter.call(callable, [value]))) return value;
    }
    return undefined;
  });
});

export const reversed = new PyClass('reversed', [classes.iterator], { immutable: true, module: 'builtins' });
staticMethod(reversed, '__new__', 'cls, sequence, /', (interpreter, cls: PyClass, sequence: Value) => {
  if (sequence instanceof Unknown) throw new NotKnown(sequence);
  if (!typeOf(sequence).immutable) {
    const own = interpreter.callSpecial(sequence, '__reversed__');
    if (own !== undefined) return own;
  }
  const items = reversible(interpreter, sequence);
  let at = items.length;
  return new PyIterator(() => items[--at], cls);
});

function reversible(interpreter: Interpreter, sequence: Value): readonly Value[] {
  if (sequence instanceof PyTuple || sequence instanceof PyRange) return interpreter.toArray(sequence);
  if (sequence instanceof PyList) {
    requireContents(sequence);
    return sequence.items.slice();
  }
  if (sequence instanceof PyDict || sequence instanceof PyDictView || typeof sequence === 'string') return interpreter.toArray(sequence);
  if (typeOf(sequence).find('__getitem__') === undefined || typeOf(sequence).find('__len__') === undefined) {
    throw interpreter.error(exceptions.TypeError, `'${typeOf(sequence).name}' object is not reversible`);
  }
  const length = interpreter.toNumber(interpreter.length(sequence));
  return Array.from({ length }, (_, i) => interpreter.getItem(sequence, i));
}
