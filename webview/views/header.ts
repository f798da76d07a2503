import { h } from '../dom.ts';
import { dropdown, tabs } from '../controls.ts';
import { countParameters } from '../../graph/rendering/layers.ts';
import { countText } from '../model/describe.ts';
import type { PanelView } from '../messages.ts';
import type { Panel } from '../panel.ts';
import type { IssuesView } from './issues.ts';

/** The bar at the top: the model, the views, what is wrong, export. */
export function header(panel: Panel, issues: IssuesView, save: (format: 'svg' | 'png') => void): HTMLElement {
  const { store, host } = panel;
  const picker = dropdown({
    label: 'Model', choose: (value) => {
      const model = Number(value);
      store.pickModel(model);
      host.post({ type: 'pickModel', version: store.state.document?.version ?? 0, model });
    },
  });
  const name = h('h1', {});
  const facts = h('span', { class: 'facts' });
  const views = tabs<PanelView>([
    { name: 'graph', label: 'Graph', panel: 'panel-graph' }, { name: 'table', label: 'Table', panel: 'panel-table' },
    { name: 'run', label: 'Run', panel: 'panel-run' }, { name: 'evaluate', label: 'Evaluate', panel: 'panel-evaluate' }, { name: 'neuron', label: 'Neuron', panel: 'panel-neuron' }, { name: 'paths', label: 'Paths', panel: 'panel-paths' }, { name: 'attack', label: 'Adversarial', panel: 'panel-attack' }, { name: 'coverage', label: 'Coverage', panel: 'panel-coverage' },
  ], (view) => store.update({ view }));
  store.watch(['document', 'model', 'outline'], () => {
    const { document, outline, model } = store.state;
    const models = document?.models ?? [];
    picker.element.hidden = models.length < 2;
    name.hidden = models.length >= 2;
    name.textContent = outline?.graph.name ?? document?.title ?? '';
    picker.set(models.map(({ graph }, index) => ({ value: String(index), label: graph.name })), String(model));
    facts.textContent = outline ? [outline.graph.type === outline.graph.name ? '' : outline.graph.type, frameworkNames[outline.graph.framework], `${countText(countParameters(outline.graph).total)} params`].filter((part) => part !== '').join(' · ') : '';
  });
  const show = (): void => views.set(store.state.view);
  store.watch(['view'], show);
  show();
  return h('header', { class: 'top' },
    h('div', { class: 'model' }, picker.element, name, facts),
    views.element,
    h('div', { class: 'actions' }, issues.button,
      ...(['svg', 'png'] as const).map((format) => h('button', { class: 'icon-button text', type: 'button', title: `Save the graph as ${format.toUpperCase()}`, 'aria-label': `Save the graph as ${format.toUpperCase()}`, onclick: () => save(format) }, format.toUpperCase()))));
}

const frameworkNames = { keras: 'Keras', torch: 'PyTorch', mxnet: 'Gluon', tensorflow: 'TensorFlow', numpy: 'NumPy', onnx: 'ONNX', tflite: 'TFLite', caffe: 'Caffe' } as const;
