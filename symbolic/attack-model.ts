import type { LayerGraph } from '../graph/graph.ts';
import { instantiate } from '../graph/instantiate.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Weights } from '../graph/weights.ts';
import { checkFeeds, createSession } from '../runtime/index.ts';
import { compile } from './network/compile.ts';
import { findAdversarial, type RobustnessAnswer, type RobustnessOptions, type RobustnessQuestion } from './robustness.ts';
import { readWeights } from './verify.ts';

/**
 * Looks for an adversarial input of a classifier near `input`, or proves that there is none.
 * Every candidate is run on the original graph in ONNX Runtime before it counts.
 * @param input the model's one input, with its batch axis of 1; float32
 * @throws UnsupportedNetwork where operators have no bounds; RangeError where the question makes no sense
 */
export async function attackModel(graph: LayerGraph, weights: Weights, input: Tensor, question: Omit<RobustnessQuestion, 'input'>, options: Omit<RobustnessOptions, 'replay'> = {}): Promise<RobustnessAnswer> {
  if (graph.inputs.length !== 1) throw new RangeError(`the model has ${graph.inputs.length} inputs; adversarial inputs are sought for models with one`);
  if (input.dataType !== 'float32') throw new RangeError(`the model takes ${input.dataType}; adversarial inputs are sought for models that take float32`);
  const { name } = graph.values[graph.inputs[0]];
  const { sizes } = checkFeeds(graph, { [name]: input }, new Set(graph.inputs));
  const read = await readWeights(graph, weights);
  const compiled = (exact: boolean) => compile(instantiate(graph, sizes), read, { shapes: new Map([[name, input.shape]]), logits: true, exact });
  const network = compiled(false);
  const session = await createSession(graph, weights);
  try {
    const replay = async (data: Float32Array): Promise<ArrayLike<number>> => {
      const { outputs } = await session.run({ [name]: { ...input, data } });
      return [...outputs.values()][0].data as Float32Array;
    };
    return await findAdversarial(network, { ...question, input: input.data as Float32Array }, { exact: () => compiled(true), ...options, replay });
  } finally {
    await session.close();
  }
}
