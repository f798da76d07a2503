import type { Case, LinearConstraint, Property } from './property.ts';
import { parseExpressions, show, PropertyError, type Expression } from './s-expression.ts';

export { PropertyError } from './s-expression.ts';

/** A query as VNN-LIB 1.0 writes it. */
export interface VnnlibQuery {
  readonly inputs: number;
  readonly outputs: number;
  readonly property: Property;
}

/** sum of coefficients times variables + constant <= 0 */
export interface Inequality {
  readonly inputs: ReadonlyMap<number, number>;
  readonly outputs: ReadonlyMap<number, number>;
  readonly constant: number;
  /** Below 0, not at it. */
  readonly strict: boolean;
  readonly line: number;
}

/** A disjunction of conjunctions. */
export type Normal = readonly (readonly Inequality[])[];

/** What a file declares and asserts, before it is made into boxes. */
export interface Statements {
  /** By index, the lines where the variables are declared. */
  readonly declared: { readonly X: ReadonlyMap<number, number>; readonly Y: ReadonlyMap<number, number> };
  readonly assertions: readonly { readonly line: number; readonly formula: Normal }[];
}

const MOST_CASES = 100_000;

/**
 * Reads a VNN-LIB file: declarations of X_i and Y_j as reals, and assertions of linear (in)equalities, joined by `and` and `or`.
 * @throws PropertyError with the line and what was expected.
 */
export function parseVnnlib(text: string): VnnlibQuery {
  const { declared, assertions } = readStatements(text);
  const [inputs, outputs] = [count(declared.X, 'X'), count(declared.Y, 'Y')];
  // most files assert thousands of bounds one by one: only alternatives are multiplied out
  const common: Inequality[] = [];
  let formula: Normal = [[]];
  for (const assertion of assertions) {
    if (assertion.formula.length === 1) for (const inequality of assertion.formula[0]) common.push(inequality);
    else formula = conjunction(formula, assertion.formula, assertion.line);
  }
  const base = new Bounds(inputs, outputs);
  let contradiction = base.narrow(common);
  const boxes = new Map<string, { lower: Float64Array; upper: Float64Array }>();
  const cases: Case[] = [];
  for (const clause of contradiction ? [] : formula) {
    const own = base.copy();
    const refusal = own.narrow(clause);
    contradiction ??= refusal;
    if (!refusal) cases.push(own.toCase(boxes));
  }
  if (cases.length === 0) throw contradiction ?? new PropertyError(assertions.find((assertion) => assertion.formula.length === 0)?.line ?? 1, 'the assertions contradict each other, expected at least one case that can hold');
  return { inputs, outputs, property: { cases } };
}

/** @throws PropertyError with the line and what was expected. */
export function readStatements(text: string): Statements {
  const declared = { X: new Map<number, number>(), Y: new Map<number, number>() };
  const assertions: { line: number; formula: Normal }[] = [];
  for (const expression of parseExpressions(text)) {
    if (expression.kind === 'atom') throw new PropertyError(expression.line, `found ${expression.text}, expected "(declare-const ...)" or "(assert ...)"`);
    const [head, ...rest] = expression.items;
    const command = head?.kind === 'atom' ? head.text : undefined;
    if (command === 'declare-const' || command === 'declare-fun') declare(expression, rest, declared);
    else if (command === 'assert') {
      if (rest.length !== 1) throw new PropertyError(expression.line, `assert has ${rest.length} formulas, expected one`);
      assertions.push({ line: expression.line, formula: normal(rest[0], declared) });
    } else if (command !== 'set-logic' && command !== 'set-option' && command !== 'set-info' && command !== 'check-sat' && command !== 'get-model' && command !== 'exit') {
      throw new PropertyError(expression.line, `found ${show(expression)}, expected "(declare-const ...)" or "(assert ...)"`);
    }
  }
  return { declared, assertions };
}

function declare(expression: Expression, rest: readonly Expression[], declared: { X: Map<number, number>; Y: Map<number, number> }): void {
  const [name] = rest;
  const sort = rest.at(-1);
  const match = name?.kind === 'atom' ? /^([XY])_(\d+)$/.exec(name.text) : null;
  if (!match) throw new PropertyError(expression.line, `found the name ${name ? show(name) : '(none)'}, expected X_0, X_1, ... for inputs or Y_0, Y_1, ... for outputs`);
  if (sort?.kind !== 'atom' || !['Real', 'real', 'Float', 'float32', 'float64'].includes(sort.text)) throw new PropertyError(expression.line, `${name && show(name)} is declared as ${sort ? show(sort) : 'nothing'}, expected Real`);
  const variables = declared[match[1] as 'X' | 'Y'];
  const index = Number(match[2]);
  if (variables.has(index)) throw new PropertyError(expression.line, `${match[0]} is declared a second time, first on line ${variables.get(index)}`);
  variables.set(index, expression.line);
}

function count(variables: ReadonlyMap<number, number>, letter: 'X' | 'Y'): number {
  if (variables.size === 0) throw new PropertyError(1, `no ${letter === 'X' ? 'input' : 'output'} is declared, expected (declare-const ${letter}_0 Real)`);
  for (let index = 0; index < variables.size; index++) if (!variables.has(index)) throw new PropertyError(Math.max(...variables.values()), `${variables.size} variables ${letter}_i are declared, but not ${letter}_${index}`);
  return variables.size;
}

function normal(expression: Expression, declared: { X: ReadonlyMap<number, number>; Y: ReadonlyMap<number, number> }): Normal {
  if (expression.kind === 'atom') {
    if (expression.text === 'true') return [[]];
    if (expression.text === 'false') return [];
    throw new PropertyError(expression.line, `found ${expression.text}, expected "(and ...)", "(or ...)", "(<= ...)" or "(>= ...)"`);
  }
  const [head, ...rest] = expression.items;
  const operator = head?.kind === 'atom' ? head.text : undefined;
  switch (operator) {
    case 'and': {
      const common: Inequality[] = [];
      let formula: Normal = [[]];
      for (const part of rest) {
        const own = normal(part, declared);
        if (own.length === 1) for (const inequality of own[0]) common.push(inequality);
        else formula = conjunction(formula, own, expression.line);
      }
      return formula.map((clause) => [...common, ...clause]);
    }
    case 'or': {
      const all = rest.flatMap((part) => normal(part, declared));
      if (all.length > MOST_CASES) throw new PropertyError(expression.line, `the formula has more than ${MOST_CASES} cases`);
      return all;
    }
    case '<=': case '>=': case '<': case '>': case '=': {
      if (rest.length !== 2) throw new PropertyError(expression.line, `${operator} has ${rest.length} operands, expected two`);
      const left = linear(rest[0], declared);
      const right = linear(rest[1], declared);
      const strict = operator === '<' || operator === '>';
      const smaller = { ...plus(left, right, -1), strict, line: expression.line };
      const greater = { ...plus(right, left, -1), strict, line: expression.line };
      return operator === '=' ? [[smaller, greater]] : [[operator[0] === '<' ? smaller : greater]];
    }
    default:
      throw new PropertyError(expression.line, `found ${head ? show(head) : '()'}, expected and, or, <=, >= or =`);
  }
}

function conjunction(left: Normal, right: Normal, line: number): Normal {
  if (left.length * right.length > MOST_CASES) throw new PropertyError(line, `the formula has more than ${MOST_CASES} cases`);
  return left.flatMap((a) => right.map((b) => [...a, ...b]));
}

type Terms = Omit<Inequality, 'strict' | 'line'>;

function linear(expression: Expression, declared: { X: ReadonlyMap<number, number>; Y: ReadonlyMap<number, number> }): Terms {
  if (expression.kind === 'atom') {
    const variable = /^([XY])_(\d+)$/.exec(expression.text);
    if (variable) {
      const index = Number(variable[2]);
      if (!declared[variable[1] as 'X' | 'Y'].has(index)) throw new PropertyError(expression.line, `${expression.text} is not declared`);
      const one = new Map([[index, 1]]);
      return variable[1] === 'X' ? { inputs: one, outputs: new Map(), constant: 0 } : { inputs: new Map(), outputs: one, constant: 0 };
    }
    const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(expression.text) ? Number(expression.text) : Number.NaN;
    if (!Number.isFinite(value)) throw new PropertyError(expression.line, `found ${expression.text}, expected a number, X_i or Y_i`);
    return { inputs: new Map(), outputs: new Map(), constant: value };
  }
  const [head, ...rest] = expression.items;
  const operator = head?.kind === 'atom' ? head.text : undefined;
  const parts = rest.map((part) => linear(part, declared));
  const zero: Terms = { inputs: new Map(), outputs: new Map(), constant: 0 };
  if (operator === '+' && parts.length > 0) return parts.reduce((sum, part) => plus(sum, part, 1), zero);
  if (operator === '-' && parts.length > 0) return parts.length === 1 ? plus(zero, parts[0], -1) : parts.slice(1).reduce((sum, part) => plus(sum, part, -1), parts[0]);
  if (operator === '*' && parts.length > 0) {
    return parts.reduce((product, part) => {
      const [factor, other] = isNumber(product) ? [product, part] : [part, product];
      if (!isNumber(factor)) throw new PropertyError(expression.line, `${show(expression)} is not linear, expected a number times a variable`);
      return plus(zero, other, factor.constant);
    });
  }
  throw new PropertyError(expression.line, `found ${head ? show(head) : '()'}, expected +, -, *, a number or a variable`);
}

function isNumber(terms: Terms): boolean {
  return terms.inputs.size === 0 && terms.outputs.size === 0;
}

function plus(left: Terms, right: Terms, factor: number): Terms {
  const join = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>) => {
    const sum = new Map(a);
    for (const [index, coefficient] of b) sum.set(index, (sum.get(index) ?? 0) + factor * coefficient);
    for (const [index, coefficient] of sum) if (coefficient === 0) sum.delete(index);
    return sum;
  };
  return { inputs: join(left.inputs, right.inputs), outputs: join(left.outputs, right.outputs), constant: left.constant + factor * right.constant };
}

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The float64 next to x: inputs are floats, so that a strict bound is a closed one there. */
function neighbour(x: number, direction: 1 | -1): number {
  if (x === 0) return direction * Number.MIN_VALUE;
  double[0] = x;
  bits[0] += x > 0 === direction > 0 ? 1n : -1n;
  return double[0];
}

/** The box and the output constraints of a conjunction, as they are gathered. */
class Bounds {
  readonly #lower: Float64Array;
  readonly #upper: Float64Array;
  readonly #constraints: LinearConstraint[];

  constructor(readonly inputs: number, readonly outputs: number, from?: { lower: Float64Array; upper: Float64Array; constraints: readonly LinearConstraint[] }) {
    this.#lower = from?.lower.slice() ?? new Float64Array(inputs).fill(-Infinity);
    this.#upper = from?.upper.slice() ?? new Float64Array(inputs).fill(Infinity);
    this.#constraints = [...from?.constraints ?? []];
  }

  copy(): Bounds {
    return new Bounds(this.inputs, this.outputs, { lower: this.#lower, upper: this.#upper, constraints: this.#constraints });
  }

  /**
   * Adds inequalities.
   * @returns why no input can meet them, where that is so
   * @throws PropertyError where one is neither a bound on an input nor a constraint on outputs
   */
  narrow(clause: readonly Inequality[]): PropertyError | undefined {
    let contradiction: PropertyError | undefined;
    for (const { inputs: xs, outputs: ys, constant, strict, line } of clause) {
      if (xs.size > 0 && ys.size > 0) throw new PropertyError(line, 'the inequality joins inputs and outputs, expected one or the other');
      if (xs.size > 1) throw new PropertyError(line, 'the inequality joins several inputs, expected bounds on single ones (X_i <= number)');
      if (ys.size > 0) {
        const coefficients = new Float64Array(this.outputs);
        for (const [index, coefficient] of ys) coefficients[index] = coefficient;
        this.#constraints.push(strict ? { coefficients, constant, strict } : { coefficients, constant });
      } else if (xs.size === 1) {
        const [[index, coefficient]] = xs;
        const closed = -constant / coefficient;
        const bound = strict ? neighbour(closed, coefficient > 0 ? -1 : 1) : closed;
        if (coefficient > 0) this.#upper[index] = Math.min(this.#upper[index], bound);
        else this.#lower[index] = Math.max(this.#lower[index], bound);
        const [lower, upper] = [this.#lower[index], this.#upper[index]];
        if (lower > upper) contradiction ??= new PropertyError(line, `the bounds on X_${index} contradict each other: at least ${lower} and at most ${upper}`);
      } else if (constant > 0 || (strict && constant === 0)) contradiction ??= new PropertyError(line, 'this inequality never holds, expected one that some input can meet');
    }
    return contradiction;
  }

  toCase(boxes: Map<string, { lower: Float64Array; upper: Float64Array }>): Case {
    const [lower, upper] = [this.#lower, this.#upper];
    for (let i = 0; i < this.inputs; i++) {
      if (!Number.isFinite(lower[i]) || !Number.isFinite(upper[i])) throw new PropertyError(1, `X_${i} has no ${Number.isFinite(lower[i]) ? 'upper' : 'lower'} bound, expected (assert (${Number.isFinite(lower[i]) ? '<=' : '>='} X_${i} number))`);
    }
    // equal boxes are one object, so that their bounds are computed once
    const key = `${lower.join()}|${upper.join()}`;
    const box = boxes.get(key) ?? { lower, upper };
    boxes.set(key, box);
    // without a constraint any input of the box is an answer
    return { ...box, constraints: this.#constraints.length > 0 ? this.#constraints : [{ coefficients: new Float64Array(this.outputs), constant: 0 }] };
  }
}
