/** Iterators and generators, which give their values again where an arm of a fork took them. */
import { epoch, type Journaled, touch } from '../paths/journal.ts';
import type { PyClass } from './classes.ts';
import { classes, PyObject, type Value } from './object.ts';
import type { Unknown } from './symbolic.ts';

/**
 * Any iterator but a generator: `advance` gives the next value, or undefined at the end.
 * Values that a fork's arm took are given again after the arm was undone.
 */
export class PyIterator extends PyObject implements Journaled {
  readonly advance: (() => Value | undefined) & { readonly cut?: Unknown };
  /** Values taken inside epochs younger than the iterator, and how many of them are taken at present. */
  private readonly taken: (Value | undefined)[] = [];
  private position = 0;
  private readonly born = epoch;
  cls: PyClass;
  stamp = epoch;
  constructor(advance: PyIterator['advance'], cls: PyClass = classes.iterator) {
    super();
    this.advance = advance;
    this.cls = cls;
  }
  /** Why its items stand for an unknown number of others, see cuts.ts. */
  get cut(): Unknown | undefined {
    return this.advance.cut;
  }
  next(): Value | undefined {
    if (this.stamp !== epoch) touch(this);
    if (this.position < this.taken.length) return this.taken[this.position++];
    const value = this.advance();
    if (epoch !== this.born) {
      this.taken.push(value);
      this.position++;
    }
    return value;
  }
  snapshot(): unknown {
    return this.position;
  }
  restore(snapshot: unknown): void {
    this.position = snapshot as number;
  }
}

/** What a generator's body is run by, see generators.ts. `sent` undefined: plain next(). */
export interface Resumable {
  readonly cut?: Unknown;
  next(sent: Value): { value: Value; done: boolean };
  throw(error: unknown): { value: Value; done: boolean };
  /** `close()`: raises GeneratorExit where it waits. */
  close(): void;
}

export class PyGenerator extends PyObject implements Journaled {
  readonly name: string;
  readonly body: Resumable;
  finished = false;
  running = false;
  /** What `return` gave: StopIteration.value. */
  returned: Value = null;
  private readonly taken: { value: Value; done: boolean }[] = [];
  private position = 0;
  private readonly born = epoch;
  cls: PyClass = classes.generator;
  stamp = epoch;
  constructor(name: string, body: Resumable) {
    super();
    this.name = name;
    this.body = body;
  }
  /** Why its items stand for an unknown number of others, see cuts.ts. */
  get cut(): Unknown | undefined {
    return this.body.cut;
  }
  /** The next value; undefined when the generator has returned. */
  next(sent: Value = null): Value | undefined {
    if (this.stamp !== epoch) touch(this);
    let step: { value: Value; done: boolean };
    if (this.position < this.taken.length) step = this.taken[this.position++];
    else if (this.finished) return undefined;
    else {
      step = this.body.next(sent);
      if (epoch !== this.born) {
        this.taken.push(step);
        this.position++;
      }
    }
    if (!step.done) return step.value;
    this.finished = true;
    this.returned = step.value;
    return undefined;
  }
  snapshot(): unknown {
    return { finished: this.finished, position: this.position };
  }
  restore(snapshot: unknown): void {
    ({ finished: this.finished, position: this.position } = snapshot as { finished: boolean; position: number });
  }
}
