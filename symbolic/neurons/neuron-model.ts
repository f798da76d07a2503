import type { LayerGraph, Operator } from '../../graph/graph.ts';
import { instantiate } from '../../graph/instantiate.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Weights } from '../../graph/weights.ts';
import { checkFeeds, createSession, gradientGraph, scoresBefore, type Session } from '../../runtime/index.ts';
import type { Box } from '../bounds/regions.ts';
import { compile, compileInTurns, type CompileOptions } from '../network/compile.ts';
import { sizeOf, stridesOf } from '../network/elements.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import type { Network } from '../network/network.ts';
import { readWeights } from '../verify.ts';
import { ActivationRegion, type LinearForm, type Phase, type Target } from './activation-region.ts';
import { boundsOver, softmaxBounds, type Interval } from './bounds.ts';
import { PhaseNames, reluOutputs } from './phase-names.ts';
import { parsePlace, placeIn, tensorOf, termsOf, withoutBatch, type Place } from './place.ts';

/** A neuron, a channel or a margin of a model, with the network that computes it and its activation region at the model's input. */
export interface Neuron extends Place {
  readonly name: string;
  /** Computes the whole tensor of the place; the target is in its output node. */
  readonly network: Network;
  readonly target: Target;
  readonly region: ActivationRegion;
  readonly form: LinearForm;
  readonly phases: readonly Phase[];
}

/** A neuron with its gradient at the input, where there is nothing more. */
export type Tangent = Pick<Neuron, 'name' | 'form' | keyof Place>;

/** What some operators can give, whatever they are given. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = { Softmax: [0, 1], Sigmoid: [0, 1], HardSigmoid: [0, 1], Tanh: [-1, 1], Relu: [0, Infinity], Abs: [0, Infinity], Sin: [-1, 1], Cos: [-1, 1], Erf: [-1, 1] };

/**
 * A model at one input, ready for questions about its neurons. Networks are compiled once for each tensor that is asked
 * about; ONNX Runtime is loaded with the first replay. It must be closed.
 */
export class NeuronModel {
  /** All inputs one behind the other, as the network takes them. */
  readonly input: Float64Array;
  private readonly networks = new Map<number, { network: Network; region: ActivationRegion }>();
  private session: Promise<Session> | undefined;

  private constructor(
    readonly graph: LayerGraph,
    readonly weights: Weights,
    readonly feeds: ReadonlyMap<string, Tensor>,
    private readonly read: ReadonlyMap<string, Tensor>,
    private readonly sized: LayerGraph,
  ) {
    this.input = Float64Array.from(this.inputs().flatMap(([, { data }]) => Array.from(data as Float32Array)));
    if (!this.input.every(Number.isFinite)) throw new RangeError('the input holds numbers that are not finite');
  }

  /**
   * @param feeds every input of the model, for one example; float32.
   * @throws RangeError where an input is no float32 tensor of one example; RunError where one does not fit
   */
  static async open(graph: LayerGraph, weights: Weights, feeds: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>): Promise<NeuronModel> {
    const given = new Map(feeds instanceof Map ? feeds : Object.entries(feeds as Record<string, Tensor>));
    for (const [name, { dataType, shape }] of given) {
      if (dataType !== 'float32') throw new RangeError(`the input ${name} takes ${dataType}; neurons are explained for models that take float32`);
      if (shape.length > 1 && shape[0] !== 1) throw new RangeError(`the input ${name} holds ${shape[0]} examples; neurons are explained at one`);
    }
    const { sizes } = checkFeeds(graph, given, new Set(graph.inputs));
    return new NeuronModel(graph, weights, given, await readWeights(graph, weights), instantiate(graph, sizes));
  }

  /** The neuron or channel that `LAYER[INDEX]` names. */
  named(text: string): Neuron {
    const { layer, index } = parsePlace(text);
    return this.at(tensorOf(this.graph, layer), index, layer);
  }

  /**
   * The neuron or channel at an index of a tensor, without the batch axis.
   * @throws UnsupportedNetwork where operators before it are not known; RangeError where the index lies outside
   */
  at(value: number, index: readonly number[], name = this.graph.values[value].name): Neuron {
    const { network, region } = this.compiled(value);
    const channelAxis = this.channelAxis(value, network.outputShape.length - 1);
    const place = placeIn(value, name, network.outputShape, index, channelAxis);
    return this.neuronOf(`${name}[${place.index.join(',')}]`, place, network, region, { node: network.output, terms: termsOf(place, channelAxis) });
  }

  /**
   * What can be said of a neuron whose network is not to be had, as operators on the way have no bounds or it is too large: its value and
   * its gradient at the input, by ONNX Runtime in float32.
   * @throws GradientError where no gradient passes through an operator
   */
  async tangent(value: number, index: readonly number[], name = this.graph.values[value].name): Promise<Tangent> {
    const shape = this.sized.values[value].type.shape;
    if (!shape?.every((size) => typeof size === 'number')) throw new RangeError(`the shape of ${name} is not known`);
    const channelAxis = this.channelAxis(value, shape.length - 1);
    const place = placeIn(value, name, shape, index, channelAxis);
    const back = gradientGraph(this.sized, this.sized.inputs, value);
    const session = await createSession(back.graph, this.weights);
    try {
      const seed = new Float32Array(sizeOf(shape));
      const terms = termsOf(place, channelAxis);
      for (const { index: at, weight } of terms) seed[at] = weight;
      const named = (id: number) => back.graph.values[id].name;
      const fetch = [value, ...back.gradients.filter((id) => id !== undefined)].map(named);
      const { outputs } = await session.run({ ...Object.fromEntries(this.inputs()), [back.seed]: { dataType: 'float32', shape, data: seed } }, { fetch });
      const values = outputs.get(named(value))!.data as Float32Array;
      const coefficients = Float64Array.from(this.inputs().flatMap(([, { data }], k) => (back.gradients[k] === undefined ? new Array<number>(data.length).fill(0) : Array.from(outputs.get(named(back.gradients[k]))!.data as Float32Array))));
      const here = terms.reduce((sum, { index: at, weight }) => sum + weight * values[at], 0);
      return { ...place, name: `${name}[${place.index.join(',')}]`, form: { coefficients, constant: coefficients.reduce((rest, c, j) => rest - c * this.input[j], here), value: here, exact: false } };
    } finally {
      await session.close();
    }
  }

  /** The tangent of what `LAYER[INDEX]` names. */
  async tangentNamed(text: string): Promise<Tangent> {
    const { layer, index } = parsePlace(text);
    return this.tangent(tensorOf(this.graph, layer), index, layer);
  }

  /** How much larger one neuron is than another of the same tensor. */
  difference(left: Neuron, right: Neuron): Neuron {
    if (left.value !== right.value) throw new RangeError(`${left.name} and ${right.name} are of different layers: their difference is asked for within one`);
    const terms = [...left.target.terms, ...right.target.terms.map(({ index, weight }) => ({ index, weight: -weight }))];
    return this.neuronOf(`${left.name} - ${right.name}`, left, left.network, left.region, { node: left.target.node, terms });
  }

  /** Where in the model the ReLUs of a neuron's network are. */
  phaseNames({ network }: Neuron): PhaseNames {
    return new PhaseNames(this.sized, network);
  }

  /** An element of the flat input as the input and the index in it, without the batch axis. */
  inputPlace(element: number): { readonly input: string; readonly index: readonly number[] } {
    let offset = 0;
    for (const [name, { shape }] of this.inputs()) {
      const size = sizeOf(shape);
      if (element < offset + size) {
        const own = withoutBatch(shape);
        const strides = stridesOf(own);
        return { input: name, index: own.map((length, axis) => Math.floor((element - offset) / strides[axis]) % length) };
      }
      offset += size;
    }
    throw new RangeError(`the input has ${offset} elements: there is none numbered ${element}`);
  }

  /** The inputs in the order in which the network takes them. */
  inputs(): [name: string, tensor: Tensor][] {
    return this.graph.inputs.map((id) => [this.graph.values[id].name, this.feeds.get(this.graph.values[id].name)!]);
  }

  /** The score of a class, before a softmax; over another class's where that is given. */
  score(label: number, other?: number): Neuron {
    const value = this.scores;
    const { network, region } = this.compiled(value);
    const { size } = network.nodes[network.output];
    for (const one of [label, other]) if (one !== undefined && !(Number.isInteger(one) && one >= 0 && one < size)) throw new RangeError(`a class is a number from 0 to ${size - 1}, not ${one}`);
    const terms = [{ index: label, weight: 1 }, ...(other === undefined ? [] : [{ index: other, weight: -1 }])];
    return this.neuronOf(other === undefined ? `class ${label}` : `class ${label} over ${other}`, { value, shape: [size], index: [label], channel: false }, network, region, { node: network.output, terms });
  }

  /** The class that the model gives the input, in float64. */
  get label(): number {
    const { network, region } = this.compiled(this.scores);
    const scores = region.values[network.output];
    return scores.indexOf(Math.max(...scores));
  }

  /** The tensor of the class scores, before a softmax. */
  get scores(): number {
    return scoresBefore(this.graph, this.graph.outputs[0]);
  }

  /** Sound bounds on a neuron over a box of inputs. */
  bounds({ value, network, target }: Neuron, box: Box): Interval {
    const operator = this.producer(value);
    if (operator?.type === 'Softmax' && target.terms.length === 1 && network.outputShape.filter((size) => size > 1).length === 1) return softmaxBounds(this.network([operator.inputs[0]!], false), target.terms[0].index, box);
    const [{ lower, upper }] = boundsOver(network, [target], box);
    // what the operator can give at all
    const [least, most] = RANGES[operator?.type ?? ''] ?? [-Infinity, Infinity];
    const end = (falling: number, rising: number) => target.terms.reduce((sum, { weight }) => sum + (weight === 0 ? 0 : weight * (weight > 0 ? rising : falling)), 0);
    return { lower: Math.max(lower, end(most, least)), upper: Math.min(upper, end(least, most)) };
  }

  /** The operator that makes a tensor, past those that pass it on. */
  private producer(value: number): Operator | undefined {
    const made = this.sized.values[value].producer;
    const operator = made === undefined ? undefined : this.sized.operators[made];
    return operator && ['Identity', 'Dropout'].includes(operator.type) ? this.producer(operator.inputs[0]!) : operator;
  }

  /**
   * Compiles what the named neurons, or the neurons of tensors, need, in turns with the events of the process: afterwards they are at hand.
   * @throws the signal's reason where it is aborted
   */
  async prepare(places: readonly (string | number)[], signal?: AbortSignal): Promise<void> {
    for (const place of places) {
      const value = typeof place === 'number' ? place : tensorOf(this.graph, parsePlace(place).layer);
      if (!this.networks.has(value)) this.keep(value, await compileInTurns(this.sized, this.read, this.compiling([value], false), signal));
    }
  }

  /** The network that computes a tensor, and its region at the input. */
  private compiled(value: number): { network: Network; region: ActivationRegion } {
    return this.networks.get(value) ?? this.keep(value, this.network([value], false));
  }

  private keep(value: number, network: Network): { network: Network; region: ActivationRegion } {
    const made = { network, region: new ActivationRegion(new LoadedNetwork(network), this.input) };
    this.networks.set(value, made);
    return made;
  }

  /**
   * The network that computes some tensors, all their elements one behind the other.
   * @param exact keeps every layer apart, so that all coefficients are the model's own numbers.
   */
  network(values: readonly number[], exact: boolean): Network {
    return compile(this.sized, this.read, this.compiling(values, exact));
  }

  private compiling(values: readonly number[], exact: boolean): CompileOptions {
    const shapes = new Map([...this.feeds].map(([name, { shape }]) => [name, shape]));
    return { output: values.length === 1 ? values[0] : values, shapes, exact, keep: reluOutputs(this.sized) };
  }

  /** What some quantities of the original model are at another input, by ONNX Runtime in float32. */
  async replay(input: Float64Array, places: readonly Pick<Neuron, 'value' | 'target'>[]): Promise<number[]> {
    const outputs = await this.run(input, places.map(({ value }) => value));
    return places.map(({ target }, k) => target.terms.reduce((sum, { index, weight }) => sum + weight * outputs[k][index], 0));
  }

  /** The class scores (before a softmax) at another input, by ONNX Runtime. */
  async scoresAt(input: Float64Array): Promise<Float32Array> {
    return (await this.run(input, [this.scores]))[0];
  }

  private async run(input: Float64Array, values: readonly number[]): Promise<Float32Array[]> {
    this.session ??= createSession(this.graph, this.weights);
    let offset = 0;
    const feeds: Record<string, Tensor> = {};
    for (const [name, { shape }] of this.inputs()) {
      feeds[name] = { dataType: 'float32', shape, data: Float32Array.from(input.subarray(offset, offset += sizeOf(shape))) };
    }
    const session = await this.session;
    const names = values.map((value) => this.graph.values[value].name);
    const { outputs } = await session.run(feeds, { fetch: names });
    return names.map((name) => outputs.get(name)!.data as Float32Array);
  }

  async close(): Promise<void> {
    await this.session?.then((session) => session.close(), () => undefined);
  }

  private neuronOf(name: string, place: Place, network: Network, region: ActivationRegion, target: Target): Neuron {
    return { name, ...place, network, target, region, form: region.form(target), phases: region.phases(target) };
  }

  /** Channels stand last where the layer that made the tensor says so, first elsewhere. */
  private channelAxis(value: number, rank: number): number {
    const scope = this.graph.scopes.find(({ outputs }) => outputs.includes(value));
    const layer = scope && this.graph.layers[scope.layer];
    const last = this.graph.framework === 'keras' || this.graph.framework === 'tensorflow' ? layer?.configuration.data_format !== 'channels_first' : layer?.configuration.data_format === 'channels_last';
    return last ? rank - 1 : 0;
  }
}
