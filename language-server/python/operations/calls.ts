/** Calling: functions with CPython's argument binding and its errors, natives, classes, bound methods, instances. */
import { instantiate } from './classes.ts';
import { type Code, Frame } from '../compilation/code.ts';
import { joinReturns, surviveError } from '../paths/fork.ts';
import { InterpretationStopped, type Keywords, NotKnown, PythonError } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import { exceptions } from '../values/builtin-classes.ts';
import {
  Cell, classes, Condition, PyClass, PyClassMethod, PyDict, PyFunction, PyGenerator, PyInstance, PyMethod, PyNative, PyProperty, PyStaticMethod, PyTuple,
  TracebackEntry, Unknown, type Value, typeOf,
} from '../values/index.ts';

/** CPython's default recursion limit. */
const RECURSION_LIMIT = 1000;

export function call(machine: Machine, callable: Value, positional: readonly Value[], keywords: Keywords | undefined): Value {
  if (callable instanceof PyFunction) return callFunction(machine, callable, positional, keywords);
  if (callable instanceof PyMethod) return callFound(machine, callable.function, callable.self, positional, keywords);
  if (callable instanceof PyNative) return callNative(machine, callable, positional, keywords);
  if (callable instanceof PyClass) {
    if (callable.cls === classes.type) return instantiate(machine, callable, positional, keywords);
    const metaCall = callable.cls.find('__call__');
    if (metaCall === undefined || metaCall === classes.type.attributes.get('__call__')) return instantiate(machine, callable, positional, keywords);
    return callFound(machine, metaCall, callable, positional, keywords);
  }
  if (callable instanceof Unknown) return machine.unknownCall(callable, positional, keywords);
  if (callable instanceof Condition) throw machine.error(exceptions.TypeError, "'bool' object is not callable");
  if (callable instanceof PyStaticMethod) return call(machine, callable.function, positional, keywords);
  const method = typeOf(callable).find('__call__');
  const { unknownBase } = typeOf(callable);
  if (method === undefined && unknownBase) return machine.unknownCall(unknownBase, positional, keywords);
  if (method === undefined) throw machine.error(exceptions.TypeError, `'${typeOf(callable).name}' object is not callable`);
  return callFound(machine, method, callable, positional, keywords);
}

/** Calls what was found in a class with the object as its first argument, as binding it would. */
export function callFound(machine: Machine, found: Value, self: Value, positional: readonly Value[], keywords: Keywords | undefined): Value {
  if (found instanceof PyFunction) return callFunction(machine, found, [self, ...positional], keywords);
  if (found instanceof PyNative) return callNative(machine, found, found.binds ? [self, ...positional] : positional, keywords);
  if (found instanceof PyStaticMethod) return call(machine, found.function, positional, keywords);
  if (found instanceof PyClassMethod) return call(machine, found.function, [self instanceof PyClass ? self : typeOf(self), ...positional], keywords);
  if (found instanceof PyProperty) return call(machine, call(machine, found.getter, [self], undefined), positional, keywords);
  if (found instanceof PyInstance) {
    const get = found.cls.find('__get__');
    if (get !== undefined) return call(machine, call(machine, get, [found, self, typeOf(self)], undefined), positional, keywords);
    return call(machine, found, positional, keywords);
  }
  // a method object or class kept as a class attribute does not bind; a bound method's function does
  return call(machine, found, found instanceof PyMethod || found instanceof PyClass ? positional : [self, ...positional], keywords);
}

function firstUnknown(positional: readonly Value[], keywords: Keywords | undefined): Unknown | undefined {
  for (let i = 0; i < positional.length; i++) {
    const value = positional[i];
    if (value instanceof Unknown) return value;
  }
  if (keywords !== undefined) for (const value of keywords.values()) if (value instanceof Unknown) return value;
  return undefined;
}

export function callNative(machine: Machine, callable: PyNative, positional: readonly Value[], keywords: Keywords | undefined): Value {
  if (!callable.acceptsUnknown) {
    const unknown = firstUnknown(positional, keywords);
    if (unknown !== undefined) {
      callable.fit?.(machine, positional, keywords);
      return unknown.derive();
    }
  }
  if (machine.depth >= RECURSION_LIMIT) throw machine.error(exceptions.RecursionError, 'maximum recursion depth exceeded');
  machine.depth++;
  try {
    return callable.call(machine, positional, keywords);
  } catch (thrown) {
    if (thrown instanceof NotKnown) return thrown.unknown instanceof Unknown ? thrown.unknown.derive() : thrown.unknown;
    throw thrown;
  } finally {
    machine.depth--;
  }
}

/** The value where nothing is known of it: not even its class. */
function unknownOf(value: Value | undefined): Unknown | undefined {
  return value instanceof Unknown && value.type === undefined ? value : undefined;
}

export function callFunction(machine: Machine, callable: PyFunction, positional: readonly Value[], keywords: Keywords | undefined): Value {
  const { code } = callable;
  const unknown = unknownOf(positional[0]) ?? unknownOf(positional[1]);
  if (unknown !== undefined && machine.host.passesUnknown?.(callable, positional) === true) return unknown.derive();
  const locals = callable.wrapper === undefined ? bindArguments(machine, callable, code, positional, keywords) : tryBinding(machine, callable, positional, keywords);
  if (locals === undefined) return callable.wrapper!.derive();
  const frame = new Frame(machine, code, callable.globals, locals, makeCells(code, callable.closure), machine.frame, callable);
  for (const { slot, cell } of code.sharedParameters) {
    frame.cells[cell].value = locals[slot];
    locals[slot] = undefined;
  }
  if (code.isGenerator) return new PyGenerator(callable.name, machine.resumable(frame, () => code.resume(frame)));
  if (code.isAsync) return machine.coroutine(callable.name, () => runFrame(machine, frame));
  return runFrame(machine, frame);
}

export function makeCells(code: Code, closure: readonly Cell[]): Cell[] {
  const { cellCount, freeCount } = code;
  if (cellCount === 0) return noCells;
  const cells = new Array<Cell>(cellCount);
  for (let i = 0; i < freeCount; i++) cells[i] = closure[i];
  for (let i = freeCount; i < cellCount; i++) cells[i] = new Cell();
  return cells;
}

const noCells: Cell[] = [];

/** Runs a frame to its end: what it returns, with the paths that returned earlier joined in. */
export function runFrame(machine: Machine, frame: Frame): Value {
  if (machine.depth >= RECURSION_LIMIT) throw machine.error(exceptions.RecursionError, 'maximum recursion depth exceeded');
  const caller = machine.frame;
  const pathDepth = machine.pathDepth();
  machine.frame = frame;
  machine.depth++;
  try {
    frame.code.execute(frame);
    if (frame.pending !== undefined) joinReturns(frame);
    return frame.returned;
  } catch (thrown) {
    if (thrown instanceof PythonError) {
      addTraceback(frame, thrown);
      if (frame.pending !== undefined) {
        surviveError(frame, thrown);
        return frame.returned;
      }
    } else if (thrown instanceof RangeError) {
      const limit = limitReached(thrown);
      if (limit !== undefined) throw new InterpretationStopped(limit);
    }
    throw thrown;
  } finally {
    machine.frame = caller;
    machine.depth--;
    machine.forget(pathDepth);
  }
}

/** Which limit of JavaScript itself a program has reached, in words for the user; undefined for errors that are ours. */
export function limitReached({ message }: RangeError): string | undefined {
  if (message.includes('call stack')) return 'the calls are nested too deeply to follow';
  return /Invalid (string|array|typed array) length|maximum size exceeded|Maximum BigInt size|allocation failed|Invalid count value/.test(message) ? 'it makes something that is too large to follow' : undefined;
}

export function addTraceback(frame: Frame, error: PythonError): void {
  const { traceback } = error.exception;
  // an exception that an `except` of the same frame raises again keeps the place where it came in
  if (traceback[0]?.frame === frame) return;
  traceback.unshift(new TracebackEntry(frame.code.unit.file, frame.at, frame.namespace === undefined ? frame.function?.qualname ?? frame.code.name : frame.code.name, frame));
}

function tryBinding(machine: Machine, callable: PyFunction, positional: readonly Value[], keywords: Keywords | undefined): (Value | undefined)[] | undefined {
  try {
    return bindArguments(machine, callable, callable.code, positional, keywords);
  } catch (thrown) {
    if (thrown instanceof PythonError) return undefined;
    throw thrown;
  }
}

function bindArguments(machine: Machine, callable: PyFunction, code: Code, positional: readonly Value[], keywords: Keywords | undefined): (Value | undefined)[] {
  const locals = new Array<Value | undefined>(code.slotCount);
  const given = positional.length;
  const { positionalCount } = code;
  for (let i = 0; i < given && i < positionalCount; i++) locals[i] = positional[i];
  for (let i = Math.min(given, positionalCount); i < code.slotCount; i++) locals[i] = undefined;
  if (keywords === undefined && given === positionalCount && code.keywordOnlyCount === 0 && code.variadicSlot === undefined && code.keywordsSlot === undefined) return locals;

  if (code.variadicSlot !== undefined) locals[code.variadicSlot] = new PyTuple(given > positionalCount ? positional.slice(positionalCount) : []);
  let rest: PyDict | undefined;
  if (code.keywordsSlot !== undefined) locals[code.keywordsSlot] = rest = new PyDict();
  if (keywords !== undefined) bindKeywords(machine, callable, code, keywords, locals, rest);
  if (given > positionalCount && code.variadicSlot === undefined) throw tooManyPositional(machine, callable, code, given, locals);

  const { defaults } = callable;
  const firstDefault = positionalCount - defaults.length;
  let missing: string[] | undefined;
  for (let i = given; i < positionalCount; i++) {
    if (locals[i] !== undefined) continue;
    if (i >= firstDefault) locals[i] = defaults[i - firstDefault];
    else (missing ??= []).push(code.parameters[i]);
  }
  if (missing) throw missingArguments(machine, callable, 'positional', missing);
  for (let i = positionalCount; i < code.parameters.length; i++) {
    if (locals[i] !== undefined) continue;
    const value = callable.keywordDefaults?.get(code.parameters[i]);
    if (value !== undefined) locals[i] = value;
    else (missing ??= []).push(code.parameters[i]);
  }
  if (missing) throw missingArguments(machine, callable, 'keyword-only', missing);
  return locals;
}

function bindKeywords(machine: Machine, callable: PyFunction, code: Code, keywords: Keywords, locals: (Value | undefined)[], rest: PyDict | undefined): void {
  let misplaced: string[] | undefined;
  for (const [name, value] of keywords) {
    const index = code.parameters.indexOf(name);
    if (index >= code.positionalOnlyCount) {
      if (locals[index] !== undefined) throw machine.error(exceptions.TypeError, `${callable.qualname}() got multiple values for argument '${name}'`);
      locals[index] = value;
    } else if (rest !== undefined) {
      rest.setText(name, value);
    } else if (index >= 0) {
      (misplaced ??= []).push(name);
    } else {
      throw machine.error(exceptions.TypeError, `${callable.qualname}() got an unexpected keyword argument '${name}'`);
    }
  }
  if (misplaced) throw machine.error(exceptions.TypeError, `${callable.qualname}() got some positional-only arguments passed as keyword arguments: '${misplaced.join(', ')}'`);
}

function missingArguments(machine: Machine, callable: PyFunction, kind: string, names: readonly string[]): Error {
  const quoted = names.map((name) => `'${name}'`);
  const listed = quoted.length === 1 ? quoted[0] : quoted.length === 2 ? quoted.join(' and ') : `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
  return machine.error(exceptions.TypeError, `${callable.qualname}() missing ${names.length} required ${kind} argument${names.length === 1 ? '' : 's'}: ${listed}`);
}

function tooManyPositional(machine: Machine, callable: PyFunction, code: Code, given: number, locals: readonly (Value | undefined)[]): Error {
  const { positionalCount } = code;
  const required = positionalCount - callable.defaults.length;
  const takes = callable.defaults.length > 0 ? `from ${required} to ${positionalCount}` : String(positionalCount);
  let keywordOnly = 0;
  for (let i = positionalCount; i < code.parameters.length; i++) if (locals[i] !== undefined) keywordOnly++;
  const plural = callable.defaults.length > 0 || positionalCount !== 1;
  const givenText = keywordOnly > 0
    ? `${given} positional argument${given === 1 ? '' : 's'} (and ${keywordOnly} keyword-only argument${keywordOnly === 1 ? '' : 's'}) were`
    : `${given} ${given === 1 ? 'was' : 'were'}`;
  return machine.error(exceptions.TypeError, `${callable.qualname}() takes ${takes} positional argument${plural ? 's' : ''} but ${givenText} given`);
}
