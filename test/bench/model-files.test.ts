import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LayerGraph, Weights } from '../../graph/index.ts';
import { graphOfProgram } from '../../language-server/index.ts';
import { architectureOf, bind, createSession, openCheckpoint, openModelFile, requireComplete } from '../../runtime/index.ts';

/**
 * Whole models from their files alone against the framework: Keras's .keras and .h5, and MXNet's symbols. Made by test/oracle/architectures_keras.py
 * and `mxnet_models.py --zoo`; LAYERSCOPE_ARCHITECTURES names the folder.
 */
const folder = process.env.LAYERSCOPE_ARCHITECTURES;

describe.runIf(folder !== undefined && existsSync(folder))('model files', () => {
  const files = folder === undefined ? [] : readdirSync(folder).filter((file) => /\.keras$|-symbol\.json$/.test(file)).map((file) => join(folder, file));

  test.each(files)('%s', async (file) => {
    const arrays = await openCheckpoint(file.replace(/\.keras$|-symbol\.json$/, '.npz'));
    const [x, y] = [await arrays.entries.get('x')!.read(), await arrays.entries.get('y')!.read()];
    const { graph, weights, close } = file.endsWith('.keras') ? await openKeras(file) : await openModelFile(file, [{ shape: x.shape }]);
    expect(graph.gaps).toEqual([]);
    const session = await createSession(graph, weights);
    const { outputs } = await session.run({ [graph.values[graph.inputs[0]].name]: x });
    await session.close();
    const [output] = outputs.values();
    const expected = y.data as Float32Array;
    // too many elements for the arguments of a call
    const largest = (values: ArrayLike<number>) => Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const error = largest(expected.map((value, index) => value - Number(output.data[index]))) / largest(expected);
    console.log(`${basename(file)}: ${graph.operators.length} operators, relative error ${error.toExponential(1)}`);
    expect(error).toBeLessThan(1e-4);
    close();
    arrays.close();
  });
});

async function openKeras(file: string): Promise<{ graph: LayerGraph; weights: Weights; close: () => void }> {
  const checkpoint = await openCheckpoint(file);
  const architecture = architectureOf(checkpoint, basename(file));
  if (architecture.kind === 'none') throw new Error(architecture.reason);
  const graph = await graphOfProgram(architecture.text, architecture.name);
  if (typeof graph === 'string') throw new Error(graph);
  const binding = bind(graph, checkpoint);
  requireComplete(binding, file);
  return { graph, weights: binding.weights, close: () => checkpoint.close() };
}
