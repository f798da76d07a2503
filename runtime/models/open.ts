import { basename, extname } from 'node:path';
import { FormatError } from '../../graph/onnx/wire.ts';
import { CheckpointError, FileSource } from '../formats/file.ts';
import { openOnnx } from '../formats/open.ts';
import type { ModelFile } from './emitter.ts';
import { readTflite } from './tflite.ts';

export type { ModelFile } from './emitter.ts';

/** Extensions of files that hold a whole model: its graph and its weights. */
export const modelExtensions: ReadonlySet<string> = new Set(['.onnx', '.tflite']);

/** Opens a file that holds a whole model, whatever framework wrote it. Weights are read from it when asked for, until it is closed. */
export async function openModelFile(path: string): Promise<ModelFile & { close(): void }> {
  const extension = extname(path).toLowerCase();
  if (extension === '.onnx') return { remarks: [], ...openOnnx(path) };
  const source = new FileSource(path);
  try {
    const name = basename(path).slice(0, -extension.length || undefined);
    if (extension === '.tflite') return { ...readTflite(source, name), close: () => source.close() };
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
