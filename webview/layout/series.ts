import type { Engine } from './engine.ts';
import { layered, passages } from './layered.ts';
import type { Arrangement, Point, Problem, ProblemEdge, ProblemNode } from './problem.ts';
import { gaps } from './problem.ts';

/** Above so many nodes without a waist, or places that edges pass, the engine would take too long; the plain layered layout does. */
const mostForEngine = { nodes: 300, passages: 60 };

/**
 * Lays out a problem piece by piece. Networks are mostly stages in series: wherever everything flows through one node (a waist),
 * what is above and what is below can be laid out apart. A chain needs no engine at all, and the hundred equal
 * residual blocks of a deep network need one run.
 */
export async function arrange(problem: Problem, engine: Engine): Promise<Arrangement> {
  const { nodes, edges } = problem;
  if (nodes.length === 0) return { positions: [], routes: [] };
  const stops = waists(problem);
  const byPiece = edgesByPiece(edges, stops);
  const pieces = await Promise.all(stops.slice(1).map((end, index) => arrangePiece(problem, stops[index], end, byPiece[index], engine)));

  const positions: Point[] = [];
  const routes: Point[][] = [];
  positions[0] = { x: 0, y: 0 };
  pieces.forEach((piece, index) => {
    const start = stops[index];
    const { x, y } = positions[start];
    const shift = { x: x - piece.positions[0].x, y: y - piece.positions[0].y };
    piece.positions.forEach((position, inner) => {
      if (inner > 0) positions[start + inner] = move(position, shift);
    });
    byPiece[index].forEach((edge, inner) => routes[edge] = piece.routes[inner].map((point) => move(point, shift)));
  });
  return { positions, routes };
}

/** The first node, each node that every path between its sides goes through, and the last node. */
export function waists({ nodes, edges }: Problem): number[] {
  const last = nodes.length - 1;
  // calls that interleave have no order in which to cut them
  if (edges.some(({ from, to }) => from >= to)) return last > 0 ? [0, last] : [0];
  const furthest = nodes.map(() => -1);
  const hasInput = new Uint8Array(nodes.length);
  const hasOutput = new Uint8Array(nodes.length);
  for (const { from, to } of edges) {
    furthest[from] = Math.max(furthest[from], to);
    hasOutput[from] = 1;
    hasInput[to] = 1;
  }
  const stops = [0];
  let reach = furthest[0];
  let looseEnd = false;
  for (let index = 1; index < last; index++) {
    // a node beside the waist, without what feeds it or what it feeds, could come to lie on it: such pieces stay together
    if (reach <= index && !looseEnd && hasInput[index] && hasOutput[index]) stops.push(index);
    reach = Math.max(reach, furthest[index]);
    looseEnd ||= !hasInput[index] || !hasOutput[index];
    if (stops.at(-1) === index) looseEnd = false;
  }
  if (last > 0) stops.push(last);
  return stops;
}

function edgesByPiece(edges: readonly ProblemEdge[], stops: readonly number[]): number[][] {
  const pieces: number[][] = stops.slice(1).map(() => []);
  const pieceOf: number[] = [];
  for (let piece = 0; piece + 1 < stops.length; piece++) for (let node = stops[piece]; node < stops[piece + 1]; node++) pieceOf[node] = piece;
  edges.forEach(({ from, to }, index) => pieces[pieceOf[Math.min(from, to)]].push(index));
  return pieces;
}

const known = new Map<string, Promise<Arrangement>>();

async function arrangePiece({ nodes, edges }: Problem, start: number, end: number, own: readonly number[], engine: Engine): Promise<Arrangement> {
  const piece: Problem = {
    // what else has no input or no output stands beside the waists, never beyond them, where another piece is
    nodes: nodes.slice(start, end + 1).map((node, index): ProblemNode => index === 0 && start > 0 ? { ...node, border: 'top' } : index === end - start && end < nodes.length - 1 ? { ...node, border: 'bottom' } : node),
    edges: own.map((index) => ({ ...edges[index], from: edges[index].from - start, to: edges[index].to - start })),
  };
  if (piece.nodes.length === 2 && piece.edges.length <= 1) return straight(piece);
  if (piece.nodes.length > mostForEngine.nodes || passages(piece) > mostForEngine.passages) return layered(piece);
  const key = JSON.stringify(piece);
  let answer = known.get(key);
  if (!answer) {
    answer = engine(piece);
    known.set(key, answer);
    // a failed run is not the answer for ever
    answer.catch(() => known.delete(key));
    if (known.size > 2000) known.delete(known.keys().next().value ?? '');
  }
  return answer;
}

/** Two nodes under one another, the edge upright. */
function straight({ nodes: [upper, lower], edges: [edge] }: Problem): Arrangement {
  const from = edge ? upper.outlets[edge.outlet] : upper.width / 2;
  const to = edge ? lower.inlets[edge.inlet] : lower.width / 2;
  const positions = [{ x: 0, y: 0 }, { x: from - to, y: upper.height + gaps.layer }];
  return { positions, routes: edge ? [[{ x: from, y: upper.height }, { x: from, y: positions[1].y }]] : [] };
}

function move({ x, y }: Point, by: Point): Point {
  return { x: x + by.x, y: y + by.y };
}
