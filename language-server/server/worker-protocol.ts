import type { Analysis } from '../analysis.ts';
import type { StatedInput } from '../diagnostics/comments.ts';
import type { NotebookCell } from '../python/source/notebook.ts';

/** What the language server and its analysis thread say to one another. */

/** A file to analyse, as plain data. */
export interface AnalysisJob {
  readonly file: string;
  readonly text: string;
  /** Where the text is that of a notebook's cells one below the other: the cells. */
  readonly cells?: readonly NotebookCell[];
  /** Workspace folders. */
  readonly roots: readonly string[];
  /** Interpreters, environments or folders where imports are looked up. */
  readonly pythonPath: readonly string[];
  readonly statedInputs: readonly StatedInput[];
  /** Texts of other open documents, which may differ from the disk. */
  readonly overlays: Readonly<Record<string, string>>;
}

export interface JobMessage {
  readonly id: number;
  readonly job: AnalysisJob;
}

export type JobResult =
  | { readonly kind: 'analysis'; readonly analysis: Analysis; /** The user's files that were read. */ readonly dependencies: readonly string[] }
  | { readonly kind: 'cancelled' }
  /** A fault of Layerscope itself. */
  | { readonly kind: 'fault'; readonly message: string };

export interface ResultMessage {
  readonly id: number;
  readonly result: JobResult;
}

/** The thread stops a job when the number in the shared buffer is no longer its id. */
export interface WorkerStart {
  readonly running: SharedArrayBuffer;
}
