/** Statements, compiled to closures over a frame that answer how they ended. */
import { BREAK, CONTINUE, type Completion, type Execute, type Frame, NORMAL, RETURN } from './code.ts';
import { compileClass } from './class-statements.ts';
import { compile, compileStoreName, type Context, storeTo } from './expressions.ts';
import { compileFunction } from './functions.ts';
import { compileImport, compileImportFrom } from '../imports.ts';
import { compileMatch } from './patterns.ts';
import { compileTry, compileWith } from './try-statements.ts';
import { compileFor, compileWhile } from './loops.ts';
import type * as syntax from '../source/syntax.ts';
import { assignTarget, deleteTarget } from './targets.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { Condition, PyClass, PyFunction, Unknown, type Value } from '../values/index.ts';
import { annotate } from './annotations.ts';

export function compileBlock(statements: readonly syntax.Statement[], context: Context): Execute {
  const compiled = statements.map((statement) => compileStatement(statement, context));
  const count = compiled.length;
  if (count === 0) return () => NORMAL;
  if (count === 1) return compiled[0];
  return (frame) => {
    for (let i = 0; i < count; i++) {
      const completion = compiled[i](frame);
      if (completion !== NORMAL) return completion;
    }
    return NORMAL;
  };
}

export function compileStatement(node: syntax.Statement, context: Context): Execute {
  const execute = compilePlain(node, context);
  return (frame) => {
    frame.at = node;
    if (--frame.machine.fuel < 0) frame.machine.refuel();
    return execute(frame);
  };
}

function compilePlain(node: syntax.Statement, context: Context): Execute {
  switch (node.type) {
    case 'Expr': {
      const value = compile(node.value, context);
      return (frame) => {
        value(frame);
        return NORMAL;
      };
    }
    case 'Assign': {
      const value = compile(node.value, context);
      const targets = node.targets.map((target) => assignTarget(target, context));
      if (targets.length === 1) {
        const [target] = targets;
        return (frame) => {
          target(frame, value(frame));
          return NORMAL;
        };
      }
      return (frame) => {
        const result = value(frame);
        for (const target of targets) target(frame, result);
        return NORMAL;
      };
    }
    case 'AugAssign': return compileAugmented(node, context);
    case 'AnnAssign': return compileAnnotated(node, context);
    case 'Return': {
      if (!node.value) {
        return (frame) => {
          frame.returned = null;
          return RETURN;
        };
      }
      const value = compile(node.value, context);
      return (frame) => {
        frame.returned = value(frame);
        return RETURN;
      };
    }
    case 'If': return compileIf(node, context);
    case 'For': return compileFor(node, context);
    case 'While': return compileWhile(node, context);
    case 'FunctionDef':
    case 'ClassDef': {
      const make = node.type === 'FunctionDef' ? compileFunction(node, context) : compileClass(node, context);
      const store = compileStoreName(nameAt(node.name, node.nameSpan), context);
      const decorate = compileDecorators(node.decorators, context);
      const bindTypes = compileTypeParameters(node.typeParameters, context);
      return (frame) => {
        bindTypes?.(frame);
        const decorators = decorate(frame);
        store(frame, applyDecorators(frame, decorators, make(frame)));
        return NORMAL;
      };
    }
    case 'With': return compileWith(node, context);
    case 'Try': return compileTry(node, context);
    case 'Raise': return compileRaise(node, context);
    case 'Match': return compileMatch(node, context);
    case 'Assert': return compileAssert(node, context);
    case 'Import': return compileImport(node, context);
    case 'ImportFrom': return compileImportFrom(node, context);
    case 'Delete': {
      const targets = node.targets.map((target) => deleteTarget(target, context));
      return (frame) => {
        for (const target of targets) target(frame);
        return NORMAL;
      };
    }
    case 'TypeAlias': {
      const store = storeTo(node.name, context);
      const bindTypes = compileTypeParameters(node.typeParameters, context);
      const value = compile(node.value, context);
      return (frame) => {
        bindTypes?.(frame);
        // Python evaluates it when it is first asked for: by then, what it names may exist
        store(frame, frame.machine.catching(exceptions.Exception, () => value(frame)) ?? frame.machine.unknown(`the type alias ${node.name}`));
        return NORMAL;
      };
    }
    case 'Break': return () => BREAK;
    case 'Continue': return () => CONTINUE;
    case 'Pass': case 'Global': case 'Nonlocal': return () => NORMAL;
    case 'Broken':
      return (frame) => {
        frame.machine.gap(frame.machine.unknown(node.message));
        return NORMAL;
      };
  }
}

/** The node of a name that stands where a part of another node stands, wherever that is moved to. */
export function nameAt(name: string, span: syntax.Span): syntax.Name {
  return {
    type: 'Name', name,
    get start() {
      return span.start;
    },
    get end() {
      return span.end;
    },
  };
}

function compileIf(node: syntax.If, context: Context): Execute {
  const test = compile(node.test, context);
  const body = compileBlock(node.body, context);
  const orElse = compileBlock(node.orElse, context);
  return (frame) => {
    const condition = test(frame);
    if (condition === true) return body(frame);
    if (condition === false || condition === null) return orElse(frame);
    frame.at = node.test;
    const truth = frame.machine.truth(condition);
    if (truth === true) return body(frame);
    if (truth === false) return orElse(frame);
    return frame.machine.forkStatement(frame, truth, body, orElse);
  };
}

function compileAugmented(node: syntax.AugAssign, context: Context): Execute {
  const { target, operator } = node;
  const value = compile(node.value, context);
  switch (target.type) {
    case 'Attribute': {
      const object = compile(target.value, context);
      const name = context.scope.mangle(target.name);
      return (frame) => {
        const holder = object(frame);
        frame.at = target;
        const before = frame.machine.getAttribute(holder, name);
        const operand = value(frame);
        frame.at = node;
        frame.machine.setAttribute(holder, name, frame.machine.inPlace(operator, before, operand));
        return NORMAL;
      };
    }
    case 'Subscript': {
      const object = compile(target.value, context);
      const index = compile(target.index, context);
      return (frame) => {
        const holder = object(frame);
        const at = index(frame);
        frame.at = target;
        const before = frame.machine.getItem(holder, at);
        const operand = value(frame);
        frame.at = node;
        frame.machine.setItem(holder, at, frame.machine.inPlace(operator, before, operand));
        return NORMAL;
      };
    }
    default: {
      const read = compile(target, context);
      const store = assignTarget(target, context);
      return (frame) => {
        const before = read(frame);
        const operand = value(frame);
        frame.at = node;
        store(frame, frame.machine.inPlace(operator, before, operand));
        return NORMAL;
      };
    }
  }
}

function compileAnnotated(node: syntax.AnnAssign, context: Context): Execute {
  const value = node.value ? compile(node.value, context) : undefined;
  const store = node.value ? assignTarget(node.target, context) : undefined;
  // annotations of a class or module are kept, those of a function's variables are never evaluated
  const name = node.target.type === 'Name' ? node.target.name : undefined;
  const keep = context.scope.kind !== 'function' && name !== undefined;
  const annotation = keep ? compile(node.annotation, context) : undefined;
  return (frame) => {
    if (value && store) store(frame, value(frame));
    if (annotation) annotate(frame.machine, frame, name!, annotation, node.annotation);
    return NORMAL;
  };
}

/** `def f[T]`, `class C[T]`: the names are bound around the definition; what types they stand for is not followed. */
function compileTypeParameters(names: readonly string[], context: Context): ((frame: Frame) => void) | undefined {
  if (names.length === 0) return undefined;
  const stores = names.map((name) => ({ name, store: storeTo(name, context) }));
  return (frame) => {
    for (const { name, store } of stores) store(frame, frame.machine.unknown(`the type parameter ${name}`));
  };
}

type Decorators = readonly { readonly node: syntax.Expression; readonly value: Value }[];

export function compileDecorators(nodes: readonly syntax.Expression[], context: Context): (frame: Frame) => Decorators {
  if (nodes.length === 0) return () => [];
  const decorators = nodes.map((node) => ({ node, evaluate: compile(node, context) }));
  return (frame) => decorators.map(({ node, evaluate }) => ({ node, value: evaluate(frame) }));
}

export function applyDecorators(frame: Frame, decorators: Decorators, value: Value): Value {
  for (let i = decorators.length - 1; i >= 0; i--) {
    frame.at = decorators[i].node;
    const decorator = decorators[i].value;
    const decorated = decorator instanceof Unknown ? decorator : frame.machine.call(decorator, [value]);
    if (!(decorated instanceof Unknown)) value = decorated;
    // what an unknown decorator makes of it is most likely a wrapper of it, whose signature may be another
    else if (value instanceof PyClass) value.unknownBase = decorated;
    else if (value instanceof PyFunction) value.wrapper = decorated;
  }
  return value;
}

function compileRaise(node: syntax.Raise, context: Context): Execute {
  if (!node.exception) {
    return (frame) => {
      throw frame.machine.reraise(frame);
    };
  }
  const exception = compile(node.exception, context);
  const cause = node.cause ? compile(node.cause, context) : undefined;
  return (frame) => {
    const value = exception(frame);
    const from = cause?.(frame);
    frame.at = node;
    throw frame.machine.raise(value, from);
  };
}

function compileAssert(node: syntax.Assert, context: Context): Execute {
  const test = compile(node.test, context);
  const message = node.message ? compile(node.message, context) : undefined;
  return (frame): Completion => {
    const condition = test(frame);
    if (condition === true) return NORMAL;
    frame.at = node.test;
    const truth = frame.machine.truth(condition);
    if (truth === true) return NORMAL;
    if (truth instanceof Unknown) {
      frame.machine.assume(truth, true);
      return NORMAL;
    }
    const text = message?.(frame);
    frame.at = node;
    const error = frame.machine.error(exceptions.AssertionError, ...(text === undefined ? [] : [text]));
    if (!(truth instanceof Condition)) throw error;
    frame.machine.require(truth, error.exception);
    frame.machine.assume(truth, true);
    return NORMAL;
  };
}
