/** `eval` and `exec`: code in a string that is known. */
import { compile } from '../compilation/expressions.ts';
import { makeCode } from '../compilation/functions.ts';
import { Frame } from '../compilation/code.ts';
import { contextOf } from '../imports.ts';
import type { Interpreter, SourceFile } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import { parse } from '../parser/parse.ts';
import { touch } from '../paths/journal.ts';
import type * as syntax from '../source/syntax.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { Attributes, PyBytes, PyDict, Unknown, type Value } from '../values/index.ts';

/** The names that a piece of code sees: where it stands, or what it is given. */
interface Names {
  readonly visible: Attributes;
  /** The dictionary that what it binds goes to; undefined where it binds in `visible`. */
  readonly target: PyDict | undefined;
}

/** `eval(source, globals, locals)`; Unknown where the source is not known, or is no one expression. */
export function evaluate(interpreter: Interpreter, source: Value, globals: Value | undefined, locals: Value | undefined, localNames: () => PyDict): Value {
  const file = fileOf(source);
  const [statement, ...more] = file?.tree.body ?? [];
  const names = namesFor(interpreter, globals, locals, localNames);
  if (!file || names === undefined) return interpreter.unknown('code in a string');
  if (file.tree.errors.length > 0 || statement?.type !== 'Expr' || more.length > 0) throw interpreter.error(exceptions.SyntaxError, file.tree.errors[0]?.message ?? 'invalid syntax');
  return compile(statement.value, contextOf(file))(frameOf(interpreter as Machine, file, names.visible));
}

/** `exec(source, globals, locals)`. */
export function execute(interpreter: Interpreter, source: Value, globals: Value | undefined, locals: Value | undefined, localNames: () => PyDict): Value {
  const machine = interpreter as Machine;
  const file = fileOf(source);
  const names = namesFor(interpreter, globals, locals, localNames);
  if (!file || names === undefined) {
    // it may bind and change anything
    const unknown = interpreter.unknown('code in a string');
    const given = [locals, globals].find((each) => each instanceof PyDict) as PyDict | undefined;
    if (given) {
      touch(given);
      given.blurred = unknown;
    } else machine.starImports.set(machine.frame!.globals, unknown);
    return null;
  }
  if (file.tree.errors.length > 0) throw interpreter.error(exceptions.SyntaxError, file.tree.errors[0].message);
  const { visible, target } = names;
  const before = new Map(visible);
  machine.runFrame(frameOf(machine, file, visible));
  if (target) for (const [name, value] of visible) if (before.get(name) !== value || !before.has(name)) target.setText(name, value);
  return null;
}

/** `ast.literal_eval(text)`. */
export function literalValue(interpreter: Interpreter, source: Value): Value {
  const file = fileOf(source);
  if (!file) return interpreter.unknown('code in a string');
  const [statement, ...more] = file.tree.body;
  if (file.tree.errors.length > 0 || more.length > 0 || statement?.type !== 'Expr') throw interpreter.error(exceptions.SyntaxError, file.tree.errors[0]?.message ?? 'invalid syntax');
  if (!isLiteral(statement.value)) throw interpreter.error(exceptions.ValueError, 'malformed node or string');
  return compile(statement.value, contextOf(file))(frameOf(interpreter as Machine, file, new Attributes()));
}

function isLiteral(node: syntax.Expression | undefined): boolean {
  switch (node?.type) {
    case undefined: return false;
    case 'Constant': return true;
    case 'Tuple': case 'List': case 'Set': return node.elements.every(isLiteral);
    case 'Dict': return node.keys.every(isLiteral) && node.values.every(isLiteral);
    case 'UnaryOp': return node.operator !== 'not' && isLiteral(node.operand);
    case 'BinOp': return (node.operator === '+' || node.operator === '-') && isLiteral(node.left) && isLiteral(node.right);
    default: return false;
  }
}

function namesFor(interpreter: Interpreter, globals: Value = null, locals: Value = null, localNames: () => PyDict): Names | undefined {
  const { frame } = interpreter as Machine;
  if (globals === null && locals === null && frame!.code.scope.kind === 'module') return { visible: frame!.globals, target: undefined };
  const visible = new Attributes();
  const add = (names: Value): boolean => {
    if (!(names instanceof PyDict) || names.blurred) return false;
    for (const { key, value } of names.entries.values()) if (typeof key === 'string') visible.set(key, value);
    return true;
  };
  if (globals === null) for (const [name, value] of frame!.globals) visible.set(name, value);
  else if (!add(globals)) return undefined;
  if (locals !== null ? !add(locals) : globals === null && !add(localNames())) return undefined;
  const target = locals !== null ? locals : globals !== null ? globals : new PyDict();
  return { visible, target: target as PyDict };
}

function frameOf(machine: Machine, file: SourceFile, names: Attributes): Frame {
  const code = makeCode(file.tree, contextOf(file), '<module>');
  return new Frame(machine, code, names, new Array<Value | undefined>(code.slotCount).fill(undefined), machine.makeCells(code, []), machine.frame);
}

/** The newest texts with their trees: the same text is compiled once. */
const files = new Map<string, SourceFile>();
const MOST_FILES = 200;

function fileOf(source: Value): SourceFile | undefined {
  const text = typeof source === 'string' ? source.trim() : source instanceof PyBytes ? source.value.trim() : undefined;
  if (text === undefined || source instanceof Unknown) return undefined;
  let file = files.get(text);
  if (file === undefined) {
    file = { path: '<string>', text, tree: parse(text), user: false };
    files.set(text, file);
    if (files.size > MOST_FILES) files.delete(files.keys().next().value!);
  }
  return file;
}
