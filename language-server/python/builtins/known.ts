/** Taking plain TypeScript values out of arguments. */
import { type Interpreter, NotKnown } from '../interpreter-api.ts';
import { exceptions } from '../values/builtin-classes.ts';
import type { PyDict, PyList, PySet} from '../values/index.ts';
import { Condition, plain, SymbolicFloat, SymbolicInt, Unknown, type Value, typeOf } from '../values/index.ts';

/** The text of a str or of an instance of a subclass; TypeError with CPython's words otherwise. */
export function toText(interpreter: Interpreter, value: Value, message: (type: string) => string): string {
  const text = plain(value);
  if (typeof text === 'string') return text;
  if (text instanceof Unknown || text instanceof Condition) throw new NotKnown(text);
  throw interpreter.error(exceptions.TypeError, message(typeOf(value).name));
}

/** Throws NotKnown for what stands for several values. */
export function requireKnown(interpreter: Interpreter, value: Value): void {
  if (value instanceof Unknown || value instanceof Condition) throw new NotKnown(value);
  if (value instanceof SymbolicInt || value instanceof SymbolicFloat) throw new NotKnown(interpreter.unknown('a number that depends on a size that is not known'));
}

/** Throws NotKnown where the contents of a container are not known. */
export function requireContents(container: PyList | PyDict | PySet): void {
  if (container.blurred) throw new NotKnown(container.blurred);
}

/** Runs `change`; where it meets something that is not known, the container's contents are not known any more. */
export function changing(container: PyList | PyDict | PySet, change: () => void): null {
  try {
    change();
  } catch (thrown) {
    if (!(thrown instanceof NotKnown)) throw thrown;
    const { unknown } = thrown;
    container.blur(unknown instanceof Unknown ? unknown : new Unknown('depends on a size that is not known'));
  }
  return null;
}
