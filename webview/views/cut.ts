import { announce, h } from '../dom.ts';
import { button } from '../controls.ts';
import type { Item } from '../model/outline.ts';
import type { Panel } from '../panel.ts';

/** Which end of a new model an item is. */
export type End = 'from' | 'to';

/** Makes the item the beginning or the end of a new model; what is that already is that no longer. */
export function markCut({ store }: Panel, item: Item, end: End): void {
  const { cut } = store.state;
  const { [end]: before, ...rest } = cut;
  const marked = before !== item.key;
  store.update({ cut: marked ? { ...rest, [end]: item.key } : rest });
  announce(`The new model ${end === 'from' ? 'begins' : 'ends'} ${marked ? `with ${item.type} ${item.name}` : end === 'from' ? 'with the inputs' : 'with the outputs'}`);
}

/** Inputs and outputs are ends already. */
export function canCut({ kind, parent }: Item): boolean {
  return kind !== 'input' && kind !== 'output' && parent !== undefined;
}

/** Cutting a new model out: what it begins and ends with, and saving it. */
export function cutSection(panel: Panel, item: Item): HTMLElement | undefined {
  const { store, host } = panel;
  const { cut, outline, document, model } = store.state;
  if (!outline || !document || !canCut(item)) return undefined;
  const of = (key: string | undefined): Item | undefined => (key === undefined ? undefined : outline.byKey.get(key));
  const [from, to] = [of(cut.from), of(cut.to)];
  const mark = (end: End, label: string): HTMLElement => {
    const element = button({ label, press: () => markCut(panel, item, end) }).element;
    element.setAttribute('aria-pressed', String(cut[end] === item.key));
    return element;
  };
  const named = (end: Item | undefined, otherwise: string): string => (end ? `${end.type} ${end.layer?.path || end.name}` : otherwise);
  const save = (): void => {
    const begins = from?.scope?.inputs.filter((id) => outline.graph.values[id].parameter === undefined && outline.graph.values[id].constant === undefined) ?? from?.inputs ?? [];
    host.post({ type: 'saveCut', version: document.version, model, from: begins, to: to?.scope?.outputs ?? to?.outputs ?? [], name: `${outline.graph.name}_part` });
  };
  return h('section', { class: 'cut' }, h('h3', {}, 'Cut a new model out'),
    h('div', { class: 'row' }, mark('from', cut.from === item.key ? 'Begins here ✓' : 'Begin here ([)'), mark('to', cut.to === item.key ? 'Ends here ✓' : 'End here (])')),
    from || to ? h('p', { class: 'quiet' }, `From ${named(from, 'the inputs')} to ${named(to, 'the outputs')}, both with it, with the weights that are chosen.`) : '',
    from || to ? h('div', { class: 'row' }, button({ label: 'Save as ONNX …', kind: 'primary', press: save }).element) : '');
}
