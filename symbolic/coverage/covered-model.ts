import { isKnown } from '../../graph/dimension.ts';
import type { LayerGraph } from '../../graph/graph.ts';
import { smallest } from '../../graph/instantiate.ts';
import type { Weights } from '../../graph/weights.ts';
import { createSession, type Session } from '../../runtime/index.ts';
import { chosenOutputs, compileInTurns } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { readWeights } from '../verify.ts';
import { activations, hiddenLayers, type HiddenLayer } from './hidden-layers.ts';

/** What the original model does on one input, by ONNX Runtime. */
export interface Observation {
  /** The class with the largest output; of a single sigmoid, whether it is above a half; 0 where a single output is no class. */
  readonly label: number;
  /** The first output's values, before a last softmax. */
  readonly outputs: Float32Array;
  /** The neurons' values before their activations, by hidden layer. */
  readonly layers: readonly Float32Array[];
}

/** Inputs that are run at once where the model takes a batch of any size. */
const BATCH = 32;

/**
 * A model whose hidden neurons are to be covered: the original in ONNX Runtime, which says what is met, and its network
 * in doubles, which finds inputs and proves that there are none.
 */
export class CoveredModel {
  readonly loaded: LoadedNetwork;
  readonly layers: readonly HiddenLayer[];
  /** The shape of one input, with its batch axis of 1. */
  readonly inputShape: readonly number[];
  readonly inputSize: number;

  private constructor(private readonly graph: LayerGraph, private readonly session: Session, loaded: LoadedNetwork, layers: readonly HiddenLayer[], private readonly takesBatches: boolean) {
    this.loaded = loaded;
    this.layers = layers;
    this.inputShape = loaded.network.inputs[0].shape;
    this.inputSize = loaded.inputSize;
  }

  /**
   * @throws RangeError where tests cannot be made for such a model; UnsupportedNetwork where operators have no bounds
   */
  static async open(graph: LayerGraph, weights: Weights, signal?: AbortSignal): Promise<CoveredModel> {
    if (graph.inputs.length !== 1) throw new RangeError(`the model has ${graph.inputs.length} inputs; tests are generated for models with one`);
    const { type } = graph.values[graph.inputs[0]];
    if (type.dataType !== undefined && type.dataType !== 'float32') throw new RangeError(`the model takes ${type.dataType}; tests are generated for models that take float32`);
    const batch = type.shape?.[0];
    if (batch !== undefined && isKnown(batch) && batch !== 1 && type.shape!.length > 1) throw new RangeError(`the model is called with a batch of ${batch}; tests are generated for a batch of any size, or of 1`);
    const single = smallest(graph);
    const read = await readWeights(single, weights);
    const network = await compileInTurns(single, read, { logits: true, keep: activations(single).map(({ inputs }) => inputs[0]!), ...(graph.outputs.length > 1 ? { output: graph.outputs[0] } : {}) }, signal);
    const layers = hiddenLayers(single, network);
    return new CoveredModel(graph, await createSession(graph, weights), new LoadedNetwork(network), layers, batch !== undefined && !isKnown(batch));
  }

  /** Runs one input by itself, so that its values do not depend on what else is run. */
  async run(input: Float32Array): Promise<Observation> {
    return (await this.runTogether([input]))[0];
  }

  /** Runs many inputs, several at once where the model allows it; gives way to events between batches. */
  async *runAll(inputs: Iterable<Float32Array>): AsyncGenerator<Observation> {
    let waiting: Float32Array[] = [];
    const most = this.takesBatches ? BATCH : 1;
    for (const input of inputs) {
      waiting.push(input);
      if (waiting.length < most) continue;
      yield* await this.runTogether(waiting);
      waiting = [];
    }
    if (waiting.length > 0) yield* await this.runTogether(waiting);
  }

  close(): Promise<void> {
    return this.session.close();
  }

  #label(outputs: Float32Array): number {
    if (outputs.length > 1) return largest(outputs);
    const { producer } = this.graph.values[this.graph.outputs[0]];
    return producer !== undefined && this.graph.operators[producer].type === 'Sigmoid' && outputs[0] > 0.5 ? 1 : 0;
  }

  private async runTogether(inputs: readonly Float32Array[]): Promise<Observation[]> {
    const count = inputs.length;
    const data = new Float32Array(count * this.inputSize);
    inputs.forEach((input, r) => data.set(input, r * this.inputSize));
    const { values } = this.graph;
    const output = values[chosenOutputs(this.graph, { logits: true }).outputs[0]].name;
    const fetch = [output, ...this.layers.map(({ value }) => values[value].name)];
    const shape = this.takesBatches ? [count, ...this.inputShape.slice(1)] : this.inputShape;
    const result = await this.session.run({ [values[this.graph.inputs[0]].name]: { dataType: 'float32', shape, data } }, { fetch: [...new Set(fetch)] });
    const rows = (name: string, r: number): Float32Array => {
      const all = result.outputs.get(name)!.data as Float32Array;
      const size = all.length / count;
      return all.slice(r * size, (r + 1) * size);
    };
    return inputs.map((_, r) => {
      const outputs = rows(output, r);
      return { label: this.#label(outputs), outputs, layers: this.layers.map(({ value }) => rows(values[value].name, r)) };
    });
  }
}

function largest(scores: Float32Array): number {
  let label = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[label]) label = i;
  return label;
}

/** The share of a layer's largest value, or of 1, that a value must be from 0 for its sign to count. */
export const CLEARANCE = 4e-6;

/** How far a value must be from 0 for its sign to count, so that another runtime's rounding does not turn it, relative to the layer's largest. */
export function clearance(layer: Float32Array): number {
  let most = 1;
  for (const value of layer) most = Math.max(most, Math.abs(value));
  return CLEARANCE * most;
}
