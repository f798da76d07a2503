import { announce, h } from '../dom.ts';
import { iconButton } from '../controls.ts';
import { icon } from '../icons.ts';

/** Sentences for the user above the views; notes fade, the others stay until closed. */
export class Notices {
  readonly element = h('div', { class: 'notices' });

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
