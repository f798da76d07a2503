import { h } from '../dom.ts';
import { button } from '../controls.ts';

const keys: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['↑', '↓'], 'Follow the edges'], [['←', '→'], 'To the neighbour beside'], [['Home', 'End'], 'First and last layer'],
  [['Enter'], 'Open a group, or the details of a layer'], [['Space'], 'Expand and collapse, also a layer into its operators'], [['Esc'], 'One step out'],
  [['[', ']'], 'A new model begins, ends here'],
  [['/'], 'Search by name, type or shape'], [['+', '−'], 'Zoom'], [['0'], 'Fit all'], [['1'], 'Life size'], [['Ctrl + arrows'], 'Move the view'],
];

/** The keys of the graph, to look up. */
export function keysDialog(): HTMLDialogElement {
  const dialog = h('dialog', { 'aria-label': 'Keys of the graph' },
    h('h2', {}, 'Keys'),
    h('dl', {}, ...keys.flatMap(([names, what]) => [h('dt', {}, ...names.flatMap((name, index) => [index > 0 ? ' ' : '', h('kbd', {}, name)])), h('dd', {}, what)])),
    button({ label: 'Close', press: () => dialog.close() }).element);
  return dialog;
}
