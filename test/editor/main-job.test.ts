import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, type TestContext } from 'vitest';
import type { Locator } from 'playwright-core';
import { editor, EditorSession, root } from './session.ts';

/** The package that `npm test` makes before the tests run. */
const vsix = readdirSync(root).filter((name) => name.endsWith('.vsix')).map((name) => join(root, name)).at(-1);

describe.skipIf(!editor || !vsix)(`the main job in the real editor${editor ? '' : ' (skipped: the editor is not installed; npm test does it)'}`, { timeout: 150_000, retry: 1 }, () => {
  let session: EditorSession;

  beforeAll(async () => {
    session = await EditorSession.start({ vsix: vsix!, folder: join(root, 'examples') });
  });
  afterAll(() => session?.end());
  beforeEach(async () => {
    await session.page.keyboard.press('Escape');
  });
  afterEach(async ({ task }: TestContext) => {
    if (task.result?.state === 'fail') await session.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-').slice(0, 60)}`);
  });

  const line = (text: string): Locator => session.page.locator('.editor-instance .view-line').filter({ hasText: text }).first();

  test('shapes stand beside the lines, and a code lens stands over the model', async () => {
    await session.open('digits_functional.py');
    // VS Code draws an inlay hint and a code lens as text of its own
    await line('layers.BatchNormalization()').getByText('(None, 8, 8, 16)').first().waitFor({ timeout: 30_000 });
    const lenses = session.page.locator('.codelens-decoration');
    await lenses.getByText('Find adversarial input').first().waitFor({ timeout: 20_000 });
    await expect.poll(() => lenses.first().innerText()).toMatch(/Graph.*Run.*Find adversarial input/s);
  });

  test('hover shows shape, dtype and where the tensor came from', async () => {
    await session.goTo(14, 7);
    await session.command('Show or Focus Hover');
    const hover = session.page.locator('.monaco-hover-content').filter({ hasText: 'float32' }).first();
    await hover.waitFor({ timeout: 20_000 });
    expect(await hover.innerText()).toMatch(/\(None, 8, 8, 16\)[\s\S]*float32/);
  });

  test('a broken layer gets a squiggle with both shapes, and the quick fix mends it', async () => {
    await session.open('digits_torch.py');
    await session.replaceLine(16, 'self.fc1 = nn.Linear(width * 5 * 5, 32)');
    await session.page.locator('.squiggly-error').first().waitFor({ timeout: 20_000 });
    await session.command('Problems: Focus on Problems View');
    const problem = session.page.locator('.markers-panel .monaco-list-row').filter({ hasText: /400/ }).first();
    await problem.waitFor({ timeout: 20_000 });
    expect(await problem.innerText()).toMatch(/256/);
    await session.screenshot('squiggle-dark');
    await session.command('View: Toggle Panel Visibility');
    // the fault shows where the model is called; its fix edits the line that made the layer
    await session.command('Go to Next Problem (Error, Warning, Info)');
    await session.page.keyboard.press('Escape');
    await session.page.keyboard.press('Control+.');
    const fix = session.page.locator('.action-widget .monaco-list-row').filter({ hasText: 'in_features' }).first();
    await fix.waitFor({ timeout: 20_000 });
    await session.page.keyboard.press('Enter');
    await line('nn.Linear(256, 32)').waitFor({ timeout: 20_000 });
    await expect.poll(() => session.page.locator('.squiggly-error').count(), { timeout: 20_000 }).toBe(0);
  });

  test('the graph stands beside the code; a click selects the line, the cursor selects the node', async () => {
    await session.open('digits_keras.py');
    await session.command('Layerscope: Show Graph');
    const node = (name: string) => session.panel.locator(`.node[data-key="/${name}"]`);
    await node('dense').waitFor({ timeout: 30_000 });
    expect(await node('conv2d').locator('text').allTextContents()).toEqual(expect.arrayContaining(['Conv2D', '(None, 8, 8, 16)', '160 params']));
    await node('flatten').click();
    await expect.poll(() => session.page.locator('.editor-instance .line-numbers.active-line-number').first().innerText(), { timeout: 10_000 }).toBe('12');
    await session.page.locator('.editor-instance .view-line').filter({ hasText: 'layers.MaxPooling2D' }).first().click();
    await expect.poll(() => session.panel.locator('.node.selected').getAttribute('data-key'), { timeout: 10_000 }).toBe('/max_pooling2d');
    await session.screenshot('graph-dark');
  });

  test('the graph follows an edit', async () => {
    await session.replaceLine(14, 'layers.Dense(32, activation="relu"), layers.Dense(20),');
    await session.panel.locator('.node[data-key="/dense_2"]').waitFor({ timeout: 20_000 });
    await session.replaceLine(14, 'layers.Dense(32, activation="relu"),');
    await expect.poll(() => session.panel.locator('.node[data-key="/dense_2"]').count(), { timeout: 20_000 }).toBe(0);
  });

  test('runs the model on a sample with the weights beside the file, and shows activations', async () => {
    await session.command('Layerscope: Run Model');
    const run = session.panel.locator('#panel-run');
    await run.getByText('All 8 parameters match').first().waitFor({ timeout: 30_000 });
    await run.locator('.go vscode-button').click();
    await expect.poll(() => run.locator('.verdict').innerText(), { timeout: 30_000 }).toMatch(/^0\s+\d+\.\d %$/);
    await run.locator('.layer-link').first().click();
    await session.panel.locator('.activation canvas').first().waitFor({ timeout: 20_000 });
    await session.screenshot('run-dark');
  });

  test('the digit pad: what is drawn is classified', async () => {
    const run = session.panel.locator('#panel-run');
    await run.locator('vscode-button', { hasText: 'Draw' }).click();
    const box = await session.panel.locator('.pad').boundingBox();
    expect(box).not.toBeNull();
    const { x, y, width, height } = box!;
    await session.page.mouse.move(x + width * 0.5, y + height * 0.1);
    await session.page.mouse.down();
    await session.page.mouse.move(x + width * 0.5, y + height * 0.9, { steps: 10 });
    await session.page.mouse.up();
    await run.getByText('drawing', { exact: true }).first().waitFor({ timeout: 20_000 });
    await expect.poll(() => run.locator('.verdict').innerText(), { timeout: 30_000 }).toMatch(/^\d\s+(\d+\.\d %|highest score)$/);
  });

  test('finds an adversarial input, and proves that there is none nearby', async () => {
    await session.command('Layerscope: Find Adversarial Input');
    const view = session.panel.locator('#panel-attack');
    await view.locator('.exact').waitFor({ timeout: 20_000 });
    await view.locator('vscode-button', { hasText: /sample|digit/i }).first().waitFor({ timeout: 20_000 }).catch(() => undefined);
    await view.locator('.exact').fill('0.3');
    await view.locator('.exact').press('Enter');
    await view.locator('.go vscode-button', { hasText: 'Find adversarial input' }).click();
    await expect.poll(() => view.locator('.verdict-line').innerText(), { timeout: 60_000 }).toMatch(/Adversarial input found: \d becomes \d/);
    expect(await view.locator('.figures canvas').count()).toBe(3);
    await session.screenshot('adversarial-dark');
    await view.locator('.exact').fill('0.001');
    await view.locator('.exact').press('Enter');
    await view.locator('.go vscode-button', { hasText: 'Find adversarial input' }).click();
    await expect.poll(() => view.locator('.verdict-line').innerText(), { timeout: 60_000 }).toMatch(/Robust: proved for every input within 0.001/);
  });

  test('the engine killed: the panel says so, starts it again, and nothing else is lost', async () => {
    // the engine is the one process of ours that runs engine.js
    for (const pid of enginePids()) process.kill(pid, 'SIGKILL');
    const notice = session.panel.locator('.notice').filter({ hasText: /engine process ended/i }).first();
    await notice.waitFor({ timeout: 20_000 });
    await notice.locator('vscode-button').first().click();
    await session.command('Layerscope: Run Model');
    const run = session.panel.locator('#panel-run');
    await run.locator('.go vscode-button').click();
    await expect.poll(() => run.locator('.verdict').innerText(), { timeout: 30_000 }).toMatch(/^\d\s+(\d+\.\d %|highest score)$/);
  });

  test('a file without a model is said in a sentence', async () => {
    await session.open('digits_faulty.py');
    await session.command('Layerscope: Show Graph');
    await session.panel.locator('.node').first().waitFor({ timeout: 30_000 });
    await session.page.locator('.editor-instance .view-line').first().click();
    await session.page.keyboard.press('Control+A');
    await session.page.keyboard.type('print(1)');
    await session.panel.locator('.empty').filter({ hasText: /No model in this file/ }).waitFor({ timeout: 30_000 });
  });
});

function enginePids(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    const path = `/proc/${pid}/cmdline`;
    try {
      return existsSync(path) && /layerscope[^\0]*dist\/engine\.js/.test(readFileSync(path, 'utf8'));
    } catch {
      return false; // it ended meanwhile
    }
  });
}
