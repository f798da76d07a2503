import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { tensorOf } from '../../graph/elements.ts';
import { CheckpointError } from '../formats/file.ts';
import { generator } from '../initialize.ts';
import { createSession } from '../session/session.ts';
import { openModelFile } from './open.ts';

const folder = fileURLToPath(new URL('../../test/golden/runtime/tensorflow/', import.meta.url));
interface Packed { shape: number[]; data: number[] }
const expected = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as Record<string, { x: Packed; y: Packed; step?: number }>;

describe('models of TensorFlow and TFLite compute what they compute there', () => {
  test.each(Object.entries(expected))('%s', async (file, { x, y, step }) => {
    const { graph, weights, close } = await openModelFile(folder + file);
    expect(graph.gaps).toEqual([]);
    const session = await createSession(graph, weights);
    const { outputs } = await session.run({ [graph.values[graph.inputs[0]].name]: tensorOf('float32', x.shape, x.data) });
    const [output] = outputs.values();
    expect(output.shape).toEqual(y.shape);
    y.data.forEach((value, index) => expect(Math.abs(Number(output.data[index]) - value)).toBeLessThan(step ? 1.5 * step : 1e-5 * Math.max(1, Math.abs(value))));
    await session.close();
    close();
  });
});

describe('damaged models end in one clear sentence', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
  afterAll(() => rmSync(scratch, { recursive: true }));

  test.each(['dense.tflite', 'dense.pb', 'saved_dense/saved_model.pb', 'saved_dense/variables/variables.index'])('%s', async (file) => {
    const bytes = readFileSync(folder + file);
    cpSync(`${folder}saved_dense`, join(scratch, 'saved_dense'), { recursive: true });
    const target = join(scratch, file);
    const next = generator(23);
    for (let round = 0; round < 40; round++) {
      const damaged = Uint8Array.from(round % 4 === 0 ? bytes.subarray(0, Math.floor(next() * bytes.length)) : bytes);
      for (let change = 0; change <= round % 5; change++) damaged[Math.floor(next() * damaged.length)] = Math.floor(next() * 256);
      writeFileSync(target, damaged);
      try {
        const model = await openModelFile(file.startsWith('saved') ? join(scratch, 'saved_dense') : target);
        for (const weight of model.weights.values()) await weight.read();
        model.close();
      } catch (error) {
        if (!(error instanceof CheckpointError) && !(error instanceof RangeError)) throw error;
        expect(error.message).not.toMatch(/\n|undefined|Cannot read/);
      }
    }
  });
});
