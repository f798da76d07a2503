import { format, formatShape, multiply } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';
import { dataTypeOf, flag, numberAttribute, requireRank, rule, shapeOf, text, unify } from './reading.ts';
import { runtimeSize } from './slicing.ts';

/**
 * ONNX's recurrent layers. X is (time, batch, input), or (batch, time, input) with layout 1;
 * W is (directions, gates * hidden, input), R is (directions, gates * hidden, hidden), B is (directions, 2 * gates * hidden).
 * Y is (time, directions, batch, hidden) or, with layout 1, (batch, time, directions, hidden).
 */
function recurrent(type: string, gates: number, defaults: Readonly<Record<string, number>>): OperatorRule {
  return rule(type, { direction: 'forward', layout: 0, ...defaults }, (context) => {
    const dataType = dataTypeOf(context, 0);
    const [input, weights, recurrence] = [0, 1, 2].map((i) => shapeOf(context, i));
    requireRank(input, 3, `${type}'s input`);
    requireRank(weights, 3, `${type}'s weights W`);
    requireRank(recurrence, 3, `${type}'s weights R`);
    const directions = text(context, 'direction') === 'bidirectional' ? 2 : 1;
    const hidden: Dimension = numberAttribute(context, 'hidden_size') ?? recurrence?.[2] ?? runtimeSize('hidden');
    checkWeights(context, type, gates, hidden, directions);
    if (input && weights) {
      unify(context, input[2], weights[2], () => `${type} expects ${format(weights[2])} input features, but the input of shape ${formatShape(input)} has ${format(input[2])}`);
    }
    const batchFirst = flag(context, 'layout');
    if (!input) return [1, 2, 3].map(() => ({ dataType, shape: undefined }));
    const [time, batch] = batchFirst ? [input[1], input[0]] : [input[0], input[1]];
    const last = batchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
    for (const state of [5, 6]) {
      const shape = shapeOf(context, state);
      if (!shape || type !== 'LSTM' && state === 6) continue;
      requireRank(shape, 3, `${type}'s initial state`);
      shape.forEach((size, i) => unify(context, size, last[i], () => `${type}'s initial state must have shape ${formatShape(last)}, but it is ${formatShape(shape)}`));
    }
    const all = batchFirst ? [batch, time, directions, hidden] : [time, directions, batch, hidden];
    return [{ dataType, shape: all }, { dataType, shape: last }, { dataType, shape: last }].slice(0, type === 'LSTM' ? 3 : 2);
  });
}

function checkWeights(context: Inference, type: string, gates: number, hidden: Dimension, directions: number): void {
  const expected: [number, string, Dimension[]][] = [
    [1, 'W', [directions, multiply(hidden, gates)]],
    [2, 'R', [directions, multiply(hidden, gates), hidden]],
    [3, 'B', [directions, multiply(hidden, 2 * gates)]],
  ];
  for (const [input, name, sizes] of expected) {
    const shape = shapeOf(context, input);
    sizes.forEach((size, i) => {
      if (!shape) return;
      if (shape.length <= i) throw new ShapeFault(`${type}'s ${name} has shape ${formatShape(shape)}, but must begin with ${formatShape(sizes)}`);
      unify(context, shape[i], size, () => `${type}'s ${name} has shape ${formatShape(shape)}, but must begin with ${formatShape(sizes)} for ${format(hidden)} hidden units`);
    });
  }
}

export const recurrences: readonly OperatorRule[] = [
  recurrent('LSTM', 4, { input_forget: 0 }),
  recurrent('GRU', 3, { linear_before_reset: 0 }),
  recurrent('RNN', 1, {}),
];

