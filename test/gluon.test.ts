import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { analyze } from '../language-server/index.ts';
import { bind, createSession, openCheckpoint, requireComplete } from '../runtime/index.ts';

const folder = fileURLToPath(new URL('golden/gluon/', import.meta.url));

/** Gluon's code and the file of `save_parameters` give what MXNet 1.9.1 computes (test/oracle/gluon_recurrent.py). */
test.each(['layers', 'cells'])('recurrent %s of Gluon', async (name) => {
  const file = `${folder}${name}.py`;
  const { models } = await analyze({ file, text: readFileSync(file, 'utf8') });
  const { graph } = models.at(-1)!;
  const [weights, arrays] = await Promise.all([openCheckpoint(`${folder}${name}.params`), openCheckpoint(`${folder}${name}.npz`)]);
  const binding = bind(graph, weights);
  requireComplete(binding, weights.path);
  expect(binding.unused).toEqual([]);
  const [x, y] = await Promise.all(['x', 'y'].map((key) => arrays.entries.get(key)!.read()));
  const session = await createSession(graph, binding.weights, { mode: 'graph' });
  const { outputs } = await session.run({ [graph.values[graph.inputs[0]].name]: x });
  const [output] = outputs.values();
  expect(output.shape).toEqual(y.shape);
  Array.from(y.data as Float32Array).forEach((value, index) => expect(Number(output.data[index])).toBeCloseTo(value, 5));
  await session.close();
  weights.close();
  arrays.close();
});
