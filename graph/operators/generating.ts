import { add, ceilDivide, formatShape, isKnown, maximum, multiply, product, subtract } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import type { Attributes } from '../graph.ts';
import type { ConstantTensor, DataType } from '../tensor.ts';
import { dataTypeOfAttribute } from './data-types.ts';
import { count, foldable, foldLimit, sizes } from './folding.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { dataTypeOf, dimensionsOf, number, numberAttribute, numbers, rule, shapeOf } from './reading.ts';
import { runtimeSize } from './slicing.ts';

/** Operators that make tensors from attributes, from a shape, or from nothing but chance. */

/** The value that a Constant carries in whichever of its attributes. */
function constantValue(attributes: Attributes): ConstantTensor | undefined {
  const { value, value_float: float, value_floats: floats, value_int: int, value_ints: ints, value_string: string, value_strings: strings } = attributes;
  if (typeof value === 'object' && 'data' in value) return value;
  if (typeof float === 'number') return { dataType: 'float32', shape: [], data: [float] };
  if (typeof int === 'number') return { dataType: 'int64', shape: [], data: [int] };
  if (typeof string === 'string') return { dataType: 'string', shape: [], data: [string] };
  const list = (dataType: DataType, data: unknown): ConstantTensor => ({ dataType, shape: [(data as unknown[]).length], data: data as ConstantTensor['data'] });
  if (floats) return list('float32', floats);
  if (ints) return list('int64', ints);
  return strings ? list('string', strings) : undefined;
}

const constant: OperatorRule = rule('Constant', {}, (context) => {
  const value = constantValue(context.attributes);
  return [{ dataType: value?.dataType, shape: value?.shape }];
}, (context) => {
  const value = constantValue(context.attributes);
  return value && value.data.length <= foldLimit ? [value] : undefined;
});

/** The shape that input `input` states; where only its length is known, that many sizes of which nothing is. */
function statedShape(context: Inference, input: number): readonly Dimension[] | undefined {
  const stated = dimensionsOf(context, input);
  if (stated) return stated;
  const rank = shapeOf(context, input)?.[0];
  return rank !== undefined && isKnown(rank) ? Array.from({ length: rank }, () => runtimeSize('size')) : undefined;
}

const constantOfShape: OperatorRule = rule('ConstantOfShape', {}, (context) => {
  const { value } = context.attributes;
  return [{ dataType: typeof value === 'object' && 'data' in value ? value.dataType : 'float32', shape: statedShape(context, 0) }];
}, (context) => {
  const shape = foldable(dimensionsOf(context, 0));
  const { value } = context.attributes;
  const fill = typeof value === 'object' && 'data' in value ? value : { dataType: 'float32' as const, data: [0] };
  return shape && [{ dataType: fill.dataType, shape, data: new Array(count(shape)).fill(fill.data[0]) }];
});

const range: OperatorRule = rule('Range', {}, (context) => {
  const [start, limit, step] = [0, 1, 2].map((input) => dimensionsOf(context, input)?.[0]);
  const dataType = dataTypeOf(context, 0);
  if (start === undefined || limit === undefined || step === undefined) return [{ dataType, shape: [runtimeSize('range')] }];
  if (step === 0) throw new ShapeFault('the step of a Range cannot be 0');
  if (isKnown(start) && isKnown(limit) && isKnown(step)) return [{ dataType, shape: [Math.max(0, Math.ceil((limit - start) / step))] }];
  if (!isKnown(step) || !Number.isInteger(step)) return [{ dataType, shape: [runtimeSize('range')] }];
  const distance = step > 0 ? subtract(limit, start) : subtract(start, limit);
  return [{ dataType, shape: [maximum(0, ceilDivide(distance, Math.abs(step)))] }];
}, (context) => {
  const [start, limit, step] = [0, 1, 2].map((input) => dimensionsOf(context, input)?.[0]);
  const dataType = dataTypeOf(context, 0);
  if (start === undefined || step === undefined || !dataType || limit === undefined) return undefined;
  const distance = subtract(limit, start);
  if (!isKnown(distance) || !isKnown(step) || step === 0) return undefined;
  const length = Math.max(0, Math.ceil(distance / step));
  if (length > foldLimit) return undefined;
  return [{ dataType, shape: [length], data: Array.from({ length }, (_, i) => (isKnown(start) ? start + i * step : add(start, multiply(i, step)))) }];
});

/** Shape, or the part of it between `start` and `end`. */
function shapePart(context: Inference): readonly Dimension[] | undefined {
  const shape = shapeOf(context, 0);
  const end = numberAttribute(context, 'end');
  return shape?.slice(number(context, 'start'), end);
}

const shape: OperatorRule = rule('Shape', { start: 0 }, (context) => {
  const part = shapePart(context);
  return [{ dataType: 'int64', shape: [part ? part.length : runtimeSize('rank')] }];
}, (context) => {
  const part = shapePart(context);
  return part && [sizes(part)];
});

const size: OperatorRule = rule('Size', {}, () => [{ dataType: 'int64', shape: [] }], (context) => {
  const known = shapeOf(context, 0);
  return known && [{ dataType: 'int64', shape: [], data: [product(known)] }];
});

const eyeLike: OperatorRule = rule('EyeLike', { k: 0 }, (context) => {
  const like = shapeOf(context, 0);
  if (like && like.length !== 2) throw new ShapeFault(`EyeLike needs a matrix, but the shape is ${formatShape(like)}`);
  return [{ dataType: dataTypeOfAttribute(context.attributes.dtype) ?? dataTypeOf(context, 0), shape: like }];
}, (context) => {
  const known = foldable(shapeOf(context, 0));
  const dataType = dataTypeOfAttribute(context.attributes.dtype) ?? dataTypeOf(context, 0);
  if (!known || !dataType) return undefined;
  const offset = number(context, 'k');
  return [{ dataType, shape: known, data: Array.from({ length: count(known) }, (_, i) => (i % known[1] - Math.floor(i / known[1]) === offset ? 1 : 0)) }];
});

const normal = { mean: 0, scale: 1 };
const uniform = { low: 0, high: 1 };

const random = [
  rule('RandomNormal', { dtype: 1, ...normal }, randomShape),
  rule('RandomUniform', { dtype: 1, ...uniform }, randomShape),
  rule('RandomNormalLike', normal, randomLike),
  rule('RandomUniformLike', uniform, randomLike),
  rule('Bernoulli', {}, randomLike),
];

function randomShape(context: Inference): [{ dataType: DataType | undefined; shape: readonly number[] | undefined }] {
  return [{ dataType: dataTypeOfAttribute(context.attributes.dtype), shape: numbers(context, 'shape') }];
}

function randomLike(context: Inference): [{ dataType: DataType | undefined; shape: readonly Dimension[] | undefined }] {
  return [{ dataType: dataTypeOfAttribute(context.attributes.dtype) ?? dataTypeOf(context, 0), shape: shapeOf(context, 0) }];
}

const multinomial: OperatorRule = rule('Multinomial', { dtype: 6, sample_size: 1 }, (context) => {
  const input = shapeOf(context, 0);
  if (input && input.length !== 2) throw new ShapeFault(`Multinomial takes (batch, classes), but the shape is ${formatShape(input)}`);
  return [{ dataType: dataTypeOfAttribute(context.attributes.dtype), shape: input && [input[0], number(context, 'sample_size')] }];
});

const windowFunctions = ['HannWindow', 'HammingWindow', 'BlackmanWindow'].map((type) => rule(type, { output_datatype: 1, periodic: 1 }, (context) => {
  const length = dimensionsOf(context, 0)?.[0];
  return [{ dataType: dataTypeOfAttribute(context.attributes.output_datatype), shape: [length ?? runtimeSize('window')] }];
}));

export const generating: readonly OperatorRule[] = [constant, constantOfShape, range, shape, size, eyeLike, ...random, multinomial, ...windowFunctions];

