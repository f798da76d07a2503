import { h, svg } from '../dom.ts';
import { segments } from '../controls.ts';
import { heatCanvas, pictureCanvas } from '../drawing/plots.ts';
import type { NeuronCondition, NeuronPlace, NeuronResult } from '../messages.ts';
import { count, figure, plural } from '../model/describe.ts';

type Score = 'coefficient' | 'absolute' | 'contribution';

const words: Readonly<Record<Score, string>> = {
  coefficient: 'What the neuron gains for each unit that an input rises; orange lowers it.',
  absolute: 'How strongly each input moves the neuron, either way.',
  contribution: 'Coefficient times input: these and the constant add up to the value.',
};

/** Conditions that are listed at first. */
const LISTED = 12;

/** What there is of a neuron's explanation, as pictures and figures. */
export class NeuronFigures {
  readonly element = h('div', { class: 'neuron', hidden: true });
  readonly #open: (place: NeuronPlace) => void;
  readonly #head = h('div');
  readonly #interval = h('div');
  readonly #maps = h('div');
  readonly #facts = h('div');
  readonly #conditions = h('div');
  #score: Score = 'coefficient';
  #all = false;
  #result: NeuronResult | undefined;
  #running = false;

  /** @param open explains another neuron. */
  constructor(open: (place: NeuronPlace) => void) {
    this.#open = open;
    const scores = segments<Score>('What the map shows', [{ name: 'coefficient', label: 'Coefficient' }, { name: 'absolute', label: '|Coefficient|' }, { name: 'contribution', label: '× input' }], this.#score, (score) => {
      this.#score = score;
      this.#drawMaps();
    });
    this.element.append(this.#head, this.#interval, h('section', {}, h('h3', {}, 'What drives it'), h('div', { class: 'row scores-of' }, scores), this.#maps), this.#facts, this.#conditions);
  }

  show(result: NeuronResult | undefined, running: boolean): void {
    this.element.hidden = !result;
    if (!result || (result === this.#result && running === this.#running)) return;
    const sameForm = this.#result !== undefined && this.#result.name === result.name && this.#result.value === result.value && this.#result.maps?.coefficient.values.length === result.maps?.coefficient.values.length && this.#result.elements[0]?.coefficient === result.elements[0]?.coefficient;
    if (result.name !== this.#result?.name) this.#all = false;
    this.#result = result;
    this.#running = running;
    this.#head.replaceChildren(h('p', { class: 'verdict' }, h('b', {}, figure(result.value)), h('span', {}, result.name), result.channel ? h('span', { class: 'quiet' }, 'mean of the channel') : ''),
      result.linear ? '' : h('p', { class: 'issue information' }, result.unsupported ? `Only the gradient at the input is known here, without bounds and a region: ${result.unsupported}.` : 'A smooth function stands before this neuron, so it is not linear anywhere: the map is its gradient at the input, and there are no region and no path condition.'));
    this.#drawInterval();
    // the maps stay as they are while the rest arrives
    if (!sameForm) this.#drawMaps();
    this.#drawFacts();
    this.#drawConditions();
  }

  #drawInterval(): void {
    const { bounds, options, value } = this.#result!;
    if (!bounds) return this.#interval.replaceChildren(h('p', { class: 'quiet' }, this.#running ? 'Bounds over the box: computing …' : ''));
    const { lower, upper } = bounds;
    const known = Number.isFinite(lower) && Number.isFinite(upper);
    const text = `Within ${figure(options.epsilon)} of the input it stays from ${figure(lower)} to ${figure(upper)}`;
    const note = upper <= 0 ? ': never above 0.' : lower > 0 ? ': always active.' : '.';
    this.#interval.replaceChildren(h('section', {}, h('h3', {}, 'Bounds over the box'), known ? scale(lower, upper, value, text) : '', h('p', {}, text + note)));
  }

  #drawMaps(): void {
    const { maps, input, elements, linear } = this.#result!;
    const explained = h('p', { class: 'quiet' }, this.#score === 'coefficient' && !linear ? 'The gradient: what the neuron gains at first for each unit that an input rises.' : words[this.#score]);
    if (!maps) return this.#maps.replaceChildren(explained, bars(elements.map(({ name, coefficient, contribution }) => ({ name, value: this.#score === 'coefficient' ? coefficient : this.#score === 'absolute' ? Math.abs(coefficient) : contribution }))));
    const shown = maps[this.#score === 'contribution' ? 'contribution' : 'coefficient'];
    const map = this.#score === 'absolute' ? { ...shown, values: shown.values.map(Math.abs) } : shown;
    const most = map.range[1];
    const reading = h('p', { class: 'quiet reading', 'aria-hidden': 'true' });
    const strongest = elements.slice(0, 3).map(({ name, coefficient }) => `${name} ${figure(coefficient)}`).join(', ');
    const canvas = heatCanvas(map, `Map over the input; strongest: ${strongest}`);
    canvas.addEventListener('pointermove', (event) => {
      const box = canvas.getBoundingClientRect();
      const [x, y] = [Math.floor(((event.clientX - box.left) / box.width) * map.width), Math.floor(((event.clientY - box.top) / box.height) * map.height)];
      if (x >= 0 && y >= 0 && x < map.width && y < map.height) reading.textContent = `row ${y}, column ${x}: ${figure(map.values[y * map.width + x])}`;
    });
    canvas.addEventListener('pointerleave', () => reading.textContent = '');
    this.#maps.replaceChildren(explained, h('div', { class: 'figures' },
      input ? h('figure', { class: 'sample' }, h('figcaption', {}, 'Input'), pictureCanvas(input, 'Input')) : '',
      h('figure', { class: 'sample' }, h('figcaption', {}, this.#score === 'contribution' ? 'Coefficient × input' : linear ? 'Coefficients' : 'Gradient'), canvas, legend(most, this.#score === 'absolute'), reading)));
  }

  #drawFacts(): void {
    const { linear, constant, reach, phases } = this.#result!;
    const rows: [string, string][] = [];
    if (linear) rows.push(['constant', figure(constant)]);
    if (!this.#result!.unsupported) rows.push(['ReLUs on the way', `${count(phases.active)} active, ${count(phases.inactive)} inactive`]);
    if (reach) {
      rows.push(['the form holds within', reach.radius === 0 ? '0: the input lies on the border of its region' : Number.isFinite(reach.radius) ? `${figure(reach.radius)} in every value` : 'every input']);
      const [least, most] = reach.along;
      if (Number.isFinite(least) || Number.isFinite(most)) rows.push(['along the input', `${Number.isFinite(least) ? figure(1 + least) : 'any'} to ${Number.isFinite(most) ? figure(1 + most) : 'any'} times its brightness`]);
    }
    this.#facts.replaceChildren(h('section', {}, h('h3', {}, linear ? 'The linear form' : 'The gradient'), h('dl', { class: 'pairs facts' }, ...rows.flatMap(([name, text]) => [h('dt', {}, name), h('dd', {}, text)]))));
  }

  #drawConditions(): void {
    const { conditions, bounding } = this.#result!;
    const bound = bounding ? bounding.settled + bounding.unsettled : 0;
    if (!conditions) return this.#conditions.replaceChildren();
    const shown = this.#all ? conditions : conditions.slice(0, LISTED);
    const told = conditionsTold(this.#result!);
    this.#conditions.replaceChildren(h('section', {}, h('h3', {}, 'Path condition'), h('p', { class: 'quiet' }, told),
      conditions.length === 0 ? '' : h('table', { class: 'conditions' },
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'ReLU'), h('th', { scope: 'col' }, 'Phase'), h('th', { scope: 'col', class: 'number' }, 'Value'), h('th', { scope: 'col', class: 'number' }, 'Turns at'))),
        h('tbody', {}, ...shown.map((condition, place) => this.#row(condition, place < bound)))),
      conditions.length > shown.length ? h('button', { type: 'button', class: 'link', onclick: () => {
        this.#all = true;
        this.#drawConditions();
      } }, `Show ${count(conditions.length - shown.length)} more`) : ''));
  }

  #row({ layer, operator, index, active, before, distance }: NeuronCondition, bounds: boolean): HTMLElement {
    const name = `${layer}[${index.join(',')}]`;
    return h('tr', { class: bounds ? 'bounding' : undefined },
      h('th', { scope: 'row', class: 'mono' }, operator === 'Relu' ? h('button', { type: 'button', class: 'link mono', title: `Explain ${name}`, onclick: () => this.#open({ kind: 'named', text: name }) }, name) : `${name} (${operator})`),
      h('td', {}, active ? 'active, > 0' : 'inactive, ≤ 0'), h('td', { class: 'number' }, figure(before)), h('td', { class: 'number' }, distance === undefined ? 'never' : figure(distance)));
  }
}

function conditionsTold({ bounding, options: { epsilon }, phases }: NeuronResult): string {
  if (!bounding) return 'The nearest of all conditions.';
  const { settled, unsettled } = bounding;
  if (settled + unsettled === 0) return `No condition can break within ${figure(epsilon)}: the form holds in the whole box.`;
  const all = `of ${count(phases.active + phases.inactive)}`;
  return unsettled === 0 ? `${plural(settled, 'condition')} ${all} bound${settled === 1 ? 's' : ''} the region within ${figure(epsilon)}; the others follow from them.`
    : `At most ${plural(settled + unsettled, 'condition')} ${all} bound the region within ${figure(epsilon)}; whether ${count(unsettled)} of them follow from others was not settled in time.`;
}

/** An interval on a number line with the value and zero marked. */
function scale(lower: number, upper: number, value: number, label: string): Element {
  const [least, most] = [Math.min(lower, value, 0), Math.max(upper, value, 0)];
  const span = most - least || 1;
  const at = (x: number) => 4 + (392 * (x - least)) / span;
  return svg('svg', { class: 'interval', viewBox: '0 0 400 28', role: 'img', 'aria-label': `${label}; here it is ${figure(value)}` },
    svg('line', { class: 'axis', x1: 4, x2: 396, y1: 14, y2: 14 }),
    svg('rect', { class: 'range', x: at(lower), width: Math.max(2, at(upper) - at(lower)), y: 9, height: 10, rx: 2 }),
    svg('line', { class: 'zero', x1: at(0), x2: at(0), y1: 3, y2: 25 }),
    svg('circle', { class: 'here', cx: at(value), cy: 14, r: 5 }));
}

function legend(most: number, onlyPositive: boolean): HTMLElement {
  const canvas = heatCanvas({ width: 64, height: 1, channels: 1, range: [-most, most], values: Float32Array.from({ length: 64 }, (_, k) => (onlyPositive ? (most * k) / 63 : most * ((2 * k) / 63 - 1))) }, 'Colours of the map');
  return h('div', { class: 'legend' }, canvas, h('div', { class: 'ends quiet' }, h('span', {}, onlyPositive ? '0' : figure(-most)), onlyPositive ? '' : h('span', {}, '0'), h('span', {}, figure(most))));
}

/** Signed bars about a common zero, with their names and figures. */
function bars(entries: readonly { readonly name: string; readonly value: number }[]): HTMLElement {
  const most = Math.max(...entries.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  return h('table', { class: 'scores signed' }, h('tbody', {}, ...[...entries].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).map(({ name, value }) => h('tr', {},
    h('th', { scope: 'row', class: 'mono' }, name),
    h('td', { class: 'bar' }, svg('svg', { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('rect', { class: 'track', width: 100, height: 8 }), svg('rect', { class: value < 0 ? 'down' : 'up', x: value < 0 ? 50 - (50 * -value) / most : 50, width: Math.max(0.5, (50 * Math.abs(value)) / most), height: 8 }))),
    h('td', { class: 'number' }, figure(value))))));
}
