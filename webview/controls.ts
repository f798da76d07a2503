// All controls of the panel, made in this one place so that another library can take over from the toolkit.
import {
  provideVSCodeDesignSystem, vsCodeBadge, vsCodeButton, vsCodeDropdown, vsCodeOption, vsCodeProgressRing, vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { h } from './dom.ts';
import type { IconName } from './icons.ts';
import { icon } from './icons.ts';

/** Defines the elements; once, before the first control is made. */
export function startControls(): void {
  provideVSCodeDesignSystem().register(vsCodeBadge(), vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeProgressRing(), vsCodeTextField());
}

export interface ButtonOptions {
  readonly label: string;
  readonly icon?: IconName;
  readonly kind?: 'primary' | 'secondary';
  readonly press: () => void;
}

export interface Button {
  readonly element: HTMLElement;
  set(changes: { label?: string; disabled?: boolean }): void;
}

/** A button with a text. */
export function button({ label, icon: name, kind = 'secondary', press }: ButtonOptions): Button {
  const element = document.createElement('vscode-button') as HTMLElement & { disabled: boolean };
  element.setAttribute('appearance', kind);
  // a text node: the toolkit takes slotted spans for icons
  const text = new Text(label);
  if (name) {
    const start = icon(name);
    start.setAttribute('slot', 'start');
    element.append(start);
  }
  element.append(text);
  element.addEventListener('click', () => {
    if (!element.disabled) press();
  });
  return {
    element,
    set({ label: next, disabled }) {
      if (next !== undefined) text.textContent = next;
      if (disabled !== undefined) element.disabled = disabled;
    },
  };
}

/** A button that is only a picture; its label is its tooltip and what a screen reader says. */
export function iconButton({ label, icon: name, press }: { label: string; icon: IconName; press: () => void }): HTMLButtonElement {
  return h('button', { class: 'icon-button', type: 'button', title: label, 'aria-label': label, onclick: press }, icon(name));
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Dropdown {
  readonly element: HTMLElement;
  set(choices: readonly Choice[], value: string | undefined): void;
}

export function dropdown({ label, choose }: { label: string; choose: (value: string) => void }): Dropdown {
  const element = document.createElement('vscode-dropdown') as HTMLElement & { value: string };
  element.setAttribute('aria-label', label);
  let shown = '';
  let setting = false;
  element.addEventListener('change', () => {
    if (!setting && element.value !== '') choose(element.value);
  });
  return {
    element,
    set(choices, value) {
      const wanted = JSON.stringify([choices, value]);
      if (wanted === shown) return;
      shown = wanted;
      setting = true;
      element.replaceChildren(...choices.map((choice) => {
        const option = document.createElement('vscode-option') as HTMLElement & { value: string };
        option.setAttribute('value', choice.value);
        if (choice.value === value) option.setAttribute('selected', '');
        option.textContent = choice.label;
        return option;
      }));
      // the element learns of its options after they are rendered
      queueMicrotask(() => {
        if (value !== undefined) element.value = value;
        setting = false;
      });
    },
  };
}

export interface TextField {
  readonly element: HTMLElement;
  value: string;
  focus(): void;
}

/** One line of text; `label` stands above it unless `plain`. */
export function textField({ label, plain = false, placeholder, input, enter }: {
  label: string; plain?: boolean; placeholder?: string; input?: (value: string) => void; enter?: (value: string, backwards: boolean) => void;
}): TextField {
  const element = document.createElement('vscode-text-field') as HTMLElement & { value: string };
  if (plain) element.setAttribute('aria-label', label);
  else element.append(label);
  if (placeholder !== undefined) element.setAttribute('placeholder', placeholder);
  element.addEventListener('input', () => input?.(element.value));
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') enter?.(element.value, event.shiftKey);
  });
  return {
    element,
    get value() { return element.value; },
    set value(value: string) { element.value = value; },
    focus() { element.focus(); },
  };
}

export interface Slider {
  readonly element: HTMLElement;
  value: number;
  setRange(least: number, most: number, step: number): void;
}

/** A number on a scale, with a field for the exact figure. */
export function slider({ label, least, most, step, value, change }: {
  label: string; least: number; most: number; step: number; value: number; change: (value: number) => void;
}): Slider {
  const range = h('input', { type: 'range', 'aria-label': label, min: least, max: most, step });
  const exact = h('input', { type: 'number', class: 'exact', 'aria-label': `${label}, exact`, min: 0, step: 'any' });
  let current = value;
  const show = (next: number): void => {
    current = next;
    range.value = String(next);
    exact.value = String(next);
  };
  range.addEventListener('input', () => {
    show(Number(range.value));
    change(current);
  });
  exact.addEventListener('change', () => {
    const next = Number(exact.value);
    if (exact.value === '' || !Number.isFinite(next) || next < 0) return show(current);
    show(next);
    change(next);
  });
  show(value);
  return {
    element: h('div', { class: 'slider' }, range, exact),
    get value() { return current; },
    set value(next: number) { show(next); },
    setRange(low, high, by) {
      range.min = String(low);
      range.max = String(high);
      range.step = String(by);
      show(Math.min(Math.max(current, low), high));
    },
  };
}

export function progressRing(): HTMLElement {
  const element = document.createElement('vscode-progress-ring');
  // what it stands for is told in words beside it
  element.setAttribute('aria-hidden', 'true');
  return element;
}

export interface Tabs<Name extends string> {
  readonly element: HTMLElement;
  set(name: Name): void;
}

/** A row of tabs; the arrow keys go along it. */
export function tabs<Name extends string>(names: readonly { readonly name: Name; readonly label: string; readonly panel: string }[], choose: (name: Name) => void): Tabs<Name> {
  const buttons = new Map(names.map(({ name, label, panel }) => [name, h('button', { type: 'button', class: 'tab', role: 'tab', id: `tab-${name}`, 'aria-controls': panel, onclick: () => choose(name) }, label)]));
  const element = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views' }, ...buttons.values());
  element.addEventListener('keydown', (event) => {
    const list = [...buttons];
    const at = list.findIndex(([, tab]) => tab === document.activeElement);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || at < 0) return;
    event.preventDefault();
    const [name, tab] = list[(at + step + list.length) % list.length];
    choose(name);
    tab.focus();
  });
  return {
    element,
    set(current) {
      for (const [name, tab] of buttons) {
        tab.setAttribute('aria-selected', String(name === current));
        tab.tabIndex = name === current ? 0 : -1;
        // in a narrow panel the row is wider than its place
        if (name === current) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      }
    },
  };
}

/** One choice of a few, all in sight. */
export function segments<Name extends string>(label: string, choices: readonly { readonly name: Name; readonly label: string }[], value: Name, choose: (name: Name) => void): HTMLElement {
  const group = `segments-${label.replace(/\W+/g, '-')}`;
  return h('div', { class: 'segments', role: 'radiogroup', 'aria-label': label }, ...choices.map((choice) => h('label', { class: 'segment' },
    h('input', { type: 'radio', name: group, value: choice.name, checked: choice.name === value, onchange: () => choose(choice.name) }),
    h('span', {}, choice.label))));
}
