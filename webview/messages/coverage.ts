import type { Picture } from './preparation.ts';

/** Generates tests until a criterion is met or the job is cancelled. */
export interface CoverOptions {
  readonly criterion: 'nc' | 'ssc' | 'nbc' | 'lipschitz';
  readonly norm: 'linf' | 'l0';
  /** How far a test may be from the input that it is made from, in the units of the input; for `l0` a number of elements. */
  readonly epsilon: number;
  /** Labelled examples to start from (`ExamplesMessage.path`); the chosen input where it is left out. */
  readonly examples?: string;
  /** Go on where the last run with these options was stopped. */
  readonly resume: boolean;
}

export interface CoverResult {
  readonly requirements: number;
  readonly met: number;
  readonly unreachable: number;
  /** met / (requirements - unreachable). */
  readonly coverage: number;
  readonly tests: number;
  readonly generated: number;
  readonly adversarial: number;
  /** Of all runs together. */
  readonly seconds: number;
  /** By hidden layer, by the two of a pair, or one for all balls. */
  readonly layers: readonly { readonly layer: string; readonly requirements: number; readonly met: number; readonly unreachable: number }[];
  /** How the coverage grew, earliest first. */
  readonly history: readonly { readonly seconds: number; readonly coverage: number }[];
  /** Some of the tests, adversarial ones first, then the newest. */
  readonly samples: readonly CoverSample[];
  /** Why it ended; undefined while it goes on. */
  readonly ended?: 'goal' | 'exhausted' | 'timeout' | 'cancelled';
  /** Some requirements that are open at the end, in words. */
  readonly open?: readonly string[];
  /** Given examples that the model gets wrong: nothing is made from them. */
  readonly misclassified?: number;
  /** The suite as a .npz file, at the end. */
  readonly suite?: Uint8Array;
}

export interface CoverSample {
  readonly label: string;
  /** What the model should answer. */
  readonly expected: string;
  readonly adversarial: boolean;
  /** False for a given input. */
  readonly generated: boolean;
  readonly distance: number;
  readonly picture?: Picture;
}
