/** repr, str and format of values. */
import { format as formatDimension } from '../../../graph/dimension.ts';
import { formatFormula } from '../paths/condition.ts';
import { identity } from './hashing.ts';
import type { Machine } from '../interpreter.ts';
import { floatRepr } from '../text/decimal.ts';
import { formatValue } from '../text/format-spec.ts';
import { bytesRepr, stringRepr } from '../text/repr.ts';
import { exceptions } from '../values/builtin-classes.ts';
import {
  classes, Condition, PyBytes, PyClass, PyComplex, PyDict, PyDictView, PyException, PyFloat, PyFunction, PyInstance, PyList, PyMethod, PyModule, PyNative, PyRange, PySet,
  PySingleton, PySlice, PyTuple, SymbolicFloat, SymbolicInt, Unknown, type Value, typeOf,
} from '../values/index.ts';
import { classRepr } from './class-queries.ts';

/** Containers nested deeper than this print as `...`. */
const DEEPEST = 50;

export function repr(machine: Machine, value: Value): string {
  if (typeof value === 'object' && value !== null && (!value.cls.immutable || value instanceof PyInstance)) {
    const method = value.cls.find('__repr__');
    if (method !== undefined && method !== classes.object.attributes.get('__repr__')) {
      const text = machine.callFound(method, value, []);
      if (typeof text === 'string') return text;
      if (text instanceof PyInstance && typeof text.primitive === 'string') return text.primitive;
      if (text instanceof Unknown) return `<unknown: ${text.reason}>`;
      throw machine.error(exceptions.TypeError, `__repr__ returned non-string (type ${typeOf(text).name})`);
    }
  }
  return rawRepr(machine, value);
}

export function str(machine: Machine, value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && !value.cls.immutable) {
    const method = value.cls.find('__str__');
    if (method !== undefined && method !== classes.object.attributes.get('__str__')) {
      const text = machine.callFound(method, value, []);
      if (typeof text === 'string') return text;
      if (text instanceof PyInstance && typeof text.primitive === 'string') return text.primitive;
      if (text instanceof Unknown) return `<unknown: ${text.reason}>`;
      throw machine.error(exceptions.TypeError, `__str__ returned non-string (type ${typeOf(text).name})`);
    }
  }
  if (value instanceof PyException) return exceptionText(machine, value);
  if (value instanceof PyInstance && typeof value.primitive === 'string' && value.cls.find('__repr__') === classes.str.attributes.get('__repr__')) return value.primitive;
  return repr(machine, value);
}

export function exceptionText(machine: Machine, exception: PyException): string {
  const { items } = exception.args;
  if (items.length === 0) return '';
  if (items.length > 1) {
    if (exception.cls.isSubclassOf(exceptions.OSError)) return `[Errno ${str(machine, items[0])}] ${str(machine, items[1])}${items.length > 2 ? `: ${repr(machine, items[2])}` : ''}`;
    if (exception.cls.isSubclassOf(exceptions.BaseExceptionGroup)) {
      const count = items[1] instanceof PyList || items[1] instanceof PyTuple ? items[1].items.length : 0;
      return `${str(machine, items[0])} (${count} sub-exception${count === 1 ? '' : 's'})`;
    }
    return repr(machine, exception.args);
  }
  return exception.cls.isSubclassOf(exceptions.KeyError) ? repr(machine, items[0]) : str(machine, items[0]);
}

/** `format(value, spec)`; Unknown where `__format__` gives one. */
export function format(machine: Machine, value: Value, spec: string): string | Unknown {
  if (typeof value === 'string' && spec === '') return value;
  if (typeof value === 'object' && value !== null && !value.cls.immutable) {
    const method = value.cls.find('__format__');
    if (method !== undefined && method !== classes.object.attributes.get('__format__')) {
      const text = machine.callFound(method, value, [spec]);
      if (typeof text === 'string' || text instanceof Unknown) return text;
      throw machine.error(exceptions.TypeError, `__format__ must return a str, not ${typeOf(text).name}`);
    }
  }
  if (value instanceof SymbolicInt || value instanceof SymbolicFloat || value instanceof Condition) return rawRepr(machine, value);
  return spec === '' ? str(machine, value) : formatValue(machine, value, spec);
}

export function rawRepr(machine: Machine, value: Value): string {
  switch (typeof value) {
    case 'string': return stringRepr(value);
    case 'boolean': return value ? 'True' : 'False';
    case 'number': case 'bigint': return String(value);
  }
  if (value === null) return 'None';
  if (value instanceof PyFloat) return floatRepr(value.value);
  if (value instanceof PyComplex) return complexRepr(value);
  if (value instanceof PySingleton) return value.name;
  if (value instanceof PyBytes) return value.cls.isSubclassOf(classes.bytearray) ? `bytearray(${bytesRepr(value.value)})` : bytesRepr(value.value);
  if (value instanceof PyTuple || value instanceof PyList || value instanceof PyDict || value instanceof PySet || value instanceof PyDictView) return nested(machine, value);
  if (value instanceof PyRange) return value.step === 1 ? `range(${value.start}, ${value.stop})` : `range(${value.start}, ${value.stop}, ${value.step})`;
  if (value instanceof PySlice) return `slice(${repr(machine, value.start)}, ${repr(machine, value.stop)}, ${repr(machine, value.step)})`;
  if (value instanceof SymbolicInt) return formatDimension(value.dimension);
  if (value instanceof SymbolicFloat) return value.denominator === 1 ? formatDimension(value.numerator) : `(${formatDimension(value.numerator)})/${formatDimension(value.denominator)}`;
  if (value instanceof Condition) return formatFormula(value.formula);
  if (value instanceof Unknown) return `<unknown: ${value.reason}>`;
  if (value instanceof PyClass) return classRepr(machine, value);
  if (value instanceof PyFunction) return `<function ${value.qualname} at ${address(value)}>`;
  if (value instanceof PyMethod) return `<bound method ${callableName(value.function)} of ${repr(machine, value.self)}>`;
  if (value instanceof PyNative) return `<built-in function ${value.name}>`;
  if (value instanceof PyModule) return `<module '${value.name}'>`;
  if (value instanceof PyException) {
    const { items } = value.args;
    return items.length === 1 ? `${value.cls.name}(${repr(machine, items[0])})` : `${value.cls.name}${items.length === 0 ? '()' : repr(machine, value.args)}`;
  }
  if (value instanceof PyInstance && value.primitive !== undefined) return rawRepr(machine, value.primitive);
  const module = value.cls.attributes.get('__module__');
  const prefix = typeof module === 'string' && module !== 'builtins' ? `${module}.` : '';
  return `<${prefix}${value.cls.qualname} object at ${address(value)}>`;
}

function callableName(value: Value): string {
  return value instanceof PyFunction ? value.qualname : value instanceof PyNative ? value.name : '?';
}

function address(value: Value): string {
  return `0x${identity(value).toString(16).padStart(12, '0')}`;
}

function complexRepr({ real, imaginary }: PyComplex): string {
  const part = (number: number): string => (Number.isInteger(number) && Math.abs(number) < 1e16 ? (Object.is(number, -0) ? '-0' : String(number)) : floatRepr(number));
  if (real === 0 && !Object.is(real, -0)) return `${part(imaginary)}j`;
  const sign = imaginary < 0 || Object.is(imaginary, -0) ? '' : '+';
  return `(${part(real)}${sign}${part(imaginary)}j)`;
}

function nested(machine: Machine, value: PyTuple | PyList | PyDict | PySet | PyDictView): string {
  const { printing } = machine;
  if (printing.includes(value)) return value instanceof PyDict ? '{...}' : value instanceof PyList ? '[...]' : '...';
  if (printing.length > DEEPEST) return '...';
  printing.push(value);
  try {
    machine.spend(1);
    if (value instanceof PyTuple) return value.items.length === 1 ? `(${repr(machine, value.items[0])},)` : `(${value.items.map((item) => repr(machine, item)).join(', ')})`;
    if (value instanceof PyList) return value.blurred ? `<unknown: ${value.blurred.reason}>` : `[${value.items.map((item) => repr(machine, item)).join(', ')}]`;
    if (value instanceof PyDict) return value.blurred ? `<unknown: ${value.blurred.reason}>` : `{${[...value.entries.values()].map((entry) => `${repr(machine, entry.key)}: ${repr(machine, entry.value)}`).join(', ')}}`;
    if (value instanceof PySet) {
      const items = [...value.entries.values()].map((item) => repr(machine, item)).join(', ');
      const name = value.cls === classes.set ? '' : value.cls.name;
      return value.size === 0 ? `${value.cls.name}()` : name === '' ? `{${items}}` : `${name}({${items}})`;
    }
    const entries = [...value.dict.entries.values()];
    const items = value.kind === 'items' ? entries.map((entry) => `(${repr(machine, entry.key)}, ${repr(machine, entry.value)})`) : entries.map((entry) => repr(machine, value.kind === 'keys' ? entry.key : entry.value));
    return `dict_${value.kind}([${items.join(', ')}])`;
  } finally {
    printing.pop();
  }
}

