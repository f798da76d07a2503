import type { Diagnostic } from '../language-server/analysis.ts';

/** A faulty script as people write it, its fix, and what the real framework says of them (test/oracle/faults.py). */
export interface Pair {
  readonly name: string;
  readonly kind: string;
  readonly faulty: string;
  readonly fixed: string;
  readonly error?: string;
  /** The line of the faulty script where the framework raises. */
  readonly line?: number;
  /** Where the faulty script runs, and is wrong: the code of the warning that says so. */
  readonly warning?: string;
}

/** What is amiss in the diagnostics of a faulty script; undefined where the fault is found at its line. */
export function missed({ error, line, warning }: Pair, diagnostics: readonly Diagnostic[]): string | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (warning !== undefined) {
    if (errors.length > 0) return `it runs, but is said to raise ${errors[0].message}`;
    return diagnostics.some(({ code }) => code === warning) ? undefined : `no ${warning}`;
  }
  if (errors.length === 0) return `raises ${error} at line ${line}`;
  const [{ location, message }] = errors;
  return location.line <= line! && line! <= location.endLine ? undefined : `${message} at line ${location.line}, not ${line}, where it raises ${error}`;
}

/** The false alarms on a fixed script. */
export function alarms({ warning }: Pair, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.filter(({ severity, code }) => severity === 'error' || (warning !== undefined && code === warning)).map(({ message, location }) => `${message} at line ${location.line}`);
}
