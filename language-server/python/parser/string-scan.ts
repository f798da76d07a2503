/** Where string literals end, f-strings with all that they nest included. */

/** What may stand before a string's quotes. */
export const stringPrefix = /^(?:[bB]?[rR]|[rR][bBfFtT]|[fFtT][rR]|[uUbBfFtT])$/;

function quotesAt(text: string, at: number): string {
  const quote = text[at];
  return text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
}

/** The offset after a plain string whose quotes begin at `at`; undefined where they are not closed. */
export function endOfPlain(text: string, at: number): number | undefined {
  const quotes = quotesAt(text, at);
  const quote = quotes.charCodeAt(0);
  for (let i = at + quotes.length; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i += text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10 ? 2 : 1;
    else if (code === quote && (quotes.length === 1 || text.startsWith(quotes, i))) return i + quotes.length;
    else if ((code === 10 || code === 13) && quotes.length === 1) return undefined;
  }
  return undefined;
}

/** The same for an f-string: quotes inside of its braces are not its own. */
export function endOfFormatted(text: string, at: number): number | undefined {
  const quotes = quotesAt(text, at);
  return literal(text, at + quotes.length, quotes, false);
}

/** Passes over literal text up to the closing quotes, or in a format specification up to the closing brace, which is left. */
function literal(text: string, from: number, quotes: string, specification: boolean): number | undefined {
  for (let i = from; i < text.length;) {
    const character = text[i];
    if (character === '\\' && !text.startsWith('\\N{', i)) i += text[i + 1] === '{' || text[i + 1] === '}' ? 1 : 2;
    else if (character === '\\') {
      const end = text.indexOf('}', i);
      i = end < 0 ? i + 2 : end + 1;
    } else if (character === '{') {
      if (text[i + 1] === '{' && !specification) i += 2;
      else {
        const end = endOfField(text, i, quotes);
        if (end === undefined) return undefined;
        i = end;
      }
    } else if (character === '}') {
      if (specification) return i;
      i++;
    } else if (text.startsWith(quotes, i)) return specification ? undefined : i + quotes.length;
    else if ((character === '\n' || character === '\r') && quotes.length === 1) return undefined;
    else i++;
  }
  return undefined;
}

/** The offset after a replacement field that begins with the brace at `at`. */
export function endOfField(text: string, at: number, quotes: string): number | undefined {
  const end = endOfExpression(text, at + 1, quotes);
  if (end === undefined) return undefined;
  if (text[end] === '}') return end + 1;
  // a conversion, then a format specification
  let i = end;
  if (text[i] === '!') while (i < text.length && text[i] !== ':' && text[i] !== '}') i++;
  if (text[i] === '}') return i + 1;
  const close = literal(text, i + 1, quotes, true);
  return close === undefined ? undefined : close + 1;
}

/** Where the expression of a field ends: at its `!`, `:` or `}` outside of brackets and strings. */
export function endOfExpression(text: string, from: number, quotes: string): number | undefined {
  let depth = 0;
  for (let i = from; i < text.length;) {
    const character = text[i];
    if (character === '"' || character === "'") {
      // where old f-strings may not nest their own quotes, the text ends here
      let start = i;
      while (start > from && /[a-zA-Z]/.test(text[start - 1])) start--;
      const prefix = text.slice(start, i);
      const end = /[fFtT]/.test(prefix) && stringPrefix.test(prefix) ? endOfFormatted(text, i) : endOfPlain(text, i);
      if (end === undefined) return undefined;
      i = end;
    } else if (character === '(' || character === '[' || character === '{') {
      depth++;
      i++;
    } else if (character === ')' || character === ']') {
      depth--;
      i++;
    } else if (character === '}') {
      if (depth === 0) return i;
      depth--;
      i++;
    } else if (depth === 0 && character === ':') return i;
    else if (depth === 0 && character === '!' && text[i + 1] !== '=') return i;
    else if (character === '#' && quotes.length === 3) {
      const newline = text.indexOf('\n', i);
      if (newline < 0) return undefined;
      i = newline;
    } else if (character === '\n' && quotes.length === 1 && depth === 0) return undefined;
    else i++;
  }
  return undefined;
}
