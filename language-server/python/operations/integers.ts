/** What gives an int: `len()` and `operator.index`. */
import { type Interpreter, NotKnown } from '../interpreter-api.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import { Condition, plain, SymbolicInt, typeOf, Unknown, type Value } from '../values/index.ts';

/** `len(object)`: an int, a SymbolicInt or Unknown; raises TypeError for what has no length. */
export function length(interpreter: Interpreter, object: Value): Value {
  const value = plain(object);
  if (typeof value === 'string') return /[\ud800-\udfff]/.test(value) ? Array.from(value).length : value.length;
  if (value instanceof Unknown) return value.derive(classes.int);
  const found = interpreter.callSpecial(object, '__len__');
  const { unknownBase } = typeOf(object);
  if (found === undefined && unknownBase !== undefined) return unknownBase.derive(classes.int);
  if (found === undefined) throw interpreter.error(exceptions.TypeError, `object of type '${typeOf(object).name}' has no len()`);
  if (typeof found === 'number' && found < 0) throw interpreter.error(exceptions.ValueError, '__len__() should return >= 0');
  return found;
}

/** `operator.index(value)`; raises TypeError for what is no int, throws NotKnown for symbolic and unknown ones. */
export function toIndex(interpreter: Interpreter, value: Value): number | bigint {
  const inner = plain(value);
  if (typeof inner === 'number' || typeof inner === 'bigint') return inner;
  if (typeof inner === 'boolean') return Number(inner);
  if (inner instanceof Unknown || inner instanceof Condition) throw new NotKnown(inner);
  if (inner instanceof SymbolicInt) throw new NotKnown(interpreter.unknown(`it depends on the size ${interpreter.repr(inner)}`));
  const result = interpreter.callSpecial(value, '__index__');
  if (result === undefined) throw interpreter.error(exceptions.TypeError, `'${typeOf(value).name}' object cannot be interpreted as an integer`);
  return toIndex(interpreter, result);
}

/** The same clamped to a JavaScript number. */
export function toNumber(interpreter: Interpreter, value: Value): number {
  const index = toIndex(interpreter, value);
  return typeof index === 'number' ? index : index > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
}
