/** Constructor and methods of bytes; encoding and decoding text. */
import { type Interpreter, NotKnown } from '../interpreter-api.ts';
import { classMethod, method, staticMethod } from '../native.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import type { PyClass} from '../values/index.ts';
import { PyBytes, PyList, PyTuple, type Value, typeOf } from '../values/index.ts';
import { toText } from './known.ts';

/** `text.encode(encoding)`. */
export function encodeText(interpreter: Interpreter, text: string, encoding: Value): PyBytes {
  const name = encodingName(interpreter, encoding);
  if (name === 'utf8') return new PyBytes(Buffer.from(text, 'utf8').toString('latin1'));
  const limit = name === 'ascii' ? 0x7f : 0xff;
  const at = [...text].findIndex((each) => (each.codePointAt(0) as number) > limit);
  if (at >= 0) {
    throw interpreter.error(exceptions.UnicodeEncodeError, `'${name === 'ascii' ? 'ascii' : 'latin-1'}' codec can't encode character ${interpreter.repr([...text][at])} in position ${at}: ordinal not in range(${limit + 1})`);
  }
  return new PyBytes(text);
}

/** `bytes.decode(encoding)`. */
export function decodeBytes(interpreter: Interpreter, bytes: PyBytes, encoding: Value): string {
  const name = encodingName(interpreter, encoding);
  if (name !== 'utf8') return bytes.value;
  return Buffer.from(bytes.value, 'latin1').toString('utf8');
}

function encodingName(interpreter: Interpreter, encoding: Value): 'utf8' | 'ascii' | 'latin1' {
  const name = toText(interpreter, encoding, (type) => `encode() argument 'encoding' must be str, not ${type}`).toLowerCase().replace(/[-_ ]/g, '');
  if (name === 'utf8' || name === 'ascii' || name === 'latin1') return name;
  if (name === 'iso88591') return 'latin1';
  throw new NotKnown(interpreter.unknown(`text in the encoding ${name}`));
}

for (const cls of [classes.bytes, classes.bytearray]) {
  staticMethod(cls, '__new__', 'cls, source=, encoding=, errors=', (interpreter, made: PyClass, source: Value | undefined, encoding: Value | undefined) => {
    if (source === undefined) return new PyBytes('', made);
    if (typeof source === 'string') {
      if (encoding === undefined) throw interpreter.error(exceptions.TypeError, 'string argument without an encoding');
      return new PyBytes(encodeText(interpreter, source, encoding).value, made);
    }
    if (source instanceof PyBytes) return new PyBytes(source.value, made);
    if (typeof source === 'number') {
      if (source < 0) throw interpreter.error(exceptions.ValueError, 'negative count');
      interpreter.spend(source / 1000);
      return new PyBytes('\0'.repeat(Math.min(source, 10_000_000)), made);
    }
    const units = interpreter.toArray(source).map((each) => {
      const unit = interpreter.toNumber(each);
      if (unit < 0 || unit > 255) throw interpreter.error(exceptions.ValueError, 'bytes must be in range(0, 256)');
      return String.fromCharCode(unit);
    });
    return new PyBytes(units.join(''), made);
  });
  classMethod(cls, 'fromhex', 'string, /', (interpreter, made: PyClass, text: Value) => (
    new PyBytes(Buffer.from(toText(interpreter, text, (type) => `fromhex() argument must be str, not ${type}`).replace(/\s/g, ''), 'hex').toString('latin1'), made)));
  method(cls, 'decode', 'encoding=, errors=', (interpreter, self: PyBytes, encoding: Value = 'utf-8') => decodeBytes(interpreter, self, encoding));
  method(cls, 'hex', '', (_interpreter, self: PyBytes) => Buffer.from(self.value, 'latin1').toString('hex'));
  method(cls, 'lower', '', (_interpreter, self: PyBytes) => new PyBytes(self.value.replace(/[A-Z]/g, (each) => each.toLowerCase())));
  method(cls, 'upper', '', (_interpreter, self: PyBytes) => new PyBytes(self.value.replace(/[a-z]/g, (each) => each.toUpperCase())));
  method(cls, 'strip', 'bytes=, /', (interpreter, self: PyBytes, drop: Value = null) => {
    const set = new Set(drop === null ? ' \t\n\r\v\f' : unitsOf(interpreter, drop));
    let start = 0;
    let end = self.value.length;
    while (start < end && set.has(self.value[start])) start++;
    while (end > start && set.has(self.value[end - 1])) end--;
    return new PyBytes(self.value.slice(start, end));
  });
  method(cls, 'split', 'sep=, maxsplit=', (interpreter, self: PyBytes, separator: Value = null) => {
    const pieces = separator === null ? self.value.split(/[ \t\n\r\v\f]+/).filter((piece) => piece !== '') : self.value.split(unitsOf(interpreter, separator));
    return new PyList(pieces.map((piece) => new PyBytes(piece)));
  });
  method(cls, 'join', 'iterable, /', (interpreter, self: PyBytes, items: Value) => new PyBytes(interpreter.toArray(items).map((each) => unitsOf(interpreter, each)).join(self.value)));
  method(cls, 'replace', 'old, new, /', (interpreter, self: PyBytes, old: Value, by: Value) => new PyBytes(self.value.split(unitsOf(interpreter, old)).join(unitsOf(interpreter, by))));
  method(cls, 'find', 'sub, /', (interpreter, self: PyBytes, wanted: Value) => self.value.indexOf(unitsOf(interpreter, wanted)));
  for (const [name, matches] of [['startswith', (text: string, part: string) => text.startsWith(part)], ['endswith', (text: string, part: string) => text.endsWith(part)]] as const) {
    method(cls, name, 'affix, /', (interpreter, self: PyBytes, affix: Value) => (affix instanceof PyTuple ? affix.items : [affix]).some((each) => matches(self.value, unitsOf(interpreter, each))));
  }
}

function unitsOf(interpreter: Interpreter, value: Value): string {
  if (value instanceof PyBytes) return value.value;
  throw interpreter.error(exceptions.TypeError, `a bytes-like object is required, not '${typeOf(value).name}'`);
}
