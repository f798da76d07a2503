import type { SyntaxFault } from '../syntax.ts';
import { lineTable } from '../lines.ts';
import type { RawNode, RawTree } from './tree.ts';

/**
 * The faults to show: those that the repair pass explained, those of the conversion, and where neither says anything about a line, those of the
 * concrete tree. One a line; Python 2's print statement once a file.
 */
export function collectFaults(text: string, tree: RawTree, repaired: readonly SyntaxFault[], converted: readonly SyntaxFault[]): SyntaxFault[] {
  const candidates = [...repaired, ...converted];
  if (!tree.clean) collectTreeFaults(text, tree.root, candidates);
  if (candidates.length === 0) return [];
  const lines = lineTable(text);
  const seen = new Set<number | string>();
  const kept: SyntaxFault[] = [];
  for (const fault of candidates) {
    const { line } = lines.position(fault.start);
    const print = fault.message.startsWith("Missing parentheses in call to 'print'");
    if (seen.has(line) || (print && seen.has('print'))) continue;
    seen.add(line);
    if (print) seen.add('print');
    kept.push(fault);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function collectTreeFaults(text: string, node: RawNode, into: SyntaxFault[]): void {
  if (node.missing) {
    into.push({ start: node.start, end: Math.min(text.length, node.start + 1), message: node.named ? 'invalid syntax' : `expected '${node.kind}'` });
  } else if (node.kind === 'ERROR') {
    const newline = text.indexOf('\n', node.start);
    const end = newline < 0 || newline <= node.start ? node.end : Math.min(node.end, newline);
    into.push({ start: node.start, end: Math.max(end, Math.min(text.length, node.start + 1)), message: 'invalid syntax' });
  }
  for (const child of node.children) collectTreeFaults(text, child, into);
}
