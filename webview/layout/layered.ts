import type { Arrangement, Point, Problem } from './problem.ts';
import { gaps } from './problem.ts';

/**
 * A plain layered layout for problems too large for the engine: layers by the longest path, two sweeps of barycentres for the order,
 * edges that bend in the gaps between layers. Linear but for the sorting; 5,000 nodes take some tens of milliseconds.
 */
export function layered({ nodes, edges }: Problem): Arrangement {
  const layerOf = new Int32Array(nodes.length);
  const incoming: number[][] = nodes.map(() => []);
  const outgoing: number[][] = nodes.map(() => []);
  for (const { from, to } of edges) {
    incoming[to].push(from);
    outgoing[from].push(to);
  }
  for (let node = 0; node < nodes.length; node++) {
    for (const from of incoming[node]) layerOf[node] = Math.max(layerOf[node], layerOf[from] + 1);
  }
  const depth = Math.max(0, ...unique(layerOf)) + 1;
  nodes.forEach(({ border }, node) => {
    if (border === 'bottom') layerOf[node] = depth - 1;
  });
  const layers: number[][] = Array.from({ length: depth }, () => []);
  layerOf.forEach((layer, node) => layers[layer].push(node));

  const centre = new Float64Array(nodes.length);
  const spread = (layer: number[]): void => {
    const width = layer.reduce((sum, node) => sum + nodes[node].width + gaps.node, -gaps.node);
    let x = -width / 2;
    for (const node of layer) {
      centre[node] = x + nodes[node].width / 2;
      x += nodes[node].width + gaps.node;
    }
  };
  layers.forEach(spread);
  const sweep = (layer: number[], neighbours: readonly number[][]): void => {
    const wish = (node: number): number => neighbours[node].length === 0 ? centre[node] : neighbours[node].reduce((sum, other) => sum + centre[other], 0) / neighbours[node].length;
    const wishes = new Map(layer.map((node) => [node, wish(node)]));
    layer.sort((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0) || a - b);
    spread(layer);
  };
  for (let round = 0; round < 2; round++) {
    for (const layer of layers) sweep(layer, incoming);
    for (let index = depth - 1; index >= 0; index--) sweep(layers[index], outgoing);
  }

  const positions: Point[] = [];
  const bottoms: number[] = [];
  let y = 0;
  for (const layer of layers) {
    const height = Math.max(0, ...layer.map((node) => nodes[node].height));
    for (const node of layer) positions[node] = { x: centre[node] - nodes[node].width / 2, y };
    bottoms.push(y + height);
    y += height + gaps.layer;
  }
  const routes = edges.map(({ from, outlet, to, inlet }) => {
    const start = { x: positions[from].x + nodes[from].outlets[outlet], y: positions[from].y + nodes[from].height };
    const end = { x: positions[to].x + nodes[to].inlets[inlet], y: positions[to].y };
    if (Math.abs(start.x - end.x) < 0.01) return [start, end];
    const turn = Math.max(end.y - gaps.layer / 2, bottoms[layerOf[from]] + 8);
    return [start, { x: start.x, y: turn }, { x: end.x, y: turn }, end];
  });
  return { positions, routes };
}

function unique(values: Int32Array): Set<number> {
  return new Set(values);
}
