import { equals, format, formatShape, modulo } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import { broadcastInto } from './broadcasting.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { dataTypeOf, normalAxis, number, requireRankAtLeast, rule, shapeOf, typeOf, unify } from './reading.ts';
import type { Shape } from './reading.ts';

/** Operators that shift and scale by statistics: the shape stays. */

/** Inputs from `first` on are vectors with one element for each channel (dimension 1). */
function requireChannels(context: Inference, input: Shape | undefined, first: number, last: number, operator: string): void {
  if (!input) return;
  const channels = input.length > 1 ? input[1] : 1;
  for (let i = first; i <= last; i++) {
    const shape = shapeOf(context, i);
    if (!shape) continue;
    if (shape.length !== 1) throw new ShapeFault(`${operator} needs one number for each channel, but input ${i} has shape ${formatShape(shape)}`);
    unify(context, shape[0], channels, () => `${operator} has ${format(shape[0])} numbers for the ${format(channels)} channels of ${formatShape(input)}`);
  }
}

const batch: OperatorRule = rule('BatchNormalization', { epsilon: 1e-5, momentum: 0.9, training_mode: 0 }, (context) => {
  const input = shapeOf(context, 0);
  requireChannels(context, input, 1, 4, 'BatchNormalization');
  const statistics = { dataType: dataTypeOf(context, 3), shape: shapeOf(context, 3) };
  return [typeOf(context, 0), statistics, statistics];
});

const instance: OperatorRule = rule('InstanceNormalization', { epsilon: 1e-5 }, (context) => {
  const input = shapeOf(context, 0);
  requireRankAtLeast(input, 3, 'InstanceNormalization\'s input');
  requireChannels(context, input, 1, 2, 'InstanceNormalization');
  return [typeOf(context, 0)];
});

const group: OperatorRule = rule('GroupNormalization', { epsilon: 1e-5, stash_type: 1 }, (context) => {
  const input = shapeOf(context, 0);
  requireRankAtLeast(input, 2, 'GroupNormalization\'s input');
  const groups = number(context, 'num_groups');
  if (input && equals(modulo(input[1], groups), 0) === false) throw new ShapeFault(`${format(input[1])} channels do not divide into ${groups} groups`);
  requireChannels(context, input, 1, 2, 'GroupNormalization');
  return [typeOf(context, 0)];
});

/** Normalises all dimensions from `axis` on; also gives mean and inverse deviation. */
function overTrailing(context: Inference, operator: string): { axis: number; shape: Shape } | undefined {
  const shape = shapeOf(context, 0);
  if (!shape) return undefined;
  const axis = normalAxis(number(context, 'axis'), shape.length);
  for (const input of [1, 2]) {
    const scale = shapeOf(context, input);
    if (scale) broadcastInto(context, scale, shape, `${operator}'s ${input === 1 ? 'scale' : 'bias'}`);
  }
  return { axis, shape };
}

const layer: OperatorRule = rule('LayerNormalization', { axis: -1, epsilon: 1e-5, stash_type: 1 }, (context) => {
  const over = overTrailing(context, 'LayerNormalization');
  const statistics = { dataType: dataTypeOf(context, 0), shape: over?.shape.map((size, i): Dimension => (i >= over.axis ? 1 : size)) };
  return [typeOf(context, 0), statistics, statistics];
});

const rootMeanSquare: OperatorRule = rule('RMSNormalization', { axis: -1, epsilon: 1e-5, stash_type: 1 }, (context) => {
  overTrailing(context, 'RMSNormalization');
  return [typeOf(context, 0)];
});

const localResponse: OperatorRule = rule('LRN', { alpha: 0.0001, beta: 0.75, bias: 1 }, (context) => {
  requireRankAtLeast(shapeOf(context, 0), 2, 'LRN\'s input');
  return [typeOf(context, 0)];
});

export const normalization: readonly OperatorRule[] = [
  batch, instance, group, layer, rootMeanSquare, localResponse,
  rule('MeanVarianceNormalization', { axes: [0, 2, 3] }, (context) => [typeOf(context, 0)]),
  rule('LpNormalization', { axis: -1, p: 2 }, (context) => {
    const shape = shapeOf(context, 0);
    if (shape) normalAxis(number(context, 'axis'), shape.length);
    return [typeOf(context, 0)];
  }),
];

