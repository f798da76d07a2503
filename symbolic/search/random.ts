/** A small seeded generator (mulberry32): the same seed gives the same search. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  uniform(lower: number, upper: number): number {
    return lower + (upper - lower) * this.next();
  }

  integer(count: number): number {
    return Math.floor(this.next() * count);
  }
}
