import { fill, h, svg } from '../dom.ts';
import type { PlacedEdge, PlacedNode, Scene } from '../layout/scene.ts';
import type { Point } from '../layout/problem.ts';
import { drawEdge, drawLabel, route } from './edge.ts';
import type { Drawing } from './node.ts';
import { drawNode, elementId, itemKind } from './node.ts';
import { Strips } from './strips.ts';
import type { View } from './viewport.ts';
import { scales, Viewport } from './viewport.ts';

export interface CanvasEvents {
  /** A node, or the empty plane, was clicked. */
  readonly pick: (key: string | undefined) => void;
  /** A node's sign to open or close it was clicked, or the node twice. */
  readonly toggle: (key: string) => void;
  readonly moved: () => void;
}

/** Below this scale nodes are drawn as plain boxes, all of a kind in one path; below `middle` only types are written. */
const far = 0.22;
const middle = 0.5;

/** Draws the part of a scene that is in view. */
export class Canvas {
  readonly element: HTMLElement;
  readonly viewport: Viewport;
  readonly #root: SVGSVGElement;
  readonly #world = svg('g');
  readonly #farLayer = svg('g', { class: 'far' });
  readonly #farNames = svg('g', { class: 'far-names' });
  readonly #frames = svg('g');
  readonly #edges = svg('g');
  readonly #labels = svg('g');
  readonly #nodes = svg('g');
  readonly #shownNodes = new Map<PlacedNode, SVGGElement>();
  readonly #shownEdges = new Map<PlacedEdge, SVGGElement>();
  readonly #shownLabels = new Map<PlacedEdge, SVGTextElement>();
  #scene: Scene | undefined;
  #drawing: Drawing | undefined;
  #nodeStrips = new Strips<PlacedNode>([], () => [0, 0]);
  #edgeStrips = new Strips<PlacedEdge>([], () => [0, 0]);
  #frame = 0;
  #selected: string | undefined;
  #matches: ReadonlySet<string> = new Set();
  #ran: ReadonlySet<string> = new Set();

  constructor(events: CanvasEvents) {
    this.#root = svg('svg', { class: 'scene', role: 'presentation' }, this.#world);
    this.#world.append(this.#farLayer, this.#frames, this.#edges, this.#labels, this.#nodes);
    this.element = h('div', { class: 'canvas', tabindex: 0, role: 'application', 'aria-roledescription': 'layer graph', 'aria-label': 'Layer graph. Arrow keys follow the edges, Enter opens, slash searches.' }, this.#root);
    this.viewport = new Viewport(this.element, () => {
      this.schedule();
      events.moved();
    });
    this.element.addEventListener('click', (event) => {
      if (this.viewport.dragged) return;
      const key = keyAt(event.target);
      if (key !== undefined && event.target instanceof Element && event.target.closest('.expander')) events.toggle(key);
      else events.pick(key ?? this.#farKeyAt(event));
    });
    this.element.addEventListener('dblclick', (event) => {
      const key = keyAt(event.target);
      if (key !== undefined && event.target instanceof Element && !event.target.closest('.expander')) events.toggle(key);
    });
    let width = innerWidth;
    new ResizeObserver(() => {
      // what was in the middle of the panel stays there; details that open beside move nothing under the pointer
      if (innerWidth !== width) this.viewport.pan((innerWidth - width) / 2, 0);
      width = innerWidth;
      this.schedule();
    }).observe(this.element);
  }

  get scene(): Scene | undefined {
    return this.#scene;
  }

  /** Shows a scene; the view is left as it is. */
  show(scene: Scene, drawing: Drawing): void {
    this.#scene = scene;
    this.#drawing = drawing;
    this.#nodeStrips = new Strips(scene.nodes, ({ y, height }) => [y, y + height]);
    this.#edgeStrips = new Strips(scene.edges, ({ points }) => [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))]);
    this.#clear();
    this.#drawFar(scene);
    this.#render();
  }

  /** Draws again what is shown: issues, a theme or fonts changed. */
  redraw(drawing: Drawing): void {
    if (this.#scene) this.show(this.#scene, drawing);
  }

  mark({ selected, matches, ran }: { selected: string | undefined; matches: ReadonlySet<string>; ran: ReadonlySet<string> }): void {
    this.#selected = selected;
    this.#matches = matches;
    this.#ran = ran;
    fill(this.element, { 'aria-activedescendant': selected === undefined ? '' : elementId(selected) }, []);
    for (const [node, element] of this.#shownNodes) this.#markNode(node, element);
    for (const [edge, element] of this.#shownEdges) this.#markEdge(edge, element);
    this.#markFar();
  }

  /** The whole scene, at most life size. */
  fitView(): View {
    const { width, height } = this.#scene ?? { width: 1, height: 1 };
    const room = 32;
    const scale = Math.max(scales.least, Math.min(1, (this.viewport.width - 2 * room) / width, (this.viewport.height - 2 * room) / height));
    return { scale, x: (this.viewport.width - width * scale) / 2, y: (this.viewport.height - height * scale) / 2 };
  }

  /** Where one starts to read: all of it where it can be read so, else its top at a size that can be read. */
  startView(): View {
    const fit = this.fitView();
    if (!this.#scene || fit.scale >= 0.6) return fit;
    // beside the strip that shows all of it
    const room = this.viewport.width - 96;
    const scale = Math.min(1, Math.max(0.6, room / this.#scene.width));
    const first = this.#scene.nodes[0];
    const centre = first && this.#scene.width * scale > room ? first.x + first.width / 2 : this.#scene.width / 2;
    return { scale, x: 16 + room / 2 - centre * scale, y: 32 };
  }

  /** The least move that brings a node into view. */
  reveal(key: string, smooth = true): void {
    const node = this.#scene?.byKey.get(key);
    if (!node) return;
    const { viewport } = this;
    let { x, y, scale } = viewport.view;
    if (scale < far) scale = 0.8;
    const centre = (): View => ({ scale, x: viewport.width / 2 - (node.x + node.width / 2) * scale, y: viewport.height / 2 - (node.y + Math.min(node.height / 2, 80)) * scale });
    const room = 48;
    const inside = scale === viewport.view.scale
      && node.x * scale + x >= 0 && (node.x + Math.min(node.width, viewport.width)) * scale + x <= viewport.width
      && node.y * scale + y >= room / 2 && (node.y + Math.min(node.height, 64)) * scale + y <= viewport.height - room;
    if (inside) return;
    if (smooth) viewport.glide(centre());
    else viewport.set(centre());
  }

  /** Where a node is on the screen; undefined where it is not in the scene. */
  screenPoint(key: string): Point | undefined {
    const node = this.#scene?.byKey.get(key);
    const { x, y, scale } = this.viewport.view;
    return node && { x: (node.x + node.width / 2) * scale + x, y: node.y * scale + y };
  }

  /** The closed node nearest to the middle of the view. */
  central(): string | undefined {
    const { x, y, scale } = this.viewport.view;
    const middleX = (this.viewport.width / 2 - x) / scale;
    const middleY = (this.viewport.height / 2 - y) / scale;
    let best: { key: string; distance: number } | undefined;
    for (const { item, open, ...box } of this.#nodeStrips.between(middleY - this.viewport.height / scale / 2, middleY + this.viewport.height / scale / 2)) {
      if (open) continue;
      const distance = Math.hypot(box.x + box.width / 2 - middleX, box.y + box.height / 2 - middleY);
      if (!best || distance < best.distance) best = { key: item.key, distance };
    }
    return best?.key;
  }

  schedule(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#render());
  }

  #clear(): void {
    for (const layer of [this.#farLayer, this.#frames, this.#edges, this.#labels, this.#nodes]) layer.replaceChildren();
    this.#shownNodes.clear();
    this.#shownEdges.clear();
    this.#shownLabels.clear();
  }

  #render(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const drawing = this.#drawing;
    if (!this.#scene || !drawing) return;
    const { x, y, scale } = this.viewport.view;
    this.#world.setAttribute('transform', `translate(${x} ${y}) scale(${scale})`);
    this.#root.classList.toggle('is-far', scale < far);
    this.#root.classList.toggle('is-middle', scale >= far && scale < middle);
    this.#markFar();
    if (scale < far) {
      this.#farNames.setAttribute('font-size', String(11 / scale));
      this.#keep(this.#shownNodes, new Set());
      this.#keep(this.#shownEdges, new Set());
      this.#keep(this.#shownLabels, new Set());
      return;
    }
    const room = 80;
    const left = (-x - room) / scale;
    const right = (this.viewport.width - x + room) / scale;
    const top = (-y - room) / scale;
    const bottom = (this.viewport.height - y + room) / scale;
    const nodes = new Set([...this.#nodeStrips.between(top, bottom)].filter((node) => node.x < right && node.x + node.width > left && node.y < bottom && node.y + node.height > top));
    const edges = new Set([...this.#edgeStrips.between(top, bottom)].filter(({ points }) => overlaps(points, left, right, top, bottom)));
    this.#keep(this.#shownNodes, nodes);
    this.#keep(this.#shownEdges, edges);
    this.#keep(this.#shownLabels, edges);
    for (const node of nodes) {
      if (this.#shownNodes.has(node)) continue;
      const element = drawNode(node, drawing);
      this.#shownNodes.set(node, element);
      this.#markNode(node, element);
      this.#insert(node, element);
    }
    for (const edge of edges) {
      if (this.#shownEdges.has(edge)) continue;
      const element = drawEdge(edge);
      this.#shownEdges.set(edge, element);
      this.#markEdge(edge, element);
      this.#edges.append(element);
      if (!edge.labelled || edge.points.length === 0) continue;
      const label = drawLabel(edge, drawing.graph);
      this.#shownLabels.set(edge, label);
      this.#labels.append(label);
    }
  }

  /** Frames of outer groups lie under those of inner ones. */
  #insert(node: PlacedNode, element: SVGGElement): void {
    if (!node.open) return this.#nodes.append(element);
    element.dataset['depth'] = String(node.item.depth);
    const above = [...this.#frames.children].find((other) => other instanceof SVGElement && Number(other.dataset['depth']) > node.item.depth);
    this.#frames.insertBefore(element, above ?? null);
  }

  #keep<T>(shown: Map<T, SVGElement>, wanted: ReadonlySet<T>): void {
    for (const [thing, element] of shown) {
      if (wanted.has(thing)) continue;
      element.remove();
      shown.delete(thing);
    }
  }

  #markNode({ item }: PlacedNode, element: SVGGElement): void {
    element.classList.toggle('selected', item.key === this.#selected);
    element.classList.toggle('match', this.#matches.has(item.key));
    element.classList.toggle('ran', this.#ran.has(item.key));
  }

  #markEdge({ from, to }: PlacedEdge, element: SVGGElement): void {
    element.classList.toggle('selected', this.#selected !== undefined && (from.key === this.#selected || to.key === this.#selected));
  }

  #drawFar(scene: Scene): void {
    const boxes = new Map<string, string>();
    const frames = new Map<number, string>();
    for (const { item, open, x, y, width, height } of scene.nodes) {
      const box = `M${x} ${y}h${width}v${height}h-${width}z`;
      if (open) frames.set(item.depth, (frames.get(item.depth) ?? '') + box);
      else boxes.set(itemKind(item), (boxes.get(itemKind(item)) ?? '') + box);
    }
    for (const [, d] of [...frames].sort(([a], [b]) => a - b)) this.#farLayer.append(svg('path', { class: 'frame', d }));
    this.#farLayer.append(svg('path', { class: 'line', d: scene.edges.map(({ points }) => route(points)).join('') }));
    for (const [kind, d] of boxes) this.#farLayer.append(svg('path', { class: `box kind-${kind}`, d }));
    // the names of the outermost groups stay legible beside them, whatever the scale
    this.#farNames.replaceChildren(...scene.nodes.filter(({ item, open }) => open && item.depth === 1).map(({ item, x, y, height }) => svg('text', { class: 'name', x, y: y + Math.min(height, 400) / 2, dx: '-0.8em', 'text-anchor': 'end' }, item.name)));
    this.#farLayer.append(this.#farNames, svg('path', { class: 'matches' }), svg('path', { class: 'selection' }));
  }

  #markFar(): void {
    if (this.viewport.view.scale >= far) return;
    const box = (key: string): string => {
      const node = this.#scene?.byKey.get(key);
      if (!node) return '';
      const grow = 4 / this.viewport.view.scale;
      return `M${node.x - grow} ${node.y - grow}h${node.width + 2 * grow}v${node.height + 2 * grow}h-${node.width + 2 * grow}z`;
    };
    this.#farLayer.querySelector('.matches')?.setAttribute('d', [...this.#matches].map(box).join(''));
    this.#farLayer.querySelector('.selection')?.setAttribute('d', this.#selected === undefined ? '' : box(this.#selected));
  }

  #farKeyAt(event: MouseEvent): string | undefined {
    const { x, y, scale } = this.viewport.view;
    if (scale >= far) return undefined;
    const box = this.element.getBoundingClientRect();
    const at = { x: (event.clientX - box.left - x) / scale, y: (event.clientY - box.top - y) / scale };
    let found: PlacedNode | undefined;
    for (const node of this.#nodeStrips.between(at.y, at.y)) {
      if (at.x >= node.x && at.x <= node.x + node.width && at.y >= node.y && at.y <= node.y + node.height && (!found || node.item.depth > found.item.depth)) found = node;
    }
    return found?.item.key;
  }
}

function keyAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<SVGElement>('.node')?.dataset['key'] : undefined;
}

function overlaps(points: readonly Point[], left: number, right: number, top: number, bottom: number): boolean {
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  return minX < right && maxX + 160 > left && minY < bottom && maxY > top;
}
