import type { LayerGraph } from '../../graph/graph.ts';
import type { Preprocessing } from '../../graph/preprocessing.ts';
import type { Model } from '../analysis.ts';
import { locationOf } from '../tracing/place.ts';
import { preparationOf } from '../tracing/preparation.ts';
import type { Preparation, Run } from '../tracing/run.ts';
import type { ModelCandidate } from './build-graph.ts';

/** As many are told of one model. */
const most = 8;

/**
 * The model with what the program does to pictures before it sees them: first what is known of the data that it is given, the newest first, then
 * the transforms that the program makes without being seen to use them. What is random stands behind what is not.
 */
export function withPreprocessing(model: Model, run: Run, candidate?: ModelCandidate): Model {
  const { graph } = model;
  if (!takesArrays(graph)) return model;
  const given = candidate?.inputs[0]?.value;
  const fed = candidate ? run.fed.filter(({ layer }) => layer === candidate.layer).map(({ value }) => value) : [];
  const own = [...fed, ...(given ? [given] : [])].flatMap((value) => preparationOf(value) ?? []);
  const found = new Map<string, Preprocessing>();
  for (const preparation of [...own.toReversed(), ...run.preparations.toReversed()]) {
    const key = JSON.stringify(preparation.steps.map(({ operation }) => operation));
    if (!found.has(key)) found.set(key, placed(preparation));
  }
  if (found.size === 0) return model;
  const preprocessing = [...found.values()].sort((left, right) => Number(isRandom(left)) - Number(isRandom(right))).slice(0, most);
  return { ...model, graph: { ...graph, preprocessing } };
}

function takesArrays({ inputs, values }: LayerGraph): boolean {
  const shape = inputs.length > 0 ? values[inputs[0]].type.shape : undefined;
  return shape !== undefined && shape.length >= 2;
}

function isRandom({ steps }: Preprocessing): boolean {
  return steps.some((step) => step.kind === 'skipped' && step.reason === 'random');
}

function placed({ place, steps }: Preparation): Preprocessing {
  const at = place ?? steps.find((step) => step.place)?.place;
  return {
    ...(at && { location: locationOf(at) }),
    steps: steps.map(({ operation, place: of }) => ({ ...operation, ...(of && { location: locationOf(of) }) })),
  };
}
