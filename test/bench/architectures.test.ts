import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../language-server/index.ts';
import { smallest } from '../../graph/index.ts';
import { bind, createSession, findWeights, graphCost, openCheckpoint, requireComplete } from '../../runtime/index.ts';

/**
 * Whole architectures from code and checkpoint alone against the framework. The files are made by
 * test/oracle/architectures.py and architectures_keras.py; LAYERSCOPE_ARCHITECTURES names their folder and LAYERSCOPE_PYTHON_PATH the site-packages.
 */
const folder = process.env.LAYERSCOPE_ARCHITECTURES;

describe.runIf(folder !== undefined && existsSync(folder))('architectures', () => {
  const files = folder === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith('.py')).map((file) => join(folder, file))
    // the small ones first
    .sort((a, b) => statSync(weightsOf(a)).size - statSync(weightsOf(b)).size);

  test.each(files)('%s', async (file) => {
    const start = performance.now();
    const analysis = await analyze({ file, text: readFileSync(file, 'utf8'), pythonPath: [process.env.LAYERSCOPE_PYTHON_PATH ?? ''] });
    const model = analysis.models.find(({ graph }) => graph.name === 'model') ?? analysis.models.at(-1);
    expect(model).toBeDefined();
    const { graph } = model!;
    const extracted = performance.now() - start;
    expect(graph.gaps.map(({ reason }) => reason)).toEqual([]);
    const checkpoint = await openCheckpoint(weightsOf(file));
    const binding = bind(graph, checkpoint);
    requireComplete(binding, checkpoint.path);
    const arrays = await openCheckpoint(file.replace(/\.py$/, '.npz'));
    const [x, y] = [await arrays.entries.get('x')!.read(), await arrays.entries.get('y')!.read()];
    const session = await createSession(graph, binding.weights);
    const { outputs, seconds } = await session.run({ [graph.values[graph.inputs[0]].name]: x });
    await session.close();
    const [output] = outputs.values();
    const expected = y.data as Float32Array;
    // too many elements for the arguments of a call
    const largest = (values: ArrayLike<number>) => Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const error = largest(expected.map((value, index) => value - Number(output.data[index]))) / largest(expected);
    console.log(`${basename(file, '.py')}: ${graph.operators.length} operators, extracted in ${Math.round(extracted)} ms, run in ${Math.round(seconds * 1000)} ms, relative error ${error.toExponential(1)}, ${(graphCost(smallest(graph)).total.multiplyAdds / 1e9).toFixed(3)} G multiply-adds`);
    expect(error).toBeLessThan(1e-4);
    checkpoint.close();
    arrays.close();
  });
});

function weightsOf(file: string): string {
  return findWeights(file).find((path) => !path.endsWith('.npz'))!;
}
