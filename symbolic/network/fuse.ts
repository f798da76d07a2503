import type { AffineNode, Matrix, Network, Node, SparseMatrix } from './network.ts';
import type { Steps } from './steps.ts';

/**
 * Leaves out nodes that the output does not need, and (with `merge`) folds an affine node that only scales and shifts
 * another one's outputs (a bias, a batch normalisation) into that one. The roundings that this adds are counted.
 */
export function* fusing(network: Network, merge: boolean): Steps<Network> {
  const { output } = network;
  const kept = [...(network.kept ?? [])].map(([value, places]) => ({ value, places, readers: new Set(places.nodes.filter((node) => node >= 0)) }));
  let nodes = [...network.nodes];
  if (merge) {
    const consumers = new Int32Array(nodes.length);
    for (const node of nodes) for (const input of node.inputs) consumers[input]++;
    consumers[output]++;
    for (const { readers } of kept) for (const node of readers) consumers[node]++;
    for (const node of network.nodes) {
      if (node.kind !== 'affine' || node.inputs.length !== 1) continue;
      const [matrix] = node.matrices;
      const inner = nodes[node.inputs[0]];
      yield;
      // the inner node must have no other reader
      if (inner.kind === 'affine' && consumers[inner.id] === 1 && isDiagonal(matrix)) nodes[node.id] = scaledNode(inner, node, matrix);
    }
  }
  const used = new Set<number>([0]);
  const open = [output, ...kept.flatMap(({ readers }) => [...readers])];
  while (open.length > 0) {
    const id = open.pop()!;
    if (used.has(id)) continue;
    used.add(id);
    open.push(...nodes[id].inputs);
  }
  nodes = nodes.filter((node) => used.has(node.id));
  const renumbered = new Map(nodes.map((node, index) => [node.id, index]));
  return {
    ...network,
    output: renumbered.get(output)!,
    ...(network.kept ? { kept: new Map(kept.map(({ value, places }) => [value, { nodes: places.nodes.map((node) => renumbered.get(node) ?? -1), indices: places.indices }])) } : {}),
    nodes: nodes.map((node) => ({ ...node, id: renumbered.get(node.id)!, inputs: node.inputs.map((id) => renumbered.get(id)!) }) as Node),
  };
}

function isDiagonal(matrix: Matrix): matrix is SparseMatrix {
  if (matrix.kind !== 'sparse' || matrix.rows !== matrix.columns || matrix.indices.length !== matrix.rows) return false;
  return matrix.indices.every((column, row) => column === row && matrix.starts[row] === row);
}

function scaledNode(inner: AffineNode, outer: AffineNode, diagonal: SparseMatrix): AffineNode {
  const scale = diagonal.values;
  const matrices = inner.matrices.map((matrix): Matrix => {
    const values = Float64Array.from(matrix.values);
    for (let row = 0; row < matrix.rows; row++) {
      const from = matrix.kind === 'dense' ? row * matrix.columns : matrix.starts[row];
      const to = matrix.kind === 'dense' ? from + matrix.columns : matrix.starts[row + 1];
      for (let e = from; e < to; e++) values[e] *= scale[row];
    }
    return { ...matrix, values };
  });
  return {
    ...outer,
    inputs: inner.inputs,
    matrices,
    bias: inner.bias.map((b, row) => scale[row] * b + outer.bias[row]),
    biasMagnitude: inner.biasMagnitude.map((b, row) => Math.abs(scale[row]) * b + outer.biasMagnitude[row]),
    roundings: inner.roundings + outer.roundings + 3,
  };
}
