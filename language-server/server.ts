import { fileURLToPath, pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CodeActionKind, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver';
import type { Analysis } from './analysis.ts';
import type { AnalysisService } from './analysis-thread.ts';
import { readStatedInput } from './diagnostics/comments.ts';
import type { StatedInput } from './diagnostics/comments.ts';
import { codeActions } from './features/code-actions.ts';
import { codeLenses } from './features/code-lens.ts';
import { internalFault } from './diagnostics/internal-fault.ts';
import { toLsp, withSeverities } from './features/diagnostics.ts';
import { documentSymbols } from './features/document-symbols.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { encodePlain } from '../graph/plain-json.ts';
import { AnalysedNotification, AnalysisRequest, StateInputRequest, defaultSettings } from './protocol.ts';
import type { Settings } from './protocol.ts';

/** Edits that follow one another faster than this are analysed together, ms. */
const pause = 30;
/** Files longer than this are not analysed, characters. */
const longest = 2_000_000;

interface State {
  /** The version that `analysis` is of. */
  version: number;
  analysis: Analysis | string;
  dependencies: readonly string[];
  running: AbortController | undefined;
  timer: NodeJS.Timeout | undefined;
  stated: StatedInput[];
  /** Who waits for the analysis of the newest version. */
  waiting: (() => void)[];
}

/** The language server over a connection: documents in, analyses through `service`, features out. */
export class Server {
  readonly #connection: Connection;
  readonly #service: AnalysisService;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #states = new Map<string, State>();
  #roots: string[] = [];
  #settings: Settings = defaultSettings;
  #client: InitializeParams['capabilities'] = {};

  constructor(connection: Connection, service: AnalysisService) {
    this.#connection = connection;
    this.#service = service;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => void this.#readSettings());
    connection.onDidChangeConfiguration(({ settings }: { settings?: { layerscope?: Partial<Settings> } }) => {
      if (settings?.layerscope) this.#applySettings(settings.layerscope);
      else void this.#readSettings();
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      const files = new Set(changes.map(({ uri }) => fileOf(uri)));
      this.#reanalyse((state) => state.dependencies.some((file) => files.has(file)));
    });
    connection.onShutdown(() => service.dispose());
    this.#documents.onDidChangeContent(({ document }) => this.#changed(document));
    this.#documents.onDidClose(({ document }) => this.#closed(document.uri));
    this.#features();
    this.#documents.listen(connection);
    connection.listen();
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#client = params.capabilities;
    this.#roots = (params.workspaceFolders ?? []).map(({ uri }) => fileOf(uri));
    return {
      serverInfo: { name: 'Layerscope' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        inlayHintProvider: true,
        codeLensProvider: { resolveProvider: false },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        documentSymbolProvider: true,
      },
    };
  }

  #features(): void {
    const connection = this.#connection;
    connection.onHover(async ({ textDocument, position }) => this.#withAnalysis(textDocument.uri, null, (analysis) => hover(analysis, position)));
    connection.languages.inlayHint.on(async ({ textDocument, range }) => (this.#settings.inlayHints.enabled
      ? this.#withAnalysis(textDocument.uri, [], (analysis) => inlayHints(analysis, range)) : []));
    connection.onCodeLens(async ({ textDocument }) => (this.#settings.codeLens.enabled
      ? this.#withAnalysis(textDocument.uri, [], (analysis) => codeLenses(analysis, textDocument.uri)) : []));
    connection.onCodeAction(async ({ textDocument, range }) => this.#withAnalysis(textDocument.uri, [], (analysis, document) => codeActions(analysis, textDocument.uri, document.getText(), range)));
    connection.onDocumentSymbol(async ({ textDocument }) => this.#withAnalysis(textDocument.uri, [], (analysis) => documentSymbols(analysis)));
    connection.onRequest<AnalysisRequest.Result, void>(AnalysisRequest.type.method, async ({ uri }: AnalysisRequest.Params) => {
      const document = this.#documents.get(uri);
      if (!document) return 'The document is not open.';
      const analysis = await this.#settled(document);
      return typeof analysis === 'string' ? analysis : { encoded: encodePlain(analysis) };
    });
    connection.onRequest(StateInputRequest.type.method, ({ uri, model, input, shape }: StateInputRequest.Params): StateInputRequest.Result => this.#stateInput(uri, model, input, shape));
  }

  async #withAnalysis<T>(uri: string, otherwise: T, answer: (analysis: Analysis, document: TextDocument) => T): Promise<T> {
    const document = this.#documents.get(uri);
    if (!document) return otherwise;
    const analysis = await this.#settled(document);
    return typeof analysis === 'string' ? otherwise : answer(analysis, document);
  }

  /** The analysis of the newest version. */
  async #settled(document: TextDocument): Promise<Analysis | string> {
    for (;;) {
      const state = this.#states.get(document.uri);
      if (!state) return 'The document was closed.';
      if (state.version === document.version && !state.running && !state.timer) return state.analysis;
      await new Promise<void>((resolve) => state.waiting.push(resolve));
    }
  }

  #changed(document: TextDocument): void {
    if (document.languageId !== 'python') return;
    this.#schedule(document, pause);
    const file = fileOf(document.uri);
    this.#reanalyse((state, uri) => uri !== document.uri && state.dependencies.includes(file));
  }

  #closed(uri: string): void {
    const state = this.#states.get(uri);
    this.#states.delete(uri);
    if (!state) return;
    clearTimeout(state.timer);
    state.running?.abort();
    release(state);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #reanalyse(which: (state: State, uri: string) => boolean): void {
    for (const [uri, state] of this.#states) {
      const document = this.#documents.get(uri);
      if (document && which(state, uri)) this.#schedule(document, pause);
    }
  }

  #schedule(document: TextDocument, delay: number): void {
    const state = this.#states.get(document.uri) ?? { version: -1, analysis: '', dependencies: [], running: undefined, timer: undefined, stated: [], waiting: [] };
    this.#states.set(document.uri, state);
    clearTimeout(state.timer);
    state.running?.abort();
    state.timer = setTimeout(() => {
      state.timer = undefined;
      void this.#analyse(document, state);
    }, delay);
  }

  async #analyse(document: TextDocument, state: State): Promise<void> {
    const controller = new AbortController();
    state.running = controller;
    const { version, uri } = document;
    const text = document.getText();
    const file = fileOf(uri);
    const result = text.length > longest ? undefined : await this.#service.run({
      file, text, roots: this.#roots, pythonPath: this.#settings.pythonPath, statedInputs: state.stated, overlays: this.#overlays(uri),
    }, controller.signal);
    // a newer version is on its way
    if (state.running !== controller) return;
    if (controller.signal.aborted) {
      state.running = undefined;
      return;
    }
    state.running = undefined;
    state.version = version;
    if (!result) state.analysis = 'The file is too large to be analysed.';
    else if (result.kind === 'analysis') {
      state.analysis = { ...result.analysis, diagnostics: withSeverities(result.analysis.diagnostics, this.#settings.severity) };
      state.dependencies = result.dependencies;
    } else if (result.kind === 'fault') {
      state.analysis = faultyAnalysis(file, result.message);
    } else return;
    release(state);
    if (this.#states.get(uri) === state) this.#publish(uri, version, state.analysis);
  }

  #publish(uri: string, version: number, analysis: Analysis | string): void {
    if (typeof analysis !== 'string') {
      const shown = analysis.diagnostics.filter(({ location }) => location.file === analysis.file);
      void this.#connection.sendDiagnostics({ uri, version, diagnostics: shown.map((diagnostic) => toLsp(diagnostic, (file) => (file === analysis.file ? uri : uriOf(file)))) });
    }
    void this.#connection.sendNotification(AnalysedNotification.type.method, { uri, version } satisfies AnalysedNotification.Params);
    const { workspace } = this.#client;
    if (workspace?.inlayHint?.refreshSupport) void this.#connection.languages.inlayHint.refresh();
    if (workspace?.codeLens?.refreshSupport) void this.#connection.sendRequest('workspace/codeLens/refresh');
  }

  #overlays(except: string): Record<string, string> {
    return Object.fromEntries(this.#documents.all().filter(({ uri, languageId }) => uri !== except && languageId === 'python').map((document) => [fileOf(document.uri), document.getText()]));
  }

  #stateInput(uri: string, model: string, input: string, shape: string): string | null {
    const document = this.#documents.get(uri);
    const state = this.#states.get(uri);
    if (!document || !state) return 'The document is not open.';
    const others = state.stated.filter((stated) => stated.model !== model || stated.input !== input);
    if (shape.trim() === '') state.stated = others;
    else {
      const stated = readStatedInput(shape);
      if (!stated) return `“${shape}” is no shape: write sizes with commas, such as 1,3,224,224.`;
      state.stated = [...others, { ...stated, model, input }];
    }
    this.#schedule(document, 0);
    return null;
  }

  async #readSettings(): Promise<void> {
    if (!this.#client.workspace?.configuration) return;
    const settings = await this.#connection.workspace.getConfiguration('layerscope') as Partial<Settings> | null;
    if (settings) this.#applySettings(settings);
  }

  #applySettings(settings: Partial<Settings>): void {
    const { pythonPath, inlayHints: hints, codeLens, severity } = settings;
    this.#settings = {
      pythonPath: (typeof pythonPath === 'string' ? [pythonPath] : pythonPath ?? []).filter((path) => path !== ''),
      inlayHints: hints ?? defaultSettings.inlayHints,
      codeLens: codeLens ?? defaultSettings.codeLens,
      severity: severity ?? {},
    };
    this.#reanalyse(() => true);
  }
}

function release(state: State): void {
  for (const resolve of state.waiting.splice(0)) resolve();
}

function faultyAnalysis(file: string, message: string): Analysis {
  return { file, diagnostics: [internalFault(file, message)], models: [], tensors: [], gaps: [] };
}

/** The file of a document: its path, or the URI itself where it has none (untitled documents). */
export function fileOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}

export function uriOf(file: string): string {
  return /^[a-z][a-z-]+:/.test(file) ? file : pathToFileURL(file).href;
}
