import { announce, h } from '../dom.ts';
import { button } from '../controls.ts';
import { pictureCanvas } from '../drawing/plots.ts';
import { cancel, start } from '../jobs.ts';
import type { EvaluateResult } from '../messages.ts';
import { count, figure, plural } from '../model/describe.ts';
import type { Panel } from '../panel.ts';
import { pick } from '../panel.ts';
import { isRunning } from '../state.ts';
import { confusionTable } from './confusion.ts';
import { Preparation, remarks } from './preparation.ts';
import { JobProgress } from './progress.ts';

/** How the model does on labelled examples: how many it gets right, what it takes for what, where it fails worst, and which neurons never work. */
export class EvaluateView {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #start;
  readonly #chosen = h('p', { class: 'quiet' });
  readonly #progress: JobProgress;
  readonly #result = h('div', { class: 'result' });
  #shown: EvaluateResult | undefined;

  constructor(panel: Panel) {
    this.#panel = panel;
    const preparation = new Preparation(panel, () => undefined, { inputs: false });
    const evaluate = (): void => {
      const { examples } = panel.store.state;
      if (examples) start(panel, 'evaluate', { path: examples.path });
    };
    const choose = (kind: 'folder' | 'file'): void => {
      const { document, model } = panel.store.state;
      if (document) panel.host.post({ type: 'chooseExamples', version: document.version, model, kind });
    };
    this.#start = button({ label: 'Evaluate', icon: 'run', kind: 'primary', press: evaluate });
    this.#progress = new JobProgress(() => cancel(panel, 'evaluate'), evaluate);
    this.element = h('section', { class: 'work-view', id: 'panel-evaluate', role: 'tabpanel', 'aria-labelledby': 'tab-evaluate' },
      h('div', { class: 'setup' }, preparation.element,
        h('section', {}, h('h3', {}, 'Labelled examples'),
          h('div', { class: 'row' }, button({ label: 'Folder …', icon: 'open', press: () => choose('folder') }).element, button({ label: 'Array …', icon: 'open', press: () => choose('file') }).element), this.#chosen),
        h('div', { class: 'row go' }, this.#start.element)),
      h('div', { class: 'outcome' }, this.#progress.element, this.#result));
    // newly chosen examples are evaluated at once: there is nothing else to decide
    panel.store.watch(['examples'], () => {
      if (panel.store.state.view === 'evaluate') evaluate();
    });
    panel.store.watch(['prepared', 'examples', 'evaluate', 'outline'], () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const { prepared, examples, evaluate, outline } = this.#panel.store.state;
    this.#chosen.textContent = examples ? examples.label : 'Pictures in a folder for each class, or a .npz with inputs and labels.';
    this.#chosen.title = examples?.path ?? '';
    this.#start.set({ disabled: !examples || prepared?.weights.chosen === undefined || isRunning(evaluate) });
    this.#progress.show(evaluate);
    const result = evaluate?.result;
    if (!result || !outline) {
      this.#shown = undefined;
      this.#result.replaceChildren(evaluate ? '' : h('p', { class: 'hint' }, 'Runs the model over labelled examples and shows what it takes for what, and where it is most wrong.'));
      return;
    }
    const stale = evaluate.graph !== outline.graph;
    if (result === this.#shown && !stale) return;
    const share = `${((100 * result.correct) / result.count).toFixed(1)} %`;
    if (result !== this.#shown) announce(`${share} of ${result.count} examples are classified as labelled`);
    this.#shown = result;
    this.#result.replaceChildren(
      stale ? h('p', { class: 'quiet' }, 'This is the result of an earlier version of the code. Evaluate again.') : '',
      ...remarks(result.remarks),
      h('p', { class: 'verdict' }, h('b', {}, share), h('span', { class: 'quiet' }, `${count(result.correct)} of ${plural(result.count, 'example')} as labelled, in ${result.seconds.toFixed(1)} s`)),
      h('section', {}, h('h3', {}, 'What it takes for what'), confusionTable(result.classes, result.confusion)),
      this.#worst(result),
      stale ? '' : this.#neurons(result));
  }

  #worst({ worst, classes }: EvaluateResult): HTMLElement {
    return h('section', {}, h('h3', {}, worst[0]?.margin < 0 ? 'Most wrong' : 'Nearest to wrong'), h('ul', { class: 'thumbnails' }, ...worst.map(({ name, label, predicted, margin, picture }) =>
      h('li', { title: `${name}: labelled ${classes[label]}, classified as ${classes[predicted]}, margin ${figure(margin)}` },
        picture ? pictureCanvas(picture, name) : h('span', { class: 'mono' }, name),
        h('p', { class: predicted === label ? 'quiet' : 'error' }, predicted === label ? classes[label] : `${classes[label]} → ${classes[predicted]}`), h('p', { class: 'quiet' }, `by ${figure(Number(margin.toPrecision(3)))}`)))));
  }

  /** Which layers have neurons that stand still over all examples. */
  #neurons({ activations, count: examples }: EvaluateResult): HTMLElement | string {
    const { outline } = this.#panel.store.state;
    if (!outline || activations.length === 0) return '';
    const { graph } = outline;
    const rows = activations.filter(({ dead, saturated }) => dead + saturated > 0);
    return h('section', {}, h('h3', {}, 'Neurons that stand still'),
      rows.length === 0 ? h('p', { class: 'quiet' }, `None: each neuron of the ${plural(activations.length, 'activation layer')} moves over these examples.`) : h('ul', { class: 'layers' }, ...rows.map(({ value, neurons, dead, saturated }) => {
        const { producer } = graph.values[value];
        const item = producer === undefined ? undefined : outline.operators[producer];
        const layer = item?.parent && item.parent.kind === 'layer' ? item.parent : item;
        const text = [dead > 0 ? `${count(dead)} dead` : '', saturated > 0 ? `${count(saturated)} saturated` : ''].filter((part) => part !== '').join(', ');
        return h('li', {}, h('button', { type: 'button', class: 'layer-link', onclick: () => pick(this.#panel, layer, { reveal: false, details: true }) },
          h('span', { class: 'mark' }), h('span', {}, layer?.type ?? graph.values[value].name), h('span', { class: 'quiet' }, layer?.layer?.path || layer?.name || ''), h('span', {}, `${text} of ${count(neurons)}`)));
      })),
      h('p', { class: 'quiet' }, `Dead: zero for all ${plural(examples, 'example')}. Saturated: at a limit of the function for all of them.`));
  }
}
