import { announce, h } from '../dom.ts';
import type { Dropdown, Slider } from '../controls.ts';
import { button, dropdown, slider, textField } from '../controls.ts';
import { cancel, start } from '../jobs.ts';
import type { NeuronPlace } from '../messages.ts';
import { valueShape } from '../model/describe.ts';
import type { Item, Outline } from '../model/outline.ts';
import type { Panel } from '../panel.ts';
import { isRunning } from '../state.ts';
import { ListingView } from './listing.ts';
import { NeuronAnswer } from './neuron-answer.ts';
import { NeuronFigures } from './neuron-figures.ts';
import { Preparation } from './preparation.ts';
import { JobProgress } from './progress.ts';

/** Opens the view on a neuron. */
export function explainNeuron(panel: Panel, place: NeuronPlace): void {
  panel.store.update({ view: 'neuron' });
  start(panel, 'neuron', { place, epsilon: epsilons.get(panel) ?? 0.05 });
}

/** The size of the box that the slider of each panel shows. */
const epsilons = new WeakMap<Panel, number>();

/** How long the slider must rest before the bounds are computed anew. */
const REST = 200;

/** A chosen neuron: what it is here, what drives it, how far that holds, and what it can reach. */
export class NeuronView {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #layer: Dropdown;
  readonly #index;
  readonly #epsilon: Slider;
  readonly #ask: readonly { set(changes: { disabled?: boolean }): void }[];
  readonly #explain;
  readonly #progress: JobProgress;
  readonly #asking: JobProgress;
  readonly #figures: NeuronFigures;
  readonly #answer: NeuronAnswer;
  readonly #hint = h('p', { class: 'hint' }, 'Choose a layer and a neuron, or click a value in a layer’s activation after a run.');
  #value: number | undefined;
  #range = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #said = '';

  constructor(panel: Panel) {
    this.#panel = panel;
    const preparation = new Preparation(panel, () => undefined);
    this.#layer = dropdown({ label: 'Layer', choose: (value) => {
      this.#value = Number(value);
      this.#draw();
    } });
    this.#index = textField({ label: 'Index', placeholder: '3 or 2,1,4', enter: () => this.#chosen() });
    this.#explain = button({ label: 'Explain', icon: 'run', kind: 'primary', press: () => this.#chosen() });
    this.#epsilon = slider({ label: 'Size of the box (epsilon)', least: 0, most: 0.5, step: 0.005, value: 0.05, change: (value) => {
      epsilons.set(panel, value);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#again(), REST);
    } });
    const threshold = textField({ label: 'Lift above', placeholder: '1.5', enter: () => lift() });
    const other = textField({ label: 'With another neuron', placeholder: 'fc1[3]', enter: () => together() });
    const lift = (): void => {
      const wanted = Number(threshold.value);
      if (threshold.value.trim() === '' || !Number.isFinite(wanted)) return panel.notice('information', 'Write the value that the neuron should reach.');
      this.#question({ kind: 'lift', threshold: wanted });
    };
    const together = (): void => {
      if (other.value.trim() === '') return panel.notice('information', 'Write the other neuron as layer[index], such as fc1[3].');
      this.#question({ kind: 'together', with: other.value.trim() });
    };
    const [lifting, active, pairing] = [
      button({ label: 'Find', press: lift }), button({ label: 'Can it be active?', press: () => this.#question({ kind: 'active' }) }), button({ label: 'Both active?', press: together }),
    ];
    this.#ask = [lifting, active, pairing];
    this.#progress = new JobProgress(() => cancel(panel, 'neuron'), () => this.#again());
    this.#asking = new JobProgress(() => cancel(panel, 'question'), () => this.#askAgain());
    this.#figures = new NeuronFigures((place) => explainNeuron(panel, place));
    this.#answer = new NeuronAnswer();
    this.element = h('section', { class: 'work-view', id: 'panel-neuron', role: 'tabpanel', 'aria-labelledby': 'tab-neuron' },
      h('div', { class: 'setup' }, preparation.element,
        h('section', {}, h('h3', {}, 'Neuron'), h('div', { class: 'row' }, this.#layer.element), h('div', { class: 'row ask' }, this.#index.element, this.#explain.element)),
        h('section', {}, h('h3', {}, 'Box around the input'), this.#epsilon.element, h('p', { class: 'quiet' }, 'Each value may change by at most this much; pixels stay pixels.')),
        h('section', { class: 'questions' }, h('h3', {}, 'In this box'), h('div', { class: 'row' }, active.element),
          h('div', { class: 'row ask' }, threshold.element, lifting.element), h('div', { class: 'row ask' }, other.element, pairing.element))),
      h('div', { class: 'outcome' }, this.#hint, this.#answer.element, this.#asking.element, this.#figures.element, this.#progress.element, new ListingView(panel).element));
    panel.store.watch(['prepared', 'neuron', 'question', 'outline'], () => this.#draw());
    this.#draw();
  }

  /** Explains what the layer and the index name. */
  #chosen(): void {
    const text = this.#index.value.trim();
    const index = text === '' ? [] : text.split(',').map(Number);
    if (index.some((part) => !Number.isInteger(part))) return this.#panel.notice('information', 'The index is whole numbers with commas between them: 3, or 2,1,4.');
    if (this.#value !== undefined) explainNeuron(this.#panel, { kind: 'element', value: this.#value, index });
  }

  #again(): void {
    const place = this.#panel.store.state.neuron?.request.options.place;
    if (place) start(this.#panel, 'neuron', { place, epsilon: this.#epsilon.value });
  }

  #question(question: { kind: 'lift'; threshold: number } | { kind: 'active' } | { kind: 'together'; with: string }): void {
    const place = this.#panel.store.state.neuron?.request.options.place;
    if (place) start(this.#panel, 'question', { place, epsilon: this.#epsilon.value, question });
  }

  #askAgain(): void {
    const question = this.#panel.store.state.question?.request.options.question;
    if (question) this.#question(question);
  }

  /** The slider covers what is of interest for the input's own range of values. */
  #setRange(): void {
    const image = this.#panel.store.state.prepared?.inputs[0]?.image;
    const span = image ? image.range[1] - image.range[0] : 1;
    if (this.#range === String(span)) return;
    this.#range = String(span);
    this.#epsilon.setRange(0, span / 2, span / 200);
    this.#epsilon.value = span / 20;
    epsilons.set(this.#panel, span / 20);
  }

  #draw(): void {
    const { prepared, neuron, question, outline } = this.#panel.store.state;
    this.#setRange();
    const ready = prepared !== undefined && prepared.missing === undefined;
    const layers = outline ? layersOf(outline) : [];
    if (!layers.some(({ value }) => value === this.#value)) this.#value = layers.at(-1)?.value;
    this.#layer.set(layers.map(({ value, label }) => ({ value: String(value), label })), this.#value === undefined ? undefined : String(this.#value));
    this.#explain.set({ disabled: !ready || layers.length === 0 });
    const stale = neuron !== undefined && neuron.graph !== outline?.graph;
    const result = stale ? undefined : neuron?.result ?? neuron?.partial;
    for (const one of this.#ask) one.set({ disabled: !ready || !result || isRunning(question) });
    this.#hint.hidden = result !== undefined || isRunning(neuron) || neuron?.failure !== undefined;
    this.#progress.show(stale ? undefined : neuron);
    this.#figures.show(result, neuron !== undefined && isRunning(neuron));
    // an answer speaks of the neuron and the box that it was asked about
    const asked = question?.request.options;
    const fits = asked !== undefined && neuron !== undefined && JSON.stringify(asked.place) === JSON.stringify(neuron.request.options.place) && asked.epsilon === neuron.request.options.epsilon;
    this.#asking.show(fits ? question : undefined);
    this.#answer.show(fits ? question?.result : undefined);
    const words = neuron?.result ? `${neuron.result.name} is ${neuron.result.value}` : '';
    if (words !== '' && words !== this.#said) announce(words);
    this.#said = words;
  }
}

/** The layers whose results can be asked about, in the order of execution. */
function layersOf(outline: Outline): { value: number; label: string }[] {
  const found = new Map<number, string>();
  const collect = (item: Item): void => {
    for (const child of item.children) {
      const value = (child.scope?.outputs ?? child.outputs)[0];
      if ((child.kind === 'layer' && !child.group) || child.kind === 'operator') {
        if (value !== undefined) found.set(value, `${child.layer?.path || child.name} ${valueShape(outline.graph, value)}`);
      }
      if (child.group) collect(child);
    }
  };
  collect(outline.root);
  return [...found].map(([value, label]) => ({ value, label }));
}
