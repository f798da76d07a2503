import type { Diagnostic } from '../analysis.ts';

/** The diagnostic for a fault of Layerscope itself. Its stack goes to the log: it helps nobody in the editor. */
export function internalFault(file: string, error: unknown): Diagnostic {
  console.error(`Layerscope: internal fault while analysing ${file}: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  return {
    severity: 'information', code: 'internal-fault', message: 'Layerscope met an internal fault and cannot show all of this file; its log says more.',
    location: { file, line: 1, column: 0, endLine: 1, endColumn: 0 }, related: [],
  };
}
