import { transposedConvolution, windowOf } from './linear.ts';
import { input, number, numbers, rank, sizes, type GradientRule, type Step } from './rule.ts';

/** Gradients of pooling. */

/** The gradient goes where each window's largest element came from; the forward operator tells the places. */
const maxPool: GradientRule = (step) => {
  const { graph, gradient, operator } = step;
  const x = input(step, 0);
  const { storage_order: _order, ...attributes } = operator.attributes;
  const [, indices] = graph.operator('MaxPool', [x], attributes, 2, operator.scope);
  return [scatter(step, gradient, indices, x)];
};

/** Adds the elements of a gradient at flat places of a tensor of zeros that is as large as `like`. */
export function scatter({ graph }: Step, gradient: number, places: number, like: number): number {
  const shape = graph.apply('Shape', [like]);
  const flat = graph.integers(-1);
  const zeros = graph.apply('Expand', [graph.scalar(0, gradient), graph.apply('Reshape', [graph.apply('Size', [like]), graph.integers(1)])]);
  const sums = graph.apply('ScatterElements', [zeros, graph.apply('Reshape', [places, flat]), graph.apply('Reshape', [gradient, flat])], { axis: 0, reduction: 'add' });
  return graph.apply('Reshape', [sums, shape]);
}

/** Each element's share of its windows' gradients: a transposed convolution with ones, channel by channel. */
const averagePool: GradientRule = (step) => {
  const { graph, gradient } = step;
  const x = input(step, 0);
  const kernel = numbers(step, 'kernel_shape') ?? [];
  const [large, small] = [sizes(step, x, 2), sizes(step, step.outputs[0], 2)];
  const window = windowOf(step, kernel, large, small);
  const dataType = graph.type(gradient).dataType ?? 'float32';
  const counts = graph.constant(dataType, [1, 1, ...small], outer(small.map((count, axis) => Array.from({ length: count }, (_, index) => {
    const start = index * window.strides[axis] - window.before[axis];
    const padded = number(step, 'count_include_pad') === 1;
    const [first, end] = padded ? [-window.before[axis], large[axis] + window.after[axis]] : [0, large[axis]];
    return Array.from({ length: kernel[axis] }, (_unused, k) => start + k * window.dilations[axis]).filter((place) => place >= first && place < end).length;
  }))));
  const shared = graph.apply('Div', [gradient, counts]);
  const alone = graph.apply('Reshape', [shared, graph.integers(-1, 1, ...small)]);
  const ones = graph.constant(dataType, [1, 1, ...kernel], new Array<number>(kernel.reduce((product, size) => product * size, 1)).fill(1));
  const spread = transposedConvolution(step, alone, ones, window, large, small, 1);
  return [graph.apply('Reshape', [spread, graph.apply('Shape', [x])])];
};

/** The products of one number from each list, row-major. */
function outer(lists: readonly (readonly number[])[]): number[] {
  return lists.reduce<number[]>((products, list) => products.flatMap((product) => list.map((factor) => product * factor)), [1]);
}

const globalAveragePool: GradientRule = (step) => {
  const { graph, gradient } = step;
  const x = input(step, 0);
  const ratio = graph.apply('Div', [graph.apply('Size', [x]), graph.apply('Size', [gradient])]);
  const share = graph.apply('Div', [gradient, graph.apply('Cast', [ratio], { to: graph.type(gradient).dataType ?? 'float32' })]);
  return [graph.apply('Expand', [share, graph.apply('Shape', [x])])];
};

const globalMaxPool: GradientRule = (step) => {
  const { graph, gradient, outputs } = step;
  const x = input(step, 0);
  const mask = graph.apply('Cast', [graph.apply('Equal', [x, outputs[0]])], { to: graph.type(gradient).dataType ?? 'float32' });
  const axes = graph.integers(...Array.from({ length: rank(step, x) - 2 }, (_, axis) => axis + 2));
  return [graph.apply('Mul', [mask, graph.apply('Div', [gradient, graph.apply('ReduceSum', [mask, axes], { keepdims: 1 })])])];
};

export const pooling: ReadonlyMap<string, GradientRule> = new Map([
  ['MaxPool', maxPool], ['AveragePool', averagePool], ['GlobalAveragePool', globalAveragePool], ['GlobalMaxPool', globalMaxPool],
]);
