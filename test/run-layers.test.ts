import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyze } from '../language-server/index.ts';
import type { DataType } from '../graph/tensor.ts';
import { tensorOf } from '../graph/elements.ts';
import { memorySource } from '../graph/onnx/wire.ts';
import { bind, createSession, requireComplete } from '../runtime/index.ts';
import { readSafetensors } from '../runtime/formats/safetensors.ts';

/** Small programs around single layers and functions: extracted, given the framework's weights, run, compared with the framework. */

interface Packed { shape: number[]; dataType: DataType; data: number[] }
interface Case { name: string; source: string; weights: string; x: Packed; y: Packed }

describe.each(['torch'])('%s', (framework) => {
  const file = new URL(`golden/runtime/layers_${framework}.json`, import.meta.url);
  const cases = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Case[] : [];

  test.each(cases)('$name', async ({ source, weights, x, y }) => {
    const analysis = await analyze({ file: `/layers/${framework}.py`, text: source });
    expect(analysis.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
    const model = analysis.models.at(-1);
    expect(model).toBeDefined();
    const { graph } = model!;
    expect(graph.gaps.map(({ reason }) => reason)).toEqual([]);
    const entries = weights === '' ? new Map() : readSafetensors(memorySource(Buffer.from(weights, 'base64'), 'weights')).entries;
    const binding = bind(graph, { entries, remarks: [], format: 'safetensors' });
    requireComplete(binding, 'weights');
    const session = await createSession(graph, binding.weights);
    const { outputs } = await session.run({ [graph.values[graph.inputs[0]].name]: tensorOf(x.dataType, x.shape, x.data) });
    await session.close();
    const [output] = outputs.values();
    expect({ shape: output.shape, dataType: output.dataType }).toEqual({ shape: y.shape, dataType: y.dataType });
    const actual = Array.from(output.data as ArrayLike<number | bigint>, Number);
    const scale = Math.max(1, ...y.data.filter(Number.isFinite).map(Math.abs));
    y.data.forEach((value, index) => {
      if (Number.isFinite(value)) expect(Math.abs(actual[index] - value) / scale).toBeLessThan(1e-4);
      else expect(actual[index]).toBe(value);
    });
  });
});
