import { expect, test } from 'vitest';
import type { FinishedMessage, ListingOptions, NeuronOptions, QuestionOptions, TreeOptions } from '../../webview/messages.ts';
import { digitPicture, neuronPart, prepared, runFinished, windowAnswer } from './answers.ts';
import { at, digits } from './graphs.ts';
import { describePanel } from './harness.ts';
import type { PanelPage } from './harness.ts';

describePanel('chosen neurons and paths in Chromium', (harness) => {
  let panel: PanelPage;

  const node = (key: string) => panel.page.locator(`.node[data-key="${key}"]`);

  test('a neuron: clicked in an activation, its form in parts, a question, and the program by windows', async () => {
    panel = await harness.open({ width: 1200, height: 1400 });
    const graph = digits();
    await panel.document([graph]);
    await panel.page.getByRole('tab', { name: 'Run' }).click();
    await panel.send(prepared());
    await panel.page.getByRole('button', { name: 'Run', exact: true }).click();
    await panel.until((posted) => posted.some(({ type }) => type === 'start'));
    await panel.send(runFinished(panel.last('start')!.job, graph));
    await panel.page.getByRole('tab', { name: 'Graph' }).click();
    await node('/conv2d').click();
    await panel.until((posted) => posted.some(({ type }) => type === 'window'));
    await panel.send(windowAnswer(panel.last('window')!));
    const activation = panel.page.locator('.activation canvas');
    await activation.click({ position: { x: 3, y: 3 } });
    const view = panel.page.locator('#panel-neuron');
    await view.waitFor();
    const asked = panel.last('start')!;
    expect(asked).toMatchObject({ kind: 'neuron', options: { place: { kind: 'element', index: [0, 0, 0] } } });
    // the form first; what takes longer comes behind it
    await panel.send(neuronPart(asked.job, asked.options as NeuronOptions, 'partial'));
    expect(await view.locator('.verdict').innerText()).toContain('conv2d[0,0,0]');
    expect(await view.getByRole('img', { name: /Map over the input/ }).isVisible()).toBe(true);
    expect(await view.locator('.interval').count()).toBe(0);
    await panel.send(neuronPart(asked.job, asked.options as NeuronOptions, 'finished'));
    expect(await view.getByRole('img', { name: /it stays from −0.5 to 2/ }).isVisible()).toBe(true);
    expect(await view.locator('.conditions tbody tr').count()).toBe(2);
    expect(await view.innerText()).toContain('1 condition of 8 bounds the region within 0.8');

    await view.getByRole('textbox', { name: 'Lift above' }).fill('1.5');
    await view.getByRole('button', { name: 'Find', exact: true }).click();
    await panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === 'question'));
    const question = panel.last('start')!;
    expect(question.options).toMatchObject({ question: { kind: 'lift', threshold: 1.5 } });
    await panel.send({ type: 'finished', job: question.job, kind: 'question', result: { options: question.options as QuestionOptions, names: ['conv2d[0,0,0]'], verdict: 'never', method: 'linear bounds', seconds: 0.02 } });
    expect(await view.locator('.verdict-line').innerText()).toBe('conv2d[0,0,0] never reaches 1.5 within 0.8');

    await view.getByRole('button', { name: 'Show the program' }).click();
    await panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === 'listing'));
    const program = (job: number, options: ListingOptions): FinishedMessage<'listing'> => ({
      type: 'finished', job, kind: 'listing',
      result: {
        options, from: options.from, lineCount: 40_000, branchCount: 10_000, branches: { after: 4 * (Math.floor(options.around / 4) + 1) },
        lines: Array.from({ length: options.to - options.from }, (_, k) => ({ text: `line ${options.from + k}`, kind: (options.from + k) % 4 === 0 ? 'branch' as const : 'arm' as const, taken: k % 2 === 0 })),
      },
    });
    const first = panel.last('start')!;
    await panel.send(program(first.job, first.options as ListingOptions));
    const scroller = view.locator('.program');
    expect(await scroller.locator('li').count()).toBeLessThan(100);
    await scroller.focus();
    await panel.page.keyboard.press('n');
    await panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === 'listing' && message.options.around === 4));
    await scroller.evaluate((element) => element.scrollTop = 20 * 30_000);
    await panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === 'listing' && message.options.from > 29_000));
    const far = panel.last('start')!;
    await panel.send(program(far.job, far.options as ListingOptions));
    expect(await scroller.locator('li').first().getAttribute('aria-posinset')).toBe(String((far.options as ListingOptions).from + 1));
    expect(await scroller.locator('li').count()).toBeLessThan(100);
  });

  test('paths: the tree of the code with examples, and the tree of the network', async () => {
    panel = await harness.open({ width: 1100, height: 900 });
    const graph = digits();
    const outer = { location: at(11), condition: 'batch > 4', path: [], arms: [{ status: 'feasible', end: 'goes on', example: { batch: 5 } }, { status: 'feasible', end: 'raises ValueError: too few', example: { batch: 1 } }] } as const;
    const inner = { location: at(12), condition: 'batch > 2', path: [{ location: at(11), holds: true }], arms: [{ status: 'feasible', end: 'goes on', example: { batch: 5 } }, { status: 'infeasible', end: 'cannot be taken here' }] } as const;
    await panel.document([graph], { forks: [outer, inner] });
    await panel.page.getByRole('tab', { name: 'Paths' }).click();
    const view = panel.page.locator('#panel-paths');
    const code = view.locator('.tree').first();
    expect(await code.innerText()).toContain('raises ValueError: too few');
    expect(await code.locator('ul ul code').innerText()).toBe('batch > 2');
    await code.getByRole('button', { name: 'line 12' }).click();
    expect(panel.last('reveal')).toMatchObject({ location: { line: 12 }, focus: true });
    await panel.send(prepared());
    await view.getByRole('button', { name: 'Grow the tree' }).click();
    await panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === 'tree'));
    const asked = panel.last('start')!;
    await panel.send({
      type: 'finished', job: asked.job, kind: 'tree',
      result: {
        options: asked.options as TreeOptions, branches: 2, relus: 60, settled: 55, seconds: 0.1,
        root: { name: 'dense[3]', arms: [{ status: 'feasible', taken: true, example: { label: 3 }, next: { name: 'dense[7]', arms: [{ status: 'infeasible', taken: false }, { status: 'feasible', taken: true, example: { label: 3 } }] } }, { status: 'feasible', taken: false, example: { picture: digitPicture(), label: 8 } }] },
      },
    });
    const network = view.locator('.tree').last();
    expect(await network.innerText()).toContain('dense[7] > 0');
    expect(await network.locator('canvas').count()).toBe(1);
    expect(await view.innerText()).toContain('55 of 60 ReLUs keep their phase');
  });
});
