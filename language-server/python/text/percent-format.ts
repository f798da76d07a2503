/** `template % values`. */
import { format as formatDimension } from '../../../graph/dimension.ts';
import type { Interpreter } from '../interpreter-api.ts';
import { NotKnown } from '../interpreter-api.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { Condition, PyDict, PyFloat, PyTuple, SymbolicFloat, SymbolicInt, Unknown, type Value, plain, typeOf } from '../values/index.ts';
import { exponential, fixed, general } from './decimal.ts';
import { asciiOnly } from './repr.ts';

const conversion = /%(?:\(((?:[^()]|\([^()]*\))*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S])?/g;

/** Raises what CPython raises; throws NotKnown where a value is not known. */
export function percentFormat(interpreter: Interpreter, template: string, values: Value): string {
  if (values instanceof Unknown || values instanceof Condition) throw new NotKnown(values);
  const positional = values instanceof PyTuple ? values.items : [values];
  let at = 0;
  let usedMapping = false;
  const next = (): Value => {
    if (at >= positional.length) throw interpreter.error(exceptions.TypeError, 'not enough arguments for format string');
    return positional[at++];
  };
  const text = template.replace(conversion, (whole: string, key: string | undefined, flags: string, width: string | undefined, precision: string | undefined, code: string | undefined, offset: number) => {
    if (code === undefined) throw interpreter.error(exceptions.ValueError, 'incomplete format');
    if (code === '%' && key === undefined) return '%';
    const room = width === '*' ? interpreter.toNumber(next()) : Number(width ?? 0);
    const places = precision === '*' ? interpreter.toNumber(next()) : precision === undefined ? undefined : Number(precision || 0);
    let value: Value;
    if (key === undefined) value = next();
    else {
      if (values instanceof PyTuple || typeof values === 'string') throw interpreter.error(exceptions.TypeError, 'format requires a mapping');
      value = interpreter.getItem(values, key);
      usedMapping = true;
    }
    const converted = convert(interpreter, code, 'sra'.includes(code) ? value : plain(value), flags, places, () => offset + whole.length - 1);
    const left = flags.includes('-') || room < 0;
    const missing = Math.abs(room) - [...converted].length;
    if (missing <= 0) return converted;
    if (left) return converted + ' '.repeat(missing);
    if (flags.includes('0') && /[diufFeEgGxXo]/.test(code)) return converted.replace(/^([-+ ]?(?:0[xXo])?)/, (prefix) => prefix + '0'.repeat(missing));
    return ' '.repeat(missing) + converted;
  });
  if (at < positional.length && !usedMapping && !(values instanceof PyDict) && !acceptsLeftovers(values)) {
    throw interpreter.error(exceptions.TypeError, 'not all arguments converted during string formatting');
  }
  return text;
}

/** A single value that can be indexed may be a mapping of which nothing was asked. */
function acceptsLeftovers(values: Value): boolean {
  return !(values instanceof PyTuple) && typeof values !== 'string' && values !== null && typeOf(values).find('__getitem__') !== undefined;
}

function convert(interpreter: Interpreter, code: string, value: Value, flags: string, precision: number | undefined, index: () => number): string {
  const sign = (negative: boolean): string => (negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '');
  const cut = (text: string): string => (precision === undefined ? text : [...text].slice(0, precision).join(''));
  switch (code) {
    case 's': return cut(interpreter.str(value));
    case 'r': return cut(interpreter.repr(value));
    case 'a': return cut(asciiOnly(interpreter.repr(value)));
    case 'c':
      if (typeof value === 'string' && [...value].length === 1) return value;
      if (typeof value === 'number') return String.fromCodePoint(value);
      known(interpreter, value);
      throw interpreter.error(exceptions.TypeError, '%c requires int or char');
    case 'd': case 'i': case 'u': {
      if (value instanceof SymbolicInt) return formatDimension(value.dimension);
      const number = value instanceof PyFloat ? BigInt(Math.trunc(value.value)) : integer(interpreter, code, value, 'a real number is required');
      const digits = (number < 0 ? -number : number).toString().padStart(precision ?? 0, '0');
      return sign(number < 0) + digits;
    }
    case 'x': case 'X': case 'o': {
      const number = integer(interpreter, code, value, 'an integer is required');
      const digits = (number < 0 ? -number : number).toString(code === 'o' ? 8 : 16).padStart(precision ?? 0, '0');
      const body = (flags.includes('#') ? (code === 'o' ? '0o' : '0x') : '') + digits;
      return sign(number < 0) + (code === 'X' ? body.toUpperCase() : body);
    }
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': {
      const number = real(interpreter, value);
      const magnitude = Math.abs(number);
      const lower = code.toLowerCase();
      const places = precision ?? 6;
      const body = !Number.isFinite(number) ? (Number.isNaN(number) ? 'nan' : 'inf')
        : lower === 'f' ? fixed(magnitude, places) : lower === 'e' ? exponential(magnitude, places) : general(magnitude, places, flags.includes('#'));
      return sign(number < 0 || Object.is(number, -0)) + (code === lower ? body : body.toUpperCase());
    }
    default:
      throw interpreter.error(exceptions.ValueError, `unsupported format character '${code}' (0x${code.codePointAt(0)!.toString(16)}) at index ${index()}`);
  }
}

function known(interpreter: Interpreter, value: Value): void {
  if (value instanceof Unknown || value instanceof Condition) throw new NotKnown(value);
  if (value instanceof SymbolicInt || value instanceof SymbolicFloat) throw new NotKnown(interpreter.unknown('text of a size that is not known'));
}

function integer(interpreter: Interpreter, code: string, value: Value, wanted: string): bigint {
  known(interpreter, value);
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value);
  if (typeof value === 'boolean') return BigInt(Number(value));
  // %d rounds what is a number; the others take what can stand for an index
  const given = (code === 'x' || code === 'X' || code === 'o' ? undefined : interpreter.callSpecial(value, '__int__')) ?? interpreter.callSpecial(value, '__index__');
  if (given !== undefined) return integer(interpreter, code, given, wanted);
  throw interpreter.error(exceptions.TypeError, `%${code} format: ${wanted}, not ${typeOf(value).name}`);
}

function real(interpreter: Interpreter, value: Value): number {
  known(interpreter, value);
  if (value instanceof PyFloat) return value.value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  const given = interpreter.callSpecial(value, '__float__');
  if (given !== undefined) return real(interpreter, given);
  throw interpreter.error(exceptions.TypeError, `must be real number, not ${typeOf(value).name}`);
}
