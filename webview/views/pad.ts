import { announce, h } from '../dom.ts';
import { button, slider } from '../controls.ts';

/**
 * A pad of the model's own pixels to draw a digit on, by pointer or by keyboard: arrows move, Space inks or clears a pixel,
 * Shift with an arrow draws a line, Delete clears all.
 */
export class Pad {
  readonly element: HTMLElement;
  readonly width: number;
  readonly height: number;
  readonly #values: Float32Array;
  readonly #canvas: HTMLCanvasElement;
  readonly #drawn: (values: Float32Array) => void;
  #brush: number;
  #cursor: { x: number; y: number };
  #last: { x: number; y: number } | undefined;

  constructor(width: number, height: number, drawn: (values: Float32Array) => void) {
    this.width = width;
    this.height = height;
    this.#drawn = drawn;
    this.#values = new Float32Array(width * height);
    this.#brush = Math.max(1.3, width / 11);
    this.#cursor = { x: Math.floor(width / 2), y: Math.floor(height / 2) };
    this.#canvas = h('canvas', {
      class: 'pad pixels', width, height, tabindex: 0, role: 'application', 'aria-roledescription': 'drawing pad',
      'aria-label': `Drawing pad, ${width} by ${height} pixels. Arrows move, Space inks a pixel, Shift and an arrow draw, Delete clears.`,
    });
    const scale = Math.max(1, Math.floor(224 / Math.max(width, height)));
    this.#canvas.style.width = `${width * scale}px`;
    this.#canvas.style.height = `${height * scale}px`;
    this.#canvas.addEventListener('pointerdown', (event) => this.#down(event));
    this.#canvas.addEventListener('pointermove', (event) => this.#move(event));
    this.#canvas.addEventListener('pointerup', () => this.#up());
    this.#canvas.addEventListener('pointercancel', () => this.#up());
    this.#canvas.addEventListener('keydown', (event) => this.#key(event));
    for (const change of ['focus', 'blur'] as const) this.#canvas.addEventListener(change, () => this.#show());
    const brush = slider({ label: 'Brush', least: 0.4, most: Math.max(2, width / 5), step: 0.1, value: Number(this.#brush.toFixed(1)), change: (value) => this.#brush = value });
    this.element = h('div', { class: 'pad-tools' }, this.#canvas,
      h('div', { class: 'field' }, h('span', { class: 'quiet' }, 'Brush'), brush.element),
      button({ label: 'Clear', icon: 'erase', press: () => this.#clear() }).element);
    this.#show();
  }

  focus(): void {
    this.#canvas.focus();
  }

  #clear(): void {
    this.#values.fill(0);
    this.#show();
    announce('Pad cleared');
  }

  #point(event: PointerEvent): { x: number; y: number } {
    const box = this.#canvas.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * this.width, y: ((event.clientY - box.top) / box.height) * this.height };
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#last = this.#point(event);
    this.#stroke(this.#last, this.#last);
  }

  #move(event: PointerEvent): void {
    if (!this.#last) return;
    const now = this.#point(event);
    this.#stroke(this.#last, now);
    this.#last = now;
  }

  #up(): void {
    if (!this.#last) return;
    this.#last = undefined;
    this.#drawn(this.#values.slice());
  }

  /** Inks along a line with a soft edge of one pixel. */
  #stroke(from: { x: number; y: number }, to: { x: number; y: number }): void {
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const length = dx * dx + dy * dy;
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x + 0.5 - from.x) * dx + (y + 0.5 - from.y) * dy) / length));
        const distance = Math.hypot(x + 0.5 - from.x - along * dx, y + 0.5 - from.y - along * dy);
        const ink = Math.max(0, Math.min(1, this.#brush / 2 + 0.5 - distance));
        const at = y * this.width + x;
        this.#values[at] = Math.max(this.#values[at], ink);
      }
    }
    this.#show();
  }

  #key(event: KeyboardEvent): void {
    const steps: Record<string, readonly [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const step = steps[event.key];
    const at = (): number => this.#cursor.y * this.width + this.#cursor.x;
    if (step) {
      if (event.shiftKey) this.#values[at()] = 1;
      this.#cursor = { x: Math.max(0, Math.min(this.width - 1, this.#cursor.x + step[0])), y: Math.max(0, Math.min(this.height - 1, this.#cursor.y + step[1])) };
      if (event.shiftKey) this.#values[at()] = 1;
    } else if (event.key === ' ') {
      this.#values[at()] = this.#values[at()] > 0.5 ? 0 : 1;
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.#clear();
    } else return;
    event.preventDefault();
    this.#show();
    announce(`Row ${this.#cursor.y + 1}, column ${this.#cursor.x + 1}, ${this.#values[at()] > 0.5 ? 'ink' : 'paper'}`);
    if (event.key === ' ' || event.shiftKey) this.#drawn(this.#values.slice());
  }

  #show(): void {
    const context = this.#canvas.getContext('2d');
    const image = context?.createImageData(this.width, this.height);
    if (!context || !image) return;
    this.#values.forEach((value, index) => {
      image.data.fill(255 * value, 4 * index, 4 * index + 3);
      image.data[4 * index + 3] = 255;
    });
    if (document.activeElement === this.#canvas && this.#canvas.matches(':focus-visible')) {
      const at = 4 * (this.#cursor.y * this.width + this.#cursor.x);
      const [red, green, blue] = this.#values[at / 4] > 0.5 ? [0, 96, 255] : [96, 160, 255];
      image.data.set([red, green, blue], at);
    }
    context.putImageData(image, 0, 0);
  }
}
