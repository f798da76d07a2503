import { GradientError, input, number, numbers, rank, sizes, unbroadcast, type GradientRule, type Step } from './rule.ts';

/** Gradients of matrix products and convolutions. */

const matMul: GradientRule = (step) => {
  const { graph } = step;
  let [a, b] = [input(step, 0), input(step, 1)];
  const [first, second] = [a, b];
  let dy = step.gradient;
  // vectors are matrices of one row or one column
  if (rank(step, b) === 1) {
    b = graph.apply('Unsqueeze', [b, graph.integers(1)]);
    dy = graph.apply('Unsqueeze', [dy, graph.integers(-1)]);
  }
  if (rank(step, a) === 1) {
    a = graph.apply('Unsqueeze', [a, graph.integers(0)]);
    dy = graph.apply('Unsqueeze', [dy, graph.integers(-2)]);
  }
  const back = (gradient: number, matrix: number, original: number) => {
    const summed = unbroadcast(step, gradient, matrix);
    return matrix === original ? summed : graph.apply('Reshape', [summed, graph.apply('Shape', [original])]);
  };
  return [
    step.wanted[0] ? back(graph.apply('MatMul', [dy, transposed(step, b)]), a, first) : undefined,
    step.wanted[1] ? back(graph.apply('MatMul', [transposed(step, a), dy]), b, second) : undefined,
  ];
};

function transposed(step: Step, matrix: number): number {
  const axes = Array.from({ length: rank(step, matrix) }, (_, axis) => axis);
  axes.push(...axes.splice(-2).reverse());
  return step.graph.apply('Transpose', [matrix], { perm: axes });
}

const gemm: GradientRule = (step) => {
  const { graph, gradient } = step;
  const [a, b] = [input(step, 0), input(step, 1)];
  const [transA, transB] = [number(step, 'transA'), number(step, 'transB')];
  const alpha = { alpha: number(step, 'alpha') };
  const c = step.inputs[2];
  return [
    step.wanted[0] ? (transA ? graph.apply('Gemm', [b, gradient], { ...alpha, transA: transB, transB: 1 }) : graph.apply('Gemm', [gradient, b], { ...alpha, transB: 1 - transB })) : undefined,
    step.wanted[1] ? (transB ? graph.apply('Gemm', [gradient, a], { ...alpha, transA: 1, transB: transA }) : graph.apply('Gemm', [a, gradient], { ...alpha, transA: 1 - transA })) : undefined,
    c !== undefined && step.wanted[2] ? unbroadcast(step, number(step, 'beta') === 1 ? gradient : graph.apply('Mul', [gradient, graph.scalar(number(step, 'beta'), gradient)]), c) : undefined,
  ];
};

/** Each factor's gradient is the product of the result's with the other factors, over the same letters. */
const einsum: GradientRule = (step) => {
  const equation = String(step.attributes.equation).replaceAll(' ', '');
  const [left, result] = equation.split('->');
  const terms = left.split(',');
  if (result === undefined || equation.includes('.')) throw new GradientError(`The gradient of Einsum '${equation}' is not built: write its result behind '->' and no dots`, step.operator);
  return terms.map((term, index) => {
    if (!step.wanted[index]) return undefined;
    const others = terms.filter((_, other) => other !== index);
    const missing = [...term].find((letter) => !result.includes(letter) && !others.some((other) => other.includes(letter)));
    if (missing || new Set(term).size < term.length) throw new GradientError(`The gradient of Einsum '${equation}' is not built: '${term}' sums or repeats a letter by itself`, step.operator);
    const factors = step.inputs.filter((_, other) => other !== index) as number[];
    return step.graph.apply('Einsum', [step.gradient, ...factors], { equation: `${[result, ...others].join(',')}->${term}` });
  });
};

/** Stride, dilation, kernel and padding of a window, the padding worked out where the model leaves it to ONNX. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: number[];
  readonly dilations: number[];
  readonly before: number[];
  readonly after: number[];
}

/** `small` is the side that the window's steps count, `large` the side that they run over. */
export function windowOf(step: Step, kernel: readonly number[], large: readonly number[], small: readonly number[]): Window {
  const ones = kernel.map(() => 1);
  const strides = [...numbers(step, 'strides') ?? ones];
  const dilations = [...numbers(step, 'dilations') ?? ones];
  const automatic = String(step.attributes.auto_pad ?? 'NOTSET');
  if (automatic === 'NOTSET' || automatic === 'VALID') {
    const pads = automatic === 'VALID' ? undefined : numbers(step, 'pads');
    return { kernel, strides, dilations, before: kernel.map((_, axis) => pads?.[axis] ?? 0), after: kernel.map((_, axis) => pads?.[axis + kernel.length] ?? 0) };
  }
  const total = kernel.map((size, axis) => Math.max(0, (small[axis] - 1) * strides[axis] + dilations[axis] * (size - 1) + 1 - large[axis]));
  const less = total.map((pad) => Math.floor(pad / 2));
  const more = total.map((pad, axis) => pad - less[axis]);
  return automatic === 'SAME_UPPER' ? { kernel, strides, dilations, before: less, after: more } : { kernel, strides, dilations, before: more, after: less };
}

/** The gradient of a convolution's input: the transposed convolution, of exactly the input's size. */
export function transposedConvolution(step: Step, gradient: number, weight: number, window: Window, large: readonly number[], small: readonly number[], group: number): number {
  const { kernel, strides, dilations, before } = window;
  // rows that no window reached are added behind, rows of windows that reached over the end are cut off
  const surplus = kernel.map((size, axis) => large[axis] - ((small[axis] - 1) * strides[axis] + dilations[axis] * (size - 1) + 1 - before[axis]));
  const result = step.graph.apply('ConvTranspose', [gradient, weight], { strides, dilations, group, kernel_shape: [...kernel], pads: [...before, ...surplus.map((rest) => Math.max(0, -rest))] });
  if (surplus.every((rest) => rest <= 0)) return result;
  const none = [0, 0, ...kernel.map(() => 0)];
  return step.graph.apply('Pad', [result, step.graph.integers(...none, 0, 0, ...surplus.map((rest) => Math.max(0, rest)))]);
}

const conv: GradientRule = (step) => {
  const { graph, gradient } = step;
  const [x, w] = [input(step, 0), input(step, 1)];
  const spatial = rank(step, x) - 2;
  const group = number(step, 'group') || 1;
  const [large, small] = [sizes(step, x, 2), sizes(step, step.outputs[0], 2)];
  const window = windowOf(step, sizes(step, w, 2), large, small);
  return [
    step.wanted[0] ? transposedConvolution(step, gradient, w, window, large, small, group) : undefined,
    step.wanted[1] ? weightGradient(step, x, gradient, w, window, group) : undefined,
    step.inputs[2] !== undefined && step.wanted[2] ? graph.apply('ReduceSum', [gradient, graph.integers(0, ...Array.from({ length: spatial }, (_, axis) => axis + 2))], { keepdims: 0 }) : undefined,
  ];
};

/**
 * The gradient of a convolution's weights: the input convolved with the result's gradient, samples and channels
 * swapped, strides and dilations swapped.
 */
function weightGradient(step: Step, x: number, dy: number, w: number, window: Window, group: number): number {
  const { graph } = step;
  const [outer, inner] = sizes(step, w);
  const spatial = window.kernel.map((_, axis) => axis + 3);
  const swapped = (tensor: number, channels: number, byGroup: boolean): number => {
    const [n] = sizes(step, tensor);
    const rest = sizes(step, tensor, 2);
    const grouped = graph.apply('Reshape', [tensor, graph.integers(n, group, channels, ...rest)]);
    const turned = graph.apply('Transpose', [grouped], { perm: byGroup ? [1, 2, 0, ...spatial] : [2, 1, 0, ...spatial] });
    return graph.apply('Reshape', [turned, graph.integers(...(byGroup ? [group * channels, n] : [channels, group * n]), ...rest)]);
  };
  const product = graph.apply('Conv', [swapped(x, inner, false), swapped(dy, outer / group, true)], {
    strides: window.dilations, dilations: window.strides, group, pads: [...window.before, ...window.after],
  });
  const axes = window.kernel.map((_, axis) => axis + 2);
  const cut = graph.apply('Slice', [product, graph.integers(...axes.map(() => 0)), graph.integers(...window.kernel), graph.integers(...axes)]);
  return graph.apply('Transpose', [cut], { perm: [1, 0, ...axes] });
}

const convTranspose: GradientRule = (step) => {
  const { graph, gradient } = step;
  const [x, w] = [input(step, 0), input(step, 1)];
  const spatial = rank(step, x) - 2;
  const group = number(step, 'group') || 1;
  const [small, large] = [sizes(step, x, 2), sizes(step, step.outputs[0], 2)];
  const window = transposedWindow(step, sizes(step, w, 2), large, small);
  const { strides, dilations, before } = window;
  // rows that output_padding added came from no input: they are cut off
  const unreached = window.after.map((pad) => Math.max(0, -pad));
  const axes = unreached.map((_, axis) => axis + 2);
  const reached = unreached.every((rest) => rest === 0) ? gradient
    : graph.apply('Slice', [gradient, graph.integers(...axes.map(() => 0)), graph.integers(...large.map((size, axis) => size - unreached[axis])), graph.integers(...axes)]);
  const after = window.after.map((pad) => Math.max(0, pad));
  return [
    step.wanted[0] ? graph.apply('Conv', [reached, w], { strides, dilations, group, pads: [...before, ...after] }) : undefined,
    step.wanted[1] ? weightGradient(step, reached, x, w, { ...window, after }, group) : undefined,
    step.inputs[2] !== undefined && step.wanted[2] ? graph.apply('ReduceSum', [gradient, graph.integers(0, ...Array.from({ length: spatial }, (_, axis) => axis + 2))], { keepdims: 0 }) : undefined,
  ];
};

/** As `windowOf`, for a transposed convolution: what is cut at the end follows from the size that came out. */
function transposedWindow(step: Step, kernel: readonly number[], large: readonly number[], small: readonly number[]): Window {
  const window = windowOf(step, kernel, large, small);
  const full = kernel.map((size, axis) => (small[axis] - 1) * window.strides[axis] + window.dilations[axis] * (size - 1) + 1);
  const outputShape = numbers(step, 'output_shape');
  if (outputShape) {
    // pads follow from the stated size, shared as auto_pad says: the larger part in front unless SAME_UPPER
    const total = full.map((size, axis) => Math.max(0, size + (numbers(step, 'output_padding')?.[axis] ?? 0) - large[axis]));
    const upper = step.attributes.auto_pad === 'SAME_UPPER';
    const before = total.map((pad) => (upper ? Math.floor(pad / 2) : pad - Math.floor(pad / 2)));
    return { ...window, before, after: full.map((size, axis) => size - before[axis] - large[axis]) };
  }
  return { ...window, after: full.map((size, axis) => size - window.before[axis] - large[axis]) };
}

export const linear: ReadonlyMap<string, GradientRule> = new Map([
  ['MatMul', matMul], ['Gemm', gemm], ['Einsum', einsum], ['Conv', conv], ['ConvTranspose', convTranspose],
]);
