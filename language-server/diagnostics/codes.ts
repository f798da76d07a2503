import type { PyClass } from '../python/values/index.ts';

/** The stable code of a diagnostic that an exception becomes (docs/diagnostics/CODE.md), by the nearest class that is listed. */
const byClass: Readonly<Record<string, string>> = {
  ShapeError: 'shape-mismatch',
  NameError: 'name-error',
  AttributeError: 'attribute-error',
  ImportError: 'import-error',
  KeyError: 'key-error',
  IndexError: 'index-error',
  ZeroDivisionError: 'division-by-zero',
  AssertionError: 'assertion-error',
  NotImplementedError: 'not-implemented',
  FileNotFoundError: 'file-not-found',
  OSError: 'file-error',
  RecursionError: 'recursion-error',
  TypeError: 'wrong-type',
  ValueError: 'value-error',
  RuntimeError: 'runtime-error',
};

const aboutShapes = /\b(shapes?|sizes?|dim(s|ension|ensions)?|ndim|rank|axis|axes|channels?|features?|multiplied|broadcast|units|incompatible|batch_size|elements)\b/i;

/** `fromFramework`: a framework raised it, not the user's own code nor Python itself. */
export function codeOf(cls: PyClass, message: string, fromFramework: boolean): string {
  const names = cls.mro.map(({ name }) => name);
  if (names[0] === 'TypeError') {
    if (/missing \d+ required|missing required argument|missing a required/.test(message)) return 'missing-argument';
    if (/unexpected keyword|positional arguments? but|takes no (keyword )?arguments|multiple values for (keyword )?argument|takes (at most|exactly|from)/.test(message)) return 'unknown-argument';
  }
  if (fromFramework && !names.includes('ShapeError') && /^(ValueError|RuntimeError|IndexError|InvalidArgumentError|TypeError)$/.test(names[0])) {
    if (/\bdtype|scalar type|data type|Expected .* (Long|Float|Int)\b/.test(message) && !/shape/i.test(message)) return 'wrong-dtype';
    if (aboutShapes.test(message)) return 'shape-mismatch';
  }
  const found = names.find((name) => byClass[name] !== undefined);
  return found === undefined ? 'exception' : byClass[found];
}
