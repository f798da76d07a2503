import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CoverResult } from '../../webview/messages.ts';
import { digitPicture, prepared } from './answers.ts';
import { digits } from './graphs.ts';
import { describePanel } from './harness.ts';
import type { Harness, PanelPage } from './harness.ts';
import type { Theme } from './themes.ts';

const result: CoverResult = {
  requirements: 1568, met: 1520, unreachable: 1, coverage: 1520 / 1567, tests: 119, generated: 118, adversarial: 2, seconds: 3.74,
  layers: [
    { layer: 'features.2', requirements: 512, met: 477, unreachable: 1 },
    { layer: 'features.5', requirements: 1024, met: 1021, unreachable: 0 },
    { layer: 'Relu', requirements: 32, met: 22, unreachable: 0 },
  ],
  history: [0.42, 0.61, 0.78, 0.9, 0.93, 0.955, 0.962, 0.97].map((coverage, k) => ({ seconds: 0.2 + 0.5 * k, coverage })),
  samples: Array.from({ length: 30 }, (_, k) => ({ label: k < 2 ? '5' : '3', expected: '3', adversarial: k < 2, generated: true, distance: 0.2999, picture: digitPicture(8, 0.02 * k) })),
};
const ended: CoverResult = { ...result, ended: 'cancelled', open: ['features.2[0] active', 'features.2[3] active'], misclassified: 3, suite: new Uint8Array([80, 75]) };

describePanel('generated tests in the panel', (harness) => {
  let panel: PanelPage;
  const open = async (options: Parameters<Harness['open']>[0] = {}) => {
    panel = await harness.open(options);
    await panel.document([digits()]);
    await panel.send({ type: 'show', view: 'coverage' });
    await panel.send(prepared());
    return panel.page.locator('#panel-coverage');
  };
  const job = () => panel.last('start')?.job ?? 0;

  test('start, watch, stop, continue, save', async () => {
    const view = await open();
    await view.locator('vscode-button', { hasText: 'Generate tests' }).click();
    expect(panel.last('start')).toMatchObject({ kind: 'cover', options: { criterion: 'nc', norm: 'linf', resume: false } });
    await panel.send({ type: 'progress', job: job(), phase: 'Generating tests', fraction: 0.9, seconds: 2 });
    await panel.send({ type: 'partial', kind: 'cover', job: job(), result });
    const text = () => view.locator('.outcome').innerText();
    expect(await text()).toContain('97.0 %');
    expect(await text()).toContain('1,520 of 1,568 requirements met, 1 proved unreachable; 119 tests, 2 adversarial.');
    expect(await view.locator('.line-chart svg').getAttribute('aria-label')).toBe('Coverage over time: from 42.0 % to 97.0 % in 3.7 seconds');
    expect(await view.locator('.requirements tbody tr').first().innerText()).toMatch(/features\.2\s+477\s+34\s+1/);
    expect(await view.locator('.thumbnails li p').first().innerText()).toBe('3 → 5');
    expect(await view.locator('.thumbnails canvas').first().getAttribute('aria-label')).toBe('Test 3 taken for 5');
    expect(await text()).toContain('89 more in the suite.');
    expect(await view.locator('.actions').isVisible()).toBe(false);
    await view.locator('vscode-button', { hasText: 'Stop' }).click();
    expect(panel.last('cancel')).toEqual({ type: 'cancel', job: job() });
    const stopped = job();
    await panel.send({ type: 'finished', kind: 'cover', job: stopped, result: ended });
    expect(await text()).toContain('Stopped; it can go on from here.');
    expect(await text()).toContain('3 inputs that the model gets wrong are no start.');
    await view.locator('vscode-button', { hasText: 'Save suite' }).click();
    await panel.until((posted) => posted.some(({ type }) => type === 'export'));
    expect(panel.last('export')).toMatchObject({ format: 'npz', name: `${digits().name}-nc` });
    await view.locator('vscode-button', { hasText: 'Continue' }).click();
    await panel.until(() => job() !== stopped);
    expect(panel.last('start')).toMatchObject({ kind: 'cover', options: { resume: true } });
  });

  test('other options are another run: it cannot go on', async () => {
    const view = await open();
    await view.locator('vscode-button', { hasText: 'Generate tests' }).click();
    await panel.send({ type: 'finished', kind: 'cover', job: job(), result: ended });
    await view.locator('.segment', { hasText: 'L0' }).click();
    expect(await view.locator('vscode-button', { hasText: 'Continue' }).evaluate((element) => (element as unknown as { disabled: boolean }).disabled)).toBe(true);
    await view.locator('vscode-button', { hasText: 'Generate tests' }).click();
    expect(panel.last('start')).toMatchObject({ kind: 'cover', options: { norm: 'l0', epsilon: 8 } });
  });

  test('labelled examples take the place of the one input', async () => {
    const view = await open();
    await view.locator('vscode-button', { hasText: 'Array' }).click();
    expect(panel.last('chooseExamples')).toMatchObject({ kind: 'file' });
    await panel.send({ type: 'examples', version: 1, model: 0, path: '/data/test.npz', label: 'test.npz' });
    expect(await view.innerText()).toContain('Tests are made from test.npz.');
    // choosing them here starts nothing by itself
    expect(panel.last('start')).toBeUndefined();
    await view.locator('vscode-button', { hasText: 'Generate tests' }).click();
    expect(panel.last('start')).toMatchObject({ kind: 'cover', options: { examples: '/data/test.npz' } });
  });

  test('the keyboard alone: choose, start, stop', async () => {
    const view = await open();
    const reached: string[] = [];
    for (let k = 0; k < 40 && !reached.at(-1)?.includes('Generate'); k++) {
      await panel.page.keyboard.press('Tab');
      reached.push(await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''));
    }
    expect(reached).toContain('Criterion');
    await panel.page.keyboard.press('Enter');
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
    await panel.send({ type: 'partial', kind: 'cover', job: job(), result });
    await view.locator('vscode-button', { hasText: 'Stop' }).press('Enter');
    expect(panel.last('cancel')).toBeDefined();
  });

  test.skipIf(!process.env['LAYERSCOPE_SCREENSHOTS']).each([['dark', 1200], ['light', 1200], ['contrast', 1200], ['light', 420], ['dark', 760]] as const)('pictures: %s, %d wide', async (theme: Theme, width) => {
    const view = await open({ theme, width, height: 900 });
    await view.locator('vscode-button', { hasText: 'Generate tests' }).click();
    await panel.send({ type: 'finished', kind: 'cover', job: job(), result: ended });
    const folder = process.env['LAYERSCOPE_SCREENSHOTS']!;
    mkdirSync(folder, { recursive: true });
    await panel.page.screenshot({ path: `${folder}/coverage-${theme}-${width}.png` });
  });
});
