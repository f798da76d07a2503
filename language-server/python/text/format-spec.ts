/** `format(value, spec)` for the built-in types. */
import type { Interpreter } from '../interpreter-api.ts';
import { NotKnown } from '../interpreter-api.ts';
import { format as formatDimension } from '../../../graph/dimension.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import { Condition, PyComplex, PyFloat, PyInstance, SymbolicFloat, SymbolicInt, Unknown, type Value, plain, typeOf } from '../values/index.ts';
import { exponential, fixed, floatRepr, general } from './decimal.ts';

interface Spec {
  readonly fill: string;
  readonly align: string | undefined;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const pattern = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?(.)?$/su;

/** The text; raises ValueError or TypeError as CPython does, throws NotKnown for what is not known. */
export function formatValue(interpreter: Interpreter, value: Value, spec: string): string {
  if (value instanceof Unknown || value instanceof Condition) throw new NotKnown(value);
  const type = typeOf(value);
  if (value instanceof PyInstance) {
    const own = type.find('__format__');
    if (own !== undefined && own !== classes.object.find('__format__')) {
      const text = interpreter.callSpecial(value, '__format__', [spec]);
      if (typeof text === 'string') return text;
      if (text instanceof Unknown) throw new NotKnown(text);
    }
  }
  if (spec === '') return interpreter.str(value);
  const simple = plain(value);
  switch (typeof simple) {
    case 'string': return formatString(interpreter, simple, parse(interpreter, spec, 'str'));
    case 'boolean': return formatInteger(interpreter, Number(simple), parse(interpreter, spec, 'bool'), 'bool');
    case 'number': case 'bigint': return formatInteger(interpreter, simple, parse(interpreter, spec, 'int'), 'int');
  }
  if (simple instanceof PyFloat) return formatFloat(interpreter, simple.value, parse(interpreter, spec, 'float'), 'float');
  if (simple instanceof SymbolicInt) {
    const parsed = parse(interpreter, spec, 'int');
    if (parsed.type === '' || parsed.type === 'd') return pad(formatDimension(simple.dimension), parsed, '>');
  }
  if (simple instanceof SymbolicInt || simple instanceof SymbolicFloat) throw new NotKnown(interpreter.unknown('text of a size that is not known'));
  if (simple instanceof PyComplex) {
    const parsed = parse(interpreter, spec, 'complex');
    const bare = { ...parsed, width: 0, align: undefined };
    const real = formatFloat(interpreter, simple.real, bare, 'complex');
    return pad(`${real}${formatFloat(interpreter, simple.imaginary, { ...bare, sign: '+' }, 'complex')}j`, parsed, '>');
  }
  const own = type.find('__format__');
  if (own !== undefined && own !== classes.object.find('__format__')) {
    const text = interpreter.callSpecial(value, '__format__', [spec]);
    if (typeof text === 'string') return text;
    if (text instanceof Unknown) throw new NotKnown(text);
  }
  throw interpreter.error(exceptions.TypeError, `unsupported format string passed to ${type.name}.__format__`);
}

function parse(interpreter: Interpreter, text: string, type: string): Spec {
  const match = pattern.exec(text);
  if (!match) throw interpreter.error(exceptions.ValueError, `Invalid format specifier '${text}' for object of type '${type}'`);
  const [, fill, align, sign, , alternate, zero, width, grouping, precision, code] = match;
  return {
    fill: fill ?? (zero && !align ? '0' : ' '),
    align: align ?? (zero ? '=' : undefined),
    sign: sign ?? '-',
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: grouping ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: code ?? '',
  };
}

function unknownCode(interpreter: Interpreter, code: string, type: string): Error {
  return interpreter.error(exceptions.ValueError, `Unknown format code '${code}' for object of type '${type}'`);
}

function formatString(interpreter: Interpreter, text: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's') throw unknownCode(interpreter, spec.type, 'str');
  if (spec.sign !== '-') throw interpreter.error(exceptions.ValueError, 'Sign not allowed in string format specifier');
  if (spec.align === '=' && spec.fill !== '0') throw interpreter.error(exceptions.ValueError, "'=' alignment not allowed in string format specifier");
  if (spec.grouping !== '') throw interpreter.error(exceptions.ValueError, `Cannot specify '${spec.grouping}' with 's'.`);
  const cut = spec.precision === undefined ? text : [...text].slice(0, spec.precision).join('');
  return pad(cut, spec.align === '=' ? { ...spec, align: '<' } : spec, '<');
}

function formatInteger(interpreter: Interpreter, value: number | bigint, spec: Spec, type: string): string {
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') return formatFloat(interpreter, Number(value), spec, type);
  if (spec.precision !== undefined) throw interpreter.error(exceptions.ValueError, 'Precision not allowed in integer format specifier');
  const negative = value < 0;
  const magnitude = negative ? -value : value;
  let digits: string;
  let prefix = '';
  let group = 3;
  switch (spec.type) {
    case '': case 'd': case 'n': digits = magnitude.toString(); break;
    case 'b': digits = magnitude.toString(2); prefix = '0b'; group = 4; break;
    case 'o': digits = magnitude.toString(8); prefix = '0o'; group = 4; break;
    case 'x': digits = magnitude.toString(16); prefix = '0x'; group = 4; break;
    case 'X': digits = magnitude.toString(16).toUpperCase(); prefix = '0X'; group = 4; break;
    case 'c':
      if (value < 0 || value > 0x10ffff) throw interpreter.error(exceptions.OverflowError, '%c arg not in range(0x110000)');
      return pad(String.fromCodePoint(Number(value)), spec, '<');
    default: throw unknownCode(interpreter, spec.type, type);
  }
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign;
  return assemble(sign + (spec.alternate ? prefix : ''), digits, '', spec, group);
}

function formatFloat(interpreter: Interpreter, value: number, spec: Spec, type: string): string {
  const negative = value < 0 || Object.is(value, -0);
  const sign = negative ? '-' : spec.sign === '-' ? '' : spec.sign;
  const lower = spec.type.toLowerCase();
  if (spec.type !== '' && (!'efgn%'.includes(lower) || spec.type === 'N')) throw unknownCode(interpreter, spec.type, type);
  let body: string;
  const magnitude = Math.abs(value);
  const precision = spec.precision ?? 6;
  const percent = lower === '%';
  if (!Number.isFinite(value)) body = Number.isNaN(value) ? 'nan' : 'inf';
  else if (percent) body = magnitude * 100 === Infinity ? 'inf' : fixed(magnitude * 100, precision);
  else if (lower === 'f') body = fixed(magnitude, precision);
  else if (lower === 'e') body = exponential(magnitude, precision);
  else if (lower === 'g' || lower === 'n') body = general(magnitude, precision, spec.alternate);
  else if (spec.precision === undefined) body = type === 'complex' ? floatRepr(magnitude).replace(/\.0$/, '') : floatRepr(magnitude);
  else {
    // like 'g', with at least one digit after the point
    body = general(magnitude, precision, spec.alternate, type === 'complex' ? precision : Math.max(1, precision - 1));
    if (type !== 'complex' && /^\d+$/.test(body)) body += '.0';
  }
  if (spec.alternate && !body.includes('.') && Number.isFinite(value)) body = body.replace(/(?=e|$)/, '.');
  if (spec.type !== lower && !percent) body = body.toUpperCase();
  const [whole, rest] = /^\d+/.test(body) ? [body.match(/^\d+/)![0], body.replace(/^\d+/, '')] : [body, ''];
  return assemble(sign, whole, rest + (percent ? '%' : ''), spec, 3);
}

function assemble(prefix: string, digits: string, rest: string, spec: Spec, group: number): string {
  let whole = digits;
  if (spec.align === '=' && spec.fill === '0') {
    const room = spec.width - prefix.length - rest.length;
    if (spec.grouping === '') whole = digits.padStart(room, '0');
    else {
      whole = grouped(digits, spec.grouping, group);
      for (let width = digits.length; whole.length < room; width++) whole = grouped(digits.padStart(width, '0'), spec.grouping, group);
    }
    return prefix + whole + rest;
  }
  if (spec.grouping !== '') whole = grouped(digits, spec.grouping, group);
  const body = whole + rest;
  if (spec.align === '=') return prefix + spec.fill.repeat(Math.max(0, spec.width - prefix.length - body.length)) + body;
  return pad(prefix + body, spec, '>');
}

function grouped(digits: string, separator: string, size: number): string {
  if (!/^[0-9a-fA-F]+$/.test(digits)) return digits;
  const pieces: string[] = [];
  for (let end = digits.length; end > 0; end -= size) pieces.unshift(digits.slice(Math.max(0, end - size), end));
  return pieces.join(separator);
}

function pad(text: string, spec: Spec, otherwise: string): string {
  const missing = spec.width - (text.length === spec.width ? spec.width : [...text].length);
  if (missing <= 0) return text;
  switch (spec.align ?? otherwise) {
    case '<': return text + spec.fill.repeat(missing);
    case '^': {
      const left = Math.floor(missing / 2);
      return spec.fill.repeat(left) + text + spec.fill.repeat(missing - left);
    }
    default: return spec.fill.repeat(missing) + text;
  }
}
