/** What is not as it was at the same place of an earlier run. */
import type { Journaled } from '../paths/journal.ts';
import type { Effects } from './program.ts';
import { PyBytes, PyFloat, PyTuple, type NamesRead, type Value } from '../values/index.ts';

export class Dirt {
  /** Names of the module that hold something else. */
  readonly names = new Set<string>();
  /** Older objects that hold something else. */
  readonly objects = new Set<Journaled>();
  /** Whatever comes may be different. */
  everything = false;

  add(other: Dirt): void {
    for (const name of other.names) this.names.add(name);
    for (const object of other.objects) this.objects.add(object);
    this.everything ||= other.everything;
  }

  /** Whether what read these names would find all as it was. */
  spares({ names, all }: NamesRead): boolean {
    // an older object may be reached from anywhere
    if (this.everything || this.objects.size > 0) return false;
    if (this.names.size === 0) return true;
    if (all) return false;
    const [few, many] = this.names.size < names.size ? [this.names, names] : [names, this.names];
    for (const name of few) if (many.has(name)) return false;
    return true;
  }

  /** A statement ran that did these things before and does those now; undefined: it is gone, or new. */
  replace(before: Effects<unknown> | undefined, now: Effects<unknown> | undefined): void {
    for (const name of new Set([...before?.names.keys() ?? [], ...now?.names.keys() ?? []])) {
      if (before?.names.has(name) && now?.names.has(name) && same(before.names.get(name), now.names.get(name))) this.names.delete(name);
      else this.names.add(name);
    }
    for (const object of new Set([...before?.changes.keys() ?? [], ...now?.changes.keys() ?? []])) {
      if (before?.changes.has(object) && now?.changes.has(object) && same(before.contents.get(object), now.contents.get(object))) this.objects.delete(object);
      else this.objects.add(object);
    }
    // modules of the user, which are made anew, and what the path has decided
    if ((before?.modules.length ?? 0) + (now?.modules.length ?? 0) + (before?.pathAdded.length ?? 0) + (now?.pathAdded.length ?? 0) > 0) this.everything = true;
  }
}

/** Whether two values, or two contents that the journal has saved, are the same: what cannot change by its value, the rest by its identity. */
function same(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (left instanceof PyFloat) return right instanceof PyFloat && Object.is(left.value, right.value);
  if (left instanceof PyBytes) return right instanceof PyBytes && left.value === right.value && left.cls === right.cls;
  if (left instanceof PyTuple) return right instanceof PyTuple && left.cls === right.cls && left.attributes === undefined && right.attributes === undefined && same(left.items, right.items);
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && (left as Value[]).every((item, index) => same(item, (right as Value[])[index]));
  if (left instanceof Map) {
    if (!(right instanceof Map) || left.size !== right.size) return false;
    const others = right.entries() as MapIterator<[unknown, unknown]>;
    // their order counts: Python sees it
    for (const [key, value] of left) {
      const [otherKey, other] = others.next().value!;
      if (!Object.is(key, otherKey) || !same(value, other)) return false;
    }
    return true;
  }
  if (Object.getPrototypeOf(left) !== Object.prototype || Object.getPrototypeOf(right) !== Object.prototype) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => same((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]));
}
