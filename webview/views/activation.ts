import { h } from '../dom.ts';
import { button, iconButton } from '../controls.ts';
import { barChart, histogram, tiles } from '../drawing/plots.ts';
import { start } from '../jobs.ts';
import type { RunResult, TensorStatistics, WindowMessage } from '../messages.ts';
import { count, figure } from '../model/describe.ts';
import type { Item } from '../model/outline.ts';
import type { Panel } from '../panel.ts';

type Available = RunResult['available'][number];

/** The most elements that one window holds. */
const mostElements = 65_536;
const mostChannels = 64;

/** A part of a tensor that makes one picture: how it is laid out in the window's values. */
interface Cut {
  readonly start: number[];
  readonly size: number[];
  /** Axes, in the tensor, of what runs over tiles, down and across; -1 where there is none. */
  readonly axes: { readonly tile: number; readonly down: number; readonly across: number };
  /** The axis along which one goes on to the next part, and by how much; -1 where there is only one. */
  readonly paged: number;
  readonly step: number;
}

/** What a layer computed in the last run: images of channels, a heat map or bars, with statistics. Asked for when it is looked at, a window at a time. */
export class ActivationView {
  readonly #panel: Panel;
  #element = h('section', { class: 'activation', hidden: true });
  #shown = '';

  constructor(panel: Panel) {
    this.#panel = panel;
  }

  show(item: Item): HTMLElement {
    const { run, outline } = this.#panel.store.state;
    const value = item.kind === 'output' ? item.inputs[0] : (item.scope?.outputs ?? item.outputs)[0];
    const available = run?.result && run.graph === outline?.graph ? run.result.available.find((other) => other.value === value) : undefined;
    const key = available && run ? `${run.request.job}|${value}` : '';
    if (key === this.#shown) return this.#element;
    this.#shown = key;
    this.#element = h('section', { class: 'activation', hidden: key === '' });
    if (available && run) void this.#load(this.#element, available, run.request.job, 0);
    return this.#element;
  }

  async #load(element: HTMLElement, available: Available, job: number, first: number): Promise<void> {
    const cut = cutOf(available.shape, this.#channelsLast(), first);
    const title = h('h3', {}, 'Activation');
    const { paged } = cut;
    if (element.childElementCount === 0) element.replaceChildren(title, h('p', { class: 'quiet' }, 'Reading …'));
    try {
      const answer = await this.#panel.host.window({ job, value: available.value, start: cut.start, size: cut.size, statistics: first === 0 || element.querySelector('.statistics') === null });
      const statistics = answer.statistics ? statisticsElement(answer.statistics) : element.querySelector('.statistics') ?? '';
      element.replaceChildren(title, drawCut(cut, answer), paged >= 0 ? this.#pager(element, available, job, cut) : '', statistics);
    } catch (error) {
      element.replaceChildren(title, h('p', { class: 'quiet' }, error instanceof Error ? error.message : String(error)),
        h('div', { class: 'row' }, button({ label: 'Run again', icon: 'run', press: () => start(this.#panel, 'run', {}) }).element));
    }
  }

  /** What part is shown, with the way to the parts before and after. */
  #pager(element: HTMLElement, available: Available, job: number, { axes, start, size, paged, step }: Cut): HTMLElement {
    const noun = axes.tile >= 0 ? 'channels' : axes.down >= 0 ? 'rows' : 'values';
    const all = available.shape[paged];
    const first = start[paged];
    const last = first + size[paged];
    const cropped = [axes.down, axes.across].some((axis) => axis >= 0 && axis !== paged && size[axis] < available.shape[axis]);
    const note = cropped ? `, their first ${size[axes.across]} columns` : '';
    if (size[paged] === all) return h('p', { class: 'quiet' }, `${count(all)} ${noun}${note}`);
    const go = (to: number): void => void this.#load(element, available, job, to);
    const back = iconButton({ label: `Earlier ${noun}`, icon: 'previous', press: () => go(Math.max(0, first - step)) });
    const on = iconButton({ label: `Later ${noun}`, icon: 'next', press: () => go(last) });
    back.disabled = first === 0;
    on.disabled = last >= all;
    return h('div', { class: 'row quiet' }, `${noun} ${count(first)} to ${count(last - 1)} of ${count(all)}${note}`, back, on);
  }

  /** Images of Keras and TensorFlow have their channels last unless the layer says otherwise. */
  #channelsLast(): boolean {
    const { outline } = this.#panel.store.state;
    const framework = outline?.graph.framework;
    return (framework === 'keras' || framework === 'tensorflow' || framework === 'tflite')
      && this.#panel.store.selectedItem?.layer?.configuration['data_format'] !== 'channels_first';
  }
}

function cutOf(shape: readonly number[], channelsLast: boolean, first: number): Cut {
  const rank = shape.length;
  const start = shape.map(() => 0);
  const size = shape.map(() => 1);
  const turn = (axis: number, most: number): number => {
    start[axis] = Math.min(first, Math.max(0, shape[axis] - 1));
    size[axis] = Math.min(most, shape[axis] - start[axis]);
    return most;
  };
  if (rank <= 2 || (rank === 3 && (shape[1] === 1 || shape[2] === 1))) {
    const across = rank === 0 ? -1 : shape.indexOf(Math.max(...shape));
    return { start, size, axes: { tile: -1, down: -1, across }, paged: across, step: across < 0 ? 0 : turn(across, 1024) };
  }
  if (rank === 3) {
    size[2] = Math.min(shape[2], 256);
    return { start, size, axes: { tile: -1, down: 1, across: 2 }, paged: 1, step: turn(1, 256) };
  }
  const [tile, down, across] = channelsLast ? [rank - 1, rank - 3, rank - 2] : [rank - 3, rank - 2, rank - 1];
  size[down] = Math.min(shape[down], 256);
  size[across] = Math.min(shape[across], 256);
  const most = Math.max(1, Math.min(mostChannels, Math.floor(mostElements / (size[down] * size[across]))));
  return { start, size, axes: { tile, down, across }, paged: tile, step: turn(tile, most) };
}

function drawCut({ start, size, axes }: Cut, { values }: WindowMessage): Element {
  const first = (axis: number): number => axis < 0 ? 0 : start[axis];
  const stride = size.map((_, axis) => size.slice(axis + 1).reduce((product, length) => product * length, 1));
  if (axes.down < 0) return h('div', { class: 'plot' }, barChart(values, `${values.length} values`));
  const [height, width] = [size[axes.down], size[axes.across]];
  const number = axes.tile < 0 ? 1 : size[axes.tile];
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  // about square tiles in rows that fill the panel's width
  const columns = number === 1 ? 1 : Math.min(number, Math.max(2, Math.min(8, Math.round(272 / Math.max(width, 34)))));
  const value = (tile: number, x: number, y: number): number => values[(axes.tile < 0 ? 0 : tile * stride[axes.tile]) + y * stride[axes.down] + x * stride[axes.across]];
  const canvas = tiles({ count: number, columns, width, height, value, most, label: number === 1 ? `Heat map, ${height} by ${width}` : `${number} channels, ${height} by ${width} each` });
  const reading = h('p', { class: 'quiet reading', 'aria-hidden': 'true' });
  canvas.addEventListener('pointermove', (event) => {
    const box = canvas.getBoundingClientRect();
    const px = Math.floor(((event.clientX - box.left) / box.width) * canvas.width);
    const py = Math.floor(((event.clientY - box.top) / box.height) * canvas.height);
    const gap = number > 1 ? 1 : 0;
    const [column, row] = [Math.floor(px / (width + gap)), Math.floor(py / (height + gap))];
    const [x, y, tile] = [px % (width + gap), py % (height + gap), row * columns + column];
    reading.textContent = x < width && y < height && tile < number ? `${axes.tile < 0 ? '' : `channel ${first(axes.tile) + tile} `}[${first(axes.down) + y}, ${first(axes.across) + x}] = ${figure(value(tile, x, y))}` : '';
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
