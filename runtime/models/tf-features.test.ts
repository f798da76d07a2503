import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tensorOf } from '../../graph/elements.ts';
import { createSession } from '../session/session.ts';
import { openModelFile } from './open.ts';

interface Case {
  readonly name: string;
  /** What is opened, within the folder of the files. */
  readonly path: string;
  /** By their paths, base64. */
  readonly files: Readonly<Record<string, string>>;
  readonly shape?: readonly number[];
  readonly input?: readonly number[];
  readonly output?: readonly number[];
  readonly refused?: string;
}

const { cases } = JSON.parse(readFileSync(new URL('../../test/golden/tf-features.json', import.meta.url), 'utf8')) as { cases: readonly Case[] };
const scratch = mkdtempSync(join(tmpdir(), 'layerscope-tf-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('files of TensorFlow with what not every reader takes', () => {
  test.each(cases.map((one, index) => [one.name, one, index] as const))('%s', async (_, { path, files, shape, input, output, refused }, index) => {
    const folder = join(scratch, String(index));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), Buffer.from(content, 'base64'));
    }
    const { graph, weights, close } = await openModelFile(join(folder, path));
    const session = await createSession(graph, weights, { backend: 'wasm' });
    const feeds = { [graph.values[graph.inputs[0]].name]: tensorOf('float32', shape ?? [1, 4], input ?? new Float32Array(4)) };
    if (refused !== undefined) await expect(session.run(feeds)).rejects.toThrow(refused);
    else {
      const [found] = (await session.run(feeds)).outputs.values();
      output!.forEach((value, place) => expect(Math.abs(Number(found.data[place]) - value)).toBeLessThan(1e-5));
    }
    await session.close();
    close();
  });
});
