import { h } from '../dom.ts';
import { button, slider } from '../controls.ts';
import { pictureCanvas } from '../drawing/plots.ts';
import { cancel, start } from '../jobs.ts';
import type { NetworkArm, NetworkBranch, PanelForkArm } from '../messages.ts';
import { codeTree, type CodeBranch } from '../model/code-tree.ts';
import { count, plural } from '../model/describe.ts';
import { goTo, type Panel } from '../panel.ts';
import { isRunning } from '../state.ts';
import { Preparation } from './preparation.ts';
import { JobProgress } from './progress.ts';

/** The symbolic execution tree: of the code, over what is not known before it runs, and of the network around an input. */
export class PathsView {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #code = h('div');
  readonly #network = h('div');
  readonly #epsilon;
  readonly #depth;
  readonly #grow;
  readonly #progress: JobProgress;
  #forks: unknown;
  #range = '';

  constructor(panel: Panel) {
    this.#panel = panel;
    this.#epsilon = slider({ label: 'Size of the box (epsilon)', least: 0, most: 0.5, step: 0.005, value: 0.05, change: () => undefined });
    this.#depth = slider({ label: 'Branches below one another', least: 1, most: 8, step: 1, value: 4, change: () => undefined });
    const grow = (): void => start(panel, 'tree', { epsilon: this.#epsilon.value, depth: Math.round(this.#depth.value) });
    this.#grow = button({ label: 'Grow the tree', icon: 'run', kind: 'primary', press: grow });
    this.#progress = new JobProgress(() => cancel(panel, 'tree'), grow);
    this.element = h('section', { class: 'work-view', id: 'panel-paths', role: 'tabpanel', 'aria-labelledby': 'tab-paths' },
      h('div', { class: 'setup' }, new Preparation(panel, () => undefined).element,
        h('section', {}, h('h3', {}, 'Box around the input'), this.#epsilon.element),
        h('section', {}, h('h3', {}, 'Depth'), this.#depth.element),
        h('div', { class: 'row go' }, this.#grow.element)),
      h('div', { class: 'outcome paths' }, this.#code, h('h3', {}, 'The network around the input'), this.#progress.element, this.#network));
    panel.store.watch(['document', 'prepared', 'tree', 'outline'], () => this.#draw());
    this.#draw();
  }

  #draw(): void {
    const { document, prepared, tree, outline } = this.#panel.store.state;
    const image = prepared?.inputs[0]?.image;
    const span = image ? image.range[1] - image.range[0] : 1;
    if (this.#range !== String(span)) {
      this.#range = String(span);
      this.#epsilon.setRange(0, span / 2, span / 200);
      this.#epsilon.value = span / 20;
    }
    this.#grow.set({ disabled: !prepared || prepared.missing !== undefined || isRunning(tree) });
    // an open part of the tree stays open while other things change
    if (document?.forks !== this.#forks || this.#code.childElementCount === 0) {
      this.#forks = document?.forks;
      const branches = codeTree(document?.forks ?? []);
      this.#code.replaceChildren(h('section', {}, h('h3', {}, 'The code'),
        branches.length === 0 ? h('p', { class: 'hint' }, 'Every condition that the analysis met is decided by what the code itself says: there is one path.')
          : h('ul', { class: 'tree' }, ...branches.map((branch) => this.#codeBranch(branch)))));
    }
    const stale = tree !== undefined && tree.graph !== outline?.graph;
    this.#progress.show(stale ? undefined : tree);
    const result = stale ? undefined : tree?.result;
    if (!result) return this.#network.replaceChildren(isRunning(tree) || tree?.failure ? '' : h('p', { class: 'hint' }, 'Which ReLUs can turn near the input, in which combinations, with an example for each.'));
    const { root, branches, relus, settled, options } = result;
    this.#network.replaceChildren(
      h('p', { class: 'quiet' }, root ? `${count(settled)} of ${plural(relus, 'ReLU')} keep their phase in the whole box of ${options.epsilon}; ${plural(branches, 'branch').replace('branchs', 'branches')} of the others are drawn, the first layers first.` : `No ReLU can turn within ${options.epsilon}: there is one path.`),
      root ? h('ul', { class: 'tree' }, this.#networkBranch(root)) : '');
  }

  #codeBranch({ fork, arms }: CodeBranch): HTMLElement {
    const line = h('button', { type: 'button', class: 'link', onclick: () => goTo(this.#panel, fork.location) }, `line ${fork.location.line}`);
    return h('li', {}, h('div', { class: 'branch' }, h('code', {}, fork.condition), line),
      h('ul', {}, ...arms.map((arm, k) => armItem(k === 0 ? 'holds' : 'does not hold', arm.status, [h('span', {}, arm.end), exampleText(arm)], arm.below.map((one) => this.#codeBranch(one))))));
  }

  #networkBranch({ name, arms }: NetworkBranch): HTMLElement {
    return h('li', {}, h('div', { class: 'branch' }, h('code', {}, `${name} > 0`)),
      h('ul', {}, ...arms.map((arm, k) => armItem(k === 0 ? 'active' : 'inactive', arm.status, networkExample(arm), arm.next ? [this.#networkBranch(arm.next)] : [], arm.taken))));
  }
}

/** One arm; what lies below it can be closed. */
function armItem(label: string, status: PanelForkArm['status'], facts: readonly (HTMLElement | string)[], below: readonly HTMLElement[], taken = false): HTMLElement {
  const row = [h('span', { class: `arm ${status}` }, label), h('span', { class: `badge ${status}` }, status), ...(taken ? [h('span', { class: 'badge taken' }, 'this input')] : []), ...facts];
  return h('li', { class: taken ? 'taken' : undefined }, below.length === 0 ? h('div', { class: 'arm-row' }, ...row) : h('details', { open: true }, h('summary', { class: 'arm-row' }, ...row), h('ul', {}, ...below)));
}

function exampleText({ example }: PanelForkArm): HTMLElement | string {
  return example ? h('span', { class: 'quiet mono' }, Object.entries(example).map(([name, size]) => `${name} = ${size}`).join(', ')) : '';
}

function networkExample({ example, taken }: NetworkArm): (HTMLElement | string)[] {
  if (!example) return [];
  return [...(example.picture && !taken ? [pictureCanvas(example.picture, 'An input that takes this way')] : []), example.label === undefined ? '' : h('span', { class: 'quiet' }, `class ${example.label}`)];
}
