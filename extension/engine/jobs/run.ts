import type { LayerGraph } from '../../../graph/graph.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { classScores, firstNotFinite } from '../../../runtime/index.ts';
import type { Remark } from '../../../webview/messages.ts';
import type { JobHandler } from './job.ts';

/** Runs the model, keeping every intermediate tensor. */
export const run: JobHandler<'run'> = async (model, { fetch }, { job, signal }) => {
  const { graph } = model;
  const session = await model.session();
  const { outputs, tensors, executed, seconds } = await session.run(model.inputs, { fetch: fetch?.map((id) => graph.values[id].name), keepAll: true, signal });
  model.keep(job, tensors);
  return {
    seconds,
    executed,
    outputs: (fetch ?? graph.outputs).map((id) => {
      const tensor = tensors.get(id) ?? outputs.get(graph.values[id].name);
      if (!tensor) throw new Error(`The tensor ${graph.values[id].name} was not computed.`);
      return { value: id, shape: tensor.shape, scores: classScores(graph, id, tensor) };
    }),
    available: [...tensors].map(([value, { shape, dataType }]) => ({ value, shape, dataType })),
    remarks: remarks(graph, tensors),
  };
};

/** The first operator whose output is not finite explains all the others. */
function remarks(graph: LayerGraph, tensors: ReadonlyMap<number, Tensor>): Remark[] {
  const found = firstNotFinite(graph, tensors);
  if (!found) return [];
  const { operator, notANumber, infinite } = found;
  const what = [notANumber > 0 && `${notANumber} NaN`, infinite > 0 && `${infinite} infinite`].filter((part) => part !== false).join(' and ');
  return [{ severity: 'warning', message: `${operator.type} ${operator.name} is the first to give values that are not finite: ${what}${operator.location ? ` (line ${operator.location.line})` : ''}.` }];
}
