/** `__annotations__` of functions, classes and modules. */
import { makeCells } from '../operations/calls.ts';
import { Frame } from './code.ts';
import { compile } from './expressions.ts';
import { PythonError, type SourceFile } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import { listParameters } from './scope.ts';
import type * as syntax from '../source/syntax.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { PyDict, type PyFunction, type Value } from '../values/index.ts';

const postponed = new WeakMap<syntax.Module, boolean>();

/** Whether a file's annotations are their own texts: `from __future__ import annotations`. */
function arePostponed({ tree }: SourceFile): boolean {
  let known = postponed.get(tree);
  if (known === undefined) {
    known = tree.body.some((statement) => statement.type === 'ImportFrom' && statement.module === '__future__' && statement.names.some(({ name }) => name === 'annotations'));
    postponed.set(tree, known);
  }
  return known;
}

/** A function's annotations, evaluated when first asked for, in its module's names. */
export function annotationsOf(machine: Machine, callable: PyFunction): PyDict {
  const annotations = new PyDict();
  const { node } = callable.code;
  if (node.type !== 'FunctionDef') return annotations;
  const annotated = listParameters(node.parameters).flatMap(({ name, annotation }) => (annotation ? [{ name, annotation }] : []));
  for (const { name, annotation } of annotated.sort((a, b) => a.annotation.start - b.annotation.start)) annotations.setText(name, evaluate(machine, callable, annotation));
  if (node.returns) annotations.setText('return', evaluate(machine, callable, node.returns));
  return annotations;
}

function evaluate(machine: Machine, callable: PyFunction, node: syntax.Expression): Value {
  const { code } = callable;
  if (arePostponed(code.unit.file)) return code.unit.file.text.slice(node.start, node.end);
  const frame = new Frame(machine, code, callable.globals, new Array<Value | undefined>(code.slotCount).fill(undefined), makeCells(code, callable.closure), machine.frame, callable);
  return machine.catching(exceptions.Exception, () => compile(node, { unit: code.unit, scope: code.scope })(frame)) ?? code.unit.file.text.slice(node.start, node.end);
}

/** `name: annotation` in a class or module. */
export function annotate(machine: Machine, frame: Frame, name: string, annotation: (frame: Frame) => Value, node: syntax.Expression): void {
  const holder = frame.namespace ?? frame.globals;
  const present = holder.get('__annotations__');
  const annotations = present instanceof PyDict ? present : new PyDict();
  if (annotations !== present) holder.set('__annotations__', annotations);
  let value: Value;
  try {
    const { file } = frame.code.unit;
    value = arePostponed(file) ? file.text.slice(node.start, node.end) : annotation(frame);
  } catch (thrown) {
    // an annotation that fails to evaluate is no reason to lose the class: newer Pythons never evaluate it
    if (!(thrown instanceof PythonError)) throw thrown;
    machine.frame = frame;
    value = frame.code.unit.file.text.slice(node.start, node.end);
  }
  annotations.setText(frame.code.scope.mangle(name), value);
}
