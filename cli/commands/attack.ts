import { extname } from 'node:path';
import { encodeNpy, encodePicture, imageLayout, pictureOfTensor, validRange } from '../../runtime/index.ts';
import type { Tensor } from '../../graph/index.ts';
import { attackModel, firstExample, type Norm, type RobustnessAnswer } from '../../symbolic/index.ts';
import { readFeeds, type InputOptions } from '../feeds.ts';
import { asked, InputError } from '../input-error.ts';
import { openModel, type ModelOptions } from '../model.ts';
import { emit, formatOf, print, printJson } from '../output.ts';
import { interruption, Progress } from '../progress.ts';
import { nested, printScores } from './run.ts';

export interface AttackOptions extends ModelOptions, InputOptions {
  readonly epsilon: number;
  readonly norm: string;
  readonly label?: number;
  readonly target?: number;
  readonly timeout: number;
  readonly format: string;
  readonly output?: string;
}

const EXIT = { robust: 0, adversarial: 1, undecided: 3 } as const;

/** `layerscope attack FILE`. */
export async function attack(file: string, options: AttackOptions): Promise<number> {
  const format = formatOf(options.format, ['text', 'json']);
  const norm: Norm = formatOf(options.norm, ['linf', 'l2', 'l0']);
  const extension = options.output === undefined ? undefined : extname(options.output).toLowerCase();
  if (extension !== undefined && !['.npy', '.png'].includes(extension)) throw new InputError(`-o ${options.output}: an adversarial input is written as .npy or .png.`);
  const { graph, weights } = await openModel(file, options);
  if (graph.inputs.length !== 1) throw new InputError(`The model has ${graph.inputs.length} inputs; adversarial inputs are sought for models with one.`);
  const value = graph.values[graph.inputs[0]];
  const input = (await readFeeds(graph, options))[value.name];
  const layout = imageLayout(graph, value.id);
  if (extension === '.png' && !layout) throw new InputError(`-o ${options.output}: the input of this model is no picture; name a .npy file.`);
  const progress = new Progress();
  const answer = await asked(() => attackModel(graph, weights, input, { epsilon: options.epsilon, norm, label: options.label, target: options.target, ...validRange(input, layout) }, {
    signal: interruption(), timeoutSeconds: options.timeout, seed: options.seed,
    onProgress: ({ bound, open }) => progress.show(`${Number.isFinite(bound) ? `margin at least ${bound.toPrecision(4)}  ` : ''}${open} branches open`),
  }));
  progress.clear();
  const example = firstExample(graph, input);
  const found = answer.adversarial && { ...example, data: Float32Array.from(answer.adversarial.input) };
  if (options.output !== undefined && found) await emit(layout && extension === '.png' ? encodePicture(pictureOfTensor(found, layout)) : encodeNpy(found), options.output);
  if (format === 'json') printJson({ ...answer, adversarial: answer.adversarial && { ...answer.adversarial, input: nested(answer.adversarial.input, example.shape) } });
  else printAnswer(answer, options, found);
  return EXIT[answer.verdict];
}

function printAnswer({ verdict, original, adversarial, bound, method, seconds }: RobustnessAnswer, { epsilon, norm, output }: AttackOptions, found: Tensor | null): void {
  const within = `within ${epsilon} (${norm})`;
  print(`original: class ${original.label}`);
  printScores(original.scores, original.label);
  if (adversarial) {
    print(`adversarial: class ${adversarial.label} at distance ${adversarial.distance.toPrecision(4)} (${norm}), replayed on the original model`);
    printScores(adversarial.scores, adversarial.label);
    if (output !== undefined && found) print(`written to ${output}`);
  } else if (verdict === 'robust') print(`robust: proved that every input ${within} keeps class ${original.label}`);
  else print(`undecided: no adversarial input was found ${within}, and none is ruled out`);
  print(`${bound !== null ? `margin at least ${bound.toPrecision(4)}; ` : ''}${method}; ${seconds.toFixed(2)} s`);
}
