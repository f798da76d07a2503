import type { LayerGraph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';

/** How a tensor differs from another of the same shape, over the places where both are finite. */
export interface Difference {
  /** Of the absolute differences. */
  readonly largest: number;
  readonly mean: number;
  /** The length of the difference over the length of the first; Infinity where that is 0 and the difference is not. */
  readonly relative: number;
  /** Of the angle between the two as vectors; 1 where they point the same way, undefined where one is 0. */
  readonly cosine?: number;
}

/** Undefined where the shapes differ, or there are no numbers. */
export function difference(from: Tensor, to: Tensor): Difference | undefined {
  if (from.dataType === 'string' || to.dataType === 'string' || from.shape.length !== to.shape.length || from.shape.some((size, axis) => size !== to.shape[axis])) return undefined;
  let [largest, sum, squares, first, second, product, count] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < to.data.length; i++) {
    const [left, right] = [Number(from.data[i]), Number(to.data[i])];
    const change = Math.abs(right - left);
    if (!Number.isFinite(change)) continue;
    count++;
    sum += change;
    squares += change * change;
    first += left * left;
    second += right * right;
    product += left * right;
    if (change > largest) largest = change;
  }
  const relative = squares === 0 ? 0 : Math.sqrt(squares / first);
  const cosine = first > 0 && second > 0 ? Math.max(-1, Math.min(1, product / Math.sqrt(first * second))) : undefined;
  return { largest, mean: sum / Math.max(1, count), relative, ...(cosine !== undefined && { cosine }) };
}

/** How what one layer computed differs between two runs. */
export interface LayerDifference {
  /** The layer's path, or the tensor's name where it belongs to no layer. */
  readonly layer: string;
  readonly type: string;
  readonly value: number;
  readonly difference: Difference;
}

/** Two runs that kept their tensors, layer by layer in the order of the calls; a model without layers operator by operator. */
export function compareRuns(graph: LayerGraph, before: ReadonlyMap<number, Tensor>, after: ReadonlyMap<number, Tensor>): LayerDifference[] {
  const listed = graph.scopes.filter(({ layer }) => graph.layers[layer].listed);
  const places = listed.length > 0
    ? listed.flatMap(({ layer, outputs }) => outputs.map((value) => ({ layer: graph.layers[layer].path || graph.layers[layer].name, type: graph.layers[layer].type, value })))
    : graph.operators.flatMap(({ name, type, outputs }) => outputs.slice(0, 1).map((value) => ({ layer: name || type, type, value })));
  return places.flatMap((place) => {
    const [from, to] = [before.get(place.value), after.get(place.value)];
    const found = from && to && difference(from, to);
    return found ? [{ ...place, difference: found }] : [];
  });
}
