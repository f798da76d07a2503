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
interface Inequality {
  readonly inputs: ReadonlyMap<number, number>;
  readonly outputs: ReadonlyMap<number, number>;
  readonly constant: number;
  readonly line: number;
}

/** A disjunction of conjunctions. */
type Normal = readonly (readonly Inequality[])[];

const MOST_CASES = 100_000;

/**
 * Reads a VNN-LIB file: declarations of X_i and Y_j as reals, and assertions of linear (in)equalities, joined by `and` and `or`.
 * @throws PropertyError with the line and what was expected.
 */
export function parseVnnlib(text: string): VnnlibQuery {
  const declared = { X: new Map<number, number>(), Y: new Map<number, number>() };
  let formula: Normal = [[]];
  for (const expression of parseExpressions(text)) {
    if (expression.kind === 'atom') throw new PropertyError(expression.line, `found ${expression.text}, expected "(declare-const ...)" or "(assert ...)"`);
    const [head, ...rest] = expression.items;
    const command = head?.kind === 'atom' ? head.text : undefined;
    if (command === 'declare-const' || command === 'declare-fun') declare(expression, rest, declared);
    else if (command === 'assert') {
      if (rest.length !== 1) throw new PropertyError(expression.line, `assert has ${rest.length} formulas, expected one`);
      formula = conjunction(formula, normal(rest[0], declared), expression.line);
    } else if (command !== 'set-logic' && command !== 'set-option' && command !== 'set-info' && command !== 'check-sat' && command !== 'get-model' && command !== 'exit') {
      throw new PropertyError(expression.line, `found ${show(expression)}, expected "(declare-const ...)" or "(assert ...)"`);
    }
  }
  const [inputs, outputs] = [count(declared.X, 'X'), count(declared.Y, 'Y')];
  const boxes = new Map<string, { lower: Float64Array; upper: Float64Array }>();
  const cases: Case[] = [];
  for (const clause of formula) {
    const one = caseOf(clause, inputs, outputs, boxes);
    if (one) cases.push(one);
  }
  if (cases.length === 0) throw new PropertyError(1, 'the assertions on the inputs contradict each other: no input meets them');
  return { inputs, outputs, property: { cases } };
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
    case 'and': return rest.reduce<Normal>((formula, part) => conjunction(formula, normal(part, declared), expression.line), [[]]);
    case 'or': {
      const all = rest.flatMap((part) => normal(part, declared));
      if (all.length > MOST_CASES) throw new PropertyError(expression.line, `the formula has more than ${MOST_CASES} cases`);
      return all;
    }
    case '<=': case '>=': case '<': case '>': case '=': {
      if (rest.length !== 2) throw new PropertyError(expression.line, `${operator} has ${rest.length} operands, expected two`);
      const left = linear(rest[0], declared);
      const right = linear(rest[1], declared);
      const smaller = { ...plus(left, right, -1), line: expression.line };
      const greater = { ...plus(right, left, -1), line: expression.line };
      // the closed inequality is taken for the strict one, as VNN-COMP does
      return operator === '=' ? [[smaller, greater]] : [[operator[0] === '<' ? smaller : greater]];
    }
    default:
      throw new PropertyError(expression.line, `found ${head ? show(head) : '()'}, expected and, or, <=, >= or =`);
  }
}

function conjunction(left: Normal, right: Normal, line: number): Normal {
  if (left.length * right.length > MOST_CASES) throw new PropertyError(line, `the formula has more than ${MOST_CASES} cases`);
  if (right.length === 1 && left.length === 1) return [[...left[0], ...right[0]]];
  return left.flatMap((a) => right.map((b) => [...a, ...b]));
}

type Terms = Omit<Inequality, 'line'>;

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

/** One conjunction as a box and constraints; undefined where no input or no output can meet it. */
function caseOf(clause: readonly Inequality[], inputs: number, outputs: number, boxes: Map<string, { lower: Float64Array; upper: Float64Array }>): Case | undefined {
  const lower = new Float64Array(inputs).fill(-Infinity);
  const upper = new Float64Array(inputs).fill(Infinity);
  const constraints: LinearConstraint[] = [];
  for (const { inputs: xs, outputs: ys, constant, line } of clause) {
    if (xs.size > 0 && ys.size > 0) throw new PropertyError(line, 'the inequality joins inputs and outputs, expected one or the other');
    if (xs.size > 1) throw new PropertyError(line, 'the inequality joins several inputs, expected bounds on single ones (X_i <= number)');
    if (ys.size > 0) {
      const coefficients = new Float64Array(outputs);
      for (const [index, coefficient] of ys) coefficients[index] = coefficient;
      constraints.push({ coefficients, constant });
    } else if (xs.size === 1) {
      const [[index, coefficient]] = xs;
      const bound = -constant / coefficient;
      if (coefficient > 0) upper[index] = Math.min(upper[index], bound);
      else lower[index] = Math.max(lower[index], bound);
    } else if (constant > 0) return undefined;
  }
  for (let i = 0; i < inputs; i++) {
    if (lower[i] > upper[i]) return undefined;
    if (!Number.isFinite(lower[i]) || !Number.isFinite(upper[i])) throw new PropertyError(1, `X_${i} has no ${Number.isFinite(lower[i]) ? 'upper' : 'lower'} bound, expected (assert (${Number.isFinite(lower[i]) ? '<=' : '>='} X_${i} number))`);
  }
  // equal boxes are one object, so that their bounds are computed once
  const key = `${lower.join()}|${upper.join()}`;
  const box = boxes.get(key) ?? { lower, upper };
  boxes.set(key, box);
  return { ...box, constraints };
}
