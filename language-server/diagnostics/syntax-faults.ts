import type { Diagnostic } from '../analysis.ts';
import type { SourceFile } from '../python/interpreter-api.ts';
import { locationOf } from '../tracing/place.ts';

/** What Python would not read. */
export function syntaxDiagnostics(file: SourceFile): Diagnostic[] {
  return file.tree.errors.map(({ start, end, message }) => ({
    severity: 'error', code: 'syntax', message, location: locationOf({ file, start, end: Math.max(end, start) }), related: [],
  }));
}
