import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { LayerGraph } from '../../graph/graph.ts';
import type { ToHost, ToPanel } from '../../webview/messages.ts';
import * as protocol from '../engine/protocol.ts';
import type { EngineProcess } from '../engine-process.ts';
import { Jobs } from './jobs.ts';
import { PanelPage } from './panel-page.ts';
import { Preparation, sentence } from './preparation.ts';
import { saveCut } from './save-cut.ts';
import { chooseExamples, saveExport } from './source.ts';
import { sentencePage, tensorTable } from './tensor-table.ts';

/** Panels number their jobs from 1; the engine is told each panel's from another thousand million on. */
const JOBS_APART = 1e9;
/** A file that is being written changes many times. */
const QUIET_MILLISECONDS = 400;

/** Opens model files and checkpoints in an editor of their own: the graph in the same panel, or the tensors as a table. */
export class ModelFileEditor implements vscode.CustomReadonlyEditorProvider {
  /** Those that nobody reads as text, and those that one may. */
  static readonly viewTypes = ['layerscope.modelFile', 'layerscope.modelFileOption'] as const;
  #opened = 0;

  constructor(private readonly extensionUri: vscode.Uri, private readonly engine: EngineProcess, private readonly log: vscode.LogOutputChannel) {}

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): Promise<void> {
    const editor = new ModelFilePanel(uri, panel, this.extensionUri, this.engine, this.log, ++this.#opened);
    panel.onDidDispose(() => editor.dispose());
    await editor.refresh();
  }
}

/** One file in one panel. */
class ModelFilePanel implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[] = [];
  readonly #jobs: Jobs;
  readonly #page: PanelPage;
  /** Shapes that the user stated of inputs that the file leaves open, as text. */
  readonly #stated = new Map<string, string>();
  #preparation: Preparation | undefined;
  #version = 0;
  /** Whether the graph's page has been loaded; tables are pages without a script. */
  #showsGraph = false;
  #quiet: NodeJS.Timeout | undefined;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly engine: EngineProcess,
    private readonly log: vscode.LogOutputChannel,
    private readonly number: number,
  ) {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')] };
    this.#page = new PanelPage(webview, extensionUri);
    this.#jobs = new Jobs(engine, (message) => this.#post('job' in message ? { ...message, job: message.job - this.#firstJob } : message));
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(dirname(uri.fsPath), basename(uri.fsPath)));
    const changed = () => {
      clearTimeout(this.#quiet);
      this.#quiet = setTimeout(() => void this.refresh(), QUIET_MILLISECONDS);
    };
    this.#disposables.push(
      watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed),
      this.#page.onMessage((message) => this.#receive(message), log),
      engine.onState(({ state, message }) => this.#post({ type: 'engine', state, message })),
      engine.onJobNews((message) => {
        const job = message.job - this.#firstJob;
        if (job > 0 && job < JOBS_APART) this.#post({ ...message, job });
      }),
    );
  }

  /** Reads the file, anew where it has changed. */
  async refresh(): Promise<void> {
    const title = basename(this.uri.path);
    let opened: protocol.OpenFile.Result;
    try {
      opened = await this.engine.request(protocol.OpenFile.type, { path: this.uri.fsPath, shapes: [...this.#stated].map(([input, shape]) => ({ input, shape })) });
    } catch (error) {
      this.#showsGraph = false;
      this.panel.webview.html = sentencePage(title, sentence(error));
      return;
    }
    this.#version++;
    if (opened.kind === 'tensors') {
      this.#showsGraph = false;
      this.panel.webview.html = tensorTable(title, opened);
      return;
    }
    const { graph, remarks } = opened;
    this.#prepareFor(graph);
    if (!this.#showsGraph) this.#showPage();
    this.#post({
      type: 'document', file: this.uri.fsPath, title, version: this.#version, models: [{ graph, inputs: graph.inputs.map(() => 'given' as const) }], diagnostics: [], gaps: graph.gaps,
    });
    for (const message of remarks) this.#post({ type: 'notice', severity: 'information', message });
  }

  dispose(): void {
    clearTimeout(this.#quiet);
    this.#jobs.dispose();
    if (this.#preparation) this.engine.notify(protocol.ReleaseModel.type, { key: this.#key });
    for (const disposable of this.#disposables) disposable.dispose();
  }

  get #firstJob(): number {
    return this.number * JOBS_APART;
  }

  get #key(): string {
    return `${this.uri.toString()}#${this.number}@${this.#version}`;
  }

  #prepareFor(graph: LayerGraph): void {
    if (this.#preparation) this.#preparation.replace(this.#key, graph);
    else this.#preparation = new Preparation(this.engine, this.uri.fsPath, this.#key, graph);
  }

  #showPage(): void {
    this.#showsGraph = true;
    this.#page.load();
  }

  #post(message: ToPanel): void {
    if (this.#showsGraph) this.#page.post(message);
  }

  async #receive(message: ToHost): Promise<void> {
    switch (message.type) {
      case 'ready': {
        // a page that was hidden is loaded anew when it shows again
        if (!this.#page.listens()) await this.refresh();
        return;
      }
      case 'stateInput': {
        this.#stated.set(message.input, message.shape);
        return this.refresh();
      }
      case 'prepare': case 'chooseWeights': case 'chooseInput': case 'choosePreprocessing': {
        const preparation = this.#preparation;
        if (!preparation) return;
        await preparation.answer(message);
        return this.#post(preparation.message(this.#version, message.model));
      }
      case 'chooseExamples': {
        const examples = await chooseExamples(message);
        if (examples) this.#post(examples);
        return;
      }
      case 'start': {
        if (this.#preparation && message.version === this.#version) return this.#jobs.start({ ...message, job: message.job + this.#firstJob }, this.#preparation);
        return this.#post({ type: 'jobFailed', job: message.job, kind: 'refused', message: 'The file has changed meanwhile. Start again.' });
      }
      case 'saveCut': {
        if (this.#preparation && message.version === this.#version) return saveCut(message, this.#preparation, this.engine, (notice) => this.#post(notice));
        throw new Error('The file has changed meanwhile. Save the part again.');
      }
      case 'cancel': return this.#jobs.cancel(message.job + this.#firstJob);
      case 'window': {
        const { source } = message;
        return this.#jobs.window('job' in source ? { ...message, source: { ...source, job: source.job + this.#firstJob } } : message, this.#preparation);
      }
      case 'export': return saveExport(message);
      case 'restartEngine': return this.engine.restart();
      case 'problem': return this.log.error(`Panel: ${message.message}`);
      // a file has no lines to show, no faults to mend and one model
      case 'reveal': case 'pickModel': case 'applyFix': return;
    }
  }
}
