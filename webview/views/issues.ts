import { h } from '../dom.ts';
import { button } from '../controls.ts';
import { icon } from '../icons.ts';
import { placeText, plural } from '../model/describe.ts';
import type { Issue } from '../model/places.ts';
import { goTo, pick, uncover } from '../panel.ts';
import type { Panel } from '../panel.ts';

const words: Readonly<Record<Issue['severity'], string>> = { error: 'Error', warning: 'Warning', information: 'Note', hint: 'Hint', gap: 'Gap', assumption: 'Assumption' };

/** One issue with its places, its example and its fix. */
export function issueElement(panel: Panel, issue: Issue, { linked = false }: { linked?: boolean } = {}): HTMLElement {
  const { document } = panel.store.state;
  const file = document?.file ?? '';
  const example = Object.entries(issue.example ?? {}).map(([name, value]) => `${name} = ${value}`).join(', ');
  const { item, location, fix } = issue;
  return h('div', { class: `issue ${issue.severity}` },
    icon(issue.severity === 'error' || issue.severity === 'warning' || issue.severity === 'gap' ? issue.severity : 'information'),
    h('div', { class: 'issue-body' },
      h('p', {}, h('span', { class: 'hidden' }, `${words[issue.severity]}: `), issue.message, example && ` For example with ${example}.`),
      ...issue.related.map((related) => h('p', { class: 'related' }, `${related.message} `, h('button', { type: 'button', class: 'link', onclick: () => goTo(panel, related.location) }, placeText(related.location, file)))),
      h('div', { class: 'row' },
        location && h('button', { type: 'button', class: 'link', onclick: () => goTo(panel, location) }, placeText(location, file)),
        linked && item && h('button', { type: 'button', class: 'link', onclick: () => {
          uncover(panel.store, item);
          panel.store.update({ view: 'graph' });
          pick(panel, item, { details: true });
        } }, `${item.type} ${item.name}`),
        issue.code !== undefined && h('span', { class: 'quiet' }, issue.code),
        fix && document && button({ label: fix.title, press: () => panel.host.post({ type: 'applyFix', version: document.version, diagnostic: fix.diagnostic }) }).element)));
}

/** The list of all issues of the shown model, behind a button that counts them. */
export class IssuesView {
  readonly button: HTMLButtonElement;
  readonly element: HTMLElement;
  readonly #panel: Panel;

  constructor(panel: Panel) {
    this.#panel = panel;
    this.element = h('section', { class: 'issues', id: 'issues', 'aria-label': 'Problems, gaps and assumptions', hidden: true });
    this.button = h('button', { type: 'button', class: 'issues-button', 'aria-expanded': 'false', 'aria-controls': 'issues', onclick: () => this.#toggle() });
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.#toggle(false);
      this.button.focus();
    });
    panel.store.watch(['issues'], () => this.#draw());
    this.#draw();
  }

  #toggle(open = this.element.hidden): void {
    this.element.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    if (open) this.#draw();
  }

  #draw(): void {
    const { issues } = this.#panel.store.state;
    const of = (...severities: Issue['severity'][]): number => issues.filter(({ severity }) => severities.includes(severity)).length;
    const counts = ([['error', of('error')], ['warning', of('warning')], ['gap', of('gap')], ['information', of('information', 'hint', 'assumption')]] as const).filter(([, amount]) => amount > 0);
    this.button.hidden = counts.length === 0;
    this.button.replaceChildren(...counts.map(([severity, amount]) => h('span', { class: `tally ${severity}` }, icon(severity), String(amount))));
    this.button.setAttribute('aria-label', counts.map(([severity, amount]) => severity === 'information' ? plural(amount, 'note') : plural(amount, severity)).join(', '));
    if (counts.length === 0) this.#toggleOff();
    if (this.element.hidden) return;
    const groups: [string, Issue['severity'][]][] = [['Problems', ['error', 'warning', 'information', 'hint']], ['Gaps: what could not be followed', ['gap']], ['Assumptions that the graph rests on', ['assumption']]];
    this.element.replaceChildren(...groups.flatMap(([title, severities]) => {
      const own = issues.filter(({ severity }) => severities.includes(severity));
      return own.length === 0 ? [] : [h('h3', {}, title), ...own.map((issue) => issueElement(this.#panel, issue, { linked: true }))];
    }));
  }

  #toggleOff(): void {
    this.element.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
  }
}
