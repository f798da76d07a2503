import { expect, test } from 'vitest';
import type { NeuronOptions, PanelDiagnostic } from '../../webview/messages.ts';
import { attackFinished, digitPicture, neuronPart, prepared, runFinished } from './answers.ts';
import { at, digits } from './graphs.ts';
import { describePanel } from './harness.ts';
import type { PanelPage } from './harness.ts';

/** What a screen reader is told of an element, by the DevTools protocol. */
interface AccessibleNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value: unknown } }[];
  readonly backendDOMNodeId?: number;
}

/** Roles that mean nothing without a name. */
const NAMED = new Set([
  'button', 'checkbox', 'combobox', 'link', 'listbox', 'menuitem', 'meter', 'option', 'progressbar', 'radio', 'radiogroup', 'scrollbar', 'searchbox', 'slider', 'spinbutton', 'switch', 'tab', 'tablist',
  'tabpanel', 'textbox', 'tree', 'treeitem', 'img', 'image', 'dialog', 'toolbar', 'columnheader', 'DisclosureTriangle',
]);
/** Roles that say nothing of what can be done with an element. */
const SILENT = new Set(['generic', 'none', 'presentation', '']);

/** The faults of what is shown now: controls without a name, and elements that take the focus without a role. */
async function faultsOf({ page }: PanelPage): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('DOM.enable');
    await session.send('Accessibility.enable');
    const { nodes } = await session.send('Accessibility.getFullAXTree') as { nodes: readonly AccessibleNode[] };
    const faults: string[] = [];
    for (const { ignored, role, name, properties = [], backendDOMNodeId } of nodes) {
      if (ignored || role?.value === 'RootWebArea') continue;
      const named = (name?.value ?? '').trim() !== '';
      const takesFocus = properties.some((property) => property.name === 'focusable' && property.value.value === true);
      const fault = NAMED.has(role?.value ?? '') && !named ? `a ${role!.value} without a name` : takesFocus && SILENT.has(role?.value ?? '') ? 'an element that takes the focus without a role' : undefined;
      if (fault === undefined) continue;
      const { outerHTML } = await session.send('DOM.getOuterHTML', { backendNodeId: backendDOMNodeId }) as { outerHTML: string };
      faults.push(`${fault}: ${outerHTML.slice(0, 200)}`);
    }
    expect(nodes.length).toBeGreaterThan(20);
    return faults;
  } finally {
    await session.detach();
  }
}

const fault: PanelDiagnostic = { severity: 'error', code: 'dense-features', message: 'Dense expects 400 features but gets 512.', location: at(15), related: [{ location: at(13), message: 'Flattened here' }], fix: { title: 'Use 512' } };

describePanel('what a screen reader is told of the panel', (harness) => {
  let panel: PanelPage;

  const tab = (name: string) => panel.page.getByRole('tab', { name }).click();
  const started = (kind: string) => panel.until((posted) => posted.some((message) => message.type === 'start' && message.kind === kind));
  const job = () => panel.last('start')!.job;

  test('every control of every view has a name, at first', async () => {
    panel = await harness.open({ width: 1200, height: 1000 });
    await panel.document([digits()], { diagnostics: [fault] });
    await panel.send(prepared());
    const tabs = await panel.page.getByRole('tab').allInnerTexts();
    expect(tabs.length).toBeGreaterThan(6);
    for (const [place, name] of tabs.entries()) {
      await panel.page.getByRole('tab').nth(place).click();
      expect({ name, faults: await faultsOf(panel) }).toEqual({ name, faults: [] });
    }
  }, 120_000);

  test('and so has what a run, an attack, a neuron and a working job show', async () => {
    panel = await harness.open({ width: 1200, height: 1000 });
    const graph = digits();
    await panel.document([graph]);
    await tab('Run');
    await panel.send(prepared());
    await panel.page.getByRole('button', { name: 'Run', exact: true }).click();
    await started('run');
    await panel.send({ type: 'progress', job: job(), phase: 'Reading the weights', fraction: 0.4, seconds: 1 });
    expect(await faultsOf(panel)).toEqual([]);
    // how it goes is told without being asked for
    expect(await panel.page.locator('#panel-run').getByRole('status').first().innerText()).toBe('Reading the weights');
    await panel.send(runFinished(job(), graph));
    expect(await faultsOf(panel)).toEqual([]);
    await tab('Graph');
    await panel.page.locator('.node[data-key="/conv2d"]').click();
    expect(await faultsOf(panel)).toEqual([]);
    await tab('Adversarial');
    await panel.page.getByRole('button', { name: /Find|Search|Attack/ }).first().click();
    await started('attack');
    await panel.send(attackFinished(job(), 'adversarial'));
    expect(await faultsOf(panel)).toEqual([]);
    await tab('Neuron');
    await panel.page.locator('#panel-neuron').getByRole('textbox', { name: 'Index' }).fill('0,0,0');
    await panel.page.locator('#panel-neuron').getByRole('button', { name: 'Explain' }).click();
    await started('neuron');
    await panel.send(neuronPart(job(), panel.last('start')!.options as NeuronOptions, 'partial'));
    expect(await faultsOf(panel)).toEqual([]);
    await panel.send(neuronPart(job(), panel.last('start')!.options as NeuronOptions, 'finished'));
    expect(await faultsOf(panel)).toEqual([]);
    await tab('Coverage');
    await panel.page.getByRole('button', { name: 'Generate tests' }).click();
    await started('cover');
    await panel.send({
      type: 'partial', kind: 'cover', job: job(), result: {
        requirements: 10, met: 5, unreachable: 1, coverage: 5 / 9, tests: 3, generated: 2, adversarial: 1, seconds: 1, layers: [{ layer: 'conv2d', requirements: 10, met: 5, unreachable: 1 }],
        history: [{ seconds: 0.2, coverage: 0.3 }, { seconds: 1, coverage: 0.55 }],
        samples: [{ label: '5', expected: '3', adversarial: true, generated: true, distance: 0.29, picture: digitPicture() }],
      },
    });
    expect(await faultsOf(panel)).toEqual([]);
  }, 120_000);
});
