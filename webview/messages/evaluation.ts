import type { Picture, Remark } from './preparation.ts';

/** The host let the user choose labelled examples: a folder of pictures, or an array with labels. */
export interface ExamplesMessage {
  readonly type: 'examples';
  readonly version: number;
  readonly model: number;
  readonly path: string;
  /** For people: the last part of the path. */
  readonly label: string;
}

export interface EvaluateOptions {
  /** What `ExamplesMessage` said. */
  readonly path: string;
}

export interface EvaluateResult {
  readonly seconds: number;
  readonly count: number;
  readonly correct: number;
  readonly classes: readonly string[];
  /** Rows are the true classes, columns the predicted ones. */
  readonly confusion: readonly (readonly number[])[];
  /** The examples whose true class falls farthest behind, farthest first: wrong ones before narrow ones. */
  readonly worst: readonly {
    readonly name: string;
    readonly label: number;
    readonly predicted: number;
    /** The score of the true class less that of the best other one. */
    readonly margin: number;
    readonly picture?: Picture;
  }[];
  /** Neurons that stand at a limit of their activation function for every example. */
  readonly activations: readonly { readonly value: number; readonly neurons: number; readonly dead: number; readonly saturated: number }[];
  readonly remarks: readonly Remark[];
}
