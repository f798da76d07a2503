import { describe, expect, test } from 'vitest';
import { compile } from './network/compile.ts';
import { LoadedNetwork } from './network/loaded.ts';
import { findAdversarial, type Norm, type RobustnessQuestion } from './robustness.ts';
import { Random } from './search/random.ts';
import { GraphWriter } from './testing/graph-writer.ts';

/** A random classifier: 8 inputs, two hidden layers, 3 classes. */
function classifier(seed: number) {
  const random = new Random(seed);
  const normal = (count: number, scale: number) => Array.from({ length: count }, () => scale * random.uniform(-1, 1));
  const writer = new GraphWriter();
  let y = writer.operator('Relu', [writer.gemm(writer.input([1, 8]), 16, normal(128, 0.6), normal(16, 0.2))]);
  y = writer.operator('Relu', [writer.gemm(y, 16, normal(256, 0.5), normal(16, 0.2))]);
  y = writer.operator('Softmax', [writer.gemm(y, 3, normal(48, 0.7), normal(3, 0.1))], { axis: -1 });
  const network = compile(writer.graph(y), writer.weights, { logits: true });
  const loaded = new LoadedNetwork(network);
  const replay = (input: Float32Array) => Promise.resolve(loaded.evaluate(Float64Array.from(input), 1));
  const input = Array.from({ length: 8 }, () => Math.fround(random.next()));
  return { network, loaded, replay, input };
}

const labelOf = (scores: ArrayLike<number>) => Array.from(scores).indexOf(Math.max(...Array.from(scores)));

describe('findAdversarial', () => {
  test.each(['linf', 'l2', 'l0'] as const)('%s: what is found is near and classified otherwise; what is proved has no sampled counterexample', async (norm: Norm) => {
    const verdicts = new Set<string>();
    for (let seed = 1; seed <= 12; seed++) {
      const { network, loaded, replay, input } = classifier(seed);
      const epsilon = norm === 'l0' ? 1 + (seed % 2) : seed % 2 === 0 ? 0.02 : 0.3;
      const question: RobustnessQuestion = { input, epsilon, norm, lower: 0, upper: 1 };
      const answer = await findAdversarial(network, question, { replay, timeoutSeconds: 10 });
      verdicts.add(answer.verdict);
      const label = labelOf(loaded.evaluate(Float64Array.from(input), 1));
      expect(answer.original.label).toBe(label);
      if (answer.adversarial) {
        const found = answer.adversarial;
        expect(labelOf(loaded.evaluate(Float64Array.from(found.input), 1))).toBe(found.label);
        expect(found.label).not.toBe(label);
        expect(found.distance).toBeLessThanOrEqual(epsilon);
        expect(found.input.every((x) => x >= 0 && x <= 1)).toBe(true);
      } else if (answer.verdict === 'robust') {
        expect(answer.bound).toBeGreaterThan(0);
        const random = new Random(seed);
        for (let trial = 0; trial < 500; trial++) {
          const point = Float64Array.from(input);
          if (norm === 'l0') for (let k = 0; k < epsilon; k++) point[random.integer(8)] = random.next();
          else for (let i = 0; i < 8; i++) point[i] = Math.min(1, Math.max(0, point[i] + (norm === 'l2' ? epsilon / Math.sqrt(8) : epsilon) * random.uniform(-1, 1)));
          expect(labelOf(loaded.evaluate(point, 1))).toBe(label);
        }
      }
    }
    expect(verdicts).toContain('adversarial');
    expect(verdicts).toContain('robust');
  });

  test('l0 by pixels: all elements of a pixel change together, every choice of pixels is settled, and a proof has no counterexample', async () => {
    const pixels = [0, 1, 2, 3, 0, 1, 2, 3];
    const verdicts = new Set<string>();
    let several = 0;
    for (let seed = 1; seed <= 24; seed++) {
      const { network, loaded, replay, input } = classifier(seed);
      const epsilon = 1 + (seed % 2);
      const answer = await findAdversarial(network, { input, epsilon, norm: 'l0', lower: 0, upper: 1, pixels }, { replay, timeoutSeconds: 30 });
      verdicts.add(answer.verdict);
      const label = labelOf(loaded.evaluate(Float64Array.from(input), 1));
      if (answer.adversarial) {
        const changed = answer.adversarial.input.flatMap((x, i) => (x === input[i] ? [] : [i]));
        expect(new Set(changed.map((i) => pixels[i])).size).toBe(answer.adversarial.distance);
        expect(answer.adversarial.distance).toBeLessThanOrEqual(epsilon);
        expect(labelOf(loaded.evaluate(Float64Array.from(answer.adversarial.input), 1))).toBe(answer.adversarial.label);
        if (changed.length > epsilon) several++;
        continue;
      }
      const random = new Random(seed);
      for (let trial = 0; trial < 2000; trial++) {
        const point = Float64Array.from(input);
        for (let k = 0; k < epsilon; k++) {
          const pixel = random.integer(4);
          pixels.forEach((one, i) => {
            if (one === pixel) point[i] = random.next() < 0.5 ? Math.round(random.next()) : random.next();
          });
        }
        expect(labelOf(loaded.evaluate(point, 1))).toBe(label);
      }
    }
    expect([...verdicts].sort()).toEqual(['adversarial', 'robust']);
    expect(several).toBeGreaterThan(0);
  });

  test('a target that is given must be reached', async () => {
    const { network, replay, input } = classifier(3);
    const { original } = await findAdversarial(network, { input, epsilon: 0, norm: 'linf' }, { replay });
    const target = (original.label + 1) % 3;
    const answer = await findAdversarial(network, { input, epsilon: 2, norm: 'linf', target }, { replay, timeoutSeconds: 10 });
    if (answer.adversarial) expect(answer.adversarial.label).toBe(target);
    expect(answer.verdict).not.toBe('undecided');
  });

  test('a candidate that the original model does not confirm is not shown', async () => {
    const { network, input, loaded } = classifier(5);
    const scores = loaded.evaluate(Float64Array.from(input), 1);
    const answer = await findAdversarial(network, { input, epsilon: 1, norm: 'linf' }, { replay: () => Promise.resolve(scores), timeoutSeconds: 1 });
    expect(answer.adversarial).toBeNull();
    expect(answer.verdict).not.toBe('adversarial');
  });

  test.each([
    [{ epsilon: -1 }, 'epsilon must be'],
    [{ input: [1, 2] }, 'the model takes 8 numbers, the input has 2'],
    [{ label: 7 }, 'the label must be a class from 0 to 2'],
    [{ input: [2, 0, 0, 0, 0, 0, 0, 0], upper: 1 }, 'outside of its valid range'],
    [{ norm: 'l0' as const }, 'needs the valid range'],
  ])('bad questions get a sentence: %j', async (change, message) => {
    const { network, replay, input } = classifier(1);
    await expect(findAdversarial(network, { input, epsilon: 0.1, norm: 'linf', ...change }, { replay })).rejects.toThrow(message);
  });
});
