import { h } from '../dom.ts';
import { matrixCanvas } from '../drawing/plots.ts';
import { plural } from '../model/describe.ts';

/** With more classes than this the matrix is a picture, and its largest mistakes are a list. */
const MOST_CELLS = 26;

/** A confusion matrix: the true classes down, the predicted ones across; the more of a row, the deeper its colour. */
export function confusionTable(classes: readonly string[], confusion: readonly (readonly number[])[]): HTMLElement {
  if (classes.length > MOST_CELLS) return h('div', {}, shares(classes, confusion), mistakes(classes, confusion));
  return h('div', { class: 'confusion-scroll', tabindex: 0, role: 'region', 'aria-label': 'Confusion matrix' }, h('table', { class: 'confusion' },
    h('caption', { class: 'hidden' }, 'Confusion matrix: true classes in rows, predicted classes in columns'),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'corner' }, 'true \\ predicted'), ...classes.map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, ...confusion.map((row, label) => {
      const sum = row.reduce((a, b) => a + b, 0);
      return h('tr', {}, h('th', { scope: 'row' }, classes[label]), ...row.map((amount, predicted) => {
        const cell = h('td', { class: amount === 0 ? 'none' : predicted === label ? 'right' : 'wrong', title: `${plural(amount, 'example')} of class ${classes[label]} classified as ${classes[predicted]}` }, String(amount));
        if (amount > 0) cell.style.setProperty('--share', `${Math.round(8 + (72 * amount) / sum)}%`);
        return cell;
      }));
    }))));
}

function shares(classes: readonly string[], confusion: readonly (readonly number[])[]): HTMLElement {
  const sums = confusion.map((row) => row.reduce((a, b) => a + b, 0) || 1);
  return h('div', { class: 'plot' }, matrixCanvas(classes.length, (row, column) => (confusion[row][column] / sums[row]) * (row === column ? 1 : -1), 'Confusion matrix: right ones in blue, mistakes in orange'));
}

function mistakes(classes: readonly string[], confusion: readonly (readonly number[])[]): HTMLElement {
  const found = confusion.flatMap((row, label) => row.flatMap((amount, predicted) => (amount > 0 && predicted !== label ? [{ label, predicted, amount }] : []))).sort((a, b) => b.amount - a.amount).slice(0, 20);
  return h('ul', { class: 'links' }, ...found.map(({ label, predicted, amount }) => h('li', {}, h('b', {}, String(amount)), h('span', {}, `${classes[label]} taken for ${classes[predicted]}`))));
}
