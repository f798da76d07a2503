/** What stands for values that are not known, or known as a polynomial of sizes. */
import type { Dimension } from '../../../graph/dimension.ts';
import type { Formula } from '../paths/condition.ts';
import type { Place } from '../interpreter-api.ts';
import type { PyClass } from './classes.ts';
import { PyInstance } from './instances.ts';
import { classes, PyObject, type Value } from './object.ts';

/** A value that cannot be known. Every operation on it gives an Unknown of the same reason and place. */
export class Unknown extends PyObject {
  readonly reason: string;
  /** Where it came from, where that is a place in a source file. */
  readonly place: Place | undefined;
  /** int, float, bool or str where that much is known of it. */
  readonly type: PyClass | undefined;
  constructor(reason: string, place?: Place, type?: PyClass) {
    super();
    this.reason = reason;
    this.place = place;
    this.type = type;
  }
  get cls(): PyClass {
    return this.type ?? classes.object;
  }
  /** Another unknown value of the same origin: not known to be equal to this one. */
  derive(type?: PyClass): Unknown {
    return new Unknown(this.reason, this.place, type);
  }
}

/** An int that is a polynomial over dimension symbols, never a constant: make it with `fromDimension`. */
export class SymbolicInt extends PyObject {
  readonly dimension: Exclude<Dimension, number>;
  constructor(dimension: Exclude<Dimension, number>) {
    super();
    this.dimension = dimension;
  }
  get cls(): PyClass {
    return classes.int;
  }
}

/** numerator / denominator, as true division of dimensions gives it, so that `int(h / 2)` and `math.ceil(h / 2)` stay exact. */
export class SymbolicFloat extends PyObject {
  readonly numerator: Dimension;
  readonly denominator: Dimension;
  constructor(numerator: Dimension, denominator: Dimension) {
    super();
    this.numerator = numerator;
    this.denominator = denominator;
  }
  get cls(): PyClass {
    return classes.float;
  }
}

/** A bool that depends on dimensions. */
export class Condition extends PyObject {
  readonly formula: Formula;
  constructor(formula: Formula) {
    super();
    this.formula = formula;
  }
  get cls(): PyClass {
    return classes.bool;
  }
}

export type Undecided = Unknown | Condition;

export function fromDimension(dimension: Dimension): number | SymbolicInt {
  return typeof dimension === 'number' ? dimension : new SymbolicInt(dimension);
}

/** The dimension that an int is; undefined for anything else. */
export function toDimension(value: Value): Dimension | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof SymbolicInt) return value.dimension;
  if (value instanceof PyInstance && value.primitive !== undefined) return toDimension(value.primitive);
  return undefined;
}
