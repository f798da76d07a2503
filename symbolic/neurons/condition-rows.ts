import type { ActivationRegion, LinearRows, Phase } from './activation-region.ts';

/** A block of rows should take about this long, so that a cancellation is heard in time. */
const BLOCK_MILLISECONDS = 30;
/** Numbers of a block at most. */
const BLOCK_NUMBERS = 2e6;

/** Lets events be handled. */
export function turnOfEvents(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * The linear functions whose signs are the given phases, block by block in their order; events are handled between the blocks. Rows
 * through deep convolutions take long, so the caller ends when it has seen enough.
 */
export async function* conditionRowsOf(region: ActivationRegion, phases: readonly Phase[], signal?: AbortSignal): AsyncGenerator<{ readonly start: number; readonly rows: LinearRows }> {
  const most = Math.max(1, Math.floor(BLOCK_NUMBERS / region.loaded.inputSize));
  let block = Math.min(16, most);
  for (let start = 0; start < phases.length; ) {
    const began = performance.now();
    const rows = region.conditionRows(phases.slice(start, start + block));
    yield { start, rows };
    start += rows.count;
    const factor = BLOCK_MILLISECONDS / Math.max(performance.now() - began, 0.1);
    block = Math.max(1, Math.min(most, Math.floor(block * Math.min(4, factor))));
    await turnOfEvents();
    signal?.throwIfAborted();
  }
}
