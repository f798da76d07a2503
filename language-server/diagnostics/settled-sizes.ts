import { subtract, type Dimension, type DimensionSymbol } from '../../graph/dimension.ts';
import { evaluate } from '../extraction/solve.ts';
import { symbolsOfFormula } from '../python/paths/condition.ts';
import type { Formula } from '../python/paths/condition.ts';

/**
 * Whether some size makes all formulas true, where they compare linear functions of a single size: exact, as their truth
 * changes only where a difference passes 0. `none` is a proof; undefined where the formulas are of another kind.
 */
export function settledSize(formulas: readonly Formula[]): Record<string, number> | 'none' | undefined {
  const symbols = new Map<string, DimensionSymbol>();
  for (const formula of formulas) symbolsOfFormula(formula, symbols);
  const [wanted] = symbols.values();
  if (symbols.size !== 1) return undefined;
  const turns: number[] = [];
  if (!formulas.every((formula) => collectTurns(formula, turns))) return undefined;
  // between two turns the truth stays: the sizes around each turn stand for all
  const sizes = new Set([wanted.minimum, ...turns.flatMap((turn) => [-1, 0, 1].map((step) => Math.floor(turn) + step)), Math.ceil(Math.max(wanted.minimum, ...turns)) + 1]);
  const found = [...sizes].filter((size) => size >= wanted.minimum).sort((a, b) => a - b).find((size) => formulas.every((formula) => evaluate(formula, new Map([[wanted.name, size]])) === true));
  return found === undefined ? 'none' : { [wanted.name]: found };
}

/** The sizes at which the two sides of a comparison are equal; false where a side is not linear. */
function collectTurns(formula: Formula, into: number[]): boolean {
  switch (formula.kind) {
    case 'equal': case 'less': {
      const line = linear(subtract(formula.left, formula.right));
      if (!line) return false;
      if (line.slope !== 0) into.push(-line.constant / line.slope);
      return true;
    }
    case 'not': return collectTurns(formula.formula, into);
    case 'and': case 'or': return formula.formulas.every((part) => collectTurns(part, into));
    case 'opaque': return false;
  }
}

/** slope * size + constant; undefined where the dimension is no such sum. */
function linear(dimension: Dimension): { slope: number; constant: number } | undefined {
  if (typeof dimension === 'number') return { slope: 0, constant: dimension };
  let [slope, constant] = [0, 0];
  for (const { coefficient, factors } of dimension.terms) {
    if (factors.length === 0) constant += coefficient;
    else if (factors.length === 1 && factors[0].power === 1 && factors[0].atom.kind === 'symbol') slope += coefficient;
    else return undefined;
  }
  return { slope, constant };
}
