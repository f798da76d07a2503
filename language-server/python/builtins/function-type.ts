/** Making functions by hand, as libraries that copy functions do: `types.FunctionType(code, globals, name, argdefs, closure)`. */
import type { Code } from '../compilation/code.ts';
import { NotKnown } from '../interpreter-api.ts';
import { staticMethod } from '../native.ts';
import { classes } from '../values/builtin-classes.ts';
import { Attributes, type Cell, type PyClass, PyFunction, PyInstance, PyTuple, type Value } from '../values/index.ts';

staticMethod(classes.function, '__new__', 'cls, code, globals, name=, argdefs=, closure=', (interpreter, _cls: PyClass, code: Value, globals: Value, name: Value = null, defaults: Value = null, closure: Value = null) => {
  const namespace = globals !== null && typeof globals === 'object' && 'attributesBehind' in globals ? globals.attributesBehind : undefined;
  if (!(code instanceof PyInstance) || code.cls !== classes.code || !(namespace instanceof Attributes)) throw new NotKnown(interpreter.unknown('a function made of code'));
  const cells = closure instanceof PyTuple ? closure.items.map((cell) => (cell as PyInstance).payload as Cell) : [];
  const values = defaults instanceof PyTuple ? defaults.items : [];
  const made = code.payload as Code;
  return new PyFunction(made, namespace, cells, values, undefined, typeof name === 'string' ? name : made.name);
});
