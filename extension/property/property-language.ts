import * as vscode from 'vscode';
import { describeProperty, type PropertyDescription } from '../../symbolic/property/describe.ts';
import { PropertyError } from '../../symbolic/property/vnnlib.ts';
import type { PropertyVerifier } from './property-verifier.ts';

export const PROPERTY_FILES: vscode.DocumentSelector = { language: 'vnnlib' };

/** How long a text rests before it is read again. */
const REST_MILLISECONDS = 300;

/** What the editor shows of VNN-LIB files: what is wrong with them, what their parts mean, and the lenses that verify them. */
export class PropertyLanguage implements vscode.Disposable, vscode.HoverProvider, vscode.CodeLensProvider {
  readonly #problems = vscode.languages.createDiagnosticCollection('vnnlib');
  readonly #resting = new Map<string, NodeJS.Timeout>();
  /** Of the version that was read last. */
  readonly #read = new Map<string, { readonly version: number; readonly result: PropertyDescription | PropertyError }>();
  readonly #registered: vscode.Disposable;
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(private readonly verifier: PropertyVerifier) {
    this.onDidChangeCodeLenses = verifier.onChange;
    this.#registered = vscode.Disposable.from(
      this.#problems,
      vscode.languages.registerHoverProvider(PROPERTY_FILES, this),
      vscode.languages.registerCodeLensProvider(PROPERTY_FILES, this),
      vscode.workspace.onDidOpenTextDocument((document) => this.#check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#checkLater(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
    );
    vscode.workspace.textDocuments.forEach((document) => this.#check(document));
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const description = this.#describe(document);
    if (description instanceof PropertyError) return undefined;
    const range = document.getWordRangeAtPosition(position, /[XY]_\d+|[A-Za-z-]+/);
    const word = range && document.getText(range);
    const text = word && (description.variable(word) ?? (word === 'assert' ? description.assertion(position.line + 1) : word.startsWith('declare') ? description.summary : undefined));
    return text ? new vscode.Hover(text, range) : undefined;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    return this.verifier.actions(document.uri).map((command) => new vscode.CodeLens(top, command));
  }

  dispose(): void {
    for (const timer of this.#resting.values()) clearTimeout(timer);
    this.#registered.dispose();
  }

  #describe(document: vscode.TextDocument): PropertyDescription | PropertyError {
    const key = document.uri.toString();
    const known = this.#read.get(key);
    if (known?.version === document.version) return known.result;
    let result: PropertyDescription | PropertyError;
    try {
      result = describeProperty(document.getText());
    } catch (error) {
      if (!(error instanceof PropertyError)) throw error;
      result = error;
    }
    this.#read.set(key, { version: document.version, result });
    return result;
  }

  #check(document: vscode.TextDocument): void {
    if (vscode.languages.match(PROPERTY_FILES, document) === 0) return;
    const result = this.#describe(document);
    if (!(result instanceof PropertyError)) {
      this.#problems.set(document.uri, []);
      return;
    }
    const line = Math.min(result.line - 1, document.lineCount - 1);
    const { text, firstNonWhitespaceCharacterIndex: start } = document.lineAt(line);
    // the line stands beside the message
    const problem = new vscode.Diagnostic(new vscode.Range(line, start, line, Math.max(text.length, start + 1)), result.message.replace(/^line \d+: /, ''), vscode.DiagnosticSeverity.Error);
    problem.source = 'Layerscope';
    this.#problems.set(document.uri, [problem]);
  }

  #checkLater(document: vscode.TextDocument): void {
    if (vscode.languages.match(PROPERTY_FILES, document) === 0) return;
    const key = document.uri.toString();
    clearTimeout(this.#resting.get(key));
    this.#resting.set(key, setTimeout(() => {
      this.#resting.delete(key);
      this.#check(document);
    }, REST_MILLISECONDS));
  }

  #forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.#resting.get(key));
    this.#resting.delete(key);
    this.#read.delete(key);
    this.#problems.delete(document.uri);
  }
}
