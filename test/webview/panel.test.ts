import { expect, test } from 'vitest';
import type { PanelDiagnostic } from '../../webview/messages.ts';
import { attackFinished, digitPicture, prepared, runFinished, windowAnswer } from './answers.ts';
import { at, deep, digits, file, resnet, siamese } from './graphs.ts';
import { describePanel } from './harness.ts';
import type { PanelPage } from './harness.ts';

const fault: PanelDiagnostic = {
  severity: 'error', code: 'dense-features', message: 'Dense expects 400 features but gets 512.', location: at(15),
  related: [{ location: at(13), message: 'Flattened here' }], fix: { title: 'Use 512' },
};

describePanel('the graph panel in Chromium', (harness) => {
  let panel: PanelPage;

  const node = (key: string) => panel.page.locator(`.node[data-key="${key}"]`);
  const place = async (key: string): Promise<{ x: number; y: number }> => {
    const box = await node(key).locator('.card').last().boundingBox();
    if (!box) throw new Error(`${key} is not drawn`);
    return { x: Math.round(box.x), y: Math.round(box.y) };
  };

  test('draws layers with type, configuration, shape and parameters, and shapes on the edges', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    const texts = await node('/conv2d').locator('text').allTextContents();
    expect(texts).toEqual(['Conv2D', 'conv2d', '16 · 3×3 · padding same · relu', '(None, 8, 8, 16)', '160 params']);
    expect(await panel.page.locator('.label').allTextContents()).toContain('(None, 4, 4, 32)');
    expect(await panel.page.locator('.facts').first().textContent()).toBe('Sequential · Keras · 38,410 params');
  });

  test('a click selects the node, shows its line and opens the details', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await node('/dense').click();
    expect(await node('/dense').getAttribute('class')).toContain('selected');
    expect(panel.last('reveal')).toMatchObject({ location: { file, line: 15 }, focus: false });
    const details = panel.page.locator('.details');
    expect(await details.innerText()).toContain('(512, 64)');
    await details.getByRole('button', { name: 'line 15' }).click();
    expect(panel.last('reveal')).toMatchObject({ location: { line: 15 }, focus: true });
  });

  test('the cursor in the source selects the node and brings it into view', async () => {
    panel = await harness.open({ height: 300 });
    await panel.document([resnet()]);
    const fc = resnet().layers.find(({ name }) => name === 'fc');
    await panel.send({ type: 'cursor', file, line: fc?.location?.line ?? 0, column: 6 });
    await panel.page.waitForFunction(() => document.querySelector('.node.selected') !== null);
    expect(await panel.page.locator('.node.selected').getAttribute('data-key')).toBe('/fc');
    expect(panel.posted.filter(({ type }) => type === 'reveal')).toEqual([]);
  });

  test('keeps its view when the code changes: the selected node stays where it is', async () => {
    panel = await harness.open({ height: 480 });
    await panel.document([resnet()]);
    await node('/maxpool').click();
    const before = await place('/maxpool');
    await panel.document([resnet([1, 2, 2, 2])]);
    expect(await place('/maxpool')).toEqual(before);
    expect(await node('/maxpool').getAttribute('class')).toContain('selected');
  });

  test('groups collapse and expand in place; operators of a layer show on demand', async () => {
    panel = await harness.open();
    await panel.document([resnet()]);
    const before = await place('/conv1');
    await node('/layer1').locator('> .expander').click();
    await panel.page.waitForFunction(() => document.querySelector('.node[data-key="/layer1"].closed') !== null);
    expect(await node('/layer1/0').count()).toBe(0);
    expect((await place('/conv1')).y).toBe(before.y);
    await node('/conv1').dblclick();
    await panel.page.waitForFunction(() => document.querySelector('.node[data-key="/conv1@Conv"]') !== null);
    expect(await node('/conv1').getAttribute('class')).toContain('open');
  });

  test('the keyboard alone: walk along edges, open, search, close', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await panel.page.locator('.canvas').focus();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowDown');
    expect(await panel.page.locator('.node.selected').getAttribute('data-key')).toBe('/max_pooling2d');
    expect(await panel.page.locator('[role=status].hidden').textContent()).toContain('MaxPooling2D');
    await panel.page.keyboard.press('ArrowUp');
    expect(await panel.page.locator('.node.selected').getAttribute('data-key')).toBe('/conv2d');
    await panel.page.keyboard.press('Enter');
    expect(await panel.page.locator('.details').isVisible()).toBe(true);
    await panel.page.keyboard.press('Escape');
    expect(await panel.page.locator('.details').isVisible()).toBe(false);
    await panel.page.keyboard.press('/');
    await panel.page.keyboard.type('4x4');
    await panel.page.waitForFunction(() => document.querySelector('.search .count')?.textContent === '3');
    await panel.page.keyboard.press('Enter');
    expect(await panel.page.locator('.search .count').textContent()).toBe('1/3');
    expect(await panel.page.locator('.node.selected').getAttribute('data-key')).toBe('/max_pooling2d');
    await panel.page.keyboard.press('Escape');
    expect(await panel.page.locator('.search').isVisible()).toBe(false);
    expect(await panel.page.evaluate(() => document.activeElement?.className)).toBe('canvas');
  });

  test('zoom by wheel about the pointer, pan by drag, fit by key', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    const before = await place('/flatten');
    await panel.page.mouse.move(before.x, before.y);
    await panel.page.mouse.wheel(0, -120);
    await panel.page.waitForFunction(() => !document.querySelector('.scene > g')?.getAttribute('transform')?.includes('scale(0.6'));
    const zoomed = await place('/flatten');
    expect(Math.abs(zoomed.x - before.x) + Math.abs(zoomed.y - before.y)).toBeLessThanOrEqual(2);
    await panel.page.mouse.move(80, 300);
    await panel.page.mouse.down();
    await panel.page.mouse.move(110, 340, { steps: 4 });
    await panel.page.mouse.up();
    expect(await place('/flatten')).toEqual({ x: zoomed.x + 30, y: zoomed.y + 40 });
    await panel.page.locator('.canvas').focus();
    await panel.page.keyboard.press('0');
    expect(await place('/flatten')).toEqual(before);
  });

  test('faults, gaps and assumptions stand at their nodes and in a list, with their fixes', async () => {
    panel = await harness.open();
    await panel.document([digits()], { diagnostics: [fault] });
    expect(await node('/dense').getAttribute('class')).toContain('has-error');
    await panel.page.locator('.issues-button').click();
    const list = panel.page.locator('.issues');
    expect(await list.innerText()).toContain('Dense expects 400 features but gets 512.');
    await list.locator('vscode-button').click();
    expect(panel.last('applyFix')).toEqual({ type: 'applyFix', version: 1, diagnostic: 0 });
    await panel.document([siamese()]);
    expect(await panel.page.locator('.node.kind-gap').getAttribute('class')).toContain('has-gap');
    expect(await list.innerText()).toContain('Both sequences have the same length.');
  });

  test('an input of unknown shape is marked, and its shape can be stated', async () => {
    panel = await harness.open();
    const graph = siamese();
    await panel.document([graph], { models: [{ graph, inputs: ['asked', 'solved'] }] });
    expect(await node('input:left').getAttribute('class')).toContain('has-gap');
    expect(await node('input:right').getAttribute('class')).toContain('has-assumption');
    await node('input:left').click();
    const details = panel.page.locator('.details');
    const field = details.locator('vscode-text-field input');
    await field.fill('1, 0, 32');
    await field.press('Enter');
    expect(await details.innerText()).toContain('such as 1,3,224,224');
    expect(panel.last('stateInput')).toBeUndefined();
    await field.fill('(1, 16, 32)');
    await details.locator('vscode-button').click();
    expect(panel.last('stateInput')).toEqual({ type: 'stateInput', version: 1, model: 0, input: 'left', shape: '1,16,32' });
  });

  test('several models: the picker shows another, and its choice outlives an edit', async () => {
    panel = await harness.open();
    await panel.document([digits(), siamese()]);
    await panel.page.locator('.top vscode-dropdown').click();
    // the whole list can be seen and hit: nothing around it cuts it off
    const option = await panel.page.locator('.top vscode-option').nth(1).boundingBox();
    const hit = option && await panel.page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.tagName, { x: option.x + option.width / 2, y: option.y + option.height / 2 });
    expect(hit).toBe('VSCODE-OPTION');
    await panel.page.locator('.top vscode-option').nth(1).click();
    await panel.page.waitForFunction(() => document.querySelector('.node[data-key="/encoder"]') !== null);
    expect(panel.last('pickModel')).toEqual({ type: 'pickModel', version: 1, model: 1 });
    await panel.document([digits(), siamese()]);
    expect(await node('/encoder').count()).toBe(1);
  });

  test('a half-typed line keeps the graph in sight, dimmed, until the model can be read again', async () => {
    panel = await harness.open();
    await panel.document([siamese(), digits()]);
    await panel.send({ type: 'show', view: 'graph', model: 1 });
    await panel.page.waitForFunction(() => document.querySelector('.node[data-key="/dense"]') !== null);
    const before = await place('/dense');
    await panel.document([], { message: 'The file does not parse yet.', diagnostics: [{ ...fault, code: 'syntax', message: 'Expected a bracket.' }] });
    expect(await place('/dense')).toEqual(before);
    expect(await panel.page.locator('.stale').innerText()).toBe('The file does not parse yet.');
    // another model that still can be read does not take its place
    await panel.document([siamese()], { diagnostics: [fault] });
    expect(await node('/dense').count()).toBe(1);
    await panel.document([siamese(), digits()]);
    expect(await panel.page.locator('.stale').isVisible()).toBe(false);
    expect(await place('/dense')).toEqual(before);
    await panel.document([siamese()]);
    expect(await node('/encoder').count()).toBe(1);
  });

  test('says why there is nothing to show, and recovers', async () => {
    panel = await harness.open();
    await panel.document([], { message: 'The file does not parse: line 3 ends inside a bracket.' });
    expect(await panel.page.locator('.empty').innerText()).toBe('The file does not parse: line 3 ends inside a bracket.');
    await panel.document([digits()]);
    expect(await panel.page.locator('.empty').isVisible()).toBe(false);
    expect(await node('/conv2d').count()).toBe(1);
  });

  test('the table lists layers with aligned figures and their totals', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await panel.page.locator('#tab-table').click();
    const rows = await panel.page.locator('.rows .row').evaluateAll((elements) => elements.map((row) => [...row.children].map((cell) => cell.textContent)));
    expect(rows[1]).toEqual(['conv2d', 'Conv2D', '16 · 3×3 · padding same · relu', '(None, 8, 8, 16)', '160', '9']);
    expect(rows).toHaveLength(9);
    expect(await panel.page.locator('.totals').innerText()).toContain('38,346 trainable');
    await panel.page.locator('.table').focus();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowDown');
    expect(await panel.page.locator('.rows .row[aria-selected=true]').innerText()).toContain('conv2d');
  });

  test('five thousand layers: few elements in the page, near and far', async () => {
    panel = await harness.open();
    await panel.document([deep(5000)]);
    expect(await panel.page.locator('.node').count()).toBeLessThan(40);
    // scrolling draws what comes into view and drops what leaves it
    for (let step = 0; step < 5; step++) {
      await panel.page.evaluate(() => document.querySelector('.canvas')?.dispatchEvent(new WheelEvent('wheel', { deltaX: 1, deltaY: 400, bubbles: true, cancelable: true })));
    }
    expect(await panel.page.locator('.node').count()).toBeLessThan(60);
    await panel.page.locator('.canvas').focus();
    await panel.page.keyboard.press('0');
    await panel.page.waitForFunction(() => document.querySelector('.scene.is-far') !== null);
    expect(await panel.page.locator('.node').count()).toBe(0);
  });

  test('a run: weights, input, scores, and activations by window', async () => {
    panel = await harness.open();
    const graph = digits();
    await panel.document([graph]);
    await panel.send({ type: 'show', view: 'run' });
    await panel.until((posted) => posted.some(({ type }) => type === 'prepare'));
    await panel.send(prepared());
    await panel.page.locator('#panel-run .go vscode-button').click();
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
    const job = panel.last('start')?.job ?? 0;
    await panel.send({ type: 'progress', job, phase: 'Loading weights', fraction: 0.5, seconds: 0.1 });
    expect(await panel.page.locator('#panel-run .running').innerText()).toContain('Loading weights');
    await panel.send(runFinished(job, graph));
    expect(await panel.page.locator('#panel-run .verdict').innerText()).toMatch(/^3\s+\d+\.\d %$/);
    await panel.page.locator('.layer-link').first().click();
    await panel.until((posted) => posted.some(({ type }) => type === 'window'));
    const wanted = panel.last('window');
    expect(wanted).toMatchObject({ source: { job }, start: [0, 0, 0, 0], size: [1, 8, 8, 16], statistics: true });
    if (wanted) await panel.send(windowAnswer(wanted));
    await panel.page.waitForFunction(() => document.querySelector('.activation canvas') !== null);
    expect(await panel.page.locator('.activation').innerText()).toContain('16 channels');
    expect(await panel.page.locator('.activation canvas').evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height])).toEqual([8 * 9 - 1, 2 * 9 - 1]);
  });

  test('an edit that leaves the network as it is keeps the run; one that changes it says so', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await panel.send({ type: 'show', view: 'run' });
    await panel.send(prepared());
    await panel.page.locator('#panel-run .go vscode-button').click();
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
    await panel.send(runFinished(panel.last('start')?.job ?? 0, digits()));
    await panel.document([digits()]);
    expect(await panel.page.locator('#panel-run .layers').count()).toBe(1);
    await panel.document([digits({ units: 32 })]);
    expect(await panel.page.locator('#panel-run .result').innerText()).toContain('earlier version of the code');
    expect(await panel.page.locator('#panel-run .layers').count()).toBe(0);
  });

  test('the pad: drawn by pointer and by keyboard, sent in the input\'s own pixels', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await panel.send({ type: 'show', view: 'run' });
    await panel.send(prepared());
    await panel.page.locator('#panel-run vscode-button', { hasText: 'Draw' }).click();
    const pad = panel.page.locator('.pad');
    const box = await pad.boundingBox();
    if (!box) throw new Error('The pad is not shown.');
    await panel.page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.2);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.8, { steps: 5 });
    await panel.page.mouse.up();
    await panel.until((posted) => posted.some(({ type }) => type === 'chooseInput'));
    const stroke = panel.last('chooseInput');
    if (stroke?.source.kind !== 'drawn') throw new Error('No drawing was sent.');
    const values = Object.values(stroke.source.values);
    expect([stroke.source.width, stroke.source.height, values.length]).toEqual([8, 8, 64]);
    expect(values[4 * 8 + 3] + values[4 * 8 + 4]).toBeGreaterThan(0.5);
    expect(values[0]).toBe(0);
    await pad.focus();
    await panel.page.keyboard.press('Delete');
    await panel.page.keyboard.press(' ');
    await panel.until((posted) => posted.filter(({ type }) => type === 'chooseInput').length === 2);
    const key = panel.last('chooseInput');
    expect(key?.source.kind === 'drawn' && Object.values(key.source.values).filter((value) => value > 0)).toEqual([1]);
    // the host takes the drawing, and the model runs at once
    await panel.send(prepared());
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
  });

  test('an attack: its options, progress with cancel, each verdict in words', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await panel.send({ type: 'show', view: 'attack' });
    await panel.until((posted) => posted.some(({ type }) => type === 'prepare'));
    await panel.send(prepared());
    const view = panel.page.locator('#panel-attack');
    await view.locator('.exact').fill('0.5');
    await view.locator('.exact').press('Enter');
    await view.locator('.go vscode-button', { hasText: 'Find adversarial input' }).click();
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
    const job = panel.last('start')?.job ?? 0;
    expect(panel.last('start')).toMatchObject({ kind: 'attack', options: { norm: 'linf', epsilon: 0.5 }, version: 1, model: 0 });
    await panel.send({ type: 'progress', job, phase: 'Splitting', bound: -0.31, branches: 1280, seconds: 2 });
    expect((await view.locator('.running').innerText()).replace(/\s+/g, ' ')).toContain('margin proved −0.31 open branches 1,280');
    await view.locator('.running vscode-button').click();
    expect(panel.last('cancel')).toEqual({ type: 'cancel', job });
    await panel.send(attackFinished(job, 'adversarial'));
    expect(await view.locator('.verdict-line').innerText()).toBe('Adversarial input found: 3 becomes 8, at a distance of 1.21.');
    expect(await view.locator('.figures canvas').count()).toBe(3);
    await panel.send(attackFinished(job, 'robust'));
    expect(await view.locator('.verdict-line').innerText()).toBe('Robust: proved for every input within 0.5 (L∞), the class stays 3.');
    await panel.send(attackFinished(job, 'undecided'));
    expect(await view.locator('.verdict-line').innerText()).toContain('the proved margin is at least −0.12');
  });

  test('the smallest change: its ends draw nearer, and are told in words', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await panel.send({ type: 'show', view: 'attack' });
    await panel.until((posted) => posted.some(({ type }) => type === 'prepare'));
    await panel.send(prepared());
    const view = panel.page.locator('#panel-attack');
    await view.locator('.exact').fill('0.5');
    await view.locator('.exact').press('Enter');
    await view.locator('.go vscode-button', { hasText: 'Find smallest change' }).click();
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
    const job = panel.last('start')?.job ?? 0;
    expect(panel.last('start')).toMatchObject({ kind: 'epsilon', options: { norm: 'linf', largest: 0.5 } });
    const { result: { original, adversarial } } = attackFinished(job, 'adversarial');
    await panel.send({ type: 'partial', job, kind: 'epsilon', result: { original, adversarial: { ...adversarial!, distance: 0.25 }, certified: 0, seconds: 1 } });
    expect(await view.locator('.verdict-line').innerText()).toBe('A change of 0.25 makes it 8.');
    await panel.send({ type: 'finished', job, kind: 'epsilon', result: { original, adversarial: { ...adversarial!, distance: 0.21 }, certified: 0.2, reason: 'it was stopped', seconds: 4 } });
    expect(await view.locator('.verdict-line').innerText()).toBe('3 stays under every change of up to 0.2 (L∞); a change of 0.21 makes it 8. The ends are not nearer to each other, because it was stopped.');
    expect(await view.locator('.figures canvas').count()).toBe(3);
  });

  test('the table: what a model costs at a batch size, and what a run computed', async () => {
    panel = await harness.open();
    const graph = digits();
    await panel.document([graph]);
    await panel.send({ type: 'show', view: 'table' });
    const view = panel.page.locator('#panel-table');
    await view.locator('.segment', { hasText: 'Cost' }).click();
    await panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === 'cost'));
    expect(panel.last('start')).toMatchObject({ kind: 'cost', options: { batch: 1 } });
    const figures = { multiplyAdds: 9216, operations: 19_456, activationBytes: 4096 };
    await panel.send({ type: 'finished', kind: 'cost', job: panel.last('start')?.job ?? 0, result: {
      batch: 1, batchOpen: true, total: figures, layers: graph.layers.map(({ id }) => ({ layer: id, ...figures })), operators: [], parameterBytes: 640, inferenceBytes: 8192, unknown: 0,
      receptiveFields: graph.scopes.flatMap(({ outputs }) => outputs.map((value) => ({ value, axes: [1, 3, 3, null] }))),
    } });
    const row = view.locator('.rows .row', { hasText: 'conv2d' }).first();
    expect((await row.innerText()).split(/\s*\n\s*/)).toEqual(expect.arrayContaining(['9.22 k', '19.5 k', '4.10 kB', '3 × 3']));
    expect(await view.locator('.totals').innerText()).toContain('8.19 kB of intermediate results');
    await view.locator('.exact').fill('32');
    await view.locator('.exact').press('Enter');
    expect(panel.last('start')).toMatchObject({ kind: 'cost', options: { batch: 32 } });
    await view.locator('.segment', { hasText: 'Values' }).click();
    expect(await view.locator('.table-tools').innerText()).toContain('Run the model');
    await panel.send(prepared());
    await panel.send({ type: 'show', view: 'run' });
    await panel.page.locator('#panel-run .go vscode-button').click();
    await panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === 'run'));
    const run = panel.last('start')?.job ?? 0;
    await panel.send(runFinished(run, graph));
    await panel.send({ type: 'show', view: 'table' });
    await panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === 'values'));
    expect(panel.last('start')).toMatchObject({ kind: 'values', options: { run } });
    const statistics = { count: 1024, minimum: -0.457, maximum: 0.73, mean: 0.01, deviation: 0.157, zeros: 512, notANumber: 0, infinite: 0, histogram: [1, 4, 2] };
    await panel.send({ type: 'finished', kind: 'values', job: panel.last('start')?.job ?? 0, result: {
      run, compared: true, values: graph.scopes.flatMap(({ outputs }) => outputs.map((value) => ({ value, statistics, change: { largest: 0.25, mean: 0.1, relative: 0.5, cosine: 0.9 } }))),
    } });
    expect((await row.innerText()).split(/\s*\n\s*/)).toEqual(expect.arrayContaining(['−0.457', '0.73', '50 %', '0.25']));
    expect(await row.locator('.spark').count()).toBe(1);
  });

  test('what in the input decided, for the class with the highest score and for another', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await panel.send({ type: 'show', view: 'run' });
    await panel.send(prepared());
    await panel.page.locator('#panel-run .go vscode-button').click();
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
    await panel.send(runFinished(panel.last('start')?.job ?? 0, digits()));
    const section = panel.page.locator('.explanation');
    await section.locator('.segment', { hasText: 'Integrated' }).click();
    await panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === 'explain'));
    const asked = panel.last('start');
    expect(asked).toMatchObject({ kind: 'explain', options: { method: 'integrated', label: 3 } });
    await panel.send({ type: 'finished', kind: 'explain', job: asked?.job ?? 0, result: { options: { method: 'integrated', label: 3 }, seconds: 0.1, map: { ...digitPicture(), range: [-16, 16] } } });
    expect(await section.locator('canvas').count()).toBe(2);
    expect(await section.innerText()).toContain('For class 3');
    await section.locator('.segment', { hasText: 'Off' }).click();
    expect(await section.locator('canvas').first().isVisible()).toBe(false);
  });

  test('an evaluation: chosen examples start it; the matrix, the worst examples, the dead neurons', async () => {
    panel = await harness.open();
    const graph = digits();
    await panel.document([graph]);
    await panel.send({ type: 'show', view: 'evaluate' });
    await panel.send(prepared());
    const view = panel.page.locator('#panel-evaluate');
    await view.locator('vscode-button', { hasText: 'Folder' }).click();
    expect(panel.last('chooseExamples')).toMatchObject({ kind: 'folder', version: 1, model: 0 });
    await panel.send({ type: 'examples', version: 1, model: 0, path: '/data/digits', label: 'digits' });
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
    expect(panel.last('start')).toMatchObject({ kind: 'evaluate', options: { path: '/data/digits' } });
    await panel.send({ type: 'finished', kind: 'evaluate', job: panel.last('start')?.job ?? 0, result: {
      seconds: 0.5, count: 4, correct: 3, classes: ['cat', 'dog'], confusion: [[2, 0], [1, 1]], remarks: [],
      worst: [{ name: 'dog/7.png', label: 1, predicted: 0, margin: -2.5, picture: digitPicture() }],
      activations: [{ value: graph.operators[0].outputs[0], neurons: 1024, dead: 17, saturated: 0 }],
    } });
    const text = await view.locator('.outcome').innerText();
    expect(text).toContain('75.0 %');
    expect(text).toContain('dog → cat');
    expect(text).toContain('17 dead of 1,024');
    expect(await view.locator('.confusion tbody tr').nth(1).innerText()).toMatch(/^dog\s+1\s+1$/);
  });

  test('a parameter that is opened shows its weights', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await panel.page.locator('.node[data-key="/conv2d"]').click();
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('.details .tensors .link').first().click();
    await panel.until((posted) => posted.some(({ type }) => type === 'window'));
    const wanted = panel.last('window');
    expect(wanted).toMatchObject({ source: { version: 1, model: 0 }, statistics: true });
    if (wanted) await panel.send(windowAnswer(wanted));
    await panel.page.waitForFunction(() => document.querySelector('.details .activation canvas') !== null);
    expect(await panel.page.locator('.details .activation').innerText()).toContain('filters');
  });

  test('the engine dies in a run: the panel says so and offers to go on', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await panel.send({ type: 'show', view: 'run' });
    await panel.send(prepared());
    await panel.page.locator('#panel-run .go vscode-button').click();
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
    const job = panel.last('start')?.job ?? 0;
    await panel.send({ type: 'engine', state: 'ended', message: 'The engine process ended while it ran the model.' });
    await panel.send({ type: 'jobFailed', job, kind: 'engineEnded', message: 'The run was lost with the engine. Start the engine again and run once more.' });
    await panel.page.locator('.notice vscode-button').click();
    expect(panel.last('restartEngine')).toEqual({ type: 'restartEngine' });
    await panel.send({ type: 'engine', state: 'ready' });
    expect(await panel.page.locator('.notice.error').count()).toBe(0);
    await panel.page.locator('#panel-run .job vscode-button').click();
    await panel.until((posted) => posted.filter(({ type }) => type === 'start').length === 2);
    await panel.send({ type: 'show', view: 'graph' });
    await panel.page.waitForFunction(() => document.querySelector('.node[data-key="/conv2d"]') !== null);
  });

  test('saves SVG and PNG of the whole graph, whatever is in view', async () => {
    panel = await harness.open({ theme: 'light' });
    await panel.document([resnet()]);
    await panel.page.locator('[aria-label="Save the graph as SVG"]').click();
    await panel.until((posted) => posted.some(({ type }) => type === 'export'));
    const vector = panel.last('export');
    const text = new TextDecoder().decode(Uint8Array.from(Object.values(vector?.bytes ?? {})));
    expect(vector?.name).toBe('ResNet.svg');
    expect(text).toContain('(1, 1000)');
    expect(text).toContain('rgb(');
    expect(text).not.toMatch(/var\(|data-key|ring/);
    await panel.page.locator('[aria-label="Save the graph as PNG"]').click();
    await panel.until((posted) => posted.filter(({ type }) => type === 'export').length === 2, 30);
    expect(Object.values(panel.last('export')?.bytes ?? {}).slice(0, 4)).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  test('survives a reload: the model, the view, the selection and the place', async () => {
    panel = await harness.open();
    await panel.document([digits(), resnet()]);
    await panel.page.locator('.top vscode-dropdown').click();
    await panel.page.locator('.top vscode-option').nth(1).click();
    await panel.page.waitForFunction(() => document.querySelector('.node[data-key="/conv1"]') !== null);
    await node('/bn1').click();
    await panel.page.waitForTimeout(300);
    const state = await panel.page.evaluate(() => (globalThis as unknown as { savedState(): unknown }).savedState());
    const before = await place('/bn1');
    await panel.close();
    panel = await harness.open({ state });
    await panel.document([digits(), resnet()]);
    expect(await node('/bn1').getAttribute('class')).toContain('selected');
    expect(await panel.page.locator('.details').isVisible()).toBe(true);
    expect(await place('/bn1')).toEqual(before);
  });

  test.each(['dark', 'light', 'contrast'] as const)('%s: text stands out from what is behind it', async (theme) => {
    panel = await harness.open({ theme });
    await panel.document([digits()]);
    const ratios = await panel.page.evaluate(() => {
      const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      if (!context) return {};
      const over = (colour: string, under: string): number[] => {
        context.fillStyle = under;
        context.fillRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
      };
      const light = (rgb: number[]): number => rgb.map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4).reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
      const paper = getComputedStyle(document.body).backgroundColor;
      const card = getComputedStyle(document.querySelector('.node.layer .card') as Element).fill;
      const found: Record<string, number> = {};
      for (const name of ['type', 'name', 'detail', 'shape', 'amount']) {
        const text = document.querySelector(`.node.layer .${name}`);
        if (!text) continue;
        const [a, b] = [light(over(getComputedStyle(text).fill, card)), light(over(card, paper))].sort((x, y) => y - x);
        found[name] = (a + 0.05) / (b + 0.05);
      }
      return found;
    });
    expect(Object.keys(ratios)).toHaveLength(5);
    for (const [name, ratio] of Object.entries(ratios)) expect(ratio, name).toBeGreaterThan(4.5);
  });
});
