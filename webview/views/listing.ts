import { h } from '../dom.ts';
import { button } from '../controls.ts';
import { start } from '../jobs.ts';
import type { ListingResult, NeuronPlace } from '../messages.ts';
import { count, figure } from '../model/describe.ts';
import type { Panel } from '../panel.ts';

const LINE = 20;
const HEIGHT = 320;
/** Lines that are asked for at once: those in sight and some around them. */
const WINDOW = 80;
/** Browsers lay out no taller boxes; longer programs are scrolled in proportion. */
const TALLEST = 8e6;

/**
 * The network up to the neuron as a program, with the path of the input marked. Only the lines in sight are asked for
 * and drawn, however long the program is.
 */
export class ListingView {
  readonly element = h('section', { class: 'listing', hidden: true });
  readonly #panel: Panel;
  readonly #scroller = h('div', { class: 'program', tabindex: 0, role: 'group', 'aria-label': 'Program; n goes to the next branch, p to the one before' });
  readonly #tall = h('div', { class: 'tall' });
  readonly #lines = h('ol', { class: 'lines' });
  readonly #words = h('p', { class: 'quiet' });
  readonly #next;
  readonly #previous;
  #place = '';
  #result: ListingResult | undefined;
  /** The line that is stepped to. */
  #current = 0;
  #open = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(panel: Panel) {
    this.#panel = panel;
    const toggle = button({ label: 'Show the program', press: () => {
      this.#open = !this.#open;
      toggle.set({ label: this.#open ? 'Hide the program' : 'Show the program' });
      body.hidden = !this.#open;
      if (this.#open) this.#ask(0);
    } });
    this.#previous = button({ label: 'Previous branch', icon: 'previous', press: () => this.#step('before') });
    this.#next = button({ label: 'Next branch', icon: 'next', press: () => this.#step('after') });
    const body = h('div', { hidden: true }, h('div', { class: 'row' }, this.#previous.element, this.#next.element), this.#words, this.#scroller);
    this.#scroller.append(this.#tall, this.#lines);
    this.#scroller.style.height = `${HEIGHT}px`;
    this.#scroller.addEventListener('scroll', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#scrolled(), 60);
    });
    this.#scroller.addEventListener('keydown', (event) => {
      if (event.key === 'n' || event.key === 'p') this.#step(event.key === 'n' ? 'after' : 'before');
    });
    this.element.append(h('h3', {}, 'As a program'), h('p', { class: 'quiet' }, 'One branch for each ReLU; the lines that this input passes are marked.'), h('div', { class: 'row' }, toggle.element), body);
    panel.store.watch(['neuron', 'listing', 'outline'], () => this.#draw());
  }

  #draw(): void {
    const { neuron, listing, outline } = this.#panel.store.state;
    const shown = neuron && neuron.graph === outline?.graph ? neuron.result ?? neuron.partial : undefined;
    this.element.hidden = !shown;
    if (!shown) return;
    const place = `${JSON.stringify(shown.options.place)} ${shown.value}`;
    if (place !== this.#place) {
      this.#place = place;
      this.#result = undefined;
      this.#current = 0;
      this.#lines.replaceChildren();
      if (this.#open) this.#ask(0);
    }
    if (listing?.failure) this.#words.textContent = listing.failure.message;
    const result = listing?.result;
    if (!result || result === this.#result || JSON.stringify(result.options.place) !== JSON.stringify(shown.options.place)) return;
    this.#result = result;
    this.#tall.style.height = `${Math.min(TALLEST, result.lineCount * LINE)}px`;
    this.#words.textContent = `${count(result.lineCount)} lines, ${count(result.branchCount)} branches`;
    this.#next.set({ disabled: result.branches.after === undefined });
    this.#previous.set({ disabled: result.branches.before === undefined });
    this.#paint();
  }

  #paint(): void {
    const { from, lines, lineCount } = this.#result!;
    const digits = String(lineCount).length;
    this.#lines.replaceChildren(...lines.map(({ text, kind, taken, value }, k) => h('li', { class: `line ${kind}${taken ? ' taken' : ''}${from + k === this.#current ? ' current' : ''}`, 'aria-posinset': from + k + 1, 'aria-setsize': lineCount, ...(from + k === this.#current ? { 'aria-current': 'step' } : {}) },
      h('span', { class: 'gutter', 'aria-hidden': 'true' }, String(from + k + 1).padStart(digits)), h('span', { class: 'mark', 'aria-hidden': 'true' }, taken ? '›' : ' '), h('span', { class: 'at' }, value === undefined ? '' : figure(value)), h('code', {}, text),
      kind === 'branch' ? h('span', { class: 'hidden' }, value! > 0 ? 'taken' : 'not taken') : '')));
    this.#lines.style.transform = `translateY(${this.#top(from)}px)`;
  }

  /** Where a line stands in the tall box. */
  #top(line: number): number {
    const { lineCount } = this.#result!;
    const whole = lineCount * LINE;
    return whole <= TALLEST ? line * LINE : Math.min((line / lineCount) * TALLEST, TALLEST - WINDOW * LINE);
  }

  #scrolled(): void {
    if (!this.#result) return;
    const { from, lines, lineCount } = this.#result;
    const whole = lineCount * LINE;
    const first = Math.floor(whole <= TALLEST ? this.#scroller.scrollTop / LINE : (this.#scroller.scrollTop / TALLEST) * lineCount);
    const last = first + Math.ceil(HEIGHT / LINE);
    if (first < from || Math.min(last, lineCount) > from + lines.length) this.#ask(Math.max(0, first - Math.floor((WINDOW - HEIGHT / LINE) / 2)));
  }

  /** To the next branch that the run passes, or to the one before: in sight, and marked. */
  #step(way: 'before' | 'after'): void {
    const to = this.#result?.branches[way];
    if (to === undefined) return;
    this.#current = to;
    this.#scroller.scrollTop = this.#top(Math.max(0, to - 5));
    this.#ask(Math.max(0, to - WINDOW / 2));
  }

  #ask(from: number): void {
    const place: NeuronPlace | undefined = this.#panel.store.state.neuron?.request.options.place;
    if (place) start(this.#panel, 'listing', { place, around: this.#current, from, to: from + WINDOW });
  }
}
