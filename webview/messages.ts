import type { Location } from '../graph/graph.ts';
import type { CursorMessage, DocumentMessage, EngineMessage, NoticeMessage, ShowMessage } from './messages/document.ts';
import type { ExamplesMessage } from './messages/evaluation.ts';
import type { FinishedMessage, JobFailedMessage, PartialMessage, ProgressMessage, StartMessage } from './messages/job.ts';
import type { InputSource, PreparedMessage } from './messages/preparation.ts';
import type { WindowFailedMessage, WindowMessage, WindowRequest } from './messages/window.ts';

export type * from './messages/attack.ts';
export type * from './messages/coverage.ts';
export type * from './messages/document.ts';
export type * from './messages/evaluation.ts';
export type * from './messages/inspection.ts';
export type * from './messages/job.ts';
export type * from './messages/neuron.ts';
export type * from './messages/tree.ts';
export type * from './messages/preparation.ts';
export type * from './messages/run.ts';
export type * from './messages/window.ts';

/**
 * Every message between the extension host and the graph panel: what the host says (`ToPanel`) and what the panel says (`ToHost`).
 * All are plain data that survive structured cloning; typed arrays are sent as they are.
 *
 * - A model is named by its place in the `models` of the last `DocumentMessage`, and a message about it carries that message's `version`,
 *   so the host can refuse what speaks of an older text.
 * - A job (a run, an attack and the others of `Jobs`) is numbered by the panel. The host answers `start` with any number of `progress` and `partial`,
 *   then exactly one of `finished` and `jobFailed`. `cancel` ends it with what was found so far, or with `jobFailed` of kind `cancelled`.
 * - A window request is numbered by the panel too and is answered by exactly one `window` or `windowFailed`.
 */
export type ToPanel =
  | DocumentMessage | CursorMessage | ShowMessage | PreparedMessage | ExamplesMessage
  | ProgressMessage | PartialMessage | FinishedMessage | JobFailedMessage
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
  /** Prepare pictures as the code does at this place of `PreparedPictures.choices`, or not at all. Answered with `prepared`. */
  | { readonly type: 'choosePreprocessing'; readonly version: number; readonly model: number; readonly choice: number | 'none' }
  /** Save a new ONNX model with its weights, from these tensors to those, by their ids; without, from the model's inputs or to its outputs. The host asks where. */
  | { readonly type: 'saveCut'; readonly version: number; readonly model: number; readonly from: readonly number[]; readonly to: readonly number[]; readonly name: string }
  /** Let the user choose labelled examples. Answered with `examples` where one is chosen. */
  | { readonly type: 'chooseExamples'; readonly version: number; readonly model: number; readonly kind: 'folder' | 'file' }
  | StartMessage
  | { readonly type: 'cancel'; readonly job: number }
  | WindowRequest
  /** Save a picture of the graph, or generated tests; the host asks where. */
  | { readonly type: 'export'; readonly format: 'svg' | 'png' | 'npz'; readonly name: string; readonly bytes: Uint8Array }
  /** Start the engine process again after it ended. Answered with `engine`. */
  | { readonly type: 'restartEngine' }
  /** Something went wrong inside the panel: for the log. */
  | { readonly type: 'problem'; readonly message: string };
