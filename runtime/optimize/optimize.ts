import type { LayerGraph, Operator } from '../../graph/graph.ts';
import { elementCount } from '../../graph/elements.ts';
import { inferTypes } from '../../graph/inference.ts';
import { isKnown } from '../../graph/dimension.ts';
import { isFloating } from '../../graph/operators/data-types.ts';
import type { Weights } from '../../graph/weights.ts';
import { createSession } from '../session/session.ts';
import { Draft, type Rewrite } from './draft.ts';
import { rules } from './rules.ts';

export type { Rewrite } from './draft.ts';

export interface Optimized {
  readonly graph: LayerGraph;
  readonly weights: Weights;
  readonly rewrites: readonly Rewrite[];
}

/** Operators whose results differ from run to run. */
const randomOperators = new Set(['RandomNormal', 'RandomUniform', 'RandomNormalLike', 'RandomUniformLike', 'Bernoulli', 'Multinomial']);
/** Results larger than this are computed in every run rather than stored. */
const largestFolded = 2 ** 24;

/**
 * Folds what does not depend on the inputs, joins operators that one can do, removes those that change nothing or are
 * computed twice. The results stay what they were, up to rounding.
 */
export async function optimize(graph: LayerGraph, weights: Weights): Promise<Optimized> {
  const draft = new Draft(graph, weights);
  await foldConstants(draft, graph);
  for (let changed = true; changed;) {
    changed = false;
    for (const operator of [...draft.present()]) {
      for (const rule of rules) {
        const current = draft.operators[operator.id];
        if (!current || current.domain !== '' || !rule.types.includes(current.type)) continue;
        if (await rule.apply(draft, current)) changed = true;
      }
    }
    if (joinTwins(draft)) changed = true;
  }
  const before = new Set(graph.operators.map(({ id }) => id));
  const finished = draft.finish();
  const mentioned = new Set(draft.rewrites.flatMap(({ nodes }) => nodes));
  const alive = new Set(finished.operators.map(({ name }) => name));
  const dead = graph.operators.filter(({ id, name }) => before.has(id) && !alive.has(name) && !mentioned.has(name)).map(({ name }) => name);
  const rewrites = dead.length > 0 ? [...draft.rewrites, { rule: 'remove operators that no output needs', nodes: dead }] : draft.rewrites;
  const used = new Set(finished.parameters.map(({ name }) => name));
  return { graph: finished, weights: new Map([...draft.weights].filter(([name]) => used.has(name))), rewrites };
}

/** Computes every operator whose inputs are the same in every run, and keeps the results as weights. */
async function foldConstants(draft: Draft, graph: LayerGraph): Promise<void> {
  const typed = inferTypes(graph);
  const fixed = new Set<number>(draft.values.filter(({ id }) => draft.isFixed(id) && hasElements(draft, id)).map(({ id }) => id));
  const foldable: Operator[] = [];
  for (const operator of draft.present()) {
    const known = operator.domain === '' && !randomOperators.has(operator.type) && operator.inputs.every((input) => input === undefined || fixed.has(input));
    const small = operator.outputs.every((output) => {
      const { shape } = typed.values[output].type;
      return shape?.every(isKnown) && elementCount(shape as number[]) <= largestFolded;
    });
    if (!known || !small) continue;
    foldable.push(operator);
    for (const output of operator.outputs) fixed.add(output);
  }
  if (foldable.length === 0) return;
  // only results that an operator beside them takes need be kept
  const folding = new Set(foldable.map(({ id }) => id));
  const wanted = foldable.flatMap(({ outputs }) => outputs).filter((value) => draft.outputs.includes(value) || draft.consumers(value).some(({ id }) => !folding.has(id)));
  if (wanted.length > 0) {
    const session = await createSession({ ...graph, inputs: [], outputs: wanted }, draft.weights);
    try {
      const { outputs } = await session.run({});
      for (const value of wanted) {
        if (draft.outputs.includes(value)) continue;
        const tensor = outputs.get(graph.values[value].name)!;
        const { name } = draft.values[value];
        const small = tensor.data.length <= 1024 && !isFloating(tensor.dataType);
        draft.redirect(value, small ? draft.addConstant(`${name}_folded`, tensor) : draft.addWeight(`${name}_folded`, tensor, 0));
      }
    } finally {
      await session.close();
    }
  }
  const gone = foldable.filter(({ outputs }) => !outputs.some((output) => draft.outputs.includes(output)));
  for (const operator of gone) draft.remove(operator);
  if (gone.length > 0) draft.note('compute once what no input changes', ...gone);
}

function hasElements(draft: Draft, value: number): boolean {
  const { parameter, constant } = draft.values[value];
  return constant !== undefined || (parameter !== undefined && draft.weights.has(draft.parameters[parameter].name));
}

/** Operators that compute the same of the same become one. */
function joinTwins(draft: Draft): boolean {
  const seen = new Map<string, Operator>();
  let changed = false;
  for (const operator of draft.present()) {
    if (operator.domain === 'layerscope' || randomOperators.has(operator.type)) continue;
    const key = JSON.stringify([operator.domain, operator.type, operator.attributes, operator.inputs, operator.outputs.length]);
    const twin = seen.get(key);
    if (!twin) seen.set(key, operator);
    else if (!operator.outputs.some((output) => draft.outputs.includes(output))) {
      draft.remove(operator);
      operator.outputs.forEach((output, index) => draft.redirect(output, twin.outputs[index]));
      draft.note('compute once what is computed twice', twin, operator);
      changed = true;
    }
  }
  return changed;
}
