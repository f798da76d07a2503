import type { TraceOperator, TraceValue } from '../tracing/trace.ts';

/** Operators that hand their first input on: its values stay the same, whatever its shape. */
const passing: ReadonlySet<string> = new Set(['Identity', 'Dropout', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Cast', 'Transpose']);

/** The operator that computed the values of a tensor, seen through reshapes, casts and dropout. */
export function producerOf(value: TraceValue): TraceOperator | undefined {
  let at: TraceValue | undefined = value;
  while (at?.source.kind === 'operator' && passing.has(at.source.operator.type)) [at] = at.source.operator.inputs;
  return at?.source.kind === 'operator' ? at.source.operator : undefined;
}

/** Whether an operator is linear in what it is given: a dense layer or a convolution, with or without its bias. */
export function isLinear(operator: TraceOperator): boolean {
  if (operator.type === 'Gemm' || operator.type === 'MatMul' || operator.type === 'Conv') return true;
  if (operator.type !== 'Add') return false;
  const [left, right] = operator.inputs;
  const bias = right?.source.kind === 'parameter' ? left : left?.source.kind === 'parameter' ? right : undefined;
  const inner = bias && producerOf(bias);
  return inner !== undefined && inner.type !== 'Add' && isLinear(inner);
}
