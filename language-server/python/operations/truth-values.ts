/** `and`, `or`, `all` and `any` of truth values that may depend on sizes. */
import type { Frame } from '../compilation/code.ts';
import { truth } from './comparison.ts';
import { and, type Formula, or } from '../paths/condition.ts';
import { forkValue } from '../paths/fork.ts';
import type { Machine } from '../interpreter.ts';
import { Condition, type Undecided, Unknown, type Value } from '../values/index.ts';

/** All of some truth values, as one. */
export function allOf(machine: Machine, values: readonly Value[]): Value {
  const formulas: (boolean | Formula)[] = [];
  for (const value of values) {
    const known = truth(machine, value);
    if (known instanceof Unknown) return known;
    formulas.push(typeof known === 'boolean' ? known : known.formula);
  }
  return machine.condition(and(formulas));
}

export function anyOf(machine: Machine, values: readonly Value[]): Value {
  const formulas: (boolean | Formula)[] = [];
  let unknown: Unknown | undefined;
  for (const value of values) {
    const known = truth(machine, value);
    if (known === true) return true;
    if (known instanceof Unknown) unknown ??= known;
    else formulas.push(typeof known === 'boolean' ? known : known.formula);
  }
  return unknown ?? machine.condition(or(formulas));
}

/** `a and b`, `a or b` where the truth of `a` is not known: a formula of both where both are conditions, else a fork. */
export function combineConditions(machine: Machine, frame: Frame, stopsWhen: boolean, left: Value, known: Undecided, right: () => Value): Value {
  if (known instanceof Condition && left instanceof Condition) {
    let second: Value = null;
    const depth = machine.assume(known, !stopsWhen);
    try {
      second = right();
    } finally {
      machine.forget(depth);
    }
    if (second instanceof Condition || typeof second === 'boolean') return stopsWhen ? machine.anyOf([known, second]) : machine.allOf([known, second]);
    return forkValue(frame, known, () => (stopsWhen ? left : second), () => (stopsWhen ? second : left));
  }
  return forkValue(frame, known, () => (stopsWhen ? left : right()), () => (stopsWhen ? right() : left));
}
