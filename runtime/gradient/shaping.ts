import { isKnown } from '../../graph/dimension.ts';
import { scatter } from './pooling.ts';
import { GradientError, input, number, rank, sizes, unbroadcast, type GradientRule, type Step } from './rule.ts';

/** Gradients of operators that move elements about. */

const reshaped: GradientRule = (step) => [step.graph.apply('Reshape', [step.gradient, step.graph.apply('Shape', [input(step, 0)])])];

/**
 * Operators that choose elements of their first input and repeat or drop them: run on the elements' own places, they
 * tell where each element of the result came from, and its gradient goes back there.
 */
const selection: GradientRule = (step) => {
  const { graph, operator, gradient } = step;
  const x = input(step, 0);
  const count = graph.apply('Size', [x]);
  const range = graph.apply('Range', [graph.constant('int64', [], [0]), count, graph.constant('int64', [], [1])]);
  const places = graph.apply('Reshape', [range, graph.apply('Shape', [x])]);
  // the runtime moves blocks of floating numbers alone; doubles hold every place exactly
  const asDouble = operator.type === 'DepthToSpace' || operator.type === 'SpaceToDepth';
  const moved = asDouble ? graph.apply('Cast', [places], { to: 'float64' }) : places;
  const [chosen] = graph.operator(operator.type, [moved, ...step.inputs.slice(1)], operator.attributes, 1, operator.scope);
  return [scatter(step, gradient, asDouble ? graph.apply('Cast', [chosen], { to: 'int64' }) : chosen, x)];
};

const transpose: GradientRule = (step) => {
  const count = rank(step, input(step, 0));
  const perm = (step.attributes.perm as readonly number[] | undefined) ?? Array.from({ length: count }, (_, axis) => count - 1 - axis);
  return [step.graph.apply('Transpose', [step.gradient], { perm: perm.map((_, axis) => perm.indexOf(axis)) })];
};

const concat: GradientRule = (step) => {
  const { graph, gradient, inputs } = step;
  const axis = positive(step, number(step, 'axis'));
  const parts = inputs.map((_, index) => graph.type(input(step, index)).shape?.[axis]);
  const known = parts.every((size) => size !== undefined && isKnown(size));
  const sizesOfParts = known ? graph.integers(...parts as number[])
    : graph.apply('Concat', inputs.map((_, index) => graph.apply('Shape', [input(step, index)], { start: axis, end: axis + 1 })), { axis: 0 });
  return graph.operator('Split', [gradient, sizesOfParts], { axis }, inputs.length);
};

const split: GradientRule = (step) => {
  const { graph, gradients, outputs } = step;
  const axis = positive(step, number(step, 'axis'));
  return [graph.apply('Concat', outputs.map((output, index) => gradients[index] ?? zerosLike(step, output)), { axis })];
};

function zerosLike({ graph, gradient }: Step, value: number): number {
  return graph.apply('Expand', [graph.scalar(0, gradient), graph.apply('Shape', [value])]);
}

function positive(step: Step, axis: number): number {
  return axis < 0 ? axis + rank(step, input(step, 0)) : axis;
}

const pad: GradientRule = (step) => {
  const { graph, gradient, inputs, attributes } = step;
  if ((attributes.mode ?? 'constant') !== 'constant') return selection(step);
  // padding is undone by padding with the opposite amounts, which cuts off
  return [graph.apply('Pad', [gradient, graph.apply('Neg', [input(step, 1)]), undefined, ...(inputs[3] === undefined ? [] : [inputs[3]])])];
};

const scatterNd: GradientRule = (step) => {
  const { graph, gradient } = step;
  if ((step.attributes.reduction ?? 'none') !== 'none') throw new GradientError(`The gradient of ScatterND with reduction ${String(step.attributes.reduction)} is not built`, step.operator);
  const [indices, updates] = [input(step, 1), input(step, 2)];
  return [
    step.wanted[0] ? graph.apply('ScatterND', [gradient, indices, zerosLike(step, updates)]) : undefined,
    undefined,
    step.wanted[2] ? graph.apply('GatherND', [gradient, indices]) : undefined,
  ];
};

const scatterElements: GradientRule = (step) => {
  const { graph, gradient } = step;
  const reduction = step.attributes.reduction ?? 'none';
  if (reduction !== 'none' && reduction !== 'add') throw new GradientError(`The gradient of ScatterElements with reduction ${String(reduction)} is not built`, step.operator);
  const axis = number(step, 'axis');
  const [indices, updates] = [input(step, 1), input(step, 2)];
  const untouched = reduction === 'add' ? gradient : undefined;
  return [
    step.wanted[0] ? untouched ?? graph.apply('ScatterElements', [gradient, indices, zerosLike(step, updates)], { axis }) : undefined,
    undefined,
    step.wanted[2] ? graph.apply('GatherElements', [gradient, indices], { axis }) : undefined,
  ];
};

/**
 * Resizing is a matrix product along each axis. Resizing a unit matrix along one axis shows that axis's matrix, whatever
 * the mode and its coordinates; the gradient is the product with its transpose.
 */
const resize: GradientRule = (step) => {
  const { graph, operator, inputs, attributes } = step;
  const x = input(step, 0);
  if (attributes.coordinate_transformation_mode === 'tf_crop_and_resize') throw new GradientError('The gradient of Resize that crops is not built', operator);
  const [from, to] = [sizes(step, x), sizes(step, step.outputs[0])];
  const scales = graph.constantOf(inputs[2])?.data.map(Number);
  const axes = attributes.axes as readonly number[] | undefined;
  const { axes: _axes, keep_aspect_ratio_policy: _policy, ...modes } = operator.attributes;
  let gradient = step.gradient;
  from.forEach((size, axis) => {
    if (size === to[axis]) return;
    const dataType = graph.type(gradient).dataType ?? 'float32';
    const identity = graph.constant(dataType, [1, 1, size, size], Array.from({ length: size * size }, (_, index) => (index % (size + 1) === 0 ? 1 : 0)));
    const place = axes ? axes.findIndex((one) => (one < 0 ? one + from.length : one) === axis) : axis;
    // a stated scale may differ from the ratio of the sizes, and coordinates follow it
    const scale = scales?.[place];
    const resized = scale !== undefined && Math.floor(size * scale) === to[axis]
      ? graph.apply('Resize', [identity, undefined, graph.constant('float32', [4], [1, 1, 1, scale])], modes)
      : graph.apply('Resize', [identity, undefined, undefined, graph.integers(1, 1, size, to[axis])], modes);
    const matrix = graph.apply('Reshape', [resized, graph.integers(size, to[axis])]);
    const last = from.map((_, index) => index).filter((index) => index !== axis).concat(axis);
    const turned = graph.apply('Transpose', [gradient], { perm: last });
    const product = graph.apply('MatMul', [turned, graph.apply('Transpose', [matrix], { perm: [1, 0] })]);
    gradient = graph.apply('Transpose', [product], { perm: last.map((_, index) => last.indexOf(index)) });
  });
  return [gradient];
};

/** The upper or lower triangle of the gradient. */
const triangle: GradientRule = (step) => [step.graph.apply('Trilu', [step.gradient, step.inputs[1]], { upper: number(step, 'upper') })];

export const shaping: ReadonlyMap<string, GradientRule> = new Map<string, GradientRule>([
  ['Reshape', reshaped], ['Flatten', reshaped], ['Squeeze', reshaped], ['Unsqueeze', reshaped],
  ['Transpose', transpose], ['Concat', concat], ['Split', split], ['Pad', pad],
  ['Slice', selection], ['Gather', selection], ['GatherElements', selection], ['GatherND', selection], ['Tile', selection],
  ['DepthToSpace', selection], ['SpaceToDepth', selection], ['Compress', selection], ['ReverseSequence', selection],
  ['Expand', (step) => [unbroadcast(step, step.gradient, input(step, 0))]],
  ['ScatterND', scatterNd], ['ScatterElements', scatterElements], ['Resize', resize], ['Trilu', triangle],
]);
