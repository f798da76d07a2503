import { formatShape } from '../../graph/dimension.ts';
import type { Diagnostic } from '../analysis.ts';
import type { LossUse } from '../tracing/run.ts';
import { locationOf } from '../tracing/place.ts';
import type { TraceOperator } from '../tracing/trace.ts';
import type { Check } from './check.ts';
import { isLinear, producerOf } from './producer.ts';

/**
 * What a loss expects of a prediction, against the activation that made it: logits (any numbers), probabilities,
 * or their logarithms.
 */
export const lossExpectation: Check = ({ file, losses }) => losses.flatMap((use) => {
  if (use.place.file !== file) return [];
  const last = producerOf(use.prediction);
  const found = last && problem(use, last);
  if (!found) return [];
  const made = last.place?.file === file && last.place !== use.place ? [{ location: locationOf(last.place), message: `the prediction ${formatShape(use.prediction.type.shape)} is made here` }] : [];
  return [{ severity: 'warning', code: found.code, message: found.message, location: locationOf(use.place), related: made } satisfies Diagnostic];
});

function problem({ expects, kind }: LossUse, last: TraceOperator): { code: string; message: string } | undefined {
  const { type } = last;
  switch (expects) {
    case 'logits': {
      const code = 'logits-expected';
      if (type === 'Softmax') return { code, message: 'This loss applies softmax itself, but the prediction has been through softmax already: training gets slow or stuck. Pass the scores before the softmax.' };
      if (type === 'Sigmoid') return { code, message: `This loss applies ${kind === 'binary' ? 'sigmoid' : 'softmax'} itself, but the prediction has been through sigmoid already. Pass the scores before the sigmoid.` };
      if (type === 'Relu') return { code, message: 'This loss wants scores of either sign, but the prediction has been through ReLU: every negative score becomes 0. Drop the last activation.' };
      return undefined;
    }
    case 'probabilities': {
      const code = 'probabilities-expected';
      if (isLinear(last)) return { code, message: `This loss wants probabilities, but the last layer has no activation. ${kind === 'binary' ? 'Add a sigmoid' : 'Add a softmax'}, or tell the loss that it gets logits.` };
      if (type === 'Relu' || type === 'Tanh') return { code, message: `This loss wants probabilities, but the last activation is ${type === 'Relu' ? 'ReLU' : 'tanh'}. Use ${kind === 'binary' ? 'a sigmoid' : 'a softmax'}.` };
      if (type === 'LogSoftmax') return { code, message: 'This loss wants probabilities, but the prediction is their logarithm.' };
      return undefined;
    }
    case 'log-probabilities': {
      const code = 'log-probabilities-expected';
      if (type === 'Softmax') return { code, message: 'This loss wants the logarithms of probabilities, but gets the probabilities. Use log_softmax.' };
      if (isLinear(last)) return { code, message: 'This loss wants the logarithms of probabilities, but the last layer gives plain scores. Use log_softmax, or a cross-entropy loss that takes scores.' };
      return undefined;
    }
    default: return undefined;
  }
}
