import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EpsilonResult } from '../../../webview/messages.ts';
import type { LoadedModel } from '../loaded-model.ts';
import { digitsModel } from '../testing/digits-model.ts';
import { epsilon } from './attack.ts';

describe('the smallest change in the engine', () => {
  let model: LoadedModel;
  beforeAll(async () => {
    model = await digitsModel('digits_torch.py', 'digits_torch.safetensors');
  }, 60_000);
  afterAll(() => model.close());

  test('lies between what is proved and what is found, and its ends draw nearer', async () => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 20_000);
    const partials: EpsilonResult[] = [];
    const context = { job: 1, signal: controller.signal, report: () => undefined };
    const found = await epsilon(model, { norm: 'linf', largest: 0.5 }, {
      ...context,
      partial: (result) => {
        partials.push(result);
        if (partials.length === 3) controller.abort();
      },
    });
    clearTimeout(timer);
    expect(found.adversarial).toBeDefined();
    expect(found.certified).toBeLessThan(found.adversarial!.distance);
    expect(found.original.scores.top).toBe(3);
    expect(found.adversarial!.scores.top).not.toBe(3);
    expect(found.adversarial!.picture).toBeDefined();
    const widths = partials.map(({ certified, adversarial }) => (adversarial?.distance ?? 0.5) - certified);
    expect(widths.slice(1).every((width, k) => width <= widths[k] + 1e-9)).toBe(true);
  }, 100_000);
});
