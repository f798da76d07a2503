import { h } from '../dom.ts';
import { button, progressRing } from '../controls.ts';
import { icon } from '../icons.ts';
import { count, figure } from '../model/describe.ts';
import type { Job } from '../state.ts';
import { isRunning } from '../state.ts';

/** How a job goes: what it does now, or why it ended without a result, with a way to stop it or to try again. */
export class JobProgress {
  readonly element = h('div', { class: 'job', hidden: true });
  readonly #phase = h('p', { role: 'status' });
  readonly #facts = h('dl', { class: 'pairs facts' });
  readonly #bar = h('progress', { max: 1, 'aria-label': 'How far it is' });
  readonly #running: HTMLElement;
  readonly #retry: () => void;

  constructor(stop: () => void, retry: () => void, stopLabel = 'Cancel') {
    this.#retry = retry;
    this.#running = h('div', { class: 'running' }, progressRing(), h('div', { class: 'what' }, this.#phase, this.#bar, this.#facts), button({ label: stopLabel, icon: 'stop', press: stop }).element);
  }

  show(job: Job | undefined): void {
    this.element.hidden = !job || job.result !== undefined;
    if (!job || this.element.hidden) return;
    if (isRunning(job)) {
      const { progress } = job;
      if (this.#phase.textContent !== (progress?.phase ?? 'Starting')) this.#phase.textContent = progress?.phase ?? 'Starting';
      this.#bar.hidden = progress?.fraction === undefined;
      this.#bar.value = progress?.fraction ?? 0;
      const facts: [string, string][] = [];
      if (progress?.bound !== undefined) facts.push(['margin proved', figure(progress.bound)]);
      if (progress?.branches !== undefined) facts.push(['open branches', count(progress.branches)]);
      if (progress) facts.push(['time', `${progress.seconds.toFixed(1)} s`]);
      this.#facts.replaceChildren(...facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
      if (this.#running.parentElement !== this.element) this.element.replaceChildren(this.#running);
    } else if (job.failure) {
      const { kind, message } = job.failure;
      const severity = kind === 'cancelled' ? 'information' : 'error';
      this.element.replaceChildren(h('div', { class: `issue ${severity}`, role: 'alert' }, icon(severity), h('div', { class: 'issue-body' }, h('p', {}, message),
        kind !== 'cancelled' && h('div', { class: 'row' }, button({ label: 'Try again', press: this.#retry }).element))));
    }
  }
}
