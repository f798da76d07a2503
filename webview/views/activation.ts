import { h } from '../dom.ts';
import { start } from '../jobs.ts';
import type { Item } from '../model/outline.ts';
import type { Panel } from '../panel.ts';
import type { Axes } from './tensor.ts';
import { TensorView } from './tensor.ts';
import { explainNeuron } from './neuron.ts';

/** What a layer computed in the last run. */
export class ActivationView {
  readonly #panel: Panel;
  #element = h('section', { hidden: true });
  #shown = '';

  constructor(panel: Panel) {
    this.#panel = panel;
  }

  show(item: Item): HTMLElement {
    const { run, outline } = this.#panel.store.state;
    const value = item.kind === 'output' ? item.inputs[0] : (item.scope?.outputs ?? item.outputs)[0];
    const available = run?.result && run.graph === outline?.graph ? run.result.available.find((other) => other.value === value) : undefined;
    const key = available && run ? `${run.request.job}|${value}` : '';
    if (key === this.#shown) return this.#element;
    this.#shown = key;
    this.#element = !available || !run ? h('section', { hidden: true }) : new TensorView(this.#panel, {
      title: 'Activation', source: { job: run.request.job }, value, shape: available.shape, axes: axesOf(available.shape, this.#channelsLast()), tiles: 'channels',
      retry: { label: 'Run again', press: () => start(this.#panel, 'run', {}) },
      choose: (index) => explainNeuron(this.#panel, { kind: 'element', value, index: withoutBatch(index, available.shape) }),
    }).element;
    return this.#element;
  }

  /** Images of Keras and TensorFlow have their channels last unless the layer says otherwise. */
  #channelsLast(): boolean {
    const { outline } = this.#panel.store.state;
    const framework = outline?.graph.framework;
    return (framework === 'keras' || framework === 'tensorflow' || framework === 'tflite')
      && this.#panel.store.selectedItem?.layer?.configuration['data_format'] !== 'channels_first';
  }
}

/** A window's index without the batch axis. */
function withoutBatch(index: readonly number[], shape: readonly number[]): readonly number[] {
  return shape.length > 1 && shape[0] === 1 ? index.slice(1) : index;
}

/** How one example lies in a layer's result: vectors as bars, sequences as a matrix, images by channels. */
function axesOf(shape: readonly number[], channelsLast: boolean): Axes {
  const rank = shape.length;
  if (rank <= 2 || (rank === 3 && (shape[1] === 1 || shape[2] === 1))) return { tile: -1, down: -1, across: rank === 0 ? -1 : shape.indexOf(Math.max(...shape)) };
  if (rank === 3) return { tile: -1, down: 1, across: 2 };
  return channelsLast ? { tile: rank - 1, down: rank - 3, across: rank - 2 } : { tile: rank - 3, down: rank - 2, across: rank - 1 };
}
