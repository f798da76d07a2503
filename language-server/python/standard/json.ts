/** The module `json`. */
import { type Interpreter, type NativeModule, NotKnown } from '../interpreter-api.ts';
import { method, native } from '../native.ts';
import { floatRepr } from '../text/decimal.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import { fromBigint, plain, PyBytes, PyClass, PyDict, PyFloat, PyList, PyTuple, SymbolicInt, Unknown, type Value, typeOf } from '../values/index.ts';
import { requireContents, requireKnown } from '../builtins/known.ts';

const JSONDecodeError = new PyClass('JSONDecodeError', [exceptions.ValueError], { immutable: true, module: 'json.decoder' });
const JSONEncoder = new PyClass('JSONEncoder', [classes.object], { immutable: true, module: 'json.encoder' });
const JSONDecoder = new PyClass('JSONDecoder', [classes.object], { immutable: true, module: 'json.decoder' });
method(JSONEncoder, '__init__', '**kwargs', () => null, { acceptsUnknown: true });
method(JSONEncoder, 'default', 'o', (interpreter, _self: Value, value: Value) => {
  throw interpreter.error(exceptions.TypeError, `Object of type ${typeOf(value).name} is not JSON serializable`);
});
method(JSONEncoder, 'encode', 'o', (interpreter, self: Value, value: Value) => write(interpreter, value, { ...plainStyle, fallback: (each) => interpreter.callMethod(self, 'default', [each]) }, ''));
method(JSONDecoder, '__init__', '**kwargs', () => null, { acceptsUnknown: true });
method(JSONDecoder, 'decode', 's', (interpreter, _self: Value, text: Value) => loads(interpreter, text));

interface Style {
  readonly indent: string | undefined;
  readonly item: string;
  readonly key: string;
  readonly sorted: boolean;
  readonly ascii: boolean;
  readonly fallback: (value: Value) => Value | undefined;
}

const plainStyle: Style = { indent: undefined, item: ', ', key: ': ', sorted: false, ascii: true, fallback: () => undefined };

function write(interpreter: Interpreter, value: Value, style: Style, margin: string, depth = 0): string {
  if (depth > 500) throw interpreter.error(exceptions.ValueError, 'Circular reference detected');
  interpreter.spend(1);
  const simple = plain(value);
  if (simple === null) return 'null';
  switch (typeof simple) {
    case 'boolean': return String(simple);
    case 'number': case 'bigint': return simple.toString();
    case 'string': return quoted(simple, style.ascii);
  }
  if (simple instanceof PyFloat) return numberText(simple.value);
  if (simple instanceof Unknown || simple instanceof SymbolicInt) requireKnown(interpreter, simple);
  const inner = style.indent === undefined ? '' : margin + style.indent;
  const wrap = (open: string, parts: readonly string[], close: string): string => {
    if (parts.length === 0) return open + close;
    if (style.indent === undefined) return open + parts.join(style.item) + close;
    return `${open}\n${inner}${parts.join(`${style.item.trimEnd()}\n${inner}`)}\n${margin}${close}`;
  };
  if (value instanceof PyList || value instanceof PyTuple) {
    if (value instanceof PyList) requireContents(value);
    return wrap('[', value.items.map((item) => write(interpreter, item, style, inner, depth + 1)), ']');
  }
  if (value instanceof PyDict) {
    requireContents(value);
    const entries = [...value.entries.values()].map(({ key, value: item }) => [keyText(interpreter, key), item] as const);
    if (style.sorted) entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return wrap('{', entries.map(([key, item]) => quoted(key, style.ascii) + style.key + write(interpreter, item, style, inner, depth + 1)), '}');
  }
  const replaced = style.fallback(value);
  if (replaced !== undefined) return write(interpreter, replaced, style, margin, depth + 1);
  throw interpreter.error(exceptions.TypeError, `Object of type ${typeOf(value).name} is not JSON serializable`);
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return floatRepr(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

function keyText(interpreter: Interpreter, key: Value): string {
  const simple = plain(key);
  if (typeof simple === 'string') return simple;
  if (simple === null) return 'null';
  if (typeof simple === 'boolean') return String(simple);
  if (typeof simple === 'number' || typeof simple === 'bigint') return simple.toString();
  if (simple instanceof PyFloat) return numberText(simple.value);
  requireKnown(interpreter, simple);
  throw interpreter.error(exceptions.TypeError, `keys must be str, int, float, bool or None, not ${typeOf(key).name}`);
}

function quoted(text: string, ascii: boolean): string {
  const json = JSON.stringify(text);
  // oxlint-disable-next-line no-control-regex
  return ascii ? json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : json;
}

function loads(interpreter: Interpreter, source: Value): Value {
  const text = source instanceof PyBytes ? Buffer.from(source.value, 'latin1').toString('utf8') : plain(source);
  if (typeof text !== 'string') throw interpreter.error(exceptions.TypeError, `the JSON object must be str, bytes or bytearray, not ${typeOf(source).name}`);
  return new Reader(interpreter, text).document();
}

const token = /\s*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\.)*")|(-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?)|(true|false|null|NaN|-?Infinity))/y;

class Reader {
  private at = 0;
  private readonly interpreter: Interpreter;
  private readonly text: string;
  constructor(interpreter: Interpreter, text: string) {
    this.interpreter = interpreter;
    this.text = text;
  }

  document(): Value {
    const value = this.value(0);
    const rest = /\S/.exec(this.text.slice(this.at));
    if (rest) this.fail('Extra data', this.at + rest.index);
    return value;
  }

  private fail(message: string, at = this.at + /^\s*/.exec(this.text.slice(this.at))![0].length): never {
    const before = this.text.slice(0, at).split('\n');
    throw this.interpreter.error(JSONDecodeError, `${message}: line ${before.length} column ${before[before.length - 1].length + 1} (char ${at})`);
  }

  private next(): RegExpExecArray | null {
    token.lastIndex = this.at;
    const match = token.exec(this.text);
    if (match) this.at = token.lastIndex;
    return match;
  }

  private peek(): string {
    return /^\s*(\S?)/.exec(this.text.slice(this.at, this.at + 1000))![1];
  }

  private value(depth: number): Value {
    this.interpreter.spend(1);
    if (depth > 900) throw this.interpreter.error(exceptions.RecursionError, 'maximum recursion depth exceeded while decoding a JSON array from a unicode string');
    const start = this.at;
    const match = this.next();
    if (!match) this.fail('Expecting value');
    const [, punctuation, string, number, fraction, exponent, word] = match;
    if (string !== undefined) return JSON.parse(string) as string;
    if (number !== undefined) return fraction === undefined && exponent === undefined ? fromBigint(BigInt(number)) : new PyFloat(Number(number));
    switch (word) {
      case 'true': return true;
      case 'false': return false;
      case 'null': return null;
      case 'NaN': return new PyFloat(NaN);
      case 'Infinity': return new PyFloat(Infinity);
      case '-Infinity': return new PyFloat(-Infinity);
    }
    if (punctuation === '[') return this.list(depth);
    if (punctuation === '{') return this.dict(depth);
    this.at = start;
    return this.fail('Expecting value');
  }

  private list(depth: number): Value {
    const list = new PyList();
    if (this.peek() === ']') {
      this.next();
      return list;
    }
    for (;;) {
      list.items.push(this.value(depth + 1));
      if (this.peek() !== ',' && this.peek() !== ']') this.fail("Expecting ',' delimiter");
      if (this.next()![1] === ']') return list;
    }
  }

  private dict(depth: number): Value {
    const dict = new PyDict();
    if (this.peek() === '}') {
      this.next();
      return dict;
    }
    for (;;) {
      if (this.peek() !== '"') this.fail('Expecting property name enclosed in double quotes');
      const match = this.next();
      if (match?.[2] === undefined) this.fail('Unterminated string starting at');
      if (this.peek() !== ':') this.fail("Expecting ':' delimiter");
      this.next();
      dict.setText(JSON.parse(match[2]) as string, this.value(depth + 1));
      if (this.peek() !== ',' && this.peek() !== '}') this.fail("Expecting ',' delimiter");
      if (this.next()![1] === '}') return dict;
    }
  }
}

export const jsonModule: NativeModule = {
  load: () => ({
    dumps: native('dumps', 'obj, *, skipkeys=, ensure_ascii=, check_circular=, allow_nan=, cls=, indent=, separators=, default=, sort_keys=, **kw', (
      interpreter, value: Value, _skip: Value, ascii: Value = true, _circular: Value, _nan: Value, cls: Value = null, indent: Value = null, separators: Value = null, otherwise: Value = null, sorted: Value = false,
    ) => {
      const width = indent === null ? undefined : typeof indent === 'string' ? indent : ' '.repeat(interpreter.toNumber(indent));
      const [item, key] = separators === null ? [width === undefined ? ', ' : ',', ': '] : interpreter.toArray(separators).map(String);
      const encoder = cls === null ? undefined : interpreter.call(cls);
      const fallback = (each: Value): Value | undefined => (otherwise !== null ? interpreter.call(otherwise, [each]) : encoder === undefined ? undefined : interpreter.callMethod(encoder, 'default', [each]));
      return write(interpreter, value, { indent: width, item, key, sorted: interpreter.decided(sorted), ascii: interpreter.decided(ascii), fallback }, '');
    }),
    loads: native('loads', 's, **kw', (interpreter, text: Value, options: Map<string, Value>) => {
      if (options.size > 0) throw new NotKnown(interpreter.unknown('JSON read with hooks'));
      return loads(interpreter, text);
    }),
    dump: native('dump', 'obj, fp, **kw', () => null, { acceptsUnknown: true }),
    load: native('load', 'fp, **kw', (interpreter, file: Value, options: Map<string, Value>) => {
      const text = interpreter.callMethod(file, 'read');
      if (text instanceof Unknown || options.size > 0) return interpreter.unknown(text instanceof Unknown ? text.reason : 'JSON read with hooks');
      return loads(interpreter, text);
    }),
    JSONDecodeError, JSONEncoder, JSONDecoder,
  }),
};
