import type { StatedInput } from '../diagnostics/comments.ts';

export interface AnalysisRequest {
  /** Its path; what diagnostics and graphs call it. */
  readonly file: string;
  readonly text: string;
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
