/** Arithmetic: ints, floats, complex numbers, sequences and dimensions directly, everything else by its dunder methods. */
import { add, type Dimension, floorDivide, modulo, multiply, negate, range, subtract } from '../../../graph/dimension.ts';
import type { BinaryOperator } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import { tooLong } from './sequence-length.ts';
import { exceptions } from '../values/builtin-classes.ts';
import {
  classes, Condition, fromBigint, fromDimension, notImplemented, plain, PyBytes, PyClass, PyComplex, PyDict, PyDictView, PyFloat, PyFunction, PyInstance, PyList, PyNative, PyObject,
  PySet, PyTuple, SymbolicFloat, SymbolicInt, toDimension, Unknown, type Value, typeOf,
} from '../values/index.ts';
import { touch } from '../paths/journal.ts';
import { setOperation } from './set-operations.ts';
import { unionType } from './class-queries.ts';

export const dunderNames: Record<BinaryOperator, string> = {
  '+': 'add', '-': 'sub', '*': 'mul', '@': 'matmul', '/': 'truediv', '//': 'floordiv', '%': 'mod', '**': 'pow', '<<': 'lshift', '>>': 'rshift', '&': 'and', '|': 'or', '^': 'xor',
};

/** Texts, lists and ints beyond these sizes are not made: MemoryError, as a real machine would sooner or later say. */
const LARGEST_SEQUENCE = 10_000_000;
const LARGEST_BITS = 1_000_000;

export function binary(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value {
  const direct = rawBinary(machine, operator, left, right);
  if (direct !== undefined) return direct;
  const result = byDunder(machine, operator, left, right);
  if (result !== notImplemented) return result;
  throw unsupported(machine, operator === '**' ? '** or pow()' : operator, left, right);
}

export function inPlace(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value {
  if (left instanceof PyList && left.cls.immutable) {
    if (operator === '+') return extend(machine, left, right);
    if (operator === '*') {
      const repeated = rawBinary(machine, '*', left, right);
      if (repeated instanceof PyList) {
        touch(left);
        left.blurred = repeated.blurred;
        left.items.length = 0;
        for (const item of repeated.items) left.items.push(item);
        return left;
      }
    }
  }
  if (left instanceof PyObject && !(left instanceof PyFloat)) {
    const method = left.cls.find(`__i${dunderNames[operator]}__`);
    if (method !== undefined) {
      const result = machine.callFound(method, left, [right]);
      if (result !== notImplemented) return result;
    }
  }
  const direct = rawBinary(machine, operator, left, right);
  if (direct !== undefined) return direct;
  const result = byDunder(machine, operator, left, right);
  if (result !== notImplemented) return result;
  throw unsupported(machine, operator === '**' ? '**=' : `${operator}=`, left, right);
}

function extend(machine: Machine, list: PyList, items: Value): PyList {
  const added = machine.unpackAll(items);
  if (added instanceof Unknown) list.blur(added);
  else if (!list.blurred) {
    const long = added.length > 1000 ? tooLong(machine, list.items.length + added.length) : undefined;
    if (long) {
      list.blur(long);
      return list;
    }
    touch(list);
    for (const item of added) list.items.push(item);
  }
  return list;
}

function unsupported(machine: Machine, operator: string, left: Value, right: Value): Error {
  if (typeof left === 'string' && operator.startsWith('+')) return machine.error(exceptions.TypeError, `can only concatenate str (not "${typeOf(right).name}") to str`);
  if (operator.startsWith('*') && !operator.startsWith('**')) {
    const [sequence, other] = isSequence(left) ? [left, right] : [right, left];
    if (isSequence(sequence)) return machine.error(exceptions.TypeError, `can't multiply sequence by non-int of type '${typeOf(other).name}'`);
  }
  return machine.error(exceptions.TypeError, `unsupported operand type(s) for ${operator}: '${typeOf(left).name}' and '${typeOf(right).name}'`);
}

function isSequence(value: Value): boolean {
  return typeof value === 'string' || value instanceof PyList || value instanceof PyTuple || value instanceof PyBytes;
}

function byDunder(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value {
  const name = `__${dunderNames[operator]}__`;
  const reflectedName = `__r${dunderNames[operator]}__`;
  const leftClass = typeOf(left);
  const rightClass = typeOf(right);
  const forward = left instanceof Unknown ? undefined : leftClass.find(name);
  const reflected = right instanceof Unknown ? undefined : rightClass.find(reflectedName);
  // a subclass on the right goes first
  const first = reflected !== undefined && rightClass !== leftClass && rightClass.isSubclassOf(leftClass) && reflected !== leftClass.find(reflectedName);
  if (first) {
    const result = machine.callFound(reflected, right, [left]);
    if (result !== notImplemented) return result;
  }
  if (forward !== undefined) {
    const result = machine.callFound(forward, left, [right]);
    if (result !== notImplemented) return result;
  }
  if (!first && reflected !== undefined && (rightClass !== leftClass || forward === undefined)) {
    const result = machine.callFound(reflected, right, [left]);
    if (result !== notImplemented) return result;
  }
  if (left instanceof Unknown) return left.derive();
  if (right instanceof Unknown) return right.derive();
  if (operator === '|' && isTypeLike(left) && isTypeLike(right)) return unionType(left, right);
  return notImplemented;
}

function isTypeLike(value: Value): boolean {
  return value === null || value instanceof PyClass || value instanceof PyInstance || value instanceof PyFunction || value instanceof PyNative || value instanceof PyObject && value.cls.name.endsWith('Alias');
}

/** The result for built-in operands; undefined where the operator is not theirs. */
export function rawBinary(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (left instanceof PyInstance || right instanceof PyInstance) return undefined;
  const a = typeof left === 'boolean' ? Number(left) : left;
  const b = typeof right === 'boolean' ? Number(right) : right;
  const leftInt = typeof a === 'number' || typeof a === 'bigint';
  const rightInt = typeof b === 'number' || typeof b === 'bigint';
  if (leftInt && rightInt) {
    if (typeof left === 'boolean' && typeof right === 'boolean' && (operator === '&' || operator === '|' || operator === '^')) {
      return operator === '&' ? left && right : operator === '|' ? left || right : left !== right;
    }
    return integers(machine, operator, a, b);
  }
  if (a instanceof PyFloat && (rightInt || b instanceof PyFloat)) return floats(machine, operator, a.value, b instanceof PyFloat ? b.value : Number(b));
  if (leftInt && b instanceof PyFloat) return floats(machine, operator, Number(a), b.value);
  if (typeof a === 'string') {
    if (operator === '+' && typeof b === 'string') {
      if (a.length + b.length > LARGEST_SEQUENCE) throw machine.error(exceptions.MemoryError);
      return a + b;
    }
    if (operator === '*' && rightInt) return repeatText(machine, a, b);
    return undefined;
  }
  if (leftInt && operator === '*') {
    if (typeof b === 'string') return repeatText(machine, b, a);
    if (b instanceof PyList || b instanceof PyTuple || b instanceof PyBytes) return repeat(machine, b, a);
  }
  if (a instanceof PyList || a instanceof PyTuple || a instanceof PyBytes) {
    if (operator === '*' && rightInt) return repeat(machine, a, b);
    if (operator === '*' && b instanceof SymbolicInt) return symbolicRepeat(machine, a);
    if (operator === '+') return concatenate(machine, a, b);
    return undefined;
  }
  if (a instanceof SymbolicInt || a instanceof SymbolicFloat || b instanceof SymbolicInt || b instanceof SymbolicFloat) return symbolic(machine, operator, a, b);
  if (a instanceof Condition || b instanceof Condition) return conditions(machine, operator, a, b);
  if (a instanceof PyComplex || b instanceof PyComplex) return complexes(machine, operator, a, b);
  if ((a instanceof PySet || a instanceof PyDictView) && (b instanceof PySet || b instanceof PyDictView)) return setOperation(machine, operator, a, b);
  if (a instanceof PyDict && b instanceof PyDict && operator === '|') {
    const merged = new PyDict(a.cls.immutable ? a.cls : classes.dict);
    machine.updateDict(merged, a);
    machine.updateDict(merged, b);
    return merged;
  }
  if (a instanceof Unknown && isPlain(b) || b instanceof Unknown && isPlain(a)) {
    const unknown = a instanceof Unknown ? a : b as Unknown;
    return unknown.derive(resultType(operator, typeOf(a), typeOf(b)));
  }
  if (a instanceof Unknown && !(b instanceof PyObject && !b.cls.immutable)) return a.derive();
  if (b instanceof Unknown && !(a instanceof PyObject && !a.cls.immutable)) return b.derive();
  return undefined;
}

function isPlain(value: Value): boolean {
  return value instanceof Unknown || typeof value !== 'object' || value === null || value.cls.immutable;
}

/** The class of the result of arithmetic on numbers of which only the classes are known. */
function resultType(operator: BinaryOperator, left: PyClass, right: PyClass): PyClass | undefined {
  const isInt = (cls: PyClass): boolean => cls === classes.int || cls === classes.bool;
  if (left === classes.float && (right === classes.float || isInt(right)) || right === classes.float && isInt(left)) return operator === '@' ? undefined : classes.float;
  if (!isInt(left) || !isInt(right)) return left === classes.str && (operator === '%' || operator === '+' && right === classes.str) ? classes.str : undefined;
  return operator === '/' ? classes.float : operator === '**' || operator === '@' ? undefined : classes.int;
}

function integers(machine: Machine, operator: BinaryOperator, a: number | bigint, b: number | bigint): Value | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    switch (operator) {
      case '+': { const sum = a + b; if (Number.isSafeInteger(sum)) return sum; break; }
      case '-': { const difference = a - b; if (Number.isSafeInteger(difference)) return difference; break; }
      case '*': { const product = a * b; if (Number.isSafeInteger(product)) return product === 0 ? 0 : product; break; }
      case '/':
        if (b === 0) throw machine.error(exceptions.ZeroDivisionError, 'division by zero');
        return new PyFloat(a / b);
      case '//': {
        if (b === 0) throw machine.error(exceptions.ZeroDivisionError, 'integer division or modulo by zero');
        // a / b rounds: only small quotients are exact as floats
        if (Math.abs(a) < 2 ** 52) return normalZero(Math.floor(a / b));
        break;
      }
      case '%': {
        if (b === 0) throw machine.error(exceptions.ZeroDivisionError, 'integer modulo by zero');
        const rest = a % b;
        return rest !== 0 && (rest < 0) !== (b < 0) ? rest + b : normalZero(rest);
      }
      case '**': {
        if (b < 0) {
          if (a === 0) throw machine.error(exceptions.ZeroDivisionError, '0.0 cannot be raised to a negative power');
          return new PyFloat(a ** b);
        }
        const power = a ** b;
        if (Number.isSafeInteger(power)) return power;
        break;
      }
      case '&': case '|': case '^':
        if ((a | 0) === a && (b | 0) === b) return operator === '&' ? a & b : operator === '|' ? a | b : a ^ b;
        break;
      case '<<': if (b >= 0 && b < 32 && Number.isSafeInteger(a * 2 ** b)) return a * 2 ** b; break;
      case '>>': if (b >= 0) return Math.floor(a / 2 ** b); break;
      case '@': return undefined;
    }
  }
  return bigIntegers(machine, operator, BigInt(a), BigInt(b));
}

function normalZero(value: number): number {
  return value === 0 ? 0 : value;
}

function bigIntegers(machine: Machine, operator: BinaryOperator, a: bigint, b: bigint): Value | undefined {
  switch (operator) {
    case '+': return fromBigint(a + b);
    case '-': return fromBigint(a - b);
    case '*': return fromBigint(a * b);
    case '/':
      if (b === 0n) throw machine.error(exceptions.ZeroDivisionError, 'division by zero');
      return new PyFloat(Number(a) / Number(b));
    case '//': case '%': {
      if (b === 0n) throw machine.error(exceptions.ZeroDivisionError, 'integer division or modulo by zero');
      const rest = a % b;
      const wraps = rest !== 0n && (rest < 0n) !== (b < 0n);
      return operator === '//' ? fromBigint(a / b - (wraps ? 1n : 0n)) : fromBigint(wraps ? rest + b : rest);
    }
    case '**': {
      if (b < 0n) return new PyFloat(Number(a) ** Number(b));
      const bits = Number(b) * a.toString(2).length;
      if (bits > LARGEST_BITS && a !== 0n && a !== 1n && a !== -1n) throw machine.error(exceptions.MemoryError);
      return fromBigint(a ** b);
    }
    case '<<':
      if (b < 0n) throw machine.error(exceptions.ValueError, 'negative shift count');
      if (b > BigInt(LARGEST_BITS)) throw machine.error(exceptions.MemoryError);
      return fromBigint(a << b);
    case '>>':
      if (b < 0n) throw machine.error(exceptions.ValueError, 'negative shift count');
      return fromBigint(a >> b);
    case '&': return fromBigint(a & b);
    case '|': return fromBigint(a | b);
    case '^': return fromBigint(a ^ b);
    case '@': return undefined;
  }
}

function floats(machine: Machine, operator: BinaryOperator, a: number, b: number): Value | undefined {
  switch (operator) {
    case '+': return new PyFloat(a + b);
    case '-': return new PyFloat(a - b);
    case '*': return new PyFloat(a * b);
    case '/':
      if (b === 0) throw machine.error(exceptions.ZeroDivisionError, 'float division by zero');
      return new PyFloat(a / b);
    case '//':
      if (b === 0) throw machine.error(exceptions.ZeroDivisionError, 'float floor division by zero');
      return new PyFloat(Math.floor(a / b));
    case '%': {
      if (b === 0) throw machine.error(exceptions.ZeroDivisionError, 'float modulo');
      const rest = a % b;
      return new PyFloat(rest !== 0 && (rest < 0) !== (b < 0) ? rest + b : rest === 0 ? (b < 0 ? -0 : 0) : rest);
    }
    case '**': {
      if (a === 0 && b < 0) throw machine.error(exceptions.ZeroDivisionError, '0.0 cannot be raised to a negative power');
      if (a < 0 && !Number.isInteger(b)) return complexPower({ real: a, imaginary: 0 }, { real: b, imaginary: 0 });
      return new PyFloat(a ** b);
    }
    default: return undefined;
  }
}

interface ComplexParts { readonly real: number; readonly imaginary: number }

function partsOf(value: Value): ComplexParts | undefined {
  if (value instanceof PyComplex) return value;
  if (value instanceof PyFloat) return { real: value.value, imaginary: 0 };
  return typeof value === 'number' || typeof value === 'bigint' ? { real: Number(value), imaginary: 0 } : undefined;
}

function complexes(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const a = partsOf(left);
  const b = partsOf(right);
  if (!a || !b) return undefined;
  switch (operator) {
    case '+': return new PyComplex(a.real + b.real, a.imaginary + b.imaginary);
    case '-': return new PyComplex(a.real - b.real, a.imaginary - b.imaginary);
    case '*': return new PyComplex(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real);
    case '/': {
      const scale = b.real * b.real + b.imaginary * b.imaginary;
      if (scale === 0) throw machine.error(exceptions.ZeroDivisionError, 'complex division by zero');
      return new PyComplex((a.real * b.real + a.imaginary * b.imaginary) / scale, (a.imaginary * b.real - a.real * b.imaginary) / scale);
    }
    case '**': return complexPower(a, b);
    default: return undefined;
  }
}

function complexPower(a: ComplexParts, b: ComplexParts): PyComplex {
  if (b.imaginary === 0 && Number.isInteger(b.real) && b.real >= 0 && b.real <= 64) {
    let [real, imaginary] = [1, 0];
    for (let i = 0; i < b.real; i++) [real, imaginary] = [real * a.real - imaginary * a.imaginary, real * a.imaginary + imaginary * a.real];
    return new PyComplex(real, imaginary);
  }
  const length = Math.hypot(a.real, a.imaginary);
  if (length === 0) return new PyComplex(0, 0);
  const angle = Math.atan2(a.imaginary, a.real);
  const magnitude = length ** b.real * Math.exp(-b.imaginary * angle);
  const turned = b.real * angle + b.imaginary * Math.log(length);
  return new PyComplex(magnitude * Math.cos(turned), magnitude * Math.sin(turned));
}

function repeatText(machine: Machine, text: string, count: number | bigint): string {
  const times = Math.max(0, Number(count));
  if (text.length * times > LARGEST_SEQUENCE) throw machine.error(exceptions.MemoryError);
  return text.repeat(times);
}

function repeat(machine: Machine, sequence: PyList | PyTuple | PyBytes, count: number | bigint): Value {
  const times = Math.max(0, Number(count));
  if (sequence instanceof PyBytes) return new PyBytes(repeatText(machine, sequence.value, count), sequence.cls);
  if (sequence instanceof PyList && sequence.blurred) return blurred(sequence.blurred);
  const long = tooLong(machine, sequence.items.length * times);
  if (long) return sequence instanceof PyTuple ? long : blurred(long);
  const items: Value[] = [];
  for (let i = 0; i < times; i++) for (const item of sequence.items) items.push(item);
  return sequence instanceof PyTuple ? new PyTuple(items) : new PyList(items);
}

function symbolicRepeat(machine: Machine, sequence: PyList | PyTuple | PyBytes): Value {
  const unknown = machine.unknown('a sequence whose length depends on a dimension');
  return sequence instanceof PyList ? blurred(unknown) : unknown;
}

function blurred(unknown: Unknown): PyList {
  const list = new PyList();
  list.blurred = unknown;
  return list;
}

function concatenate(machine: Machine, a: PyList | PyTuple | PyBytes, b: Value): Value | undefined {
  if (a instanceof PyList && b instanceof PyList) {
    const unknown = a.blurred ?? b.blurred ?? tooLong(machine, a.items.length + b.items.length);
    return unknown ? blurred(unknown) : new PyList([...a.items, ...b.items]);
  }
  if (a instanceof PyTuple && b instanceof PyTuple) {
    if (!b.cls.immutable && b.cls !== a.cls && b.cls.find('__radd__') !== undefined) return undefined;
    return tooLong(machine, a.items.length + b.items.length) ?? new PyTuple([...a.items, ...b.items]);
  }
  if (a instanceof PyBytes && b instanceof PyBytes) return new PyBytes(a.value + b.value);
  if (b instanceof Unknown) return a instanceof PyList ? blurred(b) : b.derive();
  if (b instanceof PyObject && b.cls.find('__radd__') !== undefined) return undefined;
  const kind = a instanceof PyList ? 'list' : a instanceof PyTuple ? 'tuple' : 'bytes';
  if (kind === 'bytes') throw machine.error(exceptions.TypeError, `can't concat ${typeOf(b).name} to bytes`);
  throw machine.error(exceptions.TypeError, `can only concatenate ${kind} (not "${typeOf(b).name}") to ${kind}`);
}

/** A quotient of dimensions: an int over 1, a float that is a whole number likewise. */
function fractionOf(value: Value): { numerator: Dimension; denominator: Dimension; float: boolean } | undefined {
  if (value instanceof SymbolicFloat) return { numerator: value.numerator, denominator: value.denominator, float: true };
  if (value instanceof PyFloat) {
    // 0.5, 0.25 and their like are exact quotients
    for (const denominator of [1, 2, 4, 8, 16, 32, 3, 5, 10, 100]) {
      const numerator = value.value * denominator;
      if (Number.isSafeInteger(numerator) && numerator / denominator === value.value) return { numerator, denominator, float: true };
    }
    return undefined;
  }
  const dimension = toDimension(value);
  return dimension === undefined ? undefined : { numerator: dimension, denominator: 1, float: false };
}

function symbolic(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (left instanceof Unknown || right instanceof Unknown) return (left instanceof Unknown ? left : right as Unknown).derive();
  const a = fractionOf(left);
  const b = fractionOf(right);
  if (!a || !b) {
    if (left instanceof PyFloat || right instanceof PyFloat) return machine.unknown('a float that depends on a dimension');
    if (operator === '*' && typeof left === 'string' || typeof right === 'string') return operator === '*' || operator === '%' ? machine.unknown('a text whose length depends on a dimension') : undefined;
    if (operator === '*' && (right instanceof PyList || right instanceof PyTuple)) return symbolicRepeat(machine, right);
    return undefined;
  }
  const float = a.float || b.float;
  const whole = (numerator: Dimension, denominator: Dimension): Value => (float ? new SymbolicFloat(numerator, denominator) : fromDimension(numerator));
  switch (operator) {
    case '+': return whole(add(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator)), multiply(a.denominator, b.denominator));
    case '-': return whole(subtract(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator)), multiply(a.denominator, b.denominator));
    case '*': return whole(multiply(a.numerator, b.numerator), multiply(a.denominator, b.denominator));
    case '/':
      if (b.numerator === 0) throw machine.error(exceptions.ZeroDivisionError, 'division by zero');
      return new SymbolicFloat(multiply(a.numerator, b.denominator), multiply(a.denominator, b.numerator));
    case '//': case '%': {
      if (b.numerator === 0) throw machine.error(exceptions.ZeroDivisionError, 'integer division or modulo by zero');
      const numerator = multiply(a.numerator, b.denominator);
      const denominator = multiply(a.denominator, b.numerator);
      if (operator === '//') return whole(floorDivide(numerator, denominator), 1);
      return float ? machine.unknown('a float that depends on a dimension') : fromDimension(modulo(numerator, denominator));
    }
    case '**': {
      const exponent = b.numerator;
      if (b.denominator !== 1 || typeof exponent !== 'number' || exponent < 0 || exponent > 16) return machine.unknown('a power that depends on a dimension');
      let numerator: Dimension = 1;
      let denominator: Dimension = 1;
      for (let i = 0; i < exponent; i++) [numerator, denominator] = [multiply(numerator, a.numerator), multiply(denominator, a.denominator)];
      return whole(numerator, denominator);
    }
    case '<<':
      return !float && typeof b.numerator === 'number' && b.numerator >= 0 && b.numerator < 50 ? fromDimension(multiply(a.numerator, 2 ** b.numerator)) : machine.unknown('bits of a dimension');
    case '>>':
      return !float && typeof b.numerator === 'number' && b.numerator >= 0 && b.numerator < 50 ? fromDimension(floorDivide(a.numerator, 2 ** b.numerator)) : machine.unknown('bits of a dimension');
    case '&':
      // x & 1 is what asks for odd sizes
      return !float && b.numerator === 1 ? fromDimension(modulo(a.numerator, 2)) : machine.unknown('bits of a dimension');
    case '@': return undefined;
    default: return float ? undefined : machine.unknown('bits of a dimension');
  }
}

function conditions(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const isTruth = (value: Value): boolean => value instanceof Condition || typeof value === 'boolean' || value === 0 || value === 1;
  if ((operator === '&' || operator === '|') && isTruth(left) && isTruth(right)) {
    return operator === '&' ? machine.allOf([left, right]) : machine.anyOf([left, right]);
  }
  if (left instanceof Unknown) return left.derive();
  if (right instanceof Unknown) return right.derive();
  return machine.unknown('a number that depends on a condition');
}

export function unary(machine: Machine, operator: '-' | '+' | '~', operand: Value): Value {
  const value = typeof operand === 'boolean' ? Number(operand) : operand;
  if (typeof value === 'number') return operator === '-' ? (value === 0 ? 0 : -value) : operator === '+' ? value : -value - 1;
  if (typeof value === 'bigint') return operator === '-' ? fromBigint(-value) : operator === '+' ? value : fromBigint(~value);
  if (value instanceof PyFloat && operator !== '~') return operator === '-' ? new PyFloat(-value.value) : value;
  if (value instanceof PyComplex && operator !== '~') return operator === '-' ? new PyComplex(-value.real, -value.imaginary) : value;
  if (value instanceof SymbolicInt) return operator === '-' ? fromDimension(negate(value.dimension)) : operator === '+' ? value : fromDimension(subtract(-1, value.dimension));
  if (value instanceof SymbolicFloat && operator !== '~') return operator === '-' ? new SymbolicFloat(negate(value.numerator), value.denominator) : value;
  if (value instanceof Unknown) return value.derive(value.type === classes.bool ? classes.int : value.type);
  if (value instanceof Condition) return machine.unknownFrom(value);
  const method = typeOf(value).find(operator === '-' ? '__neg__' : operator === '+' ? '__pos__' : '__invert__');
  if (method !== undefined) return machine.callFound(method, value, []);
  const inner = plain(value);
  if (inner !== value) return unary(machine, operator, inner);
  throw machine.error(exceptions.TypeError, `bad operand type for unary ${operator}: '${typeOf(value).name}'`);
}

/** int(x), math.floor and their kin on a quotient of dimensions. */
export function roundSymbolic(value: SymbolicFloat, mode: 'floor' | 'ceil' | 'truncate'): Value | undefined {
  const { numerator, denominator } = value;
  const down = mode === 'floor' || mode === 'truncate' && range(numerator).lower >= 0 && range(denominator).lower > 0;
  if (mode === 'ceil') return fromDimension(negate(floorDivide(negate(numerator), denominator)));
  return down ? fromDimension(floorDivide(numerator, denominator)) : undefined;
}

