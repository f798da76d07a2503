import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { elementCount, tensorOf } from '../../graph/elements.ts';
import { createSession } from '../session/session.ts';
import { openModelFile } from './open.ts';
import { readTextFormat } from './text-format.ts';

interface Case { text: string; weights: string | null; input: number[]; shape: number[]; output: number[] }

/** Made by test/oracle/caffe_models.py. */
const golden = JSON.parse(readFileSync(new URL('../../test/golden/runtime/caffe.json', import.meta.url), 'utf8')) as Record<string, Case>;
const scratch = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('nets of Caffe compute what OpenCV computes of them', () => {
  test.each(Object.entries(golden))('%s', async (name, { text, weights, input, shape, output }) => {
    writeFileSync(join(scratch, `${name}.prototxt`), text);
    if (weights !== null) writeFileSync(join(scratch, `${name}.caffemodel`), Buffer.from(weights, 'base64'));
    for (const extension of weights === null ? ['prototxt'] : ['prototxt', 'caffemodel']) {
      const { graph, weights: held, close } = await openModelFile(join(scratch, `${name}.${extension}`));
      expect(graph.gaps).toEqual([]);
      expect(graph.framework).toBe('caffe');
      const session = await createSession(graph, held);
      const sizes = graph.values[graph.inputs[0]].type.shape as number[];
      expect(elementCount(sizes)).toBe(input.length);
      const { outputs } = await session.run({ data: tensorOf('float32', sizes, input) });
      const [made] = outputs.values();
      expect(made.shape).toEqual(shape);
      output.forEach((value, place) => expect(Math.abs(Number(made.data[place]) - value)).toBeLessThan(2e-5 * Math.max(1, Math.abs(value))));
      await session.close();
      close();
    }
  });

  test('a net without its weights has its graph', async () => {
    writeFileSync(join(scratch, 'alone.prototxt'), golden.lenet.text);
    const { graph, remarks, close } = await openModelFile(join(scratch, 'alone.prototxt'));
    expect(graph.parameters.map(({ name }) => name)).toEqual(['conv1.weight', 'conv1.bias', 'ip1.weight', 'ip1.bias', 'ip2.weight', 'ip2.bias']);
    expect(remarks.join()).toContain('not known');
    close();
  });
});

test('text format: nested messages, lists, comments, both quotes, joined strings', () => {
  const read = readTextFormat('a: 1 # one\nb { c: "x\'y" \'z\' d: [1, 2.5e-3] } b < c: \'q\' >; e: TRUE', 'file');
  expect(read.get('a')).toEqual(['1']);
  expect(read.get('b')).toEqual([new Map([['c', ["x'yz"]], ['d', ['1', '2.5e-3']]]), new Map([['c', ['q']]])]);
  expect(read.get('e')).toEqual(['TRUE']);
  expect(() => readTextFormat('a {', 'file')).toThrow('line 1');
});
