import { CodeActionKind, TextDocumentSyncKind } from 'vscode-languageserver';
import type { CodeAction, Connection, InitializeParams, InitializeResult, Range, TextEdit } from 'vscode-languageserver';
import type { Analysis } from '../analysis.ts';
import type { AnalysisService } from './analysis-thread.ts';
import { readStatedInput } from '../diagnostics/comments.ts';
import type { StatedInput } from '../diagnostics/comments.ts';
import { codeActions } from '../features/code-actions.ts';
import { codeLenses } from '../features/code-lens.ts';
import { internalFault } from '../diagnostics/internal-fault.ts';
import { toLsp, withSeverities } from '../features/diagnostics.ts';
import { documentSymbols } from '../features/document-symbols.ts';
import { hover } from '../features/hover.ts';
import { inlayHints } from '../features/inlay-hints.ts';
import { encodePlain } from '../../graph/plain-json.ts';
import { OpenPrograms, fileOf, moved, partAt, partOf, uriOf } from './open-programs.ts';
import type { Part, Program } from './open-programs.ts';
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
  readonly #programs = new OpenPrograms();
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
    this.#programs.listen(connection, (program) => this.#changed(program), (uri, parts) => this.#closed(uri, parts));
    this.#features();
    connection.listen();
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#client = params.capabilities;
    this.#roots = (params.workspaceFolders ?? []).map(({ uri }) => fileOf(uri));
    return {
      serverInfo: { name: 'Layerscope' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        notebookDocumentSync: { notebookSelector: [{ notebook: '*', cells: [{ language: 'python' }] }] },
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
    connection.onHover(async ({ textDocument: { uri }, position }) => this.#withAnalysis(uri, null, (analysis, { firstLine }, { cells }) => {
      const found = hover(analysis, moved(position, firstLine), cells);
      return found?.range ? { ...found, range: moved(found.range, -firstLine) } : found;
    }));
    connection.languages.inlayHint.on(async ({ textDocument: { uri }, range }) => (this.#settings.inlayHints.enabled
      ? this.#withAnalysis(uri, [], (analysis, { firstLine }) => inlayHints(analysis, moved(range, firstLine)).map((hint) => ({ ...hint, position: moved(hint.position, -firstLine) }))) : []));
    connection.onCodeLens(async ({ textDocument: { uri } }) => (this.#settings.codeLens.enabled
      ? this.#withAnalysis(uri, [], (analysis, part, program) => codeLenses(analysis, uri).filter(({ range }) => partAt(program, range.start) === part)
        .map((lens) => ({ ...lens, range: moved(lens.range, -part.firstLine) }))) : []));
    connection.onCodeAction(async ({ textDocument: { uri }, range }) => this.#withAnalysis(uri, [], (analysis, { firstLine }, program) => (
      codeActions(analysis, program.uri, program.text, moved(range, firstLine)).map((action) => inDocuments(action, program)))));
    connection.onDocumentSymbol(async ({ textDocument: { uri } }) => this.#withAnalysis(uri, [], (analysis, _part, program) => (
      program.parts.length > 1 ? [] : documentSymbols(analysis))));
    connection.onRequest<AnalysisRequest.Result, void>(AnalysisRequest.type.method, async ({ uri }: AnalysisRequest.Params) => {
      const program = this.#programs.get(uri);
      if (!program) return 'The document is not open.';
      const analysis = await this.#settled(program.uri);
      return typeof analysis === 'string' ? analysis : { encoded: encodePlain(analysis) };
    });
    connection.onRequest(StateInputRequest.type.method, ({ uri, model, input, shape }: StateInputRequest.Params): StateInputRequest.Result => this.#stateInput(uri, model, input, shape));
  }

  /** Answers for one document: `part` says where it lies in its program, whose lines the analysis counts. */
  async #withAnalysis<T>(uri: string, otherwise: T, answer: (analysis: Analysis, part: Part, program: Program) => T): Promise<T> {
    const analysis = await this.#settled(uri);
    const program = this.#programs.get(uri);
    const part = program && partOf(program, uri);
    return typeof analysis === 'string' || !part ? otherwise : answer(analysis, part, program);
  }

  /** The analysis of the newest version. */
  async #settled(uri: string): Promise<Analysis | string> {
    for (;;) {
      const program = this.#programs.get(uri);
      const state = program && this.#states.get(program.uri);
      if (!state) return 'The document was closed.';
      if (state.version === program.version && !state.running && !state.timer) return state.analysis;
      await new Promise<void>((resolve) => state.waiting.push(resolve));
    }
  }

  #changed({ uri, file }: Program): void {
    this.#schedule(uri, pause);
    this.#reanalyse((state, other) => other !== uri && state.dependencies.includes(file));
  }

  #closed(uri: string, parts: readonly string[]): void {
    const state = this.#states.get(uri);
    this.#states.delete(uri);
    if (!state) return;
    clearTimeout(state.timer);
    state.running?.abort();
    release(state);
    for (const part of parts) void this.#connection.sendDiagnostics({ uri: part, diagnostics: [] });
  }

  #reanalyse(which: (state: State, uri: string) => boolean): void {
    for (const [uri, state] of this.#states) if (which(state, uri)) this.#schedule(uri, pause);
  }

  #schedule(uri: string, delay: number): void {
    const state = this.#states.get(uri) ?? { version: -1, analysis: '', dependencies: [], running: undefined, timer: undefined, stated: [], waiting: [] };
    this.#states.set(uri, state);
    clearTimeout(state.timer);
    state.running?.abort();
    state.timer = setTimeout(() => {
      state.timer = undefined;
      const program = this.#programs.get(uri);
      if (program) void this.#analyse(program, state);
    }, delay);
  }

  async #analyse(program: Program, state: State): Promise<void> {
    const controller = new AbortController();
    state.running = controller;
    const { version, uri, text, file, cells } = program;
    const result = text.length > longest ? undefined : await this.#service.run({
      file, text, ...(cells && { cells }), roots: this.#roots, pythonPath: this.#settings.pythonPath, statedInputs: state.stated, overlays: this.#programs.overlays(uri),
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
    if (this.#states.get(uri) === state) this.#publish(program, state.analysis);
  }

  #publish(program: Program, analysis: Analysis | string): void {
    const { uri, version, parts } = program;
    if (typeof analysis !== 'string') {
      const shown = analysis.diagnostics.filter(({ location }) => location.file === analysis.file)
        .map((diagnostic) => toLsp(diagnostic, (file) => (file === analysis.file ? uri : uriOf(file))));
      for (const part of parts) {
        const own = shown.filter(({ range }) => partAt(program, range.start) === part).map((diagnostic) => ({
          ...diagnostic,
          range: moved(diagnostic.range, -part.firstLine),
          relatedInformation: diagnostic.relatedInformation?.map((line) => (line.location.uri === uri ? { ...line, location: inDocument(line.location, program) } : line)),
        }));
        void this.#connection.sendDiagnostics({ uri: part.uri, ...(parts.length === 1 && { version }), diagnostics: own });
      }
    }
    void this.#connection.sendNotification(AnalysedNotification.type.method, { uri, version } satisfies AnalysedNotification.Params);
    const { workspace } = this.#client;
    if (workspace?.inlayHint?.refreshSupport) void this.#connection.languages.inlayHint.refresh();
    if (workspace?.codeLens?.refreshSupport) void this.#connection.sendRequest('workspace/codeLens/refresh');
  }

  #stateInput(uri: string, model: string, input: string, shape: string): string | null {
    const program = this.#programs.get(uri);
    const state = program && this.#states.get(program.uri);
    if (!state) return 'The document is not open.';
    const others = state.stated.filter((stated) => stated.model !== model || stated.input !== input);
    if (shape.trim() === '') state.stated = others;
    else {
      const stated = readStatedInput(shape);
      if (!stated) return `“${shape}” is no shape: write sizes with commas, such as 1,3,224,224.`;
      state.stated = [...others, { ...stated, model, input }];
    }
    this.#schedule(program.uri, 0);
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

/** A place of a program in the document that holds it. */
function inDocument({ uri, range }: { readonly uri: string; readonly range: Range }, program: Program): { uri: string; range: Range } {
  const part = partAt(program, range.start);
  return part ? { uri: part.uri, range: moved(range, -part.firstLine) } : { uri, range };
}

/** An action whose edits and diagnostics count the program's lines, for the documents that the program is made of. */
function inDocuments(action: CodeAction, program: Program): CodeAction {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of Object.values(action.edit?.changes ?? {}).flat()) {
    const { uri, range } = inDocument({ uri: program.uri, range: edit.range }, program);
    (changes[uri] ??= []).push({ ...edit, range });
  }
  return {
    ...action,
    ...(action.edit && { edit: { changes } }),
    diagnostics: action.diagnostics?.map((diagnostic) => ({ ...diagnostic, range: inDocument({ uri: program.uri, range: diagnostic.range }, program).range })),
  };
}
