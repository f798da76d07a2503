/** property, classmethod, staticmethod, super. */
import { NotKnown } from '../interpreter-api.ts';
import { getter, method, staticMethod } from '../native.ts';
import { classes, exceptions } from '../types.ts';
import { PyClass, PyClassMethod, PyFunction, PyProperty, PyStaticMethod, PySuper, Unknown, type Value, typeOf } from '../values.ts';

const anything = { acceptsUnknown: true };

staticMethod(classes.property, '__new__', 'cls, fget=, fset=, fdel=, doc=', (_interpreter, cls: PyClass, get: Value = null, set: Value = null, remove: Value = null, doc: Value = null) => (
  new PyProperty(get, set, remove, doc ?? (get instanceof PyFunction ? get.doc : null), cls)), anything);
method(classes.property, 'getter', 'fget, /', (_interpreter, self: PyProperty, get: Value) => new PyProperty(get, self.setter, self.deleter, self.doc, self.cls), anything);
method(classes.property, 'setter', 'fset, /', (_interpreter, self: PyProperty, set: Value) => new PyProperty(self.getter, set, self.deleter, self.doc, self.cls), anything);
method(classes.property, 'deleter', 'fdel, /', (_interpreter, self: PyProperty, remove: Value) => new PyProperty(self.getter, self.setter, remove, self.doc, self.cls), anything);
getter(classes.property, 'fget', (_interpreter, self: PyProperty) => self.getter);
getter(classes.property, 'fset', (_interpreter, self: PyProperty) => self.setter);
getter(classes.property, 'fdel', (_interpreter, self: PyProperty) => self.deleter);

staticMethod(classes.classmethod, '__new__', 'cls, function, /', (_interpreter, cls: PyClass, callable: Value) => new PyClassMethod(callable, cls), anything);
staticMethod(classes.staticmethod, '__new__', 'cls, function, /', (_interpreter, cls: PyClass, callable: Value) => new PyStaticMethod(callable, cls), anything);
for (const cls of [classes.classmethod, classes.staticmethod]) {
  for (const name of ['__func__', '__wrapped__']) getter(cls, name, (_interpreter, self: PyClassMethod | PyStaticMethod) => self.function);
}
method(classes.staticmethod, '__call__', '*args, **kwargs', (interpreter, self: PyStaticMethod, args: Value[], keywords) => interpreter.call(self.function, args, keywords), anything);

staticMethod(classes.super, '__new__', 'cls, type=, object=, /', (interpreter, _cls: PyClass, after: Value | undefined, self: Value | undefined) => {
  if (after instanceof Unknown) throw new NotKnown(after);
  if (after === undefined) throw interpreter.error(exceptions.RuntimeError, 'super(): no arguments');
  if (!(after instanceof PyClass)) throw interpreter.error(exceptions.TypeError, `super() argument 1 must be a type, not ${typeOf(after).name}`);
  if (self instanceof Unknown) throw new NotKnown(self);
  if (self === undefined) throw new NotKnown(interpreter.unknown('an unbound super object'));
  if (self instanceof PyClass && self.isSubclassOf(after)) return new PySuper(after, self, self);
  if (typeOf(self).isSubclassOf(after)) return new PySuper(after, self, typeOf(self));
  throw interpreter.error(exceptions.TypeError, 'super(type, obj): obj must be an instance or subtype of type');
}, anything);
