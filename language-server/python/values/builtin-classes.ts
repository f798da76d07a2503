/**
 * The built-in classes and exceptions. They are shared by all analyses and immutable.
 * Their dunder methods are in operations/dunders.ts; constructors and named methods are the standard library's.
 */
import { classes, exceptions, PyClass, type BuiltinClassName } from './index.ts';

export { classes, exceptions };

function builtin(name: BuiltinClassName, base?: BuiltinClassName, module = 'builtins'): PyClass {
  const cls = new PyClass(name, base === undefined ? [] : [classes[base]], { immutable: true });
  cls.attributes.set('__module__', module);
  classes[name] = cls;
  return cls;
}

builtin('object');
builtin('type', 'object');
// the first two were made before `type` was
classes.object.cls = classes.type;
classes.type.cls = classes.type;

for (const name of ['NoneType', 'int', 'float', 'complex', 'str', 'bytes', 'bytearray', 'list', 'tuple', 'dict', 'set', 'frozenset', 'slice', 'range', 'function', 'method',
  'builtin_function_or_method', 'module', 'generator', 'iterator', 'property', 'classmethod', 'staticmethod', 'super', 'ellipsis', 'NotImplementedType', 'cell',
  'mappingproxy', 'dict_keys', 'dict_values', 'dict_items', 'coroutine', 'traceback', 'code', 'frame', 'BaseException', 'UnionType', 'GenericAlias'] as const) {
  builtin(name, 'object');
}
builtin('bool', 'int');
classes.UnionType.attributes.set('__module__', 'types');
classes.GenericAlias.attributes.set('__module__', 'types');

exceptions.BaseException = classes.BaseException;

/** Base, then what derives from it. */
const hierarchy: readonly (readonly [string, string])[] = [
  ['BaseException', 'Exception KeyboardInterrupt SystemExit GeneratorExit BaseExceptionGroup'],
  ['Exception', 'TypeError ValueError AttributeError NameError LookupError StopIteration StopAsyncIteration RuntimeError ImportError ArithmeticError AssertionError MemoryError OSError SyntaxError EOFError BufferError ReferenceError SystemError Warning'],
  ['NameError', 'UnboundLocalError'],
  ['LookupError', 'KeyError IndexError'],
  ['RuntimeError', 'RecursionError NotImplementedError'],
  ['ImportError', 'ModuleNotFoundError'],
  ['ArithmeticError', 'ZeroDivisionError OverflowError FloatingPointError'],
  ['OSError', 'FileNotFoundError FileExistsError PermissionError IsADirectoryError NotADirectoryError ConnectionError TimeoutError InterruptedError ChildProcessError ProcessLookupError BlockingIOError'],
  ['ConnectionError', 'ConnectionResetError ConnectionRefusedError ConnectionAbortedError BrokenPipeError'],
  ['SyntaxError', 'IndentationError'],
  ['IndentationError', 'TabError'],
  ['ValueError', 'UnicodeError'],
  ['UnicodeError', 'UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError'],
  ['Warning', 'UserWarning DeprecationWarning PendingDeprecationWarning RuntimeWarning FutureWarning ImportWarning SyntaxWarning UnicodeWarning BytesWarning ResourceWarning EncodingWarning'],
];
for (const [base, names] of hierarchy) {
  for (const name of names.split(' ')) exceptions[name] = new PyClass(name, [exceptions[base]], { immutable: true, module: 'builtins' });
}
exceptions.ExceptionGroup = new PyClass('ExceptionGroup', [exceptions.BaseExceptionGroup, exceptions.Exception], {
  immutable: true, module: 'builtins',
  mro: [],
});
exceptions.ExceptionGroup.mro = [exceptions.ExceptionGroup, exceptions.BaseExceptionGroup, exceptions.Exception, exceptions.BaseException, classes.object];
exceptions.EnvironmentError = exceptions.OSError;
exceptions.IOError = exceptions.OSError;
