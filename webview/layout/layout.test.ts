import fc from 'fast-check';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { deep, digits, resnet, siamese } from '../../test/webview/graphs.ts';
import { outline } from '../model/outline.ts';
import type { Item } from '../model/outline.ts';
import { elkEngine } from './engine.ts';
import type { Engine } from './engine.ts';
import { layered } from './layered.ts';
import type { Arrangement, Point, Problem } from './problem.ts';
import type { Scene } from './scene.ts';
import { layOut } from './scene.ts';
import { arrange, waists } from './series.ts';

// elkjs's worker script, outside a browser, gives a stand-in for the worker that runs in the same thread
const { Worker: Inline } = createRequire(import.meta.url)('elkjs/lib/elk-worker.min.js') as { Worker: new () => Worker };
const engine = elkEngine(Promise.resolve(new Inline()));

/** Problems in topological order, with every node on some edge. */
const problems = fc.integer({ min: 1, max: 14 }).chain((count) => fc.record({
  sizes: fc.array(fc.record({ width: fc.integer({ min: 10, max: 200 }), height: fc.integer({ min: 10, max: 80 }) }), { minLength: count, maxLength: count }),
  links: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 2 * count }),
  chain: fc.boolean(),
})).map(({ sizes, links, chain }): Problem => {
  const pairs = new Map<string, readonly [number, number]>();
  for (const [a, b] of links) if (a !== b) pairs.set(`${Math.min(a, b)},${Math.max(a, b)}`, [Math.min(a, b), Math.max(a, b)]);
  if (chain) for (let index = 1; index < sizes.length; index++) pairs.set(`${index - 1},${index}`, [index - 1, index]);
  return {
    nodes: sizes.map(({ width, height }) => ({ width, height, inlets: [width / 2], outlets: [width / 2] })),
    edges: [...pairs.values()].map(([from, to]) => ({ from, outlet: 0, to, inlet: 0 })),
  };
});

function near(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) < 0.6 && Math.abs(a.y - b.y) < 0.6;
}

function check({ nodes, edges }: Problem, { positions, routes }: Arrangement): void {
  nodes.forEach((a, i) => nodes.forEach((b, j) => {
    if (i >= j) return;
    const [p, q] = [positions[i], positions[j]];
    const apart = p.x + a.width <= q.x + 0.5 || q.x + b.width <= p.x + 0.5 || p.y + a.height <= q.y + 0.5 || q.y + b.height <= p.y + 0.5;
    expect(apart, `nodes ${i} and ${j} overlap`).toBe(true);
  }));
  edges.forEach(({ from, to }, index) => {
    const route = routes[index];
    expect(near(route[0], { x: positions[from].x + nodes[from].width / 2, y: positions[from].y + nodes[from].height })).toBe(true);
    expect(near(route[route.length - 1], { x: positions[to].x + nodes[to].width / 2, y: positions[to].y })).toBe(true);
    expect(positions[from].y + nodes[from].height).toBeLessThanOrEqual(positions[to].y);
    for (let step = 1; step < route.length; step++) {
      expect(Math.min(Math.abs(route[step].x - route[step - 1].x), Math.abs(route[step].y - route[step - 1].y))).toBeLessThan(0.01);
    }
  });
}

describe('arranging a problem piece by piece', () => {
  test('keeps nodes apart, joins edges to their ports, and flows downwards', async () => {
    await fc.assert(fc.asyncProperty(problems, async (problem) => check(problem, await arrange(problem, engine))), { numRuns: 60 });
  }, 120_000);

  test('a dense block and long skips ask for no engine, and take no time', async () => {
    const node = { width: 240, height: 64, inlets: [120], outlets: [120] };
    const edge = (from: number, to: number): Problem['edges'][number] => ({ from, outlet: 0, to, inlet: 0 });
    const edges: Problem['edges'][number][] = [];
    for (let from = 0; from < 48; from++) for (let to = from + 1; to < 48; to++) edges.push(edge(from, to));
    const start = performance.now();
    const dense: Problem = { nodes: Array.from({ length: 48 }, () => node), edges };
    check(dense, await arrange(dense, () => Promise.reject(new Error('The engine was asked.'))));
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('the plain layout for large problems keeps the same law', () => {
    fc.assert(fc.property(problems, (problem) => check(problem, layered(problem))), { numRuns: 300 });
  });

  test('a chain is cut at every node and needs no engine', async () => {
    const node = { width: 40, height: 20, inlets: [20], outlets: [20] };
    const chain: Problem = { nodes: Array.from({ length: 100 }, () => node), edges: Array.from({ length: 99 }, (_, from) => ({ from, outlet: 0, to: from + 1, inlet: 0 })) };
    expect(waists(chain)).toHaveLength(100);
    const { positions } = await arrange(chain, () => Promise.reject(new Error('The engine was asked.')));
    expect(positions.every(({ x }) => x === 0)).toBe(true);
  });

  test('a node under a skip is no waist', () => {
    const node = { width: 40, height: 20, inlets: [20], outlets: [20] };
    const edge = (from: number, to: number): Problem['edges'][number] => ({ from, outlet: 0, to, inlet: 0 });
    expect(waists({ nodes: [node, node, node, node, node], edges: [edge(0, 1), edge(1, 2), edge(1, 3), edge(2, 3), edge(3, 4)] })).toEqual([0, 1, 3, 4]);
  });

  test('five thousand layers with skips ask for a handful of engine runs', async () => {
    let runs = 0;
    const counting: Engine = (problem) => {
      runs++;
      return engine(problem);
    };
    const shown = outline(deep(5000));
    const scene = await layOut(shown, { isOpen: () => false, measure: () => ({ width: 240, height: 64 }), engine: counting });
    expect(scene.nodes).toHaveLength(5002);
    expect(runs).toBeLessThanOrEqual(3);
  });
});

describe('a scene', () => {
  const measure = (item: Item): { width: number; height: number } => item.kind === 'operator' ? { width: 184, height: 44 } : { width: 240, height: 64 };
  const everything = (): boolean => true;

  function parentsHold(scene: Scene): void {
    for (const node of scene.nodes) {
      const parent = node.item.parent && scene.byKey.get(node.item.parent.key);
      if (!parent) continue;
      expect(node.x).toBeGreaterThanOrEqual(parent.x);
      expect(node.y).toBeGreaterThanOrEqual(parent.y);
      expect(node.x + node.width).toBeLessThanOrEqual(parent.x + parent.width);
      expect(node.y + node.height).toBeLessThanOrEqual(parent.y + parent.height);
    }
  }

  test.each([['digits', digits()], ['siamese', siamese()], ['resnet', resnet()]])('%s: open groups hold their children, and edges meet at borders', async (_, graph) => {
    const scene = await layOut(outline(graph), { isOpen: everything, measure, engine });
    parentsHold(scene);
    // each edge that ends at the border of an open group goes on inside from the same point
    for (const edge of scene.edges) {
      const to = scene.byKey.get(edge.to.key);
      if (!to?.open || edge.to === edge.from) continue;
      const end = edge.points[edge.points.length - 1];
      const enters = end.y <= to.y + 0.6;
      if (!enters) continue;
      const inner = scene.edges.filter((other) => other.from === edge.to && other.value === edge.value && near(other.points[0], end));
      expect(inner.length, `${edge.key} ends at the border of ${edge.to.key}`).toBeGreaterThan(0);
    }
  });

  test('closed, a group is one box; its edges are those of the group', async () => {
    const scene = await layOut(outline(resnet()), { isOpen: () => false, measure, engine });
    expect(scene.nodes.map(({ item }) => item.type)).toEqual(['Input', 'Conv2d', 'BatchNorm2d', 'ReLU', 'MaxPool2d', 'Sequential', 'Sequential', 'Sequential', 'Sequential', 'AdaptiveAvgPool2d', 'Flatten', 'Linear', 'Output']);
    expect(scene.edges).toHaveLength(12);
  });
});
