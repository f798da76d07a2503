import type { LayerGraph, Value } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { Builder, MOST_COEFFICIENTS } from './builder.ts';
import { constant, isConstant, joined, sizeOf, wholeNode, type Elements } from './elements.ts';
import { fusing } from './fuse.ts';
import { linear } from './lowering/linear.ts';
import { NotLowered, Operation, type Lowering } from './lowering/lowering.ts';
import { nonlinear } from './lowering/nonlinear.ts';
import { structural } from './lowering/structural.ts';
import { NetworkTooLarge, UnsupportedNetwork, type Network, type NetworkInput } from './network.ts';
import { finished, inTurns, type Steps } from './steps.ts';

const lowerings: Readonly<Record<string, Lowering>> = { ...structural, ...linear, ...nonlinear };

export interface CompileOptions {
  /** The shape of each input by name; where one is missing the graph's own is taken, with 1 for sizes that it leaves open. */
  readonly shapes?: ReadonlyMap<string, readonly number[]>;
  /** Leaves out a Softmax at the end: which class wins does not depend on it. */
  readonly logits?: boolean;
  /** Keeps every layer apart, so that all coefficients are the model's own numbers. */
  readonly exact?: boolean;
  /** The value to take as the output instead of the graph's outputs; of several, all their elements one behind the other. */
  readonly output?: number | readonly number[];
  /** Values of the graph whose elements should be found in the network (`Network.kept`). */
  readonly keep?: readonly number[];
}

/**
 * The network of a graph with its weights.
 * @param weights by the names of the graph's parameters.
 * @throws UnsupportedNetwork where operators have no bounds, all of them named; RangeError where a weight is missing or not finite.
 */
export function compile(graph: LayerGraph, weights: ReadonlyMap<string, Tensor>, options: CompileOptions = {}): Network {
  return finished(compiling(graph, weights, options));
}

/**
 * As `compile`, in turns with the events of the process: a large network takes seconds.
 * @throws the signal's reason where it is aborted
 */
export function compileInTurns(graph: LayerGraph, weights: ReadonlyMap<string, Tensor>, options: CompileOptions = {}, signal?: AbortSignal): Promise<Network> {
  return inTurns(compiling(graph, weights, options), signal);
}

function* compiling(graph: LayerGraph, weights: ReadonlyMap<string, Tensor>, options: CompileOptions): Steps<Network> {
  const builder = new Builder();
  const values = new Map<number, Elements>();
  const inputs = placeInputs(graph, options);
  builder.input(inputs.reduce((sum, input) => sum + input.size, 0));
  graph.inputs.forEach((id, k) => values.set(id, wholeNode(0, inputs[k].shape, inputs[k].offset)));

  const { outputs, logits } = chosenOutputs(graph, options);
  const unsupported: { type: string; name: string; reason: string }[] = [];
  const needed = ancestors(graph, outputs);
  refuseTooLarge(graph, needed);
  for (const operator of graph.operators) {
    if (!needed.has(operator.id)) continue;
    const operands = operator.inputs.map((id) => (id === undefined ? undefined : values.get(id) ?? known(graph.values[id], graph, weights)));
    builder.origin = operator.name || operator.type;
    try {
      if (operator.inputs.some((id, k) => id !== undefined && operands[k] === undefined)) {
        if (unsupported.length === 0) throw new NotLowered('it reads an output of another operator that has no bounds');
        continue; // behind something unsupported
      }
      const made = yield* lower(new Operation(builder, operands, operator.attributes, operator.outputs.length), operator.domain === '' || operator.domain === 'ai.onnx' ? operator.type : `${operator.domain}.${operator.type}`, operator.attributes, operator.reason);
      operator.outputs.forEach((id, k) => {
        if (made[k]) values.set(id, made[k]);
      });
      yield;
    } catch (error) {
      if (!(error instanceof NotLowered || error instanceof RangeError)) throw error;
      unsupported.push({ type: operator.type, name: operator.name, reason: error.message });
    }
  }
  if (unsupported.length > 0) throw new UnsupportedNetwork(unsupported);
  const results = outputs.map((id) => {
    const result = values.get(id) ?? known(graph.values[id], graph, weights);
    if (!result) throw new UnsupportedNetwork([{ type: 'output', name: graph.values[id].name, reason: 'there are no bounds for it' }]);
    return result;
  });
  builder.origin = 'output';
  const all = results.length === 1 ? results[0] : joined(results);
  if (isConstant(all)) throw new UnsupportedNetwork([{ type: 'output', name: '', reason: 'the output does not depend on the input' }]);
  const output = builder.node(all);
  const kept = options.keep && new Map(options.keep.flatMap((id) => {
    const elements = values.get(id);
    return elements?.nodes ? [[id, { nodes: elements.nodes, indices: elements.indices! }]] : [];
  }));
  const network: Network = { nodes: builder.nodes, inputs, output, outputShape: all.shape, logits, ...(kept ? { kept } : {}) };
  return yield* fusing(network, !options.exact);
}

function* lower(operation: Operation, type: string, attributes: LayerGraph['operators'][number]['attributes'], reason: string | undefined): Steps<readonly Elements[]> {
  if (type === 'Constant') {
    const value = attributes.value;
    if (typeof value === 'object' && 'data' in value) return [constant(value.shape, value.data.map(Number))];
    const scalar = attributes.value_float ?? attributes.value_int;
    if (typeof scalar === 'number') return [constant([], [scalar])];
    const list = attributes.value_floats ?? attributes.value_ints;
    if (Array.isArray(list)) return [constant([list.length], list as number[])];
  }
  const lowering = Object.hasOwn(lowerings, type) ? lowerings[type] : undefined;
  if (!lowering) throw new NotLowered(reason ?? 'there are no bounds for this operator');
  const made = lowering(operation);
  if (Symbol.iterator in made && 'next' in made) return [yield* made];
  return Array.isArray(made) ? made as Elements[] : [made as Elements];
}

function placeInputs(graph: LayerGraph, options: CompileOptions): NetworkInput[] {
  let offset = 0;
  return graph.inputs.map((id) => {
    const value = graph.values[id];
    const own = value.type.shape?.map((size) => (typeof size === 'number' ? size : 1));
    const shape = options.shapes?.get(value.name) ?? own;
    if (!shape) throw new RangeError(`the shape of the input ${value.name} is not known`);
    const input = { name: value.name, shape, offset, size: sizeOf(shape), dataType: value.type.dataType ?? 'float32' };
    offset += input.size;
    return input;
  });
}

function known(value: Value, graph: LayerGraph, weights: ReadonlyMap<string, Tensor>): Elements | undefined {
  if (value.constant) return constant(value.constant.shape, value.constant.data.map(Number));
  if (value.parameter === undefined) return undefined;
  const parameter = graph.parameters[value.parameter];
  const tensor = weights.get(parameter.name);
  if (!tensor) throw new RangeError(`there are no weights for the parameter ${parameter.name}`);
  const result = constant(tensor.shape, Float64Array.from(tensor.data as ArrayLike<number | bigint>, Number));
  if (!result.values.every(Number.isFinite)) throw new RangeError(`the weights of ${parameter.name} are not all finite numbers`);
  return result;
}

/** The outputs, taken before a last Softmax where logits are wanted. */
export function chosenOutputs(graph: LayerGraph, options: CompileOptions): { outputs: readonly number[]; logits: boolean } {
  if (options.output !== undefined) return { outputs: [options.output].flat(), logits: false };
  if (!options.logits || graph.outputs.length !== 1) return { outputs: graph.outputs, logits: false };
  let id = graph.outputs[0];
  for (;;) {
    const producer = graph.values[id].producer;
    const operator = producer === undefined ? undefined : graph.operators[producer];
    const [first] = operator?.inputs ?? [];
    if (operator?.domain !== '' || first === undefined) return { outputs: graph.outputs, logits: false };
    if (operator.type === 'Softmax' || operator.type === 'LogSoftmax') return isOverAll(operator.attributes.axis, graph.values[id].type.shape) ? { outputs: [first], logits: true } : { outputs: graph.outputs, logits: false };
    if (operator.type !== 'Identity') return { outputs: graph.outputs, logits: false };
    id = first;
  }
}

/** Whether an axis holds all elements of a shape: the other sizes are 1, or open, which counts as 1. */
function isOverAll(axis: unknown, shape: Value['type']['shape']): boolean {
  const at = typeof axis === 'number' ? axis : -1;
  return shape?.every((size, k) => k === (at < 0 ? at + shape.length : at) || size === 1 || typeof size !== 'number') ?? true;
}

/** Says at once what would be found out after much work, where the sizes of convolutions are known. */
function refuseTooLarge(graph: LayerGraph, needed: ReadonlySet<number>): void {
  const sizeOfValue = (id: number | undefined): number => {
    const shape = id === undefined ? undefined : graph.values[id].type.shape;
    return shape?.every((size) => typeof size === 'number') ? sizeOf(shape) : 0;
  };
  let coefficients = 0;
  for (const { id, type, inputs, outputs } of graph.operators) {
    if (type !== 'Conv' || !needed.has(id)) continue;
    const channels = graph.values[inputs[1]!].type.shape?.[0];
    if (typeof channels === 'number') coefficients += (sizeOfValue(outputs[0]) * sizeOfValue(inputs[1])) / channels;
  }
  if (coefficients > MOST_COEFFICIENTS) throw new NetworkTooLarge(`written out, the network has ${Math.round(coefficients / 1e6)} million coefficients, and ${MOST_COEFFICIENTS / 1e6} million are the most`);
}

function ancestors(graph: LayerGraph, outputs: readonly number[]): Set<number> {
  const needed = new Set<number>();
  const open = [...outputs];
  while (open.length > 0) {
    const producer = graph.values[open.pop()!].producer;
    if (producer === undefined || needed.has(producer)) continue;
    needed.add(producer);
    for (const input of graph.operators[producer].inputs) if (input !== undefined) open.push(input);
  }
  return needed;
}
