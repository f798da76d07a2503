/** Values of Python's literals. */

const simpleEscapes: Readonly<Record<string, string>> = {
  '\\': '\\', '\'': '\'', '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\n': '',
};

const escape = /\\(?:(\n)|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|([\s\S]))/g;

export interface StringKind {
  readonly raw: boolean;
  readonly bytes: boolean;
  /** f-strings and template strings. */
  readonly formatted: boolean;
}

/** What the opening of a string, such as `rb"""`, says. */
export function stringKind(opening: string): StringKind {
  const prefix = opening.replace(/["']+$/, '').toLowerCase();
  return { raw: prefix.includes('r'), bytes: prefix.includes('b'), formatted: prefix.includes('f') || prefix.includes('t') };
}

/** The value of the text between a string's quotes. Bytes are one UTF-16 unit each. */
export function decodeString(source: string, kind: StringKind): string {
  let text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  if (!kind.raw && text.includes('\\')) {
    text = text.replace(escape, (all, newline, octal, hex, short, long, name, other) => {
      if (newline !== undefined) return '';
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & (kind.bytes ? 0xff : 0x1ff));
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (other !== undefined) return simpleEscapes[other] ?? all;
      if (kind.bytes) return all;
      if (name !== undefined) return namedCharacters[name.toUpperCase()] ?? '\ufffd';
      const code = parseInt(short ?? long, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    });
  }
  return text;
}

/** The value of literal text in an f-string, where braces are doubled. */
export function decodeFormatText(source: string, kind: StringKind): string {
  // \N{...} keeps its braces, so doubled braces are undone outside of it
  const pieces = kind.raw ? [source] : source.split(/(\\N\{[^}]*\})/);
  return pieces.map((piece, i) => decodeString(i % 2 === 1 ? piece : piece.replaceAll('{{', '{').replaceAll('}}', '}'), kind)).join('');
}

/** The few of Unicode's names that model code prints; others become U+FFFD, since the table of all names is a megabyte. */
const namedCharacters: Readonly<Record<string, string>> = {
  'DEGREE SIGN': '\u00b0', 'MICRO SIGN': '\u00b5', 'PLUS-MINUS SIGN': '\u00b1', 'MULTIPLICATION SIGN': '\u00d7', 'BULLET': '\u2022',
  'EM DASH': '\u2014', 'EN DASH': '\u2013', 'NO-BREAK SPACE': '\u00a0', 'GREEK SMALL LETTER ALPHA': '\u03b1', 'GREEK SMALL LETTER BETA': '\u03b2',
  'GREEK SMALL LETTER LAMDA': '\u03bb', 'GREEK SMALL LETTER LAMBDA': '\u03bb', 'GREEK SMALL LETTER MU': '\u03bc', 'GREEK SMALL LETTER SIGMA': '\u03c3',
  'RIGHTWARDS ARROW': '\u2192', 'CHECK MARK': '\u2713', 'BALLOT X': '\u2717', 'LATIN SMALL LETTER SHARP S': '\u00df',
};

export type NumberValue =
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'complex'; readonly imaginary: number };

/** The value of a number literal, or the sentence that CPython refuses it with. */
export function decodeNumber(source: string): NumberValue | { readonly kind: 'fault'; readonly message: string } {
  const text = source.replaceAll('_', '');
  if (/^0[xob]/i.test(text)) {
    return /l$/i.test(text) ? { kind: 'fault', message: 'invalid hexadecimal literal' } : integer(BigInt(text));
  }
  if (/j$/i.test(text)) return { kind: 'complex', imaginary: Number(text.slice(0, -1)) };
  if (/[.eE]/.test(text)) return { kind: 'float', value: Number(text) };
  if (/l$/i.test(text)) return { kind: 'fault', message: 'invalid decimal literal' };
  if (/^0+[1-9]/.test(text)) {
    return { kind: 'fault', message: 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers' };
  }
  return text.length < 16 ? { kind: 'int', value: Number(text) } : integer(BigInt(text));
}

function integer(value: bigint): NumberValue {
  const small = value <= BigInt(Number.MAX_SAFE_INTEGER);
  return { kind: 'int', value: small ? Number(value) : value };
}
