import { formatShape, isKnown, type Dimension } from '../../graph/dimension.ts';
import { elementCount, tensorOf } from '../../graph/elements.ts';
import type { Value } from '../../graph/graph.ts';
import type { DataType, Tensor } from '../../graph/tensor.ts';
import { CheckpointError } from '../formats/file.ts';
import type { ImageLayout } from './image-layout.ts';
import type { DecodedPicture } from './picture.ts';

/** A picture as one example of an input, with a batch axis of 1. The picture has the layout's size and channels, and values as the model takes them. */
export function tensorOfPicture({ width, height, channels, values }: DecodedPicture, { order }: ImageLayout, dataType: DataType): Tensor {
  const pixels = width * height;
  const placed = new Float32Array(values.length);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < channels; c++) placed[order === 'first' ? c * pixels + i : i * channels + c] = values[i * channels + c];
  }
  const shape = order === 'first' ? [1, channels, height, width] : order === 'last' ? [1, height, width, channels] : order === 'none' ? [1, height, width] : [1, pixels];
  return tensorOf(dataType, shape, dataType.startsWith('float') ? placed : placed.map(Math.round));
}

/** The first example of an input tensor as a picture with values from 0 to 1. */
export function pictureOfTensor({ shape, data }: Tensor, { order, range, ranges, reversed, channels }: ImageLayout): DecodedPicture {
  const [height, width] = order === 'first' ? [shape[2], shape[3]] : order === 'flat' ? [Math.sqrt(shape[1]), Math.sqrt(shape[1])] : [shape[1], shape[2]];
  const pixels = width * height;
  const values = new Float32Array(pixels * channels);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < channels; c++) {
      const [black, white] = ranges?.[c] ?? range;
      values[i * channels + (reversed ? channels - 1 - c : c)] = (Number(data[order === 'first' ? c * pixels + i : i * channels + c]) - black) / (white - black);
    }
  }
  return { width, height, channels, values };
}

/** The array as the input's type, its axes brought to the input's rank where the elements allow but one way. */
export function fitted(array: Tensor, { name, type }: Value, label: string, remarks: string[]): Tensor {
  const dataType = type.dataType ?? 'float32';
  if (array.dataType === 'string' && dataType !== 'string') throw new CheckpointError(`${label} holds text, but the input ${name} takes ${dataType}`);
  const shape = shapeFor(array.shape, type.shape);
  if (!shape) throw new CheckpointError(`${label} has shape (${array.shape.join(', ')}), but the input ${name} takes ${formatShape(type.shape)}`);
  if (shape.length !== array.shape.length) remarks.push(`reshaped from (${array.shape.join(', ')}) to (${shape.join(', ')})`);
  if (array.dataType === dataType) return { ...array, shape };
  if (array.dataType.startsWith('float') && !dataType.startsWith('float')) remarks.push(`rounded from ${array.dataType} to ${dataType}`);
  return tensorOf(dataType, shape, array.data as ArrayLike<number | bigint>);
}

function shapeFor(given: readonly number[], wanted: readonly Dimension[] | undefined): readonly number[] | undefined {
  if (!wanted || fits(given, wanted, true)) return given;
  // one example without its batch axis
  if (fits([1, ...given], wanted, true)) return [1, ...given];
  // axes of size 1 (channels) that are left out or are too many
  const one = wanted.map((size, axis) => (axis === 0 ? 1 : isKnown(size) ? size : undefined));
  if (one.every((size) => size !== undefined) && elementCount(one as number[]) === elementCount(given) && sameBesidesOnes(one as number[], given)) return one as number[];
  return undefined;
}

function sameBesidesOnes(left: readonly number[], right: readonly number[]): boolean {
  const kept = (shape: readonly number[]) => shape.filter((size) => size !== 1).join();
  return kept(left) === kept(right);
}

function fits(given: readonly number[], wanted: readonly Dimension[], anyBatch: boolean): boolean {
  return given.length === wanted.length && given.every((size, axis) => {
    const dimension = wanted[axis];
    return !isKnown(dimension) || dimension === size || (anyBatch && axis === 0 && size === 1);
  });
}

/** Repeats one example where the model takes a batch of a fixed size. */
export function batched(tensor: Tensor, wanted: readonly Dimension[] | undefined, remarks: string[]): { tensor: Tensor; remarks: readonly string[] } {
  const batch = wanted?.[0];
  if (batch === undefined || !isKnown(batch) || batch === tensor.shape[0] || tensor.shape[0] !== 1) return { tensor, remarks };
  remarks.push(`repeated ${batch} times, because the model is called with a batch of ${batch}`);
  const size = tensor.data.length;
  const data = Array.from({ length: size * batch }, (_, index) => tensor.data[index % size] as number | bigint);
  return { tensor: tensorOf(tensor.dataType, [batch, ...tensor.shape.slice(1)], data), remarks };
}
