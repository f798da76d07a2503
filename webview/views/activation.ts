import { h } from '../dom.ts';
import type { Item } from '../model/outline.ts';
import type { Panel } from '../panel.ts';

/** What a layer computed in the last run. */
export class ActivationView {
  readonly #panel: Panel;
  readonly #element = h('div');

  constructor(panel: Panel) {
    this.#panel = panel;
  }

  show(item: Item): HTMLElement {
    void this.#panel;
    void item;
    return this.#element;
  }
}
