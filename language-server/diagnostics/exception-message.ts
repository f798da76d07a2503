import { InterpretationStopped, NotKnown, PythonError } from '../python/interpreter-api.ts';
import type { Interpreter } from '../python/interpreter-api.ts';
import type { PyException } from '../python/values/index.ts';

/** What `str(exception)` gives; empty where the `__str__` of its class fails, or cannot be followed. */
export function messageOf(interpreter: Interpreter, exception: PyException): string {
  try {
    return interpreter.str(exception);
  } catch (error) {
    if (error instanceof PythonError || error instanceof NotKnown || error instanceof InterpretationStopped && !error.cancelled) return '';
    throw error;
  }
}
