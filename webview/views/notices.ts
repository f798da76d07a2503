import { announce, h } from '../dom.ts';
import { button, iconButton, progressRing } from '../controls.ts';
import { icon } from '../icons.ts';
import type { EngineMessage } from '../messages.ts';

/** Sentences for the user above the views; notes fade, the others stay until closed. */
export class Notices {
  readonly element = h('div', { class: 'notices' });
  #engine: HTMLElement | undefined;

  /** The process that runs models: shown while it starts again and when it has ended. */
  engine({ state, message }: EngineMessage, restart: () => void): void {
    const before = this.#engine;
    const shown = before?.isConnected === true;
    before?.remove();
    this.#engine = undefined;
    if (state === 'ready') {
      if (shown) this.add('information', message ?? 'The engine runs again.');
      return;
    }
    this.#engine = state === 'starting'
      ? h('div', { class: 'notice information', role: 'status' }, progressRing(), h('p', {}, message ?? 'The engine is starting.'))
      : h('div', { class: 'notice error', role: 'alert' }, icon('error'), h('p', {}, message ?? 'The engine process ended. Nothing else is lost.'), button({ label: 'Start again', press: restart }).element);
    // a first start is quick and nobody's concern
    if (state === 'starting' && !shown && !message) return;
    this.element.append(this.#engine);
  }

  add(severity: 'error' | 'warning' | 'information', message: string): void {
    for (const present of this.element.children) if (present.querySelector('p')?.textContent === message) present.remove();
    const notice = h('div', { class: `notice ${severity}`, role: severity === 'information' ? 'status' : 'alert' }, icon(severity), h('p', {}, message),
      iconButton({ label: 'Dismiss', icon: 'close', press: () => notice.remove() }));
    this.element.append(notice);
    announce(message);
    while (this.element.children.length > 4) this.element.firstElementChild?.remove();
    if (severity === 'information') setTimeout(() => notice.remove(), 6000);
  }
}
