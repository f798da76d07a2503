import { svg } from '../dom.ts';
import type { Scene } from '../layout/scene.ts';
import { drawEdge, drawLabel } from './edge.ts';
import type { Drawing } from './node.ts';
import { drawNode } from './node.ts';

/** A drawing that stands by itself, outside the panel. */
export interface Picture {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

const margin = 24;
const inlined = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'fill-opacity', 'stroke-opacity', 'font-family', 'font-size', 'font-weight', 'display', 'paint-order'] as const;

/** The whole scene as SVG text, in the colours of the current theme. */
export function exportSvg(scene: Scene, drawing: Drawing): Picture {
  const width = scene.width + 2 * margin;
  const height = scene.height + 2 * margin;
  const frames = svg('g');
  const nodes = svg('g');
  const edges = svg('g');
  const labels = svg('g');
  for (const node of scene.nodes) (node.open ? frames : nodes).append(drawNode(node, drawing));
  for (const edge of scene.edges) {
    edges.append(drawEdge(edge));
    if (edge.labelled && edge.points.length > 0) labels.append(drawLabel(edge, drawing.graph));
  }
  const root = svg('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, class: 'scene' },
    svg('rect', { class: 'paper', width, height }), svg('g', { transform: `translate(${margin} ${margin})` }, frames, edges, labels, nodes));
  // styles are known only of what is in the page
  const holder = document.createElement('div');
  holder.className = 'hidden';
  holder.append(root);
  document.body.append(holder);
  for (const extra of root.querySelectorAll('.ring, .expander')) extra.remove();
  const styles = new Map<string, [string, string][]>();
  for (const element of root.querySelectorAll('rect, path, text, circle, line')) {
    const key = `${element.tagName}|${element.getAttribute('class') ?? ''}|${element.parentElement?.getAttribute('class') ?? ''}`;
    let style = styles.get(key);
    if (!style) {
      const computed = getComputedStyle(element);
      style = inlined.map((name): [string, string] => [name, computed.getPropertyValue(name)]).filter(([name, value]) => value !== '' && !(name === 'display' && value !== 'none'));
      styles.set(key, style);
    }
    for (const [name, value] of style) element.setAttribute(name, value);
  }
  holder.remove();
  for (const element of root.querySelectorAll('[data-key], [aria-label]')) for (const name of ['data-key', 'id', 'role', 'aria-label']) element.removeAttribute(name);
  return { text: new XMLSerializer().serializeToString(root), width, height };
}

/** The picture as PNG, at twice its size or as large as a canvas can be. */
export async function rasterise({ text, width, height }: Picture): Promise<Uint8Array> {
  const scale = Math.min(2, 16_000 / width, 16_000 / height, Math.sqrt(120e6 / (width * height)));
  const image = new Image();
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The graph is too large for one PNG; save it as SVG.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}
