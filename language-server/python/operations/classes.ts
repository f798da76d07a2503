/** Making classes: linearisation, metaclasses, `__set_name__`, `__init_subclass__`; and making instances. */
import type { Keywords } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { classes, PyClass, PyClassMethod, PyFunction, PyInstance, PyStaticMethod, PyTuple, Unknown, type Value, typeOf } from '../values/index.ts';
import { abstractMethods } from './class-queries.ts';

/** C3: the order in which bases are searched; undefined where there is none. */
export function linearise(cls: PyClass, bases: readonly PyClass[]): PyClass[] | undefined {
  const sequences = [...bases.map((base) => [...base.mro]), [...bases]];
  const order = [cls];
  for (;;) {
    const open = sequences.filter((sequence) => sequence.length > 0);
    if (open.length === 0) return order;
    const next = open.map((sequence) => sequence[0]).find((candidate) => !open.some((sequence) => sequence.indexOf(candidate) > 0));
    if (next === undefined) return undefined;
    order.push(next);
    for (const sequence of open) if (sequence[0] === next) sequence.shift();
  }
}

/** The metaclass for the bases: the most derived of theirs and the given one. */
export function metaclassFor(machine: Machine, bases: readonly Value[], given: Value | undefined): Value {
  if (given !== undefined && !(given instanceof PyClass)) return given;
  let meta = given ?? classes.type;
  for (const base of bases) {
    const own = typeOf(base);
    if (own.isSubclassOf(meta)) meta = own;
    else if (!meta.isSubclassOf(own) && own.isSubclassOf(classes.type)) {
      throw machine.error(exceptions.TypeError, 'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases');
    }
  }
  return meta;
}

/** `type.__new__(metaclass, name, bases, namespace, **keywords)`. */
export function newClass(machine: Machine, metaclass: PyClass, name: string, bases: readonly Value[], namespace: Iterable<readonly [string, Value]>, keywords?: Keywords): PyClass {
  const parents: PyClass[] = [];
  for (const base of bases) {
    if (base instanceof PyClass) parents.push(base);
    else if (!(base instanceof Unknown)) throw machine.error(exceptions.TypeError, `${typeOf(base).name}() takes no arguments`);
  }
  if (parents.length === 0) parents.push(classes.object);
  const cls = new PyClass(name, parents, { metaclass });
  for (const [key, value] of namespace) {
    if (key === '__qualname__' && typeof value === 'string') cls.qualname = value;
    else if (key === '__new__' && value instanceof PyFunction) cls.attributes.set(key, new PyStaticMethod(value));
    else if ((key === '__init_subclass__' || key === '__class_getitem__') && value instanceof PyFunction) cls.attributes.set(key, new PyClassMethod(value));
    else cls.attributes.set(key, value);
  }
  if (!cls.attributes.has('__module__')) cls.attributes.set('__module__', machine.frame?.globals.get('__name__') ?? null);
  if (!cls.attributes.has('__doc__')) cls.attributes.set('__doc__', null);
  // instances that define equality and no hash have no hash
  if (cls.attributes.has('__eq__') && !cls.attributes.has('__hash__')) cls.attributes.set('__hash__', null);
  const repeated = parents.find((base, index) => parents.indexOf(base) !== index);
  if (repeated) throw machine.error(exceptions.TypeError, `duplicate base class ${repeated.name}`);
  const mro = linearise(cls, parents);
  if (mro === undefined) {
    throw machine.error(exceptions.TypeError, `Cannot create a consistent method resolution order (MRO) for bases ${parents.map((base) => base.name).join(', ')}`);
  }
  cls.mro = mro;
  cls.changed();
  cls.place = machine.place();
  for (const base of parents) if (!base.immutable) machine.addSubclass(base, cls);
  const unknownBase = bases.find((base) => base instanceof Unknown);
  if (unknownBase instanceof Unknown) cls.unknownBase = unknownBase;
  else cls.unknownBase = parents.find((base) => base.unknownBase)?.unknownBase;
  for (const [key, value] of [...cls.attributes]) {
    if (!(value instanceof PyInstance)) continue;
    const setName = value.cls.find('__set_name__');
    if (setName !== undefined) machine.call(setName, [value, cls, key]);
  }
  initSubclass(machine, cls, parents, keywords);
  return cls;
}

function initSubclass(machine: Machine, cls: PyClass, parents: readonly PyClass[], keywords: Keywords | undefined): void {
  for (const base of cls.mro.slice(1)) {
    const hook = base.attributes.get('__init_subclass__');
    if (hook === undefined) continue;
    if (base === classes.object) break;
    machine.call(hook instanceof PyClassMethod ? hook.function : hook, [cls], keywords);
    return;
  }
  if (keywords !== undefined && keywords.size > 0 && !parents.some((base) => base.unknownBase)) {
    throw machine.error(exceptions.TypeError, `${cls.name}.__init_subclass__() takes no keyword arguments`);
  }
}

/** `cls(*positional, **keywords)` as `type.__call__` does it. */
export function instantiate(machine: Machine, cls: PyClass, positional: readonly Value[], keywords: Keywords | undefined): Value {
  if (cls === classes.type && positional.length === 1 && keywords === undefined) return typeOf(positional[0]);
  if (cls.unknownBase !== undefined && cls.find('__init__') === classes.object.attributes.get('__init__')) return cls.unknownBase.derive();
  if (cls.abstract !== undefined) throw machine.error(exceptions.TypeError, cls.abstract);
  const make = cls.find('__new__');
  const objectNew = classes.object.attributes.get('__new__');
  const init = cls.find('__init__');
  let instance: Value;
  if (make === undefined || make === objectNew) {
    if (init === classes.object.attributes.get('__init__') && (positional.length > 0 || keywords !== undefined)) {
      throw machine.error(exceptions.TypeError, `${cls.name}() takes no arguments`);
    }
    instance = newObject(machine, cls);
  } else {
    instance = machine.call(make instanceof PyStaticMethod ? make.function : make, [cls, ...positional], keywords);
    if (instance instanceof Unknown) return instance.derive(cls === classes.int || cls === classes.float || cls === classes.str || cls === classes.bool ? cls : undefined);
    if (!typeOf(instance).isSubclassOf(cls)) return instance;
  }
  const initialise = typeOf(instance).find('__init__');
  if (initialise !== undefined && initialise !== classes.object.attributes.get('__init__')) {
    const result = machine.callFound(initialise, instance, positional, keywords);
    if (result !== null && !(result instanceof Unknown)) throw machine.error(exceptions.TypeError, `__init__() should return None, not '${typeOf(result).name}'`);
  }
  return instance;
}

/** `object.__new__(cls)`. */
export function newObject(machine: Machine, cls: PyClass): Value {
  const abstract = abstractMethods(cls);
  if (abstract.length > 0) {
    throw machine.error(exceptions.TypeError, `Can't instantiate abstract class ${cls.name} without an implementation for abstract method${abstract.length > 1 ? 's' : ''} ${abstract.map((name) => `'${name}'`).join(', ')}`);
  }
  const instance = new PyInstance(cls);
  // what a library makes for itself was made through the user's line
  instance.place = machine.userPlace() ?? machine.place();
  return instance;
}

/** `type(name, bases, namespace)` and class statements, the metaclass's own hooks included. */
export function makeClass(machine: Machine, name: string, bases: readonly Value[], namespace: Map<string, Value>, metaclass: Value | undefined, keywords?: Keywords): Value {
  const meta = metaclassFor(machine, bases, metaclass);
  if (meta === classes.type) return newClass(machine, classes.type, name, bases, namespace, keywords);
  return machine.call(meta, [name, new PyTuple(bases), machine.dictOf(namespace)], keywords);
}

