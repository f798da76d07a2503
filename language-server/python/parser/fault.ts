import type { SyntaxFault } from '../source/syntax.ts';

/** What stops the parse of a statement; offsets in the text. */
export class Fault extends Error implements SyntaxFault {
  readonly start: number;
  readonly end: number;
  constructor(start: number, end: number, message: string) {
    super(message);
    this.start = start;
    this.end = end;
  }
}
