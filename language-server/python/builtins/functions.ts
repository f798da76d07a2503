/** The built-in functions that are not classes. */
import { evaluate, execute } from './evaluation.ts';
import { maximum, minimum, negate, type Dimension } from '../../../graph/dimension.ts';
import { and, or, type Formula } from '../paths/condition.ts';
import { namespaceDict } from '../operations/dunders.ts';
import { type Interpreter, NotKnown, PythonError } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import { native } from '../native.ts';
import { formatValue } from '../text/format-spec.ts';
import { asciiOnly } from '../text/repr.ts';
import { roundFloat, roundToInteger } from '../text/decimal.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import { identity } from '../operations/hashing.ts';
import {
  Condition, fromBigint, fromDimension, notImplemented, plain, PyClass, PyComplex, PyDict, PyFloat, PyFunction, PyGenerator, PyIterator, PyList, PyMethod, PyModule, PyNative,
  PyTuple, SymbolicFloat, SymbolicInt, toDimension, typeOf, Unknown, type Undecided, type Value,
} from '../values/index.ts';
import { requireKnown, toText } from './known.ts';

const anything = { acceptsUnknown: true };

/** The text of a value for a message: a question mark where it is not known. */
export function shown(interpreter: Interpreter, value: Value): string {
  try {
    return interpreter.str(value);
  } catch (thrown) {
    if (thrown instanceof NotKnown) return '?';
    throw thrown;
  }
}

export const functions: readonly PyNative[] = [
  native('print', '*args, sep=, end=, file=, flush=', (interpreter, args: Value[], sep: Value | undefined, end: Value | undefined, file: Value | undefined) => {
    if (file !== undefined && file !== null) return null;
    const text = (value: Value | undefined, otherwise: string): string => (value === undefined || value === null ? otherwise : shown(interpreter, value));
    interpreter.host.print?.(args.map((value) => shown(interpreter, value)).join(text(sep, ' ')) + text(end, '\n'));
    return null;
  }, anything),
  native('len', 'obj, /', (interpreter, value: Value) => interpreter.length(value), anything),
  native('repr', 'obj, /', (interpreter, value: Value) => interpreter.repr(value)),
  native('ascii', 'obj, /', (interpreter, value: Value) => asciiOnly(interpreter.repr(value))),
  native('format', 'value, format_spec=, /', (interpreter, value: Value, spec: Value = '') => formatValue(interpreter, value, toText(interpreter, spec, (type) => `format() argument 2 must be str, not ${type}`))),
  native('hash', 'obj, /', (interpreter, value: Value) => interpreter.hash(value)),
  native('id', 'obj, /', (_interpreter, value: Value) => identity(value)),
  native('callable', 'obj, /', (_interpreter, value: Value) => isCallable(value)),

  native('isinstance', 'obj, class_or_tuple, /', (interpreter, value: Value, info: Value) => interpreter.isInstance(value, info), anything),
  native('issubclass', 'cls, class_or_tuple, /', (interpreter, cls: Value, info: Value) => isSubclass(interpreter, cls, info)),
  native('hasattr', 'obj, name, /', (interpreter, value: Value, name: Value) => {
    const text = toText(interpreter, name, () => 'attribute name must be string, not ' + `'${typeOf(name).name}'`);
    const found = attributeOf(interpreter, value, text);
    const base = found === undefined ? unknownBase(value) : undefined;
    if (base) throw new NotKnown(base);
    return found !== undefined;
  }),
  native('getattr', 'object, name, default=, /', (interpreter, value: Value, name: Value, otherwise: Value | undefined) => {
    if (name instanceof Unknown) return name.derive();
    const text = toText(interpreter, name, (type) => `attribute name must be string, not '${type}'`);
    if (otherwise === undefined) return interpreter.getAttribute(value, text);
    const found = attributeOf(interpreter, value, text);
    return found !== undefined ? found : unknownBase(value)?.derive() ?? otherwise;
  }, anything),
  native('setattr', 'obj, name, value, /', (interpreter, value: Value, name: Value, to: Value) => {
    if (name instanceof Unknown || value instanceof Unknown) return null;
    interpreter.setAttribute(value, toText(interpreter, name, (type) => `attribute name must be string, not '${type}'`), to);
    return null;
  }, anything),
  native('delattr', 'obj, name, /', (interpreter, value: Value, name: Value) => {
    interpreter.deleteAttribute(value, toText(interpreter, name, (type) => `attribute name must be string, not '${type}'`));
    return null;
  }),
  native('vars', 'object=, /', (interpreter, value: Value | undefined) => {
    if (value === undefined) return localNames(interpreter);
    const dict = interpreter.findAttribute(value, '__dict__');
    if (dict === undefined) throw interpreter.error(exceptions.TypeError, 'vars() argument must have __dict__ attribute');
    return dict;
  }),
  native('dir', 'object=, /', (interpreter, value: Value | undefined) => {
    if (value === undefined) return new PyList([...localNames(interpreter).entries.values()].map(({ key }) => key).sort());
    // a module may say itself what it has
    const own = value instanceof PyModule ? value.attributes.get('__dir__') : undefined;
    if (own !== undefined) return new PyList(interpreter.toArray(interpreter.call(own)));
    return new PyList(attributeNames(interpreter, value));
  }),
  native('locals', '', localNames),
  native('globals', '', (interpreter) => namespaceDict((interpreter as Machine).frame!.globals)),

  native('iter', 'object, sentinel=, /', (interpreter, value: Value, sentinel: Value | undefined) => {
    if (sentinel === undefined) return interpreter.iterator(value);
    return new PyIterator(() => {
      const next = interpreter.call(value);
      return interpreter.equals(next, sentinel) ? undefined : next;
    });
  }),
  native('next', 'iterator, default=, /', (interpreter, iterator: Value, otherwise: Value | undefined) => {
    if (iterator instanceof Unknown) return iterator.derive();
    return next(interpreter, iterator, otherwise);
  }, anything),
  native('sorted', 'iterable, /, *, key=, reverse=', (interpreter, iterable: Value, key: Value | undefined, reverse: Value | undefined) => (
    new PyList(sorted(interpreter, interpreter.toArray(iterable), key ?? null, reverse !== undefined && interpreter.decided(reverse))))),
  native('min', '*args, key=, default=', (interpreter, args: Value[], key: Value | undefined, otherwise: Value | undefined) => extreme(interpreter, 'min', args, key ?? null, otherwise)),
  native('max', '*args, key=, default=', (interpreter, args: Value[], key: Value | undefined, otherwise: Value | undefined) => extreme(interpreter, 'max', args, key ?? null, otherwise)),
  native('sum', 'iterable, /, start=', (interpreter, iterable: Value, start: Value = 0) => {
    if (typeof start === 'string') throw interpreter.error(exceptions.TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
    const advance = interpreter.iterate(iterable);
    let total: Value = start;
    for (let value = advance(); value !== undefined; value = advance()) {
      interpreter.spend(1);
      total = interpreter.binary('+', total, value);
    }
    if (advance.cut) throw new NotKnown(advance.cut);
    return total;
  }),
  native('any', 'iterable, /', (interpreter, iterable: Value) => quantified(interpreter, iterable, true)),
  native('all', 'iterable, /', (interpreter, iterable: Value) => quantified(interpreter, iterable, false)),

  native('abs', 'x, /', (interpreter, value: Value) => {
    const number = plain(value);
    if (typeof number === 'boolean') return Number(number);
    if (typeof number === 'number' || typeof number === 'bigint') return number < 0 ? -number : number;
    if (number instanceof PyFloat) return new PyFloat(Math.abs(number.value));
    if (number instanceof PyComplex) return new PyFloat(Math.hypot(number.real, number.imaginary));
    if (number instanceof SymbolicInt) return fromDimension(maximum(number.dimension, negate(number.dimension)));
    const result = interpreter.callSpecial(value, '__abs__');
    if (result !== undefined) return result;
    requireKnown(interpreter, value);
    throw interpreter.error(exceptions.TypeError, `bad operand type for abs(): '${typeOf(value).name}'`);
  }),
  native('round', 'number, ndigits=', (interpreter, value: Value, digits: Value = null) => round(interpreter, value, digits)),
  native('divmod', 'x, y, /', (interpreter, x: Value, y: Value) => interpreter.callSpecial(x, '__divmod__', [y]) ?? new PyTuple([interpreter.binary('//', x, y), interpreter.binary('%', x, y)])),
  native('pow', 'base, exp, mod=', (interpreter, base: Value, exponent: Value, modulus: Value = null) => {
    if (modulus === null) return interpreter.binary('**', base, exponent);
    return modularPower(interpreter, BigInt(interpreter.toIndex(base)), BigInt(interpreter.toIndex(exponent)), BigInt(interpreter.toIndex(modulus)));
  }),

  native('chr', 'i, /', (interpreter, value: Value) => {
    const code = interpreter.toNumber(value);
    if (code < 0 || code > 0x10ffff) throw interpreter.error(exceptions.ValueError, 'chr() arg not in range(0x110000)');
    return String.fromCodePoint(code);
  }),
  native('ord', 'c, /', (interpreter, value: Value) => {
    const text = toText(interpreter, value, (type) => `ord() expected string of length 1, but ${type} found`);
    const points = [...text];
    if (points.length !== 1) throw interpreter.error(exceptions.TypeError, `ord() expected a character, but string of length ${points.length} found`);
    return points[0].codePointAt(0) as number;
  }),
  native('hex', 'number, /', (interpreter, value: Value) => inBase(interpreter, value, 16, '0x')),
  native('oct', 'number, /', (interpreter, value: Value) => inBase(interpreter, value, 8, '0o')),
  native('bin', 'number, /', (interpreter, value: Value) => inBase(interpreter, value, 2, '0b')),

  native('input', 'prompt=, /', (interpreter) => interpreter.unknown('what the user types')),
  native('open', 'file, *args, **kwargs', (interpreter, file: Value, args: Value[], keywords: Map<string, Value>) => {
    if ([file, ...args].some((each) => each instanceof Unknown)) return interpreter.unknown('the contents of a file');
    return interpreter.callMethod(interpreter.importModule('io'), 'open', [file, ...args], keywords);
  }, anything),
  native('eval', 'source, globals=, locals=', (interpreter, source: Value, globals?: Value, locals?: Value) => evaluate(interpreter, source, globals, locals, () => localNames(interpreter)), anything),
  native('exec', 'source, globals=, locals=, *, closure=', (interpreter, source: Value, globals?: Value, locals?: Value) => execute(interpreter, source, globals, locals, () => localNames(interpreter)), anything),
  native('compile', '*args, **kwargs', (interpreter) => interpreter.unknown('code in a string'), anything),
  native('breakpoint', '*args, **kwargs', () => null, anything),
  native('help', '*args', () => null, anything),
  native('exit', 'code=', (interpreter, code: Value = null) => {
    throw interpreter.error(exceptions.SystemExit, code);
  }),
  native('quit', 'code=', (interpreter, code: Value = null) => {
    throw interpreter.error(exceptions.SystemExit, code);
  }),
  native('memoryview', 'object', (interpreter) => interpreter.unknown('the bytes of a buffer')),
  native('__import__', 'name, globals=, locals=, fromlist=, level=', (interpreter, name: Value, _globals: Value, _locals: Value, fromList: Value = null) => {
    const text = toText(interpreter, name, () => 'module name must be a string');
    const module = interpreter.importModule(text);
    const whole = fromList !== null && !(fromList instanceof PyTuple && fromList.items.length === 0);
    return whole ? module : interpreter.modules.get(text.split('.')[0]) ?? module;
  }),
];

/** The attribute; undefined also where a property raises AttributeError. */
function attributeOf(interpreter: Interpreter, value: Value, name: string): Value | undefined {
  return (interpreter as Machine).catching(exceptions.AttributeError, () => interpreter.findAttribute(value, name) as Value);
}

export function isCallable(value: Value): boolean {
  if (value instanceof PyFunction || value instanceof PyMethod || value instanceof PyNative || value instanceof PyClass) return true;
  return value !== null && typeOf(value).find('__call__') !== undefined;
}

/** The base of an object's class that is not known: it may have any attribute. */
function unknownBase(value: Value): Unknown | undefined {
  return (value instanceof PyClass ? value : typeOf(value)).unknownBase;
}

export function isSubclass(interpreter: Interpreter, cls: Value, info: Value): boolean {
  if (cls instanceof Unknown) throw new NotKnown(cls);
  if (!(cls instanceof PyClass)) throw interpreter.error(exceptions.TypeError, 'issubclass() arg 1 must be a class');
  if (info instanceof Unknown) throw new NotKnown(info);
  if (info instanceof PyTuple) return info.items.some((item) => isSubclass(interpreter, cls, item));
  if (info instanceof PyClass) {
    if (interpreter.isSubclass(cls, info)) return true;
    const hook = interpreter.callSpecial(info, '__subclasscheck__', [cls]);
    if (hook !== undefined) return interpreter.decided(hook);
    if (cls.unknownBase) throw new NotKnown(cls.unknownBase);
    return false;
  }
  const union = info === null ? undefined : interpreter.findAttribute(info, '__args__');
  if (union instanceof PyTuple && typeOf(info) === classes.UnionType) return isSubclass(interpreter, cls, union);
  throw interpreter.error(exceptions.TypeError, 'issubclass() arg 2 must be a class, a tuple of classes, or a union');
}

/** `locals()` of the code that is running. */
function localNames(interpreter: Interpreter): PyDict {
  const frame = (interpreter as Machine).frame!;
  if (frame.namespace) return namespaceDict(frame.namespace);
  const { scope } = frame.code;
  if (scope.kind === 'module') return namespaceDict(frame.globals);
  const names = new PyDict();
  for (const [name, slot] of scope.slots) {
    const value = frame.locals[slot];
    if (value !== undefined) names.setText(name, value);
  }
  for (const [name, cell] of scope.cells) {
    const { value } = frame.cells[cell];
    if (value !== undefined) names.setText(name, value);
  }
  return names;
}

/** The names that `dir(value)` lists. */
export function attributeNames(interpreter: Interpreter, value: Value): string[] {
  const own = interpreter.callSpecial(value, '__dir__');
  if (own !== undefined && own !== notImplemented) return interpreter.toArray(own).map(String).sort();
  const names = new Set<string>();
  const searched = value instanceof PyModule ? [] : value instanceof PyClass ? value.mro : typeOf(value).mro;
  for (const cls of searched) for (const name of cls.attributes.keys()) names.add(name);
  const attributes = value !== null && typeof value === 'object' ? value.attributes : undefined;
  if (attributes) for (const name of attributes.keys()) names.add(name);
  return [...names].sort();
}

/** `next(iterator[, default])`; raises StopIteration. */
export function next(interpreter: Interpreter, iterator: Value, otherwise: Value | undefined): Value {
  let value: Value | undefined;
  let returned: Value = null;
  if (iterator instanceof PyIterator) value = iterator.next();
  else if (iterator instanceof PyGenerator) {
    value = iterator.next();
    returned = iterator.returned;
  } else {
    try {
      const step = interpreter.callSpecial(iterator, '__next__');
      if (step === undefined) throw interpreter.error(exceptions.TypeError, `'${typeOf(iterator).name}' object is not an iterator`);
      return step;
    } catch (thrown) {
      if (otherwise !== undefined && thrown instanceof PythonError && thrown.exception.cls.isSubclassOf(exceptions.StopIteration)) return otherwise;
      throw thrown;
    }
  }
  if (value !== undefined) return value;
  if (otherwise !== undefined) return otherwise;
  throw returned === null ? interpreter.error(exceptions.StopIteration) : interpreter.error(exceptions.StopIteration, returned);
}

/** A stable sort by `key`, least first; throws NotKnown where an order is undecided. */
export function sorted(interpreter: Interpreter, items: readonly Value[], key: Value, reverse: boolean): Value[] {
  interpreter.spend(items.length);
  const keyed = items.map((item) => ({ item, key: key === null ? item : interpreter.call(key, [item]) }));
  const less = (a: Value, b: Value): boolean => (typeof a === 'number' && typeof b === 'number' ? a < b : interpreter.decided(interpreter.compare('<', a, b)));
  // reversed, equal items keep their order too
  if (reverse) keyed.sort((a, b) => (less(b.key, a.key) ? -1 : less(a.key, b.key) ? 1 : 0));
  else keyed.sort((a, b) => (less(a.key, b.key) ? -1 : less(b.key, a.key) ? 1 : 0));
  return keyed.map(({ item }) => item);
}

function extreme(interpreter: Interpreter, name: 'min' | 'max', args: readonly Value[], key: Value, otherwise: Value | undefined): Value {
  if (args.length === 0) throw interpreter.error(exceptions.TypeError, `${name} expected at least 1 argument, got 0`);
  if (args.length > 1 && otherwise !== undefined) {
    throw interpreter.error(exceptions.TypeError, `Cannot specify a default for ${name}() with multiple positional arguments`);
  }
  const items = args.length > 1 ? args : interpreter.toArray(args[0]);
  if (items.length === 0) {
    if (otherwise !== undefined) return otherwise;
    throw interpreter.error(exceptions.ValueError, `${name}() iterable argument is empty`);
  }
  const sizes = key === null ? dimensions(items) : undefined;
  if (sizes) return fromDimension(sizes.reduce(name === 'min' ? minimum : maximum));
  const measure = (item: Value): Value => (key === null ? item : interpreter.call(key, [item]));
  let [best] = items;
  let bestKey = measure(best);
  for (const item of items.slice(1)) {
    const itemKey = measure(item);
    if (interpreter.decided(interpreter.compare(name === 'min' ? '<' : '>', itemKey, bestKey))) {
      best = item;
      bestKey = itemKey;
    }
  }
  return best;
}

/** The items as dimensions where all are ints and some are symbolic. */
function dimensions(items: readonly Value[]): Dimension[] | undefined {
  if (!items.some((item) => item instanceof SymbolicInt)) return undefined;
  const result: Dimension[] = [];
  for (const item of items) {
    const dimension = toDimension(item);
    if (dimension === undefined) return undefined;
    result.push(dimension);
  }
  return result;
}

function quantified(interpreter: Interpreter, iterable: Value, any: boolean): Value {
  const advance = interpreter.iterate(iterable);
  const open: Undecided[] = [];
  for (let value = advance(); value !== undefined; value = advance()) {
    interpreter.spend(1);
    const truth = interpreter.truth(value);
    if (truth === any) return any;
    if (typeof truth !== 'boolean') open.push(truth);
  }
  if (advance.cut) throw new NotKnown(advance.cut);
  if (open.length === 0) return !any;
  const formulas = open.map((each) => (each instanceof Condition ? each.formula : undefined));
  if (formulas.includes(undefined)) throw new NotKnown(open.find((each) => each instanceof Unknown) as Unknown);
  const joined = (any ? or : and)(formulas as Formula[]);
  return typeof joined === 'boolean' ? joined : new Condition(joined);
}

function round(interpreter: Interpreter, value: Value, digits: Value): Value {
  const number = plain(value);
  const places = digits === null ? undefined : interpreter.toNumber(digits);
  if (typeof number === 'boolean') return Number(number);
  if (number instanceof SymbolicInt && (places === undefined || places >= 0)) return number;
  if (typeof number === 'number' || typeof number === 'bigint') {
    if (places === undefined || places >= 0) return number;
    const unit = 10n ** BigInt(-places);
    const whole = BigInt(number);
    const magnitude = whole < 0n ? -whole : whole;
    const twice = (magnitude % unit) * 2n;
    const quotient = magnitude / unit;
    const up = twice > unit || (twice === unit && quotient % 2n === 1n);
    const rounded = (quotient + (up ? 1n : 0n)) * unit;
    return fromBigint(whole < 0n ? -rounded : rounded);
  }
  if (number instanceof PyFloat) {
    if (places !== undefined) return Number.isFinite(number.value) ? new PyFloat(roundFloat(number.value, places)) : number;
    if (Number.isNaN(number.value)) throw interpreter.error(exceptions.ValueError, 'cannot convert float NaN to integer');
    if (!Number.isFinite(number.value)) throw interpreter.error(exceptions.OverflowError, 'cannot convert float infinity to integer');
    return fromBigint(roundToInteger(number.value));
  }
  requireKnown(interpreter, number);
  if (number instanceof SymbolicFloat) throw new NotKnown(interpreter.unknown('a rounded quotient of sizes'));
  const result = interpreter.callSpecial(value, '__round__', digits === null ? [] : [digits]);
  if (result !== undefined) return result;
  throw interpreter.error(exceptions.TypeError, `type ${typeOf(value).name} doesn't define __round__ method`);
}

function modularPower(interpreter: Interpreter, base: bigint, exponent: bigint, modulus: bigint): Value {
  if (modulus === 0n) throw interpreter.error(exceptions.ValueError, 'pow() 3rd argument cannot be 0');
  if (exponent < 0n) throw new NotKnown(interpreter.unknown('an inverse modulo a number'));
  let result = 1n;
  let factor = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    interpreter.spend(1);
    if (rest & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  const sign = result !== 0n && (result < 0n) !== (modulus < 0n) ? modulus : 0n;
  return fromBigint((result % modulus) + sign);
}

function inBase(interpreter: Interpreter, value: Value, base: number, prefix: string): string {
  const number = interpreter.toIndex(value);
  return number < 0 ? `-${prefix}${(-number).toString(base)}` : prefix + number.toString(base);
}
