/** The module `_analysis`: what the standard library's Python text asks the interpreter for. */
import { literalValue } from '../builtins/evaluation.ts';
import type { Interpreter, NativeModule } from '../interpreter-api.ts';
import { native } from '../native.ts';
import { ABCMeta } from './abstract-classes.ts';
import { PyClass, PyBytes, PyDict, PyFunction, PyList, PyMethod, PyNative, PyTuple, Unknown, type Value } from '../values/index.ts';

const anything = { acceptsUnknown: true };

/** `sys.modules`: reads and writes go to the interpreter's table. */
class ModuleTable extends PyDict {
  readonly #interpreter: Interpreter;
  constructor(interpreter: Interpreter) {
    super();
    this.#interpreter = interpreter;
  }

  #refresh(): void {
    const { modules } = this.#interpreter;
    if (modules.size === this.entries.size) return;
    this.entries.clear();
    for (const [name, module] of modules) this.entries.set(name, { key: name, value: module });
  }

  override get size(): number {
    this.#refresh();
    return super.size;
  }

  override get(interpreter: Interpreter, key: Value): Value | undefined {
    this.#refresh();
    return super.get(interpreter, key);
  }

  override has(interpreter: Interpreter, key: Value): boolean {
    this.#refresh();
    return super.has(interpreter, key);
  }

  override set(interpreter: Interpreter, key: Value, value: Value): void {
    this.#refresh();
    super.set(interpreter, key, value);
    if (typeof key === 'string') interpreter.modules.set(key, value as never);
  }

  override delete(interpreter: Interpreter, key: Value): Value | undefined {
    this.#refresh();
    if (typeof key === 'string') interpreter.modules.delete(key);
    return super.delete(interpreter, key);
  }
}

export const analysisModule: NativeModule = {
  load: (interpreter) => ({
    ABCMeta,
    modules: new ModuleTable(interpreter),
    unknown: native('unknown', 'reason, type=', (_interpreter, reason: Value, type: Value | undefined) => interpreter.unknown(String(reason)).derive(type instanceof PyClass ? type : undefined), anything),
    drawn: native('drawn', 'items, count, reason', (_interpreter, items: Value, count: Value, reason: Value) => drawn(interpreter, items, interpreter.toNumber(count), String(reason))),
    find_module: native('find_module', 'name', (_interpreter, name: Value) => interpreter.modules.has(String(name)) || interpreter.host.resolve(String(name), undefined).kind !== 'missing'),
    distribution_version: native('distribution_version', 'name', (_interpreter, name: Value) => {
      if (!interpreter.host.version) return interpreter.unknown('the version of an installed distribution');
      return interpreter.host.version(String(name)) ?? null;
    }),
    literal: native('literal', 'text', (_interpreter, text: Value) => literalValue(interpreter, text), anything),
    /** The bytes of a file; None where they cannot be had. */
    file_bytes: native('file_bytes', 'path', (_interpreter, path: Value) => {
      const content = interpreter.host.readFile?.(interpreter.str(path));
      return content === undefined ? null : new PyBytes(Buffer.from(content).toString('latin1'));
    }),
    parameters_of: native('parameters_of', 'function', (_interpreter, callable: Value) => parametersOf(callable), anything),
    function_flag: native('function_flag', 'function, name', (_interpreter, callable: Value, name: Value) => {
      const target = callable instanceof PyMethod ? callable.function : callable;
      return target instanceof PyFunction && (name === 'generator' ? target.code.isGenerator : target.code.isAsync);
    }, anything),
  }),
};

/** Beyond this many elements it is not asked what they have in common. */
const most = 1000;

/** A list of elements that are drawn from others: what all of those have in common is known of each. */
function drawn(interpreter: Interpreter, items: Value, count: number, reason: string): Value {
  const from = interpreter.toArray(items);
  if (from.length > most) return new PyList(Array.from({ length: count }, () => interpreter.unknown(reason)));
  const one = interpreter.oneOf(from, reason);
  return new PyList(Array.from({ length: count }, () => another(one)));
}

/** A value like this one, of which it is not known whether it is equal to it. */
function another(value: Value): Value {
  if (value instanceof Unknown) return value.derive(value.type);
  if (!(value instanceof PyTuple)) return value;
  const copy = new PyTuple(value.items.map(another), value.cls);
  copy.attributes = value.attributes;
  return copy;
}

/** (name, kind, has default, default) of each parameter, kinds as `inspect` numbers them; None where they are not known. */
function parametersOf(callable: Value): Value {
  if (callable instanceof PyMethod) return parametersOf(callable.function);
  if (callable instanceof PyFunction) return functionParameters(callable);
  if (callable instanceof PyNative && callable.signature !== undefined) return nativeParameters(callable.signature);
  return null;
}

function functionParameters({ code, defaults, keywordDefaults }: PyFunction): Value {
  const { node } = code;
  if (!('parameters' in node)) return null;
  const { positionalOnly, positional, variadic, keywordOnly, keywords } = node.parameters;
  const entry = (name: string, kind: number, value?: Value): PyTuple => new PyTuple([name, kind, value !== undefined, value ?? null]);
  const first = positionalOnly.length + positional.length - defaults.length;
  const result: Value[] = [...positionalOnly, ...positional].map(({ name }, i) => entry(name, i < positionalOnly.length ? 0 : 1, i >= first ? defaults[i - first] : undefined));
  if (variadic) result.push(entry(variadic.name, 2));
  for (const { name } of keywordOnly) result.push(entry(name, 3, keywordDefaults?.get(name)));
  if (keywords) result.push(entry(keywords.name, 4));
  return new PyTuple(result);
}

function nativeParameters(signature: string): Value {
  const result: { name: string; kind: number; hasDefault: boolean }[] = [];
  let kind = 1;
  for (const part of signature.split(',').map((piece) => piece.trim()).filter((piece) => piece !== '')) {
    if (part === '/') for (const each of result) each.kind = 0;
    else if (part === '*') kind = 3;
    else if (part.startsWith('**')) result.push({ name: part.slice(2), kind: 4, hasDefault: false });
    else if (part.startsWith('*')) {
      result.push({ name: part.slice(1), kind: 2, hasDefault: false });
      kind = 3;
    } else result.push({ name: part.replace('=', ''), kind, hasDefault: part.includes('=') });
  }
  return new PyTuple(result.map(({ name, kind: of, hasDefault }) => new PyTuple([name, of, hasDefault, null])));
}
