import { h } from '../dom.ts';
import { countParameters } from '../../graph/rendering/layers.ts';
import { countText, keyConfiguration, outputShape, parameterCount, placeText } from '../model/describe.ts';
import { itemKind } from '../drawing/node.ts';
import type { Item, Outline } from '../model/outline.ts';
import { placeOf } from '../model/places.ts';
import { pick } from '../panel.ts';
import type { Panel } from '../panel.ts';

const rowHeight = 28;

/** The summary: layers with their output shapes and parameters, in the order of their calls. Only the rows in view are in the page. */
export class TableView {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #scroller: HTMLElement;
  readonly #rows = h('div', { class: 'rows', role: 'rowgroup' });
  readonly #totals = h('div', { class: 'totals' });
  #items: readonly Item[] = [];
  #outline: Outline | undefined;

  constructor(panel: Panel) {
    this.#panel = panel;
    const head = h('div', { class: 'row head', role: 'row' }, ...['Layer', 'Type', 'Configuration', 'Output shape', 'Parameters', 'Line'].map((title, index) => h('span', { role: 'columnheader', class: columns[index] }, title)));
    this.#scroller = h('div', { class: 'table', role: 'treegrid', 'aria-label': 'Summary of the model', tabindex: 0 }, head, this.#rows);
    this.element = h('section', { class: 'table-view', id: 'panel-table', role: 'tabpanel', 'aria-labelledby': 'tab-table' }, this.#scroller, this.#totals);
    this.#scroller.addEventListener('scroll', () => this.#draw());
    this.#scroller.addEventListener('keydown', (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.#scroller);
    panel.store.watch(['outline', 'issuesByKey'], () => this.#load());
    panel.store.watch(['selected', 'view'], () => {
      this.#reveal();
      this.#draw();
    });
  }

  #load(): void {
    const { outline } = this.#panel.store.state;
    this.#outline = outline;
    this.#items = outline ? [...layersOf(outline.root)] : [];
    this.#scroller.setAttribute('aria-rowcount', String(this.#items.length + 1));
    this.#rows.style.height = `${this.#items.length * rowHeight}px`;
    if (outline) {
      const totals = countParameters(outline.graph);
      this.#totals.replaceChildren(
        total('parameters', countText(totals.total)), total('trainable', countText(totals.trainable)), total('not trainable', countText(totals.nonTrainable)));
    } else this.#totals.replaceChildren();
    this.#draw();
  }

  #draw(): void {
    const outline = this.#outline;
    if (!outline || this.element.hidden) return this.#rows.replaceChildren();
    const { graph } = outline;
    const { selected, issuesByKey, document } = this.#panel.store.state;
    const first = Math.max(0, Math.floor(this.#scroller.scrollTop / rowHeight) - 10);
    const last = Math.min(this.#items.length, Math.ceil((this.#scroller.scrollTop + this.#scroller.clientHeight) / rowHeight) + 10);
    const base = outline.root.depth + 1;
    this.#rows.replaceChildren(...this.#items.slice(first, last).map((item, offset) => {
      const index = first + offset;
      const parameters = item.layer ? parameterCount(graph, item.layer.id) : 0;
      const place = placeOf(item, outline);
      const row = h('div', {
        class: `row kind-${itemKind(item)}`, role: 'row', id: `row-${index}`, 'aria-rowindex': index + 2, 'aria-level': item.depth - base + 1, 'aria-selected': String(item.key === selected),
        onclick: () => pick(this.#panel, item, { details: true }),
      },
        cell(0, h('span', { class: 'mark' }), item.name),
        cell(1, item.type), cell(2, keyConfiguration(item)), cell(3, outputShape(graph, item)),
        cell(4, parameters === 0 ? '' : countText(parameters)), cell(5, place && document ? place.file === document.file ? String(place.line) : placeText(place, document.file) : ''));
      row.style.top = `${index * rowHeight}px`;
      const name = row.firstElementChild as HTMLElement;
      name.style.paddingLeft = `${12 + 16 * Math.min(8, item.depth - base)}px`;
      const issues = issuesByKey.get(item.key);
      if (issues) {
        row.classList.add(`has-${issues[0].severity}`);
        row.title = issues.map(({ message }) => message).join('\n');
      }
      return row;
    }));
    const at = this.#items.findIndex(({ key }) => key === selected);
    this.#scroller.setAttribute('aria-activedescendant', at >= 0 ? `row-${at}` : '');
  }

  #reveal(): void {
    if (this.element.hidden) return;
    const at = this.#items.findIndex(({ key }) => key === this.#panel.store.state.selected);
    if (at < 0) return;
    const top = at * rowHeight;
    const { scrollTop, clientHeight } = this.#scroller;
    if (top < scrollTop || top + 2 * rowHeight > scrollTop + clientHeight) this.#scroller.scrollTop = top - clientHeight / 2;
  }

  #key(event: KeyboardEvent): void {
    const at = this.#items.findIndex(({ key }) => key === this.#panel.store.state.selected);
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / rowHeight) - 2);
    const to = event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? this.#items.length - 1
      : event.key === 'PageDown' ? at + page : event.key === 'PageUp' ? at - page : undefined;
    if (event.key === 'Enter' && at >= 0) pick(this.#panel, this.#items[at], { details: true });
    else if (event.key === 'Escape') this.#panel.store.update({ details: false });
    else if (to !== undefined && this.#items.length > 0) pick(this.#panel, this.#items[Math.max(0, Math.min(this.#items.length - 1, to))]);
    else return;
    event.preventDefault();
  }
}

const columns = ['layer', 'type', 'configuration', 'shape', 'amount', 'line'];

function cell(column: number, ...children: (Node | string)[]): HTMLElement {
  return h('span', { class: columns[column], role: 'gridcell' }, ...children);
}

function total(name: string, amount: string): HTMLElement {
  return h('span', {}, h('b', {}, amount), ` ${name}`);
}

/** The layers and, where a model is made of operators alone, the operators. */
function* layersOf(item: Item): Generator<Item> {
  const layers = item.children.some(({ kind }) => kind === 'layer');
  for (const child of item.children) {
    if (child.kind === 'layer' || child.kind === 'input' || (!layers && item.parent === undefined && child.kind === 'operator')) yield child;
    if (child.group) yield* layersOf(child);
  }
}
