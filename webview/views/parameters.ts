import { h } from '../dom.ts';
import { formatShape } from '../../graph/dimension.ts';
import type { Framework, LayerGraph, Parameter } from '../../graph/graph.ts';
import { countText, parameterCount } from '../model/describe.ts';
import type { Item } from '../model/outline.ts';
import type { Panel } from '../panel.ts';
import type { Axes } from './tensor.ts';
import { TensorView } from './tensor.ts';

/** A layer's parameters; one that is opened shows the values of the chosen weights. */
export class ParametersView {
  readonly #panel: Panel;
  /** The name of the open one, and what it was made of. */
  #open: { readonly name: string; readonly key: string; readonly view: TensorView } | undefined;

  constructor(panel: Panel) {
    this.#panel = panel;
  }

  show(item: Item, redraw: () => void): HTMLElement | undefined {
    const { outline, document, model, prepared } = this.#panel.store.state;
    if (!item.layer || !outline || !document) return undefined;
    const { graph } = outline;
    const total = parameterCount(graph, item.layer.id);
    const own = item.layer.parameters.map((id) => graph.parameters[id]);
    if (total === 0 && own.length === 0) return undefined;
    const key = `${document.version}|${prepared?.weights.chosen}`;
    const rows = own.map((parameter) => {
      const { name, type, trainable, buffer } = parameter;
      const value = graph.values.find((one) => one.parameter === parameter.id);
      const open = this.#open?.name === name;
      if (open && this.#open && this.#open.key !== key) this.#open = opened(this.#panel, parameter, graph, value?.id, { version: document.version, model }, key);
      const toggle = (): void => {
        this.#open = open ? undefined : opened(this.#panel, parameter, graph, value?.id, { version: document.version, model }, key);
        redraw();
      };
      const label = name.split(/[./]/).at(-1) ?? name;
      return h('tr', { title: name },
        h('th', { scope: 'row' }, value && isNumeric(parameter) ? h('button', { class: 'link', type: 'button', 'aria-expanded': String(open), onclick: toggle }, label) : label),
        h('td', { class: 'mono' }, formatShape(type.shape)), h('td', { class: 'quiet' }, `${type.dataType ?? '?'}${buffer ? ', buffer' : trainable ? '' : ', fixed'}`));
    });
    const shown = own.some(({ name }) => name === this.#open?.name) ? this.#open?.view.element : undefined;
    return h('section', {}, h('h3', {}, `Parameters · ${countText(total)}`),
      own.length === 0 ? h('p', { class: 'quiet' }, 'In the layers inside.') : h('table', { class: 'tensors' }, h('tbody', {}, ...rows)), shown);
  }
}

function opened(panel: Panel, parameter: Parameter, graph: LayerGraph, value: number | undefined, source: { version: number; model: number }, key: string): { name: string; key: string; view: TensorView } | undefined {
  if (value === undefined) return undefined;
  const shape = parameter.type.shape as readonly number[];
  return { name: parameter.name, key, view: new TensorView(panel, { title: parameter.name, source, value, shape, axes: axesOf(shape, graph.framework), tiles: 'filters' }) };
}

function isNumeric({ type: { shape, dataType } }: Parameter): boolean {
  return dataType !== 'string' && shape !== undefined && shape.every((size) => typeof size === 'number');
}

/** Kernels by filters, each over its first input channel; matrices as a heat map. Keras and TensorFlow keep a kernel's filters last, the others first. */
function axesOf(shape: readonly number[], framework: Framework): Axes {
  const rank = shape.length;
  if (rank <= 1) return { tile: -1, down: -1, across: rank - 1 };
  if (rank === 2) return { tile: -1, down: 0, across: 1 };
  const filtersLast = framework === 'keras' || framework === 'tensorflow' || framework === 'tflite';
  if (rank === 3) return filtersLast ? { tile: 2, down: 1, across: 0 } : { tile: 0, down: 1, across: 2 };
  return filtersLast ? { tile: rank - 1, down: rank - 4, across: rank - 3 } : { tile: 0, down: rank - 2, across: rank - 1 };
}
