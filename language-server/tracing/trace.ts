import type { Dimension } from '../../graph/dimension.ts';
import type { Attributes, Initializer } from '../../graph/graph.ts';
import type { ConstantTensor, TensorType } from '../../graph/tensor.ts';
import type { Place } from './place.ts';

/**
 * What the program did with tensors: a persistent, acyclic graph that only grows. Arms of a fork add to it
 * independently; what no live tensor reaches is left behind. `Layer` stands for the interpreter's layer object:
 * the trace compares it by identity and knows nothing else of it.
 */
export interface TraceValue {
  /** Grows with time: a value's inputs have smaller ones. */
  readonly serial: number;
  readonly type: TensorType;
  readonly source: ValueSource;
  readonly constant?: ConstantTensor;
  readonly place?: Place;
  /** The innermost scope that was open when it was made. */
  readonly scope?: TraceScope;
}

export type ValueSource =
  | { readonly kind: 'operator'; readonly operator: TraceOperator; readonly index: number }
  /** `free`: nobody gives it. */
  | { readonly kind: 'input'; readonly name?: string; readonly free?: FreeInput }
  | { readonly kind: 'parameter'; readonly initializer: Initializer; readonly trainable: boolean }
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
  /** Set when the call returns; stays undefined where it raised. */
  outputs?: readonly NamedValue[];
  /** The serial when it returned. */
  end?: number;
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
}

export class Trace {
  #serial = 0;
  #scope: TraceScope | undefined;
  readonly roots: TraceScope[] = [];
  readonly declared: DeclaredModel[] = [];
  readonly gaps: TraceGap[] = [];
  /** Every layer that was called, and how often. */
  readonly called = new Map<object, number>();

  get scope(): TraceScope | undefined {
    return this.#scope;
  }

  get serial(): number {
    return this.#serial;
  }

  leaf(source: Exclude<ValueSource, { kind: 'operator' }>, type: TensorType, place?: Place, constant?: ConstantTensor): TraceValue {
    return { serial: ++this.#serial, type, source, constant, place, scope: this.#scope };
  }

  operator(
    type: string, domain: '' | 'layerscope', inputs: readonly (TraceValue | undefined)[], attributes: Attributes,
    types: readonly TensorType[], details: { place?: Place; constants?: readonly (ConstantTensor | undefined)[]; reason?: string } = {},
  ): readonly TraceValue[] {
    const outputs: TraceValue[] = [];
    const operator: TraceOperator = {
      serial: ++this.#serial, type, domain, inputs, outputs, attributes, scope: this.#scope, place: details.place, reason: details.reason,
    };
    types.forEach((outputType, index) => outputs.push({
      serial: ++this.#serial, type: outputType, source: { kind: 'operator', operator, index },
      constant: details.constants?.[index], place: details.place, scope: this.#scope,
    }));
    return outputs;
  }

  /** Runs `body` inside a scope of `layer`; `body` returns the result and the tensors in it. */
  call<T>(layer: object, inputs: readonly NamedValue[], place: Place | undefined, body: () => T, outputsOf: (result: T) => readonly NamedValue[]): T {
    const parent = this.#scope;
    const scope: TraceScope = { serial: ++this.#serial, layer, parent, place, inputs, children: [] };
    if (parent) parent.children.push(scope);
    else this.roots.push(scope);
    this.called.set(layer, (this.called.get(layer) ?? 0) + 1);
    this.#scope = scope;
    try {
      const result = body();
      scope.outputs = outputsOf(result);
      return result;
    } finally {
      scope.end = this.#serial;
      this.#scope = parent;
    }
  }

  declare(layer: object, inputs: readonly NamedValue[], outputs: readonly NamedValue[], type: string | undefined, place: Place | undefined): void {
    this.declared.push({ layer, serial: ++this.#serial, type, inputs, outputs, place });
  }

  gap(reason: string, place?: Place): void {
    this.gaps.push({ reason, place, scope: this.#scope });
  }
}

/** The dimensions of a value, or undefined where its rank is not known. */
export function shapeOf(value: TraceValue): readonly Dimension[] | undefined {
  return value.type.shape;
}
