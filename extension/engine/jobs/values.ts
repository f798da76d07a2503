import type { Tensor } from '../../../graph/tensor.ts';
import { statistics } from '../../../runtime/index.ts';
import type { JobHandler } from './job.ts';

/** Bins of the small histograms of a table. */
const BINS = 24;

/** Statistics of all tensors of a run, and how they differ from those of the run before. */
export const values: JobHandler<'values'> = async (model, { run }, { signal }) => {
  const tensors = model.kept(run);
  const before = model.keptBefore(run);
  const rows = [];
  for (const [value, tensor] of tensors) {
    signal.throwIfAborted();
    if (tensor.dataType === 'string' || tensor.data.length === 0) continue;
    const earlier = before?.get(value);
    rows.push({ value, statistics: statistics(tensor, BINS), ...(earlier && sameShape(earlier, tensor) && { change: difference(earlier, tensor) }) });
  }
  return { run, compared: before !== undefined, values: rows };
};

function sameShape(left: Tensor, right: Tensor): boolean {
  return left.data.length === right.data.length && left.shape.every((size, axis) => size === right.shape[axis]);
}

/** Over the places where both are finite. */
function difference(from: Tensor, to: Tensor): { largest: number; mean: number } {
  let [largest, sum, count] = [0, 0, 0];
  for (let i = 0; i < to.data.length; i++) {
    const change = Math.abs(Number(to.data[i]) - Number(from.data[i]));
    if (!Number.isFinite(change)) continue;
    sum += change;
    count++;
    if (change > largest) largest = change;
  }
  return { largest, mean: sum / Math.max(1, count) };
}
