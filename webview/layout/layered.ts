import type { Arrangement, Point, Problem } from './problem.ts';
import { gaps } from './problem.ts';

/** Distance of the lanes beside the nodes, and of the first lane from them. */
const lane = { step: 10, first: 20 };

/**
 * A plain layered layout for problems on which the engine would take too long, such as dense blocks and the long skips of a U-Net:
 * layers by the longest path, their order by barycentres. An edge to the next layer bends in the gap between; one that goes further runs
 * in a lane at the right of all nodes, and edges from one place share their lane. Nearly linear: 5,000 nodes take some tens of milliseconds.
 */
export function layered({ nodes, edges }: Problem): Arrangement {
  const layerOf = layersOf({ nodes, edges });
  const layers: number[][] = Array.from({ length: Math.max(-1, ...new Set(layerOf)) + 1 }, () => []);
  layerOf.forEach((layer, node) => layers[layer].push(node));
  const centre = orderLayers({ nodes, edges }, layers, layerOf);

  const positions: Point[] = [];
  const tops: number[] = [];
  const bottoms: number[] = [];
  let y = 0;
  let right = -Infinity;
  for (const layer of layers) {
    const height = Math.max(0, ...layer.map((node) => nodes[node].height));
    for (const node of layer) {
      positions[node] = { x: centre[node] - nodes[node].width / 2, y };
      right = Math.max(right, centre[node] + nodes[node].width / 2);
    }
    tops.push(y);
    bottoms.push(y + height);
    y += height + gaps.layer;
  }

  const isLong = (from: number, to: number): boolean => layerOf[to] !== layerOf[from] + 1;
  const lanes = assignLanes({ nodes, edges }, layerOf, isLong);
  const routes = edges.map(({ from, outlet, to, inlet }) => {
    const start = { x: positions[from].x + nodes[from].outlets[outlet], y: positions[from].y + nodes[from].height };
    const end = { x: positions[to].x + nodes[to].inlets[inlet], y: positions[to].y };
    if (isLong(from, to)) {
      const x = right + lane.first + (lanes.get(laneKey(from, outlet)) ?? 0) * lane.step;
      const out = bottoms[layerOf[from]] + gaps.layer / 2;
      const back = tops[layerOf[to]] - gaps.layer * 0.3;
      return [start, { x: start.x, y: out }, { x, y: out }, { x, y: back }, { x: end.x, y: back }, end];
    }
    if (Math.abs(start.x - end.x) < 0.01) return [start, end];
    const turn = bottoms[layerOf[from]] + gaps.layer / 2;
    return [start, { x: start.x, y: turn }, { x: end.x, y: turn }, end];
  });
  return { positions, routes };
}

/** How many places the edges pass between their ends: what makes the engine slow. */
export function passages(problem: Problem): number {
  const layerOf = layersOf(problem);
  return problem.edges.reduce((sum, { from, to }) => sum + Math.max(0, Math.abs(layerOf[to] - layerOf[from]) - 1), 0);
}

/** The layer of each node: below all that it depends on. */
function layersOf({ nodes, edges }: Problem): Int32Array {
  const layerOf = new Int32Array(nodes.length);
  const incoming: number[][] = nodes.map(() => []);
  for (const { from, to } of edges) incoming[to].push(from);
  let last = 0;
  for (let node = 0; node < nodes.length; node++) {
    for (const from of incoming[node]) if (from < node) layerOf[node] = Math.max(layerOf[node], layerOf[from] + 1);
    last = Math.max(last, layerOf[node]);
  }
  nodes.forEach(({ border }, node) => {
    if (border === 'bottom') layerOf[node] = last;
  });
  return layerOf;
}

/** Orders the nodes within their layers so that edges between neighbouring layers are short; gives the nodes' middles. */
function orderLayers({ nodes, edges }: Problem, layers: number[][], layerOf: Int32Array): Float64Array {
  const incoming: number[][] = nodes.map(() => []);
  const outgoing: number[][] = nodes.map(() => []);
  for (const { from, to } of edges) {
    if (layerOf[to] !== layerOf[from] + 1) continue;
    incoming[to].push(from);
    outgoing[from].push(to);
  }
  const centre = new Float64Array(nodes.length);
  const spread = (layer: readonly number[]): void => {
    const width = layer.reduce((sum, node) => sum + nodes[node].width + gaps.node, -gaps.node);
    let x = -width / 2;
    for (const node of layer) {
      centre[node] = x + nodes[node].width / 2;
      x += nodes[node].width + gaps.node;
    }
  };
  const sweep = (layer: number[], neighbours: readonly number[][]): void => {
    if (layer.length === 1) return;
    const wish = (node: number): number => neighbours[node].length === 0 ? centre[node] : neighbours[node].reduce((sum, other) => sum + centre[other], 0) / neighbours[node].length;
    const wishes = new Map(layer.map((node) => [node, wish(node)]));
    layer.sort((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0) || a - b);
    spread(layer);
  };
  layers.forEach(spread);
  for (let round = 0; round < 2; round++) {
    for (const layer of layers) sweep(layer, incoming);
    for (let index = layers.length - 1; index >= 0; index--) sweep(layers[index], outgoing);
  }
  return centre;
}

function laneKey(from: number, outlet: number): string {
  return `${from}.${outlet}`;
}

/** The lane of each place from which long edges start: short ones inside, those that meet in different lanes. */
function assignLanes({ edges }: Problem, layerOf: Int32Array, isLong: (from: number, to: number) => boolean): Map<string, number> {
  const spans = new Map<string, { first: number; last: number }>();
  for (const { from, outlet, to } of edges) {
    if (!isLong(from, to)) continue;
    const key = laneKey(from, outlet);
    const span = spans.get(key) ?? { first: layerOf[from], last: layerOf[from] };
    spans.set(key, { first: Math.min(span.first, layerOf[to]), last: Math.max(span.last, layerOf[to]) });
  }
  const lanes = new Map<string, number>();
  const taken: { first: number; last: number }[][] = [];
  for (const [key, span] of [...spans].sort(([, a], [, b]) => a.last - a.first - (b.last - b.first) || a.first - b.first)) {
    let index = taken.findIndex((others) => others.every(({ first, last }) => span.last < first || last < span.first));
    if (index < 0) index = taken.push([]) - 1;
    taken[index].push(span);
    lanes.set(key, index);
  }
  return lanes;
}
