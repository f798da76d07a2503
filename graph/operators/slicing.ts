import { add, ceilDivide, formatShape, isKnown, lessThan, maximum, minimum, subtract, symbol } from '../dimension.ts';
import type { Dimension, Polynomial } from '../dimension.ts';
import type { ConstantTensor } from '../tensor.ts';
import { foldable, pick } from './folding.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { constantOf, dataTypeOf, dimensionsOf, has, normalAxes, normalAxis, number, numberAttribute, numbers, numbersOf, rule, shapeOf, unify } from './reading.ts';
import type { Shape } from './reading.ts';

/** Operators that read or write parts of a tensor by position. */

let runtimeSizes = 0;

/** A size that only the elements decide: how many are not zero, how many are unique. */
export function runtimeSize(label: string): Polynomial {
  return symbol(`${label}_${++runtimeSizes}`, { minimum: 0 });
}

const result = (context: Inference, shape: Shape | undefined): { dataType: ReturnType<typeof dataTypeOf>; shape: Shape | undefined }[] =>
  [{ dataType: dataTypeOf(context, 0), shape }];

interface Range { readonly axis: number; readonly start: Dimension; readonly step: number; readonly length: Dimension }

/** Ranges of a Slice on a shape; see `clamp`. Undefined where a bound is not known. */
function rangesOf(context: Inference, shape: Shape): readonly (Range | undefined)[] | undefined {
  const inputs = has(context, 1);
  const starts = inputs ? dimensionsOf(context, 1) : numbers(context, 'starts');
  const ends = inputs ? dimensionsOf(context, 2) : numbers(context, 'ends');
  const steps = has(context, 4) ? numbersOf(context, 4) : undefined;
  const given = inputs ? (has(context, 3) ? numbersOf(context, 3) : 'all') : numbers(context, 'axes') ?? 'all';
  if (given === undefined) return undefined;
  const length = starts?.length ?? ends?.length ?? (given === 'all' ? shape.length : given.length);
  const axes = normalAxes(given === 'all' ? Array.from({ length }, (_, i) => i) : given, shape.length);
  if (starts && starts.length !== axes.length || ends && ends.length !== axes.length) {
    throw new ShapeFault(`Slice has ${starts?.length ?? '?'} starts and ${ends?.length ?? '?'} ends for ${axes.length} axes`);
  }
  if (has(context, 4) && !steps) return axes.map(() => undefined);
  return axes.map((axis, i) => {
    const step = steps?.[i] ?? 1;
    if (step === 0) throw new ShapeFault('the step of a Slice cannot be 0');
    if (!starts || !ends) return undefined;
    return { axis, step, ...clamp(shape[axis], starts[i], ends[i], step) };
  });
}

/** ONNX's clamping: as Python's slices, but a start far before the first element counts as the first, also backwards. */
function clamp(size: Dimension, start: Dimension, stop: Dimension, step: number): { start: Dimension; length: Dimension } {
  const from = maximum(size === 0 ? -1 : 0, bound(size, start, step));
  const to = bound(size, stop, step);
  const distance = step > 0 ? subtract(to, from) : subtract(from, to);
  return { start: from, length: maximum(0, ceilDivide(distance, Math.abs(step))) };
}

function bound(size: Dimension, value: Dimension, step: number): Dimension {
  const fromEnd = lessThan(value, 0) === true;
  const position = fromEnd ? add(value, size) : value;
  const [low, high] = step > 0 ? [0, size] : [-1, subtract(size, 1)];
  // ONNX and PyTorch write "to the end" as a huge number
  if (isKnown(value) && value >= 2 ** 31 - 1) return high;
  if (isKnown(value) && value <= -(2 ** 31 - 1)) return low;
  return maximum(low, minimum(position, high));
}

const slice: OperatorRule = rule('Slice', {}, (context) => {
  const shape = shapeOf(context, 0);
  const ranges = shape && rangesOf(context, shape);
  if (!ranges) return result(context, shape && shape.map(() => runtimeSize('slice')));
  const sizes = [...shape];
  for (const range of ranges) {
    if (!range) return result(context, shape.map((size, axis) => (unknownAxes(context, shape).has(axis) ? runtimeSize('slice') : size)));
    sizes[range.axis] = range.length;
  }
  return result(context, sizes);
}, (context) => {
  const source = constantOf(context, 0);
  const ranges = source && rangesOf(context, source.shape);
  if (!ranges || ranges.includes(undefined)) return undefined;
  const byAxis = new Map(ranges.map((range) => [range!.axis, range!]));
  const shape = foldable(source.shape.map((size, axis) => byAxis.get(axis)?.length ?? size));
  if (!shape || ranges.some((range) => !isKnown(range!.start))) return undefined;
  return [pick(source, shape, (index) => index.map((i, axis) => {
    const range = byAxis.get(axis);
    return range ? range.start as number + i * range.step : i;
  }))];
});

function unknownAxes(context: Inference, shape: Shape): Set<number> {
  const axes = has(context, 3) ? numbersOf(context, 3) : undefined;
  return new Set(axes ? normalAxes(axes, shape.length) : shape.keys());
}

const gather: OperatorRule = rule('Gather', { axis: 0 }, (context) => {
  const [data, indices] = [shapeOf(context, 0), shapeOf(context, 1)];
  if (!data) return result(context, undefined);
  if (data.length === 0) throw new ShapeFault('Gather cannot index a scalar');
  const axis = normalAxis(number(context, 'axis'), data.length);
  requireInside(numbersOf(context, 1), data[axis]);
  return result(context, indices && [...data.slice(0, axis), ...indices, ...data.slice(axis + 1)]);
}, (context) => {
  const [data, indices] = [constantOf(context, 0), constantOf(context, 1)];
  const positions = numbersOf(context, 1);
  if (!data || !indices || !positions) return undefined;
  const axis = normalAxis(number(context, 'axis'), data.shape.length);
  const shape = foldable([...data.shape.slice(0, axis), ...indices.shape, ...data.shape.slice(axis + 1)]);
  const wide = indices.shape.length;
  return shape && [pick(data, shape, (index) => {
    let position = 0;
    indices.shape.forEach((size, i) => { position = position * size + index[axis + i]; });
    const chosen = positions[position];
    return [...index.slice(0, axis), chosen < 0 ? chosen + data.shape[axis] : chosen, ...index.slice(axis + wide)];
  })];
});

/** An index that is out of bounds for certain is a fault. */
function requireInside(indices: readonly number[] | undefined, size: Dimension): void {
  if (!indices || !isKnown(size)) return;
  const outside = indices.find((index) => index >= size || index < -size);
  if (outside !== undefined) throw new ShapeFault(`index ${outside} is out of bounds for a dimension of ${size} elements`);
}

const gatherElements: OperatorRule = rule('GatherElements', { axis: 0 }, (context) => {
  const [data, indices] = [shapeOf(context, 0), shapeOf(context, 1)];
  if (data && indices && data.length !== indices.length) throw new ShapeFault(`GatherElements needs indices of the data's rank: ${formatShape(data)} and ${formatShape(indices)}`);
  if (data) normalAxis(number(context, 'axis'), data.length);
  return result(context, indices);
});

const gatherND: OperatorRule = rule('GatherND', { batch_dims: 0 }, (context) => {
  const [data, indices] = [shapeOf(context, 0), shapeOf(context, 1)];
  if (!data || !indices) return result(context, undefined);
  const batch = number(context, 'batch_dims');
  const width = indices[indices.length - 1];
  if (indices.length === 0 || data.length === 0) throw new ShapeFault('GatherND needs tensors of at least rank 1');
  if (!isKnown(width)) return result(context, undefined);
  if (width > data.length - batch) throw new ShapeFault(`GatherND indexes ${width} dimensions of ${formatShape(data)} behind ${batch} batch dimensions`);
  return result(context, [...indices.slice(0, -1), ...data.slice(batch + width)]);
});

function scatterElements(type: string): OperatorRule {
  return rule(type, { axis: 0, reduction: 'none' }, (context) => {
    const [data, indices, updates] = [0, 1, 2].map((input) => shapeOf(context, input));
    if (data) normalAxis(number(context, 'axis'), data.length);
    if (data && indices && data.length !== indices.length) throw new ShapeFault(`${type} needs indices of the data's rank: ${formatShape(data)} and ${formatShape(indices)}`);
    if (indices && updates && indices.length !== updates.length) throw new ShapeFault(`${type} needs one update for each index: ${formatShape(indices)} and ${formatShape(updates)}`);
    return result(context, data);
  });
}

const scatterND: OperatorRule = rule('ScatterND', { reduction: 'none' }, (context) => {
  const [data, indices, updates] = [0, 1, 2].map((input) => shapeOf(context, input));
  if (data && indices && updates) {
    const width = indices[indices.length - 1];
    if (isKnown(width)) {
      if (width > data.length) throw new ShapeFault(`ScatterND indexes ${width} dimensions of ${formatShape(data)}`);
      const expected = [...indices.slice(0, -1), ...data.slice(width)];
      if (expected.length !== updates.length) throw new ShapeFault(`ScatterND needs updates of shape ${formatShape(expected)}, but they are ${formatShape(updates)}`);
      expected.forEach((size, i) => unify(context, size, updates[i], () => `ScatterND needs updates of shape ${formatShape(expected)}, but they are ${formatShape(updates)}`));
    }
  }
  return result(context, data);
});

const oneHot: OperatorRule = rule('OneHot', { axis: -1 }, (context) => {
  const [indices, depth] = [shapeOf(context, 0), dimensionsOf(context, 1)];
  const dataType = dataTypeOf(context, 2);
  if (!indices) return [{ dataType, shape: undefined }];
  const axis = normalAxis(number(context, 'axis'), indices.length + 1);
  return [{ dataType, shape: [...indices.slice(0, axis), depth ? depth[0] : runtimeSize('depth'), ...indices.slice(axis)] }];
});

const nonZero: OperatorRule = rule('NonZero', {}, (context) => {
  const rank = shapeOf(context, 0)?.length;
  return [{ dataType: 'int64', shape: rank === undefined ? undefined : [Math.max(rank, 1), runtimeSize('nonzero')] }];
});

const compress: OperatorRule = rule('Compress', {}, (context) => {
  const shape = shapeOf(context, 0);
  const axis = numberAttribute(context, 'axis');
  const condition = constantOf(context, 1);
  const chosen = condition ? condition.data.filter(Boolean).length : runtimeSize('compress');
  if (axis === undefined) return result(context, [chosen]);
  if (!shape) return result(context, undefined);
  const along = normalAxis(axis, shape.length);
  return result(context, shape.map((size, i) => (i === along ? chosen : size)));
});

const unique: OperatorRule = rule('Unique', { sorted: 1 }, (context) => {
  const shape = shapeOf(context, 0);
  const axis = numberAttribute(context, 'axis');
  const known = axis === undefined ? numbersOf(context, 0) : undefined;
  const found = known ? new Set(known).size : runtimeSize('unique');
  const values = axis === undefined ? [found] : shape?.map((size, i) => (i === normalAxis(axis, shape.length) ? found : size));
  const length = axis === undefined ? shape?.reduce<Dimension>((total, size) => (isKnown(total) && isKnown(size) ? total * size : runtimeSize('elements')), 1) : shape?.[normalAxis(axis, shape.length)];
  const indices = { dataType: 'int64' as const, shape: [found] };
  return [{ dataType: dataTypeOf(context, 0), shape: values }, indices, { dataType: 'int64', shape: length === undefined ? undefined : [length] }, indices];
}, (context) => {
  const [source, data] = [constantOf(context, 0), numbersOf(context, 0)];
  if (!source || !data || numberAttribute(context, 'axis') !== undefined) return undefined;
  const distinct = [...new Set(data)];
  if (number(context, 'sorted')) distinct.sort((a, b) => a - b);
  const places = new Map(distinct.map((value, i) => [value, i]));
  const counts = distinct.map(() => 0);
  for (const value of data) counts[places.get(value)!]++;
  const list = (of: readonly number[]): ConstantTensor => ({ dataType: 'int64', shape: [of.length], data: of });
  return [
    { dataType: source.dataType, shape: [distinct.length], data: distinct },
    list(distinct.map((value) => data.indexOf(value))), list(data.map((value) => places.get(value)!)), list(counts),
  ];
});

const suppression: OperatorRule = rule('NonMaxSuppression', { center_point_box: 0 }, () => [{ dataType: 'int64', shape: [runtimeSize('boxes'), 3] }]);

/** Writes update rows at running positions of a cache. */
const tensorScatter: OperatorRule = rule('TensorScatter', { axis: -2, mode: 'linear' }, (context) => result(context, shapeOf(context, 0)));

const trilu: OperatorRule = rule('Trilu', { upper: 1 }, (context) => {
  const shape = shapeOf(context, 0);
  if (shape && shape.length < 2) throw new ShapeFault(`Trilu needs matrices, but the shape is ${formatShape(shape)}`);
  return result(context, shape);
}, (context) => {
  const source = constantOf(context, 0);
  const offset = has(context, 1) ? numbersOf(context, 1)?.[0] : 0;
  if (!source || offset === undefined) return undefined;
  const [rows, columns] = source.shape.slice(-2);
  const upper = Boolean(context.attributes.upper);
  const zero = source.dataType === 'bool' ? false : 0;
  return [{ ...source, data: source.data.map((element, i) => {
    const distance = i % columns - Math.floor(i / columns) % rows - offset;
    return (upper ? distance >= 0 : distance <= 0) ? element : zero;
  }) }];
});

export const slicing: readonly OperatorRule[] = [
  slice, gather, gatherElements, gatherND, scatterElements('ScatterElements'), scatterElements('Scatter'), scatterND,
  oneHot, nonZero, compress, unique, suppression, tensorScatter, trilu,
];

