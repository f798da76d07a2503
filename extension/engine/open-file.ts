import { basename } from 'node:path';
import type { LayerGraph, StoredTensor, Weights } from '../../graph/index.ts';
import { architectureOf, bind, isModelFile, openCheckpoint, openModelFile, requireComplete, type Checkpoint } from '../../runtime/index.ts';
import type { OpenFile } from './protocol.ts';

/** Reads what a model file or a checkpoint shows: its graph, or its tensors where it has none. Weights are not read. */
export async function openFile({ path, shapes }: OpenFile.Params): Promise<OpenFile.Result> {
  // only these need the language server, which is large
  const language = shapes.length > 0 || !isModelFile(path) ? await import('../../language-server/index.ts') : undefined;
  if (isModelFile(path)) {
    const stated = shapes.map(({ input, shape }) => {
      const read = language!.readStatedInput(`${input}=${shape}`) ?? language!.readStatedInput(shape);
      if (!read) throw new Error(`${shape} is no shape: write 1,3,224,224.`);
      return { input, shape: read.shape };
    });
    const { graph, remarks, close } = await openModelFile(path, stated);
    close();
    return { kind: 'graph', graph, remarks };
  }
  const checkpoint = await openCheckpoint(path);
  try {
    const architecture = architectureOf(checkpoint, basename(path));
    if (architecture.kind === 'none') return table(checkpoint, architecture.reason);
    const graph = await language!.graphOfProgram(architecture.text, architecture.name);
    return typeof graph === 'string' ? table(checkpoint, `${basename(path)} describes a model that cannot be followed: ${graph}`) : { kind: 'graph', graph, remarks: checkpoint.remarks };
  } finally {
    checkpoint.close();
  }
}

/**
 * A file that holds a model with its weights, such as .onnx or .keras.
 * @throws Error where it holds weights alone, or not all of them
 */
export async function openModel(path: string): Promise<{ graph: LayerGraph; weights: Weights; close: () => void }> {
  if (isModelFile(path)) return openModelFile(path);
  const checkpoint = await openCheckpoint(path);
  try {
    const architecture = architectureOf(checkpoint, basename(path));
    if (architecture.kind === 'none') throw new Error(`${basename(path)} holds weights, but no model: ${architecture.reason}`);
    const { graphOfProgram } = await import('../../language-server/index.ts');
    const graph = await graphOfProgram(architecture.text, architecture.name);
    if (typeof graph === 'string') throw new Error(`The model that ${basename(path)} describes cannot be followed: ${graph}`);
    const binding = bind(graph, checkpoint);
    requireComplete(binding, path);
    return { graph, weights: binding.weights, close: () => checkpoint.close() };
  } catch (error) {
    checkpoint.close();
    throw error;
  }
}

function table({ entries, remarks, format }: Checkpoint, reason: string): OpenFile.Result {
  return { kind: 'tensors', reason, format, tensors: [...entries].map(([name, { shape, dataType }]: [string, StoredTensor]) => ({ name, shape, dataType })), remarks };
}
