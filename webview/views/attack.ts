import { announce, h } from '../dom.ts';
import { button, dropdown, segments, slider } from '../controls.ts';
import { cancel, start } from '../jobs.ts';
import type { AttackOptions, AttackResult, PreparedMessage } from '../messages.ts';
import { figure } from '../model/describe.ts';
import type { Panel } from '../panel.ts';
import { isRunning } from '../state.ts';
import { Preparation } from './preparation.ts';
import { JobProgress } from './progress.ts';
import { comparison, norms } from './attack-figures.ts';
import { className } from './scores.ts';
import { SmallestChange } from './smallest-change.ts';

type Norm = AttackOptions['norm'];

const explained: Readonly<Record<Norm, string>> = {
  linf: 'Each value may change by at most this much.',
  l2: 'The change as a whole is at most this long (Euclidean).',
  l0: 'At most this many pixels may change, each with all its channels, to any value of the range.',
};

/** The search for an input near the chosen one that the model takes for something else, or the proof that there is none. */
export class AttackView {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #start;
  readonly #smallest;
  readonly #progress: JobProgress;
  readonly #result = h('div', { class: 'result' });
  readonly #explanation = h('p', { class: 'quiet' });
  readonly #target;
  readonly #epsilon;
  #norm: Norm = 'linf';
  #wanted: number | undefined;
  #shown: AttackResult | undefined;
  #range = '';

  constructor(panel: Panel) {
    this.#panel = panel;
    const preparation = new Preparation(panel, () => undefined);
    this.#epsilon = slider({ label: 'Size of the change (epsilon)', least: 0, most: 1, step: 0.01, value: 0.1, change: () => this.#draw() });
    this.#target = dropdown({ label: 'Target class', choose: (value) => this.#wanted = value === 'any' ? undefined : Number(value) });
    const search = (): void => start(panel, 'attack', { norm: this.#norm, epsilon: this.#epsilon.value, target: this.#wanted });
    this.#start = button({ label: 'Find adversarial input', icon: 'run', kind: 'primary', press: search });
    const bracket = (): void => start(panel, 'epsilon', { norm: this.#norm, largest: this.#epsilon.value, target: this.#wanted });
    this.#smallest = button({ label: 'Find smallest change', press: bracket });
    this.#progress = new JobProgress(() => cancel(panel, 'attack'), search);
    this.element = h('section', { class: 'work-view', id: 'panel-attack', role: 'tabpanel', 'aria-labelledby': 'tab-attack' },
      h('div', { class: 'setup' }, preparation.element,
        h('section', {}, h('h3', {}, 'Size of the change'),
          segments('Norm', (Object.keys(norms) as Norm[]).map((name) => ({ name, label: norms[name] })), this.#norm, (norm) => {
            this.#norm = norm;
            this.#setRange();
            this.#draw();
          }),
          this.#epsilon.element, this.#explanation),
        h('section', {}, h('h3', {}, 'Target'), this.#target.element),
        h('div', { class: 'row go' }, this.#start.element, this.#smallest.element)),
      h('div', { class: 'outcome' }, this.#progress.element, this.#result, new SmallestChange(panel, bracket).element));
    panel.store.watch(['prepared', 'attack', 'epsilon', 'outline'], () => this.#draw());
    this.#draw();
  }

  /** The slider covers what is of interest for the input's own range of values. */
  #setRange(): void {
    const image = this.#panel.store.state.prepared?.inputs[0]?.image;
    const span = image ? image.range[1] - image.range[0] : 1;
    const key = `${this.#norm}|${span}`;
    if (key === this.#range) return;
    this.#range = key;
    const round = (value: number): number => Number(value.toPrecision(2));
    if (this.#norm === 'l0') this.#epsilon.setRange(1, 16, 1);
    else if (this.#norm === 'l2') this.#epsilon.setRange(0, round(4 * span), round(span / 50));
    else this.#epsilon.setRange(0, round(span / 2), round(span / 200));
    this.#epsilon.value = this.#norm === 'l0' ? 2 : this.#norm === 'l2' ? round(span) : round(span / 10);
  }

  #draw(): void {
    const { prepared, attack, outline } = this.#panel.store.state;
    this.#setRange();
    this.#explanation.textContent = explained[this.#norm];
    this.#target.set([{ value: 'any', label: 'Any other class' }, ...classes(prepared, this.#classCount()).map((label, index) => ({ value: String(index), label: `Class ${label}` }))], this.#wanted === undefined ? 'any' : String(this.#wanted));
    const waiting = !prepared || prepared.missing !== undefined || isRunning(attack) || isRunning(this.#panel.store.state.epsilon) || !(this.#epsilon.value > 0);
    this.#start.set({ disabled: waiting });
    this.#smallest.set({ disabled: waiting });
    this.#progress.show(attack);
    const { result } = attack ?? {};
    if (!result) {
      this.#shown = undefined;
      this.#result.replaceChildren(attack ? '' : h('p', { class: 'hint' }, 'Searches all inputs this near to the chosen one for an input that the model takes for another class. If there is none, it tries to prove so.'));
      return;
    }
    const stale = attack && outline && attack.graph !== outline.graph;
    if (result === this.#shown && !stale) return;
    const { options } = attack!.request;
    if (result !== this.#shown) announce(verdict(result, options));
    this.#shown = result;
    this.#result.replaceChildren(stale ? h('p', { class: 'quiet' }, 'This is the result for an earlier version of the code. Search again.') : '', resultElement(result, options));
  }

  #classCount(): number {
    const { outline } = this.#panel.store.state;
    const shape = outline?.graph.values[outline.graph.outputs[0]]?.type.shape;
    const last = shape?.at(-1);
    return typeof last === 'number' && last <= 1000 ? last : 0;
  }
}

function classes(prepared: PreparedMessage | undefined, amount: number): readonly string[] {
  return prepared?.classes ?? Array.from({ length: amount }, (_, index) => String(index));
}

function within({ norm, epsilon }: AttackOptions): string {
  return norm === 'l0' ? `a change of ${epsilon} ${epsilon === 1 ? 'pixel' : 'pixels'}` : `${figure(epsilon)} (${norms[norm]})`;
}

function verdict(result: AttackResult, options: AttackOptions): string {
  const { original, adversarial, bound, cancelled } = result;
  const { target } = options;
  const from = className(original.scores, original.scores.top);
  if (result.verdict === 'adversarial' && adversarial) return `Adversarial input found: ${from} becomes ${className(adversarial.scores, adversarial.scores.top)}, at a distance of ${figure(adversarial.distance)}.`;
  if (result.verdict === 'robust') return `Robust: proved for every input within ${within(options)}${target === undefined ? `, the class stays ${from}` : `, the class is never ${className(original.scores, target)}`}.`;
  return `Undecided${cancelled ? ', as it was cancelled' : ''}: no adversarial input was found within ${within(options)}, and no proof that there is none${bound === undefined ? '' : `; the proved margin is at least ${figure(bound)}, and a proof needs more than 0`}.`;
}

function resultElement(result: AttackResult, options: AttackOptions): HTMLElement {
  const { original, adversarial, bound, method, seconds } = result;
  const facts: [string, string][] = [['method', method], ['time', `${seconds.toFixed(2)} s`]];
  if (adversarial) facts.unshift([`distance (${norms[options.norm]})`, figure(adversarial.distance)]);
  if (bound !== undefined) facts.unshift(['margin proved', figure(bound)]);
  return h('div', {},
    h('p', { class: `verdict-line ${result.verdict}`, role: 'status' }, verdict(result, options)),
    comparison(original, adversarial),
    h('dl', { class: 'pairs facts' }, ...facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])));
}
