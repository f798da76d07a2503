import type { NativeModule } from '../python/interpreter-api.ts';
import { exceptions } from '../python/values/builtin-classes.ts';
import { PyClass } from '../python/values/index.ts';
import type { Value } from '../python/values/index.ts';
import { native } from '../python/native.ts';
import { faultPrimitives } from './faults.ts';
import { gradientPrimitives } from './gradient-primitives.ts';
import { rangePrimitives } from './ranges.ts';
import { operatorPrimitives } from './operators.ts';
import { preparationPrimitives } from './preparation.ts';
import type { Tracer } from './run.ts';
import { scopePrimitives } from './scopes.ts';
import { sourcePrimitives } from './sources.ts';
import { valueClass } from './tensors.ts';

/** `layerscope.ShapeError`. */
export const shapeErrorClass = new PyClass('ShapeError', [exceptions.ValueError], { immutable: true, module: 'layerscope' });

/**
 * The native module `layerscope` (library/layerscope.pyi), whose primitives write to the tracer's run. `notModelled` gives a value for
 * a name that a framework's module has and no stub models, undefined for one that the framework does not have.
 */
export function layerscopeModule(tracer: Tracer, notModelled: (owner: string, name: string) => Value | undefined): NativeModule {
  const missing = native('missing', 'module, name', (interpreter, module: string, name: string) => {
    const value = notModelled(module, name);
    if (value === undefined) throw interpreter.error(exceptions.AttributeError, `module '${module}' has no attribute '${name}'`);
    return value;
  });
  return {
    load: () => ({
      missing,
      trained: native('trained', '', (interpreter) => {
        interpreter.endRepetition();
        return null;
      }),
      Value: valueClass,
      ShapeError: shapeErrorClass,
      ...operatorPrimitives(tracer, shapeErrorClass),
      ...sourcePrimitives(tracer),
      ...gradientPrimitives(tracer),
      ...rangePrimitives(),
      ...preparationPrimitives(tracer),
      ...faultPrimitives(tracer),
      ...scopePrimitives(tracer),
    }),
  };
}
