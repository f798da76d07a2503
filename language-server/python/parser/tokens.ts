/** Python's tokens, with its layout: NEWLINE, INDENT and DEDENT. */
import type { SyntaxFault } from '../source/syntax.ts';
import { Fault } from './fault.ts';
import { endOfFormatted, endOfPlain, stringPrefix } from './string-scan.ts';

/** Kinds of tokens; keywords and operators are told apart by their text. */
export const NAME = 0;
export const KEYWORD = 1;
export const NUMBER = 2;
export const STRING = 3;
export const OPERATOR = 4;
export const NEWLINE = 5;
export const INDENT = 6;
export const DEDENT = 7;
export const END = 8;

export interface Tokens {
  readonly kinds: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Of names (in their normal form), keywords and operators; empty for others. */
  readonly texts: readonly string[];
}

const keywords = new Set([
  'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally', 'for', 'from', 'global', 'if',
  'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield',
]);

const asciiName = /[A-Za-z_][A-Za-z0-9_]*/y;
const anyName = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const number = /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][-+]?\d(?:_?\d)*)?[jJ]?/y;
const operator = /\.\.\.|\*\*=?|\/\/=?|>>=?|<<=?|->|:=|[-+*/%@&|^=<>!]=|<>|[-+*/%@&|^=<>()[\]{},:.;~]/y;
const space = /[ \t\f]+/y;

/** An operator that is none: stands where the text cannot be cut into tokens, so that its statement fails. */
const NOTHING = '?';

/**
 * The tokens of a file.
 *
 * @param faults Takes what is wrong with the text; left out, it is thrown
 * @throws Fault
 */
export function tokenize(text: string, faults?: SyntaxFault[]): Tokens {
  return new Tokenizer(text, text.length, false, faults).run(0);
}

/**
 * The tokens of an expression inside of brackets or of an f-string, where lines do not count.
 *
 * @throws Fault
 */
export function tokenizeExpression(text: string, from: number, to: number): Tokens {
  return new Tokenizer(text, to, true).run(from);
}

class Tokenizer {
  private readonly kinds: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly texts: string[] = [];
  private readonly brackets: { readonly text: string; readonly at: number }[] = [];
  private readonly indents = [0];
  private readonly text: string;
  private readonly to: number;
  private readonly bracketed: boolean;
  private readonly faults: SyntaxFault[] | undefined;

  constructor(text: string, to: number, bracketed: boolean, faults?: SyntaxFault[]) {
    this.text = text;
    this.to = to;
    this.bracketed = bracketed;
    this.faults = faults;
  }

  run(from: number): Tokens {
    const { text, to } = this;
    let at = from;
    if (at === 0 && text.charCodeAt(0) === 0xfeff) at = 1;
    if (!this.bracketed) at = this.indent(at);
    while (at < to) {
      const code = text.charCodeAt(at);
      if (code === 32 || code === 9 || code === 12) {
        space.lastIndex = at;
        space.test(text);
        at = space.lastIndex;
      } else if (code === 10 || code === 13) {
        const after = code === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
        if (this.bracketed || this.brackets.length > 0) at = after;
        else {
          if (this.kinds.length > 0 && this.kinds[this.kinds.length - 1] < NEWLINE) this.push(NEWLINE, at, at, '');
          at = this.indent(after);
        }
      } else if (code === 35) {
        while (at < to && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
      } else if (code === 92) at = this.continuation(at);
      else at = this.token(at, code);
    }
    const open = this.brackets[this.brackets.length - 1];
    if (open) this.wrong(open.at, open.at + 1, `'${open.text}' was never closed`);
    if (this.kinds.length > 0 && this.kinds[this.kinds.length - 1] < NEWLINE && !this.bracketed) this.push(NEWLINE, to, to, '');
    for (let i = this.indents.length; i > 1; i--) this.push(DEDENT, to, to, '');
    this.push(END, to, to, '');
    return { kinds: this.kinds, starts: this.starts, ends: this.ends, texts: this.texts };
  }

  private wrong(start: number, end: number, message: string): void {
    if (!this.faults) throw new Fault(start, end, message);
    this.faults.push({ start, end, message });
  }

  private push(kind: number, start: number, end: number, text: string): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
    this.texts.push(text);
  }

  /** Measures the indentation of the line at an offset, passing over blank lines; gives where its first token begins. */
  private indent(lineStart: number): number {
    const { text, to, indents } = this;
    let at = lineStart;
    let width = 0;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === 32) width++;
      else if (code === 9) width = (Math.floor(width / 8) + 1) * 8;
      else if (code === 12) width = 0;
      else if (code === 10 || code === 13) width = 0;
      else if (code === 35) {
        while (at + 1 < to && text.charCodeAt(at + 1) !== 10 && text.charCodeAt(at + 1) !== 13) at++;
      } else break;
    }
    if (at >= to) return at;
    // a line that is only a continuation counts where it goes on
    if (text.charCodeAt(at) === 92) return at;
    if (width > indents[indents.length - 1]) {
      indents.push(width);
      this.push(INDENT, at, at, '');
    } else {
      while (width < indents[indents.length - 1]) {
        indents.pop();
        this.push(DEDENT, at, at, '');
      }
      if (width > indents[indents.length - 1]) this.wrong(at, at + 1, 'unindent does not match any outer indentation level');
    }
    return at;
  }

  private continuation(at: number): number {
    const { text } = this;
    const code = text.charCodeAt(at + 1);
    if (code === 10) return at + 2;
    if (code === 13) return text.charCodeAt(at + 2) === 10 ? at + 3 : at + 2;
    this.wrong(at, at + 1, 'unexpected character after line continuation character');
    this.push(OPERATOR, at, at + 1, NOTHING);
    return at + 1;
  }

  private token(at: number, code: number): number {
    const { text } = this;
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127) return this.name(at);
    if (code === 34 || code === 39) return this.string(at, at, '');
    if ((code >= 48 && code <= 57) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) return this.number(at);
    operator.lastIndex = at;
    const match = operator.exec(text);
    if (!match) {
      this.wrong(at, at + 1, 'invalid syntax');
      this.push(OPERATOR, at, at + 1, NOTHING);
      return at + 1;
    }
    const [found] = match;
    if (found === '(' || found === '[' || found === '{') this.brackets.push({ text: found, at });
    else if (found === ')' || found === ']' || found === '}') this.close(found, at);
    this.push(OPERATOR, at, operator.lastIndex, found);
    return operator.lastIndex;
  }

  private close(closer: string, at: number): void {
    const open = this.brackets.pop();
    if (!open) {
      this.wrong(at, at + 1, `unmatched '${closer}'`);
      return;
    }
    if ((open.text === '(') !== (closer === ')') || (open.text === '[') !== (closer === ']')) {
      this.wrong(at, at + 1, `closing parenthesis '${closer}' does not match opening parenthesis '${open.text}'`);
    }
  }

  private name(at: number): number {
    const { text } = this;
    asciiName.lastIndex = at;
    let match = asciiName.exec(text);
    let end = match ? asciiName.lastIndex : at;
    if (!match || text.charCodeAt(end) > 127) {
      anyName.lastIndex = at;
      match = anyName.exec(text);
      if (!match) {
        const code = text.codePointAt(at) as number;
        const after = at + (code > 0xffff ? 2 : 1);
        this.wrong(at, after, `invalid character '${String.fromCodePoint(code)}' (U+${code.toString(16).toUpperCase().padStart(4, '0')})`);
        this.push(OPERATOR, at, after, NOTHING);
        return after;
      }
      end = anyName.lastIndex;
      this.push(NAME, at, end, match[0].normalize('NFKC'));
      return end;
    }
    const [found] = match;
    const next = text.charCodeAt(end);
    if ((next === 34 || next === 39) && found.length < 3 && stringPrefix.test(found)) return this.string(at, end, found);
    this.push(keywords.has(found) ? KEYWORD : NAME, at, end, found);
    return end;
  }

  private string(start: number, quoteAt: number, prefix: string): number {
    const formatted = /[fFtT]/.test(prefix);
    const end = formatted ? endOfFormatted(this.text, quoteAt) : endOfPlain(this.text, quoteAt);
    if (end !== undefined && end <= this.to) {
      this.push(STRING, start, end, '');
      return end;
    }
    const long = this.text.startsWith(this.text[quoteAt].repeat(3), quoteAt);
    const newline = this.text.indexOf('\n', start);
    const lineEnd = newline < 0 || newline > this.to ? this.to : newline;
    this.wrong(start, lineEnd, `unterminated ${long ? 'triple-quoted ' : ''}string literal`);
    this.push(OPERATOR, start, lineEnd, NOTHING);
    return lineEnd;
  }

  private number(at: number): number {
    const { text } = this;
    number.lastIndex = at;
    number.test(text);
    const end = number.lastIndex;
    asciiName.lastIndex = end;
    const glued = asciiName.exec(text)?.[0];
    // `1if x else 2` is still allowed
    if (glued !== undefined && !/^(?:and|else|for|if|in|is|or|not)$/.test(glued)) this.wrong(at, end + 1, 'invalid decimal literal');
    this.push(NUMBER, at, end, '');
    return end;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
