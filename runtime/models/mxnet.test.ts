import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tensorOf } from '../../graph/elements.ts';
import { openCheckpoint } from '../formats/open.ts';
import { createSession } from '../session/session.ts';
import { openModelFile } from './open.ts';

interface Packed { shape: number[]; data: number[] }
interface Case { symbol: object; params: string | null; input: Packed; outputs: Packed[] }

/** Made by test/oracle/mxnet_models.py. */
const golden = JSON.parse(readFileSync(new URL('../../test/golden/runtime/mxnet.json', import.meta.url), 'utf8')) as { models: Record<string, Case>; arrays: Record<string, string> };
const scratch = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('symbols of MXNet compute what they compute there', () => {
  test.each(Object.entries(golden.models))('%s', async (name, { symbol, params, input, outputs }) => {
    const file = join(scratch, `${name}-symbol.json`);
    writeFileSync(file, JSON.stringify(symbol));
    if (params !== null) writeFileSync(join(scratch, `${name}-0000.params`), Buffer.from(params, 'base64'));
    const { graph, weights, close } = await openModelFile(file, [{ shape: input.shape }]);
    expect(graph.gaps).toEqual([]);
    const session = await createSession(graph, weights);
    const result = await session.run({ [graph.values[graph.inputs[0]].name]: tensorOf('float32', input.shape, input.data) });
    expect(result.outputs.size).toBe(outputs.length);
    [...result.outputs.values()].forEach((output, index) => {
      expect(output.shape).toEqual(outputs[index].shape);
      outputs[index].data.forEach((value, place) => expect(Math.abs(Number(output.data[place]) - value)).toBeLessThan(2e-5 * Math.max(1, Math.abs(value))));
    });
    await session.close();
    close();
  });
});

describe('.params', () => {
  const write = (name: string) => {
    const file = join(scratch, name);
    writeFileSync(file, Buffer.from(golden.arrays[name], 'base64'));
    return file;
  };

  test('arrays of every element type', async () => {
    const { entries, close } = await openCheckpoint(write('types.params'));
    expect([...entries.keys()]).toEqual(['float32', 'float64', 'float16', 'uint8', 'int8', 'int32', 'int64']);
    for (const [name, entry] of entries) {
      expect(entry).toMatchObject({ dataType: name, shape: [2, 3] });
      expect(Array.from((await entry.read()).data as ArrayLike<number>, Number)).toEqual([0, 1, 2, 3, 4, 5]);
    }
    close();
  });

  test('structural names, as Gluon saves them', async () => {
    const { entries, format, close } = await openCheckpoint(write('lenet.gluon.params'));
    expect(format).toBe('mxnet');
    expect([...entries.keys()]).toEqual(['0.weight', '0.bias', '2.weight', '2.bias', '5.weight', '5.bias']);
    close();
  });
});
