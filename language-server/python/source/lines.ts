export interface Position {
  /** Counts from 1. */
  readonly line: number;
  /** In UTF-16 units, counts from 0. */
  readonly column: number;
}

/** Where the lines of a text begin: from offsets to lines and columns and back. Lines end in \n, \r\n or \r. */
export interface LineTable {
  readonly count: number;
  position(offset: number): Position;
  offset(position: Position): number;
}

export function lineTable(text: string): LineTable {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  const position = (offset: number): Position => {
    const at = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - starts[low] };
  };
  const offset = ({ line, column }: Position): number => {
    const row = Math.max(1, Math.min(line, starts.length));
    const end = row < starts.length ? starts[row] : text.length;
    return Math.max(0, Math.min(starts[row - 1] + column, end));
  };
  return { count: starts.length, position, offset };
}
