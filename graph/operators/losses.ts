import { format, formatShape } from '../dimension.ts';
import type { TensorType } from '../tensor.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { dataTypeOf, requireRankAtLeast, rule, shapeOf, text, typeOf, unify } from './reading.ts';
import type { Shape } from './reading.ts';

/** Losses of class scores (N, C, ...) against class indices (N, ...). */

function loss(context: Inference, name: string): TensorType {
  const [scores, labels, weights] = [0, 1, 2].map((input) => shapeOf(context, input));
  requireRankAtLeast(scores, 2, `${name}'s scores`);
  if (scores && labels) {
    const expected: Shape = [scores[0], ...scores.slice(2)];
    const message = (): string => `${name} of scores ${formatShape(scores)} needs labels of shape ${formatShape(expected)}, but they are ${formatShape(labels)}`;
    if (labels.length !== expected.length) throw new ShapeFault(message());
    expected.forEach((size, i) => unify(context, size, labels[i], message));
  }
  if (scores && weights) unify(context, weights[0], scores[1], () => `${name} has ${format(weights[0])} weights for ${format(scores[1])} classes`);
  return { dataType: dataTypeOf(context, 0), shape: text(context, 'reduction') === 'none' ? labels : [] };
}

export const losses: readonly OperatorRule[] = [
  rule('NegativeLogLikelihoodLoss', { reduction: 'mean' }, (context) => [loss(context, 'NegativeLogLikelihoodLoss')]),
  rule('SoftmaxCrossEntropyLoss', { reduction: 'mean' }, (context) => [loss(context, 'SoftmaxCrossEntropyLoss'), typeOf(context, 0)]),
] satisfies readonly OperatorRule[];
