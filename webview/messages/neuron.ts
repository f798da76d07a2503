import type { Picture } from './preparation.ts';

/** A neuron or a channel of a tensor of the graph, or the score of a class, perhaps over another class's. */
export type NeuronPlace =
  | { readonly kind: 'element'; readonly value: number; readonly index: readonly number[] }
  /** As on the command line: `fc1[3]`. */
  | { readonly kind: 'named'; readonly text: string }
  | { readonly kind: 'class'; readonly label: number; readonly over?: number };

export interface NeuronOptions {
  readonly place: NeuronPlace;
  /** The box around the input, in the input's units: pixels stay within their range. */
  readonly epsilon: number;
}

/** One ReLU on the way to the neuron. */
export interface NeuronCondition {
  /** Of the ReLU's operator output, where it can be asked for itself. */
  readonly value?: number;
  readonly layer: string;
  readonly operator: string;
  readonly index: readonly number[];
  readonly active: boolean;
  /** Before the ReLU. */
  readonly before: number;
  /** L-infinity distance to where it turns; undefined where it cannot. */
  readonly distance?: number;
}

/** Comes in parts: value and form at once, then the reach of the region, the bounds and the conditions. */
export interface NeuronResult {
  readonly options: NeuronOptions;
  /** `fc1[3]`, `class 3`. */
  readonly name: string;
  readonly channel: boolean;
  /** Of the tensor, without the batch axis. */
  readonly shape: readonly number[];
  readonly value: number;
  /** Whether the network is piecewise linear up to the neuron: else the coefficients are the gradient, without a region. */
  readonly linear: boolean;
  readonly constant: number;
  /** Why there is nothing but the gradient: operators without bounds on the way, or a network that is too large. */
  readonly unsupported?: string;
  /** Signed maps over the picture, symmetric about zero; undefined where the input is none. */
  readonly maps?: { readonly coefficient: Picture; readonly contribution: Picture };
  readonly input?: Picture;
  /** The elements with the largest coefficients or contributions, by size. */
  readonly elements: readonly { readonly name: string; readonly input: number; readonly coefficient: number; readonly contribution: number }[];
  readonly phases: { readonly active: number; readonly inactive: number };
  readonly reach?: { readonly radius: number; readonly along: readonly [number, number] };
  readonly bounds?: { readonly lower: number; readonly upper: number };
  /** The nearest conditions, those that bound the region inside the box first. */
  readonly conditions?: readonly NeuronCondition[];
  /** How many conditions bound the region inside the box, and how many more may, as the time for the proof was up; once that is known. */
  readonly bounding?: { readonly settled: number; readonly unsettled: number };
}

/** Something that is to be found or ruled out in the box. */
export interface QuestionOptions extends NeuronOptions {
  readonly question:
    | { readonly kind: 'lift'; readonly threshold: number }
    | { readonly kind: 'active' }
    | { readonly kind: 'together'; readonly with: string };
}

export interface QuestionResult {
  readonly options: QuestionOptions;
  readonly names: readonly string[];
  readonly verdict: 'reached' | 'never' | 'undecided';
  /** What the neurons are at the input that was found; replayed. */
  readonly values?: readonly number[];
  readonly original?: Picture;
  readonly found?: Picture;
  readonly method: string;
  readonly seconds: number;
}

/** Lines of the network up to the neuron's layer as a program. */
export interface ListingOptions {
  readonly place: NeuronPlace;
  /** The line that the user stands on. */
  readonly around: number;
  readonly from: number;
  readonly to: number;
}

export interface ListingResult {
  readonly options: ListingOptions;
  readonly from: number;
  readonly lines: readonly { readonly text: string; readonly kind: 'head' | 'comment' | 'assignment' | 'branch' | 'arm' | 'else' | 'return'; readonly taken: boolean; readonly value?: number }[];
  readonly lineCount: number;
  readonly branchCount: number;
  /** The lines of the branches around the line that the user stands on: the last before it and the first after it. */
  readonly branches: { readonly before?: number; readonly after?: number };
}
