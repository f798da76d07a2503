/** Constructors and methods of int, float, complex and bool. */
import { type Dimension, floorDivide, range } from '../../../graph/dimension.ts';
import { type Interpreter, NotKnown } from '../interpreter-api.ts';
import { classMethod, getter, method, staticMethod } from '../native.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import {
  Condition, fromBigint, fromDimension, plain, PyBytes, PyClass, PyComplex, PyFloat, PyInstance, PyTuple, SymbolicFloat, SymbolicInt, typeOf, Unknown, type Value,
} from '../values/index.ts';
import { requireKnown, toText } from './known.ts';

/** An instance of a subclass holds the plain value. */
export function asInstance(cls: PyClass, base: PyClass, value: Value): Value {
  if (cls === base || !(cls instanceof PyClass)) return value;
  const instance = new PyInstance(cls);
  instance.primitive = value as PyInstance['primitive'];
  return instance;
}

staticMethod(classes.int, '__new__', 'cls, x=, /, base=', (interpreter, cls: PyClass, value: Value = 0, base: Value | undefined) => {
  const made = base === undefined ? toInt(interpreter, value) : parseInteger(interpreter, value, interpreter.toNumber(base));
  return asInstance(cls, classes.int, made);
});
staticMethod(classes.bool, '__new__', 'cls, x=, /', (interpreter, _cls: PyClass, value: Value = false) => interpreter.truth(value));
staticMethod(classes.float, '__new__', 'cls, x=, /', (interpreter, cls: PyClass, value: Value = 0) => asInstance(cls, classes.float, toFloat(interpreter, value)));
staticMethod(classes.complex, '__new__', 'cls, real=, imag=', (interpreter, cls: PyClass, real: Value = 0, imaginary: Value = 0) => {
  if (typeof real === 'string') return asInstance(cls, classes.complex, parseComplex(interpreter, real));
  const part = (value: Value): PyComplex => {
    const number = plain(value);
    if (number instanceof PyComplex) return number;
    const float = toFloat(interpreter, number, (type) => `complex() first argument must be a string or a number, not '${type}'`);
    requireKnown(interpreter, float);
    return new PyComplex((float as PyFloat).value, 0);
  };
  const a = part(real);
  const b = part(imaginary);
  return asInstance(cls, classes.complex, new PyComplex(a.real - b.imaginary, a.imaginary + b.real));
});

/** `int(value)`. */
export function toInt(interpreter: Interpreter, value: Value): Value {
  const number = plain(value);
  switch (typeof number) {
    case 'number': case 'bigint': return number;
    case 'boolean': return Number(number);
    case 'string': return parseInteger(interpreter, number, 10);
  }
  if (number instanceof SymbolicInt) return number;
  if (number instanceof SymbolicFloat) return truncated(interpreter, number);
  if (number instanceof PyFloat) return truncatedFloat(interpreter, number.value);
  if (number instanceof Unknown || number instanceof Condition) throw new NotKnown(number);
  if (number instanceof PyBytes) return parseInteger(interpreter, number.value, 10);
  for (const name of ['__int__', '__index__', '__trunc__']) {
    const result = interpreter.callSpecial(value, name);
    if (result !== undefined) return plain(result);
  }
  throw interpreter.error(exceptions.TypeError, `int() argument must be a string, a bytes-like object or a real number, not '${typeOf(value).name}'`);
}

/** Towards zero; of quotients of sizes where their sign is known. */
export function truncated(interpreter: Interpreter, quotient: SymbolicFloat): Value {
  if (range(quotient.denominator).lower > 0 && range(quotient.numerator).lower >= 0) return fromDimension(floorDivide(quotient.numerator, quotient.denominator));
  throw new NotKnown(interpreter.unknown('a quotient whose sign is not known'));
}

export function truncatedFloat(interpreter: Interpreter, value: number): number | bigint {
  if (Number.isNaN(value)) throw interpreter.error(exceptions.ValueError, 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw interpreter.error(exceptions.OverflowError, 'cannot convert float infinity to integer');
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole);
}

function parseInteger(interpreter: Interpreter, value: Value, base: number): Value {
  if (value instanceof PyBytes) return parseInteger(interpreter, value.value, base);
  const source = toText(interpreter, value, () => "int() can't convert non-string with explicit base");
  const invalid = (): Error => interpreter.error(exceptions.ValueError, `invalid literal for int() with base ${base}: ${interpreter.repr(source)}`);
  if (base !== 0 && (base < 2 || base > 36)) throw interpreter.error(exceptions.ValueError, 'int() base must be >= 2 and <= 36, or 0');
  const match = /^\s*([-+]?)(0[xXoObB])?(_?[0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)\s*$/.exec(source);
  if (!match) throw invalid();
  const [, sign, prefix, body] = match;
  const bases: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2 };
  let digits = body.replaceAll('_', '').toLowerCase();
  let radix = base;
  const stated = prefix && bases[prefix[1].toLowerCase()];
  if (stated && (base === 0 || base === stated)) radix = stated;
  else if (prefix) digits = prefix.toLowerCase() + digits;
  else if (body.startsWith('_')) throw invalid();
  if (radix === 0) {
    radix = 10;
    if (/^0+[1-9]/.test(digits)) throw invalid();
  }
  let result = 0n;
  for (const digit of digits) {
    const number = parseInt(digit, 36);
    if (!(number < radix)) throw invalid();
    result = result * BigInt(radix) + BigInt(number);
  }
  return fromBigint(sign === '-' ? -result : result);
}

/** `float(value)`: a PyFloat or a SymbolicFloat. */
export function toFloat(interpreter: Interpreter, value: Value, wrong = (type: string): string => `float() argument must be a string or a real number, not '${type}'`): PyFloat | SymbolicFloat {
  const number = plain(value);
  switch (typeof number) {
    case 'number': case 'bigint': {
      const float = Number(number);
      if (!Number.isFinite(float)) throw interpreter.error(exceptions.OverflowError, 'int too large to convert to float');
      return new PyFloat(float);
    }
    case 'boolean': return new PyFloat(Number(number));
    case 'string': return new PyFloat(parseFloatText(interpreter, number));
  }
  if (number instanceof PyFloat || number instanceof SymbolicFloat) return number;
  if (number instanceof SymbolicInt) return new SymbolicFloat(number.dimension as Dimension, 1);
  if (number instanceof Unknown || number instanceof Condition) throw new NotKnown(number);
  for (const name of ['__float__', '__index__']) {
    const result = interpreter.callSpecial(value, name);
    if (result !== undefined) return toFloat(interpreter, result, wrong);
  }
  throw interpreter.error(exceptions.TypeError, wrong(typeOf(value).name));
}

function parseFloatText(interpreter: Interpreter, source: string): number {
  const text = source.trim();
  if (/^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][-+]?\d+(?:_\d+)*)?$/.test(text)) return Number(text.replaceAll('_', ''));
  const special = /^([-+]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (special) return special[2].toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  throw interpreter.error(exceptions.ValueError, `could not convert string to float: ${interpreter.repr(source)}`);
}

function parseComplex(interpreter: Interpreter, source: string): PyComplex {
  const text = source.trim().replace(/^\((.*)\)$/, '$1');
  const number = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
  const match = new RegExp(`^(${number})?(?:(${number}|[-+]?)[jJ])?$`).exec(text);
  if (!match || text === '') throw interpreter.error(exceptions.ValueError, 'complex() arg is a malformed string');
  const imaginary = match[2] === undefined ? 0 : /\d/.test(match[2]) ? Number(match[2]) : match[2] === '-' ? -1 : 1;
  return new PyComplex(Number(match[1] ?? 0), imaginary);
}

const integer = (self: Value): bigint => {
  const value = plain(self);
  return BigInt(typeof value === 'boolean' ? Number(value) : value as number | bigint);
};

method(classes.int, 'bit_length', '', (interpreter, self: Value) => {
  requireKnown(interpreter, self);
  const value = integer(self);
  return value === 0n ? 0 : (value < 0n ? -value : value).toString(2).length;
});
method(classes.int, 'bit_count', '', (interpreter, self: Value) => {
  requireKnown(interpreter, self);
  const value = integer(self);
  return (value < 0n ? -value : value).toString(2).replaceAll('0', '').length;
});
method(classes.int, 'conjugate', '', (_interpreter, self: Value) => plain(self));
method(classes.int, 'is_integer', '', () => true);
method(classes.int, 'as_integer_ratio', '', (_interpreter, self: Value) => new PyTuple([plain(self), 1]));
method(classes.int, 'to_bytes', 'length=, byteorder=, *, signed=', (interpreter, self: Value, length: Value = 1, order: Value = 'big', signed: Value = false) => {
  requireKnown(interpreter, self);
  const size = interpreter.toNumber(length);
  let value = integer(self);
  if (value < 0n && !interpreter.decided(signed)) throw interpreter.error(exceptions.OverflowError, "can't convert negative int to unsigned");
  value = BigInt.asUintN(size * 8, value);
  const bytes: string[] = [];
  for (let i = 0; i < size; i++, value >>= 8n) bytes.push(String.fromCharCode(Number(value & 255n)));
  return new PyBytes((order === 'little' ? bytes : bytes.reverse()).join(''));
});
classMethod(classes.int, 'from_bytes', 'bytes, byteorder=, *, signed=', (interpreter, _cls: PyClass, bytes: Value, order: Value = 'big', signed: Value = false) => {
  if (!(bytes instanceof PyBytes)) throw interpreter.error(exceptions.TypeError, `cannot convert '${typeOf(bytes).name}' object to bytes`);
  const digits = [...bytes.value];
  if (order === 'little') digits.reverse();
  let value = 0n;
  for (const digit of digits) value = (value << 8n) | BigInt(digit.charCodeAt(0));
  return fromBigint(interpreter.decided(signed) ? BigInt.asIntN(digits.length * 8, value) : value);
});
getter(classes.int, 'real', (_interpreter, self: Value) => plain(self));
getter(classes.int, 'numerator', (_interpreter, self: Value) => plain(self));
getter(classes.int, 'imag', () => 0);
getter(classes.int, 'denominator', () => 1);

const float = (interpreter: Interpreter, self: Value): number => {
  requireKnown(interpreter, self);
  return (plain(self) as PyFloat).value;
};

method(classes.float, 'is_integer', '', (interpreter, self: Value) => Number.isInteger(float(interpreter, self)));
method(classes.float, 'conjugate', '', (_interpreter, self: Value) => plain(self));
method(classes.float, 'as_integer_ratio', '', (interpreter, self: Value) => {
  let value = float(interpreter, self);
  if (!Number.isFinite(value)) throw interpreter.error(exceptions.OverflowError, `cannot convert ${Number.isNaN(value) ? 'NaN' : 'Infinity'} to integer ratio`);
  let denominator = 1n;
  while (!Number.isInteger(value)) {
    value *= 2;
    denominator *= 2n;
  }
  return new PyTuple([fromBigint(BigInt(value)), fromBigint(denominator)]);
});
method(classes.float, 'hex', '', (interpreter, self: Value) => {
  const value = float(interpreter, self);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  let magnitude = Math.abs(value);
  if (magnitude === 0) return `${sign}0x0.0p+0`;
  let exponent = 0;
  while (magnitude >= 2) {
    magnitude /= 2;
    exponent++;
  }
  while (magnitude < 1 && exponent > -1022) {
    magnitude *= 2;
    exponent--;
  }
  const whole = Math.floor(magnitude);
  const fraction = BigInt((magnitude - whole) * 2 ** 52).toString(16).padStart(13, '0');
  return `${sign}0x${whole}.${fraction}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
});
getter(classes.float, 'real', (_interpreter, self: Value) => plain(self));
getter(classes.float, 'imag', () => new PyFloat(0));

const complex = (self: Value): PyComplex => plain(self) as PyComplex;
getter(classes.complex, 'real', (_interpreter, self: Value) => new PyFloat(complex(self).real));
getter(classes.complex, 'imag', (_interpreter, self: Value) => new PyFloat(complex(self).imaginary));
method(classes.complex, 'conjugate', '', (_interpreter, self: Value) => new PyComplex(complex(self).real, -complex(self).imaginary));
