import type { Diagnostic } from '../analysis.ts';
import { biasBeforeNormalization } from './bias-before-normalization.ts';
import type { Check, Checked } from './check.ts';
import { computedLoss } from './computed-loss.ts';
import { dropoutBeforeLoss } from './dropout-before-loss.ts';
import { linearStack } from './linear-stack.ts';
import { lossExpectation } from './loss-expectation.ts';
import { lossWidth } from './loss-width.ts';
import { oneUnitSoftmax } from './one-unit-softmax.ts';
import { reshapeMixesBatch } from './reshape-mixes-batch.ts';
import { softmaxOverBatch } from './softmax-over-batch.ts';
import { unusedLayer } from './unused-layer.ts';

const checks: readonly Check[] = [
  lossExpectation, lossWidth, computedLoss, dropoutBeforeLoss, oneUnitSoftmax, linearStack, biasBeforeNormalization, unusedLayer, softmaxOverBatch, reshapeMixesBatch,
];

/** What runs but is wrong. */
export function check(checked: Checked): Diagnostic[] {
  return checks.flatMap((each) => each(checked));
}
