import type { LayerGraph } from '../../graph/graph.ts';
import { tensorNamed } from '../../runtime/index.ts';
import { sizeOf, stridesOf } from '../network/elements.ts';
import type { Target } from './activation-region.ts';

/** What was asked for in `LAYER[INDEX]`. */
export interface PlaceName {
  readonly layer: string;
  readonly index: readonly number[];
}

/** A neuron or a channel of a tensor of a graph. */
export interface Place {
  /** The tensor. */
  readonly value: number;
  /** Its shape without the batch axis. */
  readonly shape: readonly number[];
  readonly index: readonly number[];
  /** Whether it is a whole channel: its mean. */
  readonly channel: boolean;
}

/**
 * Reads `fc1[3]`, `features.0[2,1,4]`; a tensor of one element needs no index.
 * @throws RangeError where it is not written so
 */
export function parsePlace(text: string): PlaceName {
  const found = /^(.*?)(?:\[([^\]]*)\])?$/.exec(text.trim());
  const layer = found?.[1] ?? '';
  const inside = found?.[2];
  if (layer === '' || layer.includes('[')) throw new RangeError(`${text} names no neuron: write LAYER[INDEX], such as fc1[3] or conv1[2,1,4]`);
  if (inside === undefined) return { layer, index: [] };
  const index = inside.split(',').map((part) => (/^\s*-?\d+\s*$/.test(part) ? Number(part) : NaN));
  if (index.some(Number.isNaN)) throw new RangeError(`${text} names no neuron: the index is whole numbers with commas between them, such as [3] or [2,1,4]`);
  return { layer, index };
}

/** A shape as its tensor has it for one input: without the batch axis of 1. */
export function withoutBatch(shape: readonly number[]): readonly number[] {
  return shape.length > 1 && shape[0] === 1 ? shape.slice(1) : shape;
}

/**
 * The tensor that a layer's name means.
 * @throws RunError with the nearest names where there is none
 */
export function tensorOf(graph: LayerGraph, layer: string): number {
  return tensorNamed(graph, layer);
}

/**
 * Checks an index against a tensor's shape. As many numbers as the shape has axes name a neuron (with one more for the
 * batch axis, which must be 0); a single number on a picture names a channel.
 * @param channelAxis the axis of the channels in the shape without the batch axis.
 * @throws RangeError that says the shape
 */
export function placeIn(value: number, layer: string, whole: readonly number[], given: readonly number[], channelAxis: number): Place {
  const shape = withoutBatch(whole);
  const printed = `(${shape.join(', ')})`;
  let index = given;
  if (index.length === shape.length + 1 && whole.length === shape.length + 1 && index[0] === 0) index = index.slice(1);
  if (index.length === 0 && sizeOf(shape) === 1) index = shape.map(() => 0);
  if (index.length === 0) throw new RangeError(`${layer} has shape ${printed}: say which neuron, such as ${layer}[${shape.map(() => 0).join(',')}]`);
  const channel = index.length === 1 && shape.length > 1;
  if (!channel && index.length !== shape.length) throw new RangeError(`${layer} has shape ${printed}, and [${given.join(',')}] has ${given.length} numbers: give ${shape.length}${shape.length > 1 ? ', or one for a whole channel' : ''}`);
  const settled = index.map((at, axis) => {
    const size = shape[channel ? channelAxis : axis];
    if (at >= size || at < -size) throw new RangeError(`${layer} has shape ${printed}, and ${channel ? 'the channel' : 'the index'} ${given.join(',')} is outside of it${channel ? `: it has ${size} channels` : ''}`);
    return at < 0 ? at + size : at;
  });
  return { value, shape, index: settled, channel };
}

/** The elements of a flat tensor that a place means, weighted so that they add up to its value. */
export function termsOf({ shape, index, channel }: Place, channelAxis: number): Target['terms'] {
  const strides = stridesOf(shape);
  if (!channel) return [{ index: index.reduce((place, at, axis) => place + at * strides[axis], 0), weight: 1 }];
  const size = sizeOf(shape);
  const indices = Array.from({ length: size }, (_, place) => place).filter((place) => Math.floor(place / strides[channelAxis]) % shape[channelAxis] === index[0]);
  return indices.map((place) => ({ index: place, weight: 1 / indices.length }));
}
