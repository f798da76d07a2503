import type { BrokenExpression, Span, SyntaxFault } from '../source/syntax.ts';
import { Fault } from './fault.ts';
import { END, KEYWORD, NAME, NEWLINE, OPERATOR, type Tokens } from './tokens.ts';

/** Nesting beyond this would exhaust the stack of whoever walks the tree; CPython stops at about 200 brackets. */
const DEEPEST = 300;

/** What the parsers of expressions, patterns and statements share: a place in the tokens, and what they note on the way. */
export class TokenStream {
  readonly text: string;
  readonly kinds: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly texts: readonly string[];
  /** The token to read next. */
  at = 0;
  /** The end of the last token that was read. */
  end = 0;
  /** Faults that do not stop the parse. */
  readonly faults: SyntaxFault[];
  /** Whether faults are recovered from inside of brackets and at the ends of lines; otherwise they are thrown. */
  readonly tolerant: boolean;
  /** The functions around: whether each contains `yield`. */
  readonly functions: { isGenerator: boolean }[];
  private depth = 0;

  constructor(text: string, tokens: Tokens, tolerant: boolean, faults: SyntaxFault[] = [], functions: { isGenerator: boolean }[] = []) {
    this.text = text;
    this.kinds = tokens.kinds;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.texts = tokens.texts;
    this.tolerant = tolerant;
    this.faults = faults;
    this.functions = functions;
  }

  get kind(): number {
    return this.kinds[this.at];
  }

  /** The text of the next token where it is a name, a keyword or an operator. */
  get word(): string {
    return this.texts[this.at];
  }

  /** Where the next token begins. */
  get start(): number {
    return this.starts[this.at];
  }

  advance(): void {
    this.end = this.ends[this.at];
    this.at++;
  }

  /** Whether the next token is this keyword or operator. */
  is(text: string): boolean {
    return this.texts[this.at] === text && this.kinds[this.at] !== NAME;
  }

  isName(): boolean {
    return this.kinds[this.at] === NAME;
  }

  take(text: string): boolean {
    if (this.texts[this.at] !== text || this.kinds[this.at] === NAME) return false;
    this.end = this.ends[this.at];
    this.at++;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.wrong(this.kind === NEWLINE || this.kind === END || text === ':' ? `expected '${text}'` : 'invalid syntax');
  }

  name(): string {
    if (this.kinds[this.at] !== NAME) throw this.wrong();
    const name = this.texts[this.at];
    this.advance();
    return name;
  }

  wrong(message = 'invalid syntax'): Fault {
    const { start } = this;
    return new Fault(start, Math.max(this.ends[this.at], Math.min(start + 1, this.text.length)), message);
  }

  fault(span: Span, message: string): void {
    this.faults.push({ start: span.start, end: span.end, message });
  }

  deeper(): void {
    if (++this.depth > DEEPEST) throw this.wrong('too many nested parentheses');
  }

  back(): void {
    this.depth--;
  }

  /** Whether the token after the next is this keyword or operator. */
  follows(text: string): boolean {
    return this.texts[this.at + 1] === text && (this.kinds[this.at + 1] === OPERATOR || this.kinds[this.at + 1] === KEYWORD);
  }

  /**
   * What `parse` gives; where it fails and faults are recovered from, a broken expression up to the bracket that closes the one before `open`.
   *
   * @param start Where the expression begins that holds the brackets
   */
  recovering<T>(open: number, start: number, parse: () => T): T | BrokenExpression {
    if (!this.tolerant) return parse();
    const { depth } = this;
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const close = this.closing(open);
      if (close === undefined) throw error;
      this.depth = depth;
      this.fault(error, error.message);
      this.at = close;
      this.advance();
      return { type: 'BrokenExpression', start, end: this.end, message: error.message };
    }
  }

  /** The token that closes the bracket at token `open`. */
  private closing(open: number): number | undefined {
    let nested = 0;
    for (let i = open; this.kinds[i] !== END && this.kinds[i] !== NEWLINE; i++) {
      if (this.kinds[i] !== OPERATOR) continue;
      const text = this.texts[i];
      if (text === '(' || text === '[' || text === '{') nested++;
      else if ((text === ')' || text === ']' || text === '}') && --nested === 0) return i;
    }
    return undefined;
  }
}
