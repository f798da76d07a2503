import type { NativeModule } from '../python/interpreter-api.ts';
import { exceptions } from '../python/types.ts';
import { PyClass } from '../python/values.ts';
import { faultPrimitives } from './faults.ts';
import { operatorPrimitives } from './operators.ts';
import type { Tracer } from './run.ts';
import { scopePrimitives } from './scopes.ts';
import { sourcePrimitives } from './sources.ts';
import { valueClass } from './tensors.ts';

/** `layerscope.ShapeError`. */
export const shapeErrorClass = new PyClass('ShapeError', [exceptions.ValueError], { immutable: true, module: 'layerscope' });

/** The native module `layerscope` (library/layerscope.pyi), whose primitives write to the tracer's run. */
export function layerscopeModule(tracer: Tracer): NativeModule {
  return {
    load: () => ({
      Value: valueClass,
      ShapeError: shapeErrorClass,
      ...operatorPrimitives(tracer, shapeErrorClass),
      ...sourcePrimitives(tracer),
      ...faultPrimitives(tracer),
      ...scopePrimitives(tracer),
    }),
  };
}
