import * as dimension from '../dimension.ts';
import type { DataType } from '../tensor.ts';
import { convert, isFloating } from './data-types.ts';
import type { Element } from './folding.ts';

/** Element arithmetic for folding. Each gives undefined where symbols leave the result open. */

export type Unary = (value: number) => number;
export type Combine = (left: Element, right: Element, type: DataType) => Element | undefined;

const half = (value: number): number => {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
};

export const unary: Readonly<Record<string, Unary>> = {
  Abs: Math.abs, Ceil: Math.ceil, Floor: Math.floor, Round: half, Sqrt: Math.sqrt, Exp: Math.exp, Log: Math.log,
  Sin: Math.sin, Cos: Math.cos, Tan: Math.tan, Asin: Math.asin, Acos: Math.acos, Atan: Math.atan, Sinh: Math.sinh, Cosh: Math.cosh,
  Tanh: Math.tanh, Sign: Math.sign, Reciprocal: (value) => 1 / value, Neg: (value) => -value,
  Relu: (value) => Math.max(value, 0), Sigmoid: (value) => 1 / (1 + Math.exp(-value)), Softplus: (value) => Math.log1p(Math.exp(value)),
};

/** Sizes pass through operators that leave natural numbers alone. */
const identityOnSizes = new Set(['Abs', 'Ceil', 'Floor', 'Round', 'Relu']);

export function applyUnary(operator: string, element: Element, type: DataType): Element | undefined {
  if (typeof element === 'object') {
    if (operator === 'Neg') return dimension.negate(element);
    return identityOnSizes.has(operator) && dimension.range(element).lower >= 0 ? element : undefined;
  }
  return convert(unary[operator](Number(element)), type);
}

type OfSizes = (left: dimension.Dimension, right: dimension.Dimension) => dimension.Dimension | boolean | undefined;
type OfNumbers = (left: number, right: number, type: DataType) => number | boolean;

const combine = (ofNumbers: OfNumbers, ofSizes?: OfSizes): Combine => (left, right, type) => {
  if (typeof left === 'string' || typeof right === 'string') return undefined;
  if (typeof left !== 'object' && typeof right !== 'object') {
    const value = ofNumbers(Number(left), Number(right), type);
    return typeof value === 'number' ? convert(value, type) : value;
  }
  const [a, b] = [left, right].map((side) => (typeof side === 'boolean' ? Number(side) : side)) as dimension.Dimension[];
  if (typeof a === 'number' && !Number.isInteger(a) || typeof b === 'number' && !Number.isInteger(b)) return undefined;
  return ofSizes?.(a, b);
};

const divisible = (right: dimension.Dimension): boolean => dimension.range(right).lower > 0;

const not = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

export const binary: Readonly<Record<string, Combine>> = {
  Add: combine((a, b) => a + b, dimension.add),
  Sub: combine((a, b) => a - b, dimension.subtract),
  Mul: combine((a, b) => a * b, dimension.multiply),
  // integer division truncates; sizes are not negative, so that is the floor
  Div: (left, right, type) => combine(
    (a, b) => (isFloating(type) ? a / b : b === 0 ? 0 : Math.trunc(a / b)),
    (a, b) => (isFloating(type) || !divisible(b) || dimension.range(a).lower < 0 ? undefined : dimension.floorDivide(a, b)),
  )(left, right, type),
  Pow: combine((a, b) => a ** b, (a, b) => {
    if (typeof b !== 'number' || b < 0 || b > 8) return undefined;
    let power: dimension.Dimension = 1;
    for (let i = 0; i < b; i++) power = dimension.multiply(power, a);
    return power;
  }),
  Min: combine((a, b) => Math.min(a, b), dimension.minimum),
  Max: combine((a, b) => Math.max(a, b), dimension.maximum),
  Equal: combine((a, b) => a === b, dimension.equals),
  Less: combine((a, b) => a < b, dimension.lessThan),
  Greater: combine((a, b) => a > b, (a, b) => dimension.lessThan(b, a)),
  LessOrEqual: combine((a, b) => a <= b, (a, b) => not(dimension.lessThan(b, a))),
  GreaterOrEqual: combine((a, b) => a >= b, (a, b) => not(dimension.lessThan(a, b))),
  And: combine((a, b) => Boolean(a) && Boolean(b)),
  Or: combine((a, b) => Boolean(a) || Boolean(b)),
  Xor: combine((a, b) => Boolean(a) !== Boolean(b)),
};

/** Python's remainder: the sign is the divisor's. */
export const modulo: Combine = combine((a, b) => a - Math.floor(a / b) * b, (a, b) => (divisible(b) ? dimension.modulo(a, b) : undefined));
/** C's fmod: the sign is the dividend's. */
export const fmod: Combine = combine((a, b) => a % b);
