import type { LayerGraph } from '../graph/index.ts';
import type { LayerDifference } from '../runtime/index.ts';
import { print } from './output.ts';

/** What a comparison of two runs can be sorted by, the greatest change first. */
export const orders = ['layer', 'largest', 'relative', 'cosine'] as const;

export const orderings: Readonly<Record<(typeof orders)[number], (left: LayerDifference, right: LayerDifference) => number>> = {
  layer: () => 0,
  largest: (left, right) => right.difference.largest - left.difference.largest,
  // both may be infinite
  relative: (left, right) => (left.difference.relative === right.difference.relative ? 0 : right.difference.relative - left.difference.relative),
  cosine: (left, right) => (left.difference.cosine ?? 2) - (right.difference.cosine ?? 2),
};

/** One line for each layer. */
export function printComparison(rows: readonly LayerDifference[]): void {
  const width = Math.max(5, ...rows.map(({ layer }) => layer.length));
  print(`${'Layer'.padEnd(width)}  ${'largest'.padStart(10)}  ${'relative'.padStart(10)}  ${'cosine'.padStart(9)}`);
  for (const { layer, difference: { largest, relative, cosine } } of rows) {
    print(`${layer.padEnd(width)}  ${largest.toPrecision(4).padStart(10)}  ${(Number.isFinite(relative) ? relative.toPrecision(4) : 'from 0').padStart(10)}  ${(cosine?.toFixed(6) ?? '').padStart(9)}`);
  }
}

export function comparisonJson(graph: LayerGraph, rows: readonly LayerDifference[]): readonly object[] {
  return rows.map(({ layer, type, value, difference: { largest, mean, relative, cosine } }) => ({
    layer, type, tensor: graph.values[value].name, largest, mean, relative: Number.isFinite(relative) ? relative : null, cosine: cosine ?? null,
  }));
}
