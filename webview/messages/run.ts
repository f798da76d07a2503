import type { DataType } from '../../graph/tensor.ts';
import type { Remark } from './preparation.ts';

export interface RunOptions {
  /** Only these values (ids) and their ancestors; all of the model where undefined. */
  readonly fetch?: readonly number[];
  /** As in training: batch statistics, and dropout at random. */
  readonly training?: boolean;
  /** The job of a run whose tensors are to be kept, for comparing. */
  readonly keep?: number;
}

export interface RunResult {
  readonly seconds: number;
  /** By the graph's output values. */
  readonly outputs: readonly { readonly value: number; readonly shape: readonly number[]; readonly scores?: Scores }[];
  /** Ids of the operators that ran. */
  readonly executed: readonly number[];
  /** Ids of the values that a window can be asked of, with their shapes. */
  readonly available: readonly { readonly value: number; readonly shape: readonly number[]; readonly dataType: DataType }[];
  readonly remarks: readonly Remark[];
}

/** Class scores of one input. */
export interface Scores {
  /** Index of the largest. */
  readonly top: number;
  /** Probabilities where the model gives them or their softmax is meant, else its raw scores. */
  readonly kind: 'probabilities' | 'scores';
  readonly values: readonly number[];
  readonly labels?: readonly string[];
}
