/** Running a module's statements; in user files one failed statement does not silence the rest. */
import { addTraceback, limitReached } from './operations/calls.ts';
import { type Execute, type Frame, NORMAL } from './compilation/code.ts';
import { contextOf, moduleFrame } from './imports.ts';
import { InterpretationStopped, NodePlace, PythonError, type SourceFile } from './interpreter-api.ts';
import { lineMark } from './incremental/line-marks.ts';
import type { Machine } from './interpreter.ts';
import { depth, keep } from './paths/journal.ts';
import { analyseScopes } from './compilation/scope.ts';
import { compileStatement } from './compilation/statements.ts';
import type * as syntax from './source/syntax.ts';
import { PyDict, PyFloat, PyList, type PyModule, PySet, type Value } from './values/index.ts';

/** Raises what the module raises, but goes on after failed statements where the file is the user's. */
export function runModule(machine: Machine, module: PyModule, file: SourceFile): void {
  if (!file.user) {
    machine.runFrame(moduleFrame(machine, module, file));
    return;
  }
  const frame = moduleFrame(machine, module, file);
  const compiled = statementsOf(file);
  for (let i = 0; i < compiled.length; i++) runStatement(machine, frame, compiled[i], file.tree.body[i]);
}

/** How a statement of a user's module ended; `stopped`: before its end, because steps or time ran out. */
export type StatementEnd = 'done' | 'failed' | 'stopped';

/** Runs one statement of a user's module. What it raises is told to the host, and the names that it would have bound are unknown. */
export function runStatement(machine: Machine, frame: Frame, execute: Execute, statement: syntax.Statement): StatementEnd {
  const { file } = frame.code.unit;
  const caller = machine.frame;
  machine.frame = frame;
  frame.pending = undefined;
  const epochs = depth();
  const pathDepth = machine.pathDepth();
  let end: StatementEnd = 'done';
  try {
    if (execute(frame) !== NORMAL) frame.returned = null;
  } catch (thrown) {
    while (depth() > epochs) keep();
    machine.frame = frame;
    machine.forget(pathDepth);
    if (thrown instanceof InterpretationStopped && thrown.cancelled) throw thrown;
    if (thrown instanceof PythonError) {
      end = 'failed';
      addTraceback(frame, thrown);
      machine.host.failed?.(thrown, statement, file);
    } else {
      const reason = thrown instanceof InterpretationStopped ? thrown.message : thrown instanceof RangeError ? limitReached(thrown) : undefined;
      if (reason === undefined) throw thrown;
      end = 'stopped';
      machine.gap(machine.unknown(reason));
      machine.grantRest();
    }
    forgetUnfinished(machine, frame, statement);
  } finally {
    while (depth() > epochs) keep();
    machine.frame = caller;
  }
  return end;
}

const compiledModules = new WeakMap<syntax.Module, Execute[]>();

function statementsOf(file: SourceFile): Execute[] {
  let compiled = compiledModules.get(file.tree);
  if (!compiled) {
    const context = contextOf(file);
    compiled = file.tree.body.map((statement) => compileStatement(statement, context));
    compiledModules.set(file.tree, compiled);
  }
  return compiled;
}

/**
 * After a statement that was given up: the names that it would have bound are unknown, and so is what it may have counted or collected,
 * of which it did only a part.
 */
function forgetUnfinished(machine: Machine, { code, globals }: Frame, statement: syntax.Statement): void {
  const module: syntax.Module = { type: 'Module', body: [statement], errors: [], start: statement.start, end: statement.end };
  const { bound, uses } = analyseScopes(module).get(module)!;
  const unknown = machine.unknown(`not known, because line ${lineMark(new NodePlace(code.unit.file, statement))} failed`);
  for (const name of bound) {
    const value = globals.get(name);
    if (!globals.has(name) || isPlainNumber(value)) globals.set(name, unknown.derive());
  }
  for (const name of uses) {
    const value = globals.get(name);
    if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) value.blur(unknown.derive());
  }
}

function isPlainNumber(value: Value | undefined): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value instanceof PyFloat;
}
