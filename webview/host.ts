import type { ToHost, ToPanel, WindowFailedMessage, WindowMessage, WindowRequest } from './messages.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The panel's end of the line to the extension host. */
export class Host {
  readonly #api = acquireVsCodeApi();
  readonly #windows = new Map<number, { resolve(message: WindowMessage): void; reject(error: Error): void }>();
  #requests = 0;

  constructor(received: (message: Exclude<ToPanel, WindowMessage | WindowFailedMessage>) => void) {
    addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
      if (data?.type === 'window' || data?.type === 'windowFailed') this.#answer(data);
      else if (typeof data?.type === 'string') received(data);
    });
  }

  post(message: ToHost): void {
    this.#api.postMessage(message);
  }

  /** Asks for a part of a computed tensor. Rejects with a sentence for the user. */
  window(wanted: Omit<WindowRequest, 'type' | 'request'>): Promise<WindowMessage> {
    const request = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#windows.set(request, { resolve, reject });
      this.post({ type: 'window', request, ...wanted });
    });
  }

  /** What `save` kept, after a reload. */
  get saved(): unknown {
    return this.#api.getState();
  }

  save(state: unknown): void {
    this.#api.setState(state);
  }

  #answer(message: WindowMessage | WindowFailedMessage): void {
    const waiting = this.#windows.get(message.request);
    this.#windows.delete(message.request);
    if (message.type === 'window') waiting?.resolve(message);
    else waiting?.reject(new Error(message.message));
  }
}
