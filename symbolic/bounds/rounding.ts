import type { Node } from '../network/network.ts';

/**
 * What rounding can cost a bound for each unit of coefficient at a node, from bounds on |value| of its inputs (and,
 * except for affine nodes, its own); engine.ts says why.
 */
export function roundingSlack(node: Node, magnitude: readonly Float64Array[], gamma: number): Float64Array {
  const slack = new Float64Array(node.size);
  if (node.kind === 'affine') {
    const total = Float64Array.from(node.biasMagnitude);
    node.matrices.forEach((matrix, k) => {
      const reach = magnitude[node.inputs[k]];
      for (let row = 0; row < matrix.rows; row++) {
        let sum = 0;
        if (matrix.kind === 'dense') for (let j = 0; j < matrix.columns; j++) sum += Math.abs(matrix.values[row * matrix.columns + j]) * reach[j];
        else for (let e = matrix.starts[row]; e < matrix.starts[row + 1]; e++) sum += Math.abs(matrix.values[e]) * reach[matrix.indices[e]];
        total[row] += sum;
      }
    });
    for (let i = 0; i < node.size; i++) slack[i] = gamma * total[i];
    return slack;
  }
  const own = magnitude[node.id];
  const [input] = node.inputs;
  const reach = input === undefined || node.kind === 'product' ? own : magnitude[input];
  for (let i = 0; i < node.size; i++) slack[i] = 2 * gamma * (own[i] + reach[i]);
  return slack;
}
