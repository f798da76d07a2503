import type { PlacedNode, Scene } from '../layout/scene.ts';
import type { Item } from '../model/outline.ts';

export type Direction = 'down' | 'up' | 'left' | 'right';

/** Where an arrow key leads: down and up along the edges, left and right to the neighbours beside. */
export function neighbour(scene: Scene, from: string, direction: Direction): string | undefined {
  const start = scene.byKey.get(from);
  if (!start) return scene.nodes[0]?.item.key;
  if (direction === 'left' || direction === 'right') return beside(scene, start, direction);
  const down = direction === 'down';
  const ends = reached(scene, start.item, down);
  if (ends.length === 0) return undefined;
  const middle = start.x + start.width / 2;
  const away = (node: PlacedNode): number => Math.abs(node.x + node.width / 2 - middle) + Math.abs(node.y - start.y) / 4;
  return ends.reduce((best, node) => away(node) < away(best) ? node : best).item.key;
}

/** The closed nodes at the other ends of a node's edges, followed across the borders of open groups. */
function reached(scene: Scene, item: Item, down: boolean): PlacedNode[] {
  const found = new Set<PlacedNode>();
  const seen = new Set<string>();
  const follow = (at: Item, value: number | undefined): void => {
    for (const { from, to, value: carried, key } of scene.edges) {
      if ((down ? from : to) !== at || (value !== undefined && carried !== value)) continue;
      if (seen.has(key)) continue;
      seen.add(key);
      const next = down ? to : from;
      const node = scene.byKey.get(next.key);
      if (node && !node.open) found.add(node);
      else follow(next, carried);
    }
  };
  follow(item, undefined);
  return [...found];
}

function beside(scene: Scene, start: PlacedNode, direction: 'left' | 'right'): string | undefined {
  const sign = direction === 'right' ? 1 : -1;
  let best: { key: string; distance: number } | undefined;
  for (const node of scene.nodes) {
    const ahead = sign * (node.x + node.width / 2 - start.x - start.width / 2);
    if (node.open || ahead <= 8 || node === start) continue;
    const distance = ahead + 3 * Math.abs(node.y + node.height / 2 - start.y - start.height / 2);
    if (!best || distance < best.distance) best = { key: node.item.key, distance };
  }
  return best?.key;
}
