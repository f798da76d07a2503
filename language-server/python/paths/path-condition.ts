/** The decisions that the running path has made, and what follows from them. */
import { type Formula, formulaKey } from './condition.ts';
import type { PathEntry, Place } from '../interpreter-api.ts';
import { Condition, type Undecided, Unknown } from '../values/index.ts';

export class PathCondition {
  readonly decisions: PathEntry[] = [];
  private readonly negations = new WeakMap<Unknown, Unknown>();
  private readonly negated = new WeakMap<Unknown, Unknown>();

  /** Adds a decision; gives the length to go back to. */
  assume(condition: Undecided, polarity: boolean, place: Place | undefined): number {
    return this.decisions.push({ condition, polarity, place }) - 1;
  }

  forget(depth: number): void {
    if (this.decisions.length > depth) this.decisions.length = depth;
  }

  /** `not unknown`: asked again, the same value, so that decisions on it agree. */
  negation(unknown: Unknown): Unknown {
    const original = this.negated.get(unknown);
    if (original) return original;
    let negation = this.negations.get(unknown);
    if (negation === undefined) {
      negation = unknown.derive();
      this.negations.set(unknown, negation);
      this.negated.set(negation, unknown);
    }
    return negation;
  }

  decide(condition: Undecided): boolean | undefined {
    if (this.decisions.length === 0) return undefined;
    if (condition instanceof Condition) return this.decideFormula(condition.formula);
    const positive = this.negated.get(condition);
    for (const { condition: other, polarity } of this.decisions) {
      if (other === condition) return polarity;
      if (other === positive || other instanceof Unknown && this.negated.get(other) === condition) return !polarity;
    }
    return undefined;
  }

  decideFormula(formula: Formula): boolean | undefined {
    if (this.decisions.length === 0) return undefined;
    if (formula.kind === 'not') {
      const inner = this.decideFormula(formula.formula);
      return inner === undefined ? undefined : !inner;
    }
    if (formula.kind === 'and' || formula.kind === 'or') {
      const stops = formula.kind === 'or';
      let open = false;
      for (const part of formula.formulas) {
        const known = this.decideFormula(part);
        if (known === stops) return stops;
        if (known === undefined) open = true;
      }
      return open ? undefined : !stops;
    }
    const key = formulaKey(formula);
    for (const { condition, polarity } of this.decisions) {
      if (!(condition instanceof Condition)) continue;
      const known = implied(condition.formula, polarity, key);
      if (known !== undefined) return known;
    }
    return undefined;
  }
}

/** What an assumed formula says of the one with the key. */
function implied(assumed: Formula, polarity: boolean, key: string): boolean | undefined {
  if (assumed.kind === 'not') return implied(assumed.formula, !polarity, key);
  if (assumed.kind === (polarity ? 'and' : 'or')) {
    for (const part of (assumed as { formulas: readonly Formula[] }).formulas) {
      const known = implied(part, polarity, key);
      if (known !== undefined) return known;
    }
  }
  return formulaKey(assumed) === key ? polarity : undefined;
}
