import { announce, h } from '../dom.ts';
import { segments } from '../controls.ts';
import type { LayerGraph } from '../../graph/graph.ts';
import { countParameters } from '../../graph/rendering/layers.ts';
import type { CostResult } from '../messages.ts';
import { bytes, countText, short } from '../model/describe.ts';
import { itemKind } from '../drawing/node.ts';
import type { Item } from '../model/outline.ts';
import { pick } from '../panel.ts';
import type { Panel } from '../panel.ts';
import type { TableColumns } from '../state.ts';
import type { Column } from './columns.ts';
import { costs, structure, values } from './columns.ts';
import { TableTools } from './table-tools.ts';

const rowHeight = 28;

/** The layers in the order of their calls, with what the program says of them, what they cost, or what the last run computed. Only the rows in view are in the page. */
export class TableView {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #scroller: HTMLElement;
  readonly #head = h('div', { class: 'row head', role: 'row' });
  readonly #rows = h('div', { class: 'rows', role: 'rowgroup' });
  readonly #totals = h('div', { class: 'totals', role: 'status' });
  readonly #tools: TableTools;
  #items: readonly Item[] = [];
  #columns: readonly Column[] = [];
  /** The title of the column that the rows are sorted by. */
  #sorted: string | undefined;

  constructor(panel: Panel) {
    this.#panel = panel;
    this.#tools = new TableTools(panel);
    this.#scroller = h('div', { class: 'table', role: 'treegrid', 'aria-label': 'Layers of the model', tabindex: 0 }, this.#head, this.#rows);
    const { store } = panel;
    const choice = segments<TableColumns>('Columns', [{ name: 'structure', label: 'Structure' }, { name: 'cost', label: 'Cost' }, { name: 'values', label: 'Values' }], store.state.columns, (columns) => store.update({ columns }));
    store.watch(['columns'], () => {
      for (const input of choice.querySelectorAll('input')) input.checked = input.value === store.state.columns;
      this.#sorted = undefined;
    });
    this.element = h('section', { class: 'table-view', id: 'panel-table', role: 'tabpanel', 'aria-labelledby': 'tab-table' },
      h('div', { class: 'table-bar' }, choice, this.#tools.element), this.#scroller, this.#totals);
    this.#scroller.addEventListener('scroll', () => this.#draw());
    this.#scroller.addEventListener('keydown', (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.#scroller);
    panel.store.watch(['outline', 'issuesByKey', 'prepared', 'run', 'cost', 'modes', 'values', 'view', 'columns', 'baseline'], () => this.#load());
    panel.store.watch(['selected', 'view'], () => {
      this.#reveal();
      this.#draw();
    });
  }

  #load(): void {
    const { outline, document, cost, modes, values: computed, columns, baseline } = this.#panel.store.state;
    if (this.#panel.store.state.view !== 'table') return;
    this.#tools.show(columns);
    this.#items = outline ? [...layersOf(outline.root)] : [];
    this.#scroller.setAttribute('aria-rowcount', String(this.#items.length + 1));
    this.#rows.style.height = `${this.#items.length * rowHeight}px`;
    if (!outline || !document) {
      this.#columns = [];
      this.#totals.replaceChildren();
      return this.#draw();
    }
    const current = <R>(job: { readonly graph: LayerGraph; readonly result?: R } | undefined): R | undefined => job?.graph === outline.graph ? job.result : undefined;
    this.#columns = columns === 'structure' ? structure(outline, document.file) : columns === 'cost' ? costs(outline, current(cost), current(modes)) : values(current(computed), baseline?.name ?? 'the run before');
    this.#scroller.className = `table ${columns}${columns === 'values' && current(computed)?.compared ? ' compared' : ''}`;
    this.#sort();
    this.#head.replaceChildren(...this.#columns.map((column) => this.#heading(column)));
    this.#totals.replaceChildren(...totals(outline.graph, columns === 'cost' ? current(cost) : undefined).map(([amount, name]) => h('span', {}, h('b', {}, amount), ` ${name}`)));
    this.#draw();
  }

  /** A heading; where rows can be sorted by its column, a button that does. */
  #heading({ title, kind, explanation, order }: Column): HTMLElement {
    const sorted = this.#sorted === title;
    const sort = (): void => {
      this.#sorted = sorted ? undefined : title;
      this.#load();
      announce(sorted ? 'In the order of the calls' : `Sorted by ${title.toLowerCase()}`);
    };
    return h('span', { role: 'columnheader', class: kind, title: explanation, 'aria-sort': sorted ? 'descending' : undefined },
      order ? h('button', { type: 'button', class: 'sort', onclick: sort }, title, sorted ? ' ▾' : '') : title);
  }

  /** The rows by the chosen column, the greatest first; those without a figure last. */
  #sort(): void {
    const order = this.#columns.find(({ title }) => title === this.#sorted)?.order;
    if (!order) return;
    const figures = new Map(this.#items.map((item) => [item, order(item) ?? -Infinity]));
    this.#items = [...this.#items].sort((left, right) => {
      const [a, b] = [figures.get(left)!, figures.get(right)!];
      return a === b ? 0 : b - a;
    });
  }

  #draw(): void {
    const { outline, selected, issuesByKey, view } = this.#panel.store.state;
    if (!outline || view !== 'table') return this.#rows.replaceChildren();
    const first = Math.max(0, Math.floor(this.#scroller.scrollTop / rowHeight) - 10);
    const last = Math.min(this.#items.length, Math.ceil((this.#scroller.scrollTop + this.#scroller.clientHeight) / rowHeight) + 10);
    const base = outline.root.depth + 1;
    this.#rows.replaceChildren(...this.#items.slice(first, last).map((item, offset) => {
      const index = first + offset;
      const row = h('div', {
        class: `row kind-${itemKind(item)}`, role: 'row', id: `row-${index}`, 'aria-rowindex': index + 2, 'aria-level': item.depth - base + 1, 'aria-selected': String(item.key === selected),
        onclick: () => pick(this.#panel, item, { details: true }),
      }, ...this.#columns.map((column) => h('span', { class: column.kind, role: 'gridcell' }, column.cell(item))));
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

function totals(graph: LayerGraph, cost: CostResult | undefined): [amount: string, name: string][] {
  if (!cost) {
    const { total, trainable, nonTrainable } = countParameters(graph);
    return [[countText(total), 'parameters'], [countText(trainable), 'trainable'], [countText(nonTrainable), 'not trainable']];
  }
  const { total, parameterBytes, inferenceBytes, unknown } = cost;
  return [
    [short(total.multiplyAdds), 'multiply-adds'], [short(total.operations), 'FLOPs'], [bytes(parameterBytes), 'of parameters'],
    [bytes(inferenceBytes), 'of intermediate results at a time in inference'], [bytes(total.activationBytes), 'kept in training'],
    ...(unknown > 0 ? [[String(unknown), 'operators of unknown size are left out'] as [string, string]] : []),
  ];
}

/** The layers and, where a model is made of operators alone, the operators. */
function* layersOf(item: Item): Generator<Item> {
  const layers = item.children.some(({ kind }) => kind === 'layer');
  for (const child of item.children) {
    if (child.kind === 'layer' || child.kind === 'input' || (!layers && item.parent === undefined && child.kind === 'operator')) yield child;
    if (child.group) yield* layersOf(child);
  }
}
