/** A place in a source file. Lines count from 1, columns from 0 in UTF-16 units; the end is exclusive. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
