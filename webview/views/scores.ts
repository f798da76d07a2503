import { h, svg } from '../dom.ts';
import { figure } from '../model/describe.ts';
import type { Scores } from '../messages.ts';

/** The name of a class: its label, or its number. */
export function className(scores: Pick<Scores, 'labels'>, index: number): string {
  return scores.labels?.[index] ?? String(index);
}

/** Class scores as bars, the top one marked; many classes are cut to the best. */
export function scoreBars(scores: Scores, { most = 10, ranked = scores.values.length > most }: { most?: number; ranked?: boolean } = {}): HTMLElement {
  const { values, top, kind } = scores;
  let order = values.map((_, index) => index);
  if (ranked) order = order.sort((a, b) => values[b] - values[a]);
  order = order.slice(0, most);
  const high = kind === 'probabilities' ? 1 : Math.max(0, ...values);
  const low = kind === 'probabilities' ? 0 : Math.min(0, ...values);
  const span = high - low || 1;
  return h('table', { class: 'scores' },
    h('caption', { class: 'hidden' }, kind === 'probabilities' ? 'Probabilities by class' : 'Scores by class'),
    h('tbody', {}, ...order.map((index) => h('tr', { class: index === top ? 'best' : undefined },
      h('th', { scope: 'row' }, className(scores, index)),
      h('td', { class: 'bar' }, svg('svg', { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        svg('rect', { class: 'track', width: 100, height: 8 }),
        svg('rect', { class: 'value', x: (100 * (Math.min(0, values[index]) - low)) / span, width: Math.max(0.5, (100 * Math.abs(values[index])) / span), height: 8 }))),
      h('td', { class: 'number' }, kind === 'probabilities' ? percent(values[index]) : figure(values[index]))))));
}

function percent(value: number): string {
  if (!Number.isFinite(value)) return figure(value);
  return value > 0 && value < 0.0005 ? '< 0.1 %' : `${(100 * value).toFixed(1)} %`;
}
