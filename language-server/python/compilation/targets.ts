/** Targets of assignments, loops, `with`, `del` and comprehensions. */
import { compile, compileStoreName, compileUnbind, type Context, type Store } from './expressions.ts';
import type { Frame } from './code.ts';
import type * as syntax from '../source/syntax.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { PyList, PyTuple, Unknown, type Value } from '../values/index.ts';

export function assignTarget(node: syntax.Expression, context: Context): Store {
  switch (node.type) {
    case 'Name': return compileStoreName(node, context);
    case 'Attribute': {
      const object = compile(node.value, context);
      const name = context.scope.mangle(node.name);
      const { file } = context.unit;
      return (frame, value) => {
        const target = object(frame);
        frame.at = node;
        frame.machine.setAttribute(target, name, value);
        if (file.user) frame.machine.bound?.(node, value, file);
      };
    }
    case 'Subscript': {
      const object = compile(node.value, context);
      const index = compile(node.index, context);
      return (frame, value) => {
        const target = object(frame);
        const at = index(frame);
        frame.at = node;
        frame.machine.setItem(target, at, value);
      };
    }
    case 'Tuple': case 'List': return assignSequence(node, context);
    case 'Starred': return assignTarget(node.value, context);
    default: {
      // `f() = 1` is a syntax error that the parser reports: nothing is bound
      const evaluate = compile(node, context);
      return (frame) => void evaluate(frame);
    }
  }
}

function assignSequence(node: syntax.Tuple | syntax.List, context: Context): Store {
  const targets = node.elements.map((element) => assignTarget(element, context));
  const star = node.elements.findIndex((element) => element.type === 'Starred');
  const count = targets.length;
  return (frame, value) => {
    frame.at = node;
    const items = unpack(frame, value, count, star);
    if (items instanceof Unknown) {
      for (let i = 0; i < count; i++) targets[i](frame, i === star ? blurredList(items) : items.derive());
      return;
    }
    if (star < 0) {
      for (let i = 0; i < count; i++) targets[i](frame, items[i]);
      return;
    }
    const after = count - star - 1;
    for (let i = 0; i < star; i++) targets[i](frame, items[i]);
    targets[star](frame, new PyList(items.slice(star, items.length - after)));
    for (let i = 0; i < after; i++) targets[star + 1 + i](frame, items[items.length - after + i]);
  };
}

function blurredList(unknown: Unknown): PyList {
  const list = new PyList();
  list.blurred = unknown;
  return list;
}

/** The values to bind, checked for their number; Unknown where that is not known. */
function unpack(frame: Frame, value: Value, count: number, star: number): readonly Value[] | Unknown {
  const { machine } = frame;
  let items: readonly Value[] | Unknown;
  if (value instanceof PyTuple && value.cls.immutable) items = value.items;
  else if (star >= 0) items = machine.unpackAll(value);
  else items = machine.unpackUpTo(value, count + 1);
  if (items instanceof Unknown) return items;
  const wanted = star < 0 ? count : count - 1;
  if (items.length < wanted) throw machine.error(exceptions.ValueError, `not enough values to unpack (expected ${star < 0 ? '' : 'at least '}${wanted}, got ${items.length})`);
  if (star < 0 && items.length > count) {
    const sized = value instanceof PyTuple || value instanceof PyList;
    throw machine.error(exceptions.ValueError, `too many values to unpack (expected ${count}${sized ? `, got ${value.items.length}` : ''})`);
  }
  return items;
}

export function deleteTarget(node: syntax.Expression, context: Context): (frame: Frame) => void {
  switch (node.type) {
    case 'Name': {
      const unbind = compileUnbind(node.name, context);
      return (frame) => {
        if (unbind(frame)) return;
        frame.at = node;
        throw frame.machine.error(context.scope.kind === 'function' ? exceptions.UnboundLocalError : exceptions.NameError,
          context.scope.kind === 'function' ? `cannot access local variable '${node.name}' where it is not associated with a value` : `name '${node.name}' is not defined`);
      };
    }
    case 'Attribute': {
      const object = compile(node.value, context);
      const name = context.scope.mangle(node.name);
      return (frame) => {
        const target = object(frame);
        frame.at = node;
        frame.machine.deleteAttribute(target, name);
      };
    }
    case 'Subscript': {
      const object = compile(node.value, context);
      const index = compile(node.index, context);
      return (frame) => {
        const target = object(frame);
        const at = index(frame);
        frame.at = node;
        frame.machine.deleteItem(target, at);
      };
    }
    case 'Tuple': case 'List': {
      const targets = node.elements.map((element) => deleteTarget(element, context));
      return (frame) => {
        for (const target of targets) target(frame);
      };
    }
    default: return () => undefined;
  }
}
