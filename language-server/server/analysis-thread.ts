import { Worker } from 'node:worker_threads';
import type { AnalysisJob, JobMessage, JobResult, ResultMessage, WorkerStart } from './worker-protocol.ts';

/** How long a job may go on after it was told to stop, before its thread is ended. */
const patience = 2_000;

/** Runs analyses beside the server's own thread, one at a time; the thread is started again when it ends. */
export interface AnalysisService {
  /** Resolves to `cancelled` when `signal` aborts, at once or when the thread heeds it. */
  run(job: AnalysisJob, signal: AbortSignal): Promise<JobResult>;
  dispose(): void;
}

export class AnalysisThread implements AnalysisService {
  readonly #script: URL;
  readonly #running = new SharedArrayBuffer(4);
  #worker: Worker | undefined;
  #ids = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(script: URL) {
    this.#script = script;
  }

  run(job: AnalysisJob, signal: AbortSignal): Promise<JobResult> {
    const result = this.#queue.then(() => (signal.aborted ? { kind: 'cancelled' as const } : this.#runNow(job, signal)));
    this.#queue = result;
    return result;
  }

  dispose(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  #runNow(job: AnalysisJob, signal: AbortSignal): Promise<JobResult> {
    const id = ++this.#ids;
    const worker = this.#worker ??= this.#start();
    Atomics.store(new Int32Array(this.#running), 0, id);
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const finish = (result: JobResult): void => {
        clearTimeout(timer);
        worker.off('message', onMessage);
        worker.off('error', onError);
        worker.off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        resolve(result);
      };
      const ended = (message: string): void => {
        if (this.#worker === worker) this.#worker = undefined;
        void worker.terminate();
        finish({ kind: 'fault', message });
      };
      const onMessage = (message: ResultMessage): void => {
        if (message.id === id) finish(message.result);
      };
      const onError = (error: Error): void => ended(error.stack ?? error.message);
      const onExit = (code: number): void => ended(`the analysis thread ended with code ${code}`);
      const onAbort = (): void => {
        Atomics.store(new Int32Array(this.#running), 0, 0);
        timer = setTimeout(() => {
          ended('the analysis did not stop when it was told to');
        }, patience);
      };
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.on('exit', onExit);
      signal.addEventListener('abort', onAbort);
      worker.postMessage({ id, job } satisfies JobMessage);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { workerData: { running: this.#running } satisfies WorkerStart, resourceLimits: { maxOldGenerationSizeMb: 1536, stackSizeMb: 64 } });
    worker.unref();
    return worker;
  }
}
