import { difference, statistics } from '../../../runtime/index.ts';
import type { JobHandler } from './job.ts';

/** Bins of the small histograms of a table. */
const BINS = 24;

/** Statistics of all tensors of a run, and how they differ from those of another, or of the run before. */
export const values: JobHandler<'values'> = async (model, { run, against }, { signal }) => {
  const tensors = model.kept(run);
  const before = against === undefined ? model.keptBefore(run) : model.keptOf(against);
  const rows = [];
  for (const [value, tensor] of tensors) {
    signal.throwIfAborted();
    if (tensor.dataType === 'string' || tensor.data.length === 0) continue;
    const earlier = before?.get(value);
    const change = earlier && difference(earlier, tensor);
    rows.push({ value, statistics: statistics(tensor, BINS), ...(change && { change }) });
  }
  return { run, compared: before !== undefined, values: rows };
};
