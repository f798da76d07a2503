import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tensorOf } from '../graph/elements.ts';
import { analyze } from '../language-server/index.ts';
import { bind, createSession, openCheckpoint, requireComplete } from '../runtime/index.ts';

interface Case {
  readonly name: string;
  readonly source: string;
  /** A `.weights.h5`, base64. */
  readonly weights: string;
  readonly shape: readonly number[];
  readonly input: readonly number[];
  readonly output: readonly number[];
}

const { cases } = JSON.parse(readFileSync(new URL('golden/keras-order.json', import.meta.url), 'utf8')) as { cases: readonly Case[] };
const scratch = mkdtempSync(join(tmpdir(), 'layerscope-order-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('weights of Keras whose file has another order and other numbers than the program', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { source, weights, shape, input, output }) => {
    const path = join(scratch, 'm.weights.h5');
    writeFileSync(path, Buffer.from(weights, 'base64'));
    const { graph } = (await analyze({ file: '/project/model.py', text: source })).models.at(-1)!;
    const checkpoint = await openCheckpoint(path);
    const binding = bind(graph, checkpoint);
    requireComplete(binding, path);
    const session = await createSession(graph, binding.weights);
    const { outputs } = await session.run({ [graph.values[graph.inputs[0]].name]: tensorOf('float32', shape, input) });
    const [found] = outputs.values();
    output.forEach((value, index) => expect(Math.abs(Number(found.data[index]) - value)).toBeLessThan(2e-5));
    await session.close();
    checkpoint.close();
  });
});
