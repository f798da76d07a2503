import type { Picture } from './preparation.ts';
import type { Scores } from './run.ts';

export interface AttackOptions {
  readonly norm: 'linf' | 'l2' | 'l0';
  /** In the units of the input; for `l0` a number of pixels. */
  readonly epsilon: number;
  /** The class to reach; any other than the original where undefined. */
  readonly target?: number;
}

/** Asks which is the smallest change that makes another class of the input. */
export interface EpsilonOptions {
  readonly norm: AttackOptions['norm'];
  /** The largest change to ask about. */
  readonly largest: number;
  readonly target?: number;
}

export interface EpsilonResult {
  readonly original: AttackResult['original'];
  /** Proved: no change of this size or less does it. */
  readonly certified: number;
  /** Found: this one does; undefined where none was found. */
  readonly adversarial?: NonNullable<AttackResult['adversarial']>;
  /** Why the two ends are not nearer to each other; undefined where they are as near as is asked for. */
  readonly reason?: string;
  readonly seconds: number;
}

export interface AttackResult {
  readonly verdict: 'adversarial' | 'robust' | 'undecided';
  readonly original: { readonly scores: Scores; readonly picture?: Picture };
  /** `distance` in the norm. */
  readonly adversarial?: { readonly scores: Scores; readonly distance: number; readonly picture?: Picture };
  /** The proved lower bound on the margin between the label and its rivals. */
  readonly bound?: number;
  /** What decided it: `projected gradient descent`, `linear bounds`, `z3`. */
  readonly method: string;
  readonly seconds: number;
  /** True where `cancel` ended it early. */
  readonly cancelled: boolean;
}
