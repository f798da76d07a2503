/** Equality, order, identity, membership and truth. */
import { unknownOf } from './mappings.ts';
import { type Dimension, multiply, soleSymbol } from '../../../graph/dimension.ts';
import { and, compareDimensions, not, or, type Formula } from '../paths/condition.ts';
import { hashKey } from './hashing.ts';
import { type CompareOperator, NotKnown } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import type * as syntax from '../source/syntax.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { compareSets } from './set-operations.ts';
import {
  classes, Condition, notImplemented, plain, PyBytes, PyComplex, PyDict, PyDictView, PyFloat, PyInstance, PyList, PyMethod, PyRange, PySet, PySlice, PyTuple, SymbolicFloat,
  SymbolicInt, toDimension, type Undecided, Unknown, type Value, typeOf,
} from '../values/index.ts';

const names: Record<CompareOperator, string> = { '==': '__eq__', '!=': '__ne__', '<': '__lt__', '<=': '__le__', '>': '__gt__', '>=': '__ge__' };
const mirrored: Record<CompareOperator, CompareOperator> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

export function compareAny(machine: Machine, operator: syntax.CompareOperator, left: Value, right: Value): Value {
  switch (operator) {
    case 'in': return contains(machine, right, left);
    case 'not in': return machine.not(contains(machine, right, left));
    case 'is': case 'is not': return isSame(machine, left, right, operator === 'is not');
    default: return compare(machine, operator, left, right);
  }
}

export function compare(machine: Machine, operator: CompareOperator, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return numbers(operator, left, right);
  if (typeof left === 'string' && typeof right === 'string') return strings(operator, left, right);
  const direct = rawCompare(machine, operator, left, right);
  if (direct !== undefined) return direct;
  const result = byDunder(machine, operator, left, right);
  if (result !== notImplemented) return result;
  if (operator === '==' || operator === '!=') return (left === right) === (operator === '==');
  throw machine.error(exceptions.TypeError, `'${operator}' not supported between instances of '${typeOf(left).name}' and '${typeOf(right).name}'`);
}

function byDunder(machine: Machine, operator: CompareOperator, left: Value, right: Value): Value {
  const leftClass = typeOf(left);
  const rightClass = typeOf(right);
  const rightFirst = rightClass !== leftClass && rightClass.isSubclassOf(leftClass) && rightClass.find(names[mirrored[operator]]) !== leftClass.find(names[mirrored[operator]]);
  const attempts: readonly (readonly [Value, CompareOperator, Value])[] = rightFirst
    ? [[right, mirrored[operator], left], [left, operator, right]] : [[left, operator, right], [right, mirrored[operator], left]];
  for (const [self, asked, other] of attempts) {
    if (self instanceof Unknown) continue;
    const cls = typeOf(self);
    const method = cls.find(names[asked]);
    if (method !== undefined && method !== classes.object.attributes.get(names[asked])) {
      const result = machine.callFound(method, self, [other]);
      if (result !== notImplemented) return result;
    } else if (asked === '!=') {
      const equal = cls.find('__eq__');
      if (equal === undefined || equal === classes.object.attributes.get('__eq__')) continue;
      const result = machine.callFound(equal, self, [other]);
      if (result !== notImplemented) return machine.not(result);
    }
  }
  if (left instanceof Unknown) return left.derive();
  if (right instanceof Unknown) return right.derive();
  return notImplemented;
}

/** The result for built-in operands; undefined where dunder methods decide. */
export function rawCompare(machine: Machine, operator: CompareOperator, left: Value, right: Value): Value | undefined {
  if (hasOwnComparison(left, operator) || hasOwnComparison(right, operator)) return undefined;
  const a = numeric(left);
  const b = numeric(right);
  if (a !== undefined && b !== undefined) return numbers(operator, a, b);
  const l = plain(left);
  const r = plain(right);
  if (typeof l === 'string' && typeof r === 'string') return strings(operator, l, r);
  // what is not known at all may be an array, whose comparison is one as well
  if (l instanceof Unknown) return l.derive(l.type && classes.bool);
  if (r instanceof Unknown) return r.derive(r.type && classes.bool);
  if (isSymbolic(l) || isSymbolic(r)) return symbolic(machine, operator, l, r);
  if (l instanceof Condition || r instanceof Condition) return conditions(machine, operator, l, r);
  if (l instanceof PyTuple && r instanceof PyTuple) return sequences(machine, operator, l.items, r.items);
  if (l instanceof PyList && r instanceof PyList) {
    const unknown = l.blurred ?? r.blurred;
    return unknown && l !== r ? unknown.derive() : sequences(machine, operator, l.items, r.items);
  }
  if (l instanceof PyBytes && r instanceof PyBytes) return strings(operator, l.value, r.value);
  if (l instanceof PySlice && r instanceof PySlice) return sequences(machine, operator, [l.start, l.stop, l.step], [r.start, r.stop, r.step]);
  if ((l instanceof PySet || l instanceof PyDictView && l.kind !== 'values') && (r instanceof PySet || r instanceof PyDictView && r.kind !== 'values')) return compareSets(machine, operator, l, r);
  if (operator !== '==' && operator !== '!=') return undefined;
  const equal = rawEqual(machine, l, r);
  if (equal === undefined) return undefined;
  return operator === '==' ? equal : machine.not(equal);
}

function rawEqual(machine: Machine, left: Value, right: Value): Value | undefined {
  if (left === right) return true;
  if (left instanceof PyDict && right instanceof PyDict) {
    const unknown = left.blurred ?? right.blurred;
    if (unknown) return unknown.derive();
    if (left.size !== right.size) return false;
    const results: Value[] = [];
    for (const { key, value } of left.entries.values()) {
      const other = right.get(machine, key);
      if (other === undefined) return false;
      const equal = value === other || compare(machine, '==', value, other);
      if (machine.truth(equal) === false) return false;
      results.push(equal);
    }
    return machine.allOf(results);
  }
  if (left instanceof PyRange && right instanceof PyRange || left instanceof PyMethod && right instanceof PyMethod || left instanceof PyComplex || right instanceof PyComplex) {
    try {
      return hashKey(machine, left) === hashKey(machine, right);
    } catch (thrown) {
      if (thrown instanceof NotKnown) throw thrown;
      return false;
    }
  }
  return undefined;
}

/** Whether a class made in Python says itself how its instances compare. */
function hasOwnComparison(value: Value, operator: CompareOperator): boolean {
  if (typeof value !== 'object' || value === null || value.cls.immutable) return false;
  const { cls } = value;
  for (const name of operator === '!=' ? ['__ne__', '__eq__'] : [names[operator], names[mirrored[operator]]]) {
    for (const base of cls.mro) {
      if (base.immutable) break;
      if (base.attributes.has(name)) return true;
    }
  }
  return false;
}

function numeric(value: Value): number | bigint | undefined {
  switch (typeof value) {
    case 'number': case 'bigint': return value;
    case 'boolean': return Number(value);
    case 'string': return undefined;
  }
  if (value instanceof PyFloat) return value.value;
  if (value instanceof PyInstance && value.primitive !== undefined && typeof value.primitive !== 'string') return numeric(value.primitive);
  return undefined;
}

function numbers(operator: CompareOperator, a: number | bigint, b: number | bigint): boolean {
  switch (operator) {
    // loosely: a number may meet a bigint
    // oxlint-disable-next-line eqeqeq
    case '==': return a == b;
    // oxlint-disable-next-line eqeqeq
    case '!=': return a != b;
    case '<': return a < b;
    case '<=': return a <= b;
    case '>': return a > b;
    case '>=': return a >= b;
  }
}

function strings(operator: CompareOperator, a: string, b: string): boolean {
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  const order = codePointOrder(a, b);
  switch (operator) {
    case '<': return order < 0;
    case '<=': return order <= 0;
    case '>': return order > 0;
    case '>=': return order >= 0;
  }
}

/** Python compares code points, JavaScript UTF-16 units. */
function codePointOrder(a: string, b: string): number {
  if (a === b) return 0;
  let i = 0;
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === a.length || i === b.length) return a.length - b.length;
  const surrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;
  const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
  if (surrogate(left) !== surrogate(right)) return surrogate(left) ? 1 : -1;
  return left - right;
}

function isSymbolic(value: Value): value is SymbolicInt | SymbolicFloat {
  return value instanceof SymbolicInt || value instanceof SymbolicFloat;
}

function symbolic(machine: Machine, operator: CompareOperator, left: Value, right: Value): Value | undefined {
  const fraction = (value: Value): readonly [Dimension, Dimension] | undefined => {
    if (value instanceof SymbolicFloat) return [value.numerator, value.denominator];
    if (value instanceof PyFloat) {
      if (Number.isSafeInteger(value.value)) return [value.value, 1];
      if (!Number.isFinite(value.value)) return undefined;
      for (const denominator of [2, 4, 8, 10, 16, 100]) if (Number.isSafeInteger(value.value * denominator)) return [value.value * denominator, denominator];
      return undefined;
    }
    const dimension = toDimension(value);
    return dimension === undefined ? undefined : [dimension, 1];
  };
  const a = fraction(left);
  const b = fraction(right);
  if (!a || !b) {
    const infinite = [left, right].find((value): value is PyFloat => value instanceof PyFloat && Math.abs(value.value) === Infinity);
    if (infinite) return numbers(operator, left === infinite ? infinite.value : 0, right === infinite ? infinite.value : 0);
    if (left instanceof PyFloat || right instanceof PyFloat) return machine.unknown('a comparison of a dimension with a float');
    const equal = isOpenSize(left) && right === null || isOpenSize(right) && left === null;
    return operator === '==' ? equal : operator === '!=' ? !equal : undefined;
  }
  // denominators are positive sizes
  return machine.condition(compareDimensions(operator, multiply(a[0], b[1]), multiply(b[0], a[1])));
}

/** A size that its framework prints as None, and gives as None to the program. */
function isOpenSize(value: Value): boolean {
  return value instanceof SymbolicInt && soleSymbol(value.dimension)?.none === true;
}

function conditions(machine: Machine, operator: CompareOperator, left: Value, right: Value): Value | undefined {
  if (operator !== '==' && operator !== '!=') return machine.unknown('an order of truth values that depend on dimensions');
  const formula = (value: Value): boolean | Formula | undefined => {
    if (value instanceof Condition) return value.formula;
    if (typeof value === 'boolean') return value;
    return value === 0 || value === 1 ? value === 1 : undefined;
  };
  const a = formula(left);
  const b = formula(right);
  if (a === undefined || b === undefined) return operator === '!=';
  const equal = or([and([a, b]), and([not(a), not(b)])]);
  return machine.condition(operator === '==' ? equal : not(equal));
}

function sequences(machine: Machine, operator: CompareOperator, left: readonly Value[], right: readonly Value[]): Value {
  if (operator === '==' || operator === '!=') {
    if (left.length !== right.length) return operator === '!=';
    const results: Value[] = [];
    for (let i = 0; i < left.length; i++) {
      if (left[i] === right[i] && !(left[i] instanceof Unknown)) continue;
      const equal = compare(machine, '==', left[i], right[i]);
      if (machine.truth(equal) === false) return operator === '!=';
      results.push(equal);
    }
    const all = machine.allOf(results);
    return operator === '==' ? all : machine.not(all);
  }
  for (let i = 0; i < left.length && i < right.length; i++) {
    if (left[i] === right[i] && !(left[i] instanceof Unknown)) continue;
    const equal = machine.truth(compare(machine, '==', left[i], right[i]));
    if (equal === true) continue;
    if (equal === false) return compare(machine, operator, left[i], right[i]);
    return machine.unknownFrom(equal);
  }
  return numbers(operator, left.length, right.length);
}

export function isSame(machine: Machine, left: Value, right: Value, negated: boolean): Value {
  if (left instanceof Unknown || right instanceof Unknown) {
    const unknown = left instanceof Unknown ? left : right as Unknown;
    const other = unknown === left ? right : left;
    if (unknown.type !== undefined && other === null) return negated;
    // asked twice of the same unknown, the question has one answer
    const question = machine.unknownQuestion(unknown, other === null ? 'is None' : undefined);
    return negated ? machine.not(question) : question;
  }
  if (left instanceof Condition && typeof right === 'boolean') return negated === right ? machine.not(left) : left;
  if (right instanceof Condition && typeof left === 'boolean') return negated === left ? machine.not(right) : right;
  if (left instanceof SymbolicInt && right instanceof SymbolicInt) return compare(machine, negated ? '!=' : '==', left, right);
  return (left === right) !== negated;
}

export function contains(machine: Machine, container: Value, item: Value): Value {
  if (container instanceof Unknown) return container.derive();
  if (typeof container === 'object' && container !== null && !container.cls.immutable) {
    const method = container.cls.find('__contains__');
    if (method !== undefined) return machine.truthValue(machine.callFound(method, container, [item]));
  }
  const value = plain(container);
  if (value instanceof PyDict || value instanceof PyDictView && value.kind === 'keys' || value instanceof PySet) {
    const holder = value instanceof PyDictView ? value.dict : value;
    if (item instanceof Unknown) return holder.size === 0 && !holder.blurred ? false : item.derive();
    let found = false;
    const unknown = unknownOf(machine, () => {
      found = holder.has(machine, item);
    });
    if (unknown) return unknown;
    if (found) return true;
    return holder.blurred ? holder.blurred.derive() : false;
  }
  if (typeof value === 'string') {
    const part = plain(item);
    if (typeof part === 'string') return value.includes(part);
    if (part instanceof Unknown) return part.derive();
    throw machine.error(exceptions.TypeError, `'in <string>' requires string as left operand, not ${typeOf(item).name}`);
  }
  if (value instanceof PyRange && typeof item === 'number') {
    return item >= Math.min(value.start, value.stop) && item <= Math.max(value.start, value.stop) && value.length > 0
      && (item - value.start) % value.step === 0 && (item - value.start) / value.step < value.length && (item - value.start) / value.step >= 0;
  }
  if (value instanceof PyBytes) {
    if (item instanceof PyBytes) return value.value.includes(item.value);
    if (typeof item === 'number') return value.value.includes(String.fromCharCode(item));
  }
  const method = typeOf(container).find('__contains__');
  if (method !== undefined && !typeOf(container).immutable) return machine.truthValue(machine.callFound(method, container, [item]));
  if (value instanceof PyList && value.blurred) return value.blurred.derive();
  return searchItems(machine, container, item);
}

function searchItems(machine: Machine, container: Value, item: Value): Value {
  const advance = machine.iterateOrUnknown(container, (cls) => `argument of type '${cls.name}' is not iterable`);
  if (advance instanceof Unknown) return advance.derive();
  const open: Value[] = [];
  for (let element = advance(); element !== undefined; element = advance()) {
    machine.spend(1);
    if (element === item && !(element instanceof Unknown)) return true;
    const equal = compare(machine, '==', element, item);
    const truth = machine.truth(equal);
    if (truth === true) return true;
    if (truth !== false) open.push(equal);
  }
  return open.length === 0 ? false : machine.anyOf(open);
}

/** `bool(value)` as far as it is known. */
export function truth(machine: Machine, value: Value): boolean | Undecided {
  switch (typeof value) {
    case 'boolean': return value;
    case 'number': return value !== 0;
    case 'bigint': return true;
    case 'string': return value !== '';
  }
  if (value === null) return false;
  if (value instanceof Unknown) return machine.decideUndecided(value) ?? value;
  if (value instanceof Condition) return machine.decideUndecided(value) ?? value;
  const { cls } = value;
  if (cls.immutable) {
    if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) return value.blurred ?? ('items' in value ? value.items.length : value.size) > 0;
    if (value instanceof PyTuple) return value.items.length > 0;
    if (value instanceof PyFloat) return value.value !== 0;
    if (value instanceof PyComplex) return value.real !== 0 || value.imaginary !== 0;
    if (value instanceof PyBytes) return value.value !== '';
    if (value instanceof PyRange) return value.length > 0;
    if (value instanceof PyDictView) return value.dict.blurred ?? value.dict.size > 0;
    if (value instanceof SymbolicInt) return truth(machine, machine.condition(compareDimensions('!=', value.dimension, 0)));
    if (value instanceof SymbolicFloat) return truth(machine, machine.condition(compareDimensions('!=', value.numerator, 0)));
  }
  const asked = cls.find('__bool__');
  if (asked !== undefined) {
    const answer = machine.callFound(asked, value, []);
    if (typeof answer === 'boolean') return answer;
    if (answer instanceof Unknown || answer instanceof Condition) return truth(machine, answer);
    throw machine.error(exceptions.TypeError, `__bool__ should return bool, returned ${typeOf(answer).name}`);
  }
  const length = cls.find('__len__');
  if (length !== undefined) return truth(machine, machine.callFound(length, value, []));
  const inner = plain(value);
  return inner === value || truth(machine, inner);
}
