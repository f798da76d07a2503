import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyze } from '../language-server/index.ts';
import { bind, createSession, evaluate, openCheckpoint, readExamples, requireComplete, type Session } from '../runtime/index.ts';

const at = (name: string): string => fileURLToPath(new URL(`../examples/${name}`, import.meta.url));
let session: Session;

beforeAll(async () => {
  const { models } = await analyze({ file: at('digits_torch.py'), text: readFileSync(at('digits_torch.py'), 'utf8') });
  const binding = bind(models[0].graph, await openCheckpoint(at('digits_torch.safetensors')));
  requireComplete(binding, 'digits_torch.safetensors');
  session = await createSession(models[0].graph, binding.weights);
});
afterAll(() => session.close());

test('the sample digits are classified as their names say', async () => {
  const { examples, labels, names } = await readExamples(at('samples'), session.graph, session.graph.inputs[0]);
  expect(labels).toHaveLength(20);
  expect(names?.[0]).toBe('digit_0_276.png');
  const done: number[] = [];
  const evaluation = await evaluate(session, examples, labels!, { onProgress: (amount) => done.push(amount) });
  expect(evaluation).toMatchObject({ classes: 10, count: 20, correct: 20 });
  expect(evaluation.confusion.map((row, label) => row[label])).toEqual(Array.from({ length: 10 }, () => 2));
  expect(evaluation.predictions.every(({ margin }) => margin > 0)).toBe(true);
  expect(done.at(-1)).toBe(20);
  // what stands still over all stands still over a part
  const part = await evaluate(session, examples.slice(0, 3), labels!.slice(0, 3));
  for (const [index, { dead, neurons }] of evaluation.activations.entries()) {
    expect(part.activations[index].dead).toBeGreaterThanOrEqual(dead);
    expect(neurons).toBeGreaterThan(dead);
  }
});

test('wrong labels count as mistakes, with a margin below zero', async () => {
  const { examples, labels } = await readExamples(at('samples'), session.graph, session.graph.inputs[0]);
  const { correct, confusion, predictions } = await evaluate(session, examples, labels!.map((label) => (label + 1) % 10));
  expect(correct).toBe(0);
  expect(confusion[1][0]).toBe(2);
  expect(predictions.every(({ margin }) => margin < 0)).toBe(true);
});

test('a label beyond the classes, and a folder without pictures, are refused in a sentence', async () => {
  const { examples, labels } = await readExamples(at('samples'), session.graph, session.graph.inputs[0]);
  await expect(evaluate(session, examples, labels!.map(() => 10))).rejects.toThrow('has the label 10, but the model has 10 classes');
  await expect(readExamples(fileURLToPath(new URL('golden', import.meta.url)), session.graph, session.graph.inputs[0])).rejects.toThrow('holds no pictures');
});
