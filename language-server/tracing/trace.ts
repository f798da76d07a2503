import type { Attributes, Framework, Initializer } from '../../graph/graph.ts';
import type { ConstantTensor, TensorType } from '../../graph/tensor.ts';
import type { Place } from '../python/interpreter-api.ts';

/**
 * What the program did with tensors: a persistent, acyclic graph that only grows. Arms of a fork add to it
 * independently; what no live tensor reaches is left behind. `Layer` stands for the interpreter's layer object:
 * the trace compares it by identity and knows nothing else of it.
 */
export class TraceValue {
  /** Grows with time: what a value was made of has smaller ones. */
  readonly serial: number;
  readonly type: TensorType;
  readonly source: ValueSource;
  readonly constant: ConstantTensor | undefined;
  readonly place: Place | undefined;
  /** The innermost scope that was open when it was made. */
  readonly scope: TraceScope | undefined;

  constructor(type: TensorType, source: ValueSource, details: { constant?: ConstantTensor; place?: Place; scope?: TraceScope } = {}) {
    this.serial = ++serial;
    this.type = type;
    this.source = source;
    this.constant = details.constant;
    this.place = details.place;
    this.scope = details.scope;
  }
}

/** Values of library modules outlive the runs that use them and have the smallest; a run's own are numbered part by part. */
let serial = 0;

export function numberFrom(first: number): void {
  serial = first;
}

export function newestNumber(): number {
  return serial;
}

export type ValueSource =
  | { readonly kind: 'operator'; readonly operator: TraceOperator; readonly index: number }
  /** `free`: nobody gives it. */
  | { readonly kind: 'input'; readonly name?: string; readonly free?: FreeInput }
  | { readonly kind: 'parameter'; readonly initializer: Initializer; readonly trainable: boolean; readonly name?: string }
  /** Loaded or random: its elements are not known, and no operator of the graph makes it. */
  | { readonly kind: 'data'; readonly reason: string }
  | { readonly kind: 'constant' };

/** An input that nobody gives, of one trial: what was learnt of it so far. */
export interface FreeInput {
  readonly name: string;
  readonly index: number;
}

export interface TraceOperator {
  readonly serial: number;
  readonly type: string;
  readonly domain: '' | 'layerscope';
  readonly inputs: readonly (TraceValue | undefined)[];
  readonly outputs: readonly TraceValue[];
  readonly attributes: Attributes;
  readonly scope?: TraceScope;
  readonly place?: Place;
  /** For `Unknown`: why. */
  readonly reason?: string;
}

/** One call of a layer. */
export interface TraceScope {
  readonly serial: number;
  readonly layer: object;
  readonly parent?: TraceScope;
  readonly place?: Place;
  readonly inputs: readonly NamedValue[];
  /** Whether it happened while the file under analysis imported another file of the user. */
  readonly imported: boolean;
  /** Set when the call returns; stays undefined where it raised. */
  outputs?: readonly NamedValue[];
  readonly children: TraceScope[];
}

export interface NamedValue {
  readonly name: string;
  readonly value: TraceValue;
}

export interface TraceGap {
  readonly reason: string;
  readonly place?: Place;
  readonly scope?: TraceScope;
}

/** A model that exists without a call. */
export interface DeclaredModel {
  readonly layer: object;
  readonly serial: number;
  readonly type?: string;
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  readonly place?: Place;
  /** As of a call. */
  readonly imported: boolean;
}

export interface FinalValue {
  readonly value: TraceValue;
  readonly framework: Framework;
  readonly place?: Place;
}

/** A step of a program's own training: `target -= change`. */
export interface Step {
  readonly target: TraceValue;
  readonly change: TraceValue;
  readonly place?: Place;
}

export class Trace {
  #scope: TraceScope | undefined;
  readonly roots: TraceScope[] = [];
  readonly declared: DeclaredModel[] = [];
  /** What a program without model objects is written to compute: what it minimises, what it fetches. */
  readonly finals: FinalValue[] = [];
  /** What may be steps of a training that the program writes itself. */
  readonly steps: Step[] = [];
  readonly gaps: TraceGap[] = [];
  /** Every layer that was called. */
  readonly called = new Set<object>();
  /** Layers that the program called with tensors of which not even the rank is known: such calls are not followed. */
  readonly calledBlindly = new Set<object>();

  get scope(): TraceScope | undefined {
    return this.#scope;
  }

  leaf(source: Exclude<ValueSource, { kind: 'operator' }>, type: TensorType, place?: Place, constant?: ConstantTensor): TraceValue {
    return new TraceValue(type, source, { place, constant, scope: this.#scope });
  }

  operator(
    type: string, domain: '' | 'layerscope', inputs: readonly (TraceValue | undefined)[], attributes: Attributes,
    types: readonly TensorType[], details: { place?: Place; constants?: readonly (ConstantTensor | undefined)[]; reason?: string } = {},
  ): readonly TraceValue[] {
    const outputs: TraceValue[] = [];
    const { place } = details;
    const scope = this.#scope;
    const operator: TraceOperator = { serial: ++serial, type, domain, inputs, outputs, attributes, scope, place, reason: details.reason };
    types.forEach((outputType, index) => {
      outputs.push(new TraceValue(outputType, { kind: 'operator', operator, index }, { constant: details.constants?.[index], place, scope }));
    });
    return outputs;
  }

  /** Runs `body` inside a scope of `layer`; `close` gives the tensors that come out. */
  call<T>(layer: object, inputs: readonly NamedValue[], place: Place | undefined, imported: boolean, body: () => T, close: (result: T, scope: TraceScope) => readonly NamedValue[]): T {
    const parent = this.#scope;
    const scope: TraceScope = { serial: ++serial, layer, parent, place, inputs, imported, children: [] };
    if (parent) parent.children.push(scope);
    else this.roots.push(scope);
    this.called.add(layer);
    this.#scope = scope;
    try {
      const result = body();
      scope.outputs = close(result, scope);
      return result;
    } finally {
      this.#scope = parent;
    }
  }

  declare(model: Omit<DeclaredModel, 'serial'>): void {
    this.declared.push({ ...model, serial: ++serial });
  }

  /** Takes over what another trace, of what ran after this, has. */
  append({ roots, declared, finals, steps, gaps, called, calledBlindly }: Trace): void {
    this.roots.push(...roots);
    this.declared.push(...declared);
    this.finals.push(...finals);
    this.steps.push(...steps);
    this.gaps.push(...gaps);
    for (const layer of called) this.called.add(layer);
    for (const layer of calledBlindly) this.calledBlindly.add(layer);
  }

  gap(reason: string, place?: Place): void {
    this.gaps.push({ reason, place, scope: this.#scope });
  }
}
