import type { Multipliers } from '../bounds/optimise.ts';
import type { Split } from '../bounds/split.ts';

/** One open branch of the search: a part of a case that is not decided yet. Plain data. */
export interface Item {
  readonly case: number;
  /** The part of the case's box, where it was cut. */
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
  /** Neurons whose range was cut. */
  readonly splits?: readonly Split[];
  /** What made the bound, one for each constraint: the children start from it. */
  readonly multipliers?: readonly Multipliers[];
  /** The best bound known: a lower bound on how far the case's constraints are from holding. */
  readonly bound: number;
  readonly depth: number;
  /** The constraint whose bound closed it; -1 where no input is in it. */
  readonly closedBy?: number;
  /** The cuts from the root, for certificates: 2 * axis, + 1 for the upper half. */
  readonly path: readonly number[];
}

/** What one round of branch and bound made of some items. */
export interface Expansion {
  readonly children: readonly Item[];
  readonly closed: readonly Item[];
  /** Inputs that meet their case in float64: to be replayed. */
  readonly candidates: readonly { readonly input: Float64Array; readonly violation: number; readonly case: number }[];
  /** Items that can be neither closed nor cut. */
  readonly stuck: number;
}
