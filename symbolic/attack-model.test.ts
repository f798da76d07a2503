import { describe, expect, test } from 'vitest';
import { tensorOf } from '../graph/elements.ts';
import { stored } from '../graph/weights.ts';
import { attackModel } from './attack-model.ts';
import { Random } from './search/random.ts';
import { GraphWriter } from './testing/graph-writer.ts';

const random = new Random(3);
const numbers = (count: number, scale: number) => Array.from({ length: count }, () => scale * random.uniform(-1, 1));
const weights1 = numbers(6 * 8, 0.8);
const weights2 = numbers(8 * 3, 0.8);

/** A classifier that is called with a batch of a fixed size. */
function classifier(batch: number, tail: (writer: GraphWriter, y: number) => number = (_, y) => y) {
  const writer = new GraphWriter();
  const hidden = writer.operator('Relu', [writer.gemm(writer.input([batch, 6]), 8, weights1, new Array<number>(8).fill(0.1))]);
  const graph = writer.graph(tail(writer, writer.gemm(hidden, 3, weights2, [0.5, 0, 0])));
  return { graph, weights: new Map([...writer.weights].map(([name, tensor]) => [name, stored(tensor)])) };
}

const example = numbers(6, 0.5);
const ask = (model: ReturnType<typeof classifier>, rows: readonly (readonly number[])[], epsilon: number) =>
  attackModel(model.graph, model.weights, tensorOf('float32', [rows.length, 6], rows.flat()), { epsilon, norm: 'linf' }, { threads: 0, timeoutSeconds: 20 });

describe('a model that is called with a batch of 4', () => {
  const others = Array.from({ length: 3 }, () => numbers(6, 0.5));

  test.each([0.001, 0.05, 0.8])('is asked about the first example alone (epsilon %d)', async (epsilon) => {
    const alone = await ask(classifier(1), [example], epsilon);
    const among = await ask(classifier(4), [example, ...others], epsilon);
    const repeated = await ask(classifier(4), [example], epsilon);
    for (const answer of [among, repeated]) {
      expect(answer.verdict).toBe(alone.verdict);
      expect(answer.original.label).toBe(alone.original.label);
      expect(answer.original.scores).toHaveLength(3);
      if (answer.adversarial) expect(answer.adversarial.input).toHaveLength(6);
    }
  });

  test('is refused where the examples are mixed, or the sizes fit the batch only', async () => {
    const mixed = classifier(4, (writer, y) => writer.operator('Sub', [y, writer.operator('ReduceMean', [y, writer.integers([0])], { keepdims: 1 })]));
    const fitted = classifier(4, (writer, y) => writer.operator('Reshape', [writer.operator('Reshape', [y, writer.integers([4, 3, 1])]), writer.integers([4, 3])]));
    for (const model of [mixed, fitted]) await expect(ask(model, [example, ...others], 0.01)).rejects.toThrow('the model is called with a batch of 4, and its layers do not treat each example alone; call it with a batch of 1');
  });
});
