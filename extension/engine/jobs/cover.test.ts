import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CoverOptions, CoverResult, Progress } from '../../../webview/messages.ts';
import type { LoadedModel } from '../loaded-model.ts';
import { digitsModel, example } from '../testing/digits-model.ts';
import { cover } from './cover.ts';

describe('the job that generates tests', () => {
  let model: LoadedModel;
  beforeAll(async () => {
    model = await digitsModel('digits_torch.py', 'digits_torch.safetensors');
  }, 60_000);
  afterAll(() => model.close());

  const run = async (options: Partial<CoverOptions>, stopAt?: number) => {
    const controller = new AbortController();
    const partials: CoverResult[] = [];
    const reports: Progress[] = [];
    const result = await cover(model, { criterion: 'nc', norm: 'linf', epsilon: 0.3, resume: false, ...options }, {
      job: 1, signal: controller.signal,
      report: (progress) => reports.push(progress),
      partial: (news) => {
        partials.push(news);
        if (partials.length === stopAt) controller.abort();
      },
    });
    return { result, partials, reports };
  };

  test('tells how it goes, ends when it is stopped, and goes on to where it would have come', async () => {
    const stopped = await run({}, 1);
    expect(stopped.result.ended).toBe('cancelled');
    expect(stopped.partials[0].ended).toBeUndefined();
    expect(stopped.result.met).toBeGreaterThanOrEqual(stopped.partials[0].met);
    expect(stopped.reports.at(-1)).toMatchObject({ phase: 'Generating tests' });
    const continued = await run({ resume: true });
    const whole = await run({});
    const counts = ({ met, unreachable, tests, adversarial, layers, ended }: CoverResult) => ({ met, unreachable, tests, adversarial, layers, ended });
    expect(counts(continued.result)).toEqual(counts(whole.result));
    expect(whole.result.ended).toBe('exhausted');
    expect(whole.result.met).toBeGreaterThan(stopped.result.met);
    expect(whole.result.samples[0].picture).toMatchObject({ width: 8, height: 8, channels: 1 });
    expect(Object.keys(unzipSync(whole.result.suite!))).toContain('inputs.npy');
    expect(whole.result.history.at(-1)!.coverage).toBe(whole.result.coverage);
  }, 120_000);

  test('other weights are another run: it begins anew', async () => {
    await run({ criterion: 'nbc' }, 1);
    await model.bindWeights({ kind: 'initial', seed: 3 });
    const { result } = await run({ criterion: 'nbc', resume: true });
    expect(result.met).toBeGreaterThan(0);
    await model.bindWeights({ kind: 'file', path: example('digits_torch.safetensors') });
  }, 120_000);
});
