import { h } from '../dom.ts';
import { button, iconButton } from '../controls.ts';
import { barChart, histogram, tiles } from '../drawing/plots.ts';
import type { TensorStatistics, WindowMessage, WindowRequest } from '../messages.ts';
import { count, figure } from '../model/describe.ts';
import type { Panel } from '../panel.ts';

/** The most elements that one window holds. */
const mostElements = 65_536;
const mostTiles = 64;
/** The most that a picture shows along one of its own sides. */
const mostAcross = 256;
const mostBars = 1024;

/** Axes of a tensor: what runs over tiles, down and across; -1 where there is none. */
export interface Axes {
  readonly tile: number;
  readonly down: number;
  readonly across: number;
}

/** A part of a tensor that makes one picture: how it is laid out in the window's values. */
interface Cut {
  readonly start: number[];
  readonly size: number[];
  readonly axes: Axes;
  /** The axis along which one goes on to the next part, and by how much; -1 where there is only one. */
  readonly paged: number;
  readonly step: number;
}

export interface ShownTensor {
  readonly title: string;
  readonly source: WindowRequest['source'];
  readonly value: number;
  readonly shape: readonly number[];
  readonly axes: Axes;
  /** What runs over the tiles: `channels`. */
  readonly tiles: string;
  /** What may help where it cannot be read. */
  readonly retry?: { readonly label: string; readonly press: () => void };
  /** Called with the index of the element that is clicked. */
  readonly choose?: (index: readonly number[]) => void;
}

/** One tensor as images, a heat map or bars, with its statistics. Read when it is made, a window at a time. */
export class TensorView {
  readonly element = h('section', { class: 'activation' });
  readonly #panel: Panel;
  readonly #tensor: ShownTensor;
  #statistics: HTMLElement | undefined;

  constructor(panel: Panel, tensor: ShownTensor) {
    this.#panel = panel;
    this.#tensor = tensor;
    this.element.append(h('h3', {}, tensor.title), h('p', { class: 'quiet' }, 'Reading …'));
    void this.#load(0);
  }

  async #load(first: number): Promise<void> {
    const { title, source, value, shape, axes, retry } = this.#tensor;
    const cut = cutOf(shape, axes, first);
    try {
      const answer = await this.#panel.host.window({ source, value, start: cut.start, size: cut.size, statistics: this.#statistics === undefined });
      if (answer.statistics) this.#statistics = statisticsElement(answer.statistics);
      this.element.replaceChildren(h('h3', {}, title), drawCut(cut, answer, this.#tensor.tiles, this.#tensor.choose), cut.paged >= 0 ? this.#pager(cut) : '', this.#statistics ?? '');
    } catch (error) {
      this.element.replaceChildren(h('h3', {}, title), h('p', { class: 'quiet' }, error instanceof Error ? error.message : String(error)),
        retry ? h('div', { class: 'row' }, button({ label: retry.label, icon: 'run', press: retry.press }).element) : '');
    }
  }

  /** What part is shown, with the way to the parts before and after. */
  #pager({ axes, start, size, paged, step }: Cut): HTMLElement {
    const { shape, tiles: tileNoun } = this.#tensor;
    const noun = axes.tile >= 0 ? tileNoun : axes.down >= 0 ? 'rows' : 'values';
    const all = shape[paged];
    const first = start[paged];
    const last = first + size[paged];
    const cropped = [axes.down, axes.across].some((axis) => axis >= 0 && axis !== paged && size[axis] < shape[axis]);
    const note = cropped ? `, their first ${size[axes.across]} columns` : '';
    if (size[paged] === all) return h('p', { class: 'quiet' }, `${count(all)} ${noun}${note}`);
    const go = (to: number): void => void this.#load(to);
    const back = iconButton({ label: `Earlier ${noun}`, icon: 'previous', press: () => go(Math.max(0, first - step)) });
    const on = iconButton({ label: `Later ${noun}`, icon: 'next', press: () => go(last) });
    back.disabled = first === 0;
    on.disabled = last >= all;
    return h('div', { class: 'row quiet' }, `${noun} ${count(first)} to ${count(last - 1)} of ${count(all)}${note}`, back, on);
  }
}

/** The part that begins at `first` along the axis that is paged: tiles before rows before bars. */
function cutOf(shape: readonly number[], axes: Axes, first: number): Cut {
  const start = shape.map(() => 0);
  const size = shape.map(() => 1);
  for (const axis of [axes.down, axes.across]) if (axis >= 0) size[axis] = Math.min(shape[axis], mostAcross);
  const paged = axes.tile >= 0 ? axes.tile : axes.down >= 0 ? axes.down : axes.across;
  if (paged < 0) return { start, size, axes, paged, step: 0 };
  const step = axes.tile >= 0 ? Math.max(1, Math.min(mostTiles, Math.floor(mostElements / (size[axes.down] * size[axes.across])))) : axes.down >= 0 ? mostAcross : mostBars;
  start[paged] = Math.min(first, Math.max(0, shape[paged] - 1));
  size[paged] = Math.min(step, shape[paged] - start[paged]);
  return { start, size, axes, paged, step };
}

function drawCut({ start, size, axes }: Cut, { values }: WindowMessage, noun: string, choose?: (index: readonly number[]) => void): Element {
  const first = (axis: number): number => axis < 0 ? 0 : start[axis];
  const stride = size.map((_, axis) => size.slice(axis + 1).reduce((product, length) => product * length, 1));
  /** The index with these places along the drawn axes. */
  const index = (tile: number, y: number, x: number): number[] => start.map((at, axis) => at + (axis === axes.tile ? tile : axis === axes.down ? y : axis === axes.across ? x : 0));
  if (axes.down < 0) {
    const chart = barChart(values, `${values.length} values`);
    if (choose) {
      chart.classList.add('choosable');
      chart.addEventListener('click', (event) => {
        const box = chart.getBoundingClientRect();
        choose(index(0, 0, Math.min(values.length - 1, Math.floor(((event.clientX - box.left) / box.width) * values.length))));
      });
    }
    return h('div', { class: 'plot' }, chart);
  }
  const [height, width] = [size[axes.down], size[axes.across]];
  const number = axes.tile < 0 ? 1 : size[axes.tile];
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  // about square tiles in rows that fill the panel's width
  const columns = number === 1 ? 1 : Math.min(number, Math.max(2, Math.min(8, Math.round(272 / Math.max(width, 34)))));
  const value = (tile: number, x: number, y: number): number => values[(axes.tile < 0 ? 0 : tile * stride[axes.tile]) + y * stride[axes.down] + x * stride[axes.across]];
  const canvas = tiles({ count: number, columns, width, height, value, most, label: number === 1 ? `Heat map, ${height} by ${width}` : `${number} ${noun}, ${height} by ${width} each` });
  const reading = h('p', { class: 'quiet reading', 'aria-hidden': 'true' });
  const under = ({ clientX, clientY }: PointerEvent | MouseEvent): { x: number; y: number; tile: number } | undefined => {
    const box = canvas.getBoundingClientRect();
    const px = Math.floor(((clientX - box.left) / box.width) * canvas.width);
    const py = Math.floor(((clientY - box.top) / box.height) * canvas.height);
    const gap = number > 1 ? 1 : 0;
    const [column, row] = [Math.floor(px / (width + gap)), Math.floor(py / (height + gap))];
    const [x, y, tile] = [px % (width + gap), py % (height + gap), row * columns + column];
    return x < width && y < height && tile < number ? { x, y, tile } : undefined;
  };
  if (choose) {
    canvas.classList.add('choosable');
    canvas.addEventListener('click', (event) => {
      const found = under(event);
      if (found) choose(index(found.tile, found.y, found.x));
    });
  }
  canvas.addEventListener('pointermove', (event) => {
    const found = under(event);
    const { x, y, tile } = found ?? { x: 0, y: 0, tile: 0 };
    reading.textContent = found ? `${axes.tile < 0 ? '' : `${noun.replace(/s$/, '')} ${first(axes.tile) + tile} `}[${first(axes.down) + y}, ${first(axes.across) + x}] = ${figure(value(tile, x, y))}` : '';
  });
  return h('div', { class: 'plot' }, canvas, reading);
}

function statisticsElement(statistics: TensorStatistics): HTMLElement {
  const { count: all, minimum, maximum, mean, deviation, zeros, notANumber, infinite } = statistics;
  const rows: [string, string][] = [['minimum', figure(minimum)], ['maximum', figure(maximum)], ['mean', figure(mean)], ['deviation', figure(deviation)], ['zeros', `${figure((100 * zeros) / Math.max(1, all))} %`]];
  const broken = [notANumber > 0 ? `${count(notANumber)} values are NaN` : '', infinite > 0 ? `${count(infinite)} are infinite` : ''].filter((part) => part !== '');
  return h('div', { class: 'statistics' },
    broken.length > 0 && h('p', { class: 'issue error' }, `${broken.join(' and ')}.`),
    histogram(statistics.histogram, minimum, maximum),
    h('dl', { class: 'pairs' }, ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])));
}
