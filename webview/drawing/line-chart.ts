import { h, svg } from '../dom.ts';

export interface Point {
  readonly x: number;
  /** From 0 to 1. */
  readonly y: number;
}

const WIDTH = 480;
const HEIGHT = 120;

/** A share over time as a line, from 0 to 100 %, with the ends of both scales written beside it. */
export function shareOverTime(points: readonly Point[], label: string): HTMLElement {
  const end = Math.max(points.at(-1)?.x ?? 0, 1e-3);
  const at = ({ x, y }: Point): string => `${((x / end) * WIDTH).toFixed(1)} ${((1 - y) * HEIGHT).toFixed(1)}`;
  // between two points the coverage stood still: steps, not slopes
  const line = points.map((point, k) => (k === 0 ? `M${at(point)}` : `L${((point.x / end) * WIDTH).toFixed(1)} ${((1 - points[k - 1].y) * HEIGHT).toFixed(1)}L${at(point)}`)).join('');
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => `M0 ${share * HEIGHT}H${WIDTH}`).join('');
  return h('figure', { class: 'line-chart' },
    h('span', { class: 'scale', 'aria-hidden': 'true' }, h('span', {}, '100 %'), h('span', {}, '50 %'), h('span', {}, '0 %')),
    svg('svg', { viewBox: `0 -2 ${WIDTH} ${HEIGHT + 4}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
      svg('path', { class: 'grid', d: grid }), svg('path', { class: 'line', d: line })),
    h('figcaption', { 'aria-hidden': 'true' }, h('span', {}, '0 s'), h('span', {}, `${end.toFixed(1)} s`)));
}
