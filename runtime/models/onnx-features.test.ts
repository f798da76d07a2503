import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tensorOf } from '../../graph/elements.ts';
import { readOnnx } from '../../graph/onnx/read.ts';
import type { DataType, Tensor } from '../../graph/tensor.ts';
import { createSession } from '../session/session.ts';

interface Stored {
  readonly dtype: DataType;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Case {
  readonly name: string;
  /** Base64. */
  readonly model: string;
  readonly inputs?: Readonly<Record<string, Stored>>;
  readonly outputs?: Readonly<Record<string, Stored>>;
  /** Why it does not run; it is shown all the same. */
  readonly refused?: string;
}

const { cases } = JSON.parse(readFileSync(new URL('../../test/golden/onnx-features.json', import.meta.url), 'utf8')) as { cases: readonly Case[] };

const tensor = ({ dtype, shape, data }: Stored): Tensor => tensorOf(dtype, shape, data);

describe('ONNX files with what not every reader takes', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { model, inputs, outputs, refused }) => {
    const { graph, weights } = readOnnx(Buffer.from(model, 'base64'));
    expect(graph.operators.length).toBeGreaterThan(0);
    for (const mode of ['graph', 'eager'] as const) {
      const feeds = Object.fromEntries(graph.inputs.map((id) => graph.values[id]).map(({ name, type }) => [name, inputs ? tensor(inputs[name]) : tensorOf(type.dataType ?? 'float32', [2, 8], new Float32Array(16))]));
      const attempt = async () => {
        const session = await createSession(graph, weights, { mode, backend: 'wasm' });
        try {
          return await session.run(feeds);
        } finally {
          await session.close();
        }
      };
      if (refused !== undefined) {
        await expect(attempt()).rejects.toThrow(refused);
        continue;
      }
      // a sequence of tensors cannot leave an operator by itself
      if (mode === 'eager' && graph.operators.some(({ type }) => type.includes('Sequence') || type.startsWith('Optional'))) continue;
      const result = await attempt();
      for (const [name, wanted] of Object.entries(outputs!)) {
        const found = result.outputs.get(name)!;
        expect(found.shape).toEqual(wanted.shape);
        const largest = Math.max(1, ...wanted.data.map(Math.abs));
        wanted.data.forEach((value, index) => expect(Math.abs(Number(found.data[index]) - value)).toBeLessThan((wanted.dtype === 'float16' ? 2e-3 : 1e-5) * largest));
      }
    }
  });
});
