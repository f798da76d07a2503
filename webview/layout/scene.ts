import type { Flow, Item, Outline } from '../model/outline.ts';
import { flows } from '../model/outline.ts';
import type { Engine } from './engine.ts';
import type { Arrangement, Point, Problem, ProblemNode } from './problem.ts';
import { bounds } from './problem.ts';
import { arrange } from './series.ts';

/** Everything that is to be drawn, with its place in the plane. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Containers before what they hold. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly byKey: ReadonlyMap<string, PlacedNode>;
}

export interface PlacedNode {
  readonly item: Item;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Whether it is drawn open, around its children. */
  readonly open: boolean;
}

export interface PlacedEdge {
  readonly key: string;
  readonly value: number;
  readonly points: readonly Point[];
  /** Whether the tensor's shape is written where the edge begins: once for each value, where it leaves its maker. */
  readonly labelled: boolean;
  /** Whether the edge ends at what uses the tensor, not at a border that it crosses. */
  readonly arrow: boolean;
  /** The children whose ends these are; the open group itself at its border. */
  readonly from: Item;
  readonly to: Item;
}

/** The room inside an open group, around what is in it; less where edges cross the border, since they bring a gap of their own. */
const padding = { top: 40, topCrossed: 20, side: 16, bottom: 16, bottomCrossed: 0 };

interface Layout {
  readonly item: Item;
  readonly width: number;
  readonly height: number;
  readonly children: readonly { readonly layout: Layout | undefined; readonly x: number; readonly y: number; readonly width: number; readonly height: number }[];
  readonly flows: readonly Flow[];
  readonly routes: readonly (readonly Point[])[];
  /** Where values cross the border, from the left side. */
  readonly inlets: ReadonlyMap<number, number>;
  readonly outlets: ReadonlyMap<number, number>;
}

export interface SceneOptions {
  readonly isOpen: (item: Item) => boolean;
  /** The size of a closed item. */
  readonly measure: (item: Item) => { readonly width: number; readonly height: number };
  readonly engine: Engine;
}

/** Lays out the open groups from the inside out, each by itself with its children as fixed boxes. */
export async function layOut(outline: Outline, options: SceneOptions): Promise<Scene> {
  return place(await layOutGroup(outline.root, options));
}

async function layOutGroup(item: Item, options: SceneOptions): Promise<Layout> {
  const inner = await Promise.all(item.children.map(async (child) => child.children.length > 0 && options.isOpen(child) ? layOutGroup(child, options) : undefined));
  const edges = flows(item);
  const isRoot = item.parent === undefined;

  // values that cross the border get a place of their own at the top and at the bottom
  const entering = distinct(edges.filter(({ from }) => from === -1).map(({ value }) => value));
  const leaving = distinct(edges.filter(({ to }) => to === -1).map(({ value }) => value));
  const sizes = item.children.map((child, index) => inner[index] ?? options.measure(child));
  const ports = item.children.map((child, index) => portsOf(child, inner[index], sizes[index].width));

  const border = (side: 'top' | 'bottom'): ProblemNode => ({ width: 0, height: 0, inlets: [0], outlets: [0], border: side });
  const problem: Problem = {
    nodes: [
      ...entering.map(() => border('top')),
      ...item.children.map((_, index) => ({ width: sizes[index].width, height: sizes[index].height, inlets: ports[index].inlets, outlets: ports[index].outlets })),
      ...leaving.map(() => border('bottom')),
    ],
    edges: edges.map(({ value, from, to }) => ({
      from: from === -1 ? entering.indexOf(value) : entering.length + from,
      outlet: from === -1 ? 0 : ports[from].outlet(value),
      to: to === -1 ? entering.length + item.children.length + leaving.indexOf(value) : entering.length + to,
      inlet: to === -1 ? 0 : ports[to].inlet(value),
    })),
  };
  const arrangement = await arrange(problem, options.engine);
  const box = bounds(problem, arrangement);
  const side = isRoot ? 0 : padding.side;
  const least = isRoot ? 0 : options.measure(item).width;
  const width = Math.max(snap(box.right - box.left + 2 * side), least);
  const above = isRoot ? 0 : entering.length > 0 ? padding.topCrossed : padding.top;
  const below = isRoot ? 0 : leaving.length > 0 ? padding.bottomCrossed : padding.bottom;
  const shift = { x: (width - (box.right - box.left)) / 2 - box.left, y: above - box.top };
  const height = snap(above + box.bottom - box.top + below);
  return finish(item, inner, sizes, edges, arrangement, { entering, leaving, shift, width, height, isRoot });
}

function finish(
  item: Item, inner: readonly (Layout | undefined)[], sizes: readonly { width: number; height: number }[], edges: readonly Flow[], arrangement: Arrangement,
  { entering, leaving, shift, width, height, isRoot }: { entering: readonly number[]; leaving: readonly number[]; shift: Point; width: number; height: number; isRoot: boolean },
): Layout {
  const at = (index: number): Point => ({ x: arrangement.positions[index].x + shift.x, y: arrangement.positions[index].y + shift.y });
  const routes = edges.map((edge, index) => {
    const route = arrangement.routes[index].map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y }));
    if (isRoot || route.length === 0) return route;
    // from and to the border itself, across the group's padding
    if (edge.from === -1) route.unshift({ x: route[0].x, y: 0 });
    const end = route[route.length - 1];
    if (edge.to === -1) route.push({ x: end.x, y: height });
    return route;
  });
  return {
    item, width, height, flows: edges, routes,
    children: item.children.map((_, index) => ({ layout: inner[index], ...at(entering.length + index), width: sizes[index].width, height: sizes[index].height })),
    inlets: new Map(entering.map((value, index) => [value, at(index).x])),
    outlets: new Map(leaving.map((value, index) => [value, at(entering.length + item.children.length + index).x])),
  };
}

function portsOf(child: Item, layout: Layout | undefined, width: number): { inlets: number[]; outlets: number[]; inlet(value: number): number; outlet(value: number): number } {
  if (!layout) return { inlets: [width / 2], outlets: [width / 2], inlet: () => 0, outlet: () => 0 };
  const inlets = child.inputs.map((value) => layout.inlets.get(value) ?? width / 2);
  const outlets = child.outputs.map((value) => layout.outlets.get(value) ?? width / 2);
  return { inlets, outlets, inlet: (value) => child.inputs.indexOf(value), outlet: (value) => child.outputs.indexOf(value) };
}

function place(root: Layout): Scene {
  const nodes: PlacedNode[] = [];
  const edges: PlacedEdge[] = [];
  const walk = (layout: Layout, left: number, top: number): void => {
    const { item } = layout;
    layout.children.forEach((child, index) => {
      const x = left + child.x;
      const y = top + child.y;
      nodes.push({ item: item.children[index], x, y, width: child.width, height: child.height, open: child.layout !== undefined });
      if (child.layout) walk(child.layout, x, y);
    });
    const told = new Set<number>();
    layout.flows.forEach(({ value, from, to }, index) => {
      const maker = from === -1 ? undefined : layout.children[from];
      const labelled = maker !== undefined && maker.layout === undefined && item.children[from].kind !== 'input' && !told.has(value);
      if (labelled) told.add(value);
      edges.push({
        key: `${item.key}|${value}|${from}|${to}`, value, labelled,
        points: layout.routes[index].map((point) => ({ x: left + point.x, y: top + point.y })),
        arrow: to !== -1 && layout.children[to].layout === undefined,
        from: from === -1 ? item : item.children[from], to: to === -1 ? item : item.children[to],
      });
    });
  };
  walk(root, 0, 0);
  return { width: root.width, height: root.height, nodes, edges, byKey: new Map(nodes.map((node) => [node.item.key, node])) };
}

function snap(size: number): number {
  return Math.ceil(size / 8) * 8;
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)];
}
