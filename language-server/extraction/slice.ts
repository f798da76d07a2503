import type { TraceOperator, TraceValue } from '../tracing/trace.ts';

/** The part of a trace that lies between a model's inputs and outputs. */
export interface Slice {
  /** In the order in which they ran. */
  readonly operators: readonly TraceOperator[];
  /** Values that nothing in the slice makes and that are not inputs: parameters, constants, data. */
  readonly leaves: readonly TraceValue[];
  /** Every value of the slice. */
  readonly values: ReadonlySet<TraceValue>;
}

/** Walks back from the outputs to the inputs. `isParameter` values and known constants are not followed further. */
export function sliceBetween(inputs: readonly TraceValue[], outputs: readonly TraceValue[], isParameter: (value: TraceValue) => boolean): Slice {
  const given = new Set(inputs);
  const values = new Set<TraceValue>();
  const leaves: TraceValue[] = [];
  const operators = new Set<TraceOperator>();
  const open = [...outputs];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (values.has(value)) continue;
    values.add(value);
    if (given.has(value)) continue;
    if (isParameter(value) || value.source.kind !== 'operator' || isConcrete(value)) {
      leaves.push(value);
      continue;
    }
    const { operator } = value.source;
    if (operators.has(operator)) continue;
    operators.add(operator);
    for (const input of operator.inputs) if (input) open.push(input);
    // the other outputs belong to the graph as well
    for (const output of operator.outputs) if (!values.has(output)) values.add(output);
  }
  return {
    operators: [...operators].sort((a, b) => a.serial - b.serial),
    leaves: leaves.sort((a, b) => a.serial - b.serial),
    values,
  };
}

/** Whether every element is a plain value, so the tensor can stand in the graph as a constant. */
export function isConcrete(value: TraceValue): boolean {
  return value.constant !== undefined && value.constant.data.every((element) => typeof element !== 'object');
}
