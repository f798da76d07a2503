import { input, number, rank, unbroadcast, type GradientRule, type Step } from './rule.ts';

/** Gradients of normalisation, in the mode in which models are run: batch statistics are constants. */

const batchNormalization: GradientRule = (step) => {
  const { graph, gradient } = step;
  const [x, scale, bias, mean, variance] = [0, 1, 2, 3, 4].map((index) => input(step, index));
  const others = otherAxes(rank(step, x));
  const perChannel = (vector: number) => graph.apply('Unsqueeze', [vector, graph.integers(...others.slice(1).map((axis) => axis - 1))]);
  const spread = graph.apply('Sqrt', [graph.apply('Add', [variance, graph.scalar(number(step, 'epsilon'), variance)])]);
  const broadcast = others.length > 1 ? perChannel : (vector: number) => vector;
  const dx = graph.apply('Mul', [gradient, broadcast(graph.apply('Div', [scale, spread]))]);
  const sum = (tensor: number) => graph.apply('ReduceSum', [tensor, graph.integers(...others)], { keepdims: 0 });
  const normal = () => graph.apply('Div', [graph.apply('Sub', [x, broadcast(mean)]), broadcast(spread)]);
  return [dx, step.wanted[1] ? sum(graph.apply('Mul', [gradient, normal()])) : undefined, step.wanted[2] && bias !== undefined ? sum(gradient) : undefined];
};

/** All axes but that of the channels. */
function otherAxes(rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== 1);
}

/** The gradient through (x - mean) / deviation over some axes, and the normalised tensor. */
function throughStandardizing(step: Step, x: number, gradientOf: (normal: number) => number, axes: readonly number[], epsilon: number, centred = true): { dx: number; normal: number } {
  const { graph } = step;
  const over = graph.integers(...axes);
  const mean = (tensor: number) => graph.apply('ReduceMean', [tensor, over], { keepdims: 1 });
  const offset = centred ? graph.apply('Sub', [x, mean(x)]) : x;
  const variance = mean(graph.apply('Mul', [offset, offset]));
  const rate = graph.apply('Reciprocal', [graph.apply('Sqrt', [graph.apply('Add', [variance, graph.scalar(epsilon, x)])])]);
  const normal = graph.apply('Mul', [offset, rate]);
  const gradient = gradientOf(normal);
  const along = graph.apply('Mul', [normal, mean(graph.apply('Mul', [gradient, normal]))]);
  const inner = graph.apply('Sub', [gradient, along]);
  return { dx: graph.apply('Mul', [rate, centred ? graph.apply('Sub', [inner, mean(gradient)]) : inner]), normal };
}

const layerNormalization = (centred: boolean): GradientRule => (step) => {
  const { graph, gradient } = step;
  const x = input(step, 0);
  const scale = input(step, 1);
  const count = rank(step, x);
  const axis = number(step, 'axis');
  const axes = Array.from({ length: count }, (_, index) => index).slice(axis < 0 ? axis + count : axis);
  const { dx, normal } = throughStandardizing(step, x, () => graph.apply('Mul', [gradient, scale]), axes, number(step, 'epsilon'), centred);
  const bias = step.inputs[2];
  return [
    dx,
    step.wanted[1] ? unbroadcast(step, graph.apply('Mul', [gradient, normal]), scale) : undefined,
    bias !== undefined && step.wanted[2] ? unbroadcast(step, gradient, bias) : undefined,
  ];
};

const instanceNormalization: GradientRule = (step) => {
  const { graph, gradient } = step;
  const [x, scale] = [input(step, 0), input(step, 1)];
  const others = otherAxes(rank(step, x));
  const spatial = others.slice(1);
  const perChannel = graph.apply('Unsqueeze', [scale, graph.integers(...spatial.map((axis) => axis - 1))]);
  const { dx, normal } = throughStandardizing(step, x, () => graph.apply('Mul', [gradient, perChannel]), spatial, number(step, 'epsilon'));
  const sum = (tensor: number) => graph.apply('ReduceSum', [tensor, graph.integers(...others)], { keepdims: 0 });
  return [dx, step.wanted[1] ? sum(graph.apply('Mul', [gradient, normal])) : undefined, step.wanted[2] ? sum(gradient) : undefined];
};

const groupNormalization: GradientRule = (step) => {
  const { graph, gradient } = step;
  const [x, scale] = [input(step, 0), input(step, 1)];
  const others = otherAxes(rank(step, x));
  const shape = graph.apply('Shape', [x]);
  const perChannel = graph.apply('Unsqueeze', [scale, graph.integers(...others.slice(1).map((axis) => axis - 1))]);
  const grouped = (tensor: number) => graph.apply('Reshape', [tensor, graph.integers(0, number(step, 'num_groups'), -1)]);
  const { dx, normal } = throughStandardizing(step, grouped(x), () => grouped(graph.apply('Mul', [gradient, perChannel])), [2], number(step, 'epsilon'));
  const sum = (tensor: number) => graph.apply('ReduceSum', [tensor, graph.integers(...others)], { keepdims: 0 });
  return [
    graph.apply('Reshape', [dx, shape]),
    step.wanted[1] ? sum(graph.apply('Mul', [gradient, graph.apply('Reshape', [normal, shape])])) : undefined,
    step.wanted[2] ? sum(gradient) : undefined,
  ];
};

/** x / norm along one axis, for the Euclidean norm and the sum of magnitudes. */
const lpNormalization: GradientRule = (step) => {
  const { graph, gradient, outputs: [y] } = step;
  const x = input(step, 0);
  const axis = graph.integers(number(step, 'axis'));
  const euclidean = number(step, 'p') !== 1;
  const norm = graph.apply(euclidean ? 'ReduceL2' : 'ReduceL1', [x, axis], { keepdims: 1 });
  const dot = graph.apply('ReduceSum', [graph.apply('Mul', [gradient, y]), axis], { keepdims: 1 });
  const direction = euclidean ? y : graph.apply('Sign', [x]);
  return [graph.apply('Div', [graph.apply('Sub', [gradient, graph.apply('Mul', [direction, dot])]), norm])];
};

/** Local response normalisation across channels: y = x / (bias + alpha / size * sum of near squares) ^ beta. */
const localResponse: GradientRule = (step) => {
  const { graph, gradient, outputs: [y] } = step;
  const x = input(step, 0);
  const size = number(step, 'size');
  const [alpha, beta, bias] = ['alpha', 'beta', 'bias'].map((name) => number(step, name));
  // sums over a window of channels: average pooling over the channel axis as if it were spatial, padding counted
  const nearSums = (tensor: number, mirrored: boolean) => {
    const shape = graph.apply('Shape', [tensor]);
    const flat = graph.apply('Reshape', [tensor, graph.integers(0, 1, sizeOfChannels(step, x), -1)]);
    const [low, high] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
    const [before, after] = mirrored ? [high, low] : [low, high];
    const mean = graph.apply('AveragePool', [flat], { kernel_shape: [size, 1], pads: [before, 0, after, 0], strides: [1, 1], count_include_pad: 1 });
    return graph.apply('Reshape', [graph.apply('Mul', [mean, graph.scalar(size, x)]), shape]);
  };
  const base = graph.apply('Add', [graph.scalar(bias, x), graph.apply('Mul', [graph.scalar(alpha / size, x), nearSums(graph.apply('Mul', [x, x]), false)])]);
  const direct = graph.apply('Div', [gradient, graph.apply('Pow', [base, graph.scalar(beta, x)])]);
  const through = nearSums(graph.apply('Div', [graph.apply('Mul', [gradient, y]), base]), true);
  return [graph.apply('Sub', [direct, graph.apply('Mul', [graph.apply('Mul', [graph.scalar((2 * alpha * beta) / size, x), x]), through])])];
};

function sizeOfChannels(step: Step, x: number): number {
  const channels = step.graph.type(x).shape?.[1];
  return typeof channels === 'number' ? channels : -1;
}

export const normalization: ReadonlyMap<string, GradientRule> = new Map([
  ['BatchNormalization', batchNormalization], ['LayerNormalization', layerNormalization(true)], ['RMSNormalization', layerNormalization(false)],
  ['InstanceNormalization', instanceNormalization], ['GroupNormalization', groupNormalization], ['LpNormalization', lpNormalization], ['LRN', localResponse],
  ['MeanVarianceNormalization', (step) => [throughStandardizing(step, input(step, 0), () => step.gradient, (step.attributes.axes as readonly number[] | undefined) ?? [0, 2, 3], 1e-9).dx]],
]);
