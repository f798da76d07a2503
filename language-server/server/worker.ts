import { parentPort, workerData } from 'node:worker_threads';
import { Analyzer } from '../analysis/analyze.ts';
import type { JobMessage, JobResult, ResultMessage, WorkerStart } from './worker-protocol.ts';

/** The analysis thread: one job after another, each stopped when the shared number moves on. */
if (!parentPort) throw new Error('this file runs as a worker thread');
const port = parentPort;
const running = new Int32Array((workerData as WorkerStart).running);
const analyzer = Analyzer.create();

port.on('message', (message: JobMessage) => {
  void answer(message);
});

async function answer({ id, job }: JobMessage): Promise<void> {
  const cancelled = (): boolean => Atomics.load(running, 0) !== id;
  let result: JobResult;
  try {
    const ready = await analyzer;
    result = cancelled() ? { kind: 'cancelled' } : ready.analyzeJob(job, cancelled);
  } catch (error) {
    result = { kind: 'fault', message: error instanceof Error ? error.stack ?? error.message : String(error) };
  }
  port.postMessage({ id, result } satisfies ResultMessage);
}
