import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { formatShape, isKnown } from '../../graph/dimension.ts';
import { elementCount } from '../../graph/elements.ts';
import type { LayerGraph } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import { CheckpointError } from '../formats/file.ts';
import { openCheckpoint } from '../formats/open.ts';
import type { Examples } from './examples.ts';
import { readFolder } from './read-folder.ts';
import { readInput } from './read-input.ts';

const INPUT_NAMES = ['inputs', 'x', 'X', 'x_test', 'images', 'data'];
const LABEL_NAMES = ['labels', 'y', 'Y', 'y_test'];

/**
 * Reads many examples of an input: an array with one a row (.npy, or .npz with `inputs` and perhaps `labels`), or one example as a
 * picture or as numbers, or a folder of pictures.
 * @throws CheckpointError with one sentence where the file is no such thing or does not fit
 */
export async function readExamples(path: string, graph: LayerGraph, input: number): Promise<Examples> {
  const { name, type } = graph.values[input];
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) throw new CheckpointError(`${path} does not exist`);
  if (status.isDirectory()) return readFolder(path, graph, input);
  const extension = extname(path).toLowerCase();
  if (extension !== '.npy' && extension !== '.npz') {
    const { tensor } = await readInput({ kind: 'path', path }, graph, input);
    return { examples: [Float32Array.from(tensor.data as Float32Array)] };
  }
  const checkpoint = await openCheckpoint(path);
  try {
    const { entries } = checkpoint;
    const entry = entries.get(name) ?? named(entries, INPUT_NAMES) ?? (entries.size === 1 ? [...entries.values()][0] : undefined);
    if (!entry) throw new CheckpointError(`${path} holds ${[...entries.keys()].join(', ') || 'no arrays'}, but no array inputs`);
    const array = await entry.read();
    if (!/^(float|u?int|bool)/.test(array.dataType)) throw new CheckpointError(`${path} holds ${array.dataType}, but the input ${name} takes numbers`);
    const wanted = (type.shape ?? []).slice(1);
    const rows = countOf(array.shape, wanted.map((size) => (isKnown(size) ? size : undefined)));
    if (rows === undefined) throw new CheckpointError(`${path} has shape (${array.shape.join(', ')}), but the input ${name} takes ${formatShape(type.shape)}: one example a row`);
    const all = Float32Array.from(array.data as ArrayLike<number>, Number);
    const bad = all.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new CheckpointError(`${path} holds ${all[bad]} where a number is expected`);
    const size = rows === 0 ? 0 : all.length / rows;
    const labels = named(entries, LABEL_NAMES);
    return {
      examples: Array.from({ length: rows }, (_, r) => all.slice(r * size, (r + 1) * size)),
      ...(labels && entry !== labels ? { labels: labelsOf(path, await labels.read(), rows) } : {}),
    };
  } finally {
    checkpoint.close();
  }
}

/** Reads class labels: whole numbers, or one row of scores for each example. */
export async function readLabels(path: string, count: number): Promise<readonly number[]> {
  if (!statSync(path, { throwIfNoEntry: false })) throw new CheckpointError(`${path} does not exist`);
  const checkpoint = await openCheckpoint(path);
  try {
    const entry = named(checkpoint.entries, LABEL_NAMES) ?? (checkpoint.entries.size === 1 ? [...checkpoint.entries.values()][0] : undefined);
    if (!entry) throw new CheckpointError(`${path} holds ${[...checkpoint.entries.keys()].join(', ')}, but no array labels`);
    return labelsOf(path, await entry.read(), count);
  } finally {
    checkpoint.close();
  }
}

function named(entries: ReadonlyMap<string, StoredTensor>, names: readonly string[]): StoredTensor | undefined {
  const found = names.find((name) => entries.has(name));
  return found === undefined ? undefined : entries.get(found);
}

/** How many examples an array of this shape holds; axes of size 1 may be left out or be too many. */
function countOf(shape: readonly number[], wanted: readonly (number | undefined)[]): number | undefined {
  const matches = (own: readonly number[]): boolean => {
    const kept = own.filter((size) => size !== 1);
    const needed = wanted.filter((size) => size !== 1);
    return kept.length === needed.length && needed.every((size, axis) => size === undefined || size === kept[axis]);
  };
  if (shape.length > 0 && matches(shape.slice(1)) && shape.length >= Math.min(2, wanted.length + 1)) return shape[0];
  return matches(shape) ? 1 : undefined;
}

function labelsOf(path: string, { shape, data }: Tensor, count: number): number[] {
  const values = Array.from(data as ArrayLike<number | bigint>, Number);
  const classes = shape.length === 2 && shape[0] === count && shape[1] > 1 ? shape[1] : 1;
  if (elementCount(shape) !== count * classes) throw new CheckpointError(`${path} has labels of shape (${shape.join(', ')}) for ${count} examples`);
  const labels = classes === 1 ? values : Array.from({ length: count }, (_, r) => values.slice(r * classes, (r + 1) * classes)).map((row) => row.indexOf(Math.max(...row)));
  const odd = labels.findIndex((label) => !Number.isInteger(label) || label < 0);
  if (odd >= 0) throw new CheckpointError(`${path}: label ${odd} is ${labels[odd]}, not a class`);
  return labels;
}
