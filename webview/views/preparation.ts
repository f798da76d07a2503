import { h } from '../dom.ts';
import { button, dropdown } from '../controls.ts';
import type { Button, Dropdown } from '../controls.ts';
import { pictureCanvas } from '../drawing/plots.ts';
import { icon } from '../icons.ts';
import type { InputSource, PreparedInput, Remark } from '../messages.ts';
import type { Panel } from '../panel.ts';
import { Pad } from './pad.ts';

/** The choice of weights and inputs, shown by the views that use the model. */
export class Preparation {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #chosen: () => void;
  readonly #weights: Dropdown;
  readonly #report = h('div');
  readonly #detail = h('p', { class: 'quiet detail' });
  readonly #inputs = h('div', { class: 'inputs' });
  readonly #missing = h('p', { class: 'missing' });
  readonly #cards = new Map<string, InputCard>();

  /** `chosen` is called when the user gave an input on the pad; without `inputs` only the weights are chosen. */
  constructor(panel: Panel, chosen: () => void, { inputs = true }: { inputs?: boolean } = {}) {
    this.#panel = panel;
    this.#chosen = chosen;
    this.#weights = dropdown({ label: 'Weights', choose: (weights) => this.#post({ type: 'chooseWeights', weights }) });
    this.element = h('div', { class: 'preparation' },
      h('section', {}, h('h3', {}, 'Weights'),
        h('div', { class: 'row' }, this.#weights.element, button({ label: 'Choose file …', icon: 'open', press: () => this.#post({ type: 'chooseWeights', weights: 'browse' }) }).element),
        this.#detail, this.#report),
      ...(inputs ? [this.#inputs, this.#missing] : []));
    panel.store.watch(['prepared', 'outline'], () => this.#draw());
    this.#draw();
  }

  #post(message: { type: 'chooseWeights'; weights: string } | { type: 'chooseInput'; input: string; source: InputSource } | { type: 'choosePreprocessing'; choice: number | 'none' }): void {
    const { document, model } = this.#panel.store.state;
    if (document) this.#panel.host.post({ ...message, version: document.version, model });
  }

  #draw(): void {
    const { prepared, outline } = this.#panel.store.state;
    this.element.hidden = !outline;
    if (!prepared) {
      this.#missing.textContent = 'Looking for weights …';
      this.#inputs.replaceChildren();
      this.#cards.clear();
      return;
    }
    const { candidates, chosen, report } = prepared.weights;
    this.#weights.set([...(chosen === undefined ? [{ value: '', label: candidates.length > 0 ? 'Choose weights' : 'No weights found' }] : []),
      ...candidates.map(({ id, label }) => ({ value: id, label }))], chosen ?? '');
    this.#detail.textContent = candidates.find(({ id }) => id === chosen)?.detail ?? '';
    this.#report.replaceChildren(...remarks(report));
    const names = new Set(prepared.inputs.map(({ name }) => name));
    for (const name of this.#cards.keys()) if (!names.has(name)) this.#cards.delete(name);
    const cards = prepared.inputs.map((input) => {
      let card = this.#cards.get(input.name);
      if (!card) {
        card = new InputCard((source) => {
          this.#post({ type: 'chooseInput', input: input.name, source });
          if (source.kind === 'drawn') this.#chosen();
        }, (choice) => this.#post({ type: 'choosePreprocessing', choice }));
        this.#cards.set(input.name, card);
      }
      card.show(input);
      return card.element;
    });
    // an element that stays where it is keeps the focus
    if (cards.length !== this.#inputs.children.length || cards.some((card, index) => this.#inputs.children[index] !== card)) this.#inputs.replaceChildren(...cards);
    this.#missing.textContent = prepared.missing ?? '';
  }
}

/** One input of the model: what is in use, and the ways to give another. */
class InputCard {
  readonly element: HTMLElement;
  readonly #title = h('h3');
  readonly #preview = h('div', { class: 'preview' });
  readonly #remarks = h('div');
  readonly #pictures: Dropdown;
  readonly #steps = h('ol', { class: 'steps quiet' });
  readonly #picturesField: HTMLElement;
  readonly #samples: Dropdown;
  readonly #draw: Button;
  readonly #padPlace = h('div', { hidden: true });
  readonly #choose: (source: InputSource) => void;
  #pad: Pad | undefined;
  #input: PreparedInput | undefined;

  constructor(choose: (source: InputSource) => void, prepare: (choice: number | 'none') => void) {
    this.#choose = choose;
    this.#pictures = dropdown({ label: 'How pictures are prepared', choose: (choice) => prepare(choice === 'none' ? choice : Number(choice)) });
    this.#picturesField = h('div', { class: 'pictures', hidden: true }, h('label', { class: 'field' }, h('span', { class: 'quiet' }, 'Pictures are prepared'), this.#pictures.element), this.#steps);
    this.#samples = dropdown({ label: 'Samples', choose: (id) => choose({ kind: 'sample', id }) });
    this.#draw = button({ label: 'Draw', icon: 'draw', press: () => this.#togglePad() });
    this.element = h('section', { class: 'input-card' }, this.#title, this.#preview, this.#picturesField, this.#remarks,
      h('div', { class: 'row' }, this.#samples.element,
        button({ label: 'Choose file …', icon: 'open', press: () => choose({ kind: 'browse' }) }).element,
        this.#draw.element,
        button({ label: 'Random', icon: 'random', press: () => choose({ kind: 'random', seed: Math.floor(Math.random() * 1e9) }) }).element),
      this.#padPlace);
    this.element.addEventListener('dragover', (event) => {
      event.preventDefault();
      this.element.classList.add('dropping');
    });
    this.element.addEventListener('dragleave', () => this.element.classList.remove('dropping'));
    this.element.addEventListener('drop', (event) => void this.#drop(event));
  }

  show(input: PreparedInput): void {
    this.#input = input;
    const { name, shape, dataType, image, samples, chosen } = input;
    this.#title.replaceChildren(`Input ${name} `, h('span', { class: 'mono' }, `(${shape.map((size) => size ?? 'None').join(', ')}${shape.length === 1 ? ',' : ''})`), ` ${dataType}`);
    this.#preview.replaceChildren(
      chosen?.picture ? pictureCanvas(chosen.picture, `Input ${name}: ${chosen.label}`) : '',
      h('p', {}, chosen?.label ?? (image ? 'Drop an image here with Shift held, choose a file, or draw.' : 'Drop a file here (.npy, .npz, .json) with Shift held, or choose one.')));
    this.#showPictures(input);
    this.#remarks.replaceChildren(...remarks(input.remarks));
    this.#samples.element.hidden = samples.length === 0;
    this.#samples.set([{ value: '', label: 'Samples' }, ...samples.map(({ id, label }) => ({ value: id, label }))], samples.find(({ label }) => label === chosen?.label)?.id ?? '');
    this.#draw.element.hidden = !image;
    if (this.#pad && (!image || this.#pad.width !== image.width || this.#pad.height !== image.height)) {
      this.#pad = undefined;
      this.#padPlace.hidden = true;
    }
  }

  /** What the code says of how pictures become this input, in words, and the choice of another way or of none. */
  #showPictures({ pictures }: PreparedInput): void {
    this.#picturesField.hidden = !pictures;
    if (!pictures) return;
    const { choices, chosen } = pictures;
    this.#pictures.set([...choices.map(({ label }, index) => ({ value: String(index), label })), { value: 'none', label: 'Not as the code says: resized and scaled alone' }], String(chosen));
    this.#steps.replaceChildren(...(chosen === 'none' ? [] : choices[chosen]?.steps ?? []).map((step) => h('li', {}, step)));
  }

  #togglePad(): void {
    const { image } = this.#input ?? {};
    if (!image) return;
    this.#padPlace.hidden = !this.#padPlace.hidden;
    if (this.#padPlace.hidden) return;
    this.#pad ??= new Pad(image.width, image.height, (values) => this.#choose({ kind: 'drawn', width: image.width, height: image.height, values }));
    this.#padPlace.replaceChildren(this.#pad.element);
    this.#pad.focus();
  }

  async #drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    this.element.classList.remove('dropping');
    const dropped = event.dataTransfer?.files[0];
    if (dropped) this.#choose({ kind: 'file', name: dropped.name, bytes: new Uint8Array(await dropped.arrayBuffer()) });
    else this.#remarks.replaceChildren(...remarks([{ severity: 'warning', message: 'The editor gave no file to the panel. Drop one from the desktop, or use "Choose file".' }]));
  }
}

export function remarks(list: readonly Remark[]): HTMLElement[] {
  return list.map(({ severity, message }) => h('div', { class: `issue ${severity}` }, icon(severity), h('p', {}, message)));
}
