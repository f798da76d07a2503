import type { LayerGraph } from '../../../graph/graph.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { classScores, createSession, firstNotFinite, inTraining, type TrainingGraph } from '../../../runtime/index.ts';
import type { Remark } from '../../../webview/messages.ts';
import type { JobHandler } from './job.ts';

/** Runs the model, keeping every intermediate tensor. */
export const run: JobHandler<'run'> = async (model, { fetch, training = false, keep }, { job, signal }) => {
  const { graph } = model;
  const options = { fetch: fetch?.map((id) => graph.values[id].name), keepAll: true, signal };
  const trained = training ? inTraining(graph, 0) : undefined;
  const session = trained ? await createSession(trained.graph, model.weights) : await model.session();
  let ended;
  try {
    ended = await session.run(model.inputs, options);
  } finally {
    if (trained) await session.close();
  }
  const { outputs, tensors: computed, executed: ran, seconds } = ended;
  // training adds operators and values behind those of the graph
  const tensors = trained ? new Map([...computed].filter(([id]) => id < graph.values.length)) : computed;
  const executed = trained ? [...new Set(ran.map((id) => trained.origins[id]))] : ran;
  model.keep(job, tensors, keep);
  return {
    seconds,
    executed,
    outputs: (fetch ?? graph.outputs).map((id) => {
      const tensor = tensors.get(id) ?? outputs.get(graph.values[id].name);
      if (!tensor) throw new Error(`The tensor ${graph.values[id].name} was not computed.`);
      return { value: id, shape: tensor.shape, scores: classScores(graph, id, tensor) };
    }),
    available: [...tensors].map(([value, { shape, dataType }]) => ({ value, shape, dataType })),
    remarks: [...inWords(trained), ...remarks(graph, tensors)],
  };
};

function inWords(trained: TrainingGraph | undefined): Remark[] {
  if (!trained) return [];
  const { changed, remarks: said } = trained;
  const what = changed === 0 ? 'nothing is different from evaluation' : `${changed} operator${changed === 1 ? ' computes' : 's compute'} something else than in evaluation`;
  return [`In training mode: ${what}.`, ...said].map((message) => ({ severity: 'information', message }));
}

/** The first operator whose output is not finite explains all the others. */
function remarks(graph: LayerGraph, tensors: ReadonlyMap<number, Tensor>): Remark[] {
  const found = firstNotFinite(graph, tensors);
  if (!found) return [];
  const { operator, notANumber, infinite } = found;
  const what = [notANumber > 0 && `${notANumber} NaN`, infinite > 0 && `${infinite} infinite`].filter((part) => part !== false).join(' and ');
  return [{ severity: 'warning', message: `${operator.type} ${operator.name} is the first to give values that are not finite: ${what}${operator.location ? ` (line ${operator.location.line})` : ''}.` }];
}
