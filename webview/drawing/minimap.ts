import { h, svg } from '../dom.ts';
import type { Scene } from '../layout/scene.ts';
import type { Canvas } from './canvas.ts';
import { itemKind } from './node.ts';

const width = 64;

/** The whole graph in a strip at the side, with the part in view framed; shown where the graph is much taller than the view. */
export class Minimap {
  readonly element = h('div', { class: 'minimap', 'aria-hidden': 'true', hidden: true });
  readonly #canvas: Canvas;
  readonly #frame = svg('rect', { class: 'in-view', rx: 2 });
  #scene: Scene | undefined;
  #scale = 1;
  #left = 0;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
    const go = (event: PointerEvent): void => {
      if (event.buttons === 0) return;
      const box = this.element.getBoundingClientRect();
      const { view } = canvas.viewport;
      const x = (event.clientX - box.left - this.#left) / this.#scale;
      const y = (event.clientY - box.top - 8) / this.#scale;
      canvas.viewport.set({ ...view, x: canvas.viewport.width / 2 - x * view.scale, y: canvas.viewport.height / 2 - y * view.scale });
    };
    this.element.addEventListener('pointerdown', (event) => {
      this.element.setPointerCapture(event.pointerId);
      go(event);
    });
    this.element.addEventListener('pointermove', go);
    new ResizeObserver(() => {
      if (this.#scene) this.show(this.#scene);
    }).observe(canvas.element);
  }

  show(scene: Scene): void {
    this.#scene = scene;
    const height = this.#canvas.viewport.height - 16;
    if (scene.height === 0 || height <= 0) return void (this.element.hidden = true);
    this.#scale = Math.min(0.12, (width - 16) / scene.width, (height - 16) / scene.height);
    this.#left = (width - scene.width * this.#scale) / 2;
    const picture = svg('svg', { width, height: Math.ceil(scene.height * this.#scale + 16) });
    const world = svg('g', { transform: `translate(${this.#left} 8) scale(${this.#scale})` });
    const boxes = new Map<string, string>();
    const least = 1.5 / this.#scale;
    for (const { item, open, x, y, width: w, height: h_ } of scene.nodes) {
      if (!open) boxes.set(itemKind(item), `${boxes.get(itemKind(item)) ?? ''}M${x} ${y}h${w}v${Math.max(h_, least)}h-${w}z`);
    }
    for (const [kind, d] of boxes) world.append(svg('path', { class: `box kind-${kind}`, d }));
    picture.append(world, this.#frame);
    this.element.replaceChildren(picture);
    this.follow();
  }

  follow(): void {
    if (!this.#scene) return;
    const { view, width: w, height: h_ } = this.#canvas.viewport;
    const tall = this.#scene.height * view.scale > h_ * 1.5;
    this.element.hidden = !tall;
    const box = { x: this.#left + (-view.x / view.scale) * this.#scale, y: 8 + (-view.y / view.scale) * this.#scale, width: (w / view.scale) * this.#scale, height: (h_ / view.scale) * this.#scale };
    const left = Math.max(1, box.x);
    this.#frame.setAttribute('x', String(left));
    this.#frame.setAttribute('y', String(box.y));
    this.#frame.setAttribute('width', String(Math.max(4, Math.min(width - 1, box.x + box.width) - left)));
    this.#frame.setAttribute('height', String(Math.max(6, box.height)));
  }
}
