import { h, svg } from '../dom.ts';
import { figure } from '../model/describe.ts';
import type { Picture } from '../messages.ts';

type Colour = readonly [red: number, green: number, blue: number];

/** A theme colour as numbers, so that pixels can be mixed from it. */
function colour(variable: string): Colour {
  const probe = h('span', {});
  probe.style.color = `var(${variable})`;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/[\d.]+/g)?.map(Number) ?? [128, 128, 128];
  probe.remove();
  return [parts[0], parts[1], parts[2]];
}

export interface Ramp {
  /** The colour of a value, written at `at` of an RGBA array. */
  paint(value: number, into: Uint8ClampedArray, at: number): void;
}

/** From orange through the paper to blue; NaN and infinities in red. */
export function signedRamp(most: number): Ramp {
  const low = colour('--vscode-charts-orange');
  const high = colour('--vscode-charts-blue');
  const zero = colour('--vscode-editor-background');
  const broken = colour('--vscode-charts-red');
  return {
    paint(value, into, at) {
      const share = Math.min(1, Math.abs(value) / (most || 1));
      const end = Number.isFinite(value) ? value < 0 ? low : high : broken;
      const mix = Number.isFinite(value) ? share : 1;
      for (let part = 0; part < 3; part++) into[at + part] = zero[part] + (end[part] - zero[part]) * mix;
      into[at + 3] = 255;
    },
  };
}

/** Pixels of a picture at its own size; the style sheet scales it without smoothing. */
export function pictureCanvas({ width, height, channels, range: [low, high], values }: Picture, label: string): HTMLCanvasElement {
  const canvas = pixels(width, height, label, (data) => {
    for (let index = 0; index < width * height; index++) {
      for (let part = 0; part < 3; part++) data[4 * index + part] = 255 * (values[index * channels + (channels === 3 ? part : 0)] - low) / (high - low || 1);
      data[4 * index + 3] = 255;
    }
  });
  return canvas;
}

/** Where and how much two pictures differ: signed, and amplified so that the largest change is seen in full. */
export function differenceCanvas(from: Picture, to: Picture, label: string): { canvas: HTMLCanvasElement; largest: number } {
  const { width, height, channels } = from;
  const difference = new Float32Array(width * height);
  let largest = 0;
  for (let index = 0; index < width * height; index++) {
    for (let part = 0; part < channels; part++) {
      const change = to.values[index * channels + part] - from.values[index * channels + part];
      if (Math.abs(change) > Math.abs(difference[index])) difference[index] = change;
    }
    largest = Math.max(largest, Math.abs(difference[index]));
  }
  const ramp = signedRamp(largest);
  const canvas = pixels(width, height, label, (data) => difference.forEach((value, index) => ramp.paint(value, data, 4 * index)));
  return { canvas, largest };
}

/** A signed map of one channel, its range symmetric about zero. */
export function heatCanvas({ width, height, values, range: [, most] }: Picture, label: string): HTMLCanvasElement {
  const ramp = signedRamp(most);
  return pixels(width, height, label, (data) => values.forEach((value, index) => ramp.paint(value, data, 4 * index)));
}

/** A square matrix of values from -1 to 1. */
export function matrixCanvas(size: number, value: (row: number, column: number) => number, label: string): HTMLCanvasElement {
  return tiles({ count: 1, columns: 1, width: size, height: size, value: (_, x, y) => value(y, x), most: 1, label });
}

/** A matrix, or several of one size beside one another with a pixel's gap. */
export function tiles({ count, columns, width, height, value, most, label }: {
  count: number; columns: number; width: number; height: number; value: (tile: number, x: number, y: number) => number; most: number; label: string;
}): HTMLCanvasElement {
  const gap = count > 1 ? 1 : 0;
  const rows = Math.ceil(count / columns);
  const across = columns * (width + gap) - gap;
  const ramp = signedRamp(most);
  return pixels(across, rows * (height + gap) - gap, label, (data) => {
    for (let tile = 0; tile < count; tile++) {
      const left = (tile % columns) * (width + gap);
      const top = Math.floor(tile / columns) * (height + gap);
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) ramp.paint(value(tile, x, y), data, 4 * ((top + y) * across + left + x));
    }
  });
}

function pixels(width: number, height: number, label: string, paint: (data: Uint8ClampedArray) => void): HTMLCanvasElement {
  const canvas = h('canvas', { class: 'pixels', width, height, role: 'img', 'aria-label': label });
  const context = canvas.getContext('2d');
  const image = context?.createImageData(width, height);
  if (context && image) {
    paint(image.data);
    context.putImageData(image, 0, 0);
  }
  return canvas;
}

/** A vector as bars from the zero line. */
export function barChart(values: ArrayLike<number>, label: string): SVGSVGElement {
  const height = 96;
  const finite = Array.from(values).filter(Number.isFinite);
  const top = Math.max(0, ...finite);
  const bottom = Math.min(0, ...finite);
  const span = top - bottom || 1;
  const zero = (top / span) * height;
  const step = Math.max(1, 256 / values.length);
  let up = '';
  let down = '';
  Array.from(values).forEach((value, index) => {
    if (!Number.isFinite(value) || value === 0) return;
    const size = (Math.abs(value) / span) * height;
    const bar = `M${index * step} ${value > 0 ? zero - size : zero}h${Math.max(0.5, step - (step > 3 ? 1 : 0))}v${size}h-${Math.max(0.5, step - (step > 3 ? 1 : 0))}z`;
    if (value > 0) up += bar;
    else down += bar;
  });
  return svg('svg', { class: 'chart', viewBox: `0 0 ${values.length * step} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    svg('path', { class: 'up', d: up }), svg('path', { class: 'down', d: down }), svg('path', { class: 'axis', d: `M0 ${zero}H${values.length * step}` }));
}

/** Counts in equal bins, with the ends of the scale written below. */
export function histogram(counts: readonly number[], low: number, high: number): HTMLElement {
  const most = Math.max(1, ...counts);
  // roots, so that the one bin of all the zeros does not flatten the rest
  const d = counts.map((amount, index) => amount === 0 ? '' : `M${index * 4} 48v-${Math.max(1, Math.sqrt(amount / most) * 48)}h3v${Math.max(1, Math.sqrt(amount / most) * 48)}z`).join('');
  return h('figure', { class: 'histogram' },
    svg('svg', { class: 'chart', viewBox: `0 0 ${counts.length * 4} 48`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `Histogram from ${figure(low)} to ${figure(high)}` }, svg('path', { class: 'up', d })),
    h('figcaption', {}, h('span', {}, figure(low)), h('span', {}, figure(high))));
}

/** A histogram the size of a word. */
export function spark(counts: readonly number[], label: string): SVGSVGElement {
  const most = Math.max(1, ...counts);
  const d = counts.map((amount, index) => amount === 0 ? '' : `M${index * 4} 16v-${Math.max(1, Math.sqrt(amount / most) * 16)}h3v${Math.max(1, Math.sqrt(amount / most) * 16)}z`).join('');
  return svg('svg', { class: 'spark', viewBox: `0 0 ${counts.length * 4} 16`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `Histogram ${label}` }, svg('title', {}, label), svg('path', { class: 'up', d }));
}
