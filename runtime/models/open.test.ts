import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { tensorOf } from '../../graph/elements.ts';
import { createSession } from '../session/session.ts';
import { openModelFile } from './open.ts';

const folder = fileURLToPath(new URL('../../test/golden/runtime/tensorflow/', import.meta.url));
interface Packed { shape: number[]; data: number[] }
const expected = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as Record<string, { x: Packed; y: Packed; step?: number }>;

describe('models of TensorFlow and TFLite compute what they compute there', () => {
  test.each(Object.entries(expected).filter(([file]) => file.endsWith('.tflite')))('%s', async (file, { x, y, step }) => {
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
