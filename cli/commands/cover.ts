import { extname } from 'node:path';
import type { LayerGraph } from '../../graph/index.ts';
import { imageLayout, rangeOfExamples, readExamples, readInput, readLabels, type Examples } from '../../runtime/index.ts';
import { encodeSuite, generateTests, measureCoverage, usualEpsilon, type CoverAnswer, type CoverQuestion } from '../../symbolic/index.ts';
import { asked, InputError } from '../input-error.ts';
import { openModel, type ModelOptions } from '../model.ts';
import { emit, formatOf, print, printJson } from '../output.ts';
import { interruption, Progress } from '../progress.ts';

export interface CoverCommandOptions extends ModelOptions {
  readonly criterion: string;
  readonly inputs?: string;
  readonly labels?: string;
  readonly boundary?: string;
  readonly goal: number;
  readonly norm: string;
  readonly epsilon?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly constant?: number;
  readonly pairs: number;
  readonly timeout: number;
  readonly measure?: boolean;
  readonly resume?: boolean;
  readonly format: string;
  readonly output?: string;
}

/** `layerscope cover FILE`. */
export async function cover(file: string, options: CoverCommandOptions): Promise<number> {
  const format = formatOf(options.format, ['text', 'json']);
  const criterion = oneOf('--criterion', options.criterion, ['nc', 'ssc', 'nbc', 'lipschitz'] as const);
  const norm = oneOf('--norm', options.norm, ['linf', 'l0'] as const);
  const { output } = options;
  if (output !== undefined && extname(output).toLowerCase() !== '.npz') throw new InputError(`-o ${output}: a suite is written as .npz.`);
  if (options.goal > 1) throw new InputError(`--goal takes a share from 0 to 1, not ${options.goal}.`);
  if (options.resume && output === undefined) throw new InputError('--resume goes on with the state beside a suite: name it with -o.');
  if (options.measure && options.inputs === undefined) throw new InputError('--measure needs the inputs to measure: give them with --inputs.');
  const { graph, weights } = await openModel(file, options);
  if (graph.inputs.length !== 1) throw new InputError(`The model has ${graph.inputs.length} inputs; tests are generated for models with one.`);
  const { examples, labels } = await startingInputs(graph, options);
  const range = inputRange(graph, examples, options);
  const question: CoverQuestion = {
    criterion, norm, ...range, seed: options.seed, pairs: options.pairs, constant: options.constant, inputs: examples,
    labels: options.labels === undefined ? labels : await asked(() => readLabels(options.labels!, examples.length)),
    epsilon: options.epsilon ?? usualEpsilon(norm, examples[0].length, range.lower, range.upper),
    boundary: options.boundary === undefined ? undefined : (await asked(() => readExamples(options.boundary!, graph, graph.inputs[0]))).examples,
  };
  const progress = new Progress();
  const signal = interruption();
  const answer = await asked(() => (options.measure ? measureCoverage(graph, weights, question, { signal }) : generateTests(graph, weights, question, {
    signal, goal: options.goal, timeoutSeconds: options.timeout,
    state: output === undefined ? undefined : { path: statePath(output), resume: options.resume ?? false },
    onProgress: ({ met, requirements, unreachable, tests, adversarial, coverage }) => progress.show(`${met} of ${requirements} met, ${unreachable} unreachable; ${tests} tests, ${adversarial} adversarial`, coverage),
  })));
  progress.clear();
  const { suite, inputShape, ...summary } = answer;
  if (output !== undefined) await emit(encodeSuite(suite, inputShape), output);
  // a measurement does not end for a reason
  if (format === 'json') printJson({ ...summary, ended: options.measure ? undefined : summary.ended, norm, epsilon: question.epsilon, ...range });
  else printAnswer(answer, question, options);
  return 0;
}

/** The rounds of a run are written beside its suite, so that it can go on. */
function statePath(output: string): string {
  return `${output}.state.jsonl`;
}

async function startingInputs(graph: LayerGraph, { inputs, seed }: CoverCommandOptions): Promise<Examples> {
  const [input] = graph.inputs;
  const read = await asked(async (): Promise<Examples> => {
    if (inputs !== undefined) return readExamples(inputs, graph, input);
    const { tensor, label } = await readInput({ kind: 'random', seed }, graph, input);
    process.stderr.write(`Without --inputs it starts from one input (${label}).\n`);
    return { examples: [Float32Array.from(tensor.data as Float32Array)] };
  });
  if (read.examples.length === 0) throw new InputError(`${inputs} holds no examples.`);
  return read;
}

/** The range of the input's elements: as stated, that of a picture, or that of the inputs themselves. */
function inputRange(graph: LayerGraph, examples: readonly Float32Array[], { lower, upper }: CoverCommandOptions): { lower: number; upper: number } {
  const layout = imageLayout(graph, graph.inputs[0]);
  const given = rangeOfExamples(examples, layout);
  const range = { lower: lower ?? given.lower, upper: upper ?? given.upper };
  if (!(range.lower < range.upper)) throw new InputError(`The inputs' elements range from ${range.lower} to ${range.upper}: state a range with --lower and --upper.`);
  if (!layout && (lower === undefined || upper === undefined)) process.stderr.write(`The input is no picture: its elements are taken to range from ${range.lower} to ${range.upper}, as the given ones do; --lower and --upper state it.\n`);
  return range;
}

function oneOf<T extends string>(option: string, value: string, offered: readonly T[]): T {
  const found = offered.find((name) => name === value);
  if (found === undefined) throw new InputError(`${option} takes ${offered.slice(0, -1).join(', ')} or ${offered.at(-1)}, not ${value}.`);
  return found;
}

const NAMES = { nc: 'neuron coverage', ssc: 'sign-sign coverage', nbc: 'neuron boundary coverage', lipschitz: 'Lipschitz coverage' } as const;
const ENDS = { goal: 'the goal is reached', exhausted: 'every open requirement was tried in every way', timeout: 'the time was up', cancelled: 'stopped' } as const;

function printAnswer(answer: CoverAnswer, { norm, epsilon }: CoverQuestion, { measure, output }: CoverCommandOptions): void {
  const { criterion, coverage, met, requirements, unreachable, tests, generated, adversarial, seconds, layers, ended, misclassified, open } = answer;
  print(`${NAMES[criterion]}: ${(100 * coverage).toFixed(1)} % (${met} of ${requirements} requirements met, ${unreachable} proved unreachable)`);
  const width = Math.max(...layers.map(({ layer }) => layer.length));
  for (const layer of layers) print(`  ${layer.layer.padEnd(width)}  ${String(layer.met).padStart(6)} of ${layer.requirements}${layer.unreachable > 0 ? `, ${layer.unreachable} unreachable` : ''}`);
  if (open.length > 0 && !measure) print(`open: ${open.slice(0, 5).join('; ')}${requirements - met - unreachable > 5 ? '; ...' : ''}`);
  if (measure) print(`${tests} inputs of the set cover as much as all of it`);
  else print(`${tests} tests, ${generated} of them generated within ${epsilon} (${norm}) of a given input; ${adversarial} adversarial: the model's label differs`);
  if (misclassified > 0) print(`${misclassified} of the given inputs are misclassified${measure ? '' : '; none of them is a start'}`);
  if (output !== undefined) print(`written to ${output}`);
  print(`${measure ? 'measured' : ENDS[ended]}; ${seconds.toFixed(2)} s`);
}
