import { h } from '../dom.ts';
import { differenceCanvas, pictureCanvas } from '../drawing/plots.ts';
import type { AttackResult } from '../messages.ts';
import { figure } from '../model/describe.ts';
import { className, scoreBars } from './scores.ts';

export const norms = { linf: 'L∞', l2: 'L2', l0: 'L0' } as const;

/** The original beside the adversarial input, and what is different in their pictures. */
export function comparison(original: AttackResult['original'], adversarial: AttackResult['adversarial']): HTMLElement {
  const figures: HTMLElement[] = [sample('Original', original)];
  if (adversarial) {
    figures.push(sample('Adversarial', adversarial));
    if (original.picture && adversarial.picture) {
      const { canvas, largest } = differenceCanvas(original.picture, adversarial.picture, 'Difference between the original and the adversarial input');
      const span = original.picture.range[1] - original.picture.range[0];
      figures.push(h('figure', { class: 'sample' }, h('figcaption', {}, 'Difference'), canvas,
        h('p', { class: 'quiet' }, `Amplified ${figure(Number((span / (largest || span)).toPrecision(2)))} times; `, h('span', { class: 'swatch up' }), ' more, ', h('span', { class: 'swatch down' }), ` less; at most ${figure(largest)}.`)));
    }
  }
  return h('div', { class: 'figures' }, ...figures);
}

function sample(title: string, { scores, picture }: AttackResult['original']): HTMLElement {
  const label = className(scores, scores.top);
  return h('figure', { class: 'sample' }, h('figcaption', {}, title, h('b', {}, label)), picture ? pictureCanvas(picture, `${title} input, classified as ${label}`) : '', scoreBars(scores, { most: 5, ranked: true }));
}
