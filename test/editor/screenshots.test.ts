import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editor, EditorSession, root, type Theme } from './session.ts';

/**
 * The pictures of the README, taken of the real product: `LAYERSCOPE_PICTURES=1 npm test -- test/editor/screenshots.test.ts`
 * lays them into docs/images/, in every theme.
 */
const vsix = readdirSync(root).filter((name) => name.endsWith('.vsix')).map((name) => join(root, name)).at(-1);
const themes: [string, Theme][] = [['dark', 'Default Dark Modern'], ['light', 'Default Light Modern'], ['contrast', 'Default High Contrast']];

describe.skipIf(!editor || !vsix || !process.env.LAYERSCOPE_PICTURES)('pictures of the product', { retry: 1 }, () => {
  test.each(themes)('%s', async (name, theme) => {
    const session = await EditorSession.start({ vsix: vsix!, folder: join(root, 'examples'), theme, width: 1500, height: 900, settings: { 'workbench.sideBar.location': 'left', 'workbench.activityBar.location': 'hidden', 'explorer.autoReveal': false } });
    try {
      const picture = async (title: string) => {
        const path = await session.screenshot(`${title}-${name}`);
        cpSync(path, join(root, 'docs', 'images', `${title}-${name}.png`));
      };
      await session.command('View: Close Primary Side Bar').catch(() => undefined);
      await session.open('digits_faulty.py');
      await session.page.locator('.squiggly-error').first().waitFor({ timeout: 40_000 });
      await session.goTo(18, 16);
      await session.command('Show or Focus Hover');
      await session.page.locator('.monaco-hover-content').filter({ hasText: /256/ }).first().waitFor({ timeout: 20_000 });
      await picture('fault');
      await session.page.keyboard.press('Escape');

      await session.open('digits_functional.py');
      await session.command('Layerscope: Show Graph');
      await session.panel.locator('.node').first().waitFor({ timeout: 40_000 });
      await session.goTo(16, 20);
      await session.panel.locator('.node.selected').waitFor({ timeout: 20_000 });
      await session.page.waitForTimeout(800);
      await picture('graph');

      await session.command('Layerscope: Run Model');
      const run = session.panel.locator('#panel-run');
      await run.getByText(/All \d+ parameters match/).first().waitFor({ timeout: 30_000 });
      await run.locator('.go vscode-button').click();
      await expect.poll(() => run.locator('.verdict').innerText(), { timeout: 30_000 }).toMatch(/^0/);
      await run.locator('.layer-link').nth(1).click();
      await session.panel.locator('.activation canvas').first().waitFor({ timeout: 20_000 });
      await session.page.waitForTimeout(500);
      await picture('run');

      await session.panel.locator('#tab-evaluate').click();
      const evaluate = session.panel.locator('#panel-evaluate');
      await evaluate.locator('vscode-button', { hasText: 'Folder' }).click();
      const path = session.page.locator('.quick-input-widget input').first();
      await path.waitFor({ timeout: 20_000 });
      await path.fill(join(session.folder, 'samples'));
      await session.page.keyboard.press('Enter');
      await evaluate.locator('.confusion').waitFor({ timeout: 60_000 });
      await picture('evaluate');

      await session.panel.locator('#tab-neuron').click();
      const neuron = session.panel.locator('#panel-neuron');
      await neuron.locator('vscode-text-field input').first().fill('0');
      await neuron.locator('vscode-button', { hasText: 'Explain' }).click();
      await neuron.locator('.outcome canvas').first().waitFor({ timeout: 60_000 });
      await session.page.waitForTimeout(500);
      await picture('neuron');

      await session.panel.locator('#tab-coverage').click();
      const coverage = session.panel.locator('#panel-coverage');
      await coverage.locator('vscode-button', { hasText: 'Generate tests' }).click();
      await coverage.locator('.thumbnails canvas').nth(8).waitFor({ timeout: 120_000 });
      await coverage.locator('.job').waitFor({ state: 'hidden', timeout: 120_000 });
      await picture('coverage');

      await session.command('Layerscope: Find Adversarial Input');
      const view = session.panel.locator('#panel-attack');
      await view.locator('.exact').fill('0.25');
      await view.locator('.exact').press('Enter');
      await view.locator('.go vscode-button', { hasText: 'Find adversarial input' }).click();
      await expect.poll(() => view.locator('.verdict-line').innerText(), { timeout: 60_000 }).toMatch(/Adversarial input found/);
      await picture('adversarial');
    } finally {
      await session.end();
    }
  }, 480_000);
});
