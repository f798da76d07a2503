import { formatShape } from '../../graph/dimension.ts';
import type { Diagnostic } from '../analysis.ts';
import { locationOf } from '../tracing/place.ts';
import type { Check } from './check.ts';
import { producerOf } from './producer.ts';

/** A loss over classes of a prediction with one class: it is 0 whatever the model says. Softmax of many classes under a binary loss. */
export const lossWidth: Check = ({ file, losses }) => losses.flatMap(({ kind, prediction, axis, place }): Diagnostic[] => {
  const shape = prediction.type.shape;
  if (place.file !== file || !shape || shape.length < 2) return [];
  const classes = shape.at(axis);
  const diagnostic = (message: string): Diagnostic[] => [{ severity: 'warning', code: 'loss-width', message, location: locationOf(place), related: [] }];
  if ((kind === 'categorical' || kind === 'sparse') && classes === 1) {
    return diagnostic(`This loss compares classes, but the prediction ${formatShape(shape)} has one class only: the loss is 0 whatever the model learns. Use a binary loss with a sigmoid, or one output for each class.`);
  }
  if (kind === 'binary' && typeof classes === 'number' && classes > 2 && producerOf(prediction)?.type === 'Softmax') {
    return diagnostic(`This loss takes each of the ${classes} outputs as a yes or no of its own, but softmax makes them compete. Use a categorical loss, or a sigmoid.`);
  }
  if (kind === 'categorical' && typeof classes === 'number' && classes > 1 && producerOf(prediction)?.type === 'Sigmoid') {
    return diagnostic(`This loss wants the ${classes} outputs to be the probabilities of one choice, but sigmoid makes each a choice of its own. Use a softmax, or a binary loss.`);
  }
  return [];
});
