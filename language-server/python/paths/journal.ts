/**
 * The journal of writes: what makes it possible to run a piece of Python, see what it changed, and take it back.
 *
 * Every mutable object carries a stamp. Before an object changes, `touch(object)` must be called (the mutating methods of
 * PyDict, PySet, ... do it themselves): the first time in an epoch it saves the object's contents. `begin` opens an epoch
 * (an arm of a fork, or a whole analysis over library modules that outlive it), `undo` closes it and restores what it saved.
 *
 * An object that was made inside the epoch has its stamp already and costs nothing: nobody outside can see it once the
 * epoch is undone.
 *
 * One journal serves the process: analyses are synchronous and never interleave.
 */
export interface Journaled {
  /** The epoch that this object was made or saved in. */
  stamp: number;
  /** A copy of everything mutable in the object. */
  snapshot(): unknown;
  restore(snapshot: unknown): void;
  /** The contents after a fork whose arms left these two; without it the first stays. `join` joins two values. */
  merge?(whenTrue: unknown, whenFalse: unknown, join: (whenTrue: unknown, whenFalse: unknown) => unknown): unknown;
}

/** `before` and `stamp`: what the object held, and its stamp, when the epoch first changed it. */
export interface Write {
  readonly object: Journaled;
  readonly before: unknown;
  readonly stamp: number;
}

class Epoch {
  readonly number: number;
  readonly writes: Write[] = [];
  constructor(number: number) {
    this.number = number;
  }
}

/** What `undo` gives back: for each object that the epoch changed, what it held when the epoch ended. */
export type Changes = Map<Journaled, unknown>;

let counter = 0;
let current: Epoch | undefined;
const open: Epoch[] = [];

/** The number of the open epoch, for the constructors of journaled objects. */
export let epoch = 0;

export function touch(object: Journaled): void {
  if (object.stamp !== epoch && current !== undefined) {
    current.writes.push({ object, before: object.snapshot(), stamp: object.stamp });
    object.stamp = epoch;
  }
}

export function begin(): void {
  current = new Epoch(++counter);
  open.push(current);
  epoch = counter;
}

/** Closes the innermost epoch, restores everything that it changed, and returns what it had changed it to. */
export function undo(): Changes {
  const { writes } = close();
  const changes: Changes = new Map();
  for (let i = writes.length - 1; i >= 0; i--) {
    const { object, before, stamp } = writes[i];
    changes.set(object, object.snapshot());
    object.restore(before);
    object.stamp = stamp;
  }
  return changes;
}

/** Closes the innermost epoch and keeps its changes: they belong to the epoch around it. */
export function keep(): void {
  const { writes } = close();
  for (const write of writes) {
    if (current === undefined || write.stamp === epoch) {
      write.object.stamp = epoch;
    } else {
      current.writes.push(write);
      write.object.stamp = epoch;
    }
  }
}

/** What the innermost epoch has changed so far: each object with what it held before. */
export function writesSoFar(): readonly Write[] {
  return current?.writes ?? [];
}

/** How many epochs are open: a caller that unwinds after an internal stop undoes down to the depth that it began at. */
export function depth(): number {
  return open.length;
}

/** Makes changes that `undo` gave back, in the epoch that is open now. */
export function redo(changes: Changes): void {
  for (const [object, contents] of changes) {
    touch(object);
    object.restore(contents);
  }
}

/** The changes of `first`, then those of `second`. */
export function followedBy(first: Changes, second: Changes): Changes {
  if (first.size === 0) return second;
  const both: Changes = new Map(first);
  for (const [object, contents] of second) both.set(object, contents);
  return both;
}

function close(): Epoch {
  const closed = open.pop();
  if (closed === undefined) throw new Error('no epoch is open');
  current = open.at(-1);
  epoch = current?.number ?? 0;
  return closed;
}
