/** Constructor and methods of str. Positions count code points. */
import { type Interpreter, type Keywords, NotKnown } from '../interpreter-api.ts';
import { method, staticMethod } from '../native.ts';
import { braceFormat, keywordLookup } from '../text/brace-format.ts';
import { percentFormat } from '../text/percent-format.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import type { PyClass} from '../values/index.ts';
import { plain, PyBytes, PyDict, PyList, PyTuple, type Value } from '../values/index.ts';
import { toText } from './known.ts';
import { asInstance } from './numbers.ts';
import { decodeBytes, encodeText } from './bytes.ts';

staticMethod(classes.str, '__new__', 'cls, object=, encoding=, errors=', (interpreter, cls: PyClass, value: Value = '', encoding: Value | undefined) => {
  if (encoding !== undefined && value instanceof PyBytes) return asInstance(cls, classes.str, decodeBytes(interpreter, value, encoding));
  return asInstance(cls, classes.str, interpreter.str(value));
});

const surrogates = /[\ud800-\udfff]/;

/** The text as an array of code points where it is not the same as its UTF-16 units. */
function points(text: string): string | string[] {
  return surrogates.test(text) ? [...text] : text;
}

function sub(text: string, start: number, end: number): string {
  const units = points(text);
  return typeof units === 'string' ? units.slice(start, end) : units.slice(start, end).join('');
}

/** `text[start:end]` as the search methods clamp it, and where it begins; undefined where start lies behind the end. */
function window(interpreter: Interpreter, text: string, start: Value | undefined, end: Value | undefined): { part: string; from: number } | undefined {
  const { length } = points(text);
  const clamp = (value: Value | undefined, otherwise: number): number => {
    if (value === undefined || value === null) return otherwise;
    const at = interpreter.toNumber(value);
    return at < 0 ? Math.max(0, at + length) : at;
  };
  const from = clamp(start, 0);
  const to = Math.min(length, clamp(end, length));
  return from > length || from > to ? undefined : { part: sub(text, from, to), from };
}

const own = (self: Value): string => plain(self) as string;
const argument = (interpreter: Interpreter, value: Value, name: string): string => toText(interpreter, value, (type) => `${name}() argument must be str, not ${type}`);
const mustBe = (interpreter: Interpreter, value: Value): string => toText(interpreter, value, (type) => `must be str, not ${type}`);

function define(name: string, signature: string, body: (interpreter: Interpreter, self: string, ...parameters: never[]) => Value): void {
  method(classes.str, name, signature, (interpreter, self: Value, ...parameters) => body(interpreter, own(self), ...parameters as never[]));
}

function simple(name: string, body: (self: string) => Value): void {
  define(name, '', (_interpreter, self) => body(self));
}

simple('lower', (self) => self.toLowerCase());
simple('upper', (self) => self.toUpperCase());
simple('casefold', (self) => self.replaceAll('ß', 'ss').toLowerCase());
simple('capitalize', (self) => sub(self, 0, 1).toUpperCase() + self.slice(sub(self, 0, 1).length).toLowerCase());
simple('swapcase', (self) => [...self].map((each) => (each === each.toUpperCase() ? each.toLowerCase() : each.toUpperCase())).join(''));
simple('title', (self) => self.replace(/\p{L}+/gu, (word) => sub(word, 0, 1).toUpperCase() + word.slice(sub(word, 0, 1).length).toLowerCase()));

const whole = (pattern: RegExp): ((self: string) => boolean) => (self) => pattern.test(self);
simple('isalpha', whole(/^\p{L}+$/u));
simple('isdigit', whole(/^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u));
simple('isdecimal', whole(/^\p{Nd}+$/u));
simple('isnumeric', whole(/^\p{N}+$/u));
simple('isalnum', whole(/^[\p{L}\p{N}]+$/u));
// oxlint-disable-next-line no-control-regex
simple('isspace', whole(/^[\s\x1c-\x1f\x85]+$/u));
simple('isidentifier', whole(/^[\p{ID_Start}_]\p{ID_Continue}*$/u));
simple('isprintable', (self) => !/(?! )[\p{C}\p{Z}]/u.test(self));
// oxlint-disable-next-line no-control-regex
simple('isascii', whole(/^[\x00-\x7f]*$/));
simple('islower', (self) => /\p{Ll}/u.test(self) && !/[\p{Lu}\p{Lt}]/u.test(self));
simple('isupper', (self) => /\p{Lu}/u.test(self) && !/[\p{Ll}\p{Lt}]/u.test(self));
simple('istitle', (self) => /\p{L}/u.test(self) && (self.match(/\p{L}+/gu) ?? []).every((word) => /^[\p{Lu}\p{Lt}]\P{Lu}*$/u.test(word)));

function strip(interpreter: Interpreter, text: string, characters: Value, name: string, left: boolean, right: boolean): string {
  // oxlint-disable-next-line no-control-regex
  let drop: (each: string) => boolean = (each) => /^[\s\x1c-\x1f\x85]$/.test(each);
  if (characters !== null && characters !== undefined) {
    const set = new Set(toText(interpreter, characters, (type) => `${name} arg must be None or str, not ${type}`));
    drop = (each) => set.has(each);
  }
  const units = [...text];
  let start = 0;
  let end = units.length;
  if (left) while (start < end && drop(units[start])) start++;
  if (right) while (end > start && drop(units[end - 1])) end--;
  return units.slice(start, end).join('');
}
define('strip', 'chars=, /', (interpreter, self, characters: Value = null) => strip(interpreter, self, characters, 'strip', true, true));
define('lstrip', 'chars=, /', (interpreter, self, characters: Value = null) => strip(interpreter, self, characters, 'lstrip', true, false));
define('rstrip', 'chars=, /', (interpreter, self, characters: Value = null) => strip(interpreter, self, characters, 'rstrip', false, true));
define('removeprefix', 'prefix, /', (interpreter, self, prefix: Value) => {
  const text = argument(interpreter, prefix, 'removeprefix');
  return self.startsWith(text) ? self.slice(text.length) : self;
});
define('removesuffix', 'suffix, /', (interpreter, self, suffix: Value) => {
  const text = argument(interpreter, suffix, 'removesuffix');
  return text !== '' && self.endsWith(text) ? self.slice(0, -text.length) : self;
});

function affix(name: 'startswith' | 'endswith', matches: (text: string, affix: string) => boolean): void {
  define(name, 'affix, start=, end=, /', (interpreter, self, wanted: Value, start: Value | undefined, end: Value | undefined) => {
    const options = wanted instanceof PyTuple ? wanted.items : [wanted];
    const seen = window(interpreter, self, start, end);
    return options.some((option) => {
      const text = toText(interpreter, option, (type) => (wanted instanceof PyTuple ? `tuple for ${name} must only contain str, not ${type}`
        : `${name} first arg must be str or a tuple of str, not ${type}`));
      return seen !== undefined && matches(seen.part, text);
    });
  });
}
affix('startswith', (text, prefix) => text.startsWith(prefix));
affix('endswith', (text, suffix) => text.endsWith(suffix));

function search(name: string, last: boolean, onMissing: ((interpreter: Interpreter) => Value) | undefined): void {
  define(name, 'sub, start=, end=, /', (interpreter, self, wanted: Value, start: Value | undefined, end: Value | undefined) => {
    const text = mustBe(interpreter, wanted);
    const seen = window(interpreter, self, start, end);
    const at = seen === undefined ? -1 : last ? seen.part.lastIndexOf(text) : seen.part.indexOf(text);
    if (seen === undefined || at < 0) return onMissing ? onMissing(interpreter) : -1;
    return seen.from + points(seen.part.slice(0, at)).length;
  });
}
const notFound = (interpreter: Interpreter): never => {
  throw interpreter.error(exceptions.ValueError, 'substring not found');
};
search('find', false, undefined);
search('rfind', true, undefined);
search('index', false, notFound);
search('rindex', true, notFound);
define('count', 'sub, start=, end=, /', (interpreter, self, wanted: Value, start: Value | undefined, end: Value | undefined) => {
  const text = mustBe(interpreter, wanted);
  const seen = window(interpreter, self, start, end);
  if (seen === undefined) return 0;
  return text === '' ? points(seen.part).length + 1 : seen.part.split(text).length - 1;
});
define('replace', 'old, new, count=, /', (interpreter, self, old: Value, by: Value, count: Value = -1) => {
  const from = toText(interpreter, old, (type) => `replace() argument 1 must be str, not ${type}`);
  const to = toText(interpreter, by, (type) => `replace() argument 2 must be str, not ${type}`);
  const limit = interpreter.toNumber(count);
  if (limit < 0) return from === '' ? [...self].map((each) => to + each).join('') + to : self.split(from).join(to);
  const pieces = from === '' ? ['', ...self] : self.split(from);
  return pieces.slice(0, limit).map((piece) => piece + to).join('') + pieces.slice(limit).join(from);
});

define('split', 'sep=, maxsplit=', (interpreter, self, separator: Value = null, limit: Value = -1) => new PyList(split(interpreter, self, separator, interpreter.toNumber(limit))));
define('rsplit', 'sep=, maxsplit=', (interpreter, self, separator: Value = null, limit: Value = -1) => {
  const reverse = (text: string): string => [...text].reverse().join('');
  const backwards = typeof separator === 'string' ? reverse(separator) : separator;
  return new PyList(split(interpreter, reverse(self), backwards, interpreter.toNumber(limit)).map(reverse).reverse());
});

function split(interpreter: Interpreter, text: string, separator: Value, limit: number): string[] {
  if (separator === null) {
    const words: string[] = [];
    let rest = text.trimStart();
    while (rest !== '') {
      if (limit >= 0 && words.length === limit) {
        words.push(rest.trimEnd());
        break;
      }
      const word = /^\S+/.exec(rest)![0];
      words.push(word);
      rest = rest.slice(word.length).trimStart();
    }
    return words;
  }
  const by = mustBe(interpreter, separator);
  if (by === '') throw interpreter.error(exceptions.ValueError, 'empty separator');
  const pieces = text.split(by);
  return limit < 0 || pieces.length <= limit + 1 ? pieces : [...pieces.slice(0, limit), pieces.slice(limit).join(by)];
}
define('splitlines', 'keepends=', (interpreter, self, keep: Value = false) => {
  // oxlint-disable-next-line no-control-regex
  const lines = self.match(/[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)/g)!.slice(0, -1);
  if (self !== '' && !/[\n\r\v\f\u2028\u2029]$/.test(self) && lines.join('') !== self) lines.push(self.slice(lines.join('').length));
  // oxlint-disable-next-line no-control-regex
  return new PyList(interpreter.decided(keep) ? lines : lines.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, '')));
});
define('partition', 'sep, /', (interpreter, self, separator: Value) => {
  const by = mustBe(interpreter, separator);
  if (by === '') throw interpreter.error(exceptions.ValueError, 'empty separator');
  const at = self.indexOf(by);
  return new PyTuple(at < 0 ? [self, '', ''] : [self.slice(0, at), by, self.slice(at + by.length)]);
});
define('rpartition', 'sep, /', (interpreter, self, separator: Value) => {
  const by = mustBe(interpreter, separator);
  if (by === '') throw interpreter.error(exceptions.ValueError, 'empty separator');
  const at = self.lastIndexOf(by);
  return new PyTuple(at < 0 ? ['', '', self] : [self.slice(0, at), by, self.slice(at + by.length)]);
});
define('join', 'iterable, /', (interpreter, self, iterable: Value) => {
  const items = interpreter.toArray(iterable);
  return items.map((item, i) => toText(interpreter, item, (type) => `sequence item ${i}: expected str instance, ${type} found`)).join(self);
});

function fill(interpreter: Interpreter, by: Value | undefined): string {
  if (by === undefined) return ' ';
  const text = toText(interpreter, by, (type) => `The fill character must be a unicode character, not ${type}`);
  if ([...text].length !== 1) throw interpreter.error(exceptions.TypeError, 'The fill character must be exactly one character long');
  return text;
}
const padding = (interpreter: Interpreter, self: string, width: Value): number => Math.max(0, interpreter.toNumber(width) - points(self).length);
define('ljust', 'width, fillchar=, /', (interpreter, self, width: Value, by: Value | undefined) => self + fill(interpreter, by).repeat(padding(interpreter, self, width)));
define('rjust', 'width, fillchar=, /', (interpreter, self, width: Value, by: Value | undefined) => fill(interpreter, by).repeat(padding(interpreter, self, width)) + self);
define('center', 'width, fillchar=, /', (interpreter, self, width: Value, by: Value | undefined) => {
  const missing = padding(interpreter, self, width);
  // CPython puts the odd one on the left where the width is odd
  const left = Math.floor(missing / 2) + (missing & interpreter.toNumber(width) & 1);
  const character = fill(interpreter, by);
  return character.repeat(left) + self + character.repeat(missing - left);
});
define('zfill', 'width, /', (interpreter, self, width: Value) => {
  const zeros = '0'.repeat(padding(interpreter, self, width));
  return /^[-+]/.test(self) ? self[0] + zeros + self.slice(1) : zeros + self;
});
define('expandtabs', 'tabsize=', (interpreter, self, size: Value = 8) => {
  const width = interpreter.toNumber(size);
  let column = 0;
  return [...self].map((each) => {
    if (each === '\n' || each === '\r') column = 0;
    else if (each === '\t') {
      const missing = width > 0 ? width - (column % width) : 0;
      column += missing;
      return ' '.repeat(missing);
    } else column++;
    return each;
  }).join('');
});

staticMethod(classes.str, 'maketrans', 'x, y=, z=, /', (interpreter, x: Value, y: Value | undefined, z: Value | undefined) => {
  const table = new PyDict();
  if (y === undefined) {
    if (!(x instanceof PyDict)) throw interpreter.error(exceptions.TypeError, 'if you give only one argument to maketrans it must be a dict');
    for (const { key, value } of x.entries.values()) table.set(interpreter, typeof key === 'string' ? key.codePointAt(0) as number : key, value);
    return table;
  }
  const from = [...mustBe(interpreter, x)];
  const to = [...mustBe(interpreter, y)];
  if (from.length !== to.length) throw interpreter.error(exceptions.ValueError, 'the first two maketrans arguments must have equal length');
  from.forEach((each, i) => table.set(interpreter, each.codePointAt(0) as number, to[i].codePointAt(0) as number));
  for (const each of z === undefined ? '' : mustBe(interpreter, z)) table.set(interpreter, each.codePointAt(0) as number, null);
  return table;
});
define('translate', 'table, /', (interpreter, self, table: Value) => [...self].map((each) => {
  const code = each.codePointAt(0) as number;
  if (!(table instanceof PyDict)) throw new NotKnown(interpreter.unknown('a translation table'));
  const to = table.get(interpreter, code);
  return to === undefined ? each : to === null ? '' : typeof to === 'number' ? String.fromCodePoint(to) : interpreter.str(to);
}).join(''));

define('encode', 'encoding=, errors=', (interpreter, self, encoding: Value = 'utf-8') => encodeText(interpreter, self, encoding));
method(classes.str, 'format', '*args, **kwargs', (interpreter, self: Value, args: Value[], keywords: Keywords) => braceFormat(interpreter, own(self), args, keywordLookup(interpreter, keywords)), { acceptsUnknown: true });
define('format_map', 'mapping, /', (interpreter, self, mapping: Value) => braceFormat(interpreter, self, [], (name) => interpreter.getItem(mapping, name)));
method(classes.str, '__mod__', 'other, /', (interpreter, self: Value, other: Value) => percentFormat(interpreter, own(self), other), { acceptsUnknown: true });
