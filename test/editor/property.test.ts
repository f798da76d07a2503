import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { writeOnnx } from '../../graph/onnx/write.ts';
import { stored } from '../../graph/weights.ts';
import { GraphWriter } from '../../symbolic/testing/graph-writer.ts';
import { editor, EditorSession, root } from './session.ts';

const vsix = readdirSync(root).filter((name) => name.endsWith('.vsix')).map((name) => join(root, name)).at(-1);

/** Y_0 = relu(X_0 - X_1) + relu(X_1 - X_0): reaches 1.5 on the box, and never 2.5. */
const property = (threshold: number) => `; how far two inputs can be apart
(declare-const X_0 Real)
(declare-const X_1 Real)
(declare-const Y_0 Real)
(assert (>= X_0 0))
(assert (<= X_0 1))
(assert (>= X_1 -1))
(assert (<= X_1 1))
(assert (>= Y_0 ${threshold}))
`;

describe.skipIf(!editor || !vsix)(`VNN-LIB files in the real editor${editor ? '' : ' (skipped: the editor is not installed; npm test does it)'}`, { timeout: 240_000, retry: 1 }, () => {
  let session: EditorSession;
  const folder = mkdtempSync(join(tmpdir(), 'properties-'));

  beforeAll(async () => {
    const writer = new GraphWriter();
    const y = writer.operator('Relu', [writer.gemm(writer.input([1, 2]), 2, [1, -1, -1, 1], [0, 0])]);
    const graph = writer.graph(writer.gemm(y, 1, [1, 1], [0]));
    writeFileSync(join(folder, 'distance.onnx'), await writeOnnx(graph, new Map([...writer.weights].map(([name, tensor]) => [name, stored(tensor)]))));
    writeFileSync(join(folder, 'reached.vnnlib'), property(1.5));
    writeFileSync(join(folder, 'never.vnnlib'), property(2.5));
    session = await EditorSession.start({ vsix: vsix!, folder });
  }, 240_000);
  afterAll(async () => {
    await session?.end();
    rmSync(folder, { recursive: true });
  });
  afterEach(async ({ task }: TestContext) => {
    if (task.result?.state === 'fail') await session.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-').slice(0, 60)}`);
  });

  test('the lens asks for the model, verifies, and shows the witness', async () => {
    const { page } = session;
    await session.open('reached.vnnlib');
    const lenses = page.locator('.codelens-decoration');
    await lenses.getByText('Verify…').click({ timeout: 60_000 });
    const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'distance.onnx' }).first();
    await row.waitFor({ timeout: 30_000 });
    await row.click();
    await page.locator('.notifications-toasts').getByText('sat: an input meets the property').waitFor({ timeout: 60_000 });
    await lenses.getByText('Verify on distance.onnx').waitFor({ timeout: 20_000 });
    await session.screenshot('property-verified');
    await lenses.getByText('sat: an input meets the property').click();
    await page.locator('.editor-instance .view-line').filter({ hasText: '((X_0' }).waitFor({ timeout: 20_000 });
  });

  test('colours, hover and problems', async () => {
    const { page } = session;
    await session.open('never.vnnlib');
    const line = page.locator('.editor-instance .view-line').filter({ hasText: 'Y_0 2.5' }).first();
    await line.waitFor({ timeout: 20_000 });
    await expect.poll(() => line.locator('span[class^="mtk"]').count(), { timeout: 20_000 }).toBeGreaterThan(4);
    await session.goTo(7, 14);
    await session.command('Show or Focus Hover');
    await page.locator('.monaco-hover-content').filter({ hasText: 'X_1: input 2 of 2, between -1 and 1.' }).first().waitFor({ timeout: 20_000 });
    await page.keyboard.press('Escape');
    // a parenthesis typed over a selection would surround it
    await session.goTo(8);
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.press('Delete');
    await page.keyboard.type('(assert (<= X_1 -2))');
    await page.locator('.squiggly-error').first().waitFor({ timeout: 20_000 });
    await session.command('Problems: Focus on Problems View');
    await page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'the bounds on X_1 contradict each other: at least -1 and at most -2' }).first().waitFor({ timeout: 20_000 });
  });
});
