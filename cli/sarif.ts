import { relative, resolve } from 'node:path';
import type { Location } from '../graph/graph.ts';
import type { Diagnostic, Severity } from '../language-server/analysis.ts';
import { cellOf } from './notebook-cells.ts';

const LEVELS: Record<Severity, string> = { error: 'error', warning: 'warning', information: 'note', hint: 'note' };

/** Diagnostics as SARIF 2.1.0, which code hosts show beside the lines. */
export function sarifOf(diagnostics: readonly Diagnostic[]): object {
  const rules = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'Layerscope', rules: rules.map((id) => ({ id })) } },
      results: diagnostics.map(({ code, severity, message, location, related }) => ({
        ruleId: code,
        ruleIndex: rules.indexOf(code),
        level: LEVELS[severity],
        message: { text: message },
        locations: [{ physicalLocation: physical(location), ...logical(location) }],
        relatedLocations: related.map((other) => ({ physicalLocation: physical(other.location), message: { text: other.message } })),
      })),
    }],
  };
}

/** The cell of a notebook. */
function logical(location: Location): object {
  const cell = cellOf(location);
  return cell === undefined ? {} : { logicalLocations: [{ name: `cell ${cell}`, kind: 'module' }] };
}

/** SARIF columns count from 1 in UTF-16 units; the end is exclusive. */
function physical(location: Location): object {
  return {
    artifactLocation: { uri: relative('.', resolve(location.file)).replaceAll('\\', '/') },
    region: { startLine: location.line, startColumn: location.column + 1, endLine: location.endLine, endColumn: location.endColumn + 1 },
  };
}
