import { touch } from '../python/paths/journal.ts';
import { getter } from '../python/native.ts';
import { classes } from '../python/values/builtin-classes.ts';
import { PyClass, PyInstance, Unknown } from '../python/values/index.ts';
import type { Value } from '../python/values/index.ts';
import { shapeToPython, tensorOf } from './conversion.ts';
import type { TraceValue } from './trace.ts';

/** `layerscope.Value`: an instance's payload is the traced tensor that it stands for. */
export const valueClass = new PyClass('Value', [classes.object], { immutable: true, module: 'layerscope' });

getter(valueClass, 'shape', (_, self: PyInstance) => {
  const value = tensorOf(self);
  return value ? shapeToPython(value.type) : new Unknown('this tensor was never made');
});
getter(valueClass, 'dtype', (_, self: PyInstance) => tensorOf(self)?.type.dataType ?? null);

/** A Python object of class `like` for a traced tensor. `__init__` is not run. */
export function wrap(value: TraceValue, like: PyClass): PyInstance {
  const instance = new PyInstance(like, value);
  instance.place = value.place;
  return instance;
}

/** The object stands for another tensor from now on. */
export function replace(target: PyInstance, value: TraceValue): void {
  touch(target);
  target.payload = value;
}

/** A tensor class given as `like=`, else undefined. */
export function tensorClass(value: Value | undefined): PyClass | undefined {
  return value instanceof PyClass && value.mro.includes(valueClass) ? value : undefined;
}

/**
 * The class of an operator's result: that of the first tensor among the inputs; for a class that names another
 * by `__layerscope_tensor__` (a parameter), that one.
 */
export function resultClass(inputs: readonly Value[]): PyClass {
  for (const input of inputs) {
    if (tensorOf(input)) return plainClass((input as PyInstance).cls);
  }
  return valueClass;
}

function plainClass(cls: PyClass): PyClass {
  for (const base of cls.mro) {
    const named = base.attributes.get('__layerscope_tensor__');
    if (named instanceof PyClass) return named;
  }
  return cls;
}
