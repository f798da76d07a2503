import { fusing } from './fuse.ts';
import type { AffineNode, Network } from './network.ts';
import { finished } from './steps.ts';

/** A weighted sum of elements of one node. */
export interface NodeSum {
  readonly node: number;
  readonly terms: readonly { readonly index: number; readonly weight: number }[];
}

/** The network whose outputs are some weighted sums of its nodes' elements; what they do not need is left out. */
export function withOutputs(network: Network, sums: readonly NodeSum[]): Network {
  const inputs = [...new Set(sums.map(({ node }) => node))].sort((a, b) => a - b);
  const matrices = inputs.map((input) => {
    const starts = new Int32Array(sums.length + 1);
    const indices: number[] = [];
    const values: number[] = [];
    sums.forEach(({ node, terms }, row) => {
      if (node === input) for (const { index, weight } of terms) {
        indices.push(index);
        values.push(weight);
      }
      starts[row + 1] = indices.length;
    });
    return { kind: 'sparse' as const, rows: sums.length, columns: network.nodes[input].size, starts, indices: Int32Array.from(indices), values: Float64Array.from(values) };
  });
  const id = network.nodes.length;
  const selection: AffineNode = { id, kind: 'affine', inputs, matrices, bias: new Float64Array(sums.length), roundings: 0, biasMagnitude: new Float64Array(sums.length), size: sums.length, origin: 'output' };
  return finished(fusing({ ...network, nodes: [...network.nodes, selection], output: id, outputShape: [sums.length], logits: false }, false));
}
