import { announce, h } from '../dom.ts';
import { button, dropdown, segments, slider } from '../controls.ts';
import { shareOverTime } from '../drawing/line-chart.ts';
import { pictureCanvas } from '../drawing/plots.ts';
import { cancel, start } from '../jobs.ts';
import type { CoverOptions, CoverResult } from '../messages.ts';
import { count, figure, plural } from '../model/describe.ts';
import type { Panel } from '../panel.ts';
import { pick } from '../panel.ts';
import { isRunning } from '../state.ts';
import { Preparation } from './preparation.ts';
import { JobProgress } from './progress.ts';

type Criterion = CoverOptions['criterion'];
type Norm = CoverOptions['norm'];

const criteria: Readonly<Record<Criterion, { readonly name: string; readonly explained: string }>> = {
  nc: { name: 'Neuron coverage', explained: 'Each hidden neuron is active in some test.' },
  ssc: { name: 'Sign-sign coverage', explained: 'Each neuron turns each one of the next layer with all others of its layer unchanged, as MC/DC asks of conditions.' },
  nbc: { name: 'Boundary coverage', explained: 'Each hidden neuron goes above and below the values that it has on the inputs.' },
  lipschitz: { name: 'Lipschitz coverage', explained: 'Near each input, two tests on which the outputs change more steeply than at the inputs themselves.' },
};
const norms = { linf: 'L∞', l0: 'L0' } as const;
const ends = {
  goal: 'All that can be met is met.', exhausted: 'Every open requirement was tried in every way.', timeout: 'The time was up.', cancelled: 'Stopped; it can go on from here.',
} as const;

/** Tests that are generated until a coverage criterion is met: how far it is, what is left, and the tests, adversarial ones first. */
export class CoverageView {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #start;
  readonly #continue;
  readonly #save;
  readonly #epsilon;
  readonly #from = h('p', { class: 'quiet' });
  readonly #one;
  readonly #explanation = h('p', { class: 'quiet' });
  readonly #reach = h('p', { class: 'quiet' });
  readonly #progress: JobProgress;
  readonly #actions: HTMLElement;
  readonly #result = h('div', { class: 'result' });
  #criterion: Criterion = 'nc';
  #norm: Norm = 'linf';
  #range = '';
  #shown: CoverResult | undefined;

  constructor(panel: Panel) {
    this.#panel = panel;
    const preparation = new Preparation(panel, () => undefined);
    const generate = (resume: boolean): void => {
      const { examples } = panel.store.state;
      start(panel, 'cover', { criterion: this.#criterion, norm: this.#norm, epsilon: this.#epsilon.value, ...(examples ? { examples: examples.path } : {}), resume });
    };
    const choose = (kind: 'folder' | 'file'): void => {
      const { document, model } = panel.store.state;
      if (document) panel.host.post({ type: 'chooseExamples', version: document.version, model, kind });
    };
    const criterion = dropdown({
      label: 'Criterion', choose: (value) => {
        this.#criterion = value as Criterion;
        this.#draw();
      },
    });
    criterion.set(Object.entries(criteria).map(([value, { name }]) => ({ value, label: name })), this.#criterion);
    this.#epsilon = slider({ label: 'Distance from the input (epsilon)', least: 0, most: 1, step: 0.01, value: 0.3, change: () => this.#draw() });
    this.#one = button({ label: 'The one input', press: () => panel.store.update({ examples: undefined }) });
    this.#start = button({ label: 'Generate tests', icon: 'run', kind: 'primary', press: () => generate(false) });
    this.#continue = button({ label: 'Continue', icon: 'run', press: () => generate(true) });
    this.#save = button({ label: 'Save suite …', icon: 'save', press: () => this.#saveSuite() });
    this.#actions = h('div', { class: 'row actions' }, this.#continue.element, this.#save.element);
    this.#progress = new JobProgress(() => cancel(panel, 'cover'), () => generate(true), 'Stop');
    this.element = h('section', { class: 'work-view', id: 'panel-coverage', role: 'tabpanel', 'aria-labelledby': 'tab-coverage' },
      h('div', { class: 'setup' },
        h('section', {}, h('h3', {}, 'Criterion'), h('div', { class: 'row' }, criterion.element), this.#explanation),
        h('section', {}, h('h3', {}, 'Distance from the input'),
          segments('Distance', (Object.keys(norms) as Norm[]).map((name) => ({ name, label: norms[name] })), this.#norm, (norm) => {
            this.#norm = norm;
            this.#setRange();
            this.#draw();
          }),
          this.#epsilon.element, this.#reach),
        preparation.element,
        h('section', {}, h('h3', {}, 'Or start from labelled examples'),
          h('div', { class: 'row' },
            button({ label: 'Folder …', icon: 'open', press: () => choose('folder') }).element, button({ label: 'Array …', icon: 'open', press: () => choose('file') }).element,
            this.#one.element),
          this.#from),
        h('div', { class: 'row go' }, this.#start.element)),
      h('div', { class: 'outcome' }, this.#progress.element, this.#actions, this.#result));
    panel.store.watch(['prepared', 'examples', 'cover', 'outline'], () => this.#draw());
    this.#draw();
  }

  /** The slider covers what is of interest for the input's own range of values. */
  #setRange(): void {
    const input = this.#panel.store.state.prepared?.inputs[0];
    const span = input?.image ? input.image.range[1] - input.image.range[0] : 1;
    const elements = input?.shape.slice(1).reduce<number>((product, size) => product * (typeof size === 'number' ? size : 1), 1) ?? 64;
    const key = `${this.#norm}|${span}|${elements}`;
    if (key === this.#range) return;
    this.#range = key;
    const round = (value: number): number => Number(value.toPrecision(2));
    if (this.#norm === 'l0') this.#epsilon.setRange(1, Math.max(2, Math.round(elements / 4)), 1);
    else this.#epsilon.setRange(round(span / 100), round(span / 2), round(span / 100));
    this.#epsilon.value = this.#norm === 'l0' ? Math.max(1, Math.round(elements / 8)) : round(0.3 * span);
  }

  #draw(): void {
    const { prepared, examples, cover, outline } = this.#panel.store.state;
    this.#setRange();
    this.#explanation.textContent = criteria[this.#criterion].explained;
    this.#reach.textContent = this.#norm === 'l0' ? 'A test differs from its input in at most this many values.' : 'Each value of a test is at most this far from its input’s.';
    this.#from.textContent = examples ? `Tests are made from ${examples.label}.` : 'Tests are made from the input above.';
    this.#one.element.hidden = !examples;
    this.#from.title = examples?.path ?? '';
    const ready = prepared !== undefined && (examples ? prepared.weights.chosen !== undefined : prepared.missing === undefined);
    const running = isRunning(cover);
    this.#start.set({ disabled: !ready || running || !(this.#epsilon.value > 0) });
    this.#progress.show(cover);
    const { result } = cover ?? {};
    this.#actions.hidden = !result;
    this.#continue.element.hidden = result?.ended !== 'cancelled' && result?.ended !== 'timeout';
    this.#continue.set({ disabled: !ready || !this.#isSame(cover?.request.options) });
    this.#save.set({ disabled: !result?.suite });
    const news = result ?? cover?.partial;
    if (!news) {
      this.#shown = undefined;
      this.#result.replaceChildren(cover ? '' : h('p', { class: 'hint' }, 'Runs of the model alternate with analysis of its activation patterns until each requirement is met by a test near an input, proved unreachable, or given up. Tests that the model answers otherwise than their input are adversarial.'));
      return;
    }
    const stale = cover !== undefined && outline !== undefined && cover.graph !== outline.graph;
    if (news === this.#shown && !stale) return;
    if (result && result !== this.#shown) announce(`${ends[result.ended ?? 'cancelled']} ${summary(result)}`);
    this.#shown = news;
    this.#result.replaceChildren(stale ? h('p', { class: 'quiet' }, 'These are tests of an earlier version of the code. Generate them again.') : '', ...this.#elements(news, cover!.request.options));
  }

  #elements(news: CoverResult, { criterion }: CoverOptions): (HTMLElement | string)[] {
    const { coverage, history, ended, misclassified = 0, open = [], seconds } = news;
    return [
      h('p', { class: 'verdict' }, h('b', {}, percent(coverage)), h('span', {}, criteria[criterion].name)),
      h('p', {}, summary(news)),
      ended ? h('p', { class: 'quiet' }, `${ends[ended]} ${seconds.toFixed(1)} s${seconds > 0 ? `, ${count(Math.round((60 * news.generated) / seconds))} tests a minute` : ''}.`) : '',
      misclassified > 0 ? h('p', { class: 'quiet' }, `${plural(misclassified, 'input')} that the model gets wrong ${misclassified === 1 ? 'is' : 'are'} no start.`) : '',
      h('section', {}, h('h3', {}, 'Coverage over time'), shareOverTime(history.map(({ seconds: x, coverage: y }) => ({ x, y })), `Coverage over time: from ${percent(history[0]?.coverage ?? 0)} to ${percent(coverage)} in ${seconds.toFixed(1)} seconds`)),
      h('section', {}, h('h3', {}, 'Requirements'), this.#table(news)),
      open.length > 0 ? h('details', { class: 'open-requirements' }, h('summary', {}, `Open: ${open[0]}${news.requirements - news.met - news.unreachable > 1 ? ' …' : ''}`), h('ul', {}, ...open.map((one) => h('li', {}, one)))) : '',
      this.#tests(news),
    ];
  }

  #table({ layers }: CoverResult): HTMLElement {
    const { outline } = this.#panel.store.state;
    return h('table', { class: 'requirements' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Layer'), h('th', { scope: 'col' }, 'Met'), h('th', { scope: 'col' }, 'Unmet'), h('th', { scope: 'col', title: 'Proved: no input of the range meets them' }, 'Unreachable'), h('th', { class: 'share', 'aria-hidden': 'true' }))),
      h('tbody', {}, ...layers.map(({ layer, requirements, met, unreachable }) => {
        const item = outline && [...outline.byKey.values()].find((one) => one.kind === 'layer' && one.layer?.path === layer);
        const share = (part: number): string => `width:${((100 * part) / Math.max(1, requirements)).toFixed(2)}%`;
        const bar = h('div', { class: 'stack' }, h('span', { class: 'met' }), h('span', { class: 'unmet' }), h('span', { class: 'unreachable' }));
        [met, requirements - met - unreachable, unreachable].forEach((part, k) => ((bar.children[k] as HTMLElement).style.cssText = share(part)));
        return h('tr', {},
          h('th', { scope: 'row' }, item ? h('button', { type: 'button', class: 'link', onclick: () => pick(this.#panel, item, { details: false }) }, layer) : layer),
          h('td', {}, count(met)), h('td', {}, count(requirements - met - unreachable)), h('td', {}, count(unreachable)), h('td', { class: 'share', 'aria-hidden': 'true' }, bar));
      })));
  }

  #tests({ samples, tests }: CoverResult): HTMLElement | string {
    if (samples.length === 0) return '';
    return h('section', {}, h('h3', {}, samples.some(({ adversarial }) => adversarial) ? 'Tests, adversarial ones first' : 'Tests'),
      h('ul', { class: 'thumbnails' }, ...samples.map(({ label, expected, adversarial, distance, picture }) => {
        const says = adversarial ? `${expected} taken for ${label}` : `classified as ${label}`;
        return h('li', { title: `${says}, at a distance of ${figure(distance)}` },
          picture ? pictureCanvas(picture, `Test ${says}`) : '',
          h('p', { class: adversarial ? 'error' : 'quiet' }, adversarial ? `${expected} → ${label}` : label), h('p', { class: 'quiet' }, `by ${figure(Number(distance.toPrecision(3)))}`));
      })),
      tests > samples.length ? h('p', { class: 'quiet' }, `${count(tests - samples.length)} more in the suite.`) : '');
  }

  /** Whether the options are still those of the run that was stopped. */
  #isSame(options: CoverOptions | undefined): boolean {
    return options !== undefined && options.criterion === this.#criterion && options.norm === this.#norm && options.epsilon === this.#epsilon.value && options.examples === this.#panel.store.state.examples?.path;
  }

  #saveSuite(): void {
    const { cover, outline } = this.#panel.store.state;
    const suite = cover?.result?.suite;
    if (suite && outline) this.#panel.host.post({ type: 'export', format: 'npz', name: `${outline.graph.name}-${cover.request.options.criterion}`, bytes: suite });
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function summary({ requirements, met, unreachable, tests, adversarial }: CoverResult): string {
  return `${count(met)} of ${plural(requirements, 'requirement')} met, ${count(unreachable)} proved unreachable; ${plural(tests, 'test')}, ${count(adversarial)} adversarial.`;
}
