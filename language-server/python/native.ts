/** How functions written in TypeScript become Python values, and how their arguments are bound. */
import { exceptions } from './values/builtin-classes.ts';
import type { Interpreter, Keywords } from './interpreter-api.ts';
import { type PyClass, PyNative, PyProperty, PyStaticMethod, PyClassMethod, typeOf, Unknown, type Value } from './values/index.ts';

interface Signature {
  readonly positional: readonly { readonly name: string; readonly required: boolean; readonly byName: boolean }[];
  readonly variadic: boolean;
  readonly keywordOnly: readonly { readonly name: string; readonly required: boolean }[];
  readonly keywords: boolean;
}

/**
 * What the TypeScript function gets: each parameter in the order of the signature; a left-out optional one as undefined,
 * `*args` as an array, `**kwargs` as a Map (empty where there are none).
 */
// oxlint-disable-next-line typescript/no-explicit-any -- the parameters' types follow from the signature text
export type NativeBody = (interpreter: Interpreter, ...parameters: any[]) => Value;

export interface NativeOptions {
  readonly acceptsUnknown?: boolean;
  readonly doc?: string;
  readonly module?: string;
}

/** A function: `native('zeros', 'shape, dtype=, *, like=', (interpreter, shape, dtype, like) => ...)`. */
export function native(name: string, signature: string, body: NativeBody, options: NativeOptions = {}): PyNative {
  return make(name, signature, body, options, false);
}

/** Defines a method on a native class; the signature leaves out `self`, the function gets it first. */
export function method(cls: PyClass, name: string, signature: string, body: NativeBody, options: NativeOptions = {}): void {
  const made = make(name, signature.includes('/') ? `self, ${signature}` : `self, /, ${signature}`, body, options, true);
  made.owner = cls;
  cls.attributes.set(name, made);
}

/** `__new__` and other natives that read from the class without binding. */
export function staticMethod(cls: PyClass, name: string, signature: string, body: NativeBody, options: NativeOptions = {}): void {
  cls.attributes.set(name, new PyStaticMethod(make(name, signature, body, options, false)));
}

/** A class method; the function gets the class first. */
export function classMethod(cls: PyClass, name: string, signature: string, body: NativeBody, options: NativeOptions = {}): void {
  cls.attributes.set(name, new PyClassMethod(make(name, `cls, /, ${signature}`, body, options, true)));
}

/** An attribute that is computed, as `str.__doc__` or `complex.real`. */
export function getter(cls: PyClass, name: string, get: (interpreter: Interpreter, self: never) => Value, set?: (interpreter: Interpreter, self: never, value: Value) => void): void {
  const getNative = new PyNative(name, (interpreter, [self]) => get(interpreter, self as never), { acceptsUnknown: true });
  const setNative = set === undefined ? null : new PyNative(name, (interpreter, [self, value]) => {
    set(interpreter, self as never, value);
    return null;
  }, { acceptsUnknown: true });
  cls.attributes.set(name, new PyProperty(getNative, setNative));
}

function make(name: string, text: string, body: NativeBody, options: NativeOptions, binds: boolean): PyNative {
  const signature = parseSignature(text);
  const count = signature.positional.length;
  const simple = !signature.variadic && signature.keywordOnly.length === 0 && !signature.keywords;
  const required = signature.positional.filter((parameter) => parameter.required).length;
  const made: PyNative = new PyNative(name, (interpreter, positional, keywords) => {
    if (made.owner !== undefined && positional.length > 0) checkSelf(interpreter, made, made.owner, positional[0]);
    if (simple && keywords === undefined && positional.length >= required && positional.length <= count) {
      switch (positional.length) {
        case 0: return body(interpreter);
        case 1: return body(interpreter, positional[0]);
        case 2: return body(interpreter, positional[0], positional[1]);
        case 3: return body(interpreter, positional[0], positional[1], positional[2]);
        default: return body(interpreter, ...positional);
      }
    }
    return body(interpreter, ...bind(interpreter, name, made.owner, signature, positional, keywords));
  }, { binds, acceptsUnknown: options.acceptsUnknown });
  made.signature = text;
  made.fit = (interpreter, positional, keywords) => void bind(interpreter, name, made.owner, signature, positional, keywords);
  if (options.doc !== undefined) made.doc = options.doc;
  if (options.module !== undefined) made.module = options.module;
  return made;
}

/** `list.append(5, 1)`: a method may be read from its class and given anything. */
function checkSelf(interpreter: Interpreter, made: PyNative, owner: PyClass, self: Value): void {
  const cls = typeOf(self);
  if (cls === owner || cls.isSubclassOf(owner) || self instanceof Unknown) return;
  throw interpreter.error(exceptions.TypeError, `descriptor '${made.name}' for '${owner.name}' objects doesn't apply to a '${cls.name}' object`);
}

function parseSignature(text: string): Signature {
  const positional: { name: string; required: boolean; byName: boolean }[] = [];
  const keywordOnly: { name: string; required: boolean }[] = [];
  let variadic = false;
  let keywords = false;
  let star = false;
  for (const part of text.split(',').map((piece) => piece.trim()).filter((piece) => piece !== '')) {
    if (part === '/') for (let i = 0; i < positional.length; i++) positional[i] = { ...positional[i], byName: false };
    else if (part === '*') star = true;
    else if (part.startsWith('**')) keywords = true;
    else if (part.startsWith('*')) star = variadic = true;
    else {
      const [name] = part.split('=');
      const parameter = { name: name.trim(), required: !part.includes('=') };
      if (star) keywordOnly.push(parameter);
      else positional.push({ ...parameter, byName: true });
    }
  }
  return { positional, variadic, keywordOnly, keywords };
}

function bind(interpreter: Interpreter, name: string, owner: PyClass | undefined, signature: Signature, positional: readonly Value[], keywords: Keywords | undefined): unknown[] {
  const { positional: parameters, keywordOnly } = signature;
  const bound: unknown[] = positional.slice(0, parameters.length);
  const fail = (message: string): never => {
    throw interpreter.error(exceptions.TypeError, message);
  };
  if (positional.length > parameters.length && !signature.variadic) {
    const required = parameters.filter((parameter) => parameter.required).length;
    // a method's self is not counted in what CPython says
    const self = parameters[0]?.name === 'self' ? 1 : 0;
    const expected = parameters.length - self;
    if (expected === 0) fail(`${name}() takes no arguments (${positional.length - self} given)`);
    fail(`${name}() takes ${required === parameters.length ? 'exactly' : 'at most'} ${expected === 1 ? 'one argument' : `${expected} arguments`} (${positional.length - self} given)`);
  }
  while (bound.length < parameters.length) bound.push(undefined);
  const rest: Keywords = new Map();
  const named: unknown[] = keywordOnly.map(() => undefined);
  if (keywords !== undefined) {
    for (const [key, value] of keywords) {
      const at = parameters.findIndex((parameter) => parameter.byName && parameter.name === key);
      if (at >= 0) {
        if (bound[at] !== undefined) fail(`${name}() got multiple values for argument '${key}'`);
        bound[at] = value;
        continue;
      }
      const only = keywordOnly.findIndex((parameter) => parameter.name === key);
      if (only >= 0) named[only] = value;
      else if (signature.keywords) rest.set(key, value);
      else fail(`${name}() got an unexpected keyword argument '${key}'`);
    }
  }
  for (let i = 0; i < parameters.length; i++) {
    if (bound[i] !== undefined || !parameters[i].required) continue;
    // CPython counts where the arguments have no names, and names them where they do
    if (parameters[i].byName && parameters[i].name !== 'self') fail(`${name}() missing required argument: '${parameters[i].name}' (pos ${i + 1})`);
    const self = parameters[0].name === 'self' ? 1 : 0;
    const given = Math.max(0, positional.length - self);
    const least = parameters.filter((parameter) => parameter.required).length - self;
    const most = parameters.length - self;
    if (positional.length < self) fail(`unbound method ${owner?.name}.${name}() needs an argument`);
    if (most === 1 && least === 1) fail(`${owner ? `${owner.name}.` : ''}${name}() takes exactly one argument (${given} given)`);
    fail(`${name} expected ${least === most ? '' : 'at least '}${least} argument${least === 1 ? '' : 's'}, got ${given}`);
  }
  for (let i = 0; i < keywordOnly.length; i++) {
    if (named[i] === undefined && keywordOnly[i].required) fail(`${name}() missing 1 required keyword-only argument: '${keywordOnly[i].name}'`);
  }
  if (signature.variadic) bound.push(positional.slice(parameters.length));
  bound.push(...named);
  if (signature.keywords) bound.push(rest);
  return bound;
}
