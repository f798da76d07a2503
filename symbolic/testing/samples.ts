import type { LayerGraph } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { Random } from '../search/random.ts';
import { GraphWriter } from './graph-writer.ts';

/** A small network for tests, with every operator that it is there for. */
export interface Sample {
  readonly name: string;
  readonly graph: LayerGraph;
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly inputSize: number;
}

type Step = (writer: GraphWriter, x: number, random: Random) => number;

const normal = (random: Random, count: number, scale = 1) => Array.from({ length: count }, () => scale * (random.next() + random.next() + random.next() - 1.5) * 1.4);
const attribute = (type: string, attributes: Record<string, number | string | readonly number[]> = {}): Step => (w, x) => w.operator(type, [x], attributes);

/** Operators on a vector [1, 6]; all give [1, 6] again. */
const vectorSteps: Readonly<Record<string, Step>> = {
  Relu: attribute('Relu'),
  LeakyRelu: attribute('LeakyRelu', { alpha: 0.1 }),
  PRelu: (w, x, random) => w.operator('PRelu', [x, w.parameter([6], normal(random, 6, 0.4))]),
  Clip: (w, x) => w.operator('Clip', [x, w.parameter([], [-0.5]), w.parameter([], [0.75])]),
  Sigmoid: attribute('Sigmoid'),
  Tanh: attribute('Tanh'),
  Gelu: attribute('Gelu'),
  GeluTanh: attribute('Gelu', { approximate: 'tanh' }),
  Erf: attribute('Erf'),
  Sin: attribute('Sin'),
  Cos: attribute('Cos'),
  Exp: attribute('Exp'),
  Softplus: attribute('Softplus'),
  Elu: attribute('Elu', { alpha: 1 }),
  Selu: attribute('Selu'),
  Abs: attribute('Abs'),
  HardSigmoid: attribute('HardSigmoid'),
  HardSwish: attribute('HardSwish'),
  Mish: attribute('Mish'),
  Neg: attribute('Neg'),
  Softmax: attribute('Softmax', { axis: -1 }),
  LogSoftmax: attribute('LogSoftmax', { axis: -1 }),
  Square: (w, x) => w.operator('Pow', [x, w.parameter([], [2])]),
  Cube: (w, x) => w.operator('Pow', [x, w.parameter([], [3])]),
  Sqrt: (w, x) => w.operator('Sqrt', [w.operator('Add', [w.operator('Relu', [x]), w.parameter([], [0.5])])]),
  Log: (w, x) => w.operator('Log', [w.operator('Add', [w.operator('Sigmoid', [x]), w.parameter([], [0.5])])]),
  Div: (w, x) => w.operator('Div', [x, w.operator('Add', [w.operator('Exp', [x]), w.parameter([], [1])])]),
  DivConstant: (w, x) => w.operator('Div', [x, w.parameter([6], [2, 3, -4, 5, 0.3, 1])]),
  Mul: (w, x) => w.operator('Mul', [x, w.operator('Sigmoid', [x])]),
  MulConstant: (w, x, random) => w.operator('Mul', [x, w.parameter([6], normal(random, 6))]),
  Add: (w, x) => w.operator('Add', [x, w.operator('Relu', [x])]),
  Sub: (w, x) => w.operator('Sub', [x, w.operator('Tanh', [x])]),
  SubConstant: (w, x, random) => w.operator('Sub', [w.parameter([1, 6], normal(random, 6)), x]),
  Max: (w, x, random) => w.operator('Max', [x, w.parameter([6], normal(random, 6, 0.3))]),
  Min: (w, x) => w.operator('Min', [x, w.operator('Neg', [x])]),
  Gemm: (w, x, random) => w.gemm(x, 6, normal(random, 36, 0.5), normal(random, 6, 0.3)),
  MatMulAdd: (w, x, random) => w.operator('Add', [w.operator('MatMul', [x, w.parameter([6, 6], normal(random, 36, 0.5))]), w.parameter([6], normal(random, 6, 0.3))]),
  Concat: (w, x) => {
    const parts = w.operatorWithOutputs('Split', [x, w.integers([2, 4])], { axis: 1 }, 2);
    return w.operator('Concat', [parts[1], w.operator('Relu', [parts[0]])], { axis: 1 });
  },
  Slice: (w, x) => w.operator('Concat', [w.operator('Slice', [x, w.integers([0]), w.integers([6]), w.integers([1]), w.integers([2])]), w.operator('Slice', [x, w.integers([-1]), w.integers([-4]), w.integers([1]), w.integers([-1])])], { axis: 1 }),
  Gather: (w, x) => w.operator('Gather', [x, w.integers([5, 0, 1, 1, 3, 2])], { axis: 1 }),
  Transpose: (w, x) => w.operator('Reshape', [w.operator('Transpose', [w.operator('Reshape', [x, w.integers([2, 3])])], { perm: [1, 0] }), w.integers([1, 6])]),
  Reduce: (w, x) => {
    const matrix = w.operator('Reshape', [x, w.integers([2, 3])]);
    const mean = w.operator('ReduceMean', [matrix, w.integers([1])], { keepdims: 1 });
    const total = w.operator('ReduceSum', [matrix, w.integers([0])], { keepdims: 1 });
    return w.operator('Reshape', [w.operator('Sub', [w.operator('Add', [matrix, mean]), total]), w.integers([1, 6])]);
  },
  ReduceMax: (w, x) => w.operator('Sub', [x, w.operator('ReduceMax', [x, w.integers([1])], { keepdims: 1 })]),
  LayerNormalization: (w, x, random) => w.operator('LayerNormalization', [x, w.parameter([6], normal(random, 6)), w.parameter([6], normal(random, 6))], { axis: -1, epsilon: 0.5 }),
  Attention: (w, x) => {
    const matrix = w.operator('Reshape', [x, w.integers([3, 2])]);
    const scores = w.operator('Softmax', [w.operator('MatMul', [matrix, w.operator('Transpose', [matrix], { perm: [1, 0] })])], { axis: -1 });
    return w.operator('Reshape', [w.operator('MatMul', [scores, matrix]), w.integers([1, 6])]);
  },
};

/** Operators on an image [1, 2, 4, 4]. */
const imageSteps: Readonly<Record<string, Step>> = {
  Conv: (w, x, random) => w.operator('Conv', [x, w.parameter([3, 2, 3, 3], normal(random, 54, 0.3)), w.parameter([3], normal(random, 3, 0.3))], { pads: [1, 1, 1, 1], strides: [2, 1] }),
  ConvGroups: (w, x, random) => w.operator('Conv', [x, w.parameter([4, 1, 2, 2], normal(random, 16, 0.5))], { group: 2, dilations: [2, 1], auto_pad: 'NOTSET' }),
  ConvSame: (w, x, random) => w.operator('Conv', [x, w.parameter([2, 2, 2, 2], normal(random, 16, 0.5))], { auto_pad: 'SAME_UPPER', strides: [2, 2] }),
  ConvTranspose: (w, x, random) => w.operator('ConvTranspose', [x, w.parameter([2, 2, 3, 3], normal(random, 36, 0.3)), w.parameter([2], normal(random, 2))], { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] }),
  MaxPool: attribute('MaxPool', { kernel_shape: [2, 2], strides: [2, 2] }),
  MaxPoolPadded: attribute('MaxPool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
  AveragePool: attribute('AveragePool', { kernel_shape: [2, 2], strides: [2, 2] }),
  AveragePoolPadded: attribute('AveragePool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 0, 0] }),
  AveragePoolCeil: attribute('AveragePool', { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1, count_include_pad: 1 }),
  GlobalAveragePool: attribute('GlobalAveragePool'),
  BatchNormalization: (w, x, random) => w.operator('BatchNormalization', [w.operator('Conv', [x, w.parameter([2, 2, 1, 1], normal(random, 4))]), w.parameter([2], [1.2, -0.7]), w.parameter([2], normal(random, 2)), w.parameter([2], normal(random, 2)), w.parameter([2], [0.5, 1.5])]),
  Pad: (w, x) => w.operator('Pad', [x, w.integers([0, 0, 1, 0, 0, 0, 0, 2]), w.parameter([], [0.25])]),
  PadReflect: (w, x) => w.operator('Pad', [x, w.integers([0, 0, 1, 2, 0, 0, 1, 0])], { mode: 'reflect' }),
  Residual: (w, x, random) => w.operator('Add', [x, w.operator('Relu', [w.operator('Conv', [x, w.parameter([2, 2, 3, 3], normal(random, 36, 0.3))], { pads: [1, 1, 1, 1] })])]),
};

export const sampleNames: readonly string[] = [...Object.keys(vectorSteps), ...Object.keys(imageSteps)];

/** A network with the operator between affine layers and ReLUs, so that its bounds matter. */
export function sample(name: string, seed: number): Sample {
  const random = new Random(seed);
  const writer = new GraphWriter();
  if (Object.hasOwn(vectorSteps, name)) {
    const x = writer.input([1, 4]);
    let y = writer.gemm(x, 6, normal(random, 24, 0.7), normal(random, 6, 0.3));
    y = vectorSteps[name](writer, y, random);
    y = writer.operator('Relu', [writer.gemm(y, 6, normal(random, 36, 0.6), normal(random, 6, 0.3))]);
    y = vectorSteps[name](writer, y, random);
    return { name, graph: writer.graph(writer.gemm(y, 3, normal(random, 18, 0.7), normal(random, 3, 0.3))), weights: writer.weights, inputSize: 4 };
  }
  const x = writer.input([1, 2, 4, 4]);
  const y = writer.operator('Relu', [imageSteps[name](writer, x, random)]);
  return { name, graph: writer.graph(writer.operator('Flatten', [y], { axis: 1 })), weights: writer.weights, inputSize: 32 };
}

/** A network of several operators on a vector, drawn at random from those named. */
export function mixture(names: readonly string[], depth: number, seed: number, inputs = 4): Sample {
  const random = new Random(seed);
  const writer = new GraphWriter();
  let y = writer.gemm(writer.input([1, inputs]), 6, normal(random, 6 * inputs, 1.4 / Math.sqrt(inputs)), normal(random, 6, 0.3));
  const chosen: string[] = [];
  for (let k = 0; k < depth; k++) {
    const name = names[random.integer(names.length)];
    chosen.push(name);
    y = vectorSteps[name](writer, y, random);
    if (k % 2 === 1) y = writer.gemm(y, 6, normal(random, 36, 0.5), normal(random, 6, 0.3));
  }
  return { name: chosen.join(', '), graph: writer.graph(writer.gemm(y, 3, normal(random, 18, 0.7), normal(random, 3, 0.3))), weights: writer.weights, inputSize: inputs };
}

export const vectorSampleNames: readonly string[] = Object.keys(vectorSteps);
