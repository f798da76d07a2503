import * as vscode from 'vscode';
import type { JobFailedMessage, StartMessage, ToPanel, WindowRequest } from '../../webview/messages.ts';
import * as protocol from '../engine/protocol.ts';
import { EngineEnded, RequestCancelled, type EngineProcess } from '../engine-process.ts';
import { sentence, type Preparation } from './preparation.ts';

/** The jobs that the panel asked for: each ends with exactly one answer, whatever happens to the engine. */
export class Jobs implements vscode.Disposable {
  readonly #running = new Map<number, vscode.CancellationTokenSource>();
  /** The model on which a finished job ran: its tensors are asked for by windows. */
  readonly #keys = new Map<number, string>();

  constructor(private readonly engine: EngineProcess, private readonly post: (message: ToPanel) => void) {}

  async start({ job, kind, options }: StartMessage, preparation: Preparation): Promise<void> {
    const cancellation = new vscode.CancellationTokenSource();
    this.#running.set(job, cancellation);
    try {
      const key = await preparation.ensure();
      this.#keys.set(job, key);
      this.post(await this.engine.request(protocol.StartJob.type, { key, job, kind, options } as protocol.StartJob.Params, cancellation.token));
    } catch (error) {
      const failure: JobFailedMessage['kind'] = error instanceof EngineEnded ? 'engineEnded' : error instanceof RequestCancelled ? 'cancelled' : 'failed';
      this.post({ type: 'jobFailed', job, kind: failure, message: sentence(error) });
    } finally {
      this.#running.delete(job);
      cancellation.dispose();
    }
  }

  cancel(job: number): void {
    this.#running.get(job)?.cancel();
  }

  /** Reads a part of a tensor: of a run, or of the weights that `preparation` holds. */
  async window({ request, source, value, start, size, statistics }: WindowRequest, preparation: Preparation | undefined): Promise<void> {
    try {
      const job = 'job' in source ? source.job : undefined;
      const key = job === undefined ? await preparation?.ensure() : this.#keys.get(job);
      if (key === undefined) throw new Error(job === undefined ? 'The program has changed meanwhile.' : 'That run is not known any more. Run the model again.');
      const answer = await this.engine.request(protocol.ReadWindow.type, { key, job, value, start, size, statistics });
      this.post({ type: 'window', request, ...answer });
    } catch (error) {
      this.post({ type: 'windowFailed', request, message: sentence(error) });
    }
  }

  dispose(): void {
    for (const cancellation of this.#running.values()) cancellation.cancel();
  }
}
