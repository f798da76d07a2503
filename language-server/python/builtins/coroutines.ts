/** Methods of coroutines, which are resumed as generators are. */
import { method } from '../native.ts';
import { classes, exceptions } from '../types.ts';
import type { PyGenerator, Value } from '../values.ts';

const anything = { acceptsUnknown: true };

method(classes.coroutine, 'send', 'value, /', (interpreter, self: PyGenerator, value: Value) => {
  const next = self.next(value);
  if (next !== undefined) return next;
  throw self.returned === null ? interpreter.error(exceptions.StopIteration) : interpreter.error(exceptions.StopIteration, self.returned);
}, anything);
method(classes.coroutine, 'close', '', (_interpreter, self: PyGenerator) => {
  if (!self.finished) self.body.close();
  self.finished = true;
  return null;
});
