import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Location } from '../../graph/graph.ts';
import type { Analysis, Model } from '../../language-server/analysis.ts';
import type { PanelView, ToHost, ToPanel } from '../../webview/messages.ts';
import type { EngineProcess } from '../engine-process.ts';
import type { LanguageServer } from '../language-server.ts';
import { Jobs } from './jobs.ts';
import { PanelPage } from './panel-page.ts';
import { Preparation, type PreparationRequest } from './preparation.ts';
import { saveCut } from './save-cut.ts';
import { applyFix, chooseExamples, rangeOf, saveExport } from './source.ts';

/** The panel beside the code: shows the models of one document and follows it. There is one of it. */
export class GraphPanel implements vscode.Disposable {
  static readonly viewType = 'layerscope.graph';
  #panel: vscode.WebviewPanel | undefined;
  #document: vscode.Uri | undefined;
  #version = 0;
  #analysis: Analysis | undefined;
  #page: PanelPage | undefined;
  #jobs: Jobs | undefined;
  /** By document and model name, so choices outlive edits. */
  readonly #preparations = new Map<string, Preparation>();
  readonly #disposables: vscode.Disposable[] = [];
  #panelListeners: vscode.Disposable[] = [];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly server: LanguageServer,
    private readonly engine: EngineProcess,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#disposables.push(
      server.onAnalysed((uri) => {
        if (uri.toString() === this.#document?.toString()) void this.#refresh();
      }),
      vscode.window.onDidChangeTextEditorSelection((event) => this.#follow(event)),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (this.#panel && editor && server.handles(editor.document)) void this.#showDocument(editor.document.uri);
      }),
      engine.onState(({ state, message }) => this.#post({ type: 'engine', state, message })),
      engine.onJobNews((message) => this.#post(message)),
    );
  }

  /** Opens the panel beside the editor on a document, or brings it forward. */
  async show(uri: vscode.Uri, view: PanelView = 'graph', model?: string | number): Promise<void> {
    if (!this.#panel) this.#attach(vscode.window.createWebviewPanel(GraphPanel.viewType, 'Layer graph', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, this.#options()));
    else this.#panel.reveal(undefined, true);
    await this.#showDocument(uri);
    this.#post({ type: 'show', view, model: this.#modelIndex(model) });
  }

  /** VS Code gives back a panel after a reload of the window. */
  revive(panel: vscode.WebviewPanel): void {
    panel.webview.options = this.#options();
    this.#attach(panel);
    const editor = vscode.window.visibleTextEditors.find(({ document }) => this.server.handles(document));
    if (editor) void this.#showDocument(editor.document.uri);
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #options(): vscode.WebviewPanelOptions & vscode.WebviewOptions {
    return { enableScripts: true, retainContextWhenHidden: true, localResourceRoots: [vscode.Uri.joinPath(this.extensionUri, 'dist')] };
  }

  #attach(panel: vscode.WebviewPanel): void {
    const shown = new PanelPage(panel.webview, this.extensionUri);
    this.#panel = panel;
    this.#page = shown;
    this.#jobs = new Jobs(this.engine, (message) => this.#post(message));
    this.#panelListeners = [
      shown.onMessage((message) => this.#receive(message), this.log),
      panel.onDidDispose(() => {
        this.#jobs?.dispose();
        for (const listener of this.#panelListeners) listener.dispose();
        this.#panel = undefined;
        this.#page = undefined;
        this.#document = undefined;
        this.#analysis = undefined;
      }),
    ];
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'panel.svg');
    shown.load();
  }

  #post(message: ToPanel): void {
    this.#page?.post(message);
  }

  async #showDocument(uri: vscode.Uri): Promise<void> {
    if (uri.toString() === this.#document?.toString() && this.#analysis) return;
    this.#document = uri;
    this.#analysis = undefined;
    if (this.#panel) this.#panel.title = `Graph of ${basename(uri.path)}`;
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    const uri = this.#document;
    if (!uri || !this.#panel) return;
    const answer = await this.server.analysis(uri);
    // another document was opened, or a newer analysis came, meanwhile
    if (uri.toString() !== this.#document?.toString()) return;
    this.#version++;
    if (typeof answer === 'string') {
      this.#post({ type: 'document', file: uri.fsPath, title: basename(uri.path), version: this.#version, models: [], diagnostics: [], gaps: [], message: answer });
      return;
    }
    this.#analysis = answer;
    for (const model of answer.models) this.#preparations.get(this.#nameOf(model))?.replace(this.#keyOf(model), model.graph);
    this.#post({
      type: 'document', file: answer.file, title: basename(uri.path), version: this.#version,
      models: answer.models, diagnostics: answer.diagnostics, gaps: answer.gaps, forks: answer.forks,
      message: answer.models.length > 0 ? undefined : nothingToShow(answer),
    });
  }

  #follow({ textEditor }: vscode.TextEditorSelectionChangeEvent): void {
    if (!this.#panel || textEditor.document.uri.toString() !== this.#document?.toString()) return;
    const { active } = textEditor.selection;
    this.#post({ type: 'cursor', file: this.#analysis?.file ?? textEditor.document.uri.fsPath, line: active.line + 1, column: active.character });
  }

  async #receive(message: ToHost): Promise<void> {
    switch (message.type) {
      case 'ready': {
        if (this.#page?.listens() === false) await this.#refresh();
        return;
      }
      case 'reveal': return this.#reveal(message.location, message.focus);
      case 'pickModel': return;
      case 'applyFix': {
        const fix = message.version === this.#version ? this.#analysis?.diagnostics[message.diagnostic]?.fix : undefined;
        if (fix) await applyFix(fix);
        return;
      }
      case 'stateInput': {
        if (this.#document) await this.server.stateInput(this.#document, this.#model(message.model)?.graph.name ?? '', message.input, message.shape);
        return;
      }
      case 'prepare':
      case 'chooseWeights':
      case 'chooseInput':
      case 'choosePreprocessing': return this.#prepare(message);
      case 'saveCut': {
        const preparation = message.version === this.#version ? this.#preparation(message.model) : undefined;
        if (!preparation) throw new Error('The program has changed meanwhile. Save the part again.');
        return saveCut(message, preparation, this.engine, (notice) => this.#post(notice));
      }
      case 'chooseExamples': {
        const examples = await chooseExamples(message);
        if (examples) this.#post(examples);
        return;
      }
      case 'start': {
        const preparation = this.#preparation(message.model);
        if (preparation && message.version === this.#version) return this.#jobs?.start(message, preparation);
        this.#post({ type: 'jobFailed', job: message.job, kind: 'refused', message: 'The program has changed meanwhile. Start again.' });
        return;
      }
      case 'cancel': return this.#jobs?.cancel(message.job);
      case 'window': return this.#jobs?.window(message, 'model' in message.source && message.source.version === this.#version ? this.#preparation(message.source.model) : undefined);
      case 'export': return saveExport(message);
      case 'restartEngine': return this.engine.restart();
      case 'problem': return this.log.error(`Panel: ${message.message}`);
    }
  }

  async #prepare(message: Extract<ToHost, { type: PreparationRequest }>): Promise<void> {
    const preparation = this.#preparation(message.model);
    if (!preparation) return;
    await preparation.answer(message);
    this.#post(preparation.message(this.#version, message.model));
  }

  #model(index: number): Model | undefined {
    return this.#analysis?.models[index];
  }

  #modelIndex(model: string | number | undefined): number | undefined {
    if (typeof model !== 'string') return model;
    const index = this.#analysis?.models.findIndex(({ graph }) => graph.name === model) ?? -1;
    return index < 0 ? undefined : index;
  }

  #preparation(index: number): Preparation | undefined {
    const model = this.#model(index);
    if (!model || !this.#document) return undefined;
    const name = this.#nameOf(model);
    let preparation = this.#preparations.get(name);
    if (!preparation) {
      preparation = new Preparation(this.engine, this.#document.fsPath, this.#keyOf(model), model.graph);
      this.#preparations.set(name, preparation);
    }
    return preparation;
  }

  #nameOf(model: Model): string {
    return `${this.#document?.toString()}#${model.graph.name}`;
  }

  #keyOf(model: Model): string {
    return `${this.#nameOf(model)}@${this.#version}`;
  }

  async #reveal(location: Location, focus: boolean): Promise<void> {
    const uri = this.#analysis?.file === location.file && this.#document ? this.#document : vscode.Uri.file(location.file);
    const editor = await vscode.window.showTextDocument(uri, { viewColumn: columnOf(uri), preserveFocus: !focus, selection: undefined });
    const range = rangeOf(location);
    editor.selection = new vscode.Selection(range.start, focus ? range.start : range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

/** Why a file shows no model, and what would help. */
function nothingToShow({ diagnostics, gaps }: Analysis): string {
  if (diagnostics.some(({ code }) => code === 'syntax')) return 'The file does not parse yet: the graph comes back with the next complete line.';
  const [gap] = gaps;
  if (!gap) return 'No model in this file. Layerscope looks for models of Keras, PyTorch and MXNet, built or defined here, and for programs that train variables or arrays.';
  const more = gaps.length > 1 ? ` and ${gaps.length - 1} more` : '';
  return `No model could be followed in this file. What stood in the way: ${gap.reason}${gap.location ? ` (line ${gap.location.line})` : ''}${more}.`;
}

/** The column in which the document is open, so that revealing does not open it twice. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString())?.viewColumn ?? vscode.ViewColumn.One;
}
