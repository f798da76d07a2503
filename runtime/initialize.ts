import { isKnown } from '../graph/dimension.ts';
import { elementCount, tensorOf } from '../graph/elements.ts';
import type { Initializer, LayerGraph } from '../graph/graph.ts';
import { isFloating } from '../graph/operators/data-types.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { StoredTensor, Weights } from '../graph/weights.ts';

/**
 * Weights for every parameter that has none: drawn by the rule with which the framework would fill it, from a generator
 * that is seeded, so that the same graph and seed give the same weights on every machine. They are not the framework's
 * own draws: its generators differ. A parameter without a known rule is drawn as Keras's Glorot uniform.
 */
export function initialize(graph: LayerGraph, seed = 0, given: Weights = new Map()): Map<string, StoredTensor> {
  const weights = new Map(given);
  for (const parameter of graph.parameters) {
    if (weights.has(parameter.name)) continue;
    const shape = parameter.type.shape?.map((size) => (isKnown(size) ? size : 1)) ?? [];
    const dataType = parameter.type.dataType ?? 'float32';
    // each parameter has a stream of its own, so a graph that grows keeps the weights that it had
    const read = async (): Promise<Tensor> => {
      const next = generator(hash(parameter.name) ^ seed);
      const rule = isFloating(dataType) || parameter.initializer.kind !== 'unknown' ? parameter.initializer : { kind: 'constant', value: 0 } as const;
      const draw = drawer(rule, shape, next);
      return tensorOf(dataType, shape, Float64Array.from({ length: elementCount(shape) }, (_, index) => draw(index)));
    };
    weights.set(parameter.name, { dataType, shape, read });
  }
  return weights;
}

function drawer(rule: Initializer, shape: readonly number[], next: () => number): (index: number) => number {
  switch (rule.kind) {
    case 'constant': return () => rule.value;
    case 'values': return (index) => rule.data[index % rule.data.length];
    case 'uniform': return () => rule.low + (rule.high - rule.low) * next();
    case 'normal': return () => rule.mean + rule.deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    case 'unknown': {
      const fans = shape.length < 2 ? [shape[0] ?? 1, 1] : [elementCount(shape) / shape[0], elementCount(shape) / shape.at(-1)!];
      const limit = Math.sqrt(6 / Math.max(1, fans[0] + fans[1]));
      return () => limit * (2 * next() - 1);
    }
  }
}

/** Uniform numbers in [0, 1) from a 32-bit seed (the mulberry32 mixing function). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
