/**
 * A dimension of a tensor: an integer, or a polynomial with integer coefficients over symbols
 * (batch, time, ...) and opaque terms (floor division, remainder, minimum, maximum), kept in a normal form,
 * so that two dimensions that are equal as polynomials are equal as data.
 *
 * Plain data: a dimension survives JSON and structured cloning as it is.
 */
export type Dimension = number | Polynomial;

export interface Polynomial {
  readonly kind: 'polynomial';
  /** Sorted by the key of their factors, coefficients not 0; a constant term has no factors. */
  readonly terms: readonly Term[];
  /** The normal form as text; equal polynomials have equal keys. */
  readonly key: string;
}

export interface Term {
  readonly coefficient: number;
  /** Sorted by key, powers at least 1. */
  readonly factors: readonly Factor[];
}

export interface Factor {
  readonly atom: Atom;
  readonly power: number;
}

export type Atom = DimensionSymbol | Opaque;

/** A size that is not known before the program runs. */
export interface DimensionSymbol {
  readonly kind: 'symbol';
  /** Unique within an analysis. */
  readonly name: string;
  /** The smallest value that it can take: 1 unless stated. */
  readonly minimum: number;
  /** True for a dimension that the framework prints as `None`. */
  readonly none: boolean;
}

export type OpaqueKind = 'floorDivide' | 'modulo' | 'minimum' | 'maximum';

/** A term that polynomials cannot express; Python's floor division and remainder (rounding towards minus infinity). */
export interface Opaque {
  readonly kind: OpaqueKind;
  readonly left: Dimension;
  readonly right: Dimension;
}

/** A fresh polynomial that is one symbol. */
export function symbol(name: string, options: { minimum?: number; none?: boolean } = {}): Polynomial {
  return atomic({ kind: 'symbol', name, minimum: options.minimum ?? 1, none: options.none ?? false });
}

export function isKnown(dimension: Dimension): dimension is number {
  return typeof dimension === 'number';
}

/** Whether two dimensions are equal for every value of their symbols, as far as the normal form shows. */
export function equal(left: Dimension, right: Dimension): boolean {
  if (typeof left === 'number' || typeof right === 'number') return left === right;
  return left.key === right.key;
}

export function add(left: Dimension, right: Dimension): Dimension {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  return collect([...termsOf(left), ...termsOf(right)]);
}

export function negate(dimension: Dimension): Dimension {
  return multiply(dimension, -1);
}

export function subtract(left: Dimension, right: Dimension): Dimension {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return add(left, negate(right));
}

export function multiply(left: Dimension, right: Dimension): Dimension {
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  if (left === 1) return right;
  if (right === 1) return left;
  const products: Term[] = [];
  for (const a of termsOf(left)) {
    for (const b of termsOf(right)) {
      products.push({ coefficient: a.coefficient * b.coefficient, factors: mergeFactors(a.factors, b.factors) });
    }
  }
  return collect(products);
}

/** Python's `left // right`. Exact quotients are taken out of the floor; the rest stays an opaque term. */
export function floorDivide(left: Dimension, right: Dimension): Dimension {
  if (right === 0) throw new RangeError('division of a dimension by zero');
  if (typeof left === 'number' && typeof right === 'number') return Math.floor(left / right);
  if (right === 1) return left;
  if (equal(left, right)) return 1;
  const { quotient, rest } = splitQuotient(left, right);
  if (rest === 0) return quotient;
  if (typeof rest === 'number' && typeof right === 'number') {
    // every other term is a multiple of `right`, so the floor concerns the constant alone
    return add(quotient, Math.floor(rest / right));
  }
  const nested = nestedDivision(rest, right);
  return add(quotient, nested ?? atomic({ kind: 'floorDivide', left: rest, right }));
}

/** Python's `left % right`: its sign is the divisor's. */
export function modulo(left: Dimension, right: Dimension): Dimension {
  if (right === 0) throw new RangeError('remainder of a dimension by zero');
  if (typeof left === 'number' && typeof right === 'number') return left - Math.floor(left / right) * right;
  if (right === 1 || equal(left, right)) return 0;
  const { rest } = splitQuotient(left, right);
  if (rest === 0) return 0;
  if (typeof rest === 'number' && typeof right === 'number') return modulo(rest, right);
  return atomic({ kind: 'modulo', left: rest, right });
}

/** `ceil(left / right)`, as pooling in ceil mode and `SAME` padding want it. */
export function ceilDivide(left: Dimension, right: Dimension): Dimension {
  return negate(floorDivide(negate(left), right));
}

export function minimum(left: Dimension, right: Dimension): Dimension {
  return extreme('minimum', left, right);
}

export function maximum(left: Dimension, right: Dimension): Dimension {
  return extreme('maximum', left, right);
}

/** The product of a shape: its number of elements. */
export function product(dimensions: readonly Dimension[]): Dimension {
  let result: Dimension = 1;
  for (const dimension of dimensions) result = multiply(result, dimension);
  return result;
}

/** The closed interval that holds the dimension's values, by interval arithmetic over its symbols' minima. */
export function range(dimension: Dimension): { lower: number; upper: number } {
  if (typeof dimension === 'number') return { lower: dimension, upper: dimension };
  let lower = 0;
  let upper = 0;
  for (const term of dimension.terms) {
    let interval = { lower: 1, upper: 1 };
    for (const factor of term.factors) {
      const base = atomRange(factor.atom);
      for (let i = 0; i < factor.power; i++) interval = multiplyRanges(interval, base);
    }
    const scaled = multiplyRanges(interval, { lower: term.coefficient, upper: term.coefficient });
    lower += scaled.lower;
    upper += scaled.upper;
  }
  return { lower, upper };
}

/** True or false where the interval bounds decide `left < right`, undefined where they do not. */
export function lessThan(left: Dimension, right: Dimension): boolean | undefined {
  const { lower, upper } = range(subtract(left, right));
  if (upper < 0) return true;
  if (lower >= 0) return false;
  return undefined;
}

/** True or false where `left == right` is settled for all values of the symbols, undefined where it depends on them. */
export function equals(left: Dimension, right: Dimension): boolean | undefined {
  if (equal(left, right)) return true;
  const difference = subtract(left, right);
  if (typeof difference === 'number') return difference === 0;
  const { lower, upper } = range(difference);
  if (lower > 0 || upper < 0) return false;
  // sum of c_i * x_i + c = 0 has no integer solution where the c_i's common divisor does not divide c
  let divisor = 0;
  let constant = 0;
  for (const term of difference.terms) {
    if (term.factors.length === 0) constant = term.coefficient;
    else divisor = greatestCommonDivisor(divisor, Math.abs(term.coefficient));
  }
  if (divisor > 1 && constant % divisor !== 0) return false;
  return undefined;
}

/** Replaces symbols by dimensions; symbols that are not in the map stay. */
export function substitute(dimension: Dimension, values: ReadonlyMap<string, Dimension>): Dimension {
  if (typeof dimension === 'number' || values.size === 0) return dimension;
  let result: Dimension = 0;
  for (const term of dimension.terms) {
    let value: Dimension = term.coefficient;
    for (const factor of term.factors) {
      const base = substituteAtom(factor.atom, values);
      for (let i = 0; i < factor.power; i++) value = multiply(value, base);
    }
    result = add(result, value);
  }
  return result;
}

/** The symbols of a dimension, those inside opaque terms included. */
export function symbolsOf(dimension: Dimension, into: Map<string, DimensionSymbol> = new Map()): Map<string, DimensionSymbol> {
  if (typeof dimension === 'number') return into;
  for (const term of dimension.terms) {
    for (const { atom } of term.factors) {
      if (atom.kind === 'symbol') into.set(atom.name, atom);
      else {
        symbolsOf(atom.left, into);
        symbolsOf(atom.right, into);
      }
    }
  }
  return into;
}

/** The symbol that the dimension is, where it is nothing else. */
export function soleSymbol(dimension: Dimension): DimensionSymbol | undefined {
  if (typeof dimension === 'number' || dimension.terms.length !== 1) return undefined;
  const [{ coefficient, factors: [factor, ...others] }] = dimension.terms;
  return coefficient === 1 && factor?.power === 1 && others.length === 0 && factor.atom.kind === 'symbol' ? factor.atom : undefined;
}

/** The dimension as its framework and the user write it: `32`, `None`, `2*seq + 1`, `(h - 3)//2`. */
export function format(dimension: Dimension): string {
  if (typeof dimension === 'number') return String(dimension);
  if (isNone(dimension)) return 'None';
  // a positive term first reads better: `seq - 1`, not `-1 + seq`
  const ordered = [...dimension.terms].sort((a, b) => Number(a.factors.length === 0) - Number(b.factors.length === 0) || Number(b.coefficient > 0) - Number(a.coefficient > 0));
  let text = '';
  for (const term of ordered) {
    const magnitude = Math.abs(term.coefficient);
    const factors = term.factors.map(formatFactor).join('*');
    const body = factors === '' ? String(magnitude) : magnitude === 1 ? factors : `${magnitude}*${factors}`;
    if (text === '') text = term.coefficient < 0 ? `-${body}` : body;
    else text += term.coefficient < 0 ? ` - ${body}` : ` + ${body}`;
  }
  return text;
}

/** A shape as Python prints a tuple: `(None, 28, 28)`, `(10,)`. */
export function formatShape(shape: readonly Dimension[] | undefined): string {
  if (shape === undefined) return '(?)';
  return shape.length === 1 ? `(${format(shape[0])},)` : `(${shape.map(format).join(', ')})`;
}

/** The command line's JSON form: a number, null for a dimension that prints as None, else text. */
export function toJson(dimension: Dimension): number | string | null {
  if (typeof dimension === 'number') return dimension;
  return isNone(dimension) ? null : format(dimension).replaceAll(' ', '');
}

/** A framework prints a size as `None` where it is one that it does not know, or is computed of such. */
function isNone(polynomial: Polynomial): boolean {
  for (const { none } of symbolsOf(polynomial).values()) if (none) return true;
  return false;
}

function atomic(atom: Atom): Polynomial {
  return polynomialOf([{ coefficient: 1, factors: [{ atom, power: 1 }] }]);
}

function polynomialOf(terms: readonly Term[]): Polynomial {
  return { kind: 'polynomial', terms, key: terms.map((term) => `${term.coefficient}*${factorsKey(term.factors)}`).join('+') };
}

function termsOf(dimension: Dimension): readonly Term[] {
  if (typeof dimension !== 'number') return dimension.terms;
  return dimension === 0 ? [] : [{ coefficient: dimension, factors: [] }];
}

function collect(terms: readonly Term[]): Dimension {
  const sums = new Map<string, { coefficient: number; factors: readonly Factor[] }>();
  for (const term of terms) {
    const key = factorsKey(term.factors);
    const sum = sums.get(key);
    if (sum) sum.coefficient += term.coefficient;
    else sums.set(key, { coefficient: term.coefficient, factors: term.factors });
  }
  const kept = [...sums].filter(([, term]) => term.coefficient !== 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, term]) => term);
  if (kept.length === 0) return 0;
  if (kept.length === 1 && kept[0].factors.length === 0) return kept[0].coefficient;
  return polynomialOf(kept);
}

function atomKey(atom: Atom): string {
  return atom.kind === 'symbol' ? atom.name : `${atom.kind}(${dimensionKey(atom.left)},${dimensionKey(atom.right)})`;
}

function dimensionKey(dimension: Dimension): string {
  return typeof dimension === 'number' ? String(dimension) : dimension.key;
}

function factorsKey(factors: readonly Factor[]): string {
  return factors.map(({ atom, power }) => (power === 1 ? atomKey(atom) : `${atomKey(atom)}^${power}`)).join('*');
}

function mergeFactors(left: readonly Factor[], right: readonly Factor[]): readonly Factor[] {
  if (left.length === 0) return right;
  if (right.length === 0) return left;
  const merged = new Map<string, Factor>();
  for (const factor of [...left, ...right]) {
    const key = atomKey(factor.atom);
    const present = merged.get(key);
    merged.set(key, present ? { atom: factor.atom, power: present.power + factor.power } : factor);
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, factor]) => factor);
}

/** left = quotient * right + rest, moving every term that `right` divides exactly into the quotient. */
function splitQuotient(left: Dimension, right: Dimension): { quotient: Dimension; rest: Dimension } {
  const divisors = termsOf(right);
  if (divisors.length !== 1) return { quotient: 0, rest: left };
  const [divisor] = divisors;
  const exact: Term[] = [];
  const rest: Term[] = [];
  for (const term of termsOf(left)) {
    const factors = divideFactors(term.factors, divisor.factors);
    if (factors && term.coefficient % divisor.coefficient === 0) exact.push({ coefficient: term.coefficient / divisor.coefficient, factors });
    else rest.push(term);
  }
  return { quotient: collect(exact), rest: collect(rest) };
}

function divideFactors(factors: readonly Factor[], by: readonly Factor[]): readonly Factor[] | undefined {
  const left = new Map(factors.map((factor) => [atomKey(factor.atom), factor]));
  for (const { atom, power } of by) {
    const key = atomKey(atom);
    const present = left.get(key);
    if (!present || present.power < power) return undefined;
    if (present.power === power) left.delete(key);
    else left.set(key, { atom, power: present.power - power });
  }
  return [...left.values()];
}

/** (x // a) // b = x // (a*b) for positive a and b, also with a constant beside: ((x//a) + c) // b = (x + a*c) // (a*b). */
function nestedDivision(dimension: Dimension, right: Dimension): Dimension | undefined {
  if (typeof right !== 'number' || right <= 0 || typeof dimension === 'number') return undefined;
  let inner: Opaque | undefined;
  let constant = 0;
  for (const term of dimension.terms) {
    if (term.factors.length === 0) constant = term.coefficient;
    else if (inner === undefined && term.coefficient === 1 && term.factors.length === 1 && term.factors[0].power === 1
      && term.factors[0].atom.kind === 'floorDivide' && typeof term.factors[0].atom.right === 'number' && term.factors[0].atom.right > 0) inner = term.factors[0].atom;
    else return undefined;
  }
  if (inner === undefined) return undefined;
  const divisor = inner.right as number;
  return floorDivide(add(inner.left, divisor * constant), divisor * right);
}

function extreme(kind: 'minimum' | 'maximum', left: Dimension, right: Dimension): Dimension {
  if (equal(left, right)) return left;
  const less = lessThan(left, right);
  if (less !== undefined) return less === (kind === 'minimum') ? left : right;
  const ordered = dimensionKey(left) < dimensionKey(right);
  return atomic({ kind, left: ordered ? left : right, right: ordered ? right : left });
}

interface Interval { lower: number; upper: number }

function multiplyRanges(a: Interval, b: Interval): Interval {
  const products = [times(a.lower, b.lower), times(a.lower, b.upper), times(a.upper, b.lower), times(a.upper, b.upper)];
  return { lower: Math.min(...products), upper: Math.max(...products) };
}

/** 0 times infinity is 0 here: an empty factor annihilates. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function atomRange(atom: Atom): Interval {
  if (atom.kind === 'symbol') return { lower: atom.minimum, upper: Infinity };
  const left = range(atom.left);
  const right = range(atom.right);
  switch (atom.kind) {
    case 'minimum': return { lower: Math.min(left.lower, right.lower), upper: Math.min(left.upper, right.upper) };
    case 'maximum': return { lower: Math.max(left.lower, right.lower), upper: Math.max(left.upper, right.upper) };
    case 'modulo': return right.lower > 0 ? { lower: 0, upper: Math.min(right.upper - 1, left.lower >= 0 ? left.upper : Infinity) } : { lower: -Infinity, upper: Infinity };
    case 'floorDivide': {
      if (right.lower <= 0) return { lower: -Infinity, upper: Infinity };
      const corners = [left.lower / right.lower, left.lower / right.upper, left.upper / right.lower, left.upper / right.upper].filter((corner) => !Number.isNaN(corner));
      return { lower: Math.floor(Math.min(...corners)), upper: Math.floor(Math.max(...corners)) };
    }
  }
}

function substituteAtom(atom: Atom, values: ReadonlyMap<string, Dimension>): Dimension {
  if (atom.kind === 'symbol') return values.get(atom.name) ?? atomic(atom);
  const left = substitute(atom.left, values);
  const right = substitute(atom.right, values);
  switch (atom.kind) {
    case 'floorDivide': return floorDivide(left, right);
    case 'modulo': return modulo(left, right);
    case 'minimum': return minimum(left, right);
    case 'maximum': return maximum(left, right);
  }
}

function formatFactor({ atom, power }: Factor): string {
  const text = formatAtom(atom);
  return power === 1 ? text : `${text}^${power}`;
}

function formatAtom(atom: Atom): string {
  switch (atom.kind) {
    case 'symbol': return atom.none ? 'None' : atom.name;
    case 'floorDivide': return `${operand(atom.left)}//${operand(atom.right)}`;
    case 'modulo': return `(${operand(atom.left)} % ${operand(atom.right)})`;
    case 'minimum': return `min(${format(atom.left)}, ${format(atom.right)})`;
    case 'maximum': return `max(${format(atom.left)}, ${format(atom.right)})`;
  }
}

function operand(dimension: Dimension): string {
  const text = format(dimension);
  return /^[\w.]+$/.test(text) ? text : `(${text})`;
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
