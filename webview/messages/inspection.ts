import type { Picture } from './preparation.ts';
import type { TensorStatistics } from './window.ts';

/** What running and training cost, at a batch size. */
export interface CostOptions {
  /** Takes the place of the batch axis where the code leaves its size open. */
  readonly batch: number;
}

export interface CostFigures {
  /** Multiplications with addition in matrix products and convolutions. */
  readonly multiplyAdds: number;
  /** All arithmetic operations on elements: two for each multiply-add, and those of the other operators. */
  readonly operations: number;
  /** Of all results: about what training keeps for the way back. */
  readonly activationBytes: number;
}

export interface CostResult {
  readonly batch: number;
  /** False where the code fixes the size of the batch. */
  readonly batchOpen: boolean;
  readonly total: CostFigures;
  readonly layers: readonly (CostFigures & { readonly layer: number })[];
  readonly operators: readonly (CostFigures & { readonly operator: number })[];
  readonly parameterBytes: number;
  /** The most that intermediate results take at a time in inference, freed as soon as nothing reads them. */
  readonly inferenceBytes: number;
  /** How many elements of the input one element of a value sees, for each axis; `null` where it has no place in the input any more. */
  readonly receptiveFields: readonly { readonly value: number; readonly axes: readonly (number | null)[] }[];
  /** Operators whose sizes are not known: the figures are without them. */
  readonly unknown: number;
}

/** Times the graph as one program against one operator after the other. */
export interface ModesOptions {
  readonly passes: number;
}

export interface ModesResult {
  /** Median milliseconds of a pass. */
  readonly graph: number;
  readonly eager: number;
  readonly passes: number;
  /** Median milliseconds of each operator in eager mode. */
  readonly operators: readonly { readonly operator: number; readonly milliseconds: number }[];
}

/** Statistics of all that a run computed, and how it differs from another. */
export interface ValuesOptions {
  /** The job of the run. */
  readonly run: number;
  /** The job of the run that it is compared with; the run before where undefined. */
  readonly against?: number;
}

export interface ValuesResult {
  readonly run: number;
  /** Whether the other run is kept to compare with. */
  readonly compared: boolean;
  readonly values: readonly {
    readonly value: number;
    readonly statistics: TensorStatistics;
    /** The difference from the other run, where that computed the same shape. */
    readonly change?: TensorChange;
  }[];
}

export interface TensorChange {
  /** Of the absolute differences. */
  readonly largest: number;
  readonly mean: number;
  /** The length of the difference over the length of the earlier tensor; Infinity where that is 0. */
  readonly relative: number;
  /** Of the angle between the two as vectors; undefined where one is 0. */
  readonly cosine?: number;
}

/** Which parts of the input decided for a class. */
export interface ExplainOptions {
  readonly method: 'saliency' | 'integrated' | 'gradcam';
  /** Index of the class. */
  readonly label: number;
}

export interface ExplainResult {
  readonly options: ExplainOptions;
  /** One signed value a pixel: row-major, one channel, the range symmetric about zero. */
  readonly map: Picture;
  readonly seconds: number;
}
