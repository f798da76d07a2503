import { h } from './dom.ts';
import { forgetFonts } from './drawing/text.ts';
import { exportSvg, rasterise } from './drawing/picture.ts';
import { Host } from './host.ts';
import { elkEngine, startWorker } from './layout/engine.ts';
import type { ToPanel } from './messages.ts';
import { itemsAt } from './model/places.ts';
import type { Panel } from './panel.ts';
import { visible } from './panel.ts';
import { Store } from './state.ts';
import { heard, prepare } from './jobs.ts';
import { AttackView } from './views/attack.ts';
import { CoverageView } from './views/coverage.ts';
import { DetailsView } from './views/details.ts';
import { EvaluateView } from './views/evaluate.ts';
import { GraphView } from './views/graph.ts';
import { header } from './views/header.ts';
import { IssuesView } from './views/issues.ts';
import { NeuronView } from './views/neuron.ts';
import { PathsView } from './views/paths.ts';
import { Notices } from './views/notices.ts';
import { RunView } from './views/run.ts';
import { TableView } from './views/table.ts';

/** Builds the panel and tells the host that it listens. */
export function start(): void {
  const notices = new Notices();
  const host = new Host((message) => receive(message));
  const store = new Store(host.saved, (state) => host.save(state));
  const panel: Panel = { store, host, notice: (severity, message) => notices.add(severity, message) };

  const engine = elkEngine(startWorker(`${document.body.dataset['base'] ?? '.'}/layout-worker.js`));
  const graph = new GraphView(panel, engine);
  const table = new TableView(panel);
  const details = new DetailsView(panel, () => graph.canvas.element.focus());
  const issues = new IssuesView(panel);
  const views = { graph: graph.element, table: table.element, run: new RunView(panel).element, evaluate: new EvaluateView(panel).element, neuron: new NeuronView(panel).element, paths: new PathsView(panel).element, attack: new AttackView(panel).element, coverage: new CoverageView(panel).element } as const;

  const save = async (format: 'svg' | 'png'): Promise<void> => {
    const { outline, issuesByKey } = store.state;
    const { scene } = graph.canvas;
    if (!outline || !scene) return panel.notice('information', 'There is no graph to save yet.');
    const picture = exportSvg(scene, { graph: outline.graph, issues: issuesByKey });
    const bytes = format === 'svg' ? new TextEncoder().encode(picture.text) : await rasterise(picture);
    host.post({ type: 'export', format, name: `${outline.graph.name}.${format}`, bytes });
  };

  document.body.append(
    header(panel, issues, (format) => void save(format).catch((error: unknown) => panel.notice('error', `The picture could not be made: ${String(error)}`))),
    notices.element, issues.element,
    h('main', {}, ...Object.values(views), details.element));

  const showView = (): void => {
    for (const [name, element] of Object.entries(views)) element.hidden = name !== store.state.view;
  };
  store.watch(['view'], showView);
  showView();
  store.watch(['view', 'document', 'model'], () => {
    if (store.state.view !== 'graph') prepare(panel);
  });

  new MutationObserver(() => {
    forgetFonts();
    graph.restyle();
  }).observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });

  addEventListener('error', ({ message }) => host.post({ type: 'problem', message }));
  addEventListener('unhandledrejection', ({ reason }) => host.post({ type: 'problem', message: reason instanceof Error ? reason.stack ?? reason.message : String(reason) }));

  function receive(message: Parameters<ConstructorParameters<typeof Host>[0]>[0]): void {
    switch (message.type) {
      case 'document': return store.receive(message);
      case 'cursor': return follow(message);
      case 'show':
        if (message.model !== undefined) store.pickModel(message.model);
        return store.update({ view: message.view });
      case 'prepared':
        if (message.version === store.state.document?.version && message.model === store.state.model) store.update({ prepared: message });
        return;
      case 'examples':
        if (message.model === store.state.model) store.update({ examples: message });
        return;
      case 'progress': case 'partial': case 'finished': case 'jobFailed': return heard(panel, message);
      case 'engine':
        store.update({ engine: message });
        return notices.engine(message, () => host.post({ type: 'restartEngine' }));
      case 'notice': return notices.add(message.severity, message.message);
    }
  }

  /** The cursor selects the node, unless the selected one already stands there. */
  function follow({ file, line, column }: Extract<ToPanel, { type: 'cursor' }>): void {
    const { outline } = store.state;
    if (!outline) return;
    const found = itemsAt(outline, file, line, column);
    const selected = store.selectedItem;
    if (found.length === 0 || (selected && found.includes(selected))) return;
    store.update({ selected: visible(store, found[0]) === found[0] || found[0].kind === 'layer' ? found[0].key : visible(store, found[0]).key });
    graph.revealSelected();
  }

  host.post({ type: 'ready' });
}
