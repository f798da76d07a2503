import { equal } from '../../graph/dimension.ts';
import type { Diagnostic } from '../analysis.ts';
import type { Check } from './check.ts';
import { placeInFile } from './graph-walk.ts';

/** Softmax over the batch axis of what a dense layer gives: examples of one batch compete with one another. */
export const softmaxOverBatch: Check = ({ file, models }) => models.flatMap(({ graph }) => {
  const batch = graph.inputs.length > 0 ? graph.values[graph.inputs[0]].type.shape?.[0] : undefined;
  if (batch === undefined) return [];
  return graph.operators.flatMap((operator): Diagnostic[] => {
    if ((operator.type !== 'Softmax' && operator.type !== 'LogSoftmax') || operator.inputs[0] === undefined) return [];
    const input = graph.values[operator.inputs[0]];
    const { shape } = input.type;
    const { axis } = operator.attributes;
    if (shape?.length !== 2 || typeof axis !== 'number' || (axis + 2) % 2 !== 0 || !equal(shape[0], batch)) return [];
    const producer = input.producer === undefined ? undefined : graph.operators[input.producer].type;
    if (producer !== 'Gemm' && producer !== 'MatMul' && producer !== 'Add') return [];
    const location = operator.location?.file === file.path ? operator.location : placeInFile(graph, operator, file.path);
    return location ? [{
      severity: 'warning', code: 'softmax-over-batch', location, related: [],
      message: 'This softmax runs over the batch axis: the examples of one batch compete with one another. Use the last axis.',
    }] : [];
  });
});
