/**
 * Formulas over dimensions: what an undecided `if` asks. Kept in a normal form with a key, so that the same question
 * asked twice is recognised.
 */
import { type Dimension, type DimensionSymbol, equal, equals, format, lessThan, subtract, symbolsOf } from '../../../graph/dimension.ts';

export type Formula =
  | { readonly kind: 'equal'; readonly left: Dimension; readonly right: Dimension }
  | { readonly kind: 'less'; readonly left: Dimension; readonly right: Dimension }
  | { readonly kind: 'not'; readonly formula: Formula }
  | { readonly kind: 'and'; readonly formulas: readonly Formula[] }
  | { readonly kind: 'or'; readonly formulas: readonly Formula[] }
  /** A question that is not about dimensions alone. */
  | { readonly kind: 'opaque'; readonly key: string };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** True or false where the normal form and intervals settle it. */
export function compareDimensions(operator: Comparison, left: Dimension, right: Dimension): boolean | Formula {
  switch (operator) {
    case '==': return equals(left, right) ?? { kind: 'equal', left, right };
    case '!=': return not(equals(left, right) ?? { kind: 'equal', left, right });
    case '<': return less(left, right);
    case '>': return less(right, left);
    case '<=': return not(less(right, left));
    case '>=': return not(less(left, right));
  }
}

function less(left: Dimension, right: Dimension): boolean | Formula {
  if (equal(left, right)) return false;
  return lessThan(left, right) ?? { kind: 'less', left, right };
}

export function not(formula: boolean | Formula): boolean | Formula {
  if (typeof formula === 'boolean') return !formula;
  return formula.kind === 'not' ? formula.formula : { kind: 'not', formula };
}

export function and(formulas: readonly (boolean | Formula)[]): boolean | Formula {
  const open: Formula[] = [];
  for (const formula of formulas) {
    if (formula === false) return false;
    if (formula !== true) open.push(formula);
  }
  return open.length === 0 ? true : open.length === 1 ? open[0] : { kind: 'and', formulas: open };
}

export function or(formulas: readonly (boolean | Formula)[]): boolean | Formula {
  const open: Formula[] = [];
  for (const formula of formulas) {
    if (formula === true) return true;
    if (formula !== false) open.push(formula);
  }
  return open.length === 0 ? false : open.length === 1 ? open[0] : { kind: 'or', formulas: open };
}

/** Equal formulas of the same polynomials have equal keys; a formula and its negation have keys that differ by `!`. */
export function formulaKey(formula: Formula): string {
  switch (formula.kind) {
    case 'equal': {
      const difference = dimensionKey(subtract(formula.left, formula.right));
      const opposite = dimensionKey(subtract(formula.right, formula.left));
      return `${difference < opposite ? difference : opposite}==0`;
    }
    case 'less': return `${dimensionKey(subtract(formula.left, formula.right))}<0`;
    case 'not': return `!(${formulaKey(formula.formula)})`;
    case 'and': return `&(${formula.formulas.map(formulaKey).sort().join(',')})`;
    case 'or': return `|(${formula.formulas.map(formulaKey).sort().join(',')})`;
    case 'opaque': return formula.key;
  }
}

/** As Python writes it: `h % 2 == 0`, `not (a < b and b < c)`. */
export function formatFormula(formula: Formula): string {
  switch (formula.kind) {
    case 'equal': return comparison('==', formula.left, formula.right);
    case 'less': return comparison('<', formula.left, formula.right);
    case 'not': {
      const inner = formula.formula;
      if (inner.kind === 'equal') return comparison('!=', inner.left, inner.right);
      if (inner.kind === 'less') return comparison('>=', inner.left, inner.right);
      return `not (${formatFormula(inner)})`;
    }
    case 'and': return formula.formulas.map(grouped).join(' and ');
    case 'or': return formula.formulas.map(grouped).join(' or ');
    case 'opaque': return formula.key;
  }
}

/** What varies first: `h > 3`, not `3 < h`. */
function comparison(operator: Comparison, left: Dimension, right: Dimension): string {
  const mirrored = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
  return typeof left === 'number' ? `${format(right)} ${mirrored[operator]} ${format(left)}` : `${format(left)} ${operator} ${format(right)}`;
}

function grouped(formula: Formula): string {
  const text = formatFormula(formula);
  return formula.kind === 'and' || formula.kind === 'or' ? `(${text})` : text;
}

function dimensionKey(dimension: Dimension): string {
  return typeof dimension === 'number' ? String(dimension) : dimension.key;
}

/** The symbols that a formula speaks of, by name. */
export function symbolsOfFormula(formula: Formula, into = new Map<string, DimensionSymbol>()): Map<string, DimensionSymbol> {
  switch (formula.kind) {
    case 'equal': case 'less':
      symbolsOf(formula.left, into);
      symbolsOf(formula.right, into);
      break;
    case 'not': symbolsOfFormula(formula.formula, into); break;
    case 'and': case 'or': for (const part of formula.formulas) symbolsOfFormula(part, into); break;
    case 'opaque': break;
  }
  return into;
}
