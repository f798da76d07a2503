import type { Diagnostic, Severity } from '../analysis.ts';
import type { SourceFile } from '../python/interpreter-api.ts';
import { locationOf } from '../tracing/place.ts';
import type { Warning } from '../tracing/run.ts';

const severities: ReadonlySet<string> = new Set(['error', 'warning', 'information', 'hint'] satisfies Severity[]);

/** The diagnostic that a stub gives by `layerscope.warn`, where it concerns the file under analysis. */
export function warningDiagnostic({ code, message, severity, place, about }: Warning, file: SourceFile): Diagnostic | undefined {
  if (place.file !== file) return undefined;
  return {
    severity: severities.has(severity) ? severity as Severity : 'warning',
    code,
    message,
    location: locationOf(place),
    related: about?.file.user && about !== place ? [{ location: locationOf(about), message: 'made here' }] : [],
  };
}
