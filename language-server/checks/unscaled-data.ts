import type { Diagnostic } from '../analysis.ts';
import { locationOf } from '../tracing/place.ts';
import { rangeOf } from '../tracing/ranges.ts';
import type { TraceOperator, TraceValue } from '../tracing/trace.ts';
import type { Check } from './check.ts';
import { isLinear, producerOf } from './producer.ts';

/** From here on a sum over such inputs drives sigmoid and tanh to their ends. */
const large = 100;

/** Data with large numbers, such as bytes of pictures, that meets a saturating activation right behind the first layer: its gradient is 0. */
export const unscaledData: Check = ({ file, losses }) => {
  const seen = new Set<TraceValue>();
  return losses.flatMap(({ prediction }): Diagnostic[] => saturating(prediction, seen).flatMap(({ activation, data }): Diagnostic[] => {
    const range = rangeOf(data)!;
    if (activation.place?.file !== file) return [];
    return [{
      severity: 'warning', code: 'unscaled-data', location: locationOf(activation.place), related: data.place?.file === file ? [{ location: locationOf(data.place), message: 'the data' }] : [],
      message: `The data goes from ${range.low} to ${range.high}: behind the first layer, ${activation.type === 'Tanh' ? 'tanh' : 'sigmoid'} is at its ends and passes no gradient. Scale it first, to 0 to 1 or so.`,
    }];
  }));
};

/** Sigmoids and tanhs of a linear layer that large numbers go into. */
function saturating(from: TraceValue, seen: Set<TraceValue>): { activation: TraceOperator; data: TraceValue }[] {
  const found: { activation: TraceOperator; data: TraceValue }[] = [];
  const pending = [from];
  for (let value = pending.pop(); value; value = pending.pop()) {
    if (seen.has(value) || value.source.kind !== 'operator') continue;
    seen.add(value);
    const { operator } = value.source;
    if ((operator.type === 'Sigmoid' || operator.type === 'Tanh') && operator.inputs[0]) {
      const linear = producerOf(operator.inputs[0]);
      const data = linear && isLinear(linear) ? dataOf(linear) : undefined;
      const range = data && rangeOf(data);
      if (data && range && range.reached && Math.max(-range.low, range.high) >= large) found.push({ activation: operator, data });
    }
    for (const input of operator.inputs) if (input) pending.push(input);
  }
  return found;
}

/** What a linear layer is given: behind an addition of its bias, the product's first input. */
function dataOf(linear: TraceOperator): TraceValue | undefined {
  let at: TraceOperator = linear;
  while (at.type === 'Add') {
    const next = at.inputs.find((input) => input?.source.kind === 'operator');
    if (next?.source.kind !== 'operator') return undefined;
    at = next.source.operator;
  }
  return at.inputs[0];
}
