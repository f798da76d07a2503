import type { Location } from './location.ts';
import type { Preprocessing } from './preprocessing.ts';
import type { ConstantTensor, TensorType } from './tensor.ts';

export type { Location } from './location.ts';

/**
 * The layer graph: what every room speaks. Plain data with numeric ids, so it crosses process borders as it is.
 *
 * - `operators` are what runs: ONNX operators in topological order.
 * - `layers` are what the user made: objects with a configuration and parameters.
 * - `scopes` are calls of layers: each operator belongs to one; a shared layer has several.
 *
 * Weights are not part of the graph: a parameter has a name, a type and the rule that initialises it.
 */
export interface LayerGraph {
  readonly name: string;
  /** `Sequential`, `Functional`, or the name of the model's class. */
  readonly type: string;
  readonly framework: Framework;
  /** Where the model is made. */
  readonly location?: Location;
  /** `values[id].id === id`, likewise for the other tables. */
  readonly values: readonly Value[];
  readonly operators: readonly Operator[];
  readonly layers: readonly Layer[];
  /** `scopes[0]` is the call of the model itself. */
  readonly scopes: readonly Scope[];
  readonly parameters: readonly Parameter[];
  /** Ids of values. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly assumptions: readonly Assumption[];
  readonly gaps: readonly Gap[];
  /** What the program does to pictures before they become the first input: the likeliest first. */
  readonly preprocessing?: readonly Preprocessing[];
}

export type Framework = 'keras' | 'torch' | 'mxnet' | 'tensorflow' | 'numpy' | 'onnx' | 'tflite' | 'caffe';

export interface Value {
  readonly id: number;
  /** Unique in the graph. */
  readonly name: string;
  readonly type: TensorType;
  /** The operator that makes it; undefined for inputs, parameters and constants. */
  readonly producer?: number;
  /** Set where the value is a parameter. */
  readonly parameter?: number;
  /** Set where the elements are known at analysis. */
  readonly constant?: ConstantTensor;
  /** The user's line that made it. */
  readonly location?: Location;
}

export type AttributeValue = number | string | boolean | readonly number[] | readonly string[] | ConstantTensor;
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface Operator {
  readonly id: number;
  /** The ONNX operator's name, or one of `layerscope`'s own: `Unknown` (a gap), `Join` (one of several paths). */
  readonly type: string;
  /** '' is ONNX; 'layerscope' is ours; anything else is the model file's own. */
  readonly domain: string;
  readonly name: string;
  /** Ids of values; undefined where an optional input is left out. */
  readonly inputs: readonly (number | undefined)[];
  readonly outputs: readonly number[];
  readonly attributes: Attributes;
  /** Id of the innermost scope. */
  readonly scope: number;
  readonly location?: Location;
  /** For `Unknown`: why. */
  readonly reason?: string;
}

export type ConfigurationValue = null | boolean | number | string | readonly ConfigurationValue[] | { readonly [key: string]: ConfigurationValue };

export interface Layer {
  readonly id: number;
  /** The layer's own name: Keras's `name`, PyTorch's attribute. */
  readonly name: string;
  /** The framework's dotted path from the model: `features.0`; '' for the model itself. */
  readonly path: string;
  /** The class's own name. */
  readonly type: string;
  readonly parent?: number;
  readonly configuration: Readonly<Record<string, ConfigurationValue>>;
  /** Ids of the parameters that it owns itself, without its children's. */
  readonly parameters: readonly number[];
  /** Whether the framework's own list of layers shows it (CLI.md, `layers`). */
  readonly listed: boolean;
  /** The line that made it. */
  readonly location?: Location;
}

export interface Scope {
  readonly id: number;
  readonly layer: number;
  /** The scope in which the call happened; undefined for `scopes[0]`. */
  readonly parent?: number;
  /** Ids of the tensors that go in and come out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** The line of the call. */
  readonly location?: Location;
}

export interface Parameter {
  readonly id: number;
  /** The framework's name: `features.0.weight`, `dense/kernel`. Unique in the graph. */
  readonly name: string;
  readonly layer: number;
  readonly type: TensorType;
  readonly trainable: boolean;
  /** True for what a checkpoint holds but the framework does not count as a parameter: PyTorch's buffers. */
  readonly buffer?: boolean;
  readonly initializer: Initializer;
}

/** How the framework fills a parameter that no checkpoint gives. */
export type Initializer =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'values'; readonly data: readonly number[] }
  | { readonly kind: 'unknown' };

/** What the graph takes for granted; a run that breaks one needs another graph. */
export interface Assumption {
  readonly text: string;
  readonly location?: Location;
}

/** What could not be followed: the graph goes on behind it. */
export interface Gap {
  readonly reason: string;
  readonly location?: Location;
}
