import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { FormatError } from '../../graph/onnx/wire.ts';
import { CheckpointError, FileSource } from '../formats/file.ts';
import { openOnnx } from '../formats/open.ts';
import type { ModelFile } from './emitter.ts';
import { openTensorBundle } from './tensor-bundle.ts';
import { readFrozenGraph, readSavedModel } from './tensorflow.ts';
import { readTflite } from './tflite.ts';

export type { ModelFile } from './emitter.ts';

/** Extensions of files that hold a whole model: its graph and its weights. */
export const modelExtensions: ReadonlySet<string> = new Set(['.onnx', '.tflite', '.pb']);

/** Opens a file that holds a whole model, whatever framework wrote it. Weights are read from it when asked for, until it is closed. */
export async function openModelFile(path: string): Promise<ModelFile & { close(): void }> {
  if (existsSync(join(path, 'saved_model.pb'))) return openModelFile(join(path, 'saved_model.pb'));
  const extension = extname(path).toLowerCase();
  if (extension === '.onnx') return { remarks: [], ...openOnnx(path) };
  const source = new FileSource(path);
  try {
    const name = basename(path).slice(0, -extension.length || undefined);
    if (extension === '.tflite') return { ...readTflite(source, name), close: () => source.close() };
    if (extension === '.pb') {
      const folder = dirname(path);
      // a SavedModel is a folder of which this file is the graph
      if (!existsSync(join(folder, 'variables', 'variables.index'))) return { ...(source.name === 'saved_model.pb' ? readSavedModel(source, basename(folder), new Map()) : readFrozenGraph(source, name)), close: () => source.close() };
      const bundle = openTensorBundle(join(folder, 'variables'), 'variables');
      try {
        return { ...readSavedModel(source, basename(folder), bundle.entries), close: () => { source.close(); bundle.close(); } };
      } catch (error) {
        bundle.close();
        throw error;
      }
    }
    throw new CheckpointError(`${source.name} is no model file that is known (${[...modelExtensions].join(', ')})`);
  } catch (error) {
    source.close();
    throw refusal(error, source.name);
  }
}

/** What goes wrong on the way through a file is the file's fault: one sentence. */
function refusal(error: unknown, name: string): CheckpointError {
  if (error instanceof CheckpointError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new CheckpointError(error instanceof FormatError ? text : `${name} cannot be read: ${text}`);
}
