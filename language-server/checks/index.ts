import type { Diagnostic } from '../analysis.ts';
import { biasBeforeNormalization } from './bias-before-normalization.ts';
import type { Check, Checked } from './check.ts';
import { computedLoss } from './computed-loss.ts';
import { constantWeights } from './constant-weights.ts';
import { dropoutBeforeLoss } from './dropout-before-loss.ts';
import { layerOrder } from './layer-order.ts';
import { linearStack } from './linear-stack.ts';
import { lossExpectation } from './loss-expectation.ts';
import { lossWidth } from './loss-width.ts';
import { oneUnitSoftmax } from './one-unit-softmax.ts';
import { repeatedActivation } from './repeated-activation.ts';
import { reshapeMixesBatch } from './reshape-mixes-batch.ts';
import { softmaxOverBatch } from './softmax-over-batch.ts';
import { unscaledData } from './unscaled-data.ts';
import { unusedLayer } from './unused-layer.ts';

const checks: readonly Check[] = [
  lossExpectation, lossWidth, computedLoss, dropoutBeforeLoss, oneUnitSoftmax, linearStack, biasBeforeNormalization, unusedLayer, softmaxOverBatch, reshapeMixesBatch, repeatedActivation, layerOrder,
  constantWeights, unscaledData,
];

/** What runs but is wrong. */
export function check(checked: Checked): Diagnostic[] {
  return checks.flatMap((each) => each(checked));
}
