/** How strings and bytes are written as literals. */

const escapes: ReadonlyMap<string, string> = new Map([['\\', '\\\\'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t']]);
const unprintable = /[\\\n\r\t]|(?! )[\p{C}\p{Z}]/gu;

/** `repr(text)`. */
export function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(unprintable, (character) => escapes.get(character) ?? escaped(character.codePointAt(0) as number));
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

/** `ascii(text)` of a repr: what is not ASCII is escaped. */
export function asciiOnly(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[^\x00-\x7f]/gu, (character) => escaped(character.codePointAt(0) as number));
}

function escaped(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** `repr(value)` of bytes, given as one code unit a byte. */
export function bytesRepr(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  let body = '';
  for (const character of value) {
    const code = character.charCodeAt(0);
    if (character === quote || character === '\\') body += `\\${character}`;
    else body += escapes.get(character) ?? (code < 32 || code > 126 ? `\\x${code.toString(16).padStart(2, '0')}` : character);
  }
  return `b${quote}${body}${quote}`;
}
