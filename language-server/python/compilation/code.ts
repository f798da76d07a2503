/** What a function, class body, module or generator expression is once compiled, and the frame that runs it. */
import type { Scope, Scopes } from './scope.ts';
import type { Machine } from '../interpreter.ts';
import { NodePlace, type Place, type SourceFile } from '../interpreter-api.ts';
import type * as syntax from '../source/syntax.ts';
import { epoch, type Journaled } from '../paths/journal.ts';
import type { Attributes, Cell, PyException, PyFunction, Value } from '../values/index.ts';
import type { Pending } from '../paths/fork.ts';

/** How a statement ended. */
export type Completion = typeof NORMAL | typeof BREAK | typeof CONTINUE | typeof RETURN;
export const NORMAL = 0;
export const BREAK = 1;
export const CONTINUE = 2;
/** The value is in `frame.returned`. */
export const RETURN = 3;

export type Evaluate = (frame: Frame) => Value;
export type Execute = (frame: Frame) => Completion;
/** Yields what the Python generator yields, is resumed with what was sent. */
export type Resume = (frame: Frame) => Generator<Value, Completion, Value>;

/** A source file with the scopes of its tree. */
export interface Unit {
  readonly file: SourceFile;
  readonly scopes: Scopes;
}

export interface Code {
  readonly name: string;
  readonly doc: Value;
  readonly unit: Unit;
  readonly scope: Scope;
  readonly node: syntax.FunctionDef | syntax.Lambda | syntax.ClassDef | syntax.Module | syntax.GeneratorExp;
  /** Positional parameters, the positional-only ones first, then keyword-only ones: the frame's first slots. */
  readonly parameters: readonly string[];
  readonly positionalOnlyCount: number;
  readonly positionalCount: number;
  readonly keywordOnlyCount: number;
  /** The slots of `*args` and `**kwargs`. */
  readonly variadicSlot: number | undefined;
  readonly keywordsSlot: number | undefined;
  /** Parameters that nested functions share: moved from their slot to their cell at the call. */
  readonly sharedParameters: readonly { readonly slot: number; readonly cell: number }[];
  readonly slotCount: number;
  readonly freeCount: number;
  readonly cellCount: number;
  readonly isGenerator: boolean;
  readonly isAsync: boolean;
  /** Compiled when first run. */
  readonly execute: Execute;
  readonly resume: Resume;
}

export class Frame implements Journaled {
  declare readonly machine: Machine;
  declare readonly code: Code;
  declare readonly globals: Attributes;
  declare readonly locals: (Value | undefined)[];
  declare readonly cells: Cell[];
  /** The names of a class body. */
  declare readonly namespace: Attributes | undefined;
  declare readonly function: PyFunction | undefined;
  /** Of a generator: whoever resumed it last. */
  declare caller: Frame | undefined;
  /** What is running: the last call, attribute, operator, ... that began. */
  declare at: syntax.Span;
  declare returned: Value;
  /** Forks of which one arm has left a loop or the function while the other runs on, oldest first. */
  declare pending: Pending[] | undefined;
  /** The exceptions that `except` blocks are handling, innermost last: for a bare `raise`. */
  declare handling: PyException[] | undefined;
  /** In a generator: how often it went on under a condition that is not known. */
  declare guesses: number;
  /** In a generator: what the `yield`s of the running statement were answered. */
  declare sent: Map<syntax.Expression, Value> | undefined;
  declare stamp: number;

  constructor(machine: Machine, code: Code, globals: Attributes, locals: (Value | undefined)[], cells: Cell[], caller: Frame | undefined, callable?: PyFunction, namespace?: Attributes) {
    this.machine = machine;
    this.code = code;
    this.globals = globals;
    this.locals = locals;
    this.cells = cells;
    this.caller = caller;
    this.function = callable;
    this.namespace = namespace;
    this.at = code.node;
    this.returned = null;
    this.pending = undefined;
    this.handling = undefined;
    this.guesses = 0;
    this.sent = undefined;
    this.stamp = epoch;
  }

  get place(): Place {
    return new NodePlace(this.code.unit.file, this.at);
  }

  snapshot(): unknown {
    return { locals: this.locals.slice(), cells: this.cells.slice() };
  }

  restore(snapshot: unknown): void {
    const { locals, cells } = snapshot as Frame;
    for (let i = 0; i < this.locals.length; i++) this.locals[i] = locals[i];
    for (let i = 0; i < this.cells.length; i++) this.cells[i] = cells[i];
  }
}
