/** The exceptions that statements and imports raise. */
import type { Frame } from './compilation/code.ts';
import { PythonError } from './interpreter-api.ts';
import type { Machine } from './interpreter.ts';
import { Attributes, classes, exceptions, PyClass, PyException, Unknown, type Value } from './values/index.ts';

export function raise(machine: Machine, exception: Value, cause?: Value): PythonError {
  let value = exception;
  if (value instanceof PyClass && value.isSubclassOf(classes.BaseException)) value = machine.call(value);
  if (value instanceof Unknown) {
    const unknown = machine.error(exceptions.Exception, `<unknown: ${value.reason}>`);
    unknown.exception.notes.push(value);
    return unknown;
  }
  if (!(value instanceof PyException)) return machine.error(exceptions.TypeError, 'exceptions must derive from BaseException');
  if (cause !== undefined) {
    value.cause = cause instanceof PyClass ? machine.call(cause) : cause;
    value.suppressContext = true;
  }
  return new PythonError(value);
}

/** A bare `raise`. */
export function reraise(machine: Machine, frame: Frame): PythonError {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.caller) {
    const handling = at.handling?.at(-1);
    if (handling) return new PythonError(handling);
  }
  return machine.error(exceptions.RuntimeError, 'No active exception to reraise');
}

export function moduleNotFound(machine: Machine, name: string, message: string): PythonError {
  const error = machine.error(exceptions.ModuleNotFoundError, message);
  error.exception.attributes = new Attributes(error.exception);
  error.exception.attributes.set('name', name);
  error.exception.attributes.set('path', null);
  return error;
}

export function missingGlobal(machine: Machine, frame: Frame, name: string): Value {
  const star = machine.starImports.get(frame.globals);
  if (star) return star.derive();
  const error = machine.error(exceptions.NameError, `name '${name}' is not defined`);
  error.exception.attributes = new Attributes(error.exception);
  error.exception.attributes.set('name', name);
  throw error;
}
