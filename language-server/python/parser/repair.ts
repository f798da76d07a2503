import type { SyntaxFault } from '../source/syntax.ts';

export interface Repair {
  /** As long as the original, so that offsets hold. */
  readonly text: string;
  /** What was changed, in order. */
  readonly offsets: readonly number[];
  readonly faults: readonly SyntaxFault[];
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** How many brackets are open around it. */
  readonly depth: number;
}

const token = new RegExp([
  String.raw`(?<space>[ \t\f\ufeff]+|\\\r?\n)`,
  String.raw`(?<newline>\r?\n|\r)`,
  String.raw`(?<comment>#[^\n\r]*)`,
  String.raw`(?<quote>[rRbBuUfFtT]{0,2}(?:"""|'''|"|'))`,
  String.raw`(?<word>[\p{ID_Start}_][\p{ID_Continue}]*)`,
  String.raw`(?<number>\.?\d(?:[eE][-+]|[\w.])*)`,
  String.raw`(?<operator>\.\.\.|\*\*=?|//=?|>>=?|<<=?|->|:=|[-+*/%@&|^=<>!]=?|[\s\S])`,
].join('|'), 'uy');

const closers: ReadonlyMap<string, string> = new Map([['(', ')'], ['[', ']'], ['{', '}']]);
const headers = new Set(['if', 'for', 'while', 'with', 'def', 'class', 'elif', 'else', 'try', 'except', 'finally', 'async']);
/** Tokens after which a line cannot end. */
const unfinished = new Set([
  '.', '=', '+=', '-=', '*=', '/=', '//=', '%=', '**=', '@=', '&=', '|=', '^=', '>>=', '<<=', ':=', '->', '+', '-', '*', '/', '//', '%', '**', '@', '&', '|', '^', '~', '<<', '>>',
  '<', '>', '==', '!=', '<=', '>=', 'in', 'and', 'or', 'not', 'is', 'if', 'else', 'as', 'lambda', 'await', 'from', 'import', 'for', 'assert', 'del', 'global', 'nonlocal',
]);

/** Lines that begin a statement and cannot go on an expression. */
const statementLine = new RegExp([
  String.raw`(?:def|class|return|import|while|with|try|raise|del|assert|pass|break|continue|global|nonlocal|async)\b`,
  String.raw`from\s+[\w.]+\s+import\b`,
  String.raw`(?:if|for|elif|else|except|finally)\b.*:\s*(?:#.*)?$`,
  String.raw`@[A-Za-z_][\w.]*\s*(?:\(.*)?$`,
  String.raw`[A-Za-z_]\w*(?:\.\w+)+(?:\[.*\])?\s*(?:[-+*/@%&|^]|//|\*\*)?=[^=]`,
].join('|'), 'my');
/** A plain assignment, which may also be a keyword argument or a parameter on a line of its own. */
const assignmentLine = /[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*\s+(?:[-+*/@%&|^]|\/\/|\*\*)?=\s[^=]/y;

/**
 * Mends half-typed lines, so that they do not take the lines after them along: brackets left open, strings that do not end on their line,
 * headers without a colon, and lines that end where they cannot.
 * What is in the way is blanked; a header with a body keeps it by a colon at its end.
 */
export function repair(text: string): Repair {
  return new Mender(text).run();
}

class Mender {
  private readonly edits: { start: number; end: number; text: string }[] = [];
  private readonly faults: SyntaxFault[] = [];
  private open: Token[] = [];
  /** The tokens of the logical line that is being read. */
  private line: Token[] = [];
  private indent = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  run(): Repair {
    const { text } = this;
    let at = 0;
    while (at < text.length) {
      token.lastIndex = at;
      const groups = token.exec(text)?.groups;
      if (!groups) break;
      const end = token.lastIndex;
      if (groups.newline !== undefined) {
        if (this.open.length === 0) this.endLine();
        else if (this.startsStatement(end)) this.endLine();
      } else if (groups.quote !== undefined) {
        at = this.string(at, end, groups.quote);
        continue;
      } else if (groups.space === undefined && groups.comment === undefined) {
        this.take({ start: at, end, text: text.slice(at, end), depth: this.open.length });
      }
      at = end;
    }
    this.endLine();
    const ordered = this.edits.sort((a, b) => a.start - b.start);
    return { text: applied(text, ordered), offsets: ordered.map(({ start }) => start), faults: this.faults };
  }

  private take(next: Token): void {
    if (this.line.length === 0) this.indent = next.start - this.lineStart(next.start);
    if (closers.has(next.text)) this.open.push(next);
    else if (next.text === ')' || next.text === ']' || next.text === '}') {
      const last = this.open[this.open.length - 1];
      if (last && closers.get(last.text) === next.text) this.open.pop();
      else {
        this.blank(next.start, next.end);
        this.fault(next, last ? `closing parenthesis '${next.text}' does not match opening parenthesis '${last.text}'` : `unmatched '${next.text}'`);
        return;
      }
    }
    this.line.push(next);
  }

  /** Reads a string; gives where to go on. */
  private string(start: number, from: number, opening: string): number {
    const quotes = opening.replace(/^[a-zA-Z]+/, '');
    const end = endOfString(this.text, from, quotes);
    if (end !== undefined) {
      this.take({ start, end, text: '""', depth: this.open.length });
      return end;
    }
    const lineEnd = this.lineEnd(start);
    const long = quotes.length === 3;
    this.fault({ start, end: lineEnd }, `unterminated ${long ? 'triple-quoted ' : ''}string literal`);
    const stop = long ? this.text.length : lineEnd;
    this.blank(start, stop);
    // brackets that this line opened cannot be told from those that go on
    const lineStart = this.lineStart(start);
    while (this.open.length > 0 && this.open[this.open.length - 1].start >= lineStart) {
      const bracket = this.open.pop() as Token;
      this.blank(bracket.start, bracket.end);
    }
    return stop;
  }

  /** Whether the line at an offset, inside of brackets, begins a statement: one at the indent of the running one or further left, or a header's body. */
  private startsStatement(at: number): boolean {
    let from = at;
    while (this.text[from] === ' ' || this.text[from] === '\t') from++;
    const header = this.line[0]?.text ?? '';
    if (from - at > this.indent && !headers.has(header)) return false;
    statementLine.lastIndex = assignmentLine.lastIndex = from;
    return statementLine.test(this.text) || (header !== 'def' && header !== 'class' && assignmentLine.test(this.text));
  }

  private endLine(): void {
    const { line, open } = this;
    this.line = [];
    this.open = [];
    if (line.length === 0) return;
    const first = line[0];
    const isHeader = headers.has(first.text) && !(first.text === 'else' && line.length > 1 && line[1].text !== ':');
    for (const bracket of open) this.fault(bracket, `'${bracket.text}' was never closed`);
    if (isHeader && (open.length > 0 || !line.some((each) => each.depth === 0 && each.text === ':'))) this.header(line, open);
    else {
      for (const bracket of open) this.blank(bracket.start, bracket.end);
      if (open.length === 0) this.end(line);
    }
  }

  /** A header whose colon is missing. */
  private header(line: readonly Token[], open: readonly Token[]): void {
    const last = line[line.length - 1];
    if (open.length === 0) this.fault(last, "expected ':'");
    if (!this.hasBody(last.end)) {
      this.blank(line[0].start, last.end);
      return;
    }
    const ending = `${open.map((bracket) => closers.get(bracket.text)).reverse().join('')}:`;
    const room = last.end - ending.length;
    const innermost = open[open.length - 1];
    if (!innermost || room > innermost.start) this.edit(room, ending);
    else {
      for (const bracket of open) this.blank(bracket.start, bracket.end);
      this.edit(last.end - 1, ':');
    }
  }

  /** A line that ends where it cannot. */
  private end(line: readonly Token[]): void {
    const [first] = line;
    const last = line[line.length - 1];
    if (first.text === 'from' && !line.some((each) => each.text === 'import')) {
      this.wrong(line, 0);
      return;
    }
    let kept = line.length;
    if (last.text === ',' && first.text === 'assert') kept--;
    while (kept > 0 && line[kept - 1].depth === 0 && isUnfinished(line, kept - 1)) kept--;
    // `a if b` without its else
    const ternary = line.findIndex((each, i) => i > 0 && i < kept && each.depth === 0 && each.text === 'if');
    if (ternary > 0 && !headers.has(first.text) && first.text !== 'case' && !line.slice(ternary, kept).some((each) => each.depth === 0 && each.text === 'else')) kept = ternary;
    if (kept === line.length) return;
    if (kept > 0 && kept === line.length - 1 && last.text === '=') this.value(last);
    else this.wrong(line, first.text === 'from' || first.text === 'import' ? 0 : kept);
  }

  /** `name =`: the name stays bound, to a value that is not known. */
  private value(equals: Token): void {
    this.fault(equals, 'invalid syntax');
    if (/[ \t]/.test(this.text[equals.end] ?? '')) this.edit(equals.end, '_');
    else if (/[ \t]/.test(this.text[equals.start - 1] ?? '')) this.edit(equals.start - 1, '=_');
    else this.blank(equals.start, equals.end);
  }

  private wrong(line: readonly Token[], from: number): void {
    const last = line[line.length - 1];
    this.fault({ start: line[from].start, end: last.end }, 'invalid syntax');
    this.blank(line[from].start, last.end);
  }

  private hasBody(from: number): boolean {
    const following = /^[ \t]*(?=[^\s#])/gm;
    following.lastIndex = this.lineEnd(from) + 1;
    const next = following.exec(this.text);
    return next !== null && next[0].length > this.indent;
  }

  private lineStart(at: number): number {
    return this.text.lastIndexOf('\n', at - 1) + 1;
  }

  private lineEnd(at: number): number {
    const newline = this.text.indexOf('\n', at);
    const end = newline < 0 ? this.text.length : newline;
    return this.text[end - 1] === '\r' && end - 1 > at ? end - 1 : end;
  }

  private blank(start: number, end: number): void {
    if (end > start) this.edits.push({ start, end, text: this.text.slice(start, end).replace(/[^\r\n]/g, ' ') });
  }

  private edit(start: number, text: string): void {
    this.edits.push({ start, end: start + text.length, text });
  }

  private fault(span: { start: number; end: number }, message: string): void {
    this.faults.push({ start: span.start, end: span.end, message });
  }
}

function isUnfinished(line: readonly Token[], at: number): boolean {
  const { text } = line[at];
  if (!unfinished.has(text)) return false;
  // `from . import *`, and `raise` and `yield` may end on what looks like a keyword or an operator only in imports
  if (text === '*' && line[at - 1]?.text === 'import') return false;
  return true;
}

/** The offset after a string's closing quotes; undefined where they are missing. */
function endOfString(text: string, from: number, quotes: string): number | undefined {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 2 : 1;
    else if (character === quotes[0] && text.startsWith(quotes, at)) return at + quotes.length;
    else if (character === '\n' && quotes.length === 1) return undefined;
  }
  return undefined;
}

function applied(text: string, edits: readonly { start: number; end: number; text: string }[]): string {
  if (edits.length === 0) return text;
  const pieces: string[] = [];
  let from = 0;
  for (const edit of edits) {
    if (edit.start < from) continue;
    pieces.push(text.slice(from, edit.start), edit.text);
    from = edit.end;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}
