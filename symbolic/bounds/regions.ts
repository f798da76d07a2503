import type { Pointer } from '../kernels/kernels.ts';

export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export type NodeBounds = Box;

/** Bounds on all nodes over some regions, in the kernels' memory: count x size for each node. */
export interface Regions {
  readonly count: number;
  readonly lower: Pointer[];
  readonly upper: Pointer[];
  readonly lines: (ReluLines | FunctionLines | ProductLines | undefined)[];
  /** 1 where the bounds contradict each other: no input is in the region. */
  readonly empty: Uint8Array;
  /** How strongly each neuron of a node moves with each input (count x size x inputs), where it was asked for. */
  sensitivity?: Map<number, Float64Array>;
}

export interface ReluLines {
  readonly slope: Pointer;
  readonly intercept: Pointer;
  readonly low: Pointer;
}

export interface FunctionLines {
  readonly lowSlope: Float64Array;
  readonly lowIntercept: Float64Array;
  readonly upSlope: Float64Array;
  readonly upIntercept: Float64Array;
}

export interface Plane {
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly constant: Float64Array;
}

export interface ProductLines {
  readonly low: Plane;
  readonly up: Plane;
}
