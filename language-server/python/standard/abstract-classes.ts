/** ABCMeta: the metaclass whose classes say by themselves what counts as their subclass. */
import type { Interpreter } from '../interpreter-api.ts';
import { method } from '../native.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import { notImplemented, PyClass, PyClassMethod, PyTuple, type Value, typeOf } from '../values/index.ts';
import { requireKnown } from '../builtins/known.ts';

export const ABCMeta = new PyClass('ABCMeta', [classes.type], { immutable: true, module: 'abc' });

/** What `register` was told; a class that no one keeps takes its list along. */
const registered = new WeakMap<PyClass, PyClass[]>();

method(ABCMeta, 'register', 'subclass', (interpreter, self: PyClass, subclass: Value) => {
  requireKnown(interpreter, subclass);
  if (!(subclass instanceof PyClass)) throw interpreter.error(exceptions.TypeError, 'Can only register classes');
  const list = registered.get(self);
  if (list) list.push(subclass);
  else registered.set(self, [subclass]);
  return subclass;
});
method(ABCMeta, '__subclasscheck__', 'subclass', (interpreter, self: PyClass, subclass: Value) => {
  requireKnown(interpreter, subclass);
  return subclass instanceof PyClass && isAbstractSubclass(interpreter, self, subclass);
});
method(ABCMeta, '__instancecheck__', 'instance', (interpreter, self: PyClass, instance: Value) => isAbstractSubclass(interpreter, self, typeOf(instance)));

function isAbstractSubclass(interpreter: Interpreter, cls: PyClass, subclass: PyClass): boolean {
  if (subclass.isSubclassOf(cls)) return true;
  const hook = cls.attributes.get('__subclasshook__');
  if (hook !== undefined) {
    const answer = hook instanceof PyClassMethod ? interpreter.call(hook.function, [cls, subclass]) : notImplemented;
    if (answer !== notImplemented) return interpreter.decided(answer);
  }
  // the classes of collections.abc list the methods that make a class one of them
  const methods = cls.attributes.get('_abc_methods_');
  if (methods instanceof PyTuple && methods.items.every((name) => (subclass.find(name as string) ?? null) !== null)) return true;
  return (registered.get(cls)?.some((each) => accepts(interpreter, each, subclass)) ?? false) || cls.subclasses.some((each) => accepts(interpreter, each, subclass));
}

function accepts(interpreter: Interpreter, cls: PyClass, subclass: PyClass): boolean {
  return cls.cls === ABCMeta ? isAbstractSubclass(interpreter, cls, subclass) : subclass.isSubclassOf(cls);
}
