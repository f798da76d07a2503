import { equal, equals, floorDivide, format, formatShape, isKnown, lessThan, modulo, multiply, product } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import type { ConstantTensor } from '../tensor.ts';
import { broadcast } from './broadcasting.ts';
import { count, expandTo, foldable, pick } from './folding.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { axesOf, constantOf, dataTypeOf, dimensionsOf, flag, normalAxes, normalAxis, number, numbers, rule, shapeOf, unify } from './reading.ts';
import type { Shape } from './reading.ts';

/** Operators that keep the elements and change the shape, or repeat the elements along a dimension. */

/** A known number of elements in another shape. */
function refold(context: Inference, shape: Shape | undefined): ConstantTensor[] | undefined {
  const source = constantOf(context, 0);
  const known = foldable(shape);
  return source && known && count(known) === source.data.length ? [{ ...source, shape: known }] : undefined;
}

const result = (context: Inference, shape: Shape | undefined): { dataType: ReturnType<typeof dataTypeOf>; shape: Shape | undefined }[] =>
  [{ dataType: dataTypeOf(context, 0), shape }];

/** The quotient of two element counts, where one divides the other for certain; a condition where that is open. */
function exactQuotient(context: Inference, total: Dimension, part: Dimension, message: () => string): Dimension {
  if (part === 0) {
    if (total !== 0) throw new ShapeFault(message());
    return 0;
  }
  const rest = modulo(total, part);
  if (rest !== 0) {
    if (equals(rest, 0) === false) throw new ShapeFault(message());
    context.requireEqual(rest, 0, message);
  }
  return floorDivide(total, part);
}

/** ONNX's Reshape: 0 keeps the input's dimension, one -1 takes what is left. */
export function reshape(context: Inference, input: Shape, target: readonly Dimension[], allowZero: boolean): Shape {
  const message = (): string => `${formatShape(input)} cannot be reshaped to ${formatShape(target)}: ${format(product(input))} elements`;
  const open = target.findIndex((size) => size === -1);
  if (open >= 0 && target.indexOf(-1, open + 1) >= 0) throw new ShapeFault(`only one dimension of the shape ${formatShape(target)} may be -1`);
  const sizes = target.map((size, i) => {
    if (size === 0 && !allowZero) {
      if (i >= input.length) throw new ShapeFault(`the shape ${formatShape(target)} keeps dimension ${i}, which the input of shape ${formatShape(input)} does not have`);
      return input[i];
    }
    if (lessThan(size, 0) === true && i !== open) throw new ShapeFault(`the shape ${formatShape(target)} has the negative dimension ${format(size)}`);
    return size;
  });
  if (open < 0) {
    unify(context, product(input), product(sizes), message);
    return sizes;
  }
  // dimensions that both shapes share cancel, which also holds for those that are not known
  const unmatched = [...input];
  const rest = sizes.filter((_, i) => i !== open).filter((size) => {
    const same = unmatched.findIndex((other) => equal(other, size) && !isKnown(size));
    if (same >= 0) unmatched.splice(same, 1);
    return same < 0;
  });
  sizes[open] = exactQuotient(context, product(unmatched), product(rest), message);
  return sizes;
}

function reshapeTarget(context: Inference): Shape | undefined {
  const input = shapeOf(context, 0);
  const target = dimensionsOf(context, 1) ?? numbers(context, 'shape');
  if (target) {
    // without a 0 or -1 the target says everything, whatever the input is
    if (input) return reshape(context, input, target, flag(context, 'allowzero'));
    return target.every((size) => isKnown(size) && size > 0) ? target : undefined;
  }
  return undefined;
}

const reshapeRule: OperatorRule = rule('Reshape', { allowzero: 0 }, (context) => result(context, reshapeTarget(context)), (context) => refold(context, reshapeTarget(context)));

function flatten(context: Inference): Shape | undefined {
  const shape = shapeOf(context, 0);
  if (!shape) return undefined;
  const axis = number(context, 'axis');
  if (axis > shape.length || axis < -shape.length) throw new ShapeFault(`Flatten at axis ${axis} of a tensor of shape ${formatShape(shape)}`);
  const split = axis < 0 ? axis + shape.length : axis;
  return [product(shape.slice(0, split)), product(shape.slice(split))];
}

function permutation(context: Inference, rank: number): readonly number[] {
  const order = numbers(context, 'perm') ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  if (order.length !== rank) throw new ShapeFault(`Transpose orders ${order.length} dimensions, but the tensor has ${rank}`);
  return normalAxes(order, rank);
}

const transpose: OperatorRule = rule('Transpose', {}, (context) => {
  const shape = shapeOf(context, 0);
  return result(context, shape && permutation(context, shape.length).map((axis) => shape[axis]));
}, (context) => {
  const source = constantOf(context, 0);
  if (!source) return undefined;
  const order = permutation(context, source.shape.length);
  const inverse = source.shape.map((_, axis) => order.indexOf(axis));
  return [pick(source, order.map((axis) => source.shape[axis]), (index) => inverse.map((position) => index[position]))];
});

function squeeze(context: Inference): Shape | undefined {
  const shape = shapeOf(context, 0);
  const axes = axesOf(context, 1);
  if (!shape || axes === undefined) return undefined;
  // without axes every dimension of size 1 goes; one that may be 1 is taken not to be
  if (axes === 'missing') return shape.filter((size) => size !== 1);
  const normal = normalAxes(axes, shape.length);
  for (const axis of normal) unify(context, shape[axis], 1, () => `dimension ${axis} of ${formatShape(shape)} cannot be squeezed: it is ${format(shape[axis])}, not 1`);
  return shape.filter((_, axis) => !normal.includes(axis));
}

function unsqueeze(context: Inference): Shape | undefined {
  const shape = shapeOf(context, 0);
  const axes = axesOf(context, 1);
  if (!shape || axes === undefined) return undefined;
  if (axes === 'missing') throw new ShapeFault('Unsqueeze needs axes');
  const rank = shape.length + axes.length;
  const normal = normalAxes(axes, rank);
  const source = [...shape];
  return Array.from({ length: rank }, (_, axis) => (normal.includes(axis) ? 1 : source.shift()!));
}

function expand(context: Inference): Shape | undefined {
  const [shape, target] = [shapeOf(context, 0), dimensionsOf(context, 1)];
  return shape && target && broadcast(context, shape, target);
}

function repeats(context: Inference): readonly Dimension[] | undefined {
  const [shape, times] = [shapeOf(context, 0), dimensionsOf(context, 1)];
  if (shape && times && shape.length !== times.length) {
    throw new ShapeFault(`Tile needs one repeat for each of the ${shape.length} dimensions of ${formatShape(shape)}, but there are ${times.length}`);
  }
  return times;
}

const tile: OperatorRule = rule('Tile', {}, (context) => {
  const [shape, times] = [shapeOf(context, 0), repeats(context)];
  return result(context, shape && times && shape.map((size, axis) => multiply(size, times[axis])));
}, (context) => {
  const [source, times] = [constantOf(context, 0), repeats(context)];
  const shape = foldable(source && times && source.shape.map((size, axis) => multiply(size, times[axis])));
  return source && shape && [pick(source, shape, (index) => index.map((i, axis) => i % source.shape[axis]))];
});

/** Blocks of channels to blocks of pixels: (N, C*b*b, H, W) to (N, C, H*b, W*b). */
const depthToSpace: OperatorRule = rule('DepthToSpace', { mode: 'DCR' }, (context) => {
  const shape = shapeOf(context, 0);
  const block = number(context, 'blocksize');
  if (!shape) return result(context, undefined);
  if (shape.length !== 4) throw new ShapeFault(`DepthToSpace takes (batch, channels, height, width), but the shape is ${formatShape(shape)}`);
  const channels = exactQuotient(context, shape[1], block * block, () => `${format(shape[1])} channels do not divide into blocks of ${block}x${block}`);
  return result(context, [shape[0], channels, multiply(shape[2], block), multiply(shape[3], block)]);
});

const spaceToDepth: OperatorRule = rule('SpaceToDepth', {}, (context) => {
  const shape = shapeOf(context, 0);
  const block = number(context, 'blocksize');
  if (!shape) return result(context, undefined);
  if (shape.length !== 4) throw new ShapeFault(`SpaceToDepth takes (batch, channels, height, width), but the shape is ${formatShape(shape)}`);
  const [height, width] = shape.slice(2).map((size) => exactQuotient(context, size, block, () => `${format(size)} pixels do not divide into blocks of ${block}`));
  return result(context, [shape[0], multiply(shape[1], block * block), height, width]);
});

const reverseSequence: OperatorRule = rule('ReverseSequence', { batch_axis: 1, time_axis: 0 }, (context) => {
  const shape = shapeOf(context, 0);
  if (shape) normalAxis(number(context, 'time_axis'), shape.length, 'time_axis');
  return result(context, shape);
});

export const reshaping: readonly OperatorRule[] = [
  reshapeRule,
  rule('Flatten', { axis: 1 }, (context) => result(context, flatten(context)), (context) => refold(context, flatten(context))),
  transpose,
  rule('Squeeze', {}, (context) => result(context, squeeze(context)), (context) => refold(context, squeeze(context))),
  rule('Unsqueeze', {}, (context) => result(context, unsqueeze(context)), (context) => refold(context, unsqueeze(context))),
  rule('Expand', {}, (context) => result(context, expand(context)), (context) => {
    const source = constantOf(context, 0);
    const shape = foldable(expand(context));
    return source && shape && [expandTo(source, shape)];
  }),
  tile, depthToSpace, spaceToDepth, reverseSequence,
];
