import { formatShape } from '../../graph/dimension.ts';
import type { Binding } from '../../runtime/index.ts';
import type { Remark } from '../../webview/messages.ts';

const MOST_NAMED = 8;

/** How a checkpoint fits a model, for people: what differs first, with both shapes. */
export function bindingReport({ matched, missing, mismatched, unused, remarks }: Binding, parameters: number): Remark[] {
  const report: Remark[] = [];
  for (const { parameter, expected, found } of mismatched.slice(0, MOST_NAMED)) {
    report.push({ severity: 'error', message: `${parameter}: the model has shape ${formatShape(expected)}, the file ${formatShape(found)}` });
  }
  if (mismatched.length > MOST_NAMED) report.push({ severity: 'error', message: `and ${mismatched.length - MOST_NAMED} more parameters of other shapes` });
  if (missing.length > 0) report.push({ severity: 'error', message: `The file has nothing for ${named(missing)}` });
  if (mismatched.length === 0 && missing.length === 0) report.push({ severity: 'information', message: parameters === 0 ? 'The model has no parameters.' : `All ${matched.length} parameters match.` });
  if (unused.length > 0) report.push({ severity: 'information', message: `The model does not use ${named(unused)} of the file` });
  for (const message of remarks) report.push({ severity: 'warning', message });
  return report;
}

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
