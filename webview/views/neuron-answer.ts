import { announce, h } from '../dom.ts';
import { differenceCanvas, pictureCanvas } from '../drawing/plots.ts';
import type { QuestionResult } from '../messages.ts';
import { figure } from '../model/describe.ts';

/** What was found or ruled out in the box. */
export class NeuronAnswer {
  readonly element = h('div', { class: 'answer', hidden: true });
  #shown: QuestionResult | undefined;

  show(result: QuestionResult | undefined): void {
    this.element.hidden = !result;
    if (result === this.#shown) return;
    this.#shown = result;
    if (!result) return;
    const { verdict, values, original, found, method, seconds } = result;
    const words = sentence(result);
    announce(words);
    const change = original && found ? differenceCanvas(original, found, 'What was changed') : undefined;
    this.element.replaceChildren(h('p', { class: `verdict-line ${verdict === 'never' ? 'robust' : verdict === 'reached' ? 'reached' : 'undecided'}` }, words),
      original && found && change ? h('div', { class: 'figures' },
        h('figure', { class: 'sample' }, h('figcaption', {}, 'Input'), pictureCanvas(original, 'Input')),
        h('figure', { class: 'sample' }, h('figcaption', {}, 'Found', h('span', {}, values?.map(figure).join(', ') ?? '')), pictureCanvas(found, 'The input that was found')),
        h('figure', { class: 'sample' }, h('figcaption', {}, 'Change', h('span', {}, `at most ${figure(change.largest)}`)), change.canvas)) : '',
      h('p', { class: 'quiet' }, `${verdict === 'reached' ? 'Replayed in ONNX Runtime; ' : verdict === 'never' ? 'Proved for every input of the box; ' : ''}${method}; ${seconds < 1 ? `${Math.round(1000 * seconds)} ms` : `${seconds.toFixed(1)} s`}`));
  }
}

function sentence({ options: { question, epsilon }, names, verdict, values }: QuestionResult): string {
  const box = `within ${figure(epsilon)}`;
  const [name] = names;
  switch (question.kind) {
    case 'lift':
      return verdict === 'reached' ? `${name} reaches ${figure(values![0])}, past ${figure(question.threshold)}` : verdict === 'never' ? `${name} never reaches ${figure(question.threshold)} ${box}` : `Undecided whether ${name} reaches ${figure(question.threshold)} ${box}`;
    case 'active':
      return verdict === 'reached' ? `${name} can be active ${box}` : verdict === 'never' ? `${name} is dead ${box}: no input makes it active` : `Undecided whether ${name} can be active ${box}`;
    case 'together':
      return verdict === 'reached' ? `${names.join(' and ')} can be active together ${box}` : verdict === 'never' ? `${names.join(' and ')} are never active together ${box}` : `Undecided whether ${names.join(' and ')} can be active together ${box}`;
  }
}
