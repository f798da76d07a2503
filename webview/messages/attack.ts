import type { Picture } from './preparation.ts';
import type { Scores } from './run.ts';

export interface AttackOptions {
  readonly norm: 'linf' | 'l2' | 'l0';
  /** In the units of the input; for `l0` a number of pixels. */
  readonly epsilon: number;
  /** The class to reach; any other than the original where undefined. */
  readonly target?: number;
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
