import type { Gap, LayerGraph, Location } from '../graph/graph.ts';
import type { ConstantTensor, TensorType } from '../graph/tensor.ts';

/** What the language server knows of one file: everything that features, the command line and the panel show. */
export interface Analysis {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly models: readonly Model[];
  readonly tensors: readonly TensorAt[];
  /** Every gap met in this file's code, those of its models included. */
  readonly gaps: readonly Gap[];
  /** Conditions of this file that the analysis followed on both sides, in the order in which they were met. */
  readonly forks?: readonly Fork[];
}

/** A condition that depends on what is not known, with what its arms do. */
export interface Fork {
  readonly location: Location;
  /** The condition as a formula over sizes, or its source text. */
  readonly condition: string;
  /** The decisions above it, the first first. */
  readonly path: readonly { readonly location: Location; readonly holds: boolean }[];
  readonly arms: readonly [whenTrue: ForkArm, whenFalse: ForkArm];
}

export interface ForkArm {
  /** `infeasible`: the decisions above rule it out. `open`: it depends on what is not known at all, so that there is no example. */
  readonly status: 'feasible' | 'infeasible' | 'open';
  /** What the arm does: `raises ValueError: ...`. */
  readonly end: string;
  /** Sizes for which the arm is taken, with all decisions above it. */
  readonly example?: Readonly<Record<string, number>>;
}

export interface Model {
  readonly graph: LayerGraph;
  /** What the graph's inputs were taken from, in the order of `graph.inputs`. */
  readonly inputs: readonly InputOrigin[];
}

export type InputOrigin =
  /** The code gives it: an Input layer, an array, a call. */
  | 'given'
  /** Solved from the code's own constraints: the smallest that works. */
  | 'solved'
  /** Stated by a `# layerscope: input 1,3,224,224` comment, a setting or the command line. */
  | 'stated'
  /** Not known: the user is asked. */
  | 'asked';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Diagnostic {
  /** `error` means: the real framework raises here, for certain. */
  readonly severity: Severity;
  /** Kebab case, stable, documented in docs/diagnostics/CODE.md. */
  readonly code: string;
  readonly message: string;
  readonly location: Location;
  readonly related: readonly { readonly location: Location; readonly message: string }[];
  /** Values of symbols for which it happens, where it depends on them. */
  readonly example?: Readonly<Record<string, number>>;
  readonly fix?: Fix;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly location: Location; readonly newText: string }[];
}

/** The tensor that an expression of the user's file evaluates to. */
export interface TensorAt {
  readonly location: Location;
  /** One for each distinct type that it had over the calls that were followed; first call first. */
  readonly types: readonly TensorType[];
  /** The source text that made it: `Conv2D`, `x.view(...)`. */
  readonly origin?: { readonly text: string; readonly location: Location };
  /** The name it is bound to, where the expression is the value of an assignment: an inlay hint belongs there. */
  readonly name?: string;
  /** The elements, where they are known and few. */
  readonly constant?: ConstantTensor;
}
