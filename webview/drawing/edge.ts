import { svg } from '../dom.ts';
import { valueShape } from '../model/describe.ts';
import type { PlacedEdge } from '../layout/scene.ts';
import type { Point } from '../layout/problem.ts';
import type { LayerGraph } from '../../graph/graph.ts';

const radius = 8;
const head = 6;

/** An upright polyline with round corners. */
export function route(points: readonly Point[], shorten = 0): string {
  if (points.length === 0) return '';
  const end = points.length - 1;
  let d = `M${points[0].x} ${points[0].y}`;
  for (let index = 1; index < end; index++) {
    const [before, at, after] = [points[index - 1], points[index], points[index + 1]];
    const bend = Math.min(radius, distance(before, at) / 2, distance(at, after) / 2);
    const from = towards(at, before, bend);
    const to = towards(at, after, bend);
    d += `L${from.x} ${from.y}Q${at.x} ${at.y} ${to.x} ${to.y}`;
  }
  const last = shorten > 0 && end > 0 ? towards(points[end], points[end - 1], shorten) : points[end];
  return `${d}L${last.x} ${last.y}`;
}

export function drawEdge(edge: PlacedEdge): SVGGElement {
  const group = svg('g', { class: 'edge', 'data-edge': edge.key }, svg('path', { class: 'line', d: route(edge.points, edge.arrow ? head : 0) }));
  const end = edge.points.at(-1);
  if (edge.arrow && end) group.append(svg('path', { class: 'head', d: `M${end.x} ${end.y}l-3.5 -${head}h7z` }));
  return group;
}

/** The shape of the tensor, beside the place where it leaves its maker. */
export function drawLabel(edge: PlacedEdge, graph: LayerGraph): SVGTextElement {
  const [start] = edge.points;
  return svg('text', { class: 'label', x: start.x + 8, y: start.y + 15 }, valueShape(graph, edge.value));
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}
