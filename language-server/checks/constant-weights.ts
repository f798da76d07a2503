import type { Diagnostic } from '../analysis.ts';
import type { Check } from './check.ts';
import { consumersOf, leafCalls } from './graph-walk.ts';

/**
 * A hidden layer whose weights all start with the same number: its units compute the same, get the same gradient and stay the same.
 * The last layer of a branch may start at zero, as residual networks do, so what is added to something is left alone.
 */
export const constantWeights: Check = ({ file, models }) => models.flatMap(({ graph }) => {
  const consumers = consumersOf(graph);
  return leafCalls(graph).flatMap(({ layer, output }): Diagnostic[] => {
    if (layer.location?.file !== file.path || graph.outputs.includes(output) || !/^(Dense|Linear|Conv\d?[dD]|LSTM|GRU|SimpleRNN|RNN)/.test(layer.type)) return [];
    const kernel = layer.parameters.map((id) => graph.parameters[id]).find(({ name, type }) => (type.shape?.length ?? 0) >= 2 && /(kernel|weight)\w*$/.test(name));
    if (kernel?.initializer.kind !== 'constant' || !kernel.trainable || (kernel.type.shape ?? []).every((size) => size === 1)) return [];
    if (consumers.get(output)?.every(({ type }) => type === 'Add') ?? true) return [];
    return [{
      severity: 'warning', code: 'constant-weights', location: layer.location, related: [],
      message: `All weights of ${layer.type} ${layer.path} start with ${kernel.initializer.value}: its units compute the same, are trained the same and stay the same. Take a random initializer.`,
    }];
  });
});
