import type { Attributes, AttributeValue } from '../../graph/graph.ts';
import type { Emitter } from './emitter.ts';

/** TensorFlow's and TFLite's operators over images, whose channels stand last; ONNX's stand in axis 1. */

export interface WindowOptions {
  /** TensorFlow's name: `SAME`, `VALID`, or explicit amounts: before and behind for each spatial axis. */
  readonly padding: 'SAME' | 'VALID' | readonly number[];
  readonly strides: readonly number[];
  readonly dilations?: readonly number[];
  /** Where the channels stand in the file's tensors. */
  readonly channelsFirst?: boolean;
}

function window({ padding, strides, dilations }: WindowOptions): Attributes {
  const attributes: Record<string, AttributeValue> = { strides: [...strides] };
  if (dilations?.some((one) => one !== 1)) attributes.dilations = [...dilations];
  if (typeof padding === 'string') attributes.auto_pad = padding === 'SAME' ? 'SAME_UPPER' : 'VALID';
  else attributes.pads = [...padding.filter((_, index) => index % 2 === 0), ...padding.filter((_, index) => index % 2 === 1)];
  return attributes;
}

const spatialAxes = (count: number) => Array.from({ length: count }, (_, axis) => axis);

/** To channels first, through the body, and back. */
function inside(emitter: Emitter, x: string, spatial: number, channelsFirst: boolean | undefined, output: string | undefined, body: (x: string, output: string | undefined) => string): string {
  if (channelsFirst) return body(x, output);
  const turned = emitter.transpose(x, [0, spatial + 1, ...spatialAxes(spatial).map((axis) => axis + 1)]);
  return emitter.transpose(body(turned, undefined), [0, ...spatialAxes(spatial).map((axis) => axis + 2), 1], output);
}

/** Convolution; the weights are in ONNX's order: output channels, input channels, kernel axes. */
export function convolution(emitter: Emitter, x: string, weight: string, bias: string | undefined, options: WindowOptions, output?: string, group?: number): string {
  const spatial = options.strides.length;
  return inside(emitter, x, spatial, options.channelsFirst, output, (input, name) =>
    emitter.emit('Conv', [input, weight, bias ?? ''], { ...window(options), ...(group && group !== 1 ? { group } : {}) }, name));
}

/** Depthwise convolution; the weights' last axes are channels and multiplier, whether together or apart. */
export function depthwise(emitter: Emitter, x: string, weight: string, bias: string | undefined, options: WindowOptions, kernel: readonly number[], channels: number, multiplier: number, output?: string): string {
  const flat = emitter.emit('Reshape', [weight, emitter.integers(...kernel, 1, channels * multiplier)]);
  const count = kernel.length;
  return convolution(emitter, x, emitter.transpose(flat, [count + 1, count, ...spatialAxes(count)]), bias, options, output, channels);
}

/** Transposed convolution to a stated size; the weights are in ONNX's order: input channels, output channels, kernel axes. */
export function transposedConvolution(emitter: Emitter, x: string, weight: string, bias: string | undefined, options: WindowOptions, outputSize: readonly number[], output?: string): string {
  const spatial = options.strides.length;
  const { padding } = options;
  return inside(emitter, x, spatial, options.channelsFirst, output, (input, name) =>
    emitter.emit('ConvTranspose', [input, weight, bias ?? ''], {
      strides: [...options.strides], output_shape: [...outputSize],
      // SAME puts the smaller half of what is cut in front, VALID cuts behind alone
      ...(padding === 'SAME' ? { auto_pad: 'SAME_UPPER' } : {}),
    }, name));
}

export function pool(emitter: Emitter, kind: 'MaxPool' | 'AveragePool', x: string, kernel: readonly number[], options: WindowOptions, output?: string): string {
  return inside(emitter, x, kernel.length, options.channelsFirst, output, (input, name) => emitter.emit(kind, [input], { kernel_shape: [...kernel], ...window(options) }, name));
}

export interface ResizeOptions {
  readonly method: 'nearest' | 'linear' | 'cubic';
  readonly alignCorners: boolean;
  readonly halfPixels: boolean;
}

/** Resizing to a size of two int64, as TensorFlow counts coordinates. */
export function resize(emitter: Emitter, x: string, size: string, { method, alignCorners, halfPixels }: ResizeOptions, output?: string): string {
  const coordinates = alignCorners ? 'align_corners' : halfPixels ? (method === 'nearest' ? 'tf_half_pixel_for_nn' : 'half_pixel') : 'asymmetric';
  return inside(emitter, x, 2, false, output, (input, name) => {
    const front = emitter.emit('Shape', [input], { start: 0, end: 2 });
    const sizes = emitter.emit('Concat', [front, emitter.asInt64(size)], { axis: 0 });
    // ONNX has no such mode any more; half pixels with rounding down of the half are the same
    const mode = coordinates === 'tf_half_pixel_for_nn' ? 'half_pixel' : coordinates;
    const attributes: Record<string, AttributeValue> = { mode: method, coordinate_transformation_mode: mode };
    if (method === 'nearest') attributes.nearest_mode = alignCorners || halfPixels ? 'round_prefer_ceil' : 'floor';
    if (method === 'cubic') Object.assign(attributes, { cubic_coeff_a: halfPixels ? -0.5 : -0.75, exclude_outside: halfPixels ? 1 : 0 });
    return emitter.emit('Resize', [input, '', '', sizes], attributes, name);
  });
}

/** Python's slices with TensorFlow's masks. */
export function stridedSlice(emitter: Emitter, x: string, begin: string, end: string, strides: string, masks: { begin: number; end: number; ellipsis: number; newAxis: number; shrink: number }, output: string): boolean {
  const [from, to, by] = [begin, end, strides].map((name) => emitter.numbersOf(name));
  const rank = emitter.rankOf(x);
  const count = (from ?? to ?? by)?.length;
  if (count === undefined || by === undefined) return false;
  const has = (mask: number, index: number) => (mask & (1 << index)) !== 0;
  if (masks.ellipsis !== 0 && rank === undefined) return false;
  const consuming = Array.from({ length: count }, (_, index) => index).filter((index) => !has(masks.newAxis, index) && !has(masks.ellipsis, index)).length;
  const starts: number[] = [];
  const ends: number[] = [];
  const steps: number[] = [];
  const axes: number[] = [];
  const removed: number[] = [];
  const added: number[] = [];
  let axis = 0;
  let place = 0;
  for (let index = 0; index < count; index++) {
    if (has(masks.ellipsis, index)) {
      axis += rank! - consuming;
      place += rank! - consuming;
      continue;
    }
    if (has(masks.newAxis, index)) {
      added.push(place++);
      continue;
    }
    const step = by[index];
    const single = has(masks.shrink, index);
    const open = { start: has(masks.begin, index), end: has(masks.end, index) };
    if ((!open.start && from === undefined) || (!open.end && !single && to === undefined)) return false;
    const start = open.start ? (step > 0 ? 0 : 2 ** 31 - 1) : from![index];
    const stop = single ? (start === -1 ? 2 ** 31 - 1 : start + 1) : open.end ? (step > 0 ? 2 ** 31 - 1 : -(2 ** 31)) : to![index];
    starts.push(start);
    ends.push(stop);
    steps.push(single ? 1 : step);
    axes.push(axis++);
    if (single) removed.push(axis - 1);
    else place++;
  }
  let result = axes.length > 0 ? emitter.emit('Slice', [x, emitter.integers(...starts), emitter.integers(...ends), emitter.integers(...axes), emitter.integers(...steps)]) : x;
  if (removed.length > 0) result = emitter.emit('Squeeze', [result, emitter.integers(...removed)]);
  if (added.length > 0) result = emitter.emit('Unsqueeze', [result, emitter.integers(...added)]);
  emitter.emit('Identity', [result], {}, output);
  return true;
}
