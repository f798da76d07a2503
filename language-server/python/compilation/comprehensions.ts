/** Comprehensions, which run in slots of the frame around them, and generator expressions, which have frames of their own. */
import { type Code, type Evaluate, Frame, NORMAL } from './code.ts';
import { assignTarget } from './targets.ts';
import { cutFrames } from '../paths/cuts.ts';
import { compile, type Context, within } from './expressions.ts';
import type { Advance } from '../interpreter-api.ts';
import { makeCode } from './functions.ts';
import { cellIndex } from './scope.ts';
import type * as syntax from '../source/syntax.ts';
import { Cell, PyDict, PyGenerator, PyList, PySet, Unknown, type Value } from '../values/index.ts';

type InlineComprehension = syntax.ListComp | syntax.SetComp | syntax.DictComp;

/** Calls `emit` for each combination; the Unknown of an iterable or condition that cannot be followed, after one pass over it. */
type Loop = (frame: Frame, emit: () => void) => Unknown | undefined;

export function compileComprehension(node: InlineComprehension, context: Context): Evaluate {
  const scope = context.unit.scopes.get(node)!;
  const inner = within(context, scope);
  const loop = compileGenerators(node.generators, context, inner);
  const freshCells = [...scope.cells.entries()].filter(([name]) => scope.bound.has(name)).map(([, index]) => index);
  const run = (frame: Frame, emit: () => void): Unknown | undefined => {
    for (const index of freshCells) frame.cells[index] = new Cell();
    return loop(frame, emit);
  };
  if (node.type === 'DictComp') {
    const key = compile(node.key, inner);
    const value = compile(node.value, inner);
    return (frame) => {
      const dict = new PyDict();
      const unknown = run(frame, () => {
        const k = key(frame);
        frame.machine.setDictItem(dict, k, value(frame));
      });
      if (unknown) dict.blur(unknown);
      return dict;
    };
  }
  const element = compile(node.element, inner);
  if (node.type === 'ListComp') {
    return (frame) => {
      const list = new PyList();
      const unknown = run(frame, () => list.push(element(frame)));
      if (unknown) list.blur(unknown);
      return list;
    };
  }
  return (frame) => {
    const set = new PySet();
    const unknown = run(frame, () => {
      const item = element(frame);
      frame.at = node;
      frame.machine.addToSet(set, item);
    });
    if (unknown) set.blur(unknown);
    return set;
  };
}

function compileGenerators(generators: readonly syntax.Comprehension[], outer: Context, inner: Context): Loop {
  const parts = generators.map((generator, index) => ({
    node: generator.iterable,
    iterable: compile(generator.iterable, index === 0 ? outer : inner),
    assign: assignTarget(generator.target, inner),
    conditions: generator.conditions.map((condition) => ({ node: condition, evaluate: compile(condition, inner) })),
  }));
  const level = (frame: Frame, depth: number, emit: () => void): Unknown | undefined => {
    if (depth === parts.length) {
      emit();
      return undefined;
    }
    const { node, iterable, assign, conditions } = parts[depth];
    const values = iterable(frame);
    frame.at = node;
    const advance = frame.machine.iterateOrUnknown(values);
    let unknown: Unknown | undefined;
    const once = advance instanceof Unknown;
    if (once) unknown = advance;
    next: for (;;) {
      frame.machine.spend(1);
      const item = once ? advance.derive() : advance();
      if (item === undefined) break;
      if (!once) unknown ??= advance.cut;
      assign(frame, item);
      for (const condition of conditions) {
        const value = condition.evaluate(frame);
        frame.at = condition.node;
        const truth = frame.machine.truth(value);
        if (truth === false) {
          if (once) return unknown;
          continue next;
        }
        if (truth !== true) unknown ??= frame.machine.unknownFrom(truth);
      }
      unknown = level(frame, depth + 1, emit) ?? unknown;
      if (once) break;
    }
    return unknown;
  };
  return (frame, emit) => level(frame, 0, emit);
}

/** Its frame's first slot holds the first iterable's iterator. */
export function compileGeneratorExpression(node: syntax.GeneratorExp, context: Context): Evaluate {
  const scope = context.unit.scopes.get(node)!;
  const inner = within(context, scope);
  const first = compile(node.generators[0].iterable, context);
  let code: Code | undefined;
  const walk = compileLazyGenerators(node, inner);
  return (frame) => {
    code ??= makeCode(node, context, '<genexpr>');
    const iterable = first(frame);
    frame.at = node.generators[0].iterable;
    const cells = frame.machine.makeCells(code, code.scope.free.map((name) => frame.cells[cellIndex(context.scope, name)]));
    const own = new Frame(frame.machine, code, frame.globals, new Array<Value | undefined>(code.slotCount).fill(undefined), cells, frame);
    const advance = frame.machine.iterateOrUnknown(iterable);
    if (advance instanceof Unknown) return advance.derive();
    return new PyGenerator('<genexpr>', frame.machine.resumable(own, () => walk(own, advance)));
  };
}

function compileLazyGenerators(node: syntax.GeneratorExp, inner: Context): (frame: Frame, first: Advance) => Generator<Value, typeof NORMAL, Value> {
  const element = compile(node.element, inner);
  const parts = node.generators.map((generator, index) => ({
    iterable: index === 0 ? undefined : compile(generator.iterable, inner),
    node: generator.iterable,
    assign: assignTarget(generator.target, inner),
    conditions: generator.conditions.map((condition) => ({ node: condition, evaluate: compile(condition, inner) })),
  }));
  function* level(frame: Frame, depth: number, first: Advance): Generator<Value, typeof NORMAL, Value> {
    if (depth === parts.length) {
      yield element(frame);
      return NORMAL;
    }
    const { iterable, assign, conditions, node: place } = parts[depth];
    let advance = first;
    if (iterable) {
      const values = iterable(frame);
      frame.at = place;
      advance = frame.machine.iterate(values);
    }
    next: for (;;) {
      frame.machine.spend(1);
      const item = advance();
      if (item === undefined) return NORMAL;
      if (advance.cut) cutFrames.set(frame, advance.cut);
      assign(frame, item);
      for (const condition of conditions) {
        const value = condition.evaluate(frame);
        frame.at = condition.node;
        if (!frame.machine.decided(value)) continue next;
      }
      if (depth === parts.length - 1) yield element(frame);
      else yield* level(frame, depth + 1, first);
    }
  }
  return (frame, first) => level(frame, 0, first);
}
