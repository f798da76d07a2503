import type { LayerGraph, Operator } from '../graph/graph.ts';
import { attributesOf } from '../graph/operators/registry.ts';

/** How many neighbouring elements of the input one element sees along an axis, and how many it steps over from one to the next. */
interface Sight {
  readonly size: number;
  readonly jump: number;
}

/** By axis of a value; undefined along an axis that has lost its place in the input: channels, flattened axes, whole reductions. */
type Sights = readonly (Sight | undefined)[];

/**
 * The receptive field of each value, by its id: for each of its axes how many elements of the graph's inputs along that axis one of its
 * elements depends on, before the border cuts it (Araujo, Norris, Sim: Computing Receptive Fields of Convolutional Neural Networks, Distill 2019).
 * The entry is undefined for an axis that no longer runs along one of the input's; a value whose operator mixes all has no entry.
 */
export function receptiveFields(graph: LayerGraph): ReadonlyMap<number, readonly (number | undefined)[]> {
  const sights = new Map<number, Sights>();
  for (const input of graph.inputs) {
    const { shape } = graph.values[input].type;
    if (shape) sights.set(input, shape.map(() => ({ size: 1, jump: 1 })));
  }
  for (const operator of graph.operators) {
    const seen = through(graph, operator, sights);
    if (seen) for (const output of operator.outputs) sights.set(output, seen);
  }
  return new Map([...sights].map(([value, axes]) => [value, axes.map((axis) => axis?.size)]));
}

function through(graph: LayerGraph, operator: Operator, sights: ReadonlyMap<number, Sights>): Sights | undefined {
  const of = (value: number | undefined): Sights | undefined => value === undefined ? undefined : sights.get(value);
  const attributes = attributesOf(operator);
  const first = of(operator.inputs[0]);
  const rank = graph.values[operator.outputs[0]]?.type.shape?.length;
  switch (operator.type) {
    case 'Conv': case 'MaxPool': case 'AveragePool': case 'LpPool': {
      if (!first) return undefined;
      const kernel = (attributes.kernel_shape as readonly number[] | undefined) ?? spatial(graph, operator.inputs[1]);
      const strides = attributes.strides as readonly number[] | undefined;
      const dilations = attributes.dilations as readonly number[] | undefined;
      return first.map((axis, index) => {
        if (index === 1 && operator.type === 'Conv') return undefined;
        const size = kernel?.[index - 2];
        if (index < 2) return axis;
        if (!axis || size === undefined) return undefined;
        return { size: axis.size + (size - 1) * (dilations?.[index - 2] ?? 1) * axis.jump, jump: axis.jump * (strides?.[index - 2] ?? 1) };
      });
    }
    case 'Transpose': {
      const order = (attributes.perm as readonly number[] | undefined) ?? first?.map((_, index) => first.length - 1 - index);
      return first && order?.map((axis) => first[axis]);
    }
    case 'MatMul': case 'Gemm':
      // the rows keep their place, the products mix the last axis
      return of(operator.inputs[1]) ? undefined : first?.map((axis, index) => (index === first.length - 1 ? undefined : axis));
    case 'BatchNormalization': case 'Identity': case 'Dropout': case 'Cast': case 'Pad': case 'Slice':
      return first;
    case 'Softmax': case 'LogSoftmax': {
      const axis = Number(attributes.axis ?? -1);
      return first?.map((sight, index) => (index === (axis < 0 ? axis + first.length : axis) ? undefined : sight));
    }
    default: {
      // element by element, also of several tensors of one rank; whatever changes the rank or moves elements is not followed
      if (!pointwise.has(operator.type) || rank === undefined) return undefined;
      const seen = operator.inputs.map(of).filter((one): one is Sights => one?.length === rank);
      return seen.length === 0 ? undefined : Array.from({ length: rank }, (_, index) => widest(seen.map((one) => one[index])));
    }
  }
}

const pointwise: ReadonlySet<string> = new Set([
  'Relu', 'LeakyRelu', 'PRelu', 'Elu', 'Selu', 'Celu', 'Gelu', 'Sigmoid', 'Tanh', 'Softplus', 'Softsign', 'HardSigmoid', 'HardSwish', 'Mish', 'Swish', 'Clip', 'Abs', 'Neg', 'Exp', 'Log',
  'Sqrt', 'Reciprocal', 'Erf', 'Sin', 'Cos', 'Add', 'Sub', 'Mul', 'Div', 'Pow', 'Max', 'Min', 'Sum', 'Mean', 'Where', 'Concat',
]);

/** Of branches that meet, the one that sees most; none where one of them lost its place. */
function widest(branches: readonly (Sight | undefined)[]): Sight | undefined {
  let most: Sight | undefined;
  for (const branch of branches) {
    if (!branch) return undefined;
    if (!most || branch.size > most.size) most = branch;
  }
  return most;
}

function spatial(graph: LayerGraph, kernel: number | undefined): readonly number[] | undefined {
  const shape = kernel === undefined ? undefined : graph.values[kernel].type.shape?.slice(2);
  return shape?.every((size): size is number => typeof size === 'number') ? shape : undefined;
}
