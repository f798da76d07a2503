/** The class statement: its body runs in a frame whose names become the class's attributes. */
import { compileKeywords } from './call-expressions.ts';
import { metaclassFor } from '../operations/classes.ts';
import { type Code, type Evaluate, Frame } from './code.ts';
import { compileElements, type Context } from './expressions.ts';
import { NodePlace } from '../interpreter-api.ts';
import { makeCode, qualname } from './functions.ts';
import { cellIndex } from './scope.ts';
import type * as syntax from '../source/syntax.ts';
import { Attributes, PyClass, PyClassMethod, PyDict, PyNative, PyTuple, Unknown, type Value } from '../values/index.ts';
import { resolveBases } from '../operations/class-queries.ts';

export function compileClass(node: syntax.ClassDef, context: Context): Evaluate {
  const baseValues = compileElements(node.bases, context);
  const keywordValues = compileKeywords(node, context);
  let code: Code | undefined;
  return (frame) => {
    const { machine } = frame;
    code ??= makeCode(node, context, node.name);
    const given = baseValues(frame);
    const named = keywordValues?.(frame);
    frame.at = node;
    const unresolved = given instanceof Unknown ? [given] : given;
    const bases = resolveBases(machine, unresolved);
    const keywords = named instanceof Unknown || named === undefined ? undefined : new Map(named);
    const wanted = keywords?.get('metaclass');
    keywords?.delete('metaclass');
    const meta = wanted instanceof Unknown ? undefined : metaclassFor(machine, bases, wanted);
    const rest = keywords && keywords.size > 0 ? keywords : undefined;

    const namespace = new Attributes();
    namespace.set('__module__', frame.globals.get('__name__') ?? null);
    namespace.set('__qualname__', qualname(frame, node.name));
    if (code.doc !== null) namespace.set('__doc__', code.doc);
    if (node.typeParameters.length > 0) namespace.set('__class_getitem__', genericItem);
    const prepared = prepare(frame, meta, node.name, bases, rest);
    const closure = code.scope.free.map((free) => frame.cells[cellIndex(context.scope, free)]);
    const inner = new Frame(machine, code, frame.globals, new Array<Value | undefined>(code.slotCount).fill(undefined), machine.makeCells(code, closure), frame, frame.function, namespace);
    machine.runFrame(inner);

    if (unresolved !== bases) namespace.set('__orig_bases__', new PyTuple(unresolved));
    let cls: Value;
    frame.at = node;
    if (prepared) {
      // a metaclass's own mapping (enum's, for one) sees every binding in its order
      for (const [name, value] of namespace) machine.setItem(prepared, name, value);
      cls = machine.call(meta!, [node.name, new PyTuple(bases), prepared], rest);
    } else {
      cls = machine.makeClass(node.name, bases, namespace, meta, rest);
    }
    const cell = code.scope.cells.get('__class__');
    if (cell !== undefined && code.scope.captured.has('__class__')) inner.cells[cell].set(cls);
    if (cls instanceof PyClass && !cls.immutable) cls.place = new NodePlace(code.unit.file, node.nameSpan);
    return cls;
  };
}

/** `class C[T]` can be subscripted as a subclass of Generic can. */
const genericItem = new PyClassMethod(new PyNative('__class_getitem__', (interpreter, [cls, index]) => (interpreter as Frame['machine']).genericAlias(cls, index), { acceptsUnknown: true, binds: true }));

/** What a metaclass's `__prepare__` gave, where it is anything but a plain dict. */
function prepare(frame: Frame, meta: Value | undefined, name: string, bases: readonly Value[], keywords: Map<string, Value> | undefined): Value | undefined {
  if (!(meta instanceof PyClass)) return undefined;
  const hook = meta.find('__prepare__');
  if (hook === undefined) return undefined;
  const prepared = frame.machine.callMethod(meta, '__prepare__', [name, new PyTuple(bases)], keywords);
  return prepared instanceof PyDict && prepared.cls.immutable && prepared.size === 0 || prepared instanceof Unknown ? undefined : prepared;
}
