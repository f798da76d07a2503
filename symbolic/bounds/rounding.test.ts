import { expect, test } from 'vitest';
import { stored } from '../../graph/weights.ts';
import { PlainBounds } from '../certificate/plain-bounds.ts';
import { compile } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { GraphWriter } from '../testing/graph-writer.ts';
import { verifyModel } from '../verify.ts';
import { BoundEngine } from './engine.ts';

/** y = 2^60 a + b - 2^60 c: at a = b = c = 1 it is 1, but float64 loses the 1 in the sum. */
function cancelling() {
  const writer = new GraphWriter();
  const y = writer.gemm(writer.operator('Relu', [writer.gemm(writer.input([1, 3]), 3, [1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 0, 0])]), 1, [2 ** 60, 1, -(2 ** 60)], [0]);
  return { graph: writer.graph(y), weights: writer.weights };
}

test('where float64 sums lie, the bounds do not', () => {
  const { graph, weights } = cancelling();
  const loaded = new LoadedNetwork(compile(graph, weights));
  const one = Float64Array.of(1, 1, 1);
  // what bounds without an account of rounding would believe: the point box has the value 0
  const believed = loaded.evaluate(one)[0];
  expect(believed).not.toBe(1);
  const engine = new BoundEngine(loaded, one, one);
  const { kernels, network } = loaded;
  const regions = engine.analyse([{ lower: one, upper: one }]);
  const { bounds } = engine.lowerBounds(regions, network.output, kernels.store([1, -1]), 2, kernels.storeIntegers([0, 0]));
  expect(bounds[0]).toBeLessThanOrEqual(1);
  expect(-bounds[1]).toBeGreaterThanOrEqual(1);
  expect(kernels.f64(regions.lower[network.output], 1)[0]).toBeLessThanOrEqual(1);
  expect(kernels.f64(regions.upper[network.output], 1)[0]).toBeGreaterThanOrEqual(1);
  const plain = new PlainBounds(network);
  const ranges = plain.ranges({ lower: one, upper: one })!;
  expect(plain.lowerBound(network.output, Float64Array.of(1), ranges, undefined, [])).toBeLessThanOrEqual(1);
  expect(-plain.lowerBound(network.output, Float64Array.of(-1), ranges, undefined, [])).toBeGreaterThanOrEqual(1);
});

test('such a query is not proved: the output does reach one half', async () => {
  const { graph, weights } = cancelling();
  const point = Float64Array.of(1, 1, 1);
  const query = { inputs: 3, outputs: 1, property: { cases: [{ lower: point, upper: point, constraints: [{ coefficients: Float64Array.of(-1), constant: 0.5 }] }] } };
  const answer = await verifyModel(graph, new Map([...weights].map(([name, tensor]) => [name, stored(tensor)])), query, { timeoutSeconds: 10 });
  expect(answer.verdict).not.toBe('unsat');
});
