import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOnnx } from '../../../graph/index.ts';
import type { RunOptions, RunResult, ValuesOptions, ValuesResult } from '../../../webview/messages.ts';
import type { LoadedModel } from '../loaded-model.ts';
import { digitsModel } from '../testing/digits-model.ts';
import { saveCut } from '../save-cut.ts';
import { run } from './run.ts';
import { values } from './values.ts';

const scratch = mkdtempSync(join(tmpdir(), 'layerscope-run-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('running in the engine', () => {
  let model: LoadedModel;
  beforeAll(async () => {
    model = await digitsModel('digits_keras.py', 'digits_keras.keras');
  }, 60_000);
  afterAll(() => model.close());

  const context = (job: number) => ({ job, signal: new AbortController().signal, report: () => undefined, partial: () => undefined });
  const start = (job: number, options: RunOptions = {}): Promise<RunResult> => run(model, options, context(job));
  const compare = (options: ValuesOptions): Promise<ValuesResult> => values(model, options, context(99));
  const changed = ({ values: rows }: ValuesResult): number => rows.filter(({ change }) => change && change.largest > 0).length;

  test('training mode leaves out at random, and says what it does', async () => {
    const evaluation = await start(1);
    const training = await start(2, { training: true });
    expect(training.remarks.map(({ message }) => message)).toEqual(['In training mode: 1 operator computes something else than in evaluation.']);
    expect(training.available.map(({ value }) => value).toSorted((a, b) => a - b)).toEqual(evaluation.available.map(({ value }) => value).toSorted((a, b) => a - b));
    expect(training.executed).toEqual(evaluation.executed);
    // the dropout and what lies behind it
    expect(changed(await compare({ run: 2 }))).toBeGreaterThan(2);
    expect(training.outputs[0].scores?.top).toBe(3);
  });

  test('a pinned run stays, however many follow; others do not', async () => {
    await start(11);
    for (let job = 12; job < 20; job++) await start(job, { keep: 11 });
    const same = await compare({ run: 19, against: 11 });
    expect([same.compared, changed(same)]).toEqual([true, 0]);
    expect((await compare({ run: 19, against: 12 })).compared).toBe(false);
  });

  test('a part is saved as ONNX with its weights', async () => {
    const { graph } = model;
    const scope = (name: string) => graph.scopes.find(({ layer }) => graph.layers[layer].name === name)!;
    const path = join(scratch, 'part.onnx');
    const from = scope('conv2d_1').inputs.filter((id) => graph.values[id].parameter === undefined);
    const written = await saveCut(model, { key: '', from, to: scope('flatten').outputs, path });
    const part = readOnnx(readFileSync(path));
    expect([part.graph.inputs.length, part.graph.outputs.length, written.parameters, written.bytes]).toEqual([1, 1, 2, readFileSync(path).length]);
    expect(part.graph.values[part.graph.inputs[0]].type.shape?.slice(1)).toEqual([4, 4, 16]);
    await expect(saveCut(model, { key: '', from: scope('flatten').outputs, to: scope('conv2d').outputs, path })).rejects.toThrow('does not come from what it begins with');
  });
});
