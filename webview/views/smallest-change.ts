import { announce, h } from '../dom.ts';
import { cancel } from '../jobs.ts';
import type { EpsilonOptions, EpsilonResult } from '../messages.ts';
import { figure } from '../model/describe.ts';
import type { Panel } from '../panel.ts';
import { JobProgress } from './progress.ts';
import { className } from './scores.ts';
import { comparison, norms } from './attack-figures.ts';

/** The smallest change that makes another class of the input: the ends between which it lies, as they draw nearer. */
export class SmallestChange {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #progress: JobProgress;
  readonly #result = h('div', { class: 'result' });
  #shown: EpsilonResult | undefined;

  constructor(panel: Panel, search: () => void) {
    this.#panel = panel;
    this.#progress = new JobProgress(() => cancel(panel, 'epsilon'), search, 'Stop');
    this.element = h('div', {}, this.#progress.element, this.#result);
    panel.store.watch(['epsilon', 'outline'], () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const { epsilon: job, outline } = this.#panel.store.state;
    this.element.hidden = !job || job.graph !== outline?.graph;
    this.#progress.show(job);
    const result = job?.result ?? job?.partial;
    if (result === this.#shown) return;
    this.#shown = result;
    if (!result) {
      this.#result.replaceChildren();
      return;
    }
    const { options } = job!.request;
    if (job!.result) announce(sentence(result, options));
    this.#result.replaceChildren(
      h('p', { class: `verdict-line ${result.adversarial ? 'adversarial' : 'undecided'}`, role: 'status' }, sentence(result, options)),
      result.adversarial ? comparison(result.original, result.adversarial) : '',
      h('dl', { class: 'pairs facts' }, ...facts(result, options).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])));
  }
}

function facts({ certified, adversarial, seconds }: EpsilonResult, { norm }: EpsilonOptions): [string, string][] {
  return [[`proved safe up to (${norms[norm]})`, figure(certified)], ...(adversarial ? [[`found at (${norms[norm]})`, figure(adversarial.distance)] as [string, string]] : []), ['time', `${seconds.toFixed(1)} s`]];
}

function sentence({ original, certified, adversarial, reason }: EpsilonResult, { norm, largest, target }: EpsilonOptions): string {
  const from = className(original.scores, original.scores.top);
  const lasts = `${from} ${target === undefined ? 'stays' : `is not made ${className(original.scores, target)}`} under every change of up to ${figure(certified)} (${norms[norm]})`;
  const why = reason === undefined ? '' : ` The ends are not nearer to each other, because ${reason}.`;
  if (adversarial) return `${certified > 0 ? `${lasts}; a` : 'A'} change of ${figure(adversarial.distance)} makes it ${className(adversarial.scores, adversarial.scores.top)}.${why}`;
  if (certified >= largest) return `${lasts}, the largest size that was asked about.`;
  return `${certified > 0 ? `${lasts}; no` : 'No'} change of up to ${figure(largest)} was found that makes it another class.${why}`;
}
