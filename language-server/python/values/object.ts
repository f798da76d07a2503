/** What every value but None, bool, int and str is; the built-in classes and exceptions by name. */
import type { Attributes } from './attributes.ts';
import type { PyClass } from './classes.ts';

export type Value = null | boolean | number | bigint | string | PyObject;

// Fields of the classes that are made most are declared here and assigned by the constructors: class fields are slower to make.
export abstract class PyObject {
  abstract cls: PyClass;
  /** `__dict__`, made when the first attribute is set; undefined for ever on values that have none. */
  declare attributes: Attributes | undefined;
  constructor() {
    this.attributes = undefined;
  }
}

/** The built-in classes, filled by types.ts; here so that constructors can name them without a cycle of imports. */
export const classes = {} as Record<BuiltinClassName, PyClass>;

export type BuiltinClassName =
  | 'object' | 'type' | 'NoneType' | 'bool' | 'int' | 'float' | 'complex' | 'str' | 'bytes' | 'bytearray' | 'list' | 'tuple' | 'dict' | 'set' | 'frozenset'
  | 'slice' | 'range' | 'function' | 'method' | 'builtin_function_or_method' | 'module' | 'generator' | 'iterator' | 'property'
  | 'classmethod' | 'staticmethod' | 'super' | 'ellipsis' | 'NotImplementedType' | 'cell' | 'mappingproxy' | 'dict_keys' | 'dict_values' | 'dict_items'
  | 'coroutine' | 'traceback' | 'code' | 'frame' | 'BaseException' | 'UnionType' | 'GenericAlias';

/** Every built-in exception, by name, filled by types.ts. */
export const exceptions = {} as Record<string, PyClass> & Record<ExceptionName, PyClass>;

type ExceptionName =
  | 'BaseException' | 'Exception' | 'TypeError' | 'ValueError' | 'AttributeError' | 'NameError' | 'UnboundLocalError' | 'KeyError' | 'IndexError' | 'LookupError'
  | 'StopIteration' | 'StopAsyncIteration' | 'GeneratorExit' | 'RuntimeError' | 'RecursionError' | 'NotImplementedError' | 'ImportError' | 'ModuleNotFoundError'
  | 'ZeroDivisionError' | 'OverflowError' | 'ArithmeticError' | 'AssertionError' | 'MemoryError' | 'OSError' | 'FileNotFoundError' | 'SyntaxError'
  | 'UnicodeDecodeError' | 'UnicodeEncodeError' | 'KeyboardInterrupt' | 'SystemExit' | 'EOFError' | 'Warning' | 'UserWarning' | 'DeprecationWarning' | 'ExceptionGroup' | 'BaseExceptionGroup';
