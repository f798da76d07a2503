/** What is asked of classes while a program runs: instances, abstract methods, super(), unions and generic aliases. */
import { callFound } from './calls.ts';
import type { Frame } from '../compilation/code.ts';
import { truth } from './comparison.ts';
import type { Machine } from '../interpreter.ts';
import { exceptions } from '../values/builtin-classes.ts';
import {
  Attributes, classes, Condition, PyClass, PyClassMethod, PyFunction, PyInstance, PyObject, PyProperty, PyStaticMethod, PySuper, PyTuple, typeOf, Unknown, type Value,
} from '../values/index.ts';

/** `isinstance(value, classInfo)` as far as it is known. */
export function isInstance(machine: Machine, value: Value, classInfo: Value): boolean | Unknown {
  if (classInfo instanceof PyTuple) {
    let unknown: Unknown | undefined;
    for (const item of classInfo.items) {
      const result = isInstance(machine, value, item);
      if (result === true) return true;
      if (result instanceof Unknown) unknown ??= result;
    }
    return unknown ?? false;
  }
  if (value instanceof Unknown && value.type !== undefined && classInfo instanceof PyClass) return value.type.isSubclassOf(classInfo);
  if (value instanceof Unknown) return machine.unknownQuestion(value, classInfo instanceof PyClass ? `isinstance ${classInfo.name}` : undefined);
  if (classInfo instanceof Unknown) return classInfo.derive();
  if (classInfo instanceof PyClass) {
    const cls = typeOf(value);
    if (cls.isSubclassOf(classInfo)) return true;
    const hook = classInfo.cls.find('__instancecheck__');
    if (hook !== undefined) {
      const known = truth(machine, callFound(machine, hook, classInfo, [value], undefined));
      return known instanceof Condition ? machine.unknownFrom(known) : known;
    }
    return cls.unknownBase !== undefined ? cls.unknownBase.derive() : false;
  }
  const args = classInfo instanceof PyObject ? classInfo.attributes?.get('__args__') : undefined;
  if (args instanceof PyTuple) return isInstance(machine, value, new PyTuple(args.items.map((item) => item ?? classes.NoneType)));
  const hook = typeOf(classInfo).find('__instancecheck__');
  if (hook !== undefined) return machine.decided(callFound(machine, hook, classInfo, [value], undefined));
  throw machine.error(exceptions.TypeError, 'isinstance() arg 2 must be a type, a tuple of types, or a union');
}

/** Bases that are no classes (`Generic[T]`) stand for what `__mro_entries__` says. */
export function resolveBases(machine: Machine, bases: readonly Value[]): readonly Value[] {
  if (bases.every((base) => base instanceof PyClass)) return bases;
  const resolved: Value[] = [];
  for (const base of bases) {
    const entries = base instanceof PyClass || base instanceof Unknown ? undefined : machine.findAttribute(base, '__mro_entries__');
    if (entries === undefined) {
      const origin = base instanceof PyClass || base instanceof Unknown ? undefined : machine.findAttribute(base, '__origin__');
      resolved.push(origin ?? base);
    } else {
      const given = machine.call(entries, [new PyTuple(bases)]);
      if (given instanceof PyTuple) resolved.push(...given.items);
    }
  }
  return resolved;
}

/** The abstract methods that a class leaves open; only ABCMeta's classes have any. */
export function abstractMethods(cls: PyClass): readonly string[] {
  if (cls.cls === classes.type) return none;
  let names = abstractTable.get(cls);
  if (names === undefined) {
    const open: string[] = [];
    if (cls.cls.mro.some((meta) => meta.name === 'ABCMeta')) {
      const seen = new Set<string>();
      for (const base of cls.mro) {
        for (const [name, value] of base.attributes) {
          if (seen.has(name)) continue;
          seen.add(name);
          if (isAbstract(value)) open.push(name);
        }
      }
    }
    abstractTable.set(cls, names = open.sort());
  }
  return names;
}

export function zeroArgumentSuper(machine: Machine, frame: Frame): Value {
  const cell = frame.code.scope.cells.get('__class__');
  const cls = cell === undefined ? undefined : frame.cells[cell].value;
  if (cls instanceof Unknown) return cls;
  if (!(cls instanceof PyClass)) throw machine.error(exceptions.RuntimeError, frame.code.parameters.length === 0 ? 'super(): no arguments' : 'super(): __class__ cell not found');
  const shared = frame.code.sharedParameters.find(({ slot }) => slot === 0);
  const first = frame.code.parameters.length === 0 && frame.code.variadicSlot !== undefined ? frame.locals[frame.code.variadicSlot] : shared ? frame.cells[shared.cell].value : frame.locals[0];
  const self = first instanceof PyTuple && frame.code.parameters.length === 0 ? first.items[0] : first;
  if (self === undefined) throw machine.error(exceptions.RuntimeError, 'super(): no arguments');
  return superOf(machine, cls, self);
}

/** `super(cls, self)`. */
export function superOf(machine: Machine, cls: PyClass, self: Value): Value {
  if (self instanceof Unknown) return self.derive();
  if (self instanceof PyClass && self.isSubclassOf(cls)) return new PySuper(cls, self, self);
  const type = typeOf(self);
  if (type.isSubclassOf(cls)) return new PySuper(cls, self, type);
  throw machine.error(exceptions.TypeError, 'super(type, obj): obj must be an instance or subtype of type');
}

/** `left | right` of classes. */
export function unionType(left: Value, right: Value): Value {
  const union = new PyInstance(classes.UnionType);
  const flat = [left, right].flatMap((side) => {
    const args = side instanceof PyInstance && side.cls === classes.UnionType ? side.attributes?.get('__args__') : undefined;
    return args instanceof PyTuple ? [...args.items] : [side ?? classes.NoneType];
  });
  union.attributes = new Attributes(union);
  union.attributes.set('__args__', new PyTuple(flat));
  return union;
}

/** `list[int]`. */
export function genericAlias(origin: Value, index: Value): Value {
  const alias = new PyInstance(classes.GenericAlias);
  alias.attributes = new Attributes(alias);
  alias.attributes.set('__origin__', origin);
  alias.attributes.set('__args__', index instanceof PyTuple ? index : new PyTuple([index]));
  return alias;
}

export function classRepr(machine: Machine, cls: PyClass): string {
  const module = cls.attributes.get('__module__');
  const meta = cls.cls.find('__repr__');
  if (meta !== undefined && meta !== classes.type.attributes.get('__repr__') && meta !== classes.object.attributes.get('__repr__')) return machine.str(callFound(machine, meta, cls, [], undefined));
  return `<class '${typeof module === 'string' && module !== 'builtins' ? `${module}.` : ''}${cls.qualname}'>`;
}

const none: readonly string[] = [];
const abstractTable = new WeakMap<PyClass, readonly string[]>();

function isAbstract(value: Value): boolean {
  if (value instanceof PyProperty) return isAbstract(value.getter) || isAbstract(value.setter);
  if (value instanceof PyClassMethod || value instanceof PyStaticMethod) return isAbstract(value.function);
  return value instanceof PyFunction && value.attributes?.get('__isabstractmethod__') === true;
}
