import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LayerGraph } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { createSession } from '../../runtime/index.ts';
import { Random } from '../search/random.ts';
import { GraphWriter } from '../testing/graph-writer.ts';
import { generateTests, measureCoverage, type CoverAnswer, type CoverQuestion } from './campaign.ts';
import { encodeSuite } from './suite.ts';

interface Model {
  readonly graph: LayerGraph;
  readonly weights: ReadonlyMap<string, Tensor>;
  /** The names of the values before the activations. */
  readonly hidden: readonly string[];
  readonly logits: string;
  readonly shape: readonly number[];
}

const normal = (random: Random, count: number, scale: number) => Array.from({ length: count }, () => scale * (random.next() + random.next() + random.next() - 1.5));

/** Twelve inputs, three hidden layers of 8, 4 classes; some biases are so low that neurons are dead. */
function dense(seed: number): Model {
  const random = new Random(seed);
  const writer = new GraphWriter();
  let x = writer.input([1, 12]);
  const hidden: number[] = [];
  for (const inputs of [12, 8, 8]) {
    hidden.push(writer.gemm(x, 8, normal(random, 8 * inputs, 1.2), Array.from({ length: 8 }, (_, i) => (i === 3 ? -9 : 0.4 * (random.next() - 0.5)))));
    x = writer.operator('Relu', [hidden.at(-1)!]);
  }
  const logits = writer.gemm(x, 4, normal(random, 32, 1), normal(random, 4, 0.2));
  return finished(writer, hidden, logits, [1, 12]);
}

/** A picture of 6x6, a convolution, a pool, a convolution, a dense layer, 3 classes. */
function convolutional(seed: number): Model {
  const random = new Random(seed);
  const writer = new GraphWriter();
  const x = writer.input([1, 1, 6, 6]);
  const first = writer.operator('Conv', [x, writer.parameter([3, 1, 3, 3], normal(random, 27, 0.8)), writer.parameter([3], normal(random, 3, 0.2))], { kernel_shape: [3, 3] });
  const pooled = writer.operator('MaxPool', [writer.operator('Relu', [first])], { kernel_shape: [2, 2], strides: [2, 2] });
  const second = writer.operator('Conv', [pooled, writer.parameter([4, 3, 2, 2], normal(random, 48, 0.6)), writer.parameter([4], normal(random, 4, 0.2))], { kernel_shape: [2, 2] });
  const logits = writer.gemm(writer.operator('Flatten', [writer.operator('Relu', [second])], { axis: 1 }), 3, normal(random, 12, 1), normal(random, 3, 0.2));
  return finished(writer, [first, second], logits, [1, 1, 6, 6]);
}

function finished(writer: GraphWriter, hidden: readonly number[], logits: number, shape: readonly number[]): Model {
  const graph = writer.graph(writer.operator('Softmax', [logits], { axis: -1 }));
  return { graph, weights: writer.weights, hidden: hidden.map((id) => graph.values[id].name), logits: graph.values[logits].name, shape };
}

const weightsOf = ({ weights }: Model) => new Map([...weights].map(([name, tensor]) => [name, { ...tensor, read: async () => tensor }]));
const sizeOf = ({ shape }: Model) => shape.reduce((product, length) => product * length, 1);

function question(model: Model, criterion: CoverQuestion['criterion'], change: Partial<CoverQuestion> = {}): CoverQuestion {
  const random = new Random(99);
  return {
    criterion, norm: 'linf', epsilon: 0.3, lower: 0, upper: 1, seed: 1, pairs: 100_000,
    inputs: Array.from({ length: 3 }, () => Float32Array.from({ length: sizeOf(model) }, () => random.next())), ...change,
  };
}

const generate = (model: Model, asked: CoverQuestion, timeoutSeconds = 8, state?: { path: string; resume: boolean }, signal?: AbortSignal) =>
  generateTests(model.graph, weightsOf(model), asked, { goal: 1, timeoutSeconds, state, signal });

/** What ONNX Runtime says of each input, one at a time: the values before the activations, the outputs before the softmax, the label. */
async function replayed(model: Model, inputs: readonly Float32Array[]) {
  const session = await createSession(model.graph, weightsOf(model));
  const runs: { layers: Float32Array[]; logits: Float32Array; label: number }[] = [];
  for (const data of inputs) {
    const { outputs } = await session.run({ input0: { dataType: 'float32', shape: model.shape, data } }, { fetch: [...model.hidden, model.logits] });
    const logits = outputs.get(model.logits)!.data as Float32Array;
    runs.push({ layers: model.hidden.map((name) => outputs.get(name)!.data as Float32Array), logits, label: logits.indexOf(Math.max(...logits)) });
  }
  await session.close();
  return runs;
}

type Runs = Awaited<ReturnType<typeof replayed>>;

/** The criteria once more, as the paper writes them, by trying all tests and all pairs of tests. */
const met = {
  nc: (runs: Runs, _given: Runs) => runs[0].layers.map((layer, l) => [...layer.keys()].filter((i) => runs.some(({ layers }) => layers[l][i] > 0)).length),
  nbc: (runs: Runs, given: Runs) => runs[0].layers.map((layer, l) => [...layer.keys()].reduce((count, i) => {
    const values = given.map(({ layers }) => layers[l][i]);
    return count + Number(runs.some(({ layers }) => layers[l][i] > Math.max(...values))) + Number(runs.some(({ layers }) => layers[l][i] < Math.min(...values)));
  }, 0)),
  ssc: (runs: Runs, _given: Runs) => runs[0].layers.slice(1).map((layer, l) => {
    const pairs = new Set<string>();
    for (const a of runs) {
      for (const b of runs) {
        const turned = [...a.layers[l].keys()].filter((i) => a.layers[l][i] > 0 !== b.layers[l][i] > 0);
        if (turned.length === 1) for (const j of layer.keys()) if (a.layers[l + 1][j] > 0 !== b.layers[l + 1][j] > 0) pairs.add(`${turned[0]} ${j}`);
      }
    }
    return pairs.size;
  }),
};

const folder = mkdtempSync(join(tmpdir(), 'layerscope-coverage-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([['dense', dense(5)], ['convolutional', convolutional(7)]] as const)('%s', (_, model) => {
  test.each([['nc', 'linf'], ['nbc', 'linf'], ['ssc', 'linf'], ['nc', 'l0'], ['nbc', 'l0'], ['ssc', 'l0']] as const)('%s, %s: the suite alone meets what is reported, near its seeds, and ONNX Runtime says so', async (criterion, norm) => {
    const asked = question(model, criterion, { norm, epsilon: norm === 'l0' ? Math.ceil(sizeOf(model) / 3) : 0.3 });
    const answer = await generate(model, asked);
    expect(answer.met).toBeGreaterThan(0);
    const runs = await replayed(model, answer.suite.map(({ input }) => input));
    const given = await replayed(model, asked.inputs);
    answer.suite.forEach(({ input, seed, label, expected, generated }, k) => {
      const away = input.map((x, i) => Math.abs(x - asked.inputs[seed][i]));
      expect(norm === 'linf' ? Math.max(...away) : away.filter((x) => x !== 0).length).toBeLessThanOrEqual(asked.epsilon + (norm === 'linf' ? 1e-7 : 0));
      expect(generated || away.every((x) => x === 0)).toBe(true);
      expect(input.every((x) => x >= 0 && x <= 1)).toBe(true);
      expect({ label, expected }).toEqual({ label: runs[k].label, expected: given[seed].label });
    });
    expect(answer.adversarial).toBe(runs.filter(({ label }, k) => label !== answer.suite[k].expected).length);
    // a value that is too near to a threshold to be sure of is not counted, so there may be more
    const again = met[criterion](runs, given);
    answer.layers.forEach((layer, l) => expect(layer.met).toBeLessThanOrEqual(again[l]));
    const sum = (own: readonly number[]) => own.reduce((total, one) => total + one, 0);
    expect(sum(again) - answer.met).toBeLessThanOrEqual(0.02 * answer.requirements);
  });

  test('what is unreachable is met by none of many random inputs of the domain', async () => {
    const answers = { nc: await generate(model, question(model, 'nc')), nbc: await generate(model, question(model, 'nbc')), ssc: await generate(model, question(model, 'ssc')) };
    const random = new Random(3);
    const sampled = await replayed(model, Array.from({ length: 500 }, (_, k) => Float32Array.from({ length: sizeOf(model) }, () => (k % 3 === 0 ? Math.round(random.next()) : random.next()))));
    const given = await replayed(model, question(model, 'nc').inputs);
    for (const criterion of ['nc', 'nbc', 'ssc'] as const) {
      const reached = met[criterion](sampled, given);
      answers[criterion].layers.forEach(({ requirements, unreachable }, l) => expect(reached[l]).toBeLessThanOrEqual(requirements - unreachable));
    }
    if (model.shape.length === 2) expect(answers.nc.unreachable).toBeGreaterThanOrEqual(3);
  });
});

describe('a run that is stopped', () => {
  const model = dense(11);
  const asked = question(model, 'ssc');
  const plain = ({ suite, layers, met: count, unreachable }: CoverAnswer) => ({ suite: suite.map(({ input, ...rest }) => ({ ...rest, input: Array.from(input) })), layers, count, unreachable });
  let whole: CoverAnswer;
  let text: string;
  beforeAll(async () => {
    const path = join(folder, 'whole.jsonl');
    whole = await generate(model, asked, 60, { path, resume: false });
    text = readFileSync(path, 'utf8');
    expect(whole.ended).not.toBe('timeout');
  }, 90_000);

  test.each([0.2, 0.5, 0.9])('goes on to the same tests as one that is not, killed at %d of its rounds and in the middle of a line', async (share) => {
    const lines = text.trimEnd().split('\n');
    const path = join(folder, `killed${share}.jsonl`);
    const kept = Math.max(1, Math.floor(share * lines.length));
    writeFileSync(path, `${lines.slice(0, kept).join('\n')}\n${lines[kept].slice(0, 40)}`);
    const answer = await generate(model, asked, 60, { path, resume: true });
    expect(plain(answer)).toEqual(plain(whole));
    const timeless = (all: string) => all.replaceAll(/"seconds":[\d.e-]+/g, '');
    expect(timeless(readFileSync(path, 'utf8'))).toBe(timeless(text));
  }, 90_000);

  test('is the same run where a signal cuts a round short', async () => {
    const path = join(folder, 'cut.jsonl');
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const cut = await generate(model, asked, 60, { path, resume: false }, controller.signal);
    expect(cut.ended).toBe('cancelled');
    expect(plain(await generate(model, asked, 60, { path, resume: true }))).toEqual(plain(whole));
  }, 90_000);

  test.each([
    ['of another criterion', { criterion: 'nc' as const }, /its criterion is ssc, not nc/],
    ['of another distance', { epsilon: 0.2 }, /its epsilon is 0.3, not 0.2/],
    ['of other inputs', { inputs: [new Float32Array(12)] }, /its inputs is [0-9a-f]+, not/],
  ])('is not continued as one %s', async (__, change, message) => {
    const path = join(folder, 'whole.jsonl');
    await expect(generate(model, { ...asked, ...change }, 1, { path, resume: true })).rejects.toThrow(message);
  });

  test('is refused where its state is missing, foreign or damaged', async () => {
    await expect(generate(model, asked, 1, { path: join(folder, 'none.jsonl'), resume: true })).rejects.toThrow(/none.jsonl does not exist/);
    writeFileSync(join(folder, 'foreign.jsonl'), 'hello\n');
    await expect(generate(model, asked, 1, { path: join(folder, 'foreign.jsonl'), resume: true })).rejects.toThrow(/is no state of a coverage run/);
    writeFileSync(join(folder, 'damaged.jsonl'), text.split('\n')[0]);
    appendFileSync(join(folder, 'damaged.jsonl'), '\n{"round": 0, "tests"\n');
    await expect(generate(model, asked, 1, { path: join(folder, 'damaged.jsonl'), resume: true })).rejects.toThrow(/line 2 of .*damaged.jsonl is damaged/);
  });
});

describe('Lipschitz coverage', () => {
  const model = dense(21);

  test('pairs are steeper than the constant in ONNX Runtime', async () => {
    const asked = question(model, 'lipschitz', { constant: 1.5 });
    const answer = await generate(model, asked);
    expect(answer.met).toBeGreaterThan(0);
    const runs = await replayed(model, answer.suite.map(({ input }) => input));
    const largest = (left: Float32Array, right: Float32Array) => Math.max(...left.map((x, i) => Math.abs(x - right[i])));
    const steep = new Set<number>();
    answer.suite.forEach((a, k) => answer.suite.forEach((b, m) => {
      if (a.seed === b.seed && k < m && largest(runs[k].logits, runs[m].logits) > 1.5 * largest(a.input, b.input)) steep.add(a.seed);
    }));
    expect(steep.size).toBe(answer.met);
  });

  test('balls without a steeper pair are proved so', async () => {
    const answer = await generate(model, question(model, 'lipschitz', { constant: 1e4 }));
    expect(answer).toMatchObject({ met: 0, unreachable: 3, coverage: 1, ended: 'goal' });
  });

  test('no pair of a ball is steeper than what was proved', async () => {
    const asked = question(model, 'lipschitz', { epsilon: 0.02 });
    const random = new Random(1);
    for (const constant of [0.5, 1, 2, 4]) {
      const { unreachable } = await generate(model, { ...asked, inputs: [asked.inputs[0]], constant }, 2);
      if (unreachable === 0) continue;
      const points = Array.from({ length: 300 }, () => asked.inputs[0].map((x) => Math.min(1, Math.max(0, x + random.uniform(-0.02, 0.02)))));
      const runs = await replayed(model, points);
      for (let k = 0; k + 1 < points.length; k++) {
        const apart = Math.max(...points[k].map((x, i) => Math.abs(x - points[k + 1][i])));
        expect(Math.max(...runs[k].logits.map((y, i) => Math.abs(y - runs[k + 1].logits[i])))).toBeLessThanOrEqual(constant * apart * 1.001);
      }
    }
  });
});

test('a set of inputs is measured by itself, as the criteria say', async () => {
  const model = dense(31);
  const random = new Random(8);
  const inputs = Array.from({ length: 200 }, () => Float32Array.from({ length: 12 }, () => random.next()));
  const runs = await replayed(model, inputs);
  for (const criterion of ['nc', 'ssc'] as const) {
    const answer = await measureCoverage(model.graph, weightsOf(model), question(model, criterion, { inputs }));
    const expected = met[criterion](runs, runs);
    expect(answer.layers.map((layer) => layer.met)).toEqual(expected);
    expect(answer).toMatchObject({ generated: 0, adversarial: 0, unreachable: 0 });
    const alone = await replayed(model, answer.suite.map(({ input }) => input));
    expect(met[criterion](alone, runs)).toEqual(expected);
  }
});

test('a suite is a .npz of rows', async () => {
  const model = convolutional(1);
  const answer = await generate(model, question(model, 'nc'));
  const files = unzipSync(encodeSuite(answer.suite, answer.inputShape));
  expect(Object.keys(files).toSorted()).toEqual(['adversarial.npy', 'distances.npy', 'generated.npy', 'inputs.npy', 'labels.npy', 'predicted.npy', 'seeds.npy']);
  expect(Buffer.from(files['inputs.npy']).toString('latin1')).toContain(`'descr': '<f4', 'fortran_order': False, 'shape': (${answer.tests}, 1, 6, 6)`);
  expect(Buffer.from(files['labels.npy']).toString('latin1')).toContain(`'<i8', 'fortran_order': False, 'shape': (${answer.tests},)`);
});

test.each([
  [{ inputs: [] }, 'there is no input to start from'],
  [{ inputs: [new Float32Array(3)] }, 'the model takes 12 numbers, input 0 has 3'],
  [{ inputs: [new Float32Array(12).fill(2)] }, 'element 0 of input 0 is 2, outside of the input\'s range 0 to 1'],
  [{ labels: [1] }, 'there are 1 labels for 3 inputs'],
  [{ labels: [9, 9, 9] }, 'the model gives none of the 3 inputs its label'],
  [{ epsilon: 0 }, 'epsilon must be a number above 0'],
])('bad questions get a sentence: %j', async (change, message) => {
  const model = dense(1);
  await expect(generate(model, question(model, 'nc', change))).rejects.toThrow(message);
});
