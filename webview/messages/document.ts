import type { Gap, LayerGraph, Location } from '../../graph/graph.ts';
import type { PanelFork } from './tree.ts';

// What the panel shows, and of what the host keeps it informed.

/** A new analysis of the file that the panel shows. */
export interface DocumentMessage {
  readonly type: 'document';
  /** The file as the `file` of its locations. */
  readonly file: string;
  /** The file's name for people. */
  readonly title: string;
  /** Grows with every analysis. */
  readonly version: number;
  /** As in the language server's `Analysis`. */
  readonly models: readonly PanelModel[];
  readonly diagnostics: readonly PanelDiagnostic[];
  readonly gaps: readonly Gap[];
  /** As in the language server's `Analysis`. */
  readonly forks?: readonly PanelFork[];
  /** A sentence where there is nothing to show: no model in the file, the file does not parse, the language server ended. */
  readonly message?: string;
}

export interface PanelModel {
  readonly graph: LayerGraph;
  /** What the inputs were taken from, in the order of `graph.inputs`. */
  readonly inputs: readonly ('given' | 'solved' | 'stated' | 'asked')[];
}

/** As the language server's `Diagnostic`. */
export interface PanelDiagnostic {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly code: string;
  readonly message: string;
  readonly location: Location;
  readonly related: readonly { readonly location: Location; readonly message: string }[];
  readonly example?: Readonly<Record<string, number>>;
  readonly fix?: { readonly title: string };
}

/** The cursor moved in the source. */
export interface CursorMessage {
  readonly type: 'cursor';
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** A command or a code lens opens a view. */
export interface ShowMessage {
  readonly type: 'show';
  readonly view: PanelView;
  readonly model?: number;
}

export type PanelView = 'graph' | 'table' | 'run' | 'evaluate' | 'neuron' | 'paths' | 'attack' | 'coverage';

/** A sentence for the user that belongs to no job; `information` fades, the others stay until closed. */
export interface NoticeMessage {
  readonly type: 'notice';
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
}

/** The engine process changed its state; `ended` offers to start it again. */
export interface EngineMessage {
  readonly type: 'engine';
  readonly state: 'starting' | 'ready' | 'ended';
  readonly message?: string;
}
