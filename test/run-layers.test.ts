import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyze } from '../language-server/index.ts';
import type { DataType } from '../graph/tensor.ts';
import { tensorOf } from '../graph/elements.ts';
import { stored } from '../graph/weights.ts';
import { memorySource } from '../graph/onnx/wire.ts';
import { bind, createSession, requireComplete } from '../runtime/index.ts';
import { readSafetensors } from '../runtime/formats/safetensors.ts';

/** Small programs around single layers and functions: extracted, given the framework's weights, run, compared with the framework. */

interface Packed { shape: number[]; dataType: DataType; data: number[] }
/** PyTorch's weights as safetensors in base64, Keras's layer by layer. */
interface Case { name: string; source: string; weights?: string; layers?: { name: string; variables: Packed[] }[]; x: Packed; y: Packed }

function checkpointOf({ weights, layers }: Case): Parameters<typeof bind>[1] {
  if (weights) return { format: 'safetensors', remarks: [], entries: readSafetensors(memorySource(Buffer.from(weights, 'base64'), 'weights')).entries };
  const entries = new Map((layers ?? []).flatMap(({ name, variables }, place) => variables.map(({ shape, dataType, data }, index) => [`${place}/${name}/${index}`, stored(tensorOf(dataType, shape, data))] as const)));
  return { format: 'keras', remarks: [], entries, layers: (layers ?? []).map(({ name, variables }, place) => ({ key: name, name, entries: variables.map((_, index) => `${place}/${name}/${index}`) })) };
}

describe.each(['torch', 'keras'])('%s', (framework) => {
  const cases = JSON.parse(readFileSync(new URL(`golden/runtime/layers_${framework}.json`, import.meta.url), 'utf8')) as Case[];

  test.each(cases)('$name', async (one) => {
    const { source, x, y } = one;
    const analysis = await analyze({ file: `/layers/${framework}.py`, text: source });
    expect(analysis.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
    const model = analysis.models.at(-1);
    expect(model).toBeDefined();
    const { graph } = model!;
    expect(graph.gaps.map(({ reason }) => reason)).toEqual([]);
    const binding = bind(graph, checkpointOf(one));
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
