import { announce, h } from '../dom.ts';
import { button, segments } from '../controls.ts';
import { count, outputShape } from '../model/describe.ts';
import { cancel, start } from '../jobs.ts';
import type { RunResult } from '../messages.ts';
import type { Item, Outline } from '../model/outline.ts';
import { itemKind } from '../drawing/node.ts';
import { pick } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { isRunning } from '../state.ts';
import { BaselineBar } from './baseline.ts';
import { Explanation } from './explanation.ts';
import { Preparation, remarks } from './preparation.ts';
import { JobProgress } from './progress.ts';
import { className, scoreBars } from './scores.ts';

/** Weights, input, run; then the class scores and a way to every layer's activations. */
export class RunView {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #run;
  readonly #progress: JobProgress;
  readonly #result = h('div', { class: 'result' });
  readonly #explanation: Explanation;
  #shown: RunResult | undefined;
  /** A stroke on the pad runs the model as soon as the host has taken it. */
  #runWhenPrepared = false;
  #training = false;

  constructor(panel: Panel) {
    this.#panel = panel;
    const preparation = new Preparation(panel, () => this.#runWhenPrepared = true);
    const run = (): void => start(panel, 'run', { ...(this.#training && { training: true }), ...(panel.store.state.baseline && { keep: panel.store.state.baseline.job }) });
    const baseline = new BaselineBar(panel, () => panel.store.update({ view: 'table', columns: 'values' }));
    const mode = segments<'evaluation' | 'training'>('Mode', [{ name: 'evaluation', label: 'Evaluation' }, { name: 'training', label: 'Training' }], 'evaluation', (name) => { this.#training = name === 'training'; });
    mode.title = 'In training mode batch normalisation takes the batch\'s own statistics, and dropout leaves out at random';
    this.#explanation = new Explanation(panel);
    this.#run = button({ label: 'Run', icon: 'run', kind: 'primary', press: run });
    this.#progress = new JobProgress(() => cancel(panel, 'run'), run);
    this.element = h('section', { class: 'work-view', id: 'panel-run', role: 'tabpanel', 'aria-labelledby': 'tab-run' },
      h('div', { class: 'setup' }, preparation.element, h('div', { class: 'row go' }, this.#run.element, mode)),
      h('div', { class: 'outcome' }, this.#progress.element, this.#result, baseline.element));
    panel.store.watch(['prepared'], () => {
      if (!this.#runWhenPrepared || panel.store.state.prepared?.missing !== undefined || panel.store.state.view !== 'run') return;
      this.#runWhenPrepared = false;
      run();
    });
    panel.store.watch(['prepared', 'run', 'outline'], () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const { prepared, run, outline } = this.#panel.store.state;
    this.#run.set({ disabled: !prepared || prepared.missing !== undefined || isRunning(run) });
    this.#progress.show(run);
    // the last result stays in sight while the next run goes on
    const result = run?.result ?? (isRunning(run) ? this.#shown : undefined);
    if (!result || !outline) {
      this.#shown = undefined;
      this.#result.replaceChildren(run?.failure || isRunning(run) ? '' : h('p', { class: 'hint' }, 'Run the model to see its scores here, and what every layer computes.'));
      return;
    }
    if (run?.result && run.result !== this.#shown) {
      const scores = run.result.outputs[0]?.scores;
      announce(scores ? `Result: ${className(scores, scores.top)}` : 'The run is finished');
    }
    this.#shown = result;
    const stale = run?.result && run.graph !== outline.graph;
    this.#result.replaceChildren(
      stale ? h('p', { class: 'quiet' }, 'This is the result of an earlier version of the code. Run again.') : '',
      ...remarks(result.remarks),
      ...result.outputs.map(({ value, shape, scores }) => h('section', {},
        scores ? h('p', { class: 'verdict' }, h('b', {}, className(scores, scores.top)), h('span', { class: 'quiet' }, scores.kind === 'probabilities' ? `${(100 * scores.values[scores.top]).toFixed(1)} %` : 'highest score')) : h('h3', {}, outline.graph.values[value]?.name ?? 'Output'),
        scores ? scoreBars(scores) : h('p', { class: 'mono' }, `(${shape.join(', ')})`))),
      h('p', { class: 'quiet' }, `${count(result.executed.length)} operators in ${result.seconds < 1 ? `${Math.round(result.seconds * 1000)} ms` : `${result.seconds.toFixed(2)} s`}`),
      stale ? '' : this.#explanation.element,
      stale ? '' : this.#layers(outline, new Set(result.available.map(({ value }) => value))));
  }

  #layers(outline: Outline, available: ReadonlySet<number>): HTMLElement | string {
    const items: Item[] = [];
    const collect = (item: Item): void => {
      for (const child of item.children) {
        if (child.kind === 'layer' && !child.group && child.scope?.outputs.some((value) => available.has(value))) items.push(child);
        if (child.group) collect(child);
      }
    };
    collect(outline.root);
    if (items.length === 0) return '';
    return h('section', {}, h('h3', {}, 'Activations by layer'), h('ul', { class: 'layers' }, ...items.slice(0, 300).map((item) => h('li', {},
      h('button', { type: 'button', class: `layer-link kind-${itemKind(item)}`, onclick: () => pick(this.#panel, item, { reveal: false, details: true }) },
        h('span', { class: 'mark' }), h('span', {}, item.type), h('span', { class: 'quiet' }, item.layer?.path || item.name), h('span', { class: 'mono' }, outputShape(outline.graph, item)))))),
    items.length > 300 ? h('p', { class: 'quiet' }, `And ${count(items.length - 300)} more: select them in the graph or the table.`) : '');
  }
}
