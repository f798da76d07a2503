import type { LayerGraph, Operator } from '../../graph/graph.ts';
import { elementCount } from '../../graph/elements.ts';
import type { Network } from '../network/network.ts';

/** The hidden neurons of one activation: the elements of what goes into it. */
export interface HiddenLayer {
  /** The layer's path in the framework's words, or the operator's name. */
  readonly name: string;
  /** The graph's value whose elements are the neurons' values before the activation. */
  readonly value: number;
  /** Without the batch axis. */
  readonly shape: readonly number[];
  readonly size: number;
  /** Where each neuron is in the network; a node of -1 is a constant. */
  readonly nodes: Int32Array;
  readonly indices: Int32Array;
  /** The layers whose activations it reads with no other hidden layer between, by their place in the list. */
  readonly before: readonly number[];
}

/** Operators whose input's sign says whether a neuron is active. */
const ACTIVATIONS = new Set(['Relu', 'LeakyRelu', 'PRelu', 'Elu', 'Selu', 'Celu', 'Gelu', 'Sigmoid', 'HardSigmoid', 'HardSwish', 'Tanh', 'Softplus', 'Softsign', 'Mish', 'Swish']);

/** The values before the activations of a graph, in the order in which they are computed, with their operators. */
export function activations(graph: LayerGraph): Operator[] {
  return graph.operators.filter((operator) => isActivation(graph, operator) && operator.outputs.some((output) => !graph.outputs.includes(output)) && operator.inputs[0] !== undefined && graph.values[operator.inputs[0]].producer !== undefined);
}

/** Clip with a lower end of 0 is a ReLU with a ceiling. */
function isActivation(graph: LayerGraph, { type, domain, inputs }: Operator): boolean {
  if (domain !== '' && domain !== 'ai.onnx') return false;
  if (type !== 'Clip') return ACTIVATIONS.has(type);
  const [, lower] = inputs;
  return lower !== undefined && Number(graph.values[lower].constant?.data[0]) === 0;
}

/**
 * The hidden layers of a compiled graph.
 * @param network compiled with `keep` of the activations' inputs.
 */
export function hiddenLayers(graph: LayerGraph, network: Network): HiddenLayer[] {
  const operators = activations(graph).filter(({ inputs }) => network.kept?.has(inputs[0]!));
  const madeBy = new Map(operators.map(({ outputs }, place) => [outputs[0], place]));
  const seen = new Map<string, number>();
  return operators.map((operator) => {
    const value = operator.inputs[0]!;
    const { nodes, indices } = network.kept!.get(value)!;
    const shape = (graph.values[value].type.shape ?? []).slice(1).map((size) => (typeof size === 'number' ? size : 1));
    const plain = nameOf(graph, operator);
    const times = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, times);
    return {
      name: times > 1 ? `${plain} (call ${times})` : plain,
      value, nodes, indices, size: nodes.length,
      shape: elementCount(shape) === nodes.length ? shape : [nodes.length],
      before: layersBefore(graph, value, madeBy),
    };
  });
}

/** A neuron in the layer's own axes: `conv2d[3,0,7]`, as `layerscope neuron --at` takes it. */
export function neuronName({ name, shape }: HiddenLayer, neuron: number): string {
  const places: number[] = [];
  let rest = neuron;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    places.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return `${name}[${places.join(',')}]`;
}

function nameOf(graph: LayerGraph, operator: Operator): string {
  const layer = graph.layers[graph.scopes[operator.scope].layer];
  return layer.path || operator.name || operator.type;
}

function layersBefore(graph: LayerGraph, value: number, madeBy: ReadonlyMap<number, number>): number[] {
  const found = new Set<number>();
  const seen = new Set<number>();
  const open = [value];
  while (open.length > 0) {
    const id = open.pop()!;
    const place = madeBy.get(id);
    if (place !== undefined) found.add(place);
    const { producer } = graph.values[id];
    if (place !== undefined || producer === undefined || seen.has(producer)) continue;
    seen.add(producer);
    for (const input of graph.operators[producer].inputs) if (input !== undefined) open.push(input);
  }
  return [...found].sort((a, b) => a - b);
}
