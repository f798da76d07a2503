import type { StatedInput } from '../diagnostics/comments.ts';
import type { NotebookCell } from '../python/source/notebook.ts';

export interface AnalysisRequest {
  /** Its path; what diagnostics and graphs call it. */
  readonly file: string;
  readonly text: string;
  /** Where the text is that of a notebook's cells one below the other: the cells. */
  readonly cells?: readonly NotebookCell[];
  /** Workspace folders. */
  readonly roots?: readonly string[];
  /** Folders where imports are looked up, before the environment's own. */
  readonly pythonPath?: readonly string[];
  readonly statedInputs?: readonly StatedInput[];
  /** Texts of other open documents, by path. */
  readonly overlays?: Readonly<Record<string, string>>;
  /** Looked at every few milliseconds; true ends the analysis with AnalysisCancelled. */
  readonly cancelled?: () => boolean;
}
