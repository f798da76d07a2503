import { Attributes } from './attributes.ts';
import type { Value } from './object.ts';

/** Which names of a module something has read. */
export interface NamesRead {
  readonly names: Set<string>;
  /** It has looked at the module as a whole. */
  all: boolean;
}

/** Which names it has bound or unbound, be it to what they were. */
export interface NamesWritten {
  readonly names: Set<string>;
  /** Some were taken back, or joined with what they were: the arms of a fork. */
  forked: boolean;
}

/** The namespace of a module that tells which of its names are read. */
export class GlobalNames extends Attributes {
  #reads: NamesRead | undefined;
  #writes: NamesWritten = { names: new Set(), forked: false };

  /** Notes what `body` reads and writes. */
  watch<T>(body: () => T): { readonly result: T; readonly reads: NamesRead; readonly writes: NamesWritten } {
    const before = this.#reads;
    const writes: NamesWritten = { names: new Set(), forked: false };
    const writesBefore = this.#writes;
    this.#writes = writes;
    const reads: NamesRead = { names: new Set(), all: false };
    this.#reads = reads;
    try {
      return { result: body(), reads, writes };
    } finally {
      this.#reads = before;
      this.#writes = writesBefore;
      if (before) {
        for (const name of reads.names) before.names.add(name);
        before.all ||= reads.all;
      }
    }
  }

  override get(name: string): Value | undefined {
    this.#reads?.names.add(name);
    return super.get(name);
  }
  override has(name: string): boolean {
    this.#reads?.names.add(name);
    return super.has(name);
  }
  override set(name: string, value: Value): this {
    this.#writes?.names.add(name);
    return super.set(name, value);
  }
  /** Also tells whether there was such a name. */
  override delete(name: string): boolean {
    this.#writes?.names.add(name);
    this.#reads?.names.add(name);
    return super.delete(name);
  }
  override get size(): number {
    this.#readAll();
    return super.size;
  }
  override keys(): MapIterator<string> {
    this.#readAll();
    return super.keys();
  }
  override values(): MapIterator<Value> {
    this.#readAll();
    return super.values();
  }
  override entries(): MapIterator<[string, Value]> {
    this.#readAll();
    return super.entries();
  }
  override [Symbol.iterator](): MapIterator<[string, Value]> {
    this.#readAll();
    return super.entries();
  }
  override forEach(each: (value: Value, name: string, map: Map<string, Value>) => void): void {
    this.#readAll();
    super.forEach(each);
  }
  override restore(snapshot: unknown): void {
    this.#writes.forked = true;
    super.restore(snapshot);
  }
  // what the journal saves and gives back, nobody has read
  override snapshot(): unknown {
    return new Map(super.entries());
  }

  #readAll(): void {
    if (this.#reads) this.#reads.all = true;
  }
}
