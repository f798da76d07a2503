import type { Location } from '../../graph/graph.ts';
import type { DataType } from '../../graph/tensor.ts';

// Weights and inputs.

/** What a run or an attack of the model would use now. */
export interface PreparedMessage {
  readonly type: 'prepared';
  readonly version: number;
  readonly model: number;
  readonly weights: {
    readonly candidates: readonly WeightsCandidate[];
    /** The id of the candidate in use; undefined where there is none yet. */
    readonly chosen?: string;
    /** How they bind to the model: `all 8 parameters match`, or which differ, with both shapes. */
    readonly report: readonly Remark[];
  };
  readonly inputs: readonly PreparedInput[];
  /** The classes' names, where they are known. */
  readonly classes?: readonly string[];
  /** Undefined where a run can start; else a sentence that says what is missing. */
  readonly missing?: string;
}

export interface WeightsCandidate {
  readonly id: string;
  /** The file's name, or `Freshly initialised`. */
  readonly label: string;
  readonly detail?: string;
}

export interface Remark {
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
}

export interface PreparedInput {
  /** The name of the graph's input value. */
  readonly name: string;
  readonly dataType: DataType;
  /** With the batch axis; `null` for a dimension that prints as None, text for a symbolic one. */
  readonly shape: readonly (number | null | string)[];
  /** Where the input can be drawn or shown as a picture. */
  readonly image?: { readonly width: number; readonly height: number; readonly channels: 1 | 3; readonly range: readonly [low: number, high: number] };
  /** Inputs found beside the file, such as sample pictures. */
  readonly samples: readonly { readonly id: string; readonly label: string }[];
  /** What is in use; undefined where nothing is yet. */
  readonly chosen?: { readonly label: string; readonly picture?: Picture };
  /** Of an input that takes pictures: what the code says of how they are prepared. */
  readonly pictures?: PreparedPictures;
  /** Why the last choice was refused, or what was done to it (`resized from 32x32 to 8x8`). */
  readonly remarks: readonly Remark[];
}

export interface PreparedPictures {
  /** The likeliest first: where the code says it, and its steps in words. */
  readonly choices: readonly { readonly label: string; readonly steps: readonly string[]; readonly location?: Location }[];
  readonly chosen: number | 'none';
}

export type InputSource =
  /** The host lets the user choose a file. */
  | { readonly kind: 'browse' }
  | { readonly kind: 'sample'; readonly id: string }
  /** A file dropped on the panel. */
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  /** Drawn on the pad: row-major, one value a pixel from 0 (paper) to 1 (ink); the host scales it to the input's range. */
  | { readonly kind: 'drawn'; readonly width: number; readonly height: number; readonly values: Float32Array }
  | { readonly kind: 'random'; readonly seed: number };

/** Values to show as an image: row-major, channels last. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** The values that show as black and as white. */
  readonly range: readonly [low: number, high: number];
  readonly values: Float32Array;
}
