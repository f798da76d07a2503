import { epoch, type Journaled, touch } from '../paths/journal.ts';
import { PyClass } from './classes.ts';
import { PyInstance } from './instances.ts';
import type { PyObject, Value } from './object.ts';

/** The `__dict__` of an instance, class or module. Made empty and then filled. */
export class Attributes extends Map<string, Value> implements Journaled {
  stamp = epoch;
  readonly owner: PyObject | undefined;
  constructor(owner?: PyObject) {
    super();
    this.owner = owner;
  }
  override set(name: string, value: Value): this {
    if (this.stamp !== epoch) touch(this);
    if (this.owner instanceof PyClass) this.owner.changed();
    return super.set(name, value);
  }
  override delete(name: string): boolean {
    if (this.stamp !== epoch) touch(this);
    if (this.owner instanceof PyClass) this.owner.changed();
    return super.delete(name);
  }
  override clear(): void {
    touch(this);
    super.clear();
    if (this.owner instanceof PyClass) this.owner.changed();
  }
  snapshot(): unknown {
    return new Map(this);
  }
  restore(snapshot: unknown): void {
    super.clear();
    for (const [name, value] of snapshot as Map<string, Value>) super.set(name, value);
    if (this.owner instanceof PyClass) this.owner.changed();
  }
  /** What reading the name gives where it is not set here: the class's value. */
  fallback(name: string): Value | undefined {
    return this.owner instanceof PyInstance ? this.owner.cls.find(name) : undefined;
  }
}
