import { basename } from 'node:path';
import * as vscode from 'vscode';
import * as protocol from '../engine/protocol.ts';
import { RequestCancelled, type EngineProcess } from '../engine-process.ts';

const VERIFY = 'layerscope.verifyProperty';
const CHOOSE = 'layerscope.chooseNetwork';
const SHOW = 'layerscope.showVerdict';

/** The most ONNX files that are offered from the workspace. */
const MOST_OFFERED = 200;

type Verdict = protocol.VerifyProperty.Result & { readonly network: string };

/** Verifies property files on ONNX models, which it remembers for each of them. */
export class PropertyVerifier implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Lenses have changed: a model was chosen, or a verdict is there. */
  readonly onChange = this.#changed.event;
  readonly #verdicts = new Map<string, Verdict>();
  readonly #registered: vscode.Disposable;
  #next = 0;

  constructor(private readonly engine: EngineProcess, private readonly memory: vscode.Memento) {
    this.#registered = vscode.Disposable.from(
      this.#changed,
      vscode.commands.registerCommand(VERIFY, (uri?: vscode.Uri) => this.#withProperty(uri, (property) => this.#verify(property))),
      vscode.commands.registerCommand(CHOOSE, (uri?: vscode.Uri) => this.#withProperty(uri, (property) => this.#choose(property))),
      vscode.commands.registerCommand(SHOW, (uri?: vscode.Uri) => this.#withProperty(uri, (property) => this.#show(property))),
    );
  }

  /** What can be done with a property file, as its lenses say it. */
  actions(property: vscode.Uri): vscode.Command[] {
    const network = this.#network(property);
    const verdict = this.#verdicts.get(property.toString());
    return [
      { title: network ? `Verify on ${basename(network)}` : 'Verify…', command: VERIFY, arguments: [property] },
      ...(network ? [{ title: 'Choose another model…', command: CHOOSE, arguments: [property] }] : []),
      ...(verdict ? [{ title: sentence(verdict), command: SHOW, arguments: [property] }] : []),
    ];
  }

  dispose(): void {
    this.#registered.dispose();
  }

  async #withProperty(given: vscode.Uri | undefined, action: (property: vscode.Uri) => Promise<unknown>): Promise<void> {
    const active = vscode.window.activeTextEditor?.document;
    const uri = given ?? (active?.languageId === 'vnnlib' ? active.uri : undefined);
    if (uri) await action(uri);
    else void vscode.window.showInformationMessage('Open a .vnnlib file first.');
  }

  #network(property: vscode.Uri): string | undefined {
    return this.memory.get<string>(`network of ${property.toString()}`);
  }

  /** Asks for the ONNX file of a property and remembers it. */
  async #choose(property: vscode.Uri): Promise<string | undefined> {
    const browse = 'Browse…';
    const files = await vscode.workspace.findFiles('**/*.{onnx,onnx.gz}', '**/node_modules/**', MOST_OFFERED);
    const items = files.map((file): vscode.QuickPickItem & { file?: vscode.Uri } => ({ label: basename(file.fsPath), description: vscode.workspace.asRelativePath(file), file })).sort((a, b) => a.label.localeCompare(b.label));
    const picked = items.length === 0 ? { label: browse, file: undefined } : await vscode.window.showQuickPick([...items, { label: browse }], { title: `The model that ${basename(property.fsPath)} is about` });
    if (!picked) return undefined;
    const file = picked.file ?? (await vscode.window.showOpenDialog({ title: 'The ONNX model', filters: { ONNX: ['onnx', 'gz'] } }))?.[0];
    if (!file) return undefined;
    await this.memory.update(`network of ${property.toString()}`, file.fsPath);
    this.#verdicts.delete(property.toString());
    this.#changed.fire();
    return file.fsPath;
  }

  async #verify(property: vscode.Uri): Promise<void> {
    const network = this.#network(property) ?? await this.#choose(property);
    if (network === undefined) return;
    const text = (await vscode.workspace.openTextDocument(property)).getText();
    const timeoutSeconds = vscode.workspace.getConfiguration('layerscope', property).get('verify.timeout', 600);
    const verification = this.#next++;
    try {
      const result = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: `Verifying ${basename(property.fsPath)} on ${basename(network)}` }, async (progress, token) => {
        const news = this.engine.onVerifyNews(({ verification: whose, bound, open, closed }) => {
          if (whose === verification) progress.report({ message: `${bound === undefined ? '' : `bound ${bound.toPrecision(4)}, `}${open} branches open, ${closed} closed` });
        });
        try {
          return await this.engine.request(protocol.VerifyProperty.type, { verification, network, property: text, timeoutSeconds }, token);
        } finally {
          news.dispose();
        }
      });
      this.#verdicts.set(property.toString(), { ...result, network });
      this.#changed.fire();
      const choice = await vscode.window.showInformationMessage(sentence(result), ...(result.witness ? ['Show Witness'] : []));
      if (choice) await this.#show(property);
    } catch (error) {
      if (error instanceof RequestCancelled) return;
      void vscode.window.showErrorMessage(`${basename(property.fsPath)} on ${basename(network)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** The verdict as a text: for `sat` the assignment as VNN-COMP writes it. */
  async #show(property: vscode.Uri): Promise<void> {
    const verdict = this.#verdicts.get(property.toString());
    if (!verdict) return;
    const assignment = verdict.witness ? [`(${[...verdict.witness.inputs.map((x, i) => `(X_${i} ${x})`), ...verdict.witness.outputs.map((y, i) => `(Y_${i} ${y})`)].join('\n')})`] : [];
    const lines = [verdict.verdict, ...assignment, '', `; ${sentence(verdict)}`, `; property ${property.fsPath}`, `; network  ${verdict.network}`, `; ${verdict.method}; ${verdict.branches} branches; ${verdict.seconds.toFixed(2)} s`];
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: `${lines.join('\n')}\n` }), { preview: true, viewColumn: vscode.ViewColumn.Beside });
  }
}

function sentence({ verdict, bound, method, seconds, cancelled }: protocol.VerifyProperty.Result): string {
  const time = `${seconds.toFixed(1)} s`;
  const reached = bound === undefined ? '' : `; best bound ${bound.toPrecision(4)}`;
  if (verdict === 'sat') return `sat: an input meets the property, confirmed by ONNX Runtime (${time})`;
  if (verdict === 'unsat') return `unsat: proved that no input meets the property (${method}, ${time})`;
  if (cancelled) return `cancelled after ${time}${reached}`;
  return `${verdict}: ${method} (${time}${reached})`;
}
