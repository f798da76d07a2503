import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withInputShapes, type StatedShape } from '../../graph/inference.ts';
import { FormatError } from '../../graph/onnx/wire.ts';
import type { Checkpoint } from '../formats/checkpoint.ts';
import { CheckpointError, FileSource } from '../formats/file.ts';
import { openCheckpoint, openOnnx } from '../formats/open.ts';
import type { ModelFile } from './emitter.ts';
import { prototxtBeside, readCaffe, readCaffemodel, readPrototxt, weightsBeside } from './caffe.ts';
import { openTensorBundle } from './tensor-bundle.ts';
import { readFrozenGraph, readSavedModel } from './tensorflow.ts';
import { paramsBeside, readSymbol } from './mxnet.ts';
import { readTflite } from './tflite.ts';

export type { ModelFile } from './emitter.ts';

/** Extensions of files that hold a whole model: its graph, and its weights or where they lie. */
export const modelExtensions: ReadonlySet<string> = new Set(['.onnx', '.tflite', '.pb', '-symbol.json', '.prototxt', '.caffemodel']);

/** Whether a file, or a folder that TensorFlow saved, holds a whole model: by its name. */
export function isModelFile(path: string): boolean {
  return modelExtension(path) !== undefined || existsSync(join(path, 'saved_model.pb'));
}

function modelExtension(path: string): string | undefined {
  const name = basename(path).toLowerCase();
  return [...modelExtensions].find((extension) => name.endsWith(extension));
}

export interface OpenedModel extends ModelFile {
  /** Ends reading: weights that have not been read cannot be read any more. */
  close(): void;
}

/**
 * Opens a file that holds a whole model, whatever framework wrote it. Weights are read from it when asked for, until it is closed.
 * Shapes may be stated of inputs that the file leaves open. Throws CheckpointError with one sentence.
 */
export async function openModelFile(path: string, stated: readonly StatedShape[] = []): Promise<OpenedModel> {
  if (existsSync(join(path, 'saved_model.pb'))) return openModelFile(join(path, 'saved_model.pb'), stated);
  const extension = modelExtension(path);
  const opened: { close(): void }[] = [];
  const close = () => opened.forEach((one) => one.close());
  try {
    const model = await read(path, extension, stated, opened);
    return { ...model, graph: withInputShapes(model.graph, stated), close };
  } catch (error) {
    close();
    throw refusal(error, basename(path));
  }
}

/** The model in a file; whatever else is opened for it is added to `opened`. */
async function read(path: string, extension: string | undefined, stated: readonly StatedShape[], opened: { close(): void }[]): Promise<ModelFile> {
  if (extension === '.onnx') {
    const model = openOnnx(path);
    opened.push(model);
    return { ...model, remarks: [] };
  }
  const source = new FileSource(path);
  opened.push(source);
  const name = basename(path).slice(0, -(extension?.length ?? 0) || undefined);
  switch (extension) {
    case '.tflite': return readTflite(source, name);
    case '.pb': {
      const folder = dirname(path);
      // a SavedModel is a folder of which this file is the graph
      if (!existsSync(join(folder, 'variables', 'variables.index'))) return source.name === 'saved_model.pb' ? readSavedModel(source, basename(folder), new Map()) : readFrozenGraph(source, name);
      const bundle = openTensorBundle(join(folder, 'variables'), 'variables');
      opened.push(bundle);
      return readSavedModel(source, basename(folder), bundle.entries);
    }
    case '-symbol.json': {
      const params = paramsBeside(path);
      if (params === undefined) return readSymbol(source, name, undefined, stated);
      const weights = await openCheckpoint(params);
      opened.push(weights);
      return readSymbol(source, name, weights.entries, stated);
    }
    case '.prototxt': {
      const weights = weightsBeside(path);
      if (weights === undefined) return readCaffe(readPrototxt(source), undefined, source, name, stated);
      const file = new FileSource(weights);
      opened.push(file);
      return readCaffe(readPrototxt(source), readCaffemodel(file), file, name, stated);
    }
    case '.caffemodel': {
      const net = readCaffemodel(source);
      const text = prototxtBeside(path);
      if (text === undefined) return readCaffe(net, net, source, name, stated);
      const file = new FileSource(text);
      opened.push(file);
      return readCaffe(readPrototxt(file), net, source, name, stated);
    }
    default: throw new CheckpointError(`${source.name} is no model file that is known (${[...modelExtensions].join(', ')})`);
  }
}

/** What goes wrong on the way through a file is the file's fault: one sentence. */
function refusal(error: unknown, name: string): CheckpointError {
  if (error instanceof CheckpointError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new CheckpointError(error instanceof FormatError ? text : `${name} cannot be read: ${text}`);
}

/** Opens weights of any file: of a checkpoint, or of a file that holds a whole model. */
export async function openWeights(path: string): Promise<Checkpoint> {
  if (existsSync(join(path, 'saved_model.pb'))) return openWeights(join(path, 'saved_model.pb'));
  const extension = modelExtension(path);
  if (extension === undefined || extension === '.onnx') return openCheckpoint(path);
  const { weights, remarks, close } = await openModelFile(path);
  const formats: Readonly<Record<string, Checkpoint['format']>> = { '.tflite': 'tflite', '.pb': 'tensorflow', '-symbol.json': 'mxnet' };
  return { path, format: formats[extension] ?? 'caffe', entries: weights, remarks, close };
}
