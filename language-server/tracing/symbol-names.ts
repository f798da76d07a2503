/** How often names of symbols had been taken before and after something took them. */
export interface NamesTaken {
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

/** The names of a program's symbols. Two sizes never share one, not even those of two arms of a fork. */
export class SymbolNames {
  readonly #taken = new Map<string, number>();
  #before = new Map<string, number>();

  /** A name that no symbol has yet: `batch`, `batch_1`, ... */
  fresh(name: string): string {
    const count = this.#taken.get(name) ?? 0;
    if (!this.#before.has(name)) this.#before.set(name, count);
    this.#taken.set(name, count + 1);
    return count === 0 ? name : this.fresh(`${name}_${count}`);
  }

  /** What was taken since this was last asked. */
  takenSince(): NamesTaken {
    const before = this.#before;
    this.#before = new Map();
    return { before, after: new Map([...before.keys()].map((name) => [name, this.#taken.get(name)!])) };
  }

  /** Whether the same names would be taken again. */
  wouldRepeat({ before }: NamesTaken): boolean {
    return [...before].every(([name, count]) => (this.#taken.get(name) ?? 0) === count);
  }

  repeat({ after }: NamesTaken): void {
    for (const [name, count] of after) this.#taken.set(name, count);
  }
}
