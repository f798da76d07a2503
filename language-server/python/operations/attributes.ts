/** Reading, setting and deleting attributes: descriptors, `__getattr__` and its kin, modules, classes, super(). */
import type { Machine } from '../interpreter.ts';
import { callFound } from './calls.ts';
import { exceptions } from '../values/builtin-classes.ts';
import {
  Attributes, type ClassTraits, classes, Condition, PyClass, PyException, PyClassMethod, PyFunction, PyInstance, PyMethod, PyModule, PyNative, PyObject, PyProperty,
  PyStaticMethod, PySuper, Unknown, type Value, typeOf,
} from '../values/index.ts';

/** `findMethod` found a function of the class: it takes the object as its first argument. */
export const METHOD_FOUND = 1;
/** It found an ordinary value. */
export const VALUE_FOUND = 0;

/** `object.name`, undefined where there is none. */
export function findAttribute(machine: Machine, object: Value, name: string): Value | undefined {
  if (object instanceof PyInstance) return findInInstance(machine, object, name);
  if (object instanceof PyModule) return findInModule(machine, object, name);
  if (object instanceof PyClass) return findInType(machine, object, name);
  if (object instanceof Unknown) return object.type?.find(name) === undefined && object.type !== undefined ? undefined : machine.unknownAttribute(object, name);
  if (object instanceof PySuper) return findInSuper(machine, object, name);
  if (object instanceof Condition) return machine.unknownFrom(object);
  return findInInstance(machine, object, name);
}

function findInInstance(machine: Machine, object: Value, name: string): Value | undefined {
  const cls = typeOf(object);
  const { getattribute, getattr } = traitsOf(cls);
  if (getattribute !== undefined) {
    const found = machine.catching(exceptions.AttributeError, () => machine.call(getattribute, [object, name]));
    if (found !== undefined || getattr === undefined) return found;
    return machine.catching(exceptions.AttributeError, () => machine.call(getattr, [object, name]));
  }
  const found = findPlain(machine, object, cls, name);
  // a bound method shows its function's attributes as its own
  if (found === undefined && object instanceof PyMethod) return findAttribute(machine, object.function, name);
  if (found !== undefined || getattr === undefined) return found;
  return machine.catching(exceptions.AttributeError, () => machine.call(getattr, [object, name]));
}

/** `object.__getattribute__`: without the class's own `__getattribute__` and `__getattr__`. */
export function findPlain(machine: Machine, object: Value, cls: PyClass, name: string): Value | undefined {
  const inClass = cls.find(name);
  const own = object !== null && typeof object === 'object' ? object.attributes : undefined;
  if (inClass === undefined) return own?.get(name);
  if (own !== undefined && !isDataDescriptor(inClass)) {
    const value = own.get(name);
    if (value !== undefined) return value;
  }
  return bind(machine, inClass, object, cls);
}

function findInType(machine: Machine, object: PyClass, name: string): Value | undefined {
  const inMeta = object.cls.find(name);
  if (inMeta !== undefined && isDataDescriptor(inMeta)) return bind(machine, inMeta, object, object.cls);
  const value = object.find(name);
  if (value !== undefined) return bind(machine, value, undefined, object);
  if (inMeta !== undefined) return bind(machine, inMeta, object, object.cls);
  const { getattr } = traitsOf(object.cls);
  return getattr === undefined ? undefined : machine.catching(exceptions.AttributeError, () => machine.call(getattr, [object, name]));
}

function findInModule(machine: Machine, object: PyModule, name: string): Value | undefined {
  const value = object.attributes.get(name);
  if (value !== undefined) return value;
  if (name !== '__path__' && machine.runDeferred(object)) return findInModule(machine, object, name);
  const inClass = object.cls.find(name);
  if (inClass !== undefined) return bind(machine, inClass, object, object.cls);
  const getattr = object.attributes.get('__getattr__');
  if (getattr !== undefined) return machine.catching(exceptions.AttributeError, () => machine.call(getattr, [name]));
  // modules that load their parts when they are asked for are of a class of their own
  const ofClass = object.cls.immutable ? undefined : traitsOf(object.cls).getattr;
  return ofClass === undefined ? undefined : machine.catching(exceptions.AttributeError, () => machine.call(ofClass, [object, name]));
}

function findInSuper(machine: Machine, object: PySuper, name: string): Value | undefined {
  // `super(cls)` is bound to nothing: it has what a super object has, an empty __init__ among it
  if (object.self === null) return findPlain(machine, object, classes.super, name);
  const { mro } = object.type;
  for (let i = mro.indexOf(object.after) + 1; i < mro.length; i++) {
    const value = mro[i].attributes.get(name);
    if (value === undefined) continue;
    const onClass = object.self instanceof PyClass && object.self === object.type;
    return bind(machine, value, onClass ? undefined : object.self, object.type);
  }
  return findPlain(machine, object, classes.super, name) ?? object.type.unknownBase?.derive();
}

/** What a value found in a class becomes when it is read; `object` undefined: it was read from the class itself. */
export function bind(machine: Machine, value: Value, object: Value | undefined, cls: PyClass): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof PyFunction) return object === undefined ? value : new PyMethod(value, object);
  if (value instanceof PyNative) return object === undefined || !value.binds ? value : new PyMethod(value, object);
  if (value instanceof PyProperty) {
    if (object === undefined) return value;
    if (value.getter === null) throw machine.error(exceptions.AttributeError, `property of '${cls.name}' object has no getter`);
    return value.getter instanceof PyNative ? value.getter.call(machine, [object], undefined) : machine.call(value.getter, [object]);
  }
  if (value instanceof PyClassMethod) {
    return typeof value.function === 'object' && value.function instanceof PyProperty ? bind(machine, value.function, cls, cls.cls) : new PyMethod(value.function, cls);
  }
  if (value instanceof PyStaticMethod) return value.function;
  if (value instanceof PyInstance) {
    const get = value.cls.find('__get__');
    if (get !== undefined) return machine.call(get, [value, object === undefined ? null : object, cls]);
  }
  return value;
}

export function isDataDescriptor(value: Value): boolean {
  if (value instanceof PyProperty) return true;
  return value instanceof PyInstance && (value.cls.find('__set__') !== undefined || value.cls.find('__delete__') !== undefined);
}

/** For `object.name(...)`: the function itself and METHOD_FOUND where it takes the object first; undefined where there is none. */
export function findMethod(machine: Machine, object: Value, name: string): Value | undefined {
  machine.methodState = VALUE_FOUND;
  if (object instanceof PyModule || object instanceof PyClass || object instanceof PySuper || object instanceof Unknown || object instanceof Condition) return asValue(machine, findAttribute(machine, object, name));
  const cls = typeOf(object);
  if (!cls.immutable && traitsOf(cls).getattribute !== undefined) return asValue(machine, findAttribute(machine, object, name));
  const inClass = cls.find(name);
  if (inClass instanceof PyFunction || inClass instanceof PyNative && inClass.binds) {
    const own = object !== null && typeof object === 'object' ? object.attributes?.get(name) : undefined;
    if (own !== undefined) return own;
    machine.methodState = METHOD_FOUND;
    return inClass;
  }
  return asValue(machine, findAttribute(machine, object, name));
}

/** `object.name`: `__getattribute__` and `__getattr__`, then what is unknown of the object or not modelled; raises AttributeError. */
export function getAttribute(machine: Machine, object: Value, name: string): Value {
  if (object instanceof PyObject && !object.cls.immutable && object.cls.find('__getattribute__') !== classes.object.attributes.get('__getattribute__')) {
    // the class's own wording of the AttributeError is kept
    if (object.cls.find('__getattr__') === undefined) return callFound(machine, object.cls.find('__getattribute__')!, object, [name], undefined);
  }
  const value = findAttribute(machine, object, name);
  return value === undefined ? absentAttribute(machine, object, name) : value;
}

/** The same for `object.name(...)`, see `findMethod`. */
export function getMethod(machine: Machine, object: Value, name: string): Value {
  const found = findMethod(machine, object, name);
  if (found !== undefined) return found;
  return asValue(machine, absentAttribute(machine, object, name));
}

function absentAttribute(machine: Machine, object: Value, name: string): Value {
  if (object instanceof PyInstance && object.blurred) return object.blurred.derive();
  if (object instanceof PyObject && !object.cls.immutable && !(object instanceof PyClass)) {
    // asked again, so that the class's own `__getattr__` says what is missing
    const getattr = object.cls.find('__getattr__');
    if (getattr !== undefined) return callFound(machine, getattr, object, [name], undefined);
  }
  if (object instanceof PyModule) {
    const getattr = object.attributes.get('__getattr__');
    if (getattr !== undefined) return machine.call(getattr, [name]);
    const star = machine.starImports.get(object.attributes);
    if (star) return star.derive();
  }
  const unknownBase = object instanceof PyClass ? object.unknownBase : typeOf(object).unknownBase;
  if (unknownBase) return unknownBase.derive();
  const notModelled = machine.host.missing?.(object, name);
  if (notModelled !== undefined) return notModelled;
  throw missingAttribute(machine, object, name);
}

/** Reading an attribute may run code (`__getattr__`, properties) that looks up methods of its own. */
function asValue<Found extends Value | undefined>(machine: Machine, value: Found): Found {
  machine.methodState = VALUE_FOUND;
  return value;
}

export function setAttribute(machine: Machine, object: Value, name: string, value: Value): void {
  if (typeof object === 'object' && object !== null && !object.cls.immutable) {
    const { setattr } = traitsOf(object.cls);
    if (setattr !== undefined) {
      machine.call(setattr, [object, name, value]);
      return;
    }
  }
  setPlain(machine, object, name, value);
}

/** `object.__setattr__`. */
export function setPlain(machine: Machine, object: Value, name: string, value: Value): void {
  if (object instanceof Unknown || object instanceof Condition) return;
  const cls = typeOf(object);
  const inClass = cls.find(name);
  if (inClass !== undefined && typeof inClass === 'object') {
    if (inClass instanceof PyProperty) {
      if (inClass.setter === null) throw machine.error(exceptions.AttributeError, `property '${name}' of '${cls.name}' object has no setter`);
      machine.call(inClass.setter, [object, value]);
      return;
    }
    if (inClass instanceof PyInstance) {
      const set = inClass.cls.find('__set__');
      if (set !== undefined) {
        machine.call(set, [inClass, object, value]);
        return;
      }
    }
  }
  const target = attributesOf(object);
  if (target === undefined) {
    if (object instanceof PyClass) throw machine.error(exceptions.TypeError, `cannot set '${name}' attribute of immutable type '${object.name}'`);
    throw machine.error(exceptions.AttributeError, inClass === undefined ? `'${cls.name}' object has no attribute '${name}' and no __dict__ for setting new attributes` : `'${cls.name}' object attribute '${name}' is read-only`);
  }
  if (object instanceof PyInstance) {
    const slots = slotsOf(cls);
    if (slots !== undefined && !slots.has(name)) throw machine.error(exceptions.AttributeError, `'${cls.name}' object has no attribute '${name}' and no __dict__ for setting new attributes`);
  }
  target.set(name, value);
}

export function deleteAttribute(machine: Machine, object: Value, name: string): void {
  if (typeof object === 'object' && object !== null && !object.cls.immutable) {
    const { delattr } = traitsOf(object.cls);
    if (delattr !== undefined) {
      machine.call(delattr, [object, name]);
      return;
    }
  }
  deletePlain(machine, object, name);
}

/** `object.__delattr__`. */
export function deletePlain(machine: Machine, object: Value, name: string): void {
  if (object instanceof Unknown || object instanceof Condition) return;
  const inClass = typeOf(object).find(name);
  if (inClass instanceof PyProperty && inClass.deleter !== null) {
    machine.call(inClass.deleter, [object]);
    return;
  }
  if (inClass instanceof PyInstance) {
    const remove = inClass.cls.find('__delete__');
    if (remove !== undefined) {
      machine.call(remove, [inClass, object]);
      return;
    }
  }
  if (!attributesOf(object)?.delete(name) && typeOf(object).unknownBase === undefined) throw missingAttribute(machine, object, name);
}

/** The `__dict__` that can be written; undefined where the value has none. */
export function attributesOf(object: Value): Attributes | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  if (object instanceof PyClass) return object.immutable ? undefined : object.attributes;
  if (object.attributes !== undefined) return object.attributes;
  if (object instanceof PyInstance || object instanceof PyFunction || object instanceof PyNative || !object.cls.immutable || object.cls.isSubclassOf(classes.BaseException)) {
    object.attributes = new Attributes(object);
    // the object may be older than the epoch: what is set now must be taken back with it
    if (!(object instanceof PyException && object.born === object.attributes.stamp)) object.attributes.stamp = 0;
    return object.attributes;
  }
  return undefined;
}

export function missingAttribute(machine: Machine, object: Value, name: string): Error {
  const message = object instanceof PyModule ? `module '${object.name}' has no attribute '${name}'`
    : object instanceof PyClass ? `type object '${object.name}' has no attribute '${name}'`
    : `'${object instanceof PySuper ? 'super' : typeOf(object).name}' object has no attribute '${name}'`;
  const error = machine.error(exceptions.AttributeError, message);
  const attributes = attributesOf(error.exception)!;
  attributes.set('name', name);
  attributes.set('obj', object);
  return error;
}

/** The hooks that a class defines; those of `object` and `type` count as none. */
export function traitsOf(cls: PyClass): ClassTraits {
  return cls.traits ??= {
    getattribute: own(cls, '__getattribute__'),
    getattr: cls.find('__getattr__'),
    setattr: own(cls, '__setattr__'),
    delattr: own(cls, '__delattr__'),
    solid: cls.mro.find((base) => base.immutable) ?? classes.object,
  };
}

function own(cls: PyClass, name: string): Value | undefined {
  const value = cls.find(name);
  return value === classes.object.attributes.get(name) ? undefined : value;
}

/** The names that instances are limited to; undefined where some class along the MRO has no `__slots__`. */
function slotsOf(cls: PyClass): ReadonlySet<string> | undefined {
  let slots = slotTable.get(cls);
  if (slots === undefined) {
    const names = new Set<string>();
    let limited = true;
    for (const base of cls.mro) {
      if (base === classes.object) continue;
      const declared = base.attributes.get('__slots__');
      if (declared === undefined || declared instanceof Unknown) {
        limited = false;
        break;
      }
      const listed = typeof declared === 'string' ? [declared] : declared instanceof PyObject && 'items' in declared ? declared.items as readonly Value[] : [];
      for (const name of listed) names.add(String(name).startsWith('__') ? `_${base.name}${String(name)}` : String(name));
      if (names.has('__dict__')) limited = false;
    }
    slotTable.set(cls, slots = limited ? names : null);
  }
  return slots ?? undefined;
}

const slotTable = new WeakMap<PyClass, ReadonlySet<string> | null>();
