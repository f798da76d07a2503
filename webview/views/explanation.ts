import { h } from '../dom.ts';
import { dropdown, segments } from '../controls.ts';
import { heatCanvas, pictureCanvas } from '../drawing/plots.ts';
import { cancel, start } from '../jobs.ts';
import type { ExplainOptions } from '../messages.ts';
import { figure } from '../model/describe.ts';
import type { Panel } from '../panel.ts';
import { isRunning } from '../state.ts';
import { JobProgress } from './progress.ts';
import { className } from './scores.ts';

type Method = ExplainOptions['method'];

const explained: Readonly<Record<Method, string>> = {
  saliency: 'How much the score of the class changes with each pixel: the magnitude of its gradient.',
  integrated: 'What each pixel adds to the score, along the way from an empty input to this one; blue speaks for the class, orange against it.',
  gradcam: 'Where the last convolution saw what speaks for the class.',
};

/** Which parts of the input decided for a class, as a map beside the input. Works on the input and weights of the last run. */
export class Explanation {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #class;
  readonly #progress: JobProgress;
  readonly #map = h('div', { class: 'figures' });
  readonly #words = h('p', { class: 'quiet' });
  #method: Method | 'none' = 'none';
  /** The class to explain; the one with the highest score where undefined. */
  #label: number | undefined;

  constructor(panel: Panel) {
    this.#panel = panel;
    this.#class = dropdown({ label: 'Class to explain', choose: (value) => {
      this.#label = Number(value);
      this.#start();
    } });
    this.#progress = new JobProgress(() => cancel(panel, 'explain'), () => this.#start());
    this.element = h('section', { class: 'explanation' }, h('h3', {}, 'What in the input decided'),
      h('div', { class: 'row' }, segments<Method | 'none'>('Explanation', [{ name: 'none', label: 'Off' }, { name: 'saliency', label: 'Saliency' }, { name: 'integrated', label: 'Integrated' }, { name: 'gradcam', label: 'Grad-CAM' }], 'none', (method) => {
        this.#method = method;
        this.#start();
      }), this.#class.element),
      this.#words, this.#progress.element, this.#map);
    panel.store.watch(['run'], () => {
      this.#label = undefined;
      if (panel.store.state.run?.result) this.#start();
    });
    panel.store.watch(['run', 'explain', 'prepared'], () => this.#draw());
    this.#draw();
  }

  #start(): void {
    const label = this.#label ?? this.#top();
    if (this.#method === 'none') cancel(this.#panel, 'explain');
    else if (label !== undefined) start(this.#panel, 'explain', { method: this.#method, label });
    this.#draw();
  }

  #top(): number | undefined {
    return this.#panel.store.state.run?.result?.outputs[0]?.scores?.top;
  }

  #draw(): void {
    const { run, explain, prepared } = this.#panel.store.state;
    const scores = run?.result?.outputs[0]?.scores;
    this.element.hidden = !scores;
    if (!scores) return;
    this.#class.element.hidden = this.#words.hidden = this.#map.hidden = this.#method === 'none';
    this.#progress.element.hidden = true;
    if (this.#method === 'none') return;
    this.#words.textContent = explained[this.#method];
    this.#class.set(scores.values.map((_, index) => ({ value: String(index), label: `Class ${className(scores, index)}` })), String(this.#label ?? scores.top));
    this.#progress.show(isRunning(explain) || explain?.failure ? explain : undefined);
    const result = explain?.result;
    if (!result || explain.failure) return this.#map.replaceChildren();
    const picture = prepared?.inputs[0]?.chosen?.picture;
    const { map } = result;
    this.#map.replaceChildren(
      ...(picture ? [h('figure', { class: 'sample' }, h('figcaption', {}, 'Input'), pictureCanvas(picture, 'Input'))] : []),
      h('figure', { class: 'sample' }, h('figcaption', {}, `For class ${className(scores, result.options.label)}`), heatCanvas(map, 'Map of what decided'),
        h('p', { class: 'quiet' }, `at most ${figure(map.range[1])} a ${map.height === 1 ? 'value' : 'pixel'}`)));
  }
}
