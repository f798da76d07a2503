/** Finds what overlaps a horizontal band of the plane: things are kept in strips of equal height. */
export class Strips<T> {
  readonly #strips: T[][] = [];
  readonly #height: number;

  constructor(things: Iterable<T>, extent: (thing: T) => readonly [top: number, bottom: number], height = 512) {
    this.#height = height;
    for (const thing of things) {
      const [top, bottom] = extent(thing);
      for (let strip = this.#strip(top); strip <= this.#strip(bottom); strip++) (this.#strips[strip] ??= []).push(thing);
    }
  }

  /** What may overlap the band, each once. */
  between(top: number, bottom: number): Set<T> {
    const found = new Set<T>();
    const last = Math.min(this.#strip(bottom), this.#strips.length - 1);
    for (let strip = this.#strip(top); strip <= last; strip++) for (const thing of this.#strips[strip] ?? []) found.add(thing);
    return found;
  }

  #strip(y: number): number {
    return Math.max(0, Math.floor(y / this.#height));
  }
}
