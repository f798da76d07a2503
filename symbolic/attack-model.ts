import type { LayerGraph } from '../graph/graph.ts';
import { instantiate } from '../graph/instantiate.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Weights } from '../graph/weights.ts';
import { batched, checkFeeds, createSession, imageLayout, pixelsOfPicture } from '../runtime/index.ts';
import { compile, compileInTurns } from './network/compile.ts';
import { LoadedNetwork } from './network/loaded.ts';
import { UnsupportedNetwork, type Network } from './network/network.ts';
import { findAdversarial, type RobustnessAnswer, type RobustnessOptions, type RobustnessQuestion } from './robustness.ts';
import { readWeights } from './verify.ts';

/** How far float32 outputs may be from ours, relative to their size plus 1. */
const TOLERANCE = 1e-3;

/**
 * Looks for an adversarial input of a classifier near `input`, or proves that there is none.
 * Every candidate is run on the original graph in ONNX Runtime before it counts.
 * Where the model is called with a batch of a fixed size, the question is about the batch's first example, alone.
 * @param given the model's one input, with its batch axis, or one example of it; float32
 * @throws UnsupportedNetwork where operators have no bounds; RangeError where the question makes no sense
 */
export async function attackModel(graph: LayerGraph, weights: Weights, given: Tensor, question: Omit<RobustnessQuestion, 'input'>, options: Omit<RobustnessOptions, 'replay'> = {}): Promise<RobustnessAnswer> {
  if (graph.inputs.length !== 1) throw new RangeError(`the model has ${graph.inputs.length} inputs; adversarial inputs are sought for models with one`);
  if (given.dataType !== 'float32') throw new RangeError(`the model takes ${given.dataType}; adversarial inputs are sought for models that take float32`);
  const { name, type } = graph.values[graph.inputs[0]];
  const { tensor: input } = batched(given, type.shape, []);
  const { sizes } = checkFeeds(graph, { [name]: input }, new Set(graph.inputs));
  const batch = batchOf(graph, input);
  if (batch > 1 && typeof type.shape?.[0] !== 'number') throw new RangeError(`the input holds ${batch} examples; adversarial inputs are sought near one`);
  const example = firstExample(graph, input);
  const read = await readWeights(graph, weights);
  const asked = (logits: boolean, exact = false) => [instantiate(graph, sizes), read, { shapes: new Map([[name, example.shape]]), logits, exact }] as const;
  const compiled = (logits: boolean, exact = false) => compile(...asked(logits, exact));
  const layout = question.norm === 'l0' ? imageLayout(graph, graph.inputs[0]) : undefined;
  const session = await createSession(graph, weights);
  try {
    const replay = async (data: Float32Array): Promise<ArrayLike<number>> => {
      const whole = (input.data as Float32Array).slice();
      whole.set(data);
      const { outputs } = await session.run({ [name]: { ...input, data: whole } });
      const all = [...outputs.values()][0].data as Float32Array;
      return all.subarray(0, all.length / batch);
    };
    const network = batch > 1 ? await ofOneExample(compiled, batch, example, replay) : await compileInTurns(...asked(true), options.signal);
    return await findAdversarial(network, { ...(layout ? { pixels: pixelsOfPicture(example, layout) } : {}), ...question, input: example.data as Float32Array }, { exact: () => compiled(true, true), ...options, replay });
  } finally {
    await session.close();
  }
}

/** The one example that an attack is about: the first of the batch, with a batch axis of 1. */
export function firstExample(graph: LayerGraph, input: Tensor): Tensor {
  const batch = batchOf(graph, input);
  return batch === 1 ? input : { ...input, shape: [1, ...input.shape.slice(1)], data: (input.data as Float32Array).slice(0, input.data.length / batch) };
}

/** How many examples an input holds: the size of its first axis, unless some output is known to have another one. */
function batchOf(graph: LayerGraph, input: Tensor): number {
  const [first] = input.shape;
  const others = graph.outputs.map((id) => graph.values[id].type.shape?.[0]).some((size) => typeof size === 'number' && size !== first);
  return input.shape.length > 1 && first > 1 && !others ? first : 1;
}

/**
 * The network for one example of a model that is called with several, where it is the same for each.
 * @throws RangeError where it is not: layers that mix examples, or sizes that only fit the whole batch
 */
async function ofOneExample(compiled: (logits: boolean) => Network, batch: number, example: Tensor, replay: (data: Float32Array) => Promise<ArrayLike<number>>): Promise<Network> {
  const refusal = new RangeError(`the model is called with a batch of ${batch}, and its layers do not treat each example alone; call it with a batch of 1`);
  let whole: Network;
  try {
    whole = compiled(false);
  } catch (error) {
    throw error instanceof UnsupportedNetwork && error.operators.some(({ reason }) => /shape|fit|broadcast/.test(reason)) ? refusal : error;
  }
  const loaded = new LoadedNetwork(whole);
  const inputs = [example.data as Float32Array, (example.data as Float32Array).map((x, i) => x + 0.1 * Math.sin(i + 1))];
  for (const data of inputs) {
    const [ours, theirs] = [loaded.evaluate(Float64Array.from(data), 1), await replay(data)];
    if (ours.length !== theirs.length || ours.some((y, i) => !(Math.abs(y - theirs[i]) <= TOLERANCE * (1 + Math.abs(y))))) throw refusal;
  }
  return compiled(true);
}
