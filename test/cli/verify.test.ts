import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stored, writeOnnx } from '../../graph/index.ts';
import { Random } from '../../symbolic/search/random.ts';
import { GraphWriter } from '../../symbolic/testing/graph-writer.ts';
import { layerscope, layerscopeJson, start } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-'));
const file = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** Y_0 - Y_1 at least a threshold, on the box [-1, 1]^3. */
const property = (threshold: number) => [...['X_0', 'X_1', 'X_2', 'Y_0', 'Y_1'].map((name) => `(declare-const ${name} Real)`), ...[0, 1, 2].map((i) => `(assert (>= X_${i} -1.0))\n(assert (<= X_${i} 1.0))`), `(assert (>= (- Y_0 Y_1) ${threshold}))`].join('\n');

beforeAll(async () => {
  const random = new Random(8);
  const numbers = (count: number, scale: number) => Array.from({ length: count }, () => scale * random.uniform(-1, 1));
  const writer = new GraphWriter();
  let y = writer.operator('Relu', [writer.gemm(writer.input([1, 3]), 20, numbers(60, 0.8), numbers(20, 0.3))]);
  y = writer.operator('Relu', [writer.gemm(y, 20, numbers(400, 0.4), numbers(20, 0.3))]);
  const graph = writer.graph(writer.gemm(y, 2, numbers(40, 0.5), numbers(2, 0.1)));
  const model = await writeOnnx(graph, new Map([...writer.weights].map(([name, tensor]) => [name, stored(tensor)])));
  writeFileSync(file('net.onnx'), model);
  writeFileSync(file('net.onnx.gz'), gzipSync(model));
  writeFileSync(file('low.vnnlib'), property(-20));
  writeFileSync(file('high.vnnlib.gz'), gzipSync(property(20)));
});

describe('layerscope verify', () => {
  test('prints sat and the assignment as VNN-COMP writes it', () => {
    const { status, stdout } = layerscope('verify', file('net.onnx'), file('low.vnnlib'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^sat\n\(\(X_0 [-\d.e]+\)\n\(X_1 [-\d.e]+\)\n\(X_2 [-\d.e]+\)\n\(Y_0 [-\d.e]+\)\n\(Y_1 [-\d.e]+\)\)\n$/);
  });

  test('prints unsat for packed files; the certificate passes and a damaged one does not', () => {
    const certificate = file('proof.json');
    const { status, stdout } = layerscope('verify', file('net.onnx.gz'), file('high.vnnlib.gz'), '--certificate', certificate);
    expect([status, stdout]).toEqual([0, 'unsat\n']);
    const checked = layerscope('verify', '--check', certificate, file('net.onnx'), file('high.vnnlib.gz'));
    expect(checked.status).toBe(0);
    expect(checked.stdout).toContain('The certificate holds');
    writeFileSync(certificate, readFileSync(certificate, 'utf8').replace('"constraint":0', '"constraint":1'));
    const damaged = layerscope('verify', '--check', certificate, file('net.onnx'), file('high.vnnlib.gz'));
    expect(damaged.status).toBe(2);
    expect(damaged.stderr).toContain('its seal does not fit');
  });

  test('answers in JSON', () => {
    expect(layerscopeJson<{ verdict: string; assignment: null; bound: number }>('verify', file('net.onnx'), file('high.vnnlib.gz'))).toMatchObject({ verdict: 'unsat', assignment: null });
  });

  test.each([
    ['a missing property', ['net.onnx', 'none.vnnlib'], 'does not exist'],
    ['a network that is none', ['low.vnnlib', 'low.vnnlib'], 'low.vnnlib'],
  ])('%s gets one sentence and exit 2', (_, names, message) => {
    const { status, stderr } = layerscope('verify', ...names.map(file));
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a limit that is over before anything is read is kept', () => {
    const { status, stdout } = layerscope('verify', file('net.onnx'), file('high.vnnlib.gz'), '--timeout', '0.01');
    expect([status, stdout]).toEqual([3, 'timeout\n']);
  });

  describe('on a large network', () => {
    beforeAll(async () => {
      const random = new Random(9);
      const size = 900;
      const numbers = (count: number) => Array.from({ length: count }, () => random.uniform(-0.06, 0.06));
      const writer = new GraphWriter();
      let y = writer.input([1, size]);
      for (let layer = 0; layer < 4; layer++) y = writer.operator('Relu', [writer.gemm(y, size, numbers(size * size), numbers(size))]);
      const graph = writer.graph(writer.gemm(y, 1, numbers(size), [0]));
      writeFileSync(file('large.onnx'), await writeOnnx(graph, new Map([...writer.weights].map(([name, tensor]) => [name, stored(tensor)]))));
      // far above what attacks reach, far below what bounds prove: no answer while the test waits
      writeFileSync(file('large.vnnlib'), ['(declare-const Y_0 Real)(assert (>= Y_0 20))', ...Array.from({ length: size }, (_, i) => `(declare-const X_${i} Real)(assert (>= X_${i} -1))(assert (<= X_${i} 1))`)].join('\n'));
    });

    test.each([200, 700, 1500, 4000])('an interrupt is answered at once, whatever it is doing (%i ms after the start)', async (after) => {
      const child = start('verify', file('large.onnx'), file('large.vnnlib'), '--timeout', '100');
      await new Promise((resolve) => setTimeout(resolve, after));
      const sent = performance.now();
      child.process.kill('SIGINT');
      const { status, stdout, signal } = await child.ended;
      // Node itself may not have come as far as to listen
      if (after > 200) expect([status, stdout]).toEqual([3, 'unknown\n']);
      else expect(status === 3 || signal === 'SIGINT').toBe(true);
      expect(performance.now() - sent).toBeLessThan(500);
    });

    test('the limit of memory is kept and told', () => {
      const { status, stdout, stderr } = layerscope('verify', file('large.onnx'), file('large.vnnlib'), '--memory', '0.12');
      expect([status, stdout]).toEqual([3, 'unknown\n']);
      expect(stderr).toContain('the limit of 0.12 GB of memory was reached');
    });
  });

  test('a malformed property names its line', () => {
    writeFileSync(file('bad.vnnlib'), '(declare-const X_0 Real)\n(assert (<= X_0))');
    const { status, stderr } = layerscope('verify', file('net.onnx'), file('bad.vnnlib'));
    expect(status).toBe(2);
    expect(stderr).toContain('line 2: <= has 1 operands, expected two');
  });
});
