import { add, ceilDivide, equal, format, formatShape, isKnown, lessThan, multiply, subtract } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import type { ConstantTensor, TensorType } from '../tensor.ts';
import { promote } from './data-types.ts';
import { constantsOf, eachIndex, foldable, pick, stridesOf, tensorOf } from './folding.ts';
import type { Element } from './folding.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { constantOf, dataTypeOf, dimensionsOf, has, normalAxes, normalAxis, number, numberAttribute, numbers, numbersOf, rule, shapeOf, text, unify } from './reading.ts';
import type { Shape } from './reading.ts';
import { runtimeSize } from './slicing.ts';

/** Operators that put tensors together, take them apart, or grow them at the borders. */

function concatenated(context: Inference): { axis: number; shape: Shape } | undefined {
  const shapes = context.inputs.map((input) => input?.type.shape);
  const first = shapes.find((shape) => shape !== undefined);
  if (!first) return undefined;
  const axis = normalAxis(number(context, 'axis'), first.length);
  const result = [...first];
  let along: Dimension | undefined = 0;
  shapes.forEach((shape, i) => {
    if (!shape) { along = undefined; return; }
    if (shape.length !== first.length) throw new ShapeFault(`tensors of different ranks cannot be concatenated: ${formatShape(first)} and ${formatShape(shape)}`);
    shape.forEach((size, dimension) => {
      if (dimension === axis) return;
      result[dimension] = unify(context, result[dimension], size, () =>
        `tensors concatenated along axis ${axis} must agree elsewhere: ${formatShape(first)} and ${formatShape(shape)} (input ${i}) differ in dimension ${dimension}`);
    });
    if (along !== undefined) along = add(along, shape[axis]);
  });
  result[axis] = along ?? runtimeSize('concat');
  return { axis, shape: result };
}

const concat: OperatorRule = rule('Concat', {}, (context) => {
  let dataType = dataTypeOf(context, 0);
  for (const input of context.inputs) dataType = dataType && input?.type.dataType && promote(dataType, input.type.dataType);
  return [{ dataType, shape: concatenated(context)?.shape }];
}, (context) => {
  const constants = constantsOf(context) as ConstantTensor[] | undefined;
  const joined = constants && concatenated(context);
  const shape = joined && foldable(joined.shape);
  if (!shape) return undefined;
  const data = new Array<Element>(shape.reduce((total, size) => total * size, 1));
  const strides = stridesOf(shape);
  let before = 0;
  for (const constant of constants) {
    eachIndex(constant.shape, (index, position) => {
      let offset = before * strides[joined.axis];
      index.forEach((i, axis) => { offset += i * strides[axis]; });
      data[offset] = constant.data[position];
    });
    before += constant.shape[joined.axis];
  }
  return [{ dataType: constants[0].dataType, shape, data }];
});

/** The sizes of the parts of a Split: stated, or as equal as they go with a smaller last one. */
function partsOf(context: Inference, size: Dimension): readonly Dimension[] | undefined {
  const stated = has(context, 1) ? dimensionsOf(context, 1) : numbers(context, 'split');
  if (has(context, 1) && !stated) return undefined;
  if (stated) {
    const total = stated.reduce<Dimension>((sum, part) => add(sum, part), 0);
    unify(context, total, size, () => `Split into parts of ${formatShape(stated)} needs ${format(total)} elements, but the dimension has ${format(size)}`);
    return stated;
  }
  const parts = numberAttribute(context, 'num_outputs') ?? context.outputs;
  const each = ceilDivide(size, parts);
  const last = subtract(size, multiply(each, parts - 1));
  if (isKnown(last) && last < 0) throw new ShapeFault(`${format(size)} elements do not split into ${parts} parts`);
  return Array.from({ length: parts }, (_, i) => (i < parts - 1 ? each : last));
}

const split: OperatorRule = rule('Split', { axis: 0 }, (context) => {
  const shape = shapeOf(context, 0);
  const dataType = dataTypeOf(context, 0);
  if (!shape) return Array.from({ length: context.outputs }, () => ({ dataType, shape: undefined }));
  const axis = normalAxis(number(context, 'axis'), shape.length);
  const parts = partsOf(context, shape[axis]) ?? Array.from({ length: context.outputs }, () => runtimeSize('split'));
  if (parts.length !== context.outputs) throw new ShapeFault(`Split makes ${parts.length} parts, but ${context.outputs} are asked for`);
  return parts.map((part) => ({ dataType, shape: shape.map((size, i) => (i === axis ? part : size)) }));
}, (context) => {
  const source = constantOf(context, 0);
  if (!source) return undefined;
  const axis = normalAxis(number(context, 'axis'), source.shape.length);
  const parts = partsOf(context, source.shape[axis]);
  if (!parts?.every(isKnown)) return undefined;
  let start = 0;
  return (parts as readonly number[]).map((part) => {
    const from = start;
    start += part;
    return pick(source, source.shape.map((size, i) => (i === axis ? part : size)), (index) => index.map((i, a) => (a === axis ? i + from : i)));
  });
});

interface Padding { readonly before: readonly Dimension[]; readonly after: readonly Dimension[] }

function paddingOf(context: Inference, rank: number): Padding | undefined {
  const pads = has(context, 1) ? dimensionsOf(context, 1) : numbers(context, 'pads');
  const axes = has(context, 3) ? numbersOf(context, 3) : Array.from({ length: rank }, (_, i) => i);
  if (!pads || !axes) return undefined;
  if (pads.length !== 2 * axes.length) throw new ShapeFault(`Pad needs ${2 * axes.length} sizes, two for each of ${axes.length} axes, but has ${pads.length}`);
  const before: Dimension[] = new Array<Dimension>(rank).fill(0);
  const after = [...before];
  normalAxes(axes, rank).forEach((axis, i) => {
    before[axis] = pads[i];
    after[axis] = pads[i + axes.length];
  });
  return { before, after };
}

const pad: OperatorRule = rule('Pad', { mode: 'constant' }, (context) => {
  const shape = shapeOf(context, 0);
  const dataType = dataTypeOf(context, 0);
  const padding = shape && paddingOf(context, shape.length);
  if (!padding) return [{ dataType, shape: shape?.map(() => runtimeSize('pad')) }];
  const sizes = shape.map((size, axis) => {
    const grown = add(size, add(padding.before[axis], padding.after[axis]));
    if (lessThan(grown, 0) === true) throw new ShapeFault(`Pad leaves ${format(grown)} elements in dimension ${axis} of ${formatShape(shape)}`);
    if (text(context, 'mode') === 'reflect') {
      for (const amount of [padding.before[axis], padding.after[axis]]) {
        if (lessThan(amount, size) === false && !equal(amount, 0)) throw new ShapeFault(`reflecting ${format(amount)} elements needs more than that in dimension ${axis} of ${formatShape(shape)}`);
      }
    }
    return grown;
  });
  return [{ dataType, shape: sizes }];
}, (context) => {
  const source = constantOf(context, 0);
  const padding = source && paddingOf(context, source.shape.length);
  const shape = foldable(padding && source.shape.map((size, axis) => add(size, add(padding.before[axis], padding.after[axis]))));
  const fill = has(context, 2) ? constantOf(context, 2)?.data[0] : 0;
  if (!padding || !shape || fill === undefined || text(context, 'mode') !== 'constant' || !padding.before.every(isKnown)) return undefined;
  const strides = stridesOf(source.shape);
  const data: Element[] = [];
  eachIndex(shape, (index) => {
    let offset = 0;
    const inside = index.every((i, axis) => {
      const at = i - (padding.before[axis] as number);
      offset += at * strides[axis];
      return at >= 0 && at < source.shape[axis];
    });
    data.push(inside ? source.data[offset] : fill);
  });
  const folded = tensorOf(source.dataType, shape, data);
  return folded && [folded];
});

const centerCropPad: OperatorRule = rule('CenterCropPad', {}, (context): TensorType[] => {
  const [shape, target] = [shapeOf(context, 0), dimensionsOf(context, 1)];
  if (!shape || !target) return [{ dataType: dataTypeOf(context, 0), shape: undefined }];
  const axes = normalAxes(numbers(context, 'axes') ?? [...shape.keys()], shape.length);
  return [{ dataType: dataTypeOf(context, 0), shape: shape.map((size, axis) => (axes.includes(axis) ? target[axes.indexOf(axis)] : size)) }];
});

export const joining: readonly OperatorRule[] = [concat, split, pad, centerCropPad];

