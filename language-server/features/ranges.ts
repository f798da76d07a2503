import type { Position, Range } from 'vscode-languageserver-types';
import type { Location } from '../../graph/graph.ts';

/** LSP counts lines from 0. */
export function rangeOf(location: Location): Range {
  return { start: { line: location.line - 1, character: location.column }, end: { line: location.endLine - 1, character: location.endColumn } };
}

export function holds({ start, end }: Range, position: Position): boolean {
  return !before(position, start) && !before(end, position);
}

/** How much text a range spans, for finding the narrower of two: lines first, then characters. */
export function narrower(left: Range, right: Range): boolean {
  const lines = (left.end.line - left.start.line) - (right.end.line - right.start.line);
  if (lines !== 0) return lines < 0;
  return left.end.character - left.start.character < right.end.character - right.start.character;
}

function before(left: Position, right: Position): boolean {
  return left.line < right.line || (left.line === right.line && left.character < right.character);
}
