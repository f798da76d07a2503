import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { imageLayout, rangeOfExamples, readExamples, type Examples } from '../../../runtime/index.ts';
import { encodeSuite, generateTests, JournalError, type CoverProgress, type Test } from '../../../symbolic/index.ts';
import type { CoverOptions, CoverResult, CoverSample } from '../../../webview/messages.ts';
import type { JobHandler } from './job.ts';

/** Tests that are shown with their pictures. */
const SHOWN = 48;
/** Points of the curve; of more, every other one is left out. */
const POINTS = 400;
/** Milliseconds between two states of the result. */
const PACE = 300;
/** A run goes on until it is stopped. */
const SECONDS = 24 * 3600;

/** Generates tests; the state is on disk, so a run that was stopped, or whose process ended, goes on where it was. */
export const cover: JobHandler<'cover'> = async (model, options, { signal, report, partial }) => {
  const { graph, weights } = model;
  const { criterion, norm, epsilon } = options;
  const [input] = graph.inputs;
  report({ phase: 'Reading the inputs', seconds: 0 });
  const { examples, labels, classes }: Examples = options.examples === undefined ? { examples: [Float32Array.from(model.input.data as Float32Array)] } : await readExamples(options.examples, graph, input);
  const range = rangeOfExamples(examples, imageLayout(graph, input));
  if (!(range.lower < range.upper)) throw new Error('All elements of the input are the same and it is no picture: its range is not known. Choose another input, or several.');

  const tests: Test[] = [];
  const history: { seconds: number; coverage: number }[] = [];
  const named = (label: number): string => classes?.[label] ?? String(label);
  const sample = ({ input: data, label, expected, generated, distance }: Test): CoverSample => ({
    label: named(label), expected: named(expected), adversarial: label !== expected, generated, distance,
    picture: model.picture({ dataType: 'float32', shape: [1, ...(graph.values[input].type.shape ?? []).slice(1).map((size) => (typeof size === 'number' ? size : 1))], data }),
  });
  const result = ({ requirements, met, unreachable, coverage, adversarial, seconds, layers }: CoverProgress): CoverResult => {
    history.push({ seconds, coverage });
    if (history.length > POINTS) history.splice(0, history.length, ...history.filter((_, k) => k % 2 === 0 || k === history.length - 1));
    const wrong = tests.filter(({ label, expected }) => label !== expected).reverse().slice(0, SHOWN);
    const right = tests.filter(({ label, expected, generated }) => label === expected && generated).reverse().slice(0, SHOWN - wrong.length);
    return {
      requirements, met, unreachable, coverage, adversarial, seconds, layers,
      tests: tests.length, generated: tests.filter(({ generated }) => generated).length, history: [...history], samples: [...wrong, ...right].map(sample),
    };
  };
  let told = 0;
  const run = (resume: boolean) => generateTests(graph, weights, { criterion, norm, epsilon, ...range, inputs: examples, labels, seed: 0, pairs: 40_000 }, {
    signal, goal: 1, timeoutSeconds: SECONDS, state: { path: statePath(graph.name, options), resume },
    onTest: (test) => tests.push(test),
    onProgress: (progress) => {
      if (performance.now() - told < PACE) return;
      told = performance.now();
      report({ phase: 'Generating tests', fraction: progress.coverage, seconds: progress.seconds });
      partial(result(progress));
    },
  });
  report({ phase: 'Running the inputs', seconds: 0 });
  const answer = await run(options.resume && existsSync(statePath(graph.name, options))).catch((error: unknown) => {
    // the weights or the inputs are others now: there is nothing to go on with
    if (!(error instanceof JournalError) || !options.resume) throw error;
    tests.length = 0;
    return run(false);
  });
  const { ended, open, misclassified } = answer;
  return { ...result(answer), ended, open, misclassified, suite: encodeSuite(answer.suite, answer.inputShape) };
};

/** One file for each model and choice of options; the file itself knows whether the weights and inputs are the same. */
function statePath(name: string, { criterion, norm, epsilon, examples }: CoverOptions): string {
  const folder = join(tmpdir(), `layerscope-coverage-${userInfo().username}`);
  mkdirSync(folder, { recursive: true });
  return join(folder, `${createHash('sha256').update(JSON.stringify([name, criterion, norm, epsilon, examples ?? null])).digest('hex').slice(0, 20)}.jsonl`);
}
