import type { Item } from './item.ts';

/** Open items, the one with the lowest bound first: a binary heap. */
export class Queue {
  private readonly heap: Item[] = [];

  get size(): number {
    return this.heap.length;
  }

  /** The lowest bound of all. */
  get bound(): number {
    return this.heap.length > 0 ? this.heap[0].bound : Infinity;
  }

  push(item: Item): void {
    const { heap } = this;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent].bound <= item.bound) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = item;
  }

  pop(): Item | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return last;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1].bound < heap[child].bound) child++;
      if (heap[child].bound >= last.bound) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }

  clear(): void {
    this.heap.length = 0;
  }
}
