import { reducedMotion } from '../dom.ts';

/** How the plane is seen: a point p of it is drawn at p * scale + (x, y). */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export const scales = { least: 0.001, most: 3 };

/**
 * Pan and zoom of an element by pointer, touch, wheel and trackpad. A mouse wheel zooms, as do pinch and Ctrl with anything;
 * two fingers on a trackpad pan, as does Shift with the wheel.
 */
export class Viewport {
  view: View = { x: 0, y: 0, scale: 1 };
  readonly #element: HTMLElement;
  readonly #changed: () => void;
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #dragged = false;
  #animation = 0;
  #lastWheel = { time: -Infinity, zooms: false };

  constructor(element: HTMLElement, changed: () => void) {
    this.#element = element;
    this.#changed = changed;
    element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    element.addEventListener('pointerdown', (event) => this.#down(event));
    element.addEventListener('pointermove', (event) => this.#move(event));
    for (const end of ['pointerup', 'pointercancel'] as const) element.addEventListener(end, (event) => this.#up(event));
  }

  get width(): number {
    return this.#element.clientWidth;
  }

  get height(): number {
    return this.#element.clientHeight;
  }

  /** Whether the pointer moved since it went down: then its click is the end of a drag. */
  get dragged(): boolean {
    return this.#dragged;
  }

  set(view: View): void {
    cancelAnimationFrame(this.#animation);
    this.view = view;
    this.#changed();
  }

  /** Goes to a view in a short, even motion, or at once where the user wants little motion. */
  glide(to: View): void {
    if (reducedMotion()) return this.set(to);
    cancelAnimationFrame(this.#animation);
    const from = this.view;
    const start = performance.now();
    const step = (now: number): void => {
      const t = Math.min(1, (now - start) / 180);
      const eased = 1 - (1 - t) ** 3;
      const mix = (a: number, b: number): number => a + (b - a) * eased;
      this.view = t === 1 ? to : { x: mix(from.x, to.x), y: mix(from.y, to.y), scale: mix(from.scale, to.scale) };
      this.#changed();
      if (t < 1) this.#animation = requestAnimationFrame(step);
    };
    this.#animation = requestAnimationFrame(step);
  }

  pan(dx: number, dy: number): void {
    this.set({ ...this.view, x: this.view.x + dx, y: this.view.y + dy });
  }

  /** Zooms by a factor about a point of the element, its middle where none is given. */
  zoom(factor: number, at = { x: this.width / 2, y: this.height / 2 }, smooth = false): void {
    const { x, y, scale } = this.view;
    const next = Math.min(scales.most, Math.max(scales.least, scale * factor));
    const ratio = next / scale;
    const view = { scale: next, x: at.x - (at.x - x) * ratio, y: at.y - (at.y - y) * ratio };
    if (smooth) this.glide(view);
    else this.set(view);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
    const dx = event.deltaX * unit;
    const dy = event.deltaY * unit;
    // a wheel turns in whole, large steps along one axis; what began as one gesture stays one
    const continues = event.timeStamp - this.#lastWheel.time < 200;
    const turned = continues ? this.#lastWheel.zooms : dx === 0 && Math.abs(dy) >= 50 && Number.isInteger(event.deltaY);
    this.#lastWheel = { time: event.timeStamp, zooms: turned };
    const box = this.#element.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(-clamp(dy, 60) / 120), at);
    else if (event.shiftKey) this.pan(-(dx || dy), 0);
    else if (turned) this.zoom(Math.exp(-clamp(dy, 120) / 600), at);
    else this.pan(-dx, -dy);
  }

  #down(event: PointerEvent): void {
    if (event.button > 1) return;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.#pointers.size === 1) this.#dragged = false;
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const dx = now.x - before.x;
    const dy = now.y - before.y;
    if (!this.#dragged && Math.hypot(dx, dy) < 4 && this.#pointers.size === 1) return;
    if (!this.#dragged) this.#element.setPointerCapture(event.pointerId);
    this.#dragged = true;
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    this.#pointers.set(event.pointerId, now);
    if (others.length === 0) {
      this.pan(dx, dy);
    } else {
      const [other] = others;
      const box = this.#element.getBoundingClientRect();
      const ratio = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      this.zoom(ratio, { x: (now.x + other.x) / 2 - box.left, y: (now.y + other.y) / 2 - box.top });
      this.pan(dx / 2, dy / 2);
    }
  }

  #up(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
  }
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
