import type { SyntaxFault } from '../syntax.ts';

export interface Repair {
  /** As long as the original, so that offsets hold. */
  readonly text: string;
  /** What was blanked, in order. */
  readonly offsets: readonly number[];
  readonly faults: readonly SyntaxFault[];
}

interface Open {
  readonly offset: number;
  readonly bracket: string;
  /** The indent of the statement that the bracket stands in. */
  readonly indent: number;
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const prefixed = /^(?:[rRbBuUfFtT]{0,2})("""|'''|"|')/;

/** Lines that begin a statement and cannot go on an expression. */
const statementLine = new RegExp([
  String.raw`^(?:def|class|return|import|while|with|try|raise|del|assert|pass|break|continue|global|nonlocal|async)\b`,
  String.raw`^from\s+[\w.]+\s+import\b`,
  String.raw`^(?:if|for|elif|else|except|finally)\b.*:\s*(?:#.*)?$`,
  String.raw`^@[A-Za-z_][\w.]*\s*(?:\(.*)?$`,
  String.raw`^[A-Za-z_]\w*(?:\.\w+)+(?:\[.*\])?\s*(?:[-+*/@%&|^]|//|\*\*)?=[^=]`,
  String.raw`^[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*\s+(?:[-+*/@%&|^]|//|\*\*)?=\s[^=]`,
].join('|'));

/**
 * Blanks what a half-typed line leaves open: brackets, where a later line at the same or a lower indent begins a statement or where the
 * file ends, and strings that do not end on their line. Only texts that do not parse are given to it.
 */
export function repair(text: string): Repair {
  const blanked: { start: number; end: number }[] = [];
  const faults: SyntaxFault[] = [];
  const open: Open[] = [];
  const blankBracket = ({ offset, bracket }: Open): void => {
    blanked.push({ start: offset, end: offset + 1 });
    faults.push({ start: offset, end: offset + 1, message: `'${bracket}' was never closed` });
  };
  let at = 0;
  let lineStart = true;
  let indent = 0;
  while (at < text.length) {
    if (lineStart) {
      lineStart = false;
      const from = at;
      while (text[at] === ' ' || text[at] === '\t') at++;
      const width = at - from;
      if (open.length === 0) indent = width;
      else if (width <= open[0].indent && statementLine.test(lineAt(text, at))) {
        for (const each of open) blankBracket(each);
        open.length = 0;
        indent = width;
      }
      continue;
    }
    const character = text[at];
    if (character === '\n') {
      at++;
      lineStart = true;
    } else if (character === '#') {
      at = endOfLine(text, at);
    } else if (character === '\\') {
      at += text[at + 1] === '\r' ? 3 : 2;
    } else if (/[A-Za-z_]/.test(character) || character === '"' || character === "'") {
      const literal = prefixed.exec(text.slice(at, at + 6));
      if (literal) {
        const end = endOfString(text, at + literal[0].length, literal[1], /r/i.test(literal[0]));
        if (end === undefined) {
          const stop = literal[1].length === 1 ? endOfLine(text, at) : text.length;
          if (literal[1].length === 1) blanked.push({ start: at, end: stop });
          const kind = literal[1].length === 3 ? 'triple-quoted string' : 'string';
          faults.push({ start: at, end: endOfLine(text, at), message: `unterminated ${kind} literal` });
          while (open.length > 0 && text.lastIndexOf('\n', at) < open[open.length - 1].offset && stop < text.length) blankBracket(open.pop() as Open);
          at = stop;
        } else at = end;
      } else while (at < text.length && /[\p{ID_Continue}]/u.test(text[at])) at++;
    } else if (character in closers) {
      open.push({ offset: at, bracket: character, indent });
      at++;
    } else if (character === ')' || character === ']' || character === '}') {
      const last = open[open.length - 1];
      if (last && closers[last.bracket] === character) open.pop();
      else {
        blanked.push({ start: at, end: at + 1 });
        faults.push({
          start: at, end: at + 1,
          message: last ? `closing parenthesis '${character}' does not match opening parenthesis '${last.bracket}'` : `unmatched '${character}'`,
        });
      }
      at++;
    } else at++;
  }
  for (const each of open) blankBracket(each);
  return { text: blank(text, blanked), offsets: blanked.map(({ start }) => start).sort((a, b) => a - b), faults };
}

function lineAt(text: string, at: number): string {
  return text.slice(at, endOfLine(text, at));
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  return text[end - 1] === '\r' && end - 1 > at ? end - 1 : end;
}

/** The offset after a string's closing quotes; undefined where they are missing. */
function endOfString(text: string, from: number, quotes: string, _raw: boolean): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 2 : 1;
    else if (text.startsWith(quotes, at)) return at + quotes.length;
    else if (text[at] === '\n' && quotes.length === 1) return undefined;
  }
  return undefined;
}

function blank(text: string, ranges: readonly { start: number; end: number }[]): string {
  const ordered = [...ranges].sort((a, b) => a.start - b.start);
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of ordered) {
    if (start < from) continue;
    pieces.push(text.slice(from, start), ' '.repeat(end - start));
    from = end;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}
