import type { Diagnostic } from '../analysis.ts';
import type { Check } from './check.ts';
import { placeInFile } from './graph-walk.ts';

/** Softmax over an axis of one element gives 1 whatever comes in. */
export const oneUnitSoftmax: Check = ({ file, models }) => models.flatMap(({ graph }) => graph.operators.flatMap((operator): Diagnostic[] => {
  if (operator.type !== 'Softmax') return [];
  const shape = graph.values[operator.outputs[0]].type.shape;
  const axis = typeof operator.attributes.axis === 'number' ? operator.attributes.axis : -1;
  if (!shape || shape.length < 2 || shape.at(axis) !== 1) return [];
  const location = placeInFile(graph, operator, file.path);
  return location ? [{
    severity: 'warning', code: 'one-unit-softmax', location, related: [],
    message: 'Softmax over one unit gives 1 whatever comes in. Use a sigmoid for two classes, or one unit for each class.',
  }] : [];
}));
