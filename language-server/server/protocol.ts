import { NotificationType, RequestType } from 'vscode-jsonrpc';

/** What the language server and its client say to one another beyond LSP itself. */

/** client -> server: the newest Analysis (analysis.ts) of an open document; waits for the one under way. */
export namespace AnalysisRequest {
  export interface Params {
    readonly uri: string;
  }
  /** The analysis as text of `encodePlain` (plain JSON would lose infinities and inputs that are left out), or a sentence where there is none: too large, stopped. */
  export type Result = { readonly encoded: string } | string;
  export const type = new RequestType<Params, Result, void>('layerscope/analysis');
}

/** server -> client: a document has a new analysis; models, diagnostics or shapes may differ. */
export namespace AnalysedNotification {
  export interface Params {
    readonly uri: string;
    readonly version: number;
  }
  export const type = new NotificationType<Params>('layerscope/analysed');
}

/** client -> server: the user states the shape of a model's input that the code does not give; an empty shape takes it back. */
export namespace StateInputRequest {
  export interface Params {
    readonly uri: string;
    readonly model: string;
    readonly input: string;
    /** `1,3,224,224` */
    readonly shape: string;
  }
  /** A sentence where the shape cannot be read. */
  export type Result = string | null;
  export const type = new RequestType<Params, Result, void>('layerscope/stateInput');
}

/** Commands that code lenses carry; the client registers them. Their one argument is a ModelArgument. */
export const commands = {
  showGraph: 'layerscope.showGraph',
  runModel: 'layerscope.runModel',
  findAdversarial: 'layerscope.findAdversarial',
  generateTests: 'layerscope.generateTests',
} as const;

export interface ModelArgument {
  readonly uri: string;
  /** The graph's name. */
  readonly model: string;
}

/** The section of the editor's settings that the server reads. */
export interface Settings {
  readonly inlayHints: { readonly enabled: boolean };
  readonly codeLens: { readonly enabled: boolean };
  /** Interpreter or folders where imports are looked up, beside the workspace and its virtual environment. */
  readonly pythonPath: readonly string[];
  /** Severity by diagnostic code; `off` silences it. */
  readonly severity: Readonly<Record<string, 'error' | 'warning' | 'information' | 'hint' | 'off'>>;
}

export const defaultSettings: Settings = { inlayHints: { enabled: true }, codeLens: { enabled: true }, pythonPath: [], severity: {} };
