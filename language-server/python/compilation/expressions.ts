/** Expressions, compiled to closures over a frame. */
import { soleSymbol } from '../../../graph/dimension.ts';
import type * as syntax from '../source/syntax.ts';
import { compileCall } from './call-expressions.ts';
import { compileComprehension, compileGeneratorExpression } from './comprehensions.ts';
import type { Evaluate, Frame, Unit } from './code.ts';
import { compileFunction } from './functions.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { type Scope, variable } from './scope.ts';
import { classes, ellipsis, PyBytes, PyComplex, PyDict, PyFloat, PyList, PySet, PySlice, PyTuple, SymbolicInt, Unknown, type Value } from '../values/index.ts';

/** What compiling needs to know: the file, and the scope that the node stands in. */
export interface Context {
  readonly unit: Unit;
  readonly scope: Scope;
}

export function within(context: Context, scope: Scope): Context {
  return { unit: context.unit, scope };
}

/** Compiles an expression; in user files its value is reported to the host. */
export function compile(node: syntax.Expression, context: Context): Evaluate {
  const evaluate = compilePlain(node, context);
  const { file } = context.unit;
  if (!file.user || node.type === 'Constant') return evaluate;
  return (frame) => {
    const value = evaluate(frame);
    frame.machine.evaluated?.(node, value, file);
    return value;
  };
}

export function compileAll(nodes: readonly syntax.Expression[], context: Context): Evaluate[] {
  return nodes.map((node) => compile(node, context));
}

function compilePlain(node: syntax.Expression, context: Context): Evaluate {
  switch (node.type) {
    case 'Constant': {
      const value = constant(node.value);
      return () => value;
    }
    case 'Name': return compileName(node, context);
    case 'Attribute': {
      const object = compile(node.value, context);
      const name = context.scope.mangle(node.name);
      return (frame) => {
        const value = object(frame);
        frame.at = node;
        return frame.machine.getAttribute(value, name);
      };
    }
    case 'Subscript': {
      const object = compile(node.value, context);
      const index = compile(node.index, context);
      return (frame) => {
        const value = object(frame);
        const at = index(frame);
        frame.at = node;
        return frame.machine.getItem(value, at);
      };
    }
    case 'Call': return compileCall(node, context);
    case 'BinOp': {
      const left = compile(node.left, context);
      const right = compile(node.right, context);
      const { operator } = node;
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === 'number' && typeof b === 'number') {
          // sums and products of small ints are the commonest
          if (operator === '+') {
            const sum = a + b;
            if (Number.isSafeInteger(sum)) return sum;
          } else if (operator === '-') {
            const difference = a - b;
            if (Number.isSafeInteger(difference)) return difference;
          } else if (operator === '*') {
            const product = a * b;
            if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
          }
        }
        frame.at = node;
        return frame.machine.binary(operator, a, b);
      };
    }
    case 'UnaryOp': {
      const operand = compile(node.operand, context);
      const { operator } = node;
      if (operator === 'not') {
        return (frame) => {
          const value = operand(frame);
          frame.at = node;
          return frame.machine.not(value);
        };
      }
      return (frame) => {
        const value = operand(frame);
        frame.at = node;
        return frame.machine.unary(operator, value);
      };
    }
    case 'BoolOp': return compileBoolOp(node, context);
    case 'Compare': return compileCompare(node, context);
    case 'IfExp': {
      const test = compile(node.test, context);
      const body = compile(node.body, context);
      const orElse = compile(node.orElse, context);
      return (frame) => {
        const condition = test(frame);
        if (condition === true) return body(frame);
        if (condition === false || condition === null) return orElse(frame);
        frame.at = node.test;
        const truth = frame.machine.truth(condition);
        if (truth === true) return body(frame);
        if (truth === false) return orElse(frame);
        return frame.machine.forkValue(frame, truth, () => body(frame), () => orElse(frame));
      };
    }
    case 'NamedExpr': {
      const value = compile(node.value, context);
      const store = compileStoreName(node.target, context);
      return (frame) => {
        const result = value(frame);
        store(frame, result);
        return result;
      };
    }
    case 'Tuple': {
      const elements = compileElements(node.elements, context);
      return (frame) => {
        const items = elements(frame);
        return items instanceof Unknown ? items : new PyTuple(items);
      };
    }
    case 'List': {
      const elements = compileElements(node.elements, context);
      return (frame) => {
        const items = elements(frame);
        if (!(items instanceof Unknown)) return new PyList(items);
        const list = new PyList();
        list.blurred = items;
        return list;
      };
    }
    case 'Set': {
      const elements = compileElements(node.elements, context);
      return (frame) => {
        const items = elements(frame);
        frame.at = node;
        if (items instanceof Unknown) return items;
        const set = new PySet();
        for (const item of items) frame.machine.addToSet(set, item);
        return set;
      };
    }
    case 'Dict': return compileDict(node, context);
    case 'JoinedStr': return compileJoined(node, context);
    case 'Lambda': return compileFunction(node, context);
    case 'ListComp': case 'SetComp': case 'DictComp': return compileComprehension(node, context);
    case 'GeneratorExp': return compileGeneratorExpression(node, context);
    case 'Slice': {
      const parts = [node.lower, node.upper, node.step].map((part) => (part ? compile(part, context) : undefined));
      const [lower, upper, step] = parts;
      return (frame) => new PySlice(lower ? lower(frame) : null, upper ? upper(frame) : null, step ? step(frame) : null);
    }
    case 'Await': {
      const value = compile(node.value, context);
      return (frame) => {
        const awaitable = value(frame);
        frame.at = node;
        return frame.machine.awaitValue(awaitable);
      };
    }
    // the generator that runs the statement has evaluated it already
    case 'Yield': case 'YieldFrom':
      return (frame) => frame.sent?.get(node) ?? null;
    case 'Starred':
      return (frame) => {
        frame.at = node;
        throw frame.machine.error(exceptions.SyntaxError, "can't use starred expression here");
      };
    case 'BrokenExpression':
      return (frame) => {
        frame.at = node;
        return frame.machine.unknown(node.message);
      };
  }
}

export function constant(value: syntax.ConstantValue): Value {
  switch (value.kind) {
    case 'None': return null;
    case 'Ellipsis': return ellipsis;
    case 'float': return new PyFloat(value.value);
    case 'complex': return new PyComplex(0, value.imaginary);
    case 'bytes': return new PyBytes(value.value);
    default: return value.value;
  }
}

function compileName(node: syntax.Name, context: Context): Evaluate {
  const name = context.scope.mangle(node.name);
  const where = variable(context.scope, name);
  switch (where.kind) {
    case 'slot': {
      const { index } = where;
      return (frame) => {
        const value = frame.locals[index];
        if (value !== undefined) return value;
        frame.at = node;
        throw unbound(frame, name);
      };
    }
    case 'cell': {
      const { index } = where;
      return (frame) => {
        const { value } = frame.cells[index];
        if (value !== undefined) return value;
        frame.at = node;
        if (index < frame.code.freeCount) throw frame.machine.error(exceptions.NameError, `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`);
        throw unbound(frame, name);
      };
    }
    case 'global':
      return (frame) => {
        const value = frame.globals.get(name);
        if (value !== undefined) return value;
        const builtin = frame.machine.builtins.get(name);
        if (builtin !== undefined) return builtin;
        frame.at = node;
        return frame.machine.missingGlobal(frame, name);
      };
    case 'namespace': {
      const { cell } = where;
      return (frame) => {
        // None is null, so that `??` would pass it over
        let value = frame.namespace!.get(name);
        if (value === undefined && cell !== undefined) ({ value } = frame.cells[cell]);
        if (value === undefined) value = frame.globals.get(name);
        if (value === undefined) value = frame.machine.builtins.get(name);
        if (value !== undefined || frame.namespace!.has(name)) return value!;
        frame.at = node;
        return frame.machine.missingGlobal(frame, name);
      };
    }
  }
}

function unbound(frame: Frame, name: string): Error {
  return frame.machine.error(exceptions.UnboundLocalError, `cannot access local variable '${name}' where it is not associated with a value`);
}

export type Store = (frame: Frame, value: Value) => void;

export function compileStoreName(node: syntax.Name, context: Context): Store {
  const store = storeTo(node.name, context);
  const { file } = context.unit;
  if (!file.user) return store;
  return (frame, value) => {
    store(frame, value);
    frame.machine.bound?.(node, value, file);
  };
}

/** Binds a variable by its name. */
export function storeTo(plainName: string, context: Context): Store {
  let { scope } = context;
  const name = scope.mangle(plainName);
  if (scope.kind === 'module' || scope.globals.has(name)) return (frame, value) => void frame.globals.set(name, value);
  if (scope.kind === 'class' && !scope.nonlocals.has(name)) return (frame, value) => void frame.namespace!.set(name, value);
  const where = variable(scope, name);
  if (where.kind === 'slot') {
    const { index } = where;
    return (frame, value) => void (frame.locals[index] = value);
  }
  const cell = where.kind === 'cell' ? where.index : where.kind === 'namespace' ? where.cell : undefined;
  if (cell !== undefined) return (frame, value) => frame.cells[cell].set(value);
  // `:=` inside a comprehension of a module or class body
  while (scope.comprehension) scope = scope.parent!;
  return scope.kind === 'class' ? (frame, value) => void frame.namespace!.set(name, value) : (frame, value) => void frame.globals.set(name, value);
}

/** Unbinds a variable; what to do where it is not bound is the caller's. */
export function compileUnbind(plainName: string, context: Context): (frame: Frame) => boolean {
  const { scope } = context;
  const name = scope.mangle(plainName);
  if (scope.kind === 'module' || scope.globals.has(name)) return (frame) => frame.globals.delete(name);
  if (scope.kind === 'class') return (frame) => frame.namespace!.delete(name);
  const where = variable(scope, name);
  if (where.kind === 'slot') {
    const { index } = where;
    return (frame) => {
      const was = frame.locals[index] !== undefined;
      frame.locals[index] = undefined;
      return was;
    };
  }
  if (where.kind !== 'cell') return () => false;
  const { index } = where;
  return (frame) => {
    const was = frame.cells[index].value !== undefined;
    frame.cells[index].set(undefined);
    return was;
  };
}

/** The elements of a display, stars unpacked; Unknown where a star unpacks something of unknown length. */
export function compileElements(nodes: readonly syntax.Expression[], context: Context): (frame: Frame) => Value[] | Unknown {
  if (!nodes.some((node) => node.type === 'Starred')) {
    const elements = compileAll(nodes, context);
    const count = elements.length;
    return (frame) => {
      const items = new Array<Value>(count);
      for (let i = 0; i < count; i++) items[i] = elements[i](frame);
      return items;
    };
  }
  const elements = nodes.map((node) => ({ star: node.type === 'Starred', node, evaluate: compile(node.type === 'Starred' ? node.value : node, context) }));
  return (frame) => {
    const items: Value[] = [];
    let unknown: Unknown | undefined;
    for (const { star, node, evaluate } of elements) {
      const value = evaluate(frame);
      if (!star) items.push(value);
      else {
        frame.at = node;
        const unpacked = frame.machine.unpackAll(value);
        if (unpacked instanceof Unknown) unknown ??= unpacked;
        else for (const item of unpacked) items.push(item);
      }
    }
    return unknown ?? items;
  };
}

function compileBoolOp(node: syntax.BoolOp, context: Context): Evaluate {
  const values = compileAll(node.values, context);
  const last = values.length - 1;
  const stops = node.operator === 'or';
  const from = (frame: Frame, start: number): Value => {
    for (let i = start; i < last; i++) {
      const value = values[i](frame);
      frame.at = node.values[i];
      const truth = frame.machine.truth(value);
      if (truth === stops) return value;
      if (typeof truth === 'boolean') continue;
      const combined = frame.machine.combineConditions(frame, stops, value, truth, () => from(frame, i + 1));
      return combined;
    }
    return values[last](frame);
  };
  return (frame) => from(frame, 0);
}

function compileCompare(node: syntax.Compare, context: Context): Evaluate {
  const left = compile(node.left, context);
  const rights = compileAll(node.comparators, context);
  const { operators } = node;
  if (operators.length === 1) {
    const [right] = rights;
    const [operator] = operators;
    if (operator === 'is' || operator === 'is not') {
      const negated = operator === 'is not';
      // a size that the framework keeps as None is None to the program; the stubs reckon with its symbol
      const { user } = context.unit.file;
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        frame.at = node;
        if (user && b === null && a instanceof SymbolicInt && soleSymbol(a.dimension)?.none) return !negated;
        return frame.machine.isSame(a, b, negated);
      };
    }
    return (frame) => {
      const a = left(frame);
      const b = right(frame);
      frame.at = node;
      return frame.machine.compareAny(operator, a, b);
    };
  }
  return (frame) => {
    const from = (a: Value, index: number): Value => {
      const b = rights[index](frame);
      frame.at = node;
      const result = frame.machine.compareAny(operators[index], a, b);
      if (index === operators.length - 1) return result;
      const truth = frame.machine.truth(result);
      if (truth === false) return result;
      if (truth === true) return from(b, index + 1);
      return frame.machine.combineConditions(frame, false, result, truth, () => from(b, index + 1));
    };
    return from(left(frame), 0);
  };
}

function compileDict(node: syntax.Dict, context: Context): Evaluate {
  const keys = node.keys.map((key) => (key ? compile(key, context) : undefined));
  const values = compileAll(node.values, context);
  return (frame) => {
    const dict = new PyDict();
    for (let i = 0; i < values.length; i++) {
      const key = keys[i];
      if (key) {
        const k = key(frame);
        const value = values[i](frame);
        frame.at = node;
        frame.machine.setDictItem(dict, k, value);
      } else {
        const value = values[i](frame);
        frame.at = node.values[i];
        frame.machine.updateDict(dict, value);
      }
    }
    return dict;
  };
}

function compileJoined(node: syntax.JoinedStr, context: Context): Evaluate {
  const parts = node.parts.map((part) => {
    if (typeof part === 'string') return part;
    return { node: part, value: compile(part.value, context), conversion: part.conversion, format: part.format ? compileJoined(part.format, context) : undefined };
  });
  return (frame) => {
    let text = '';
    let unknown: Unknown | undefined;
    for (const part of parts) {
      if (typeof part === 'string') {
        text += part;
        continue;
      }
      let value = part.value(frame);
      frame.at = part.node;
      const format = part.format ? part.format(frame) : '';
      frame.at = part.node;
      if (value instanceof Unknown || format instanceof Unknown) {
        unknown ??= value instanceof Unknown ? value : format as Unknown;
        continue;
      }
      if (part.conversion === 's') value = frame.machine.str(value);
      else if (part.conversion !== undefined) value = frame.machine.repr(value);
      const formatted = frame.machine.format(value, format as string);
      if (typeof formatted === 'string') text += formatted;
      else unknown ??= formatted;
    }
    return unknown ? unknown.derive(classes.str) : text;
  };
}
