import { expect, test } from 'vitest';
import { prepared, runFinished } from './answers.ts';
import { digits } from './graphs.ts';
import { describePanel } from './harness.ts';
import type { PanelPage } from './harness.ts';

describePanel('running, comparing and cutting in the panel', (harness) => {
  let panel: PanelPage;

  const button = (within: string, text: string) => panel.page.locator(`${within} vscode-button`, { hasText: text });

  test('how pictures are prepared is shown in words, and another way or none can be chosen', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    await panel.send({ type: 'show', view: 'run' });
    const message = prepared();
    const choices = [
      { label: 'As line 12 says', steps: ['resized to 8x8 (bilinear) (line 12)', 'divided by 255 (line 13)'] },
      { label: 'As line 7 says', steps: ['RandomCrop is random and left out (line 7)'] },
    ];
    const withPictures = (chosen: number | 'none') => ({ ...message, inputs: message.inputs.map((input) => ({ ...input, pictures: { choices, chosen } })) });
    await panel.send(withPictures(0));
    const card = panel.page.locator('#panel-run .input-card');
    expect(await card.locator('.steps li').allInnerTexts()).toEqual(choices[0].steps);
    await card.locator('.pictures vscode-dropdown').click();
    await card.locator('.pictures vscode-option', { hasText: 'Not as the code says' }).click();
    await panel.until((posted) => posted.some(({ type }) => type === 'choosePreprocessing'));
    expect(panel.last('choosePreprocessing')).toEqual({ type: 'choosePreprocessing', version: 1, model: 0, choice: 'none' });
    await panel.send(withPictures('none'));
    expect(await card.locator('.steps li').count()).toBe(0);
    await panel.send(withPictures(1));
    expect(await card.locator('.steps li').allInnerTexts()).toEqual(choices[1].steps);
  });

  test('a new model is cut out from a layer to another, by the details and by keys', async () => {
    panel = await harness.open();
    await panel.document([digits()]);
    const node = (text: string) => panel.page.locator('.node', { hasText: text }).first();
    await node('MaxPooling2D').click();
    await button('.cut', 'Begin here').click();
    expect(await panel.page.locator('.cut').innerText()).toMatch(/From MaxPooling2D \S+ to the outputs/);
    await panel.page.locator('.details').press('Escape');
    await node('Flatten').click();
    await panel.page.keyboard.press(']');
    await button('.cut', 'Ends here').waitFor();
    expect(await panel.page.locator('.cut').innerText()).toMatch(/From MaxPooling2D \S+ to Flatten \S+, both/);
    await button('.cut', 'Save as ONNX').click();
    await panel.until((posted) => posted.some(({ type }) => type === 'saveCut'));
    const graph = digits();
    const scope = (type: string) => graph.scopes.find(({ layer }) => graph.layers[layer].type === type)!;
    expect(panel.last('saveCut')).toEqual({ type: 'saveCut', version: 1, model: 0, from: scope('MaxPooling2D').inputs, to: scope('Flatten').outputs, name: 'digits_part' });
    // the same key again takes the end back
    await panel.page.locator('.graph-view .canvas, .graph-view [tabindex="0"]').first().focus();
    await panel.page.keyboard.press(']');
    await expect.poll(() => panel.page.locator('.cut').innerText()).toMatch(/From MaxPooling2D \S+ to the outputs/);
  });

  test('a run is pinned under a name; later ones are compared with it, sorted by what changed', async () => {
    panel = await harness.open();
    const graph = digits();
    await panel.document([graph]);
    await panel.send({ type: 'show', view: 'run' });
    await panel.send(prepared());
    const runs = () => panel.page.locator('#panel-run .go vscode-button');
    await runs().click();
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
    const first = panel.last('start')?.job ?? 0;
    expect(panel.last('start')).toMatchObject({ kind: 'run', options: {} });
    await panel.send(runFinished(first, graph));
    await panel.page.locator('.baseline vscode-text-field').waitFor();
    expect(await panel.page.locator('.baseline vscode-text-field').evaluate((field) => (field as HTMLInputElement).value)).toBe('digits.keras, digit_3.png');
    await panel.page.locator('.baseline vscode-text-field').evaluate((field) => { (field as HTMLInputElement).value = 'evaluation'; });
    await button('.baseline', 'Pin as baseline').click();
    expect(await panel.page.locator('.baseline').innerText()).toContain('Compared with evaluation');
    await panel.page.locator('#panel-run .segment', { hasText: 'Training' }).click();
    await runs().click();
    await panel.until((posted) => posted.filter(({ type }) => type === 'start').length === 2);
    const second = panel.last('start')?.job ?? 0;
    expect(panel.last('start')).toMatchObject({ kind: 'run', options: { training: true, keep: first } });
    await panel.send(runFinished(second, graph));
    await button('.baseline', 'Show what changed').click();
    await panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === 'values'));
    expect(panel.last('start')).toMatchObject({ kind: 'values', options: { run: second, against: first } });
    const statistics = { count: 4, minimum: 0, maximum: 1, mean: 0.5, deviation: 0.1, zeros: 0, notANumber: 0, infinite: 0, histogram: [1, 1] };
    const outputs = graph.scopes.slice(1).flatMap((scope) => scope.outputs.slice(0, 1));
    await panel.send({ type: 'finished', kind: 'values', job: panel.last('start')?.job ?? 0, result: {
      run: second, compared: true, values: outputs.map((value, index) => ({ value, statistics, change: { largest: index, mean: index / 2, relative: index / 10, cosine: 1 - index / 100 } })),
    } });
    const table = panel.page.locator('#panel-table');
    expect(await table.locator('.table-tools').innerText()).toContain('Compared with evaluation');
    const column = async (title: string): Promise<string[]> => {
      const titles = (await table.locator('.head > span').allInnerTexts()).map((text) => text.replace(' ▾', ''));
      return (await table.locator('.rows .row').evaluateAll((rows, at) => rows.map((row) => row.children[at].textContent ?? ''), titles.indexOf(title))).filter((text) => text !== '');
    };
    const before = await column('Change');
    await table.locator('.sort', { hasText: 'Relative' }).click();
    const figures = (await column('Change')).map(Number);
    expect(figures).toEqual(before.map(Number).toSorted((a, b) => b - a));
    expect(await table.locator('[aria-sort="descending"]').innerText()).toContain('Relative');
    await table.locator('.sort', { hasText: 'Cosine' }).click();
    expect((await column('Change')).map(Number)).toEqual(figures);
  });
});
