/** Work that can be put aside after each step. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all steps one after the other. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Milliseconds of work until events are handled. */
const TURN = 25;

/**
 * Does the steps in turns with the events of the process, so that a cancellation is heard while large networks are made.
 * @throws the signal's reason where it is aborted
 */
export async function inTurns<T>(steps: Steps<T>, signal?: AbortSignal): Promise<T> {
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began < TURN) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    began = performance.now();
  }
}
