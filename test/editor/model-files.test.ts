import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { editor, EditorSession, root } from './session.ts';

/** The package that `npm test` makes before the tests run. */
const vsix = readdirSync(root).filter((name) => name.endsWith('.vsix')).map((name) => join(root, name)).at(-1);
const golden = join(root, 'test', 'golden', 'runtime');

/** Files of each format, with what their editor shows: the name of a layer, or of a tensor where there is no graph. */
const graphs: Readonly<Record<string, string>> = {
  'external.onnx': 'Gemm_0', 'small.keras': 'first', 'small.h5': 'first', 'dense.tflite': 'Tanh', 'dense.pb': 'layer_normalization_1', 'mlp-symbol.json': 'dense0_fwd', 'lenet.prototxt': 'conv1', 'lenet.caffemodel': 'conv1',
};
const tables: Readonly<Record<string, string>> = { 'state.pt': 'features.0.weight', 'state.pth': 'features.0.weight', 'views.safetensors': 'turned', 'mlp-0000.params': 'dense0_weight' };
/** Where VS Code's own editor comes first, until the user says otherwise. */
const optional = ['*.h5', '*.pb', '*-symbol.json', '*.prototxt', '*.params'];

describe.skipIf(!editor || !vsix)(`model files in the real editor${editor ? '' : ' (skipped: the editor is not installed; npm test does it)'}`, { timeout: 150_000, retry: 1 }, () => {
  let session: EditorSession;
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-test-'));

  beforeAll(async () => {
    for (const name of ['external.onnx', 'external.bin', 'small.keras', 'small.h5', 'state.pt', 'views.safetensors']) cpSync(join(golden, 'checkpoints', name), join(folder, name));
    cpSync(join(golden, 'checkpoints', 'state.pt'), join(folder, 'state.pth'));
    for (const name of ['dense.tflite', 'dense.pb']) cpSync(join(golden, 'tensorflow', name), join(folder, name));
    const { models } = JSON.parse(readFileSync(join(golden, 'mxnet.json'), 'utf8')) as { models: Record<string, { symbol: object; params: string }> };
    writeFileSync(join(folder, 'mlp-symbol.json'), JSON.stringify(models.mlp.symbol));
    writeFileSync(join(folder, 'mlp-0000.params'), Buffer.from(models.mlp.params, 'base64'));
    const { lenet } = JSON.parse(readFileSync(join(golden, 'caffe.json'), 'utf8')) as { lenet: { text: string; weights: string } };
    writeFileSync(join(folder, 'lenet.prototxt'), lenet.text);
    writeFileSync(join(folder, 'lenet.caffemodel'), Buffer.from(lenet.weights, 'base64'));
    writeFileSync(join(folder, 'broken.onnx'), Buffer.from('no model at all'));
    mkdirSync(join(folder, 'data'));
    session = await EditorSession.start({ vsix: vsix!, folder, settings: { 'workbench.editorAssociations': Object.fromEntries(optional.map((pattern) => [pattern, 'layerscope.modelFileOption'])) } });
  });
  afterAll(async () => {
    await session?.end();
    rmSync(folder, { recursive: true });
  });
  afterEach(async ({ task }: TestContext) => {
    if (task.result?.state === 'fail') await session.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-').slice(0, 60)}`);
    await session.command('View: Close All Editors');
  });

  test.each(Object.entries(graphs))('%s shows its graph', async (name, layer) => {
    await session.open(name);
    await session.panel.locator('.node').filter({ hasText: layer }).first().waitFor({ timeout: 40_000 });
    if (name === 'small.keras') await session.screenshot('model-file-graph');
  });

  test.each(Object.entries(tables))('%s shows its tensors', async (name, tensor) => {
    await session.open(name);
    const row = session.panel.locator('tr').filter({ hasText: tensor }).first();
    await row.waitFor({ timeout: 40_000 });
    expect(await row.innerText()).toMatch(/\(\d+(, \d+)*\)\s+float32/);
    if (name === 'state.pt') await session.screenshot('model-file-tensors');
  });

  test('a broken file is said in a sentence', async () => {
    await session.open('broken.onnx');
    await session.panel.locator('[role=alert]').filter({ hasText: /broken\.onnx is (damaged|not)/ }).waitFor({ timeout: 40_000 });
  });

  test('a model file runs with its own weights', async () => {
    await session.open('small.keras');
    await session.panel.locator('.node[data-key="/first"]').waitFor({ timeout: 40_000 });
    await session.panel.getByRole('tab', { name: 'Run' }).click();
    const run = session.panel.locator('#panel-run');
    await run.getByText('All 8 parameters match').first().waitFor({ timeout: 30_000 });
    // labelled examples can be chosen here as beside code
    await session.panel.getByRole('tab', { name: 'Evaluate' }).click();
    await session.panel.locator('#panel-evaluate vscode-button', { hasText: 'Folder' }).click();
    await session.page.locator('.quick-input-widget input').first().waitFor({ timeout: 20_000 });
    await session.page.keyboard.press('Escape');
  });
});
