import type { Diagnostic, Model } from '../analysis.ts';
import type { SourceFile } from '../python/interpreter-api.ts';
import type { LossUse } from '../tracing/run.ts';

/** What a check looks at: the models of a file, and the predictions that its losses compare. */
export interface Checked {
  readonly file: SourceFile;
  readonly models: readonly Model[];
  readonly losses: readonly LossUse[];
}

/**
 * A rule about what runs but is wrong. It speaks only of lines of the file, and only where it is sure:
 * what a gap hides is never held against the user.
 */
export type Check = (checked: Checked) => Diagnostic[];
