import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * The thread that z3 runs in. Each script gets a fresh context through `eval_smtlib2_string`: the package's high-level
 * interface corrupts its heap in repeated use. Given as text, so that no bundle has to find it.
 */
const thread = `
const { parentPort, workerData } = require('node:worker_threads');
const loading = import(workerData.module).then(({ init, default: all }) => (init ?? all.init)());
parentPort.on('message', async (script) => {
  try {
    const { Z3 } = await loading;
    const configuration = Z3.mk_config();
    const context = Z3.mk_context(configuration);
    Z3.del_config(configuration);
    const output = await Z3.eval_smtlib2_string(context, script);
    Z3.del_context(context);
    parentPort.postMessage({ output });
  } catch (error) {
    parentPort.postMessage({ error: String(error && error.message || error) });
  }
});
`;

/** z3, answering SMT-LIB 2 scripts one after the other; it starts with the first and can be ended at any moment. */
export class Z3 {
  private worker: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();

  /**
   * What z3 answers to a script; undefined where the time ran out or the signal ended it.
   * @throws Error with z3's message where the script is not understood
   */
  ask(script: string, milliseconds: number, signal?: AbortSignal): Promise<string | undefined> {
    const answer = this.last.then(() => this.askNow(script, milliseconds, signal));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  /** Ends z3's threads, whatever they do; the next script starts it anew. */
  close(): void {
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private async askNow(script: string, milliseconds: number, signal?: AbortSignal): Promise<string | undefined> {
    if (milliseconds <= 0 || signal?.aborted) return undefined;
    const worker = (this.worker ??= this.start());
    const cleanup: (() => void)[] = [];
    try {
      const output = await new Promise<string | undefined>((resolve, reject) => {
        const timer = setTimeout(() => resolve(undefined), milliseconds);
        const aborted = () => resolve(undefined);
        const answered = ({ output: text, error }: { output?: string; error?: string }) => {
          if (error === undefined && text !== undefined && !text.startsWith('(error')) resolve(text);
          else reject(new Error(`z3: ${(error ?? text)!.trim()}`));
        };
        signal?.addEventListener('abort', aborted);
        worker.on('message', answered);
        worker.on('error', reject);
        worker.postMessage(script);
        cleanup.push(() => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', aborted);
          worker.off('message', answered);
          worker.off('error', reject);
        });
      });
      if (output === undefined) this.close();
      return output;
    } finally {
      for (const undo of cleanup) undo();
    }
  }

  private start(): Worker {
    const module = pathToFileURL(createRequire(import.meta.url).resolve('z3-solver')).href;
    const worker = new Worker(thread, { eval: true, workerData: { module } });
    // an idle solver must not keep the process alive
    worker.unref();
    return worker;
  }
}
