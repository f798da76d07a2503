import { add, ceilDivide, floorDivide, format, formatShape, lessThan, minimum, multiply, subtract } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import type { Attributes } from '../graph.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { dataTypeOf, dimensionsOf, flag, number, numbers, requireRank, requireRankAtLeast, rule, shapeOf, text, unify } from './reading.ts';
import type { Shape } from './reading.ts';

/** Convolutions and pooling: a window that slides over the spatial dimensions of (batch, channels, ...space). */

export interface Window {
  readonly kernel: readonly Dimension[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Begins, then ends, one for each spatial dimension. */
  readonly pads: readonly number[];
  readonly autoPad: string;
  readonly ceil: boolean;
}

function windowOf(context: Inference, kernel: readonly Dimension[]): Window {
  const ones = kernel.map(() => 1);
  const part = (name: string, length: number, missing: readonly number[]): readonly number[] => {
    const given = numbers(context, name);
    if (given && given.length !== length) throw new ShapeFault(`${name} has ${given.length} values, but the window ${formatShape(kernel)} needs ${length}`);
    return given ?? missing;
  };
  return {
    kernel,
    strides: part('strides', kernel.length, ones),
    dilations: part('dilations', kernel.length, ones),
    pads: part('pads', 2 * kernel.length, [...ones, ...ones].map(() => 0)),
    autoPad: text(context, 'auto_pad') ?? 'NOTSET',
    ceil: flag(context, 'ceil_mode'),
  };
}

/** Where the window fits on the input: the output's spatial dimensions. */
function slide(input: Shape, window: Window): Dimension[] {
  return input.map((size, i) => {
    const stride = window.strides[i];
    const extent = add(multiply(subtract(window.kernel[i], 1), window.dilations[i]), 1);
    if (window.autoPad.startsWith('SAME')) return ceilDivide(size, stride);
    const [before, after] = window.autoPad === 'VALID' ? [0, 0] : [window.pads[i], window.pads[i + input.length]];
    const room = subtract(add(size, before + after), extent);
    if (lessThan(add(room, window.ceil ? stride : 1), 1) === true) {
      throw new ShapeFault(`a window of ${formatShape(window.kernel)} does not fit: spatial dimension ${i} has ${format(size)} elements${
        before + after > 0 ? ` and ${before + after} of padding` : ''}, the window spans ${format(extent)}`);
    }
    if (!window.ceil) return add(floorDivide(room, stride), 1);
    const positions = add(ceilDivide(room, stride), 1);
    // a window may not begin in the padding behind the input
    if (typeof extent === 'number' && stride <= extent - after) return positions;
    return minimum(positions, ceilDivide(add(size, before), stride));
  });
}

const windowDefaults: Attributes = { auto_pad: 'NOTSET' };

interface ConvolutionInputs { readonly input: Shape; readonly weight: Shape }

function convolutionInputs(context: Inference, weightInput: number): ConvolutionInputs | undefined {
  const [input, weight] = [shapeOf(context, 0), shapeOf(context, weightInput)];
  requireRankAtLeast(input, 3, 'a convolution\'s input');
  if (!input || !weight) return undefined;
  if (weight.length !== input.length) {
    throw new ShapeFault(`a convolution's weight of shape ${formatShape(weight)} needs an input of rank ${weight.length}, but the input is ${formatShape(input)}`);
  }
  const kernel = numbers(context, 'kernel_shape');
  if (kernel && (kernel.length !== weight.length - 2)) {
    throw new ShapeFault(`kernel_shape has ${kernel.length} values, but the weight's shape is ${formatShape(weight)}`);
  }
  return { input, weight };
}

/** Inputs (N, C, ...) and weights (M, C/group, ...) to (N, M, ...). */
function convolve(context: Inference, weightInput: number, biasInput: number): Shape | undefined {
  const given = convolutionInputs(context, weightInput);
  if (!given) return undefined;
  const { input, weight } = given;
  const group = number(context, 'group');
  unify(context, input[1], multiply(weight[1], group), () =>
    `the input of shape ${formatShape(input)} has ${format(input[1])} channels, but the weight of shape ${formatShape(weight)} with group=${group} expects ${format(multiply(weight[1], group))}`);
  if (typeof weight[0] === 'number' && weight[0] % group !== 0) {
    throw new ShapeFault(`${weight[0]} output channels do not divide into ${group} groups`);
  }
  requireBias(context, biasInput, weight[0]);
  return [input[0], weight[0], ...slide(input.slice(2), windowOf(context, weight.slice(2)))];
}

function requireBias(context: Inference, index: number, channels: Dimension): void {
  const bias = shapeOf(context, index);
  requireRank(bias, 1, 'a convolution\'s bias');
  if (bias) unify(context, bias[0], channels, () => `a bias of ${format(bias[0])} elements for ${format(channels)} output channels`);
}

/** Inputs (N, C, ...) and weights (C, M/group, ...) to (N, M, ...). */
const convTranspose: OperatorRule = rule('ConvTranspose', { ...windowDefaults, group: 1 }, (context) => {
  const given = convolutionInputs(context, 1);
  if (!given) return [{ dataType: dataTypeOf(context, 0), shape: undefined }];
  const { input, weight } = given;
  const group = number(context, 'group');
  unify(context, input[1], weight[0], () =>
    `the input of shape ${formatShape(input)} has ${format(input[1])} channels, but the transposed weight of shape ${formatShape(weight)} expects ${format(weight[0])}`);
  const channels = multiply(weight[1], group);
  requireBias(context, 2, channels);
  const window = windowOf(context, weight.slice(2));
  const space = input.slice(2);
  const stated = numbers(context, 'output_shape');
  const extra = numbers(context, 'output_padding') ?? space.map(() => 0);
  const result = stated ? stated.slice(-space.length) : space.map((size, i) => {
    const stride = window.strides[i];
    if (window.autoPad.startsWith('SAME')) return multiply(size, stride);
    const extent = add(multiply(subtract(window.kernel[i], 1), window.dilations[i]), 1);
    const pads = window.autoPad === 'VALID' ? 0 : window.pads[i] + window.pads[i + space.length];
    const length = subtract(add(add(multiply(subtract(size, 1), stride), extent), extra[i]), pads);
    if (lessThan(length, 0) === true) throw new ShapeFault(`the transposed convolution of ${formatShape(input)} by ${formatShape(weight)} leaves ${format(length)} elements in spatial dimension ${i}`);
    return length;
  });
  return [{ dataType: dataTypeOf(context, 0), shape: [input[0], channels, ...result] }];
});

function pool(context: Inference): Shape | undefined {
  const input = shapeOf(context, 0);
  const kernel = numbers(context, 'kernel_shape');
  requireRankAtLeast(input, 3, 'a pool\'s input');
  if (!input) return undefined;
  if (!kernel) throw new ShapeFault('a pool needs the attribute kernel_shape');
  if (kernel.length !== input.length - 2) throw new ShapeFault(`a pool over ${kernel.length} dimensions cannot take an input of shape ${formatShape(input)}`);
  return [input[0], input[1], ...slide(input.slice(2), windowOf(context, kernel))];
}

const globalPools = ['GlobalAveragePool', 'GlobalMaxPool', 'GlobalLpPool'].map((type) => rule(type, type === 'GlobalLpPool' ? { p: 2 } : {}, (context) => {
  const input = shapeOf(context, 0);
  requireRankAtLeast(input, 2, 'a global pool\'s input');
  return [{ dataType: dataTypeOf(context, 0), shape: input && [input[0], input[1], ...input.slice(2).map(() => 1)] }];
}));

/** The inverse of a max pool with indices; an optional third input states the shape. */
const maxUnpool: OperatorRule = rule('MaxUnpool', {}, (context) => {
  const dataType = dataTypeOf(context, 0);
  const input = shapeOf(context, 0);
  const kernel = numbers(context, 'kernel_shape');
  if (context.inputs[2]) return [{ dataType, shape: dimensionsOf(context, 2) }];
  if (!input || !kernel) return [{ dataType, shape: undefined }];
  const window = windowOf(context, kernel);
  const space = input.slice(2).map((size, i) =>
    subtract(add(multiply(subtract(size, 1), window.strides[i]), kernel[i]), window.pads[i] + window.pads[i + kernel.length]));
  return [{ dataType, shape: [input[0], input[1], ...space] }];
});

/** The inverse of im2col: columns (N, C * block elements, blocks) to an image (N, C, ...image_shape). */
const col2im: OperatorRule = rule('Col2Im', {}, (context) => {
  const dataType = dataTypeOf(context, 0);
  const [columns, image, block] = [shapeOf(context, 0), dimensionsOf(context, 1), dimensionsOf(context, 2)];
  requireRank(columns, 3, 'Col2Im\'s input');
  if (!columns || !image || !block) return [{ dataType, shape: undefined }];
  const elements = block.reduce((product, size) => multiply(product, size), 1 as Dimension);
  const window = windowOf(context, block);
  const blocks = slide(image, window).reduce((product, size) => multiply(product, size), 1 as Dimension);
  unify(context, columns[2], blocks, () => `${format(columns[2])} columns, but the image ${formatShape(image)} has ${format(blocks)} blocks of ${formatShape(block)}`);
  return [{ dataType, shape: [columns[0], floorDivide(columns[1], elements), ...image] }];
});

const roiPool: OperatorRule = rule('MaxRoiPool', { spatial_scale: 1 }, (context) => {
  const [input, rois] = [shapeOf(context, 0), shapeOf(context, 1)];
  return [{ dataType: dataTypeOf(context, 0), shape: input && rois && [rois[0], input[1], ...(numbers(context, 'pooled_shape') ?? [])] }];
});

export const windows: readonly OperatorRule[] = [
  rule('Conv', { ...windowDefaults, group: 1 }, (context) => [{ dataType: dataTypeOf(context, 0), shape: convolve(context, 1, 2) }]),
  rule('ConvInteger', { ...windowDefaults, group: 1 }, (context) => [{ dataType: 'int32', shape: convolve(context, 1, -1) }]),
  rule('QLinearConv', { ...windowDefaults, group: 1 }, (context) => [{ dataType: dataTypeOf(context, 7), shape: convolve(context, 3, 8) }]),
  convTranspose,
  rule('MaxPool', { ...windowDefaults, ceil_mode: 0, storage_order: 0 }, (context) => {
    const shape = pool(context);
    return [{ dataType: dataTypeOf(context, 0), shape }, { dataType: 'int64', shape }];
  }),
  rule('AveragePool', { ...windowDefaults, ceil_mode: 0, count_include_pad: 0 }, (context) => [{ dataType: dataTypeOf(context, 0), shape: pool(context) }]),
  rule('LpPool', { ...windowDefaults, ceil_mode: 0, p: 2 }, (context) => [{ dataType: dataTypeOf(context, 0), shape: pool(context) }]),
  ...globalPools, maxUnpool, col2im, roiPool,
];
