import type { LayerGraph, Operator } from './graph.ts';

/** The operators that these values need, in the order in which they run. Values in `given` count as known. */
export function ancestors(graph: LayerGraph, values: Iterable<number>, given: ReadonlySet<number> = new Set()): Operator[] {
  const needed = new Set<number>();
  const open = [...values];
  const seen = new Set<number>(open);
  while (open.length > 0) {
    const value = open.pop()!;
    const producer = given.has(value) ? undefined : graph.values[value].producer;
    if (producer === undefined || needed.has(producer)) continue;
    needed.add(producer);
    for (const input of graph.operators[producer].inputs) {
      if (input !== undefined && !seen.has(input)) {
        seen.add(input);
        open.push(input);
      }
    }
  }
  return graph.operators.filter(({ id }) => needed.has(id));
}

/** Values that somebody takes, and each operator's first output. The others (a mask, indices) need not be computed. */
export function usedValues(graph: LayerGraph): Set<number> {
  return new Set([...graph.outputs, ...graph.operators.flatMap(({ inputs, outputs }) => [...inputs.filter((input) => input !== undefined), ...outputs.slice(0, 1)])]);
}
