import { announce, h } from '../dom.ts';
import { iconButton, textField } from '../controls.ts';
import type { Item } from '../model/outline.ts';
import { search } from '../model/search.ts';
import { pick, uncover } from '../panel.ts';
import type { Panel } from '../panel.ts';

/** Finds layers by name, type or shape; Enter goes to the next, Shift+Enter to the one before. */
export class SearchBox {
  readonly element: HTMLElement;
  matches: readonly Item[] = [];
  readonly #panel: Panel;
  readonly #count = h('span', { class: 'count', 'aria-live': 'polite' });
  readonly #changed: () => void;
  readonly #field;
  readonly #close: () => void;
  #at = -1;

  constructor(panel: Panel, changed: () => void, closed: () => void) {
    this.#panel = panel;
    this.#changed = changed;
    this.#field = textField({
      label: 'Search layers', plain: true, placeholder: 'Name, type or shape',
      input: (value) => this.#find(value), enter: (_, backwards) => this.#step(backwards ? -1 : 1),
    });
    this.#close = () => {
      this.element.hidden = true;
      this.matches = [];
      this.#field.value = '';
      this.#count.textContent = '';
      changed();
      closed();
    };
    this.element = h('div', { class: 'search', role: 'search', hidden: true }, this.#field.element, this.#count,
      iconButton({ label: 'Previous (Shift+Enter)', icon: 'previous', press: () => this.#step(-1) }),
      iconButton({ label: 'Next (Enter)', icon: 'next', press: () => this.#step(1) }),
      iconButton({ label: 'Close (Escape)', icon: 'close', press: this.#close }));
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.#close();
    });
    panel.store.watch(['outline'], () => {
      if (!this.element.hidden) this.#find(this.#field.value, true);
    });
  }

  open(): void {
    this.element.hidden = false;
    this.#field.focus();
  }

  #find(query: string, keepPlace = false): void {
    const { outline } = this.#panel.store.state;
    this.matches = outline ? search(outline, query) : [];
    if (!keepPlace) this.#at = -1;
    this.#tell(query);
    this.#changed();
  }

  #step(by: number): void {
    if (this.matches.length === 0) return;
    this.#at = this.#at < 0 && by < 0 ? this.matches.length - 1 : (this.#at + by + this.matches.length) % this.matches.length;
    const item = this.matches[this.#at];
    uncover(this.#panel.store, item);
    pick(this.#panel, item);
    this.#tell('?');
    announce(`${this.#at + 1} of ${this.matches.length}: ${item.type} ${item.name}`);
  }

  #tell(query: string): void {
    const { length } = this.matches;
    this.#count.textContent = query.trim() === '' ? '' : length === 0 ? 'none' : this.#at < 0 ? String(length) : `${this.#at + 1}/${length}`;
  }
}
