import { describe, expect, test } from 'vitest';
import { stored } from '../../graph/weights.ts';
import { Random } from '../search/random.ts';
import { GraphWriter } from '../testing/graph-writer.ts';
import { compile } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { neuron } from './activation-region.ts';
import { boundsOver, boxAround } from './bounds.ts';
import { canBeActive, lift } from './lift.ts';
import { NeuronModel } from './neuron-model.ts';

/** Two hidden ReLU layers of 6 on 3 inputs; v3 is the second ReLU. */
async function modelOf(seed: number): Promise<NeuronModel> {
  const random = new Random(seed);
  const numbers = (count: number, scale: number) => Array.from({ length: count }, () => scale * random.uniform(-1, 1));
  const writer = new GraphWriter();
  const first = writer.operator('Relu', [writer.gemm(writer.input([1, 3], 'x'), 6, numbers(18, 1), numbers(6, 0.4))]);
  const second = writer.operator('Relu', [writer.gemm(first, 6, numbers(36, 0.8), numbers(6, 0.4))]);
  const graph = writer.graph(writer.gemm(second, 2, numbers(12, 1), numbers(2, 0.2)));
  const weights = new Map([...writer.weights].map(([name, tensor]) => [name, stored(tensor)]));
  return NeuronModel.open(graph, weights, { x: { dataType: 'float32', shape: [1, 3], data: Float32Array.from(numbers(3, 0.5)) } });
}

const relus = (model: NeuronModel) => model.graph.operators.filter(({ type }) => type === 'Relu').map(({ outputs }) => outputs[0]);

function samples(model: NeuronModel, radius: number, count: number): Float64Array[] {
  const random = new Random(9);
  return Array.from({ length: count }, () => model.input.map((x) => Math.fround(x + radius * random.uniform(-1, 1))));
}

describe('questions about neurons', () => {
  test('above T is reached with a replayed input, or never: never where a sample does', async () => {
    const verdicts: Record<string, number> = {};
    for (let seed = 1; seed <= 12; seed++) {
      const model = await modelOf(seed);
      const neuron = model.at(model.graph.outputs[0], [seed % 2]);
      const points = samples(model, 0.5, 400);
      const values = points.map((x) => neuron.region.loaded.evaluate(x)[seed % 2]);
      const most = Math.max(...values);
      const box = boxAround(model.input, 0.5);
      const { lower, upper } = model.bounds(neuron, box);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(lower);
      expect(most).toBeLessThanOrEqual(upper);
      for (const threshold of [most - 0.01, most + 0.05, upper + 0.01]) {
        const answer = await lift(model, [{ neuron, threshold }], box, { threads: 0, timeoutSeconds: 20 });
        verdicts[answer.verdict] = (verdicts[answer.verdict] ?? 0) + 1;
        if (threshold < most) expect(answer.verdict).toBe('reached');
        if (threshold > upper) expect(answer.verdict).toBe('never');
        if (answer.verdict !== 'reached') continue;
        expect(answer.input!.every((x, j) => x >= box.lower[j] && x <= box.upper[j])).toBe(true);
        expect(answer.values![0]).toBeGreaterThanOrEqual(threshold);
        expect(neuron.region.loaded.evaluate(answer.input!)[seed % 2]).toBeGreaterThan(threshold - 1e-5);
      }
      await model.close();
    }
    expect(verdicts.never).toBeGreaterThan(12);
    expect(verdicts.undecided).toBeUndefined();
  }, 60_000);

  test('z3 confirms a proof where exactness is asked', async () => {
    const model = await modelOf(2);
    const first = model.at(relus(model)[0], [2]);
    const box = boxAround(model.input, 0.5);
    const { upper } = model.bounds(first, box);
    const answer = await lift(model, [{ neuron: first, threshold: upper + 1e-3 }], box, { threads: 0, exact: true });
    expect(answer).toMatchObject({ verdict: 'never', method: 'linear bounds, confirmed by z3 in exact arithmetic' });
    await model.close();
  }, 30_000);

  test('a dead neuron is proved dead, and two are active together where a sample shows it', async () => {
    const verdicts: Record<string, number> = {};
    for (let seed = 1; seed <= 6; seed++) {
      const model = await modelOf(20 + seed);
      const [first, second] = relus(model);
      const box = boxAround(model.input, 0.4);
      const points = samples(model, 0.4, 600);
      const pairs = [[model.at(second, [0])], [model.at(second, [1])], [model.at(second, [2]), model.at(second, [3])], [model.at(first, [0]), model.at(second, [4])]];
      for (const neurons of pairs) {
        const answer = await canBeActive(model, neurons, box, { threads: 0, timeoutSeconds: 20 });
        const seen = points.some((x) => neurons.every((neuron) => neuron.region.loaded.evaluate(x)[neuron.index[0]] > 0));
        verdicts[answer.verdict] = (verdicts[answer.verdict] ?? 0) + 1;
        if (seen) expect(answer.verdict).toBe('reached');
        if (answer.verdict === 'reached') for (const value of answer.values!) expect(value).toBeGreaterThan(0);
        expect(answer.verdict).not.toBe('undecided');
      }
      await model.close();
    }
    expect(verdicts.never).toBeGreaterThan(0);
    expect(verdicts.reached).toBeGreaterThan(0);
  }, 60_000);
});

test('bounds on a softmax of large scores stay within 0 and 1, and hold', async () => {
  const random = new Random(4);
  const writer = new GraphWriter();
  const hidden = writer.operator('Relu', [writer.gemm(writer.input([1, 4], 'x'), 12, Array.from({ length: 48 }, () => 9 * random.uniform(-1, 1)), new Float64Array(12))]);
  const graph = writer.graph(writer.operator('Softmax', [writer.gemm(hidden, 3, Array.from({ length: 36 }, () => 9 * random.uniform(-1, 1)), [0, 0, 0])], { axis: -1 }));
  const model = await NeuronModel.open(graph, new Map([...writer.weights].map(([name, tensor]) => [name, stored(tensor)])), { x: { dataType: 'float32', shape: [1, 4], data: Float32Array.of(0.1, 0.2, -0.3, 0.4) } });
  for (const radius of [1e-4, 0.01, 0.5]) {
    for (let index = 0; index < 3; index++) {
      const neuron = model.at(graph.outputs[0], [index]);
      const { lower, upper } = model.bounds(neuron, boxAround(model.input, radius));
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(upper).toBeLessThanOrEqual(1);
      if (radius === 1e-4) expect(upper - lower).toBeLessThan(0.2);
      for (const x of samples(model, radius, 50)) {
        const [value] = [neuron.region.loaded.evaluate(x)[index]];
        expect(value).toBeGreaterThanOrEqual(lower - 1e-12);
        expect(value).toBeLessThanOrEqual(upper + 1e-12);
      }
    }
  }
  await model.close();
});

describe('places', () => {
  test('a neuron is named by layer and index, and what is wrong is one sentence', async () => {
    const model = await modelOf(3);
    const { name } = model.graph.values[model.graph.outputs[0]];
    expect(model.named(`${name}[1]`).index).toEqual([1]);
    expect(model.named(`${name}[0,1]`).index).toEqual([1]);
    expect(model.named(`${name}[-1]`).index).toEqual([1]);
    expect(() => model.named(`${name}[2]`)).toThrow(`${name} has shape (2), and the index 2 is outside of it`);
    expect(() => model.named(name)).toThrow('say which neuron');
    expect(() => model.named('fc[1]')).toThrow('the nearest names are');
    expect(() => model.named(`${name}[a]`)).toThrow('the index is whole numbers');
    await model.close();
  });
});

test('without a network there is the gradient, the same as the linear form has', async () => {
  for (let seed = 1; seed <= 6; seed++) {
    const plain = await modelOf(seed);
    const [, second] = relus(plain);
    const { graph } = plain;
    const values = graph.values.map((value) => (value.id === second ? { ...value, type: { ...value.type, shape: [1, 6] } } : value.id === graph.outputs[0] ? { ...value, type: { ...value.type, shape: [1, 2] } } : value));
    const model = await NeuronModel.open({ ...graph, values }, plain.weights, plain.feeds);
    for (const [value, index] of [[model.graph.outputs[0], [1]], [second, [seed % 6]]] as const) {
      const [exact, tangent] = [model.at(value, index), await model.tangent(value, index)];
      expect(tangent.name).toBe(exact.name);
      expect(tangent.form.exact).toBe(false);
      expect(tangent.form.value).toBeCloseTo(exact.form.value, 5);
      expect(tangent.form.constant).toBeCloseTo(exact.form.constant, 5);
      tangent.form.coefficients.forEach((c, j) => expect(c).toBeCloseTo(exact.form.coefficients[j], 5));
    }
    await model.close();
  }
});

test('bounds in a large network hold: of a neuron that reads little, and of one that reads all', () => {
  const random = new Random(4);
  const numbers = (count: number, scale: number) => Array.from({ length: count }, () => scale * random.uniform(-1, 1));
  const writer = new GraphWriter();
  const first = writer.operator('Relu', [writer.operator('Conv', [writer.input([1, 1, 20, 20], 'x'), writer.parameter([8, 1, 3, 3], numbers(72, 0.5)), writer.parameter([8], numbers(8, 0.2))], { pads: [1, 1, 1, 1] })]);
  const second = writer.operator('Conv', [first, writer.parameter([4, 8, 3, 3], numbers(288, 0.3))]);
  const flat = writer.operator('Flatten', [writer.operator('Relu', [second])], { axis: 1 });
  const output = writer.gemm(flat, 2, numbers(2 * 4 * 18 * 18, 0.1), numbers(2, 0.1));
  const graph = writer.graph(output);
  const point = Float64Array.from({ length: 400 }, () => random.next());
  const box = boxAround(point, 0.05);
  for (const [value, index] of [[second, 2 * 18 * 18 + 100], [output, 1]] as const) {
    const network = compile(graph, writer.weights, { output: value });
    const [{ lower, upper }] = boundsOver(network, [neuron(network.output, index)], box);
    const loaded = new LoadedNetwork(network);
    const { size } = network.nodes[network.output];
    const seen = Array.from({ length: 60 }, () => loaded.evaluate(point.map((x) => x + 0.05 * (random.next() < 0.8 ? Math.sign(random.uniform(-1, 1)) : random.uniform(-1, 1))), 1)[index]);
    expect(size).toBeGreaterThan(1);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(lower);
    expect(Math.max(...seen)).toBeLessThanOrEqual(upper);
    // of what reads 25 elements they are nearly what is seen
    if (value === second) expect(upper - lower).toBeLessThan(3 * (Math.max(...seen) - Math.min(...seen)));
  }
});
