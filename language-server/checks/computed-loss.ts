import { equal, formatShape } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { Diagnostic } from '../analysis.ts';
import { needsGradient } from '../tracing/gradients.ts';
import { locationOf } from '../tracing/place.ts';
import type { TraceOperator, TraceValue } from '../tracing/trace.ts';
import type { Check } from './check.ts';

/** What lies between the difference of prediction and target and the number that is minimised. */
const between: ReadonlySet<string> = new Set([
  'ReduceMean', 'ReduceSum', 'Pow', 'Mul', 'Add', 'Div', 'Abs', 'Neg', 'Sqrt', 'Identity', 'Cast', 'Sub', 'Log', 'Exp', 'Where', 'Squeeze', 'Unsqueeze', 'Reshape',
]);

/** A loss that the program computes itself, of a column of predictions and a row of targets: each is compared with every other. */
export const computedLoss: Check = ({ file, losses }) => losses.flatMap(({ kind, prediction: loss }): Diagnostic[] => {
  if (kind !== 'computed' || (loss.type.shape?.length ?? 1) > 0) return [];
  return differences(loss).flatMap((operator): Diagnostic[] => {
    const [left, right] = operator.inputs;
    if (!left || !right || operator.place?.file !== file || !crosses(left.type.shape, right.type.shape)) return [];
    if (needsGradient(left) === needsGradient(right) || [left, right].some((side) => needsGradient(side) === undefined)) return [];
    const [prediction, target] = needsGradient(left) === true ? [left, right] : [right, left];
    return [{
      severity: 'warning', code: 'loss-broadcast', location: locationOf(operator.place),
      message: `The prediction ${formatShape(prediction.type.shape)} and the target ${formatShape(target.type.shape)} broadcast to ${formatShape(operator.outputs[0].type.shape)}: `
        + 'every prediction is compared with the targets of all examples. Give both the same shape.',
      related: [prediction, target].flatMap((side, index) => (side.place?.file === file ? [{ location: locationOf(side.place), message: index === 0 ? 'the prediction' : 'the target' }] : [])),
    }];
  });
});

function differences(loss: TraceValue): TraceOperator[] {
  const found: TraceOperator[] = [];
  const seen = new Set<TraceValue>();
  const pending = [loss];
  for (let value = pending.pop(); value; value = pending.pop()) {
    if (seen.has(value) || value.source.kind !== 'operator' || !between.has(value.source.operator.type)) continue;
    seen.add(value);
    const { operator } = value.source;
    if (operator.type === 'Sub') found.push(operator);
    for (const input of operator.inputs) if (input) pending.push(input);
  }
  return found;
}

/** Whether one is a column and the other a row of as many elements. */
function crosses(left: readonly Dimension[] | undefined, right: readonly Dimension[] | undefined): boolean {
  if (!left || !right) return false;
  const [row, column] = left.length < right.length ? [left, right] : [right, left];
  return row.length === 1 && column.length === 2 && equal(column[1], 1) && equal(column[0], row[0]) && !equal(row[0], 1);
}
