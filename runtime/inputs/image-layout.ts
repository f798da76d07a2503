import { isKnown, type Dimension } from '../../graph/dimension.ts';
import type { LayerGraph } from '../../graph/graph.ts';
import { isReversed, scaleOf, type Preprocessing } from '../../graph/preprocessing.ts';
import type { Tensor } from '../../graph/tensor.ts';

/** How a picture lies in an input tensor, behind its batch axis. */
export interface ImageLayout {
  /** `first`: channels, rows, columns (PyTorch); `last`: rows, columns, channels (Keras); `none`: rows, columns; `flat`: one axis, row-major. */
  readonly order: 'first' | 'last' | 'none' | 'flat';
  /** Undefined where the model takes any size. */
  readonly height: number | undefined;
  readonly width: number | undefined;
  readonly channels: 1 | 3;
  /** What black and white are: 0 to 1, or 0 to 255 for bytes and for models that scale by themselves. */
  readonly range: readonly [low: number, high: number];
  /** What black and white are in each channel of the tensor, where that differs or the program says it. */
  readonly ranges?: readonly (readonly [black: number, white: number])[];
  /** Channels are blue, green, red. */
  readonly reversed?: boolean;
}

/** How pictures are given to an input of the graph; undefined where its shape is not that of a picture. */
export function imageLayout(graph: LayerGraph, input: number): ImageLayout | undefined {
  const { shape, dataType } = graph.values[input].type;
  if (!shape || (dataType !== undefined && !/^(float|u?int)/.test(dataType))) return undefined;
  const placed = place(shape.slice(1).map((size, axis) => (isKnown(size) ? size : axis === 0 && shape.length === 4 ? convolvedChannels(graph, input) : undefined)), shape);
  if (!placed) return undefined;
  const said = preprocessingOf(graph, input);
  if (!said) return { ...placed, range: dataType === 'uint8' || scalesItself(graph, input) ? [0, 255] : [0, 1] };
  const ranges = scaleOf(said, placed.channels).map(({ factor, offset }) => [offset, 255 * factor + offset] as const);
  return { ...placed, range: [Math.min(...ranges.flat()), Math.max(...ranges.flat())], ranges, ...(isReversed(said) && { reversed: true }) };
}

/** What the program does to pictures before they become this input; the likeliest where it says several things. */
export function preprocessingOf({ inputs, preprocessing }: LayerGraph, input: number): Preprocessing | undefined {
  return input === inputs[0] ? preprocessing?.[0] : undefined;
}

/** The limits of a perturbed input: pixels stay pixels; an input that is no picture, or lies outside of a picture's range, has none. */
export function validRange({ data }: Tensor, layout: ImageLayout | undefined): { lower?: number; upper?: number } {
  if (!layout) return {};
  const [lower, upper] = layout.range;
  // what was scaled in floats may lie a rounding beyond
  const slack = 1e-5 * (upper - lower);
  let [least, most] = [lower, upper];
  for (const value of data as Float32Array) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return least >= lower - slack && most <= upper + slack ? { lower: least, upper: most } : {};
}

/** The pixel of each element of a picture's tensor, numbered from 0: all channels of a place are one. */
export function pixelsOfPicture({ data }: Tensor, { order, channels }: ImageLayout): Int32Array {
  const places = data.length / channels;
  const isFirst = order === 'first';
  return Int32Array.from({ length: data.length }, (_, element) => (channels === 1 ? element : isFirst ? element % places : Math.floor(element / channels)));
}

/** The range of an input's elements: a picture's own, else from the least to the greatest in some examples. */
export function rangeOfExamples(examples: readonly ArrayLike<number>[], layout: ImageLayout | undefined): { lower: number; upper: number } {
  if (layout) return { lower: layout.range[0], upper: layout.range[1] };
  let [lower, upper] = [Infinity, -Infinity];
  for (const example of examples) for (let i = 0; i < example.length; i++) [lower, upper] = [Math.min(lower, example[i]), Math.max(upper, example[i])];
  return { lower, upper };
}

type Size = number | undefined;

function place(sizes: readonly Size[], shape: readonly Dimension[]): Omit<ImageLayout, 'range'> | undefined {
  if (shape.length === 4) {
    const [first, , last] = sizes;
    if (isChannels(last)) return { order: 'last', height: first, width: sizes[1], channels: last };
    if (isChannels(first)) return { order: 'first', height: sizes[1], width: last, channels: first };
    return undefined;
  }
  if (shape.length === 3) return sizes.every((size) => size === undefined || size > 3) ? { order: 'none', height: sizes[0], width: sizes[1], channels: 1 } : undefined;
  if (shape.length !== 2 || sizes[0] === undefined) return undefined;
  // a square of at least 4 pixels a side, flattened
  const side = Math.sqrt(sizes[0]);
  return Number.isInteger(side) && side >= 4 ? { order: 'flat', height: side, width: side, channels: 1 } : undefined;
}

function isChannels(size: Size): size is 1 | 3 {
  return size === 1 || size === 3;
}

/** How many channels a convolution right behind the input asks for: the first of its axes behind the batch. */
function convolvedChannels(graph: LayerGraph, input: number): number | undefined {
  const convolution = graph.operators.find(({ type, inputs }) => type === 'Conv' && inputs[0] === input);
  const kernel = convolution?.inputs[1];
  const inward = kernel === undefined ? undefined : graph.values[kernel].type.shape?.[1];
  return inward !== undefined && isKnown(inward) ? inward * Number(convolution!.attributes.group ?? 1) : undefined;
}

/** Whether the first thing that the model does is to shrink its input, as `Rescaling(1/255)` does: it wants bytes. */
function scalesItself(graph: LayerGraph, input: number): boolean {
  return graph.operators.some((operator) => {
    if (!operator.inputs.includes(input) || !['Mul', 'Div'].includes(operator.type)) return false;
    const factor = operator.inputs.map((id) => (id === undefined ? undefined : graph.values[id].constant?.data)).find((data) => data?.length === 1)?.[0];
    return typeof factor === 'number' && (operator.type === 'Mul' ? factor > 0 && factor < 0.02 : factor > 50);
  });
}
