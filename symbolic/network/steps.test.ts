import { expect, test } from 'vitest';
import { Random } from '../search/random.ts';
import { GraphWriter } from '../testing/graph-writer.ts';
import { compile, compileInTurns } from './compile.ts';

/** Convolutions of 3x3 over `channels` channels of pictures of `side` x `side`, with ReLUs between. */
function convolutional(side: number, channels: number, layers: number) {
  const random = new Random(1);
  const writer = new GraphWriter();
  let x = writer.input([1, 1, side, side], 'x');
  for (let layer = 0, before = 1; layer < layers; layer++, before = channels) {
    const kernel = writer.parameter([channels, before, 3, 3], Float32Array.from({ length: channels * before * 9 }, () => random.uniform(-1, 1)));
    x = writer.operator('Relu', [writer.operator('Conv', [x, kernel], { pads: [1, 1, 1, 1] })]);
  }
  return { graph: writer.graph(x), weights: writer.weights };
}

test('a network made in turns is the same one', async () => {
  const { graph, weights } = convolutional(12, 8, 3);
  expect(await compileInTurns(graph, weights)).toEqual(compile(graph, weights));
});

test('a cancellation is heard while a large network is made', async () => {
  // 14 million coefficients: seconds of work
  const { graph, weights } = convolutional(28, 32, 3);
  const spent = () => process.cpuUsage().user / 1000;
  const controller = new AbortController();
  let longest = 0;
  let last = spent();
  const started = last;
  const timer = setInterval(() => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
    if (now - started > 150) controller.abort();
  }, 1);
  try {
    await expect(compileInTurns(graph, weights, {}, controller.signal)).rejects.toThrow('aborted');
  } finally {
    clearInterval(timer);
  }
  expect(Math.max(longest, spent() - last)).toBeLessThan(200);
});

test('a network that memory cannot hold is refused before any work', () => {
  const { graph, weights } = convolutional(112, 64, 3);
  const sized = { ...graph, values: graph.values.map((value) => (value.producer === undefined ? value : { ...value, type: { ...value.type, shape: [1, 64, 112, 112] } })) };
  const started = process.cpuUsage().user;
  expect(() => compile(sized, weights)).toThrow('the network has 932 million coefficients, and 150 million are the most');
  expect(process.cpuUsage().user - started).toBeLessThan(1e6);
});
