import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ToHost, ToPanel } from '../../webview/messages.ts';
import { page } from '../../webview/page.ts';
import { sentence } from './preparation.ts';

/** The panel's page in a webview: what is said to it before it listens waits. */
export class PanelPage {
  #ready = false;
  #pending: ToPanel[] = [];

  constructor(private readonly webview: vscode.Webview, private readonly extensionUri: vscode.Uri) {}

  /** Loads the page, anew where it is loaded. */
  load(): void {
    this.#ready = false;
    this.#pending = [];
    const base = this.webview.asWebviewUri(vscode.Uri.joinPath(this.extensionUri, 'dist')).toString();
    this.webview.html = page({ base, source: this.webview.cspSource, nonce: randomBytes(16).toString('base64url') });
  }

  post(message: ToPanel): void {
    if (this.#ready) void this.webview.postMessage(message);
    else this.#pending.push(message);
  }

  /** The page listens: it is told what waited. False where nothing did, as when it is loaded anew. */
  listens(): boolean {
    const waiting = this.#pending;
    this.#ready = true;
    this.#pending = [];
    for (const message of waiting) this.post(message);
    return waiting.length > 0;
  }

  /** Hands on what the page says; what goes wrong in answering is logged and said in the panel. */
  onMessage(receive: (message: ToHost) => Promise<void>, log: vscode.LogOutputChannel): vscode.Disposable {
    return this.webview.onDidReceiveMessage((message: ToHost) => {
      receive(message).catch((error: unknown) => {
        log.error(`Panel message ${message.type}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        this.post({ type: 'notice', severity: 'error', message: sentence(error) });
      });
    });
  }
}
