import { h } from '../dom.ts';
import { button, textField } from '../controls.ts';
import type { Panel } from '../panel.ts';
import type { Job } from '../state.ts';
import { isRunning } from '../state.ts';

/** The run that others are compared with: pinned by the user under a name, until it is let go. */
export class BaselineBar {
  readonly element = h('div', { class: 'baseline row' });
  readonly #panel: Panel;
  readonly #name = textField({ label: 'Name of the baseline', plain: true, placeholder: 'name', enter: () => this.#pin() });
  readonly #compare: () => void;
  /** The job that the name was proposed for. */
  #named: number | undefined;

  /** `compare` shows the differences. */
  constructor(panel: Panel, compare: () => void) {
    this.#panel = panel;
    this.#compare = compare;
    panel.store.watch(['run', 'baseline', 'prepared', 'outline'], () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const { run, baseline, outline } = this.#panel.store.state;
    const finished = run?.result && run.graph === outline?.graph ? run : undefined;
    this.element.hidden = !finished && !baseline;
    const job = finished?.request.job;
    if (finished && job !== this.#named) {
      this.#named = job;
      this.#name.value = this.#proposal(finished);
    }
    const other = finished !== undefined && job !== baseline?.job;
    this.element.replaceChildren(
      ...(baseline ? [h('span', {}, 'Compared with ', h('b', {}, baseline.name)), button({ label: 'Let go', press: () => this.#panel.store.update({ baseline: undefined }) }).element] : []),
      ...(baseline && other ? [button({ label: 'Show what changed', press: this.#compare }).element] : []),
      ...(other && !isRunning(run) ? [this.#name.element, button({ label: baseline ? 'Pin this run instead' : 'Pin as baseline', press: () => this.#pin() }).element] : []));
  }

  #pin(): void {
    const { run } = this.#panel.store.state;
    if (run?.result) this.#panel.store.update({ baseline: { job: run.request.job, name: this.#name.value.trim() || this.#proposal(run) } });
  }

  /** What the run was made with: its weights, inputs and mode. */
  #proposal({ request }: Job<'run'>): string {
    const { prepared } = this.#panel.store.state;
    const weights = prepared?.weights.candidates.find(({ id }) => id === prepared.weights.chosen)?.label;
    return [weights, ...(prepared?.inputs.map(({ chosen }) => chosen?.label) ?? []), request.options.training ? 'training mode' : undefined].filter((part) => part !== undefined).join(', ');
  }
}
