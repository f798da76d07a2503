/**
 * The dunder methods and attributes of the built-in classes: operators, comparison, containers, representation, hashing, and
 * what `object`, `type`, functions, modules and exceptions have. Constructors of int, str, list, ... and named methods are the
 * standard library's.
 */
import { attributesOf, deletePlain, findPlain, missingAttribute, setPlain } from './attributes.ts';
import { instantiate, linearise, newClass, newObject } from './classes.ts';
import { contains, rawCompare } from './comparison.ts';
import { hashNumber, identity } from './hashing.ts';
import type { BinaryOperator, CompareOperator, Interpreter } from '../interpreter-api.ts';
import type { Machine } from '../interpreter.ts';
import { touch } from '../paths/journal.ts';
import { iterateOrUnknown } from './iteration.ts';
import { classMethod, getter, method, staticMethod } from '../native.ts';
import { dunderNames, rawBinary, unary } from './operators.ts';
import { exceptionText, rawRepr } from './representation.ts';
import { rawDeleteItem, rawGetItem, rawSetItem } from './subscripts.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import type { PyFunction, PySlice} from '../values/index.ts';
import {
  ellipsis, Attributes, notImplemented, plain, PyBytes, PyClass, PyDict, PyDictView, PyException, PyGenerator, PyInstance, PyIterator, PyList, PyMethod, PyModule, PyNative,
  PyProperty, PyRange, PySet, PyTuple, PyClassMethod, PyStaticMethod, PySuper, Unknown, type Value, typeOf,
} from '../values/index.ts';
import { annotationsOf } from '../compilation/annotations.ts';
import { abstractMethods, classRepr, superOf, unionType } from './class-queries.ts';

const unknowns = { acceptsUnknown: true };
const machineOf = (interpreter: unknown): Machine => interpreter as Machine;

for (const cls of ['int', 'float', 'complex', 'str', 'bytes', 'list', 'tuple', 'dict', 'set', 'frozenset', 'dict_keys', 'dict_items'] as const) {
  for (const [operator, name] of Object.entries(dunderNames) as [BinaryOperator, string][]) {
    if (!supports(cls, operator)) continue;
    method(classes[cls], `__${name}__`, 'other', (interpreter, self, other) => rawBinary(machineOf(interpreter), operator, unboxed(self), unboxed(other)) ?? notImplemented, unknowns);
    if (['list', 'tuple', 'str', 'bytes'].includes(cls) && operator === '+') continue;
    method(classes[cls], `__r${name}__`, 'other', (interpreter, self, other) => rawBinary(machineOf(interpreter), operator, unboxed(other), unboxed(self)) ?? notImplemented, unknowns);
  }
}

/** rawBinary refuses instances: a subclass's own operators come first there. */
function unboxed(value: Value): Value {
  return plain(value);
}

function supports(cls: string, operator: BinaryOperator): boolean {
  switch (cls) {
    case 'int': return operator !== '@';
    case 'float': case 'complex': return ['+', '-', '*', '/', '//', '%', '**'].includes(operator);
    case 'str': return ['+', '*'].includes(operator);
    case 'bytes': case 'list': case 'tuple': return ['+', '*'].includes(operator);
    case 'dict': return operator === '|';
    default: return ['&', '|', '-', '^'].includes(operator);
  }
}

const comparisons: readonly (readonly [string, CompareOperator])[] = [['__eq__', '=='], ['__ne__', '!='], ['__lt__', '<'], ['__le__', '<='], ['__gt__', '>'], ['__ge__', '>=']];
for (const cls of ['int', 'float', 'complex', 'str', 'bytes', 'list', 'tuple', 'dict', 'set', 'frozenset', 'range', 'slice', 'dict_keys', 'dict_items'] as const) {
  for (const [name, operator] of comparisons) {
    const ordered = !['complex', 'dict', 'range', 'slice'].includes(cls);
    if (!ordered && operator !== '==' && operator !== '!=') continue;
    method(classes[cls], name, 'other', (interpreter, self, other) => rawCompare(machineOf(interpreter), operator, bare(self), bare(other)) ?? notImplemented, unknowns);
  }
}

/** The same contents without the subclass, whose comparison would be asked again. */
function bare(value: Value): Value {
  const inner = plain(value);
  if (typeof inner !== 'object' || inner === null || inner.cls.immutable) return inner;
  if (inner instanceof PyTuple) return new PyTuple(inner.items);
  if (inner instanceof PyList) {
    const list = new PyList(inner.items);
    list.blurred = inner.blurred;
    return list;
  }
  if (inner instanceof PyDict || inner instanceof PySet) {
    const copy = inner instanceof PyDict ? new PyDict() : new PySet();
    copy.entries = inner.entries as never;
    copy.blurred = inner.blurred;
    return copy;
  }
  return inner;
}

for (const cls of ['int', 'float', 'complex'] as const) {
  for (const [name, operator] of [['__neg__', '-'], ['__pos__', '+'], ['__invert__', '~']] as const) {
    if (name === '__invert__' && cls !== 'int') continue;
    method(classes[cls], name, '', (interpreter, self) => unary(machineOf(interpreter), operator, plain(self)), unknowns);
  }
  method(classes[cls], '__bool__', '', (interpreter, self) => machineOf(interpreter).truthValue(plain(self)), unknowns);
}
method(classes.int, '__index__', '', (_, self) => plain(self), unknowns);

for (const cls of ['list', 'tuple', 'dict', 'str', 'bytes', 'range'] as const) {
  method(classes[cls], '__getitem__', 'index', (interpreter, self, index) => rawGetItem(machineOf(interpreter), self, index) ?? null, unknowns);
}
for (const cls of ['list', 'dict'] as const) {
  method(classes[cls], '__setitem__', 'index, value', (interpreter, self, index, value) => {
    rawSetItem(machineOf(interpreter), self, index, value);
    return null;
  }, unknowns);
  method(classes[cls], '__delitem__', 'index', (interpreter, self, index) => {
    rawDeleteItem(machineOf(interpreter), self, index);
    return null;
  }, unknowns);
}
for (const cls of ['list', 'tuple', 'dict', 'set', 'frozenset', 'str', 'bytes', 'range', 'dict_keys', 'dict_values', 'dict_items'] as const) {
  method(classes[cls], '__len__', '', (interpreter, self) => lengthOf(machineOf(interpreter), self), unknowns);
  method(classes[cls], '__iter__', '', (interpreter, self) => {
    const advance = iterateOrUnknown(machineOf(interpreter), bare(self));
    return advance instanceof Unknown ? advance.derive() : new PyIterator(advance);
  }, unknowns);
  method(classes[cls], '__contains__', 'item', (interpreter, self, item) => contains(machineOf(interpreter), bare(self), item), unknowns);
}

function lengthOf(machine: Machine, object: Value): Value {
  const value = plain(object);
  if (typeof value === 'string') return machine.length(value);
  if (value instanceof PyTuple) return value.items.length;
  if (value instanceof PyList) return value.blurred?.derive() ?? value.items.length;
  if (value instanceof PyDict || value instanceof PySet) return value.blurred?.derive() ?? value.size;
  if (value instanceof PyDictView) return value.dict.blurred?.derive() ?? value.dict.size;
  if (value instanceof PyRange) return value.length;
  if (value instanceof PyBytes) return value.value.length;
  return null;
}

for (const cls of ['iterator', 'generator'] as const) {
  method(classes[cls], '__iter__', '', (_, self) => self);
  method(classes[cls], '__next__', '', (interpreter, self: PyIterator | PyGenerator) => {
    const value = self.next();
    if (value !== undefined) return value;
    const returned = self instanceof PyGenerator ? self.returned : null;
    throw interpreter.error(exceptions.StopIteration, ...(returned === null ? [] : [returned]));
  });
}
for (const cls of ['generator', 'coroutine'] as const) {
  method(classes[cls], 'send', 'value', (interpreter, self: PyGenerator, value) => {
    const next = self.next(value);
    if (next === undefined) throw interpreter.error(exceptions.StopIteration, ...(self.returned === null ? [] : [self.returned]));
    return next;
  }, unknowns);
  method(classes[cls], 'throw', 'exception, value=, traceback=', (interpreter, self: PyGenerator, exception) => {
    const error = interpreter.raise(exception);
    if (self.finished) throw error;
    const step = self.body.throw(error);
    if (!step.done) return step.value;
    self.finished = true;
    self.returned = step.value;
    throw interpreter.error(exceptions.StopIteration, ...(step.value === null ? [] : [step.value]));
  }, unknowns);
  method(classes[cls], 'close', '', (_, self: PyGenerator) => {
    if (!self.finished) self.body.close();
    self.finished = true;
    return null;
  });
}
getter(classes.generator, '__name__', (_, self: PyGenerator) => self.name);

// object
staticMethod(classes.object, '__new__', 'cls, *args, **kwargs', (interpreter, cls: PyClass, args: Value[], kwargs: Map<string, Value>) => {
  if ((args.length > 0 || kwargs.size > 0) && cls.find('__init__') === classes.object.attributes.get('__init__')) throw interpreter.error(exceptions.TypeError, `${cls.name}() takes no arguments`);
  return newObject(machineOf(interpreter), cls);
}, unknowns);
method(classes.object, '__init__', '*args, **kwargs', (interpreter, self, args: Value[], kwargs: Map<string, Value>) => {
  const cls = typeOf(self);
  if ((args.length > 0 || kwargs.size > 0) && cls.unknownBase === undefined && cls.find('__new__') === classes.object.attributes.get('__new__')) {
    throw interpreter.error(exceptions.TypeError, cls.find('__init__') === classes.object.attributes.get('__init__') ? `${cls.name}() takes no arguments` : 'object.__init__() takes exactly one argument (the instance to initialize)');
  }
  return null;
}, unknowns);
method(classes.object, '__getattribute__', 'name', (interpreter, self, name: string) => {
  const machine = machineOf(interpreter);
  const value = self instanceof PyClass || self instanceof PyModule ? machine.findAttribute(self, name) : findPlain(machine, self, typeOf(self), name);
  if (value === undefined) throw missingAttribute(machine, self, name);
  return value;
});
method(classes.object, '__setattr__', 'name, value', (interpreter, self, name: string, value) => {
  setPlain(machineOf(interpreter), self, name, value);
  return null;
}, unknowns);
method(classes.object, '__delattr__', 'name', (interpreter, self, name: string) => {
  deletePlain(machineOf(interpreter), self, name);
  return null;
});
method(classes.object, '__repr__', '', (interpreter, self) => rawRepr(machineOf(interpreter), self), unknowns);
method(classes.object, '__str__', '', (interpreter, self) => interpreter.repr(self), unknowns);
method(classes.object, '__format__', 'spec', (interpreter, self, spec: string) => {
  if (spec !== '') throw interpreter.error(exceptions.TypeError, `unsupported format string passed to ${typeOf(self).name}.__format__`);
  return interpreter.str(self);
}, unknowns);
method(classes.object, '__eq__', 'other', (_, self, other) => (self === other ? true : notImplemented), unknowns);
method(classes.object, '__ne__', 'other', (interpreter, self, other) => {
  const equal = interpreter.callSpecial(self, '__eq__', [other]) ?? notImplemented;
  return equal === notImplemented ? notImplemented : machineOf(interpreter).not(equal);
}, unknowns);
method(classes.object, '__hash__', '', (interpreter, self) => hashOf(machineOf(interpreter), self), unknowns);
Object.assign(classes.object.attributes.get('__hash__') as object, { isDefaultHash: true });
method(classes.object, '__init_subclass__', '**kwargs', () => null, unknowns);
classes.object.attributes.set('__init_subclass__', new PyClassMethod(new PyNative('__init_subclass__', () => null, { acceptsUnknown: true, binds: true })));
method(classes.object, '__dir__', '', (interpreter, self) => directory(machineOf(interpreter), self));
method(classes.object, '__reduce_ex__', 'protocol', (interpreter) => interpreter.unknown('pickling'), unknowns);
method(classes.object, '__sizeof__', '', (interpreter) => interpreter.unknown('the size of an object in memory'), unknowns);
getter(classes.object, '__class__', (_, self: Value) => typeOf(self), (_, self: PyInstance, cls) => {
  // an instance that changes its class keeps its attributes
  if (self instanceof PyInstance && cls instanceof PyClass) {
    touch(self);
    self.cls = cls;
  }
});
getter(classes.object, '__dict__', (interpreter, self: Value) => {
  const attributes = attributesOf(self instanceof PyMethod ? self.function : self);
  if (attributes === undefined) throw missingAttribute(machineOf(interpreter), self, '__dict__');
  return namespaceDict(attributes);
}, (interpreter, self: Value, value) => {
  const attributes = attributesOf(self);
  if (attributes === undefined) throw missingAttribute(machineOf(interpreter), self, '__dict__');
  const entries = value instanceof PyDict ? [...value.entries.values()] : [];
  attributes.clear();
  for (const { key, value: item } of entries) attributes.set(String(key), item);
});
classes.object.attributes.set('__doc__', null);

function hashOf(machine: Machine, self: Value): Value {
  return self instanceof PyInstance && self.primitive === undefined ? identity(self) : hashNumber(machine, plain(self));
}

for (const cls of ['int', 'float', 'complex', 'str', 'bytes', 'tuple', 'frozenset', 'range', 'NoneType'] as const) {
  method(classes[cls], '__hash__', '', (interpreter, self) => hashNumber(machineOf(interpreter), bare(self)));
  Object.assign(classes[cls].attributes.get('__hash__') as object, { isDefaultHash: true });
}
for (const cls of ['list', 'dict', 'set', 'bytearray'] as const) classes[cls].attributes.set('__hash__', null);
for (const cls of ['int', 'float', 'complex', 'str', 'bytes', 'list', 'tuple', 'dict', 'set', 'frozenset', 'range', 'slice'] as const) {
  method(classes[cls], '__repr__', '', (interpreter, self) => rawRepr(machineOf(interpreter), self), unknowns);
}
method(classes.str, '__str__', '', (_, self) => plain(self), unknowns);

/** A dict that is an object's attributes: reads and writes go to both. Its entries are copied when more than a name is asked for. */
class NamespaceDict extends PyDict {
  readonly attributesBehind: Attributes;
  constructor(attributes: Attributes) {
    super();
    this.attributesBehind = attributes;
    Object.defineProperty(this, 'entries', { configurable: true, get: () => this.copied() });
  }
  private copied(): PyDict['entries'] {
    const entries: PyDict['entries'] = new Map();
    for (const [key, value] of this.attributesBehind) entries.set(key, { key, value });
    Object.defineProperty(this, 'entries', { configurable: true, writable: true, value: entries });
    return entries;
  }
  override get(interpreter: Parameters<PyDict['get']>[0], key: Value): Value | undefined {
    return typeof key === 'string' ? this.attributesBehind.get(key) : super.get(interpreter, key);
  }
  override getText(key: string): Value | undefined {
    return this.attributesBehind.get(key);
  }
  override has(interpreter: Parameters<PyDict['has']>[0], key: Value): boolean {
    return typeof key === 'string' ? this.attributesBehind.has(key) : super.has(interpreter, key);
  }
  override set(interpreter: Parameters<PyDict['set']>[0], key: Value, value: Value): void {
    super.set(interpreter, key, value);
    if (typeof key === 'string') this.attributesBehind.set(key, value);
  }
  override setText(key: string, value: Value): void {
    super.setText(key, value);
    this.attributesBehind.set(key, value);
  }
  override delete(interpreter: Parameters<PyDict['delete']>[0], key: Value): Value | undefined {
    const removed = super.delete(interpreter, key);
    if (typeof key === 'string') this.attributesBehind.delete(key);
    return removed;
  }
  override clear(): void {
    super.clear();
    this.attributesBehind.clear();
  }
}

/** `vars(object)`, `globals()`: a snapshot whose writes reach the object. */
export function namespaceDict(attributes: Attributes): PyDict {
  return new NamespaceDict(attributes);
}

function directory(machine: Machine, self: Value): PyList {
  if (self instanceof PyModule) machine.runDeferred(self);
  const names = new Set<string>();
  if (typeof self === 'object' && self !== null && self.attributes) for (const name of self.attributes.keys()) names.add(name);
  if (!(self instanceof PyModule)) for (const base of (self instanceof PyClass ? self : typeOf(self)).mro) for (const name of base.attributes.keys()) names.add(name);
  machine.spend(names.size);
  return new PyList([...names].sort());
}

// type
staticMethod(classes.type, '__new__', 'cls, name, bases=, namespace=, **kwargs', (interpreter, cls: PyClass, name: Value, bases: Value | undefined, namespace: Value | undefined, kwargs: Map<string, Value>) => {
  if (bases === undefined) return typeOf(name);
  if (namespace instanceof Unknown || bases instanceof Unknown) return (namespace instanceof Unknown ? namespace : bases as Unknown).derive();
  const entries: [string, Value][] = namespace instanceof PyDict ? [...namespace.entries.values()].map(({ key, value }) => [String(key), value]) : [];
  return newClass(machineOf(interpreter), cls, String(name), interpreter.toArray(bases), entries, kwargs);
}, unknowns);
method(classes.type, '__init__', '*args, **kwargs', () => null, unknowns);
method(classes.type, '__call__', '*args, **kwargs', (interpreter, cls: PyClass, args: Value[], kwargs: Map<string, Value>) => instantiate(machineOf(interpreter), cls, args, kwargs.size === 0 ? undefined : kwargs), unknowns);
method(classes.type, '__repr__', '', (interpreter, self: PyClass) => classRepr(machineOf(interpreter), self));
method(classes.type, '__subclasses__', '', (_, self: PyClass) => new PyList([...self.subclasses]));
method(classes.type, 'mro', '', (_, self: PyClass) => new PyList([...linearise(self, self.bases) ?? self.mro]));
method(classes.type, '__or__', 'other', (_, self, other) => unionType(self, other), unknowns);
method(classes.type, '__ror__', 'other', (_, self, other) => unionType(other, self), unknowns);
// metaclass attributes that a class's own attribute of the same name must not hide
getter(classes.type, '__name__', (_, self: PyClass) => self.displayName ?? self.name, (_, self: PyClass, value) => {
  self.displayName = String(value);
});
getter(classes.type, '__qualname__', (_, self: PyClass) => self.qualname, (_, self: PyClass, value) => {
  self.qualname = String(value);
});
getter(classes.type, '__mro__', (_, self: PyClass) => new PyTuple(self.mro));
getter(classes.type, '__bases__', (_, self: PyClass) => new PyTuple(self.bases));
getter(classes.type, '__base__', (_, self: PyClass) => self.bases[0] ?? null);
getter(classes.type, '__dict__', (_, self: PyClass) => namespaceDict(self.attributes));
getter(classes.type, '__abstractmethods__', (interpreter, self: PyClass) => PySet.of(interpreter, abstractMethods(self), classes.frozenset));
getter(classes.type, '__annotations__', (_, self: PyClass) => {
  let own = self.attributes.get('__annotations__');
  if (own === undefined) {
    own = new PyDict();
    if (!self.immutable) self.attributes.set('__annotations__', own);
  }
  return own;
}, (_, self: PyClass, value) => void self.attributes.set('__annotations__', value));

// functions
const functionText = (name: 'name' | 'qualname' | 'module' | 'doc'): void => getter(classes.function, `__${name}__`, (_, self: PyFunction) => self[name], (_, self: PyFunction, value) => {
  touch(self);
  (self as unknown as Record<string, Value>)[name] = value;
});
for (const name of ['name', 'qualname', 'module', 'doc'] as const) functionText(name);
getter(classes.function, '__defaults__', (_, self: PyFunction) => (self.defaults.length === 0 ? null : new PyTuple(self.defaults)), (_, self: PyFunction, value) => {
  touch(self);
  self.defaults = value instanceof PyTuple ? value.items : [];
});
getter(classes.function, '__kwdefaults__', (_, self: PyFunction) => (self.keywordDefaults ? PyDict.of(self.keywordDefaults) : null), (_, self: PyFunction, value) => {
  touch(self);
  self.keywordDefaults = value instanceof PyDict ? new Map([...value.entries.values()].map(({ key, value: item }) => [String(key), item])) : undefined;
});
getter(classes.function, '__globals__', (_, self: PyFunction) => namespaceDict(self.globals));
getter(classes.function, '__closure__', (_, self: PyFunction) => (self.closure.length === 0 ? null : new PyTuple(self.closure.map((cell) => {
  const holder = new PyInstance(classes.cell, cell);
  holder.attributes = new Attributes(holder);
  if (cell.value !== undefined) holder.attributes.set('cell_contents', cell.value);
  return holder;
}))));
getter(classes.function, '__code__', (interpreter, self: PyFunction) => {
  const code = new PyInstance(classes.code, self.code);
  code.attributes = new Attributes(code);
  const { code: { positionalCount, positionalOnlyCount, keywordOnlyCount, parameters, name, variadicSlot, keywordsSlot } } = self;
  const listed = [...parameters];
  for (const slot of [variadicSlot, keywordsSlot]) if (slot !== undefined) listed.push(nameOfSlot(self, slot));
  for (const [key, value] of Object.entries({ co_argcount: positionalCount, co_posonlyargcount: positionalOnlyCount, co_kwonlyargcount: keywordOnlyCount, co_name: name, co_varnames: new PyTuple(listed), co_filename: self.code.unit.file.path, co_flags: (variadicSlot === undefined ? 0 : 4) | (keywordsSlot === undefined ? 0 : 8) })) {
    code.attributes.set(key, value);
  }
  code.attributes.set('co_firstlineno', interpreter.unknown('a line number'));
  return code;
});
function nameOfSlot(self: PyFunction, slot: number): string {
  const { node } = self.code;
  if (!('parameters' in node)) return '';
  return (slot === self.code.variadicSlot ? node.parameters.variadic : node.parameters.keywords)?.name ?? '';
}
getter(classes.function, '__annotations__', (interpreter, self: PyFunction) => self.annotations ??= annotationsOf(machineOf(interpreter), self), (_, self: PyFunction, value) => {
  self.annotations = value;
});
method(classes.function, '__call__', '*args, **kwargs', (interpreter, self, args: Value[], kwargs) => interpreter.call(self, args, kwargs), unknowns);
method(classes.function, '__get__', 'object, owner=', (_, self, object) => (object === null ? self : new PyMethod(self, object)), unknowns);
for (const cls of ['method', 'builtin_function_or_method'] as const) {
  method(classes[cls], '__call__', '*args, **kwargs', (interpreter, self, args: Value[], kwargs) => interpreter.call(self, args, kwargs), unknowns);
}
getter(classes.builtin_function_or_method, '__name__', (_, self: PyNative) => self.name);
getter(classes.builtin_function_or_method, '__qualname__', (_, self: PyNative) => (self.owner ? `${self.owner.name}.${self.name}` : self.name));
getter(classes.builtin_function_or_method, '__doc__', (_, self: PyNative) => self.doc);
getter(classes.builtin_function_or_method, '__module__', (_, self: PyNative) => self.module);
staticMethod(classes.method, '__new__', 'cls, function, instance', (_, _cls, callable, instance) => new PyMethod(callable, instance), unknowns);
method(classes.method, '__init__', '*args', () => null, unknowns);
getter(classes.method, '__func__', (_, self: PyMethod) => self.function);
getter(classes.method, '__self__', (_, self: PyMethod) => self.self);
for (const name of ['__name__', '__qualname__', '__doc__', '__module__', '__annotations__', '__defaults__', '__code__', '__wrapped__', '__isabstractmethod__']) {
  getter(classes.method, name, (interpreter, self: PyMethod) => interpreter.getAttribute(self.function, name));
}

// descriptors
getter(classes.property, 'fget', (_, self: PyProperty) => self.getter);
getter(classes.property, 'fset', (_, self: PyProperty) => self.setter);
getter(classes.property, 'fdel', (_, self: PyProperty) => self.deleter);
getter(classes.property, '__doc__', (interpreter, self: PyProperty) => self.doc ?? (self.getter === null ? null : interpreter.findAttribute(self.getter, '__doc__') ?? null));
getter(classes.property, '__isabstractmethod__', (interpreter, self: PyProperty) => (self.getter === null ? false : interpreter.findAttribute(self.getter, '__isabstractmethod__') ?? false));
method(classes.property, 'getter', 'function', (_, self: PyProperty, callable) => new PyProperty(callable, self.setter, self.deleter, null, self.cls), unknowns);
method(classes.property, 'setter', 'function', (_, self: PyProperty, callable) => new PyProperty(self.getter, callable, self.deleter, self.doc, self.cls), unknowns);
method(classes.property, 'deleter', 'function', (_, self: PyProperty, callable) => new PyProperty(self.getter, self.setter, callable, self.doc, self.cls), unknowns);
staticMethod(classes.property, '__new__', 'cls, fget=, fset=, fdel=, doc=', (_, cls: PyClass, fget = null, fset = null, fdel = null, doc = null) => new PyProperty(fget, fset, fdel, doc, cls), unknowns);
method(classes.property, '__init__', '*args, **kwargs', () => null, unknowns);
method(classes.property, '__get__', 'object, owner=', (interpreter, self: PyProperty, object) => (object === null ? self : interpreter.call(self.getter, [object])), unknowns);
method(classes.property, '__set__', 'object, value', (interpreter, self: PyProperty, object, value) => {
  interpreter.call(self.setter, [object, value]);
  return null;
}, unknowns);
staticMethod(classes.classmethod, '__new__', 'cls, function', (_, cls: PyClass, callable) => new PyClassMethod(callable, cls), unknowns);
staticMethod(classes.staticmethod, '__new__', 'cls, function', (_, cls: PyClass, callable) => new PyStaticMethod(callable, cls), unknowns);
for (const cls of ['classmethod', 'staticmethod'] as const) {
  method(classes[cls], '__init__', '*args, **kwargs', () => null, unknowns);
  getter(classes[cls], '__func__', (_, self: PyClassMethod) => self.function);
  getter(classes[cls], '__wrapped__', (_, self: PyClassMethod) => self.function);
  for (const name of ['__name__', '__qualname__', '__doc__', '__isabstractmethod__']) getter(classes[cls], name, (interpreter, self: PyClassMethod) => interpreter.findAttribute(self.function, name) ?? false);
}
method(classes.classmethod, '__get__', 'object, owner=', (_, self: PyClassMethod, object, owner = typeOf(object)) => new PyMethod(self.function, owner), unknowns);
method(classes.staticmethod, '__get__', 'object, owner=', (_, self: PyStaticMethod) => self.function, unknowns);
staticMethod(classes.super, '__new__', 'cls, type=, object=', (interpreter, _cls, type: Value | undefined, object: Value | undefined) => {
  if (!(type instanceof PyClass)) throw interpreter.error(exceptions.RuntimeError, 'super(): no arguments');
  return object === undefined ? new PySuper(type, null, type) : superOf(machineOf(interpreter), type, object);
}, unknowns);
method(classes.super, '__init__', '*args, **kwargs', () => null, unknowns);

// modules
getter(classes.module, '__dict__', (interpreter, self: PyModule) => {
  machineOf(interpreter).runDeferred(self);
  return namespaceDict(self.attributes);
});
method(classes.module, '__repr__', '', (_, self: PyModule) => `<module '${self.name}'>`);

// slices
getter(classes.slice, 'start', (_, self: PySlice) => self.start);
getter(classes.slice, 'stop', (_, self: PySlice) => self.stop);
getter(classes.slice, 'step', (_, self: PySlice) => self.step);

// exceptions
staticMethod(classes.BaseException, '__new__', 'cls, *args, **kwargs', (_, cls: PyClass, args: Value[]) => new PyException(cls, args), unknowns);
method(classes.BaseException, '__init__', '*args, **kwargs', (interpreter, self: PyException, args: Value[], kwargs: Map<string, Value>) => {
  if (kwargs.size > 0 && !self.cls.isSubclassOf(exceptions.ImportError) && !self.cls.isSubclassOf(exceptions.AttributeError) && !self.cls.isSubclassOf(exceptions.NameError)) {
    throw interpreter.error(exceptions.TypeError, `${self.cls.name}() takes no keyword arguments`);
  }
  self.args = new PyTuple(args);
  for (const [name, value] of kwargs) attributesOf(self)!.set(name, value);
  return null;
}, unknowns);
method(classes.BaseException, '__str__', '', (interpreter, self: PyException) => exceptionText(machineOf(interpreter), self), unknowns);
method(classes.BaseException, '__repr__', '', (interpreter, self: PyException) => rawRepr(machineOf(interpreter), self), unknowns);
method(classes.BaseException, 'with_traceback', 'traceback', (_, self: PyException) => self, unknowns);
method(classes.BaseException, 'add_note', 'note', (_, self: PyException, note) => {
  const attributes = attributesOf(self)!;
  const notes = attributes.get('__notes__');
  if (notes instanceof PyList) notes.push(note);
  else attributes.set('__notes__', new PyList([note]));
  return null;
}, unknowns);
getter(classes.BaseException, 'args', (_, self: PyException) => self.args, (interpreter, self: PyException, value) => {
  self.args = new PyTuple(interpreter.toArray(value));
});
getter(classes.BaseException, '__cause__', (_, self: PyException) => self.cause, (_, self: PyException, value) => {
  self.cause = value;
});
getter(classes.BaseException, '__context__', (_, self: PyException) => self.context, (_, self: PyException, value) => {
  self.context = value;
});
getter(classes.BaseException, '__suppress_context__', (_, self: PyException) => self.suppressContext, () => undefined);
getter(classes.BaseException, '__traceback__', (interpreter) => interpreter.unknown('a traceback'), () => undefined);
getter(exceptions.StopIteration, 'value', (_, self: PyException) => self.args.items[0] ?? null);
getter(exceptions.KeyError, 'key', (_, self: PyException) => self.args.items[0] ?? null);
getter(exceptions.SystemExit, 'code', (_, self: PyException) => self.args.items[0] ?? null);
getter(exceptions.BaseExceptionGroup, 'message', (_, self: PyException) => self.args.items[0] ?? null);
getter(exceptions.BaseExceptionGroup, 'exceptions', (interpreter, self: PyException) => new PyTuple(interpreter.toArray(self.args.items[1] ?? new PyTuple([]))));
for (const [name, index] of [['errno', 0], ['strerror', 1], ['filename', 2]] as const) getter(exceptions.OSError, name, (_, self: PyException) => (self.args.items.length > 1 ? self.args.items[index] ?? null : null));
getter(exceptions.ImportError, 'msg', (_, self: PyException) => self.args.items[0] ?? null);

// generic aliases
method(classes.GenericAlias, '__mro_entries__', 'bases', (_, self: PyInstance) => new PyTuple([self.attributes!.get('__origin__')!]));
method(classes.GenericAlias, '__call__', '*args, **kwargs', (interpreter, self: PyInstance, args: Value[], kwargs: Map<string, Value>) => interpreter.call(self.attributes!.get('__origin__')!, args, kwargs), unknowns);
method(classes.GenericAlias, '__getitem__', 'index', (interpreter, self: PyInstance, index) => machineOf(interpreter).genericAlias(self.attributes!.get('__origin__')!, index), unknowns);
method(classes.GenericAlias, '__getattr__', 'name', (interpreter, self: PyInstance, name: string) => {
  if (name === '__parameters__') return new PyTuple(interpreter.toArray(self.attributes!.get('__args__')!).filter((each) => each !== null && typeof each === 'object' && each.cls.name === 'TypeVar'));
  return interpreter.getAttribute(self.attributes!.get('__origin__')!, name);
});
method(classes.GenericAlias, '__repr__', '', (interpreter, self: PyInstance) => {
  const args = interpreter.toArray(self.attributes!.get('__args__')!).map((each) => shownInHint(interpreter, each)).join(', ');
  return `${shownInHint(interpreter, self.attributes!.get('__origin__')!)}[${args}]`;
});
method(classes.UnionType, '__repr__', '', (interpreter, self: PyInstance) => interpreter.toArray(self.attributes!.get('__args__')!).map((each) => shownInHint(interpreter, each)).join(' | '));
for (const cls of [classes.GenericAlias, classes.UnionType]) {
  const key = (self: PyInstance): Value[] => [self.attributes!.get('__origin__') ?? null, self.attributes!.get('__args__')!];
  method(cls, '__eq__', 'other', (interpreter, self: PyInstance, other: Value) => {
    if (!(other instanceof PyInstance) || other.cls !== cls) return notImplemented;
    return key(self).every((each, index) => interpreter.equals(each, key(other)[index]));
  });
  method(cls, '__hash__', '', (interpreter, self: PyInstance) => interpreter.hash(new PyTuple(key(self))));
}
classMethod(classes.dict, '__class_getitem__', 'index', (interpreter, cls, index) => machineOf(interpreter).genericAlias(cls, index), unknowns);

/** A class or value as hints print it. */
function shownInHint(interpreter: Interpreter, value: Value): string {
  if (value === null || value === classes.NoneType) return 'None';
  if (value === ellipsis) return '...';
  if (!(value instanceof PyClass)) return interpreter.repr(value);
  const module = value.attributes.get('__module__');
  return typeof module === 'string' && module !== 'builtins' ? `${module}.${value.qualname}` : value.qualname;
}
