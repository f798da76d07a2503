import type { GraphExtension } from '../../graph/extend.ts';
import { recurrent } from './recurrent.ts';
import { GradientError, input, number, numbers, rank, sizes, type Expansion } from './rule.ts';
import { affineGrid, gridSample } from './sampling.ts';

/** Operators whose gradient is that of what they are made of. */

/** The values of the largest elements are the elements at the places that the operator found. */
const topK: Expansion = (step) => [step.graph.apply('GatherElements', [input(step, 0), step.outputs[1]], { axis: number(step, 'axis') }), undefined];

const castLike: Expansion = (step) => [step.graph.apply('Cast', [input(step, 0)], { to: step.graph.type(input(step, 1)).dataType ?? 'float32' })];

/** x - y * floor(x / y); rounded to zero where the sign is the dividend's. */
const modulo: Expansion = (step) => {
  const { graph } = step;
  const [x, y] = [input(step, 0), input(step, 1)];
  const quotient = graph.apply('Div', [x, y]);
  const whole = number(step, 'fmod') === 1 ? graph.apply('Mul', [graph.apply('Sign', [quotient]), graph.apply('Floor', [graph.apply('Abs', [quotient])])]) : graph.apply('Floor', [quotient]);
  return [graph.apply('Sub', [x, graph.apply('Mul', [y, whole])])];
};

/** The p-th root of a sum of p-th powers; a sum is an average times the number of places. */
const lpPool: Expansion = (step) => {
  const { graph, attributes } = step;
  const power = number(step, 'p');
  const powers = raised(graph, input(step, 0), power);
  const { p: _p, ...window } = attributes;
  const average = graph.apply('AveragePool', [powers], { ...window, count_include_pad: 1 });
  const places = (numbers(step, 'kernel_shape') ?? []).reduce((product, size) => product * size, 1);
  return [raised(graph, graph.apply('Mul', [average, graph.scalar(places, average)]), 1 / power)];
};

const globalLpPool: Expansion = (step) => {
  const { graph } = step;
  const x = input(step, 0);
  const power = number(step, 'p');
  const axes = Array.from({ length: rank(step, x) - 2 }, (_, axis) => axis + 2);
  return [raised(graph, graph.apply('ReduceSum', [raised(graph, x, power), graph.integers(...axes)], { keepdims: 1 }), 1 / power)];
};

function raised(graph: GraphExtension, x: number, power: number): number {
  return graph.apply('Pow', [graph.apply('Abs', [x]), graph.scalar(power, x)]);
}

/** A product of running factors, one after the other. */
const cumProd: Expansion = (step) => {
  const { graph } = step;
  const x = input(step, 0);
  const axis = graph.constantOf(step.inputs[1])?.data.map(Number)[0];
  if (axis === undefined) throw new GradientError(`The gradient of ${step.operator.type} ${step.operator.name} needs its axis as a number`, step.operator);
  if (number(step, 'exclusive') === 1) throw new GradientError(`The gradient of an exclusive ${step.operator.type} is not built`, step.operator);
  const place = axis < 0 ? axis + rank(step, x) : axis;
  const count = sizes(step, x)[place];
  const parts = count === 1 ? [x] : graph.operator('Split', [x], { axis: place, num_outputs: count }, count);
  if (number(step, 'reverse') === 1) parts.reverse();
  const running: number[] = [];
  for (const part of parts) running.push(running.length === 0 ? part : graph.apply('Mul', [running.at(-1)!, part]));
  if (number(step, 'reverse') === 1) running.reverse();
  return [graph.apply('Concat', running, { axis: place })];
};

export const expansions: ReadonlyMap<string, Expansion> = new Map([
  ...recurrent, ['GridSample', gridSample], ['AffineGrid', affineGrid], ['TopK', topK], ['CastLike', castLike], ['Mod', modulo], ['LpPool', lpPool], ['GlobalLpPool', globalLpPool], ['CumProd', cumProd],
]);
