import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { formatShape, isKnown } from '../../graph/dimension.ts';
import { elementCount, tensorOf } from '../../graph/elements.ts';
import type { LayerGraph } from '../../graph/graph.ts';
import type { Preprocessing } from '../../graph/preprocessing.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { CheckpointError } from '../formats/file.ts';
import { openCheckpoint } from '../formats/open.ts';
import { generator } from '../initialize.ts';
import { readCsv } from './csv.ts';
import { imageLayout, preprocessingOf, type ImageLayout } from './image-layout.ts';
import { decodePicture, type DecodedPicture } from './picture.ts';
import { preprocess } from './preprocess.ts';
import { batched, fitted, tensorOfPicture } from './shaping.ts';
import { encodeText, readVocabulary } from './vocabulary.ts';

export type InputSource =
  /** A text needs the vocabulary whose numbers the model was trained on: a file. */
  | { readonly kind: 'path'; readonly path: string; readonly vocabulary?: string }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  /** Row-major, one value a pixel from 0 (black) to 1 (white). */
  | { readonly kind: 'drawn'; readonly width: number; readonly height: number; readonly values: Float32Array }
  /** Uniform in the input's range, or standard normal where it is no picture. */
  | { readonly kind: 'random'; readonly seed: number };

export interface ReadInput {
  readonly tensor: Tensor;
  /** What it was made from: `digit_3.png`. */
  readonly label: string;
  /** What was done to it so that it fits, a sentence each. */
  readonly remarks: readonly string[];
}

const PICTURES = new Set(['.png', '.jpg', '.jpeg']);
const TABLES = new Set(['.csv', '.tsv']);
const MOST_BYTES = 512e6;

/**
 * Reads an input of a graph: a picture (prepared as the program does it, else resized and scaled to the input's range), an array, numbers in JSON or CSV,
 * or a text through a vocabulary.
 * A missing batch axis is added; where the model takes a fixed batch, one example is repeated. All of it is said in the remarks.
 * @throws CheckpointError with one sentence where the source is no such thing or does not fit
 */
export async function readInput(source: InputSource, graph: LayerGraph, input: number): Promise<ReadInput> {
  switch (source.kind) {
    case 'random': return { tensor: random(graph, input, source.seed), label: `random, seed ${source.seed}`, remarks: [] };
    case 'drawn': return pictureInput({ ...source, channels: 1 }, 'drawing', graph, input, true);
    case 'file': {
      const extension = extname(source.name).toLowerCase();
      if (PICTURES.has(extension)) return pictureInput(decodePicture(source.name, source.bytes), source.name, graph, input);
      if (extension === '.json') return arrayInput(fromJson(source.name, Buffer.from(source.bytes).toString('utf8')), source.name, graph, input);
      throw new CheckpointError(`${source.name} is no input that can be dropped here: drop a picture (.png, .jpg) or numbers (.json), or choose an array (.npy, .npz) as a file`);
    }
    case 'path': return readPath(source.path, source.vocabulary, graph, input);
  }
}

async function readPath(path: string, vocabulary: string | undefined, graph: LayerGraph, input: number): Promise<ReadInput> {
  const name = basename(path);
  const extension = extname(path).toLowerCase();
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new CheckpointError(`${path} does not exist`);
  if (size > MOST_BYTES) throw new CheckpointError(`${path} has ${Math.round(size / 1e6)} MB; an input has at most ${MOST_BYTES / 1e6} MB`);
  if (PICTURES.has(extension)) return pictureInput(decodePicture(name, readFileSync(path)), name, graph, input);
  if (extension === '.json') return arrayInput(fromJson(name, readFileSync(path, 'utf8')), name, graph, input);
  if (TABLES.has(extension)) return arrayInput(readCsv(name, readFileSync(path, 'utf8')), name, graph, input);
  if (extension === '.txt') {
    if (vocabulary === undefined) throw new CheckpointError(`${path} is a text: name the vocabulary that gives its words their numbers (a .json or .txt file)`);
    const remarks: string[] = [];
    return { ...batched(encodeText(readFileSync(path, 'utf8'), readVocabulary(vocabulary), graph.values[input], remarks), graph.values[input].type.shape, remarks), label: name };
  }
  if (extension !== '.npy' && extension !== '.npz') throw new CheckpointError(`${path} is no input: give a picture (.png, .jpg), an array (.npy, .npz), numbers (.json, .csv) or a text (.txt) with its vocabulary`);
  const checkpoint = await openCheckpoint(path);
  try {
    const wanted = graph.values[input].name;
    const entry = checkpoint.entries.get(wanted) ?? (checkpoint.entries.size === 1 ? [...checkpoint.entries.values()][0] : undefined);
    if (!entry) throw new CheckpointError(`${path} holds ${[...checkpoint.entries.keys()].join(', ')}, but no array ${wanted}`);
    return arrayInput(await entry.read(), name, graph, input);
  } finally {
    checkpoint.close();
  }
}

/** `picture` has values from 0 to 1; `fitted` says that it was made at the model's size. */
function pictureInput(picture: DecodedPicture, label: string, graph: LayerGraph, input: number, fitted = false): ReadInput {
  const layout = imageLayout(graph, input);
  const { name, type } = graph.values[input];
  if (!layout) throw new CheckpointError(`The input ${name} of shape ${formatShape(type.shape)} is no picture: give an array (.npy, .npz) or numbers (.json)`);
  const said = preprocessingOf(graph, input);
  const bytes: DecodedPicture = { ...picture, values: picture.values.map((value) => (fitted ? 255 * value : Math.round(255 * value))) };
  const { picture: prepared, remarks } = preprocess(bytes, said ?? assumed(layout), layout, fitted);
  const more = [...remarks, ...(said ? [] : [layout.range[1] === 1 ? 'the code does not say how it prepares pictures: 0 to 1 is assumed' : 'because the model scales its input itself, or takes bytes'])];
  return { ...batched(tensorOfPicture(prepared, layout, type.dataType ?? 'float32'), type.shape, more), label };
}

/** Where the program says nothing of pictures: what the shape of the input and the first operators ask for. */
function assumed({ range }: ImageLayout): Preprocessing {
  return { steps: range[1] === 1 ? [{ kind: 'scale', factor: [1 / 255], offset: [0] }] : [] };
}

function arrayInput(array: Tensor, label: string, graph: LayerGraph, input: number): ReadInput {
  const value = graph.values[input];
  const remarks: string[] = [];
  return { ...batched(fitted(array, value, label, remarks), value.type.shape, remarks), label };
}

/** Numbers in nested lists of equal lengths; `{"shape": [...], "values": [...]}` too. */
function fromJson(name: string, text: string): Tensor {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new CheckpointError(`${name} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  // not `in`: every list has a method of that name
  const values: unknown = document !== null && typeof document === 'object' && Object.hasOwn(document, 'values') ? (document as { values: unknown }).values : document;
  const shape: number[] = [];
  for (let level = values; Array.isArray(level); level = level[0] as unknown) shape.push(level.length);
  const flat: number[] = [];
  const texts: string[] = [];
  const visit = (level: unknown, depth: number): void => {
    if (depth === shape.length) {
      if (typeof level === 'string') texts.push(level);
      else if (typeof level === 'number' || typeof level === 'boolean') flat.push(Number(level));
      else throw new CheckpointError(`${name} holds ${JSON.stringify(level)?.slice(0, 40)} where a number is expected`);
    } else {
      if (!Array.isArray(level) || level.length !== shape[depth]) throw new CheckpointError(`${name}: its lists are of different lengths`);
      for (const element of level as unknown[]) visit(element, depth + 1);
    }
  };
  visit(values, 0);
  const given: unknown = document !== null && typeof document === 'object' && 'shape' in document ? document.shape : undefined;
  const stated = Array.isArray(given) && given.every((size) => Number.isInteger(size)) ? (given as number[]) : shape;
  if (texts.length > 0 && flat.length > 0) throw new CheckpointError(`${name} holds both numbers and texts`);
  if (elementCount(stated) !== flat.length + texts.length) throw new CheckpointError(`${name} states the shape (${stated.join(', ')}), but holds ${flat.length + texts.length} ${texts.length > 0 ? 'texts' : 'numbers'}`);
  if (texts.length > 0) return { dataType: 'string', shape: stated, data: texts };
  return tensorOf('float64', stated, flat);
}

function random(graph: LayerGraph, input: number, seed: number): Tensor {
  const { type } = graph.values[input];
  const shape = (type.shape ?? []).map((size) => (isKnown(size) ? size : 1));
  const next = generator(seed);
  const range = imageLayout(graph, input)?.range;
  const dataType = type.dataType ?? 'float32';
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const draw = range ? () => range[0] + (range[1] - range[0]) * next() : dataType.startsWith('float') ? normal : () => Math.floor(next() * 10);
  return tensorOf(dataType, shape, Float64Array.from({ length: elementCount(shape) }, draw));
}
