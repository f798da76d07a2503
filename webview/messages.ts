import type { Gap, LayerGraph, Location } from '../graph/graph.ts';
import type { DataType } from '../graph/tensor.ts';

/**
 * Every message between the extension host and the graph panel: what the host says (`ToPanel`) and what the panel says (`ToHost`).
 * All are plain data that survive structured cloning; typed arrays are sent as they are.
 *
 * - A model is named by its place in the `models` of the last `DocumentMessage`, and a message about it carries that message's `version`,
 *   so the host can refuse what speaks of an older text.
 * - A job (a run or an attack) is numbered by the panel. The host answers it with any number of `progress` and then exactly one of
 *   `runFinished`, `attackFinished` or `jobFailed`. `cancel` ends it with what was found so far, or with `jobFailed` of kind `cancelled`.
 * - A window request is numbered by the panel too and is answered by exactly one `window` or `windowFailed`.
 */
export type ToPanel =
  | DocumentMessage | CursorMessage | ShowMessage | PreparedMessage
  | ProgressMessage | RunFinishedMessage | AttackFinishedMessage | JobFailedMessage
  | WindowMessage | WindowFailedMessage | EngineMessage | NoticeMessage;

export type ToHost =
  /** The panel has loaded and listens: the host answers with `document` (and `show` where a command opened a certain view). */
  | { readonly type: 'ready' }
  /** Show this place in the source, without taking the focus unless `focus`. */
  | { readonly type: 'reveal'; readonly location: Location; readonly focus: boolean }
  /** Another model was picked. The host need not answer. */
  | { readonly type: 'pickModel'; readonly version: number; readonly model: number }
  /** Apply the fix of `document.diagnostics[diagnostic]`. */
  | { readonly type: 'applyFix'; readonly version: number; readonly diagnostic: number }
  /** The user states the shape of an input that the code does not give: `1,3,224,224`. */
  | { readonly type: 'stateInput'; readonly version: number; readonly model: number; readonly input: string; readonly shape: string }
  /** The run or the adversarial view opened: the host looks for weights and answers with `prepared`. */
  | { readonly type: 'prepare'; readonly version: number; readonly model: number }
  /** Use these weights, by their candidate's id; `browse` lets the user choose a file. Answered with `prepared`. */
  | { readonly type: 'chooseWeights'; readonly version: number; readonly model: number; readonly weights: string }
  /** Use this input. Answered with `prepared`. */
  | { readonly type: 'chooseInput'; readonly version: number; readonly model: number; readonly input: string; readonly source: InputSource }
  | RunRequest | AttackRequest
  | { readonly type: 'cancel'; readonly job: number }
  | WindowRequest
  /** Save a picture of the graph; the host asks where. */
  | { readonly type: 'export'; readonly format: 'svg' | 'png'; readonly name: string; readonly bytes: Uint8Array }
  /** Start the engine process again after it ended. Answered with `engine`. */
  | { readonly type: 'restartEngine' }
  /** Something went wrong inside the panel: for the log. */
  | { readonly type: 'problem'; readonly message: string };

// What is shown

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

export type PanelView = 'graph' | 'table' | 'run' | 'attack';

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

// Weights and inputs

/** What a run or an attack of the model would use now. */
export interface PreparedMessage {
  readonly type: 'prepared';
  readonly version: number;
  readonly model: number;
  readonly weights: {
    readonly candidates: readonly WeightsCandidate[];
    /** The id of the candidate in use; undefined where there is none yet. */
    readonly chosen?: string;
    /** How they bind to the model: `all 8 parameters match`, or which differ, with both shapes. */
    readonly report: readonly Remark[];
  };
  readonly inputs: readonly PreparedInput[];
  /** The classes' names, where they are known. */
  readonly classes?: readonly string[];
  /** Undefined where a run can start; else a sentence that says what is missing. */
  readonly missing?: string;
}

export interface WeightsCandidate {
  readonly id: string;
  /** The file's name, or `Freshly initialised`. */
  readonly label: string;
  readonly detail?: string;
}

export interface Remark {
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
}

export interface PreparedInput {
  /** The name of the graph's input value. */
  readonly name: string;
  readonly dataType: DataType;
  /** With the batch axis; `null` for a dimension that prints as None, text for a symbolic one. */
  readonly shape: readonly (number | null | string)[];
  /** Where the input can be drawn or shown as a picture. */
  readonly image?: { readonly width: number; readonly height: number; readonly channels: 1 | 3; readonly range: readonly [low: number, high: number] };
  /** Inputs found beside the file, such as sample pictures. */
  readonly samples: readonly { readonly id: string; readonly label: string }[];
  /** What is in use; undefined where nothing is yet. */
  readonly chosen?: { readonly label: string; readonly picture?: Picture };
  /** Why the last choice was refused, or what was done to it (`resized from 32x32 to 8x8`). */
  readonly remarks: readonly Remark[];
}

export type InputSource =
  /** The host lets the user choose a file. */
  | { readonly kind: 'browse' }
  | { readonly kind: 'sample'; readonly id: string }
  /** A file dropped on the panel. */
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  /** Drawn on the pad: row-major, one value a pixel from 0 (paper) to 1 (ink); the host scales it to the input's range. */
  | { readonly kind: 'drawn'; readonly width: number; readonly height: number; readonly values: Float32Array }
  | { readonly kind: 'random'; readonly seed: number };

/** Values to show as an image: row-major, channels last. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** The values that show as black and as white. */
  readonly range: readonly [low: number, high: number];
  readonly values: Float32Array;
}

// Running

export interface RunRequest {
  readonly type: 'run';
  readonly job: number;
  readonly version: number;
  readonly model: number;
  /** Only these values (ids) and their ancestors; all of the model where undefined. */
  readonly fetch?: readonly number[];
}

export interface ProgressMessage {
  readonly type: 'progress';
  readonly job: number;
  /** `Loading weights`, `Descending the gradient`, `Splitting`. */
  readonly phase: string;
  /** From 0 to 1, where it can be known. */
  readonly fraction?: number;
  /** Of an attack: the proved lower bound on the margin so far. */
  readonly bound?: number;
  /** Of an attack: branches still open. */
  readonly branches?: number;
  readonly seconds: number;
}

export interface RunFinishedMessage {
  readonly type: 'runFinished';
  readonly job: number;
  readonly seconds: number;
  /** By the graph's output values. */
  readonly outputs: readonly { readonly value: number; readonly shape: readonly number[]; readonly scores?: Scores }[];
  /** Ids of the operators that ran. */
  readonly executed: readonly number[];
  /** Ids of the values that `windowRequest` can ask for, with their shapes. */
  readonly available: readonly { readonly value: number; readonly shape: readonly number[]; readonly dataType: DataType }[];
  readonly remarks: readonly Remark[];
}

/** Class scores of one input. */
export interface Scores {
  /** Index of the largest. */
  readonly top: number;
  /** Probabilities where the model gives them or their softmax is meant, else its raw scores. */
  readonly kind: 'probabilities' | 'scores';
  readonly values: readonly number[];
  readonly labels?: readonly string[];
}

/** The engine refused, failed, ended, or was told to stop before there was a result. */
export interface JobFailedMessage {
  readonly type: 'jobFailed';
  readonly job: number;
  readonly kind: 'refused' | 'failed' | 'cancelled' | 'engineEnded';
  /** What happened and what to do. */
  readonly message: string;
}

// Looking at tensors, a window at a time

/** `start` and `size` have one entry for each axis of the value; the panel asks for at most 65,536 elements. */
export interface WindowRequest {
  readonly type: 'window';
  readonly request: number;
  /** The job whose run computed the value. */
  readonly job: number;
  readonly value: number;
  readonly start: readonly number[];
  readonly size: readonly number[];
  /** Whether statistics of the whole value are wanted too. */
  readonly statistics: boolean;
}

export interface WindowMessage {
  readonly type: 'window';
  readonly request: number;
  readonly values: Float32Array;
  readonly statistics?: TensorStatistics;
}

export interface WindowFailedMessage {
  readonly type: 'windowFailed';
  readonly request: number;
  readonly message: string;
}

/** Of all elements; minimum to deviation over the finite ones. */
export interface TensorStatistics {
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly deviation: number;
  readonly zeros: number;
  readonly notANumber: number;
  readonly infinite: number;
  /** Counts in equal bins from minimum to maximum. */
  readonly histogram: readonly number[];
}

// Adversarial inputs

export interface AttackRequest {
  readonly type: 'attack';
  readonly job: number;
  readonly version: number;
  readonly model: number;
  readonly norm: 'linf' | 'l2' | 'l0';
  /** In the units of the input; for `l0` a number of pixels. */
  readonly epsilon: number;
  /** The class to reach; any other than the original where undefined. */
  readonly target?: number;
}

export interface AttackFinishedMessage {
  readonly type: 'attackFinished';
  readonly job: number;
  readonly verdict: 'adversarial' | 'robust' | 'undecided';
  readonly norm: 'linf' | 'l2' | 'l0';
  readonly epsilon: number;
  readonly target?: number;
  readonly original: { readonly scores: Scores; readonly picture?: Picture };
  /** `distance` in the norm; `input` where it is no picture. */
  readonly adversarial?: { readonly scores: Scores; readonly distance: number; readonly picture?: Picture };
  /** The proved lower bound on the margin between the label and its rivals. */
  readonly bound?: number;
  /** What decided it: `projected gradient descent`, `linear bounds`, `z3`. */
  readonly method: string;
  readonly seconds: number;
  /** True where `cancel` ended it early. */
  readonly cancelled: boolean;
}
