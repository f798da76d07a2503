import { basename } from 'node:path';
import type { StoredTensor } from '../../graph/index.ts';
import { architectureOf, isModelFile, openCheckpoint, openModelFile, type Checkpoint } from '../../runtime/index.ts';
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

function table({ entries, remarks, format }: Checkpoint, reason: string): OpenFile.Result {
  return { kind: 'tensors', reason, format, tensors: [...entries].map(([name, { shape, dataType }]: [string, StoredTensor]) => ({ name, shape, dataType })), remarks };
}
