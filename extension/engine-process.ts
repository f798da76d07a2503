import { fork, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import { CancellationTokenSource, createMessageConnection, IPCMessageReader, IPCMessageWriter, type MessageConnection, type RequestType } from 'vscode-jsonrpc/node';
import type { PartialMessage, ProgressMessage } from '../webview/messages.ts';
import * as protocol from './engine/protocol.ts';

export type EngineState = 'starting' | 'ready' | 'ended';

/** The engine process ended before it answered. */
export class EngineEnded extends Error {
  override readonly name = 'EngineEnded';
}

/** A request was cancelled and the engine gave nothing. */
export class RequestCancelled extends Error {
  override readonly name = 'RequestCancelled';
}

/** How long a cancelled request may go on before the process is killed. */
const PATIENCE_MILLISECONDS = 5_000;

/**
 * The life of the engine process: started at the first request, restarted after it ended, killed when it does not heed a cancellation.
 * Graphs that were loaded into an earlier process are loaded again by whoever asks: `generation` tells that it is another one.
 */
export class EngineProcess implements vscode.Disposable {
  #child: ChildProcess | undefined;
  #connection: MessageConnection | undefined;
  #generation = 0;
  #ending = false;
  readonly #states = new vscode.EventEmitter<{ state: EngineState; message?: string }>();
  readonly #jobNews = new vscode.EventEmitter<ProgressMessage | PartialMessage>();
  readonly #verifyNews = new vscode.EventEmitter<protocol.VerifyNews.Params>();
  readonly #tableNews = new vscode.EventEmitter<protocol.RobustnessTableNews.Params>();
  readonly onState = this.#states.event;
  /** How far jobs are. */
  readonly onJobNews = this.#jobNews.event;
  /** How far verifications of properties are. */
  readonly onVerifyNews = this.#verifyNews.event;
  /** How far robustness tables are. */
  readonly onTableNews = this.#tableNews.event;

  constructor(private readonly module: string, private readonly log: vscode.LogOutputChannel) {}

  /** Grows with every new process. */
  get generation(): number {
    return this.#generation;
  }

  get processId(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Sends a request, starting the process where there is none.
   * @throws EngineEnded where the process ended meanwhile; RequestCancelled; else an Error with the engine's own sentence
   */
  async request<P, R>(type: RequestType<P, R, void>, params: P, cancellation?: vscode.CancellationToken): Promise<R> {
    const connection = this.#connection ?? this.#start();
    const child = this.#child;
    const source = new CancellationTokenSource();
    let impatience: NodeJS.Timeout | undefined;
    const listener = cancellation?.onCancellationRequested(() => {
      source.cancel();
      impatience = setTimeout(() => {
        this.log.warn(`The engine did not heed a cancellation within ${PATIENCE_MILLISECONDS / 1000} s and is killed.`);
        child?.kill('SIGKILL');
      }, PATIENCE_MILLISECONDS);
    });
    if (cancellation?.isCancellationRequested) source.cancel();
    let onExit: (() => void) | undefined;
    const ended = new Promise<never>((_, reject) => {
      onExit = () => reject(new EngineEnded('The engine process ended. Nothing else is lost: start it again and repeat the last step.'));
      child?.once('exit', onExit);
    });
    try {
      return await Promise.race([connection.sendRequest<R>(type.method, params, source.token), ended]);
    } catch (error) {
      if (cancellation?.isCancellationRequested && !(error instanceof EngineEnded)) throw new RequestCancelled('Cancelled.');
      throw error;
    } finally {
      clearTimeout(impatience);
      listener?.dispose();
      if (onExit) child?.off('exit', onExit);
    }
  }

  notify<P>(type: { readonly method: string }, params: P): void {
    void this.#connection?.sendNotification(type.method, params);
  }

  /** Starts a process now, so that the first request does not wait for it. */
  restart(): void {
    if (!this.#connection) this.#start();
  }

  dispose(): void {
    this.#ending = true;
    this.#connection?.dispose();
    this.#child?.kill();
    this.#states.dispose();
    this.#jobNews.dispose();
    this.#verifyNews.dispose();
    this.#tableNews.dispose();
  }

  #start(): MessageConnection {
    this.#generation++;
    this.#states.fire({ state: 'starting' });
    // advanced serialization carries typed arrays; the IPC channel carries the messages, the streams go to the log
    const child = fork(this.module, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: ['--max-old-space-size=8192'] });
    child.stdout?.on('data', (data: Buffer) => this.log.info(`engine: ${data.toString().trimEnd()}`));
    child.stderr?.on('data', (data: Buffer) => this.log.error(`engine: ${data.toString().trimEnd()}`));
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    connection.onNotification(protocol.JobNews.type, (message) => this.#jobNews.fire(message));
    connection.onNotification(protocol.VerifyNews.type, (news) => this.#verifyNews.fire(news));
    connection.onNotification(protocol.RobustnessTableNews.type, (news) => this.#tableNews.fire(news));
    connection.onError(([error]) => this.log.error(`engine: ${error.message}`));
    connection.listen();
    child.once('spawn', () => this.#states.fire({ state: 'ready' }));
    child.once('error', (error) => this.log.error(`The engine could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#connection = undefined;
      connection.dispose();
      if (this.#ending) return;
      const reason = signal ? `by ${signal}` : `with exit code ${code}`;
      this.log.error(`The engine process ended ${reason}.`);
      this.#states.fire({ state: 'ended', message: `The engine process ended ${reason}. What it was computing is lost, nothing else.` });
    });
    this.#child = child;
    this.#connection = connection;
    return connection;
  }
}
