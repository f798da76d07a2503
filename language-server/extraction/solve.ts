import { isKnown, multiply, negate, substitute, subtract, symbolsOf } from '../../graph/dimension.ts';
import type { Dimension, DimensionSymbol } from '../../graph/dimension.ts';
import { and, compareDimensions, not, or, symbolsOfFormula } from '../python/paths/condition.ts';
import type { Formula } from '../python/paths/condition.ts';

/** Values for symbols. */
export type Solution = ReadonlyMap<string, Dimension>;

/** The largest size that is tried for an axis. */
const largest = 1024;
/** Pairs of different sizes are tried up to this. */
const largestOfPair = 256;

/**
 * The smallest sizes under which all formulas hold, whatever the batch size is.
 *
 * Only symbols that an equality speaks of are solved for; one that is only bounded stays as it is (the user is asked).
 * First linear equations in one symbol, then a search: all remaining sizes equal (images are square more often than not),
 * then pairs. Undefined where no solution was found.
 */
export function solve(formulas: readonly Formula[], universal: ReadonlySet<string>): Solution | undefined {
  const solution = new Map<string, Dimension>();
  let open = [...formulas];
  for (let progress = true; progress;) {
    progress = false;
    for (const formula of open) {
      const step = formula.kind === 'equal' ? solveLinear(subtract(formula.left, formula.right), universal) : undefined;
      if (!step) continue;
      for (const [name, value] of solution) solution.set(name, substitute(value, step));
      for (const [name, value] of step) solution.set(name, value);
      const rest = simplifyAll(open, step);
      if (!rest) return undefined;
      open = rest;
      progress = true;
      break;
    }
  }
  const wanted = new Map<string, DimensionSymbol>();
  for (const formula of open) if (asksForSizes(formula)) symbolsOfFormula(formula, wanted);
  for (const name of universal) wanted.delete(name);
  const found = search([...wanted.values()], open);
  if (!found) return undefined;
  for (const [name, value] of solution) solution.set(name, substitute(value, found));
  for (const [name, value] of found) solution.set(name, value);
  return solution;
}

/** c*x + rest = 0 with x in no other term: x = -rest / c, where that is exact. */
function solveLinear(difference: Dimension, universal: ReadonlySet<string>): Map<string, Dimension> | undefined {
  if (isKnown(difference)) return undefined;
  for (const term of difference.terms) {
    const [factor] = term.factors;
    if (term.factors.length !== 1 || factor.power !== 1 || factor.atom.kind !== 'symbol' || universal.has(factor.atom.name)) continue;
    if (Math.abs(term.coefficient) !== 1 && difference.terms.length > 2) continue;
    const { name, minimum } = factor.atom;
    const zero = substitute(difference, new Map([[name, 0]]));
    if (symbolsOf(zero).has(name)) continue;
    const one = subtract(substitute(difference, new Map([[name, 1]])), zero);
    if (one !== term.coefficient) continue;
    if (isKnown(zero)) {
      const value = -zero / term.coefficient;
      if (!Number.isInteger(value) || value < minimum) continue;
      return new Map([[name, value]]);
    }
    if (Math.abs(term.coefficient) === 1) return new Map([[name, term.coefficient === 1 ? negate(zero) : multiply(zero, 1)]]);
  }
  return undefined;
}

function search(wanted: readonly DimensionSymbol[], formulas: readonly Formula[]): Map<string, Dimension> | undefined {
  const fits = (values: ReadonlyMap<string, Dimension>): boolean => formulas.every((formula) => {
    const settled = evaluate(formula, values);
    // what still depends on symbols that are not solved for is not broken
    return settled === true || (settled !== false && !asksForSizes(settled));
  });
  if (wanted.length === 0) return fits(new Map()) ? new Map() : undefined;
  const lowest = Math.max(1, ...wanted.map((symbol) => symbol.minimum));
  for (let size = lowest; size <= largest; size++) {
    const values = new Map<string, Dimension>(wanted.map(({ name }) => [name, size]));
    if (fits(values)) return values;
  }
  if (wanted.length === 1 || wanted.length > 2) return undefined;
  const [first, second] = wanted;
  for (let sum = 2; sum <= 2 * largestOfPair; sum++) {
    for (let size = Math.max(1, sum - largestOfPair); size < sum && size <= largestOfPair; size++) {
      const values = new Map<string, Dimension>([[first.name, size], [second.name, sum - size]]);
      if (fits(values)) return values;
    }
  }
  return undefined;
}

/** The formula with symbols replaced, settled where it can be. */
export function evaluate(formula: Formula, values: ReadonlyMap<string, Dimension>): boolean | Formula {
  switch (formula.kind) {
    case 'equal': return compareDimensions('==', substitute(formula.left, values), substitute(formula.right, values));
    case 'less': return compareDimensions('<', substitute(formula.left, values), substitute(formula.right, values));
    case 'not': return not(evaluate(formula.formula, values));
    case 'and': return and(formula.formulas.map((part) => evaluate(part, values)));
    case 'or': return or(formula.formulas.map((part) => evaluate(part, values)));
    case 'opaque': return formula;
  }
}

/** Undefined where one of them is false. */
function simplifyAll(formulas: readonly Formula[], values: ReadonlyMap<string, Dimension>): Formula[] | undefined {
  const open: Formula[] = [];
  for (const formula of formulas) {
    const settled = evaluate(formula, values);
    if (settled === false) return undefined;
    if (settled !== true) open.push(settled);
  }
  return open;
}

/** Whether a formula asks for certain sizes. One that holds for every small size of its symbol is a bound, however it is written. */
function asksForSizes(formula: Formula): boolean {
  if (!mentionsEquality(formula)) return false;
  const symbols = new Map<string, DimensionSymbol>();
  symbolsOfFormula(formula, symbols);
  const [symbol, ...others] = symbols.keys();
  return others.length > 0 || ![1, 2, 3, 4, 5].every((size) => evaluate(formula, new Map([[symbol, size]])) === true);
}

function mentionsEquality(formula: Formula): boolean {
  switch (formula.kind) {
    case 'equal': return true;
    case 'less': case 'opaque': return false;
    case 'not': return false;
    case 'and': case 'or': return formula.formulas.some(mentionsEquality);
  }
}
