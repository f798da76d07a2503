/** The module `math`; roundings of quotients of sizes stay exact. */
import { ceilDivide, floorDivide, range } from '../../../graph/dimension.ts';
import type { Interpreter, NativeModule } from '../interpreter-api.ts';
import { NotKnown } from '../interpreter-api.ts';
import { native } from '../native.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { fromBigint, fromDimension, plain, PyFloat, PyTuple, SymbolicFloat, SymbolicInt, type Value } from '../values/index.ts';
import { requireKnown } from '../builtins/known.ts';
import { toFloat, truncated, truncatedFloat } from '../builtins/numbers.ts';

/** The argument as a JavaScript number; throws NotKnown where it depends on sizes. */
function real(interpreter: Interpreter, value: Value): number {
  if (typeof plain(value) === 'string') throw interpreter.error(exceptions.TypeError, 'must be real number, not str');
  const float = toFloat(interpreter, value, (type) => `must be real number, not ${type}`);
  requireKnown(interpreter, float);
  return (float as PyFloat).value;
}

function result(interpreter: Interpreter, value: number, ...from: readonly number[]): PyFloat {
  if (Number.isNaN(value) && !from.some(Number.isNaN)) throw interpreter.error(exceptions.ValueError, 'math domain error');
  if (!Number.isFinite(value) && from.every(Number.isFinite)) throw interpreter.error(exceptions.OverflowError, 'math range error');
  return new PyFloat(value);
}

function logarithm(interpreter: Interpreter, value: Value, of: (x: number) => number, big: (x: bigint) => number): number {
  const number = plain(value);
  if (typeof number === 'bigint' && number > 0n) return big(number);
  const x = real(interpreter, value);
  if (x <= 0) throw interpreter.error(exceptions.ValueError, 'math domain error');
  return of(x);
}

const bigLog = (x: bigint): number => {
  const digits = x.toString();
  return Math.log(Number(`${digits.slice(0, 15)}`)) + (digits.length - Math.min(15, digits.length)) * Math.LN10;
};

function rounding(name: 'floor' | 'ceil' | 'trunc', of: (x: number) => number, divide: (interpreter: Interpreter, quotient: SymbolicFloat) => Value): [string, Value] {
  return [name, native(name, 'x, /', (interpreter, value: Value) => {
    const number = plain(value);
    if (typeof number === 'number' || typeof number === 'bigint' || number instanceof SymbolicInt) return number;
    if (typeof number === 'boolean') return Number(number);
    if (number instanceof SymbolicFloat) return divide(interpreter, number);
    const own = interpreter.callSpecial(value, `__${name}__`);
    if (own !== undefined && !(number instanceof PyFloat)) return own;
    return truncatedFloat(interpreter, of(real(interpreter, value)));
  })];
}

function positive(interpreter: Interpreter, quotient: SymbolicFloat): SymbolicFloat {
  if (range(quotient.denominator).lower > 0) return quotient;
  throw new NotKnown(interpreter.unknown('a quotient whose sign is not known'));
}

function unary(name: string, of: (x: number) => number): [string, Value] {
  return [name, native(name, 'x, /', (interpreter, value: Value) => {
    const x = real(interpreter, value);
    return result(interpreter, of(x), x);
  })];
}

function binary(name: string, of: (x: number, y: number) => number): [string, Value] {
  return [name, native(name, 'x, y, /', (interpreter, a: Value, b: Value) => {
    const x = real(interpreter, a);
    const y = real(interpreter, b);
    return result(interpreter, of(x, y), x, y);
  })];
}

function predicate(name: string, of: (x: number) => boolean): [string, Value] {
  return [name, native(name, 'x, /', (interpreter, value: Value) => of(real(interpreter, value)))];
}

function divisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

function nonNegative(interpreter: Interpreter, value: Value, message: string): bigint {
  const number = BigInt(interpreter.toIndex(value));
  if (number < 0n) throw interpreter.error(exceptions.ValueError, message);
  return number;
}

/** Products of more factors are not followed: no model has them. */
const mostFactors = 20_000;

function falling(interpreter: Interpreter, n: bigint, k: bigint): bigint {
  if (k > mostFactors) throw new NotKnown(interpreter.unknown(`a product of ${k} factors is not followed`));
  let product = 1n;
  for (let i = 0n; i < k; i++) {
    interpreter.spend(1);
    product *= n - i;
  }
  return product;
}

function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = BigInt(Math.floor(Math.sqrt(Number(n))));
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next === x || next === x + 1n) break;
    x = next;
  }
  while (x * x > n) x--;
  while ((x + 1n) * (x + 1n) <= n) x++;
  return x;
}

/** Lanczos' approximation, with exact factorials for small integers. */
function gamma(x: number): number {
  if (Number.isInteger(x) && x > 0 && x < 23) {
    let product = 1;
    for (let i = 2; i < x; i++) product *= i;
    return product;
  }
  if (x < 0.5) return Number.isInteger(x) ? NaN : Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  return Math.exp(logGamma(x));
}

function logGamma(x: number): number {
  const coefficients = [676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7];
  const y = x - 1;
  let sum = 0.9999999999998099;
  coefficients.forEach((each, i) => {
    sum += each / (y + i + 1);
  });
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Error function by its series, and by a continued fraction where that converges faster. */
function erf(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude > 6) return Math.sign(x);
  let term = magnitude;
  let sum = magnitude;
  for (let n = 1; n < 200 && Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    term *= (2 * magnitude * magnitude) / (2 * n + 1);
    sum += term;
  }
  return Math.sign(x) * (2 / Math.sqrt(Math.PI)) * Math.exp(-magnitude * magnitude) * sum;
}

const constants: Record<string, Value> = {
  pi: new PyFloat(Math.PI), e: new PyFloat(Math.E), tau: new PyFloat(2 * Math.PI), inf: new PyFloat(Infinity), nan: new PyFloat(NaN),
};

const functions: Record<string, Value> = Object.fromEntries([
  rounding('floor', Math.floor, (interpreter, quotient) => {
    const { numerator, denominator } = positive(interpreter, quotient);
    return fromDimension(floorDivide(numerator, denominator));
  }),
  rounding('ceil', Math.ceil, (interpreter, quotient) => {
    const { numerator, denominator } = positive(interpreter, quotient);
    return fromDimension(ceilDivide(numerator, denominator));
  }),
  rounding('trunc', Math.trunc, truncated),
  unary('sqrt', Math.sqrt), unary('cbrt', Math.cbrt), unary('exp', Math.exp), unary('exp2', (x) => 2 ** x), unary('expm1', Math.expm1),
  unary('sin', Math.sin), unary('cos', Math.cos), unary('tan', Math.tan), unary('asin', Math.asin), unary('acos', Math.acos), unary('atan', Math.atan),
  unary('sinh', Math.sinh), unary('cosh', Math.cosh), unary('tanh', Math.tanh), unary('asinh', Math.asinh), unary('acosh', Math.acosh), unary('atanh', Math.atanh),
  unary('fabs', Math.abs), unary('degrees', (x) => x * (180 / Math.PI)), unary('radians', (x) => x * (Math.PI / 180)),
  unary('erf', erf), unary('erfc', (x) => 1 - erf(x)), unary('gamma', gamma), unary('lgamma', (x) => (x === 1 || x === 2 ? 0 : logGamma(x))),
  binary('atan2', Math.atan2), binary('pow', (x, y) => x ** y), binary('copysign', (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
  binary('fmod', (x, y) => x % y),
  binary('remainder', (x, y) => {
    const quotient = x / y;
    const near = Math.round(quotient);
    return x - y * (Math.abs(quotient - Math.trunc(quotient)) === 0.5 && near % 2 !== 0 ? near - 1 : near);
  }),
  predicate('isnan', Number.isNaN), predicate('isinf', (x) => Math.abs(x) === Infinity), predicate('isfinite', Number.isFinite),
  ['log', native('log', 'x, base=, /', (interpreter, value: Value, base: Value | undefined) => {
    const log = logarithm(interpreter, value, Math.log, bigLog);
    if (base === undefined) return new PyFloat(log);
    const divided = logarithm(interpreter, base, Math.log, bigLog);
    if (divided === 0) throw interpreter.error(exceptions.ZeroDivisionError, 'float division by zero');
    return new PyFloat(log / divided);
  })],
  ['log2', native('log2', 'x, /', (interpreter, value: Value) => new PyFloat(logarithm(interpreter, value, Math.log2, (x) => bigLog(x) / Math.LN2)))],
  ['log10', native('log10', 'x, /', (interpreter, value: Value) => new PyFloat(logarithm(interpreter, value, Math.log10, (x) => bigLog(x) / Math.LN10)))],
  ['log1p', native('log1p', 'x, /', (interpreter, value: Value) => {
    const x = real(interpreter, value);
    if (x <= -1) throw interpreter.error(exceptions.ValueError, 'math domain error');
    return new PyFloat(Math.log1p(x));
  })],
  ['hypot', native('hypot', '*coordinates', (interpreter, values: Value[]) => new PyFloat(Math.hypot(...values.map((each) => real(interpreter, each)))))],
  ['dist', native('dist', 'p, q, /', (interpreter, p: Value, q: Value) => {
    const a = interpreter.toArray(p).map((each) => real(interpreter, each));
    const b = interpreter.toArray(q).map((each) => real(interpreter, each));
    if (a.length !== b.length) throw interpreter.error(exceptions.ValueError, 'both points must have the same number of dimensions');
    return new PyFloat(Math.hypot(...a.map((each, i) => each - b[i])));
  })],
  ['fsum', native('fsum', 'seq, /', (interpreter, values: Value) => {
    // Neumaier's sum carries what rounding loses
    let sum = 0;
    let lost = 0;
    for (const each of interpreter.toArray(values)) {
      const x = real(interpreter, each);
      const next = sum + x;
      lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
      sum = next;
    }
    return new PyFloat(sum + lost);
  })],
  ['prod', native('prod', 'iterable, /, *, start=', (interpreter, values: Value, start: Value = 1) => {
    let product: Value = start;
    for (const each of interpreter.toArray(values)) product = interpreter.binary('*', product, each);
    return product;
  })],
  ['sumprod', native('sumprod', 'p, q, /', (interpreter, p: Value, q: Value) => {
    const b = interpreter.toArray(q);
    let sum: Value = 0;
    interpreter.toArray(p).forEach((each, i) => {
      sum = interpreter.binary('+', sum, interpreter.binary('*', each, b[i]));
    });
    return sum;
  })],
  ['gcd', native('gcd', '*integers', (interpreter, values: Value[]) => fromBigint(values.reduce((total: bigint, each) => divisor(total, BigInt(interpreter.toIndex(each))), 0n)))],
  ['lcm', native('lcm', '*integers', (interpreter, values: Value[]) => fromBigint(values.reduce((total: bigint, each) => {
    const x = BigInt(interpreter.toIndex(each));
    const product = total * x;
    return product === 0n ? 0n : (product < 0n ? -product : product) / divisor(total, x);
  }, 1n)))],
  ['factorial', native('factorial', 'n, /', (interpreter, value: Value) => {
    const n = nonNegative(interpreter, value, 'factorial() not defined for negative values');
    return fromBigint(falling(interpreter, n, n));
  })],
  ['comb', native('comb', 'n, k, /', (interpreter, a: Value, b: Value) => {
    const n = nonNegative(interpreter, a, 'n must be a non-negative integer');
    const k = nonNegative(interpreter, b, 'k must be a non-negative integer');
    return k > n ? 0 : fromBigint(falling(interpreter, n, k) / falling(interpreter, k, k));
  })],
  ['perm', native('perm', 'n, k=, /', (interpreter, a: Value, b: Value = null) => {
    const n = nonNegative(interpreter, a, 'n must be a non-negative integer');
    const k = b === null ? n : nonNegative(interpreter, b, 'k must be a non-negative integer');
    return k > n ? 0 : fromBigint(falling(interpreter, n, k));
  })],
  ['isqrt', native('isqrt', 'n, /', (interpreter, value: Value) => fromBigint(squareRoot(nonNegative(interpreter, value, 'isqrt() argument must be nonnegative'))))],
  ['isclose', native('isclose', 'a, b, *, rel_tol=, abs_tol=', (interpreter, a: Value, b: Value, relative: Value = new PyFloat(1e-9), absolute: Value = new PyFloat(0)) => {
    const x = real(interpreter, a);
    const y = real(interpreter, b);
    if (x === y) return true;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
    return Math.abs(x - y) <= Math.max(real(interpreter, relative) * Math.max(Math.abs(x), Math.abs(y)), real(interpreter, absolute));
  })],
  ['modf', native('modf', 'x, /', (interpreter, value: Value) => {
    const x = real(interpreter, value);
    return new PyTuple([new PyFloat(x - Math.trunc(x)), new PyFloat(Math.trunc(x))]);
  })],
  ['frexp', native('frexp', 'x, /', (interpreter, value: Value) => {
    const x = real(interpreter, value);
    if (x === 0 || !Number.isFinite(x)) return new PyTuple([new PyFloat(x), 0]);
    let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
    let mantissa = x * 2 ** -exponent;
    while (Math.abs(mantissa) < 0.5) {
      mantissa *= 2;
      exponent--;
    }
    while (Math.abs(mantissa) >= 1) {
      mantissa /= 2;
      exponent++;
    }
    return new PyTuple([new PyFloat(mantissa), exponent]);
  })],
  ['ldexp', native('ldexp', 'x, i, /', (interpreter, value: Value, exponent: Value) => new PyFloat(real(interpreter, value) * 2 ** interpreter.toNumber(exponent)))],
]);

export const mathModule: NativeModule = { load: () => ({ ...constants, ...functions }) };
