import * as vscode from 'vscode';
import { LanguageClient, TransportKind, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { decodePlain } from '../graph/plain-json.ts';
import type { Analysis } from '../language-server/analysis.ts';
import { AnalysedNotification, AnalysisRequest, StateInputRequest } from '../language-server/server/protocol.ts';

const DOCUMENTS = [{ language: 'python', scheme: 'file' }, { language: 'python', scheme: 'untitled' }, { language: 'python', scheme: 'vscode-notebook-cell' }];

/** The language server as the rest of the extension sees it. */
export class LanguageServer implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #analysed = new vscode.EventEmitter<vscode.Uri>();
  readonly onAnalysed = this.#analysed.event;

  constructor(module: string, private readonly log: vscode.LogOutputChannel) {
    const run = { module, transport: TransportKind.ipc, options: { execArgv: ['--max-old-space-size=2048'] } };
    const server: ServerOptions = { run, debug: run };
    const client: LanguageClientOptions = {
      documentSelector: DOCUMENTS,
      outputChannel: log,
      synchronize: { configurationSection: 'layerscope', fileEvents: vscode.workspace.createFileSystemWatcher('**/*.{py,json,yaml,yml,toml,txt,cfg,ini}') },
    };
    this.#client = new LanguageClient('layerscope', 'Layerscope', server, client);
    this.#client.onNotification(AnalysedNotification.type, ({ uri }) => this.#analysed.fire(vscode.Uri.parse(uri)));
  }

  async start(): Promise<void> {
    await this.#client.start();
  }

  handles(document: vscode.TextDocument): boolean {
    return vscode.languages.match(DOCUMENTS, document) > 0;
  }

  /** The newest analysis of a document, or a sentence that says why there is none. */
  async analysis(uri: vscode.Uri): Promise<Analysis | string> {
    // a document that no editor shows is not open in the server either
    await vscode.workspace.openTextDocument(uri);
    try {
      const answer = await this.#client.sendRequest(AnalysisRequest.type, { uri: uri.toString() });
      return typeof answer === 'string' ? answer : decodePlain<Analysis>(answer.encoded);
    } catch (error) {
      this.log.error(`Analysis of ${uri.fsPath}: ${error instanceof Error ? error.message : String(error)}`);
      return 'The language server did not answer. It is started again with the next edit.';
    }
  }

  async stateInput(uri: vscode.Uri, model: string, input: string, shape: string): Promise<void> {
    const refusal = await this.#client.sendRequest(StateInputRequest.type, { uri: uri.toString(), model, input, shape });
    if (refusal !== null) void vscode.window.showErrorMessage(refusal);
  }

  dispose(): void {
    this.#analysed.dispose();
    void this.#client.stop();
  }
}
