import type { JobKind, JobOptions, JobResult, Progress } from '../../../webview/messages.ts';
import type { LoadedModel } from '../loaded-model.ts';

/** What a job knows of its place in the engine. */
export interface JobContext<Kind extends JobKind> {
  /** The panel's number of it. */
  readonly job: number;
  readonly signal: AbortSignal;
  report(progress: Progress): void;
  /** What there is of the result so far. */
  partial(result: JobResult<Kind>): void;
}

/** Computes on a model with the weights and inputs that it holds; throws an Error with a sentence for the user. */
export type JobHandler<Kind extends JobKind> = (model: LoadedModel, options: JobOptions<Kind>, context: JobContext<Kind>) => Promise<JobResult<Kind>>;
