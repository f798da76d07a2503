import type { Expression, FormattedValue, JoinedStr } from '../source/syntax.ts';
import { ExpressionParser } from './expressions.ts';
import { Fault } from './fault.ts';
import { decodeFormatText, decodeString, stringKind } from './literals.ts';
import type { StringKind } from './literals.ts';
import { endOfExpression, endOfField } from './string-scan.ts';
import { END, STRING, tokenizeExpression } from './tokens.ts';

type Parts = (string | FormattedValue)[];

/** A string literal, or several side by side, which are one. */
export function strings(parser: ExpressionParser): Expression {
  const { start, text } = parser;
  const parts: Parts = [];
  let formatted = false;
  let bytes = 0;
  let count = 0;
  while (parser.kind === STRING) {
    const from = parser.start;
    parser.advance();
    let quote = from;
    while (text[quote] !== '"' && text[quote] !== "'") quote++;
    const quotes = text.startsWith(text[quote].repeat(3), quote) && parser.end - quote >= 6 ? text[quote].repeat(3) : text[quote];
    const kind = stringKind(text.slice(from, quote + quotes.length));
    const inner = quote + quotes.length;
    const end = parser.end - quotes.length;
    count++;
    if (kind.bytes) bytes++;
    if (kind.formatted) {
      formatted = true;
      fill(parser, inner, end, quotes, kind, parts);
    } else parts.push(decodeString(text.slice(inner, end), kind));
  }
  const { end } = parser;
  if (bytes !== 0 && bytes !== count) throw new Fault(start, end, 'cannot mix bytes and nonbytes literals');
  if (formatted) return { type: 'JoinedStr', start, end, parts: merge(parts) };
  return { type: 'Constant', start, end, value: { kind: bytes > 0 ? 'bytes' : 'str', value: parts.length === 1 ? parts[0] as string : parts.join('') } };
}

/** The literal text and the fields between two offsets. */
function fill(parser: ExpressionParser, from: number, to: number, quotes: string, kind: StringKind, parts: Parts, specification = false): void {
  const { text } = parser;
  let literal = from;
  const flush = (end: number): void => {
    if (end > literal) parts.push(specification ? decodeString(text.slice(literal, end), kind) : decodeFormatText(text.slice(literal, end), kind));
  };
  for (let i = from; i < to;) {
    const character = text[i];
    if (character === '\\' && !kind.raw && text.startsWith('\\N{', i)) i = text.indexOf('}', i) + 1 || to;
    else if (character === '\\') i += text[i + 1] === '{' || text[i + 1] === '}' ? 1 : 2;
    else if (character === '{' && text[i + 1] === '{' && !specification) i += 2;
    else if (character === '{') {
      flush(i);
      const end = endOfField(text, i, quotes);
      if (end === undefined || end > to) throw new Fault(i, i + 1, "f-string: expecting '}'");
      field(parser, i, end, quotes, kind, parts);
      i = literal = end;
    } else if (character === '}' && !specification) {
      if (text[i + 1] !== '}') throw new Fault(i, i + 1, "f-string: single '}' is not allowed");
      i += 2;
    } else i++;
  }
  flush(to);
}

/** One replacement field, its braces included. */
function field(parser: ExpressionParser, open: number, end: number, quotes: string, kind: StringKind, parts: Parts): void {
  const { text } = parser;
  let stop = endOfExpression(text, open + 1, quotes) as number;
  const after = stop;
  // `{x = }` shows the expression's text too
  const equals = /(?<![=!<>])=\s*$/.exec(text.slice(open + 1, stop));
  if (equals) {
    parts.push(text.slice(open + 1, stop));
    stop = open + 1 + equals.index;
  }
  if (text.slice(open + 1, stop).trim() === '') throw new Fault(open, end, "f-string: valid expression required before '}'");
  const inner = new ExpressionParser(text, tokenizeExpression(text, open + 1, stop), false, parser.faults, parser.functions);
  const value = inner.is('yield') ? inner.yielded() : inner.expressionsOrNamed();
  if (inner.kind !== END) throw inner.wrong('f-string: invalid syntax');
  let at = after;
  let conversion: FormattedValue['conversion'];
  if (text[at] === '!') {
    const match = /^!\s*(\w*)\s*/.exec(text.slice(at, end)) as RegExpExecArray;
    const [, letter] = match;
    if (letter !== 's' && letter !== 'r' && letter !== 'a') {
      throw new Fault(at, at + match[0].length, `f-string: invalid conversion character '${letter}': expected 's', 'r', or 'a'`);
    }
    conversion = letter;
    at += match[0].length;
  }
  let format: JoinedStr | undefined;
  if (text[at] === ':') {
    const inside: Parts = [];
    fill(parser, at + 1, end - 1, quotes, kind, inside, true);
    format = { type: 'JoinedStr', start: at, end: end - 1, parts: merge(inside) };
  } else if (equals && conversion === undefined) conversion = 'r';
  parts.push({ type: 'FormattedValue', start: open, end, value, conversion, format });
}

/** Neighbouring texts as one, none of them empty. */
function merge(parts: Parts): Parts {
  const result: Parts = [];
  for (const part of parts) {
    const last = result[result.length - 1];
    if (typeof part !== 'string') result.push(part);
    else if (part === '') continue;
    else if (typeof last === 'string') result[result.length - 1] = last + part;
    else result.push(part);
  }
  return result;
}
