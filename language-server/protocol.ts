import { NotificationType, RequestType } from 'vscode-languageserver-protocol';
import type { Analysis, Model } from './analysis.ts';

/**
 * What the client and the language server say to one another beside LSP itself. Each message has one namespace:
 * its method, what it carries, and its direction. Files are named by their URI; positions are LSP's (from 0).
 */

/** Client to server: the models of a document, from its latest text; waits for the analysis that is under way. */
export namespace ModelsRequest {
  export const method = 'layerscope/models';
  export interface Params { readonly uri: string }
  /** null: the document is not open, or its analysis was given up. */
  export type Result = DocumentAnalysis | null;
  export const type = new RequestType<Params, Result, void>(method);
}

/** Server to client: an open document has a new analysis. The client asks for it by ModelsRequest where it shows it. */
export namespace GraphChangedNotification {
  export const method = 'layerscope/graphChanged';
  export interface Params {
    readonly uri: string;
    /** The document version that was analysed. */
    readonly version: number;
    readonly models: readonly string[];
  }
  export const type = new NotificationType<Params>(method);
}

/** Client to server: which layer stands at a position, for the panel to follow the cursor. */
export namespace ModelAtRequest {
  export const method = 'layerscope/modelAt';
  export interface Params { readonly uri: string; readonly line: number; readonly character: number }
  export type Result = {
    /** Index into `models`. */
    readonly model: number;
    /** Ids of the scopes whose call or layer stands on that line, innermost last; empty where the position is in the model's class alone. */
    readonly scopes: readonly number[];
    readonly layers: readonly number[];
  } | null;
  export const type = new RequestType<Params, Result, void>(method);
}

/** Client to server: the user states the shape of an input that the code does not give. An undefined shape takes it back. */
export namespace StateInputRequest {
  export const method = 'layerscope/stateInput';
  export interface Params {
    readonly uri: string;
    readonly model: string;
    readonly input: string;
    /** `1,3,224,224`; names and None stand for symbols. */
    readonly shape: string | undefined;
  }
  /** What is wrong with the shape, in a sentence; null where it was taken. */
  export type Result = string | null;
  export const type = new RequestType<Params, Result, void>(method);
}

/** Server to client: an analysis has begun or ended, for a status item. */
export namespace BusyNotification {
  export const method = 'layerscope/busy';
  export interface Params { readonly uri: string; readonly busy: boolean }
  export const type = new NotificationType<Params>(method);
}

export interface DocumentAnalysis {
  readonly version: number;
  readonly models: readonly Model[];
  readonly diagnostics: Analysis['diagnostics'];
  readonly gaps: Analysis['gaps'];
}

/** Commands that code lenses and code actions ask the client to run. */
export const commands = {
  showGraph: 'layerscope.showGraph',
  runModel: 'layerscope.runModel',
  findAdversarial: 'layerscope.findAdversarial',
} as const;

/** The argument of those commands. `file` is the document's URI. */
export interface ModelArgument {
  readonly file: string;
  readonly model: string;
}

/** The section `layerscope` of the client's configuration, as the server reads it. */
export interface Settings {
  /** A Python interpreter, its environment's folder, or a site-packages folder; '' looks for the workspace's own. */
  readonly pythonPath: string;
  readonly inlayHints: boolean;
  /** Diagnostic code to severity, `off` silences it. */
  readonly severity: Readonly<Record<string, 'error' | 'warning' | 'information' | 'hint' | 'off'>>;
}

export const defaultSettings: Settings = { pythonPath: '', inlayHints: true, severity: {} };
