import { DiagnosticSeverity } from 'vscode-languageserver-types';
import type { Diagnostic as LspDiagnostic } from 'vscode-languageserver-types';
import type { Diagnostic, Severity } from '../analysis.ts';
import type { Settings } from '../server/protocol.ts';
import { rangeOf } from './ranges.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A diagnostic as LSP sends it. `uriOf` names the document of a file. */
export function toLsp(diagnostic: Diagnostic, uriOf: (file: string) => string): LspDiagnostic {
  const example = Object.entries(diagnostic.example ?? {}).map(([name, value]) => `${name} = ${value}`).join(', ');
  return {
    range: rangeOf(diagnostic.location),
    severity: severities[diagnostic.severity],
    code: diagnostic.code,
    source: 'layerscope',
    message: example === '' ? diagnostic.message : `${diagnostic.message} (for example ${example})`,
    relatedInformation: diagnostic.related.map(({ location, message }) => ({ location: { uri: uriOf(location.file), range: rangeOf(location) }, message })),
  };
}

/** Diagnostics with the severities that the user set; those that are off are left out. */
export function withSeverities(diagnostics: readonly Diagnostic[], severity: Settings['severity']): Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const set = severity[diagnostic.code];
    return set === 'off' ? [] : [set === undefined ? diagnostic : { ...diagnostic, severity: set }];
  });
}
