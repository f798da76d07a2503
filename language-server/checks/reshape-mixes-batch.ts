import { equal, formatShape, multiply } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { Diagnostic } from '../analysis.ts';
import type { Check } from './check.ts';

/**
 * A reshape after which rows no longer belong to one example each: no leading part of the old shape has as many elements as
 * a leading part of the new one. Merging or splitting whole leading axes is fine.
 */
export const reshapeMixesBatch: Check = ({ file, models }) => models.flatMap(({ graph, inputs }) => {
  // under a shape that Layerscope made up, the reshape may only not fit that shape
  if (inputs.some((origin) => origin !== 'given' && origin !== 'stated')) return [];
  const batch = graph.inputs.length > 0 ? graph.values[graph.inputs[0]].type.shape?.[0] : undefined;
  if (batch === undefined) return [];
  return graph.operators.flatMap((operator): Diagnostic[] => {
    if (operator.type !== 'Reshape' || operator.inputs[0] === undefined || operator.location?.file !== file.path) return [];
    const before = graph.values[operator.inputs[0]].type.shape;
    const after = graph.values[operator.outputs[0]].type.shape;
    if (!before || !after || before.length < 2 || after.length < 2 || !equal(before[0], batch)) return [];
    const own = leading(before);
    if (leading(after).some((size) => own.some((other) => equal(size, other)))) return [];
    return [{
      severity: 'warning', code: 'reshape-mixes-batch', location: operator.location, related: [],
      message: `This reshape turns ${formatShape(before)} into ${formatShape(after)}: elements of different examples come to lie in one row. Keep the batch axis as it is.`,
    }];
  });
});

/** The numbers of elements of the proper leading parts of a shape. */
function leading(shape: readonly Dimension[]): Dimension[] {
  const sizes: Dimension[] = [];
  let size: Dimension = 1;
  for (const dimension of shape.slice(0, -1)) {
    size = multiply(size, dimension);
    sizes.push(size);
  }
  return sizes;
}
