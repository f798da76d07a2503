/** try, with and the exceptions that travel. */
import { addTraceback } from '../operations/calls.ts';
import { type Completion, type Execute, type Frame, NORMAL } from './code.ts';
import { compile, compileUnbind, type Context, storeTo } from './expressions.ts';
import { PythonError } from '../interpreter-api.ts';
import { compileBlock } from './statements.ts';
import type * as syntax from '../source/syntax.ts';
import { assignTarget } from './targets.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { classes, PyClass, PyException, PyList, PyTuple, Unknown, type Value, typeOf } from '../values/index.ts';
import type { Machine } from '../interpreter.ts';

export function compileTry(node: syntax.Try, context: Context): Execute {
  const body = compileBlock(node.body, context);
  const handlers = node.handlers.map((handler) => compileHandler(handler, context, node.isStar));
  const orElse = node.orElse.length > 0 ? compileBlock(node.orElse, context) : undefined;
  const finallyBody = node.finallyBody.length > 0 ? compileBlock(node.finallyBody, context) : undefined;

  const guarded: Execute = (frame) => {
    const { machine } = frame;
    let completion: Completion;
    machine.handlers += handlers.length > 0 ? 1 : 0;
    let inside = true;
    try {
      completion = body(frame);
      machine.handlers -= handlers.length > 0 ? 1 : 0;
      inside = false;
    } catch (thrown) {
      if (inside) machine.handlers -= handlers.length > 0 ? 1 : 0;
      if (!(thrown instanceof PythonError) || handlers.length === 0) throw thrown;
      addTraceback(frame, thrown);
      machine.frame = frame;
      return node.isStar ? handleGroup(frame, thrown, handlers) : handle(frame, thrown, handlers);
    }
    return completion === NORMAL && orElse ? orElse(frame) : completion;
  };
  if (!finallyBody) return guarded;
  return (frame) => {
    let completion: Completion;
    try {
      completion = guarded(frame);
    } catch (thrown) {
      if (!(thrown instanceof PythonError)) throw thrown;
      addTraceback(frame, thrown);
      frame.machine.frame = frame;
      const ended = finallyBody(frame);
      // a return or break in `finally` swallows the exception
      if (ended !== NORMAL) return ended;
      throw thrown;
    }
    const { returned } = frame;
    const ended = finallyBody(frame);
    if (ended !== NORMAL) return ended;
    frame.returned = returned;
    return completion;
  };
}

export interface Handler {
  /** What it says it catches; undefined catches everything. */
  readonly type: ((frame: Frame) => Value) | undefined;
  readonly node: syntax.ExceptHandler;
  readonly run: (frame: Frame, exception: PyException) => Completion;
}

export function compileHandler(node: syntax.ExceptHandler, context: Context, _star: boolean): Handler {
  const body = compileBlock(node.body, context);
  const store = node.name === undefined ? undefined : storeTo(node.name, context);
  const unbind = node.name === undefined ? undefined : compileUnbind(node.name, context);
  return {
    type: node.exception ? compile(node.exception, context) : undefined,
    node,
    run: (frame, exception) => {
      store?.(frame, exception);
      (frame.handling ??= []).push(exception);
      try {
        return body(frame);
      } catch (thrown) {
        if (thrown instanceof PythonError && thrown.exception !== exception && thrown.exception.context === null) thrown.exception.context = exception;
        throw thrown;
      } finally {
        frame.handling.pop();
        unbind?.(frame);
      }
    },
  };
}

export function handle(frame: Frame, error: PythonError, handlers: readonly Handler[]): Completion {
  const handler = findHandler(frame, error, handlers);
  if (handler === undefined) throw error;
  return handler.run(frame, error.exception);
}

export function findHandler(frame: Frame, error: PythonError, handlers: readonly Handler[]): Handler | undefined {
  for (const handler of handlers) {
    if (handler.type === undefined) return handler;
    const wanted = handler.type(frame);
    frame.at = handler.node;
    if (catches(frame.machine, error.exception, wanted)) return handler;
  }
  return undefined;
}

/** An unknown class may catch anything: the handler is then what most likely runs. */
function catches(machine: Machine, exception: PyException, wanted: Value): boolean {
  if (wanted instanceof Unknown) return true;
  if (wanted instanceof PyTuple) return wanted.items.some((item) => catches(machine, exception, item));
  if (!(wanted instanceof PyClass) || !wanted.isSubclassOf(classes.BaseException)) {
    throw machine.error(exceptions.TypeError, 'catching classes that do not inherit from BaseException is not allowed');
  }
  return exception.cls.isSubclassOf(wanted);
}

/** except*: each handler takes the members of the group that it catches. */
function handleGroup(frame: Frame, error: PythonError, handlers: readonly Handler[]): Completion {
  const { machine } = frame;
  const whole = error.exception;
  const isGroup = whole.cls.isSubclassOf(exceptions.BaseExceptionGroup);
  const members = (group: PyException): readonly Value[] => {
    const listed = group.args.items[1];
    return listed instanceof PyList || listed instanceof PyTuple ? listed.items : [];
  };
  let rest: readonly Value[] = isGroup ? members(whole) : [whole];
  for (const handler of handlers) {
    const wanted = handler.type!(frame);
    const taken = rest.filter((member) => member instanceof PyException && catches(machine, member, wanted));
    if (taken.length === 0) continue;
    rest = rest.filter((member) => !taken.includes(member));
    const completion = handler.run(frame, machine.raise(machine.call(isGroup ? whole.cls : exceptions.ExceptionGroup, [isGroup ? whole.args.items[0] : '', new PyList([...taken])])).exception);
    if (completion !== NORMAL) return completion;
  }
  if (rest.length === 0) return NORMAL;
  if (!isGroup) throw error;
  throw machine.raise(machine.call(whole.cls, [whole.args.items[0], new PyList([...rest])]));
}

export function compileWith(node: syntax.With, context: Context): Execute {
  let block = compileBlock(node.body, context);
  for (let i = node.items.length - 1; i >= 0; i--) block = compileWithItem(node, node.items[i], block, context);
  return block;
}

export function compileWithItem(node: syntax.With, item: syntax.WithItem, body: Execute, context: Context): Execute {
  const enterContext = compileEnter(node, item, context);
  return (frame) => {
    const exit = enterContext(frame);
    let completion: Completion;
    try {
      completion = body(frame);
    } catch (thrown) {
      if (!(thrown instanceof PythonError)) throw thrown;
      addTraceback(frame, thrown);
      frame.machine.frame = frame;
      if (exit(thrown)) return NORMAL;
      throw thrown;
    }
    const { returned } = frame;
    exit(undefined);
    frame.returned = returned;
    return completion;
  };
}

/** Enters a context manager and binds its target; gives what leaves it, which answers whether the exception was swallowed. */
export function compileEnter(node: syntax.With, item: syntax.WithItem, context: Context): (frame: Frame) => (error: PythonError | undefined) => boolean {
  const manager = compile(item.context, context);
  const store = item.target ? assignTarget(item.target, context) : undefined;
  const [enterName, exitName] = node.isAsync ? ['__aenter__', '__aexit__'] : ['__enter__', '__exit__'];
  return (frame) => {
    const { machine } = frame;
    const value = manager(frame);
    frame.at = item.context;
    if (value instanceof Unknown) {
      store?.(frame, value.derive());
      return () => false;
    }
    const cls = typeOf(value);
    const enter = cls.find(enterName);
    const exit = cls.find(exitName);
    if (enter === undefined || exit === undefined) {
      throw machine.error(exceptions.TypeError, `'${cls.name}' object does not support the ${node.isAsync ? 'asynchronous ' : ''}context manager protocol${enter === undefined ? '' : ` (missed ${exitName} method)`}`);
    }
    const settle = (result: Value): Value => (node.isAsync ? machine.awaitValue(result) : result);
    const entered = settle(machine.callFound(enter, value, []));
    store?.(frame, entered);
    return (error) => {
      frame.at = item.context;
      const arguments_: Value[] = error ? [error.exception.cls, error.exception, null] : [null, null, null];
      const swallowed = settle(machine.callFound(exit, value, arguments_));
      return error !== undefined && machine.truth(swallowed) === true;
    };
  };
}
