import type { Operator } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { CheckedFeeds } from './feeds.ts';

/** How a mode runs operators that are known to be ready. */
export interface Execution {
  run(operators: readonly Operator[], wanted: readonly number[], feeds: CheckedFeeds, signal: AbortSignal | undefined): Promise<{ tensors: Map<number, Tensor>; times?: Map<number, number> }>;
  close(): Promise<void>;
}
