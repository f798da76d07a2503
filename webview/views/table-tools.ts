import { h } from '../dom.ts';
import { button, slider } from '../controls.ts';
import { cancel, start } from '../jobs.ts';
import type { Panel } from '../panel.ts';
import type { Job } from '../state.ts';
import { isRunning } from '../state.ts';
import { JobProgress } from './progress.ts';

/** Passes over which the modes are timed. */
const PASSES = 50;

/** What stands above the table's figures: the size of the batch, the measuring of times, and why figures are missing. Asks for the figures when they are looked at. */
export class TableTools {
  readonly element = h('div', { class: 'table-tools' });
  readonly #panel: Panel;
  readonly #batch;
  readonly #batchField: HTMLElement;
  readonly #note = h('p', { class: 'quiet' });
  readonly #measure;
  readonly #progress: JobProgress;

  constructor(panel: Panel) {
    this.#panel = panel;
    this.#batch = slider({ label: 'Batch', least: 1, most: 256, step: 1, value: 1, change: (value) => start(panel, 'cost', { batch: Math.max(1, Math.round(value)) }) });
    this.#batchField = h('label', { class: 'field' }, h('span', { class: 'quiet' }, 'Batch'), this.#batch.element);
    const measure = (): void => start(panel, 'modes', { passes: PASSES });
    this.#measure = button({ label: 'Measure times', icon: 'run', press: measure });
    this.#progress = new JobProgress(() => cancel(panel, 'modes'), measure);
  }

  show(columns: 'structure' | 'cost' | 'values'): void {
    const { outline, cost, modes, run, values, prepared, baseline } = this.#panel.store.state;
    if (!outline || columns === 'structure') return this.element.replaceChildren();
    const asked = (job: Job | undefined): boolean => job?.graph === outline.graph;
    if (columns === 'cost') {
      if (!asked(cost)) start(this.#panel, 'cost', { batch: Math.max(1, Math.round(this.#batch.value)) });
      const result = asked(cost) ? cost?.result : undefined;
      this.#batchField.hidden = result?.batchOpen !== true;
      this.#measure.set({ disabled: prepared?.missing !== undefined || !prepared || isRunning(modes) });
      this.#measure.element.title = prepared?.missing ?? '';
      this.#progress.show(isRunning(modes) || modes?.failure ? modes : undefined);
      const timed = asked(modes) ? modes?.result : undefined;
      this.#note.textContent = cost?.failure?.message ?? (timed ? `Graph mode ${milliseconds(timed.graph)}, eager mode ${milliseconds(timed.eager)} a pass (median of ${timed.passes}): ${(timed.eager / timed.graph).toFixed(1)} times faster.`
        : result?.batchOpen === false ? 'The code fixes the size of the batch.' : '');
      return this.element.replaceChildren(this.#batchField, this.#measure.element, this.#note, this.#progress.element);
    }
    const finished = run?.result && run.graph === outline.graph ? run.request.job : undefined;
    const against = baseline !== undefined && baseline.job !== finished ? baseline.job : undefined;
    const asks = values?.request.options;
    if (finished !== undefined && (asks?.run !== finished || asks.against !== against)) start(this.#panel, 'values', { run: finished, ...(against !== undefined && { against }) });
    this.#note.textContent = finished === undefined ? 'Run the model to see what its layers compute.' : values?.failure?.message ?? (values?.result ? comparedWith(values.result.compared, against === undefined ? undefined : baseline?.name) : '');
    this.element.replaceChildren(this.#note, ...(finished === undefined ? [button({ label: 'To the run', press: () => this.#panel.store.update({ view: 'run' }) }).element] : []));
  }
}

function comparedWith(compared: boolean, baseline: string | undefined): string {
  if (!compared) return baseline === undefined ? 'Run again with another input, other weights or in training mode to see what changes.' : `The tensors of ${baseline} are not kept any more: run it again and pin it.`;
  return `Compared with ${baseline ?? 'the run before'}.`;
}

function milliseconds(value: number): string {
  return value < 1 ? `${Math.round(value * 1000)} µs` : `${Number(value.toPrecision(3))} ms`;
}
