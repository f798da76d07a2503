/** Call expressions: evaluating the callee and the arguments, stars included. */
import type { Evaluate, Frame } from './code.ts';
import { compile, compileElements, type Context } from './expressions.ts';
import type { Keywords } from '../interpreter-api.ts';
import type * as syntax from '../source/syntax.ts';
import { exceptions } from '../values/builtin-classes.ts';
import type { PyNative} from '../values/index.ts';
import { PyDict, PyFunction, PyMethod, Unknown, type Value } from '../values/index.ts';
import { METHOD_FOUND } from '../operations/attributes.ts';
import { zeroArgumentSuper } from '../operations/class-queries.ts';

const none: readonly Value[] = [];

export function compileCall(node: syntax.Call, context: Context): Evaluate {
  const { function: callee } = node;
  const keywords = compileKeywords(node, context);
  const positional = compilePositional(node.arguments, context);

  if (callee.type === 'Attribute') {
    // `object.name(...)`: the method is called without making a bound method
    const object = compile(callee.value, context);
    const name = context.scope.mangle(callee.name);
    const { file } = context.unit;
    return (frame) => {
      const { machine } = frame;
      const self = object(frame);
      frame.at = callee;
      const method = machine.findMethod(self, name);
      const bound = machine.methodState === METHOD_FOUND;
      if (file.user && machine.evaluated !== undefined) machine.evaluated(callee, bound ? new PyMethod(method, self) : method, file);
      const args = positional(frame);
      const named = keywords?.(frame);
      frame.at = node;
      if (args instanceof Unknown || named instanceof Unknown) return machine.callWithUnknown(bound ? new PyMethod(method, self) : method, args, named);
      if (!bound) return machine.call(method, args, named);
      if (method instanceof PyFunction) return machine.callFunction(method, prepend(self, args), named);
      return machine.callNative(method as PyNative, prepend(self, args), named);
    };
  }

  if (callee.type === 'Name' && callee.name === 'super' && node.arguments.length === 0) {
    const evaluate = compile(callee, context);
    return (frame) => {
      const callable = evaluate(frame);
      frame.at = node;
      return callable === frame.machine.builtins.get('super') ? zeroArgumentSuper(frame.machine, frame) : frame.machine.call(callable);
    };
  }

  const evaluate = compile(callee, context);
  return (frame) => {
    const { machine } = frame;
    const callable = evaluate(frame);
    const args = positional(frame);
    const named = keywords?.(frame);
    frame.at = node;
    if (args instanceof Unknown || named instanceof Unknown) return machine.callWithUnknown(callable, args, named);
    if (callable instanceof PyFunction) return machine.callFunction(callable, args, named);
    return machine.call(callable, args, named);
  };
}

function prepend(self: Value, args: readonly Value[]): Value[] {
  switch (args.length) {
    case 0: return [self];
    case 1: return [self, args[0]];
    case 2: return [self, args[0], args[1]];
    default: return [self, ...args];
  }
}

function compilePositional(nodes: readonly syntax.Expression[], context: Context): (frame: Frame) => readonly Value[] | Unknown {
  if (nodes.length === 0) return () => none;
  if (nodes.length === 1 && nodes[0].type !== 'Starred') {
    const only = compile(nodes[0], context);
    return (frame) => [only(frame)];
  }
  return compileElements(nodes, context);
}

/** `name=value` and `**mapping`; undefined where the call has none, Unknown where the names are not known. */
export function compileKeywords(node: { readonly keywords: readonly syntax.Keyword[] }, context: Context): ((frame: Frame) => Keywords | Unknown | undefined) | undefined {
  if (node.keywords.length === 0) return undefined;
  const keywords = node.keywords.map((keyword) => ({ keyword, evaluate: compile(keyword.value, context) }));
  return (frame) => {
    const named: Keywords = new Map();
    let unknown: Unknown | undefined;
    for (const { keyword, evaluate } of keywords) {
      const value = evaluate(frame);
      if (keyword.name !== undefined) {
        if (named.has(keyword.name)) repeated(frame, keyword, keyword.name);
        named.set(keyword.name, value);
        continue;
      }
      frame.at = keyword;
      unknown ??= unpackKeywords(frame, keyword, value, named);
    }
    return unknown ?? (named.size === 0 ? undefined : named);
  };
}

function unpackKeywords(frame: Frame, keyword: syntax.Keyword, value: Value, named: Keywords): Unknown | undefined {
  const { machine } = frame;
  if (value instanceof Unknown) return value;
  const dict = new PyDict();
  if (value instanceof PyDict && value.cls.immutable) {
    if (value.blurred) return value.blurred;
  } else {
    if (machine.findAttribute(value, 'keys') === undefined) throw machine.error(exceptions.TypeError, `argument after ** must be a mapping, not ${machine.typeOf(value).name}`);
    machine.updateDict(dict, value);
    if (dict.blurred) return dict.blurred;
  }
  const source = value instanceof PyDict && value.cls.immutable ? value : dict;
  for (const { key, value: item } of source.entries.values()) {
    if (typeof key !== 'string') {
      if (key instanceof Unknown) return key;
      throw machine.error(exceptions.TypeError, 'keywords must be strings');
    }
    if (named.has(key)) repeated(frame, keyword, key);
    named.set(key, item);
  }
  return undefined;
}

function repeated(frame: Frame, node: syntax.Span, name: string): never {
  frame.at = node;
  throw frame.machine.error(exceptions.TypeError, `got multiple values for keyword argument '${name}'`);
}
