/** Instances of classes, exceptions and modules. */
import { NodePlace, type Place, type SourceFile } from '../interpreter-api.ts';
import { epoch, type Journaled, touch } from '../paths/journal.ts';
import { Attributes } from './attributes.ts';
import type { PyClass } from './classes.ts';
import { PyTuple } from './containers.ts';
import type { Span } from '../source/syntax.ts';
import { classes, PyObject, type Value } from './object.ts';
import type { PyComplex, PyFloat } from './scalars.ts';
import type { Unknown } from './symbolic.ts';

/** An instance of a class made in Python or of a native class. */
export class PyInstance extends PyObject implements Journaled {
  declare cls: PyClass;
  /** What a native class keeps with its instance: immutable; `touch` the instance, then replace it. */
  declare payload: unknown;
  /** The plain value of an instance of a subclass of int, float, str or complex. */
  declare primitive: boolean | number | bigint | string | PyFloat | PyComplex | undefined;
  /** Where it was made in the source: the innermost call that made it. */
  declare place: Place | undefined;
  /** Set where a method of it could not be called: what it does not have may have been set there. */
  declare blurred: Unknown | undefined;
  /** Code that cannot be followed had it: any of its methods may have been called there. */
  declare escaped: boolean;
  declare stamp: number;
  constructor(cls: PyClass, payload?: unknown) {
    super();
    this.cls = cls;
    this.payload = payload;
    this.primitive = undefined;
    this.place = undefined;
    this.blurred = undefined;
    this.escaped = false;
    this.stamp = epoch;
  }
  snapshot(): unknown {
    return { cls: this.cls, payload: this.payload, blurred: this.blurred, escaped: this.escaped };
  }
  restore(snapshot: unknown): void {
    ({ cls: this.cls, payload: this.payload, blurred: this.blurred, escaped: this.escaped } = snapshot as PyInstance);
  }
  blur(unknown: Unknown): void {
    touch(this);
    this.blurred = unknown;
  }
  escape(): void {
    touch(this);
    this.escaped = true;
  }
}

/** An instance of BaseException. */
export class PyException extends PyObject implements Journaled {
  cls: PyClass;
  args: PyTuple;
  cause: Value = null;
  context: Value = null;
  suppressContext = false;
  /** Outermost call first; filled while it travels. */
  traceback: TracebackEntry[] = [];
  /** Anything that a host attaches: related lines, fixes. */
  notes: unknown[] = [];
  /** The epoch that it was made in. */
  readonly born = epoch;
  stamp = epoch;
  constructor(cls: PyClass, args: readonly Value[]) {
    super();
    this.cls = cls;
    this.args = new PyTuple(args);
  }
  snapshot(): unknown {
    return { args: this.args, cause: this.cause, context: this.context };
  }
  restore(snapshot: unknown): void {
    ({ args: this.args, cause: this.cause, context: this.context } = snapshot as PyException);
  }
}

export class TracebackEntry extends NodePlace {
  /** `<module>` or the function's qualified name. */
  readonly function: string;
  /** The frame itself, to tell one that catches and raises again. */
  readonly frame: object;
  constructor(file: SourceFile, node: Span, name: string, frame: object) {
    super(file, node);
    this.function = name;
    this.frame = frame;
  }
}

/** Among a module's attributes: it has not run yet. Journaled with them. */
export const PENDING = '__pending__';

export class PyModule extends PyObject {
  readonly name: string;
  declare attributes: Attributes;
  cls: PyClass = classes.module;
  /** Runs a deferred module; called while its attributes hold the name PENDING. */
  run: (() => void) | undefined;
  constructor(name: string, attributes?: Attributes) {
    super();
    this.name = name;
    this.attributes = attributes ?? new Attributes(this);
    this.attributes.set('__name__', name);
  }
}
