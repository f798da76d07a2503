// Looking at tensors, a window at a time.

/** `start` and `size` have one entry for each axis of the value; the panel asks for at most 65,536 elements. */
export interface WindowRequest {
  readonly type: 'window';
  readonly request: number;
  /** The job whose run computed the value, or the model whose parameter it is: then it is read from the chosen weights. */
  readonly source: { readonly job: number } | { readonly version: number; readonly model: number };
  readonly value: number;
  readonly start: readonly number[];
  readonly size: readonly number[];
  /** Whether statistics of the whole value are wanted too. */
  readonly statistics: boolean;
}

export interface WindowMessage {
  readonly type: 'window';
  readonly request: number;
  readonly values: Float32Array;
  readonly statistics?: TensorStatistics;
}

export interface WindowFailedMessage {
  readonly type: 'windowFailed';
  readonly request: number;
  readonly message: string;
}

/** Of all elements; minimum to deviation over the finite ones. */
export interface TensorStatistics {
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly deviation: number;
  readonly zeros: number;
  readonly notANumber: number;
  readonly infinite: number;
  /** Counts in equal bins from minimum to maximum. */
  readonly histogram: readonly number[];
}
