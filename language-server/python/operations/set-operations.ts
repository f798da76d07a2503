/** & | - ^ and the subset comparisons on sets and on the key and item views of dicts. */
import type { BinaryOperator, CompareOperator } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import type { PyDictView} from '../values/index.ts';
import { classes, PySet, PyTuple, type Unknown, type Value } from '../values/index.ts';

type SetLike = PySet | PyDictView;

export function setOperation(machine: Machine, operator: BinaryOperator, left: SetLike, right: SetLike): Value | undefined {
  if (!['&', '|', '-', '^'].includes(operator)) return undefined;
  const unknown = blurOf(left) ?? blurOf(right);
  const result = new PySet(left instanceof PySet && left.cls.immutable ? left.cls : classes.set);
  if (unknown) {
    result.blurred = unknown;
    return result;
  }
  const a = asSet(machine, left);
  const b = asSet(machine, right);
  for (const item of a.entries.values()) {
    const shared = b.has(machine, item);
    if (operator === '|' || (operator === '&') === shared) result.add(machine, item);
  }
  if (operator === '|' || operator === '^') for (const item of b.entries.values()) if (operator === '|' || !a.has(machine, item)) result.add(machine, item);
  return result;
}

/** undefined where the operator is not one of sets; Unknown where one of them is blurred. */
export function compareSets(machine: Machine, operator: CompareOperator, left: SetLike, right: SetLike): boolean | Unknown {
  const unknown = blurOf(left) ?? blurOf(right);
  if (unknown) return unknown.derive();
  const a = asSet(machine, left);
  const b = asSet(machine, right);
  const within = (inner: PySet, outer: PySet): boolean => [...inner.entries.values()].every((item) => outer.has(machine, item));
  switch (operator) {
    case '==': return a.size === b.size && within(a, b);
    case '!=': return a.size !== b.size || !within(a, b);
    case '<=': return within(a, b);
    case '<': return a.size < b.size && within(a, b);
    case '>=': return within(b, a);
    case '>': return b.size < a.size && within(b, a);
  }
}

function blurOf(value: SetLike): Unknown | undefined {
  return value instanceof PySet ? value.blurred : value.dict.blurred;
}

function asSet(machine: Machine, value: SetLike): PySet {
  if (value instanceof PySet) return value;
  const entries = [...value.dict.entries.values()];
  return PySet.of(machine, value.kind === 'items' ? entries.map((entry) => new PyTuple([entry.key, entry.value])) : entries.map((entry) => (value.kind === 'keys' ? entry.key : entry.value)));
}
