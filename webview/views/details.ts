import { h } from '../dom.ts';
import type { Child } from '../dom.ts';
import { button, iconButton, textField } from '../controls.ts';
import { configurationText, placeText, plural, valueShape } from '../model/describe.ts';
import { format } from '../../graph/dimension.ts';
import type { Location } from '../../graph/graph.ts';
import { kindOf } from '../model/kinds.ts';
import type { Item } from '../model/outline.ts';
import { ancestry } from '../model/outline.ts';
import { goTo, isOpen, pick } from '../panel.ts';
import type { Panel } from '../panel.ts';
import { cutSection } from './cut.ts';
import { issueElement } from './issues.ts';
import { ActivationView } from './activation.ts';
import { ParametersView } from './parameters.ts';

/** The side panel about the selected layer. */
export class DetailsView {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #body = h('div', { class: 'details-body' });
  readonly #activation: ActivationView;
  readonly #parameters: ParametersView;
  #shown = '';

  constructor(panel: Panel, closed: () => void) {
    this.#panel = panel;
    this.#activation = new ActivationView(panel);
    this.#parameters = new ParametersView(panel);
    const close = (): void => {
      panel.store.update({ details: false });
      closed();
    };
    this.element = h('aside', { class: 'details', 'aria-label': 'Selected layer', tabindex: -1, hidden: true }, this.#body);
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close();
    });
    this.#close = close;
    panel.store.watch(['view', 'selected', 'details', 'outline', 'issuesByKey', 'run', 'prepared', 'toggled', 'cut'], () => this.#draw());
  }

  readonly #close: () => void;

  #draw(): void {
    const { store } = this.#panel;
    const { outline, details, document, issuesByKey, view } = store.state;
    const item = store.selectedItem;
    // the pictures of the adversarial view need the room
    this.element.hidden = !details || !item || item === outline?.root || view === 'attack';
    if (this.element.hidden || !item || !outline || !document) return;
    const { graph } = outline;
    const scroll = this.#shown === item.key ? this.element.scrollTop : 0;
    this.#shown = item.key;
    const issues = issuesByKey.get(item.key) ?? [];
    const shared = item.layer ? outline.scopes.filter((other) => other.layer?.id === item.layer?.id) : [];

    this.#body.replaceChildren(
      h('header', { class: `kind-${item.group ? 'container' : kindOf(item.type)}` },
        h('div', { class: 'title' }, h('h2', {}, item.type), h('span', { class: 'path' }, item.layer?.path || item.name)),
        iconButton({ label: 'Close details (Escape)', icon: 'close', press: this.#close })),
      ...issues.map((issue) => issueElement(this.#panel, issue)),
      item.operator?.reason !== undefined && issues.length === 0 ? h('p', { class: 'issue gap' }, item.operator.reason) : '',
      this.#stated(item) ?? '',
      this.#activation.show(item),
      section('Tensors', table([
        ...item.inputs.map((id): Row => ({ label: 'in', title: graph.values[id].name, shape: valueShape(graph, id), type: graph.values[id].type.dataType ?? '?' })),
        ...(item.scope ? item.scope.outputs : item.outputs).map((id): Row => ({ label: 'out', title: graph.values[id].name, shape: valueShape(graph, id), type: graph.values[id].type.dataType ?? '?' })),
      ])),
      this.#configuration(item) ?? '',
      this.#parameters.show(item, () => this.#draw()) ?? '',
      this.#source(item, document.file, shared) ?? '',
      this.#surroundings(item) ?? '',
      cutSection(this.#panel, item) ?? '',
    );
    this.element.scrollTop = scroll;
  }

  /** For an input whose shape the code does not give: a field to state it. */
  #stated(item: Item): HTMLElement | undefined {
    const { document, model, outline } = this.#panel.store.state;
    if (item.kind !== 'input' || !document || !outline) return undefined;
    const { name, type } = outline.graph.values[item.outputs[0]];
    const origin = document.models[model]?.inputs[outline.graph.inputs.indexOf(item.outputs[0])] ?? 'given';
    if (origin === 'given') return undefined;
    const wrong = h('p', { class: 'issue error', role: 'alert', hidden: true }, 'Write whole numbers or names with commas between them, such as 1,3,224,224 or batch,128.');
    const state = (): void => {
      const shape = field.value.replace(/[()[\]\s]/g, '').replace(/,$/, '');
      wrong.hidden = /^([1-9]\d*|[A-Za-z_]\w*)(,([1-9]\d*|[A-Za-z_]\w*))*$/.test(shape);
      if (wrong.hidden) this.#panel.host.post({ type: 'stateInput', version: document.version, model, input: name, shape });
    };
    const field = textField({ label: 'Shape of this input', plain: true, placeholder: '1,3,224,224', enter: state });
    if (type.shape) field.value = type.shape.map(format).join(',');
    return section(origin === 'asked' ? 'Shape: not in the code' : origin === 'solved' ? 'Shape: solved from the layers' : 'Shape: as you stated it',
      h('div', { class: 'row stated' }, field.element, button({ label: 'Use', kind: 'primary', press: state }).element), wrong);
  }

  #configuration(item: Item): HTMLElement | undefined {
    const entries = Object.entries(item.layer?.configuration ?? item.operator?.attributes ?? {});
    if (entries.length === 0) return undefined;
    return section('Configuration', h('dl', { class: 'pairs' }, ...entries.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, configurationText(value))])));
  }

  #source(item: Item, file: string, shared: readonly Item[]): HTMLElement | undefined {
    const places: [string, Location][] = [];
    if (item.layer?.location) places.push(['Made', item.layer.location]);
    for (const call of shared.length > 0 ? shared : [item]) {
      const location = call.scope?.location ?? call.operator?.location;
      if (location && !places.some(([, known]) => known.file === location.file && known.line === location.line)) places.push([call.operator ? 'Computed' : 'Called', location]);
    }
    if (places.length === 0) return undefined;
    return section('Source', h('ul', { class: 'links' }, ...places.map(([what, location]) => h('li', {}, h('span', { class: 'quiet' }, what), h('button', { type: 'button', class: 'link', onclick: () => goTo(this.#panel, location) }, placeText(location, file))))),
      shared.length > 1 ? h('p', { class: 'quiet' }, `Shared: called ${plural(shared.length, 'time')}, its parameters count once.`) : '');
  }

  #surroundings(item: Item): HTMLElement | undefined {
    const around = ancestry(item).slice(1, -1);
    if (around.length === 0 && item.children.length === 0) return undefined;
    const link = (target: Item): HTMLElement => h('button', { type: 'button', class: 'link', onclick: () => pick(this.#panel, target) }, `${target.type} ${target.name}`);
    return section('Inside', around.length > 0 ? h('ul', { class: 'links' }, ...around.map((outer) => h('li', {}, link(outer)))) : h('p', { class: 'quiet' }, 'The model itself.'),
      item.children.length > 0 && !isOpen(this.#panel.store)(item) ? h('div', { class: 'row' }, button({ label: item.group ? 'Expand' : 'Expand into its operators', press: () => this.#panel.store.update({ toggled: new Map([...this.#panel.store.state.toggled, [item.key, true]]), view: 'graph' }) }).element) : '');
  }
}

interface Row {
  readonly label: string;
  readonly title: string;
  readonly shape: string;
  readonly type: string;
}

function section(title: string, ...children: Child[]): HTMLElement {
  return h('section', {}, h('h3', {}, title), ...children);
}

function table(rows: readonly Row[]): HTMLElement {
  return h('table', { class: 'tensors' }, h('tbody', {}, ...rows.map(({ label, title, shape, type }) => h('tr', { title }, h('th', { scope: 'row' }, label), h('td', { class: 'mono' }, shape), h('td', { class: 'quiet' }, type)))));
}
