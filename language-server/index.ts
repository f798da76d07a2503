/** What other rooms use of the language server. */
export type { Analysis, Diagnostic, Fix, InputOrigin, Model, Severity, TensorAt } from './analysis.ts';
export { AnalysisCancelled, Analyzer, analyze } from './analysis/analyze.ts';
export type { AnalysisRequest } from './analysis/request.ts';
export { readStatedInput } from './diagnostics/comments.ts';
export type { StatedInput } from './diagnostics/comments.ts';
export { withSeverities } from './features/diagnostics.ts';
export { graphOfProgram } from './analysis/written-program.ts';
