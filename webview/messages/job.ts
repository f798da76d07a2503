import type { CoverOptions, CoverResult } from './coverage.ts';
import type { AttackOptions, AttackResult, EpsilonOptions, EpsilonResult } from './attack.ts';
import type { CostOptions, CostResult, ExplainOptions, ExplainResult, ModesOptions, ModesResult, ValuesOptions, ValuesResult } from './inspection.ts';
import type { EvaluateOptions, EvaluateResult } from './evaluation.ts';
import type { ListingOptions, ListingResult, NeuronOptions, NeuronResult, QuestionOptions, QuestionResult } from './neuron.ts';
import type { TreeOptions, TreeResult } from './tree.ts';
import type { RunOptions, RunResult } from './run.ts';

/** What the engine computes on a prepared model at the panel's request: each kind of job with its options and its result. */
export interface Jobs {
  readonly run: { readonly options: RunOptions; readonly result: RunResult };
  readonly attack: { readonly options: AttackOptions; readonly result: AttackResult };
  readonly epsilon: { readonly options: EpsilonOptions; readonly result: EpsilonResult };
  readonly cost: { readonly options: CostOptions; readonly result: CostResult };
  readonly modes: { readonly options: ModesOptions; readonly result: ModesResult };
  readonly values: { readonly options: ValuesOptions; readonly result: ValuesResult };
  readonly evaluate: { readonly options: EvaluateOptions; readonly result: EvaluateResult };
  readonly neuron: { readonly options: NeuronOptions; readonly result: NeuronResult };
  readonly question: { readonly options: QuestionOptions; readonly result: QuestionResult };
  readonly listing: { readonly options: ListingOptions; readonly result: ListingResult };
  readonly tree: { readonly options: TreeOptions; readonly result: TreeResult };
  readonly explain: { readonly options: ExplainOptions; readonly result: ExplainResult };
  readonly cover: { readonly options: CoverOptions; readonly result: CoverResult };
}

export type JobKind = keyof Jobs;
export type JobOptions<Kind extends JobKind> = Jobs[Kind]['options'];
export type JobResult<Kind extends JobKind> = Jobs[Kind]['result'];

/** Starts a job; its number is the panel's. */
export type StartMessage<Kind extends JobKind = JobKind> = {
  readonly [K in Kind]: { readonly type: 'start'; readonly job: number; readonly version: number; readonly model: number; readonly kind: K; readonly options: JobOptions<K> };
}[Kind];

export type FinishedMessage<Kind extends JobKind = JobKind> = {
  readonly [K in Kind]: { readonly type: 'finished'; readonly job: number; readonly kind: K; readonly result: JobResult<K> };
}[Kind];

/** What there is of the result while the job goes on; each takes the place of the one before. */
export type PartialMessage<Kind extends JobKind = JobKind> = {
  readonly [K in Kind]: { readonly type: 'partial'; readonly job: number; readonly kind: K; readonly result: JobResult<K> };
}[Kind];

/** How far a job is. */
export interface Progress {
  /** `Loading weights`, `Descending the gradient`, `Splitting`. */
  readonly phase: string;
  /** From 0 to 1, where it can be known. */
  readonly fraction?: number;
  /** Of an attack: the proved lower bound on the margin so far. */
  readonly bound?: number;
  /** Of an attack: branches still open. */
  readonly branches?: number;
  readonly seconds: number;
}

export interface ProgressMessage extends Progress {
  readonly type: 'progress';
  readonly job: number;
}

/** The engine refused, failed, ended, or was told to stop before there was a result. */
export interface JobFailedMessage {
  readonly type: 'jobFailed';
  readonly job: number;
  readonly kind: 'refused' | 'failed' | 'cancelled' | 'engineEnded';
  /** What happened and what to do. */
  readonly message: string;
}
