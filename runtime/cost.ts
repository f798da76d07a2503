import { isKnown } from '../graph/dimension.ts';
import { elementCount, elementSize } from '../graph/elements.ts';
import type { LayerGraph, Operator } from '../graph/graph.ts';
import { attributesOf } from '../graph/operators/registry.ts';

/** What running a graph of known sizes costs (see `instantiate`). */
export interface Cost {
  /** Multiplications with addition in matrix products and convolutions: what papers call GFLOPS or MACs. */
  readonly multiplyAdds: number;
  /** All arithmetic operations on elements: two for each multiply-add, and those of the other operators. */
  readonly operations: number;
  /** Bytes of all results that are not views: about what training keeps for the way back. */
  readonly activationBytes: number;
}

export interface GraphCost {
  readonly total: Cost;
  /** By ids of operators. */
  readonly operators: ReadonlyMap<number, Cost>;
  /** By ids of layers, inner layers included. */
  readonly layers: ReadonlyMap<number, Cost>;
  /** Operators whose sizes are not known: the figures are without them. */
  readonly unknown: readonly number[];
}

const free: Cost = { multiplyAdds: 0, operations: 0, activationBytes: 0 };

export function graphCost(graph: LayerGraph): GraphCost {
  const operators = new Map<number, Cost>();
  const layers = new Map<number, Cost>();
  const unknown: number[] = [];
  let total = free;
  for (const operator of graph.operators) {
    const cost = operatorCost(graph, operator);
    if (!cost) {
      unknown.push(operator.id);
      continue;
    }
    operators.set(operator.id, cost);
    total = plus(total, cost);
    const reached = new Set<number>();
    for (let scope: number | undefined = operator.scope; scope !== undefined; scope = graph.scopes[scope].parent) {
      for (let layer: number | undefined = graph.scopes[scope].layer; layer !== undefined; layer = graph.layers[layer].parent) reached.add(layer);
    }
    for (const layer of reached) layers.set(layer, plus(layers.get(layer) ?? free, cost));
  }
  return { total, operators, layers, unknown };
}

function plus(left: Cost, right: Cost): Cost {
  return { multiplyAdds: left.multiplyAdds + right.multiplyAdds, operations: left.operations + right.operations, activationBytes: left.activationBytes + right.activationBytes };
}

/** Operations on each element of the result, for operators that work element by element. Moving elements costs none. */
const perElement: Readonly<Record<string, number>> = {
  Add: 1, Sub: 1, Mul: 1, Div: 1, Pow: 1, Neg: 1, Abs: 1, Sqrt: 1, Reciprocal: 1, Exp: 1, Log: 1, Erf: 1, Floor: 1, Ceil: 1, Round: 1, Sign: 1, Sin: 1, Cos: 1, Tan: 1,
  Relu: 1, Clip: 2, LeakyRelu: 2, PRelu: 2, Elu: 3, Selu: 4, Celu: 4, Sigmoid: 3, Tanh: 4, Softplus: 3, Softsign: 3, HardSigmoid: 4, HardSwish: 5, Gelu: 6, Mish: 7, Swish: 4,
  Equal: 1, Greater: 1, Less: 1, GreaterOrEqual: 1, LessOrEqual: 1, And: 1, Or: 1, Not: 1, Where: 1, Max: 1, Min: 1, Sum: 1, Mean: 1, CumSum: 1,
  Softmax: 5, LogSoftmax: 6, BatchNormalization: 2, InstanceNormalization: 8, LayerNormalization: 8, GroupNormalization: 8, RMSNormalization: 5, LpNormalization: 4, LRN: 8,
  Resize: 7, Upsample: 7,
};

/** Operators whose result a framework keeps as the same memory seen otherwise, or that only say how ONNX wants its axes. */
const views: ReadonlySet<string> = new Set(['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Identity', 'Transpose']);

function operatorCost(graph: LayerGraph, operator: Operator): Cost | undefined {
  const shapeOf = (value: number | undefined): readonly number[] | undefined => {
    const shape = value === undefined ? undefined : graph.values[value].type.shape;
    return shape?.every(isKnown) ? shape as readonly number[] : undefined;
  };
  if (operator.domain === 'layerscope') return undefined;
  const outputs = operator.outputs.map(shapeOf);
  const y = outputs[0];
  if (!y) return undefined;
  const [x, w] = [shapeOf(operator.inputs[0]), shapeOf(operator.inputs[1])];
  const attributes = attributesOf(operator);
  const count = elementCount(y);
  let multiplyAdds = 0;
  let operations = 0;
  switch (operator.type) {
    case 'Conv':
      if (!w) return undefined;
      multiplyAdds = count * elementCount(w.slice(1));
      operations = operator.inputs[2] === undefined ? 0 : count;
      break;
    case 'ConvTranspose':
      if (!x || !w) return undefined;
      multiplyAdds = elementCount(x) * elementCount(w.slice(1));
      operations = operator.inputs[2] === undefined ? 0 : count;
      break;
    case 'Gemm':
      if (!x) return undefined;
      multiplyAdds = count * x[attributes.transA ? 0 : 1];
      operations = operator.inputs[2] === undefined ? 0 : count;
      break;
    case 'MatMul':
      if (!x) return undefined;
      multiplyAdds = count * (x.at(-1) ?? 1);
      break;
    case 'Einsum': {
      const size = einsumSize(String(attributes.equation), operator.inputs.map(shapeOf));
      if (size === undefined) return undefined;
      multiplyAdds = operator.inputs.length > 1 ? size : 0;
      operations = operator.inputs.length > 1 ? 0 : size;
      break;
    }
    case 'MaxPool': case 'AveragePool': case 'LpPool':
      operations = count * elementCount((attributes.kernel_shape as readonly number[] | undefined) ?? []);
      break;
    case 'LSTM': case 'GRU': case 'RNN': {
      const recurrent = shapeOf(operator.inputs[2]);
      if (!x || !w || !recurrent) return undefined;
      // each step of each sample multiplies its input and its state by all weights
      multiplyAdds = x[0] * x[1] * (elementCount(w) + elementCount(recurrent));
      break;
    }
    default:
      if (operator.type.startsWith('Reduce') || operator.type.startsWith('Global') || operator.type.startsWith('Arg')) operations = x ? elementCount(x) : 0;
      else operations = count * (perElement[operator.type] ?? 0);
  }
  let activationBytes = 0;
  if (!views.has(operator.type)) operator.outputs.forEach((output, index) => {
    const { dataType } = graph.values[output].type;
    const shape = outputs[index];
    if (shape && dataType && dataType !== 'string') activationBytes += elementCount(shape) * elementSize(dataType);
  });
  return { multiplyAdds, operations: operations + 2 * multiplyAdds, activationBytes };
}

/** The product of the sizes of all letters. */
function einsumSize(equation: string, shapes: readonly (readonly number[] | undefined)[]): number | undefined {
  const terms = equation.replaceAll(' ', '').split('->')[0].split(',');
  const sizes = new Map<string, number>();
  for (const [index, term] of terms.entries()) {
    const shape = shapes[index];
    if (!shape) return undefined;
    // letters behind dots count from the end; the dots' own axes count under their places
    const [front, back = ''] = term.split('...');
    [...front].forEach((letter, axis) => sizes.set(letter, shape[axis]));
    [...back].forEach((letter, axis) => sizes.set(letter, shape[shape.length - back.length + axis]));
    if (term.includes('...')) shape.slice(front.length, shape.length - back.length).forEach((size, axis, dots) => sizes.set(`.${dots.length - axis}`, size));
  }
  return [...sizes.values()].reduce((product, size) => product * size, 1);
}
