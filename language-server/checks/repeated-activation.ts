import type { LayerGraph, Operator } from '../../graph/graph.ts';
import type { Diagnostic } from '../analysis.ts';
import type { Check } from './check.ts';
import { placeInFile } from './graph-walk.ts';

const names: Readonly<Record<string, string>> = { Relu: 'ReLU', Sigmoid: 'sigmoid', Softmax: 'softmax', LogSoftmax: 'log-softmax' };

/**
 * A last activation on top of another one: what comes out is squeezed into a part of its range. Only outputs of a model are looked at:
 * inside, attention and gates put one activation on another with good reason.
 */
export const repeatedActivation: Check = ({ file, models }) => models.flatMap(({ graph }) => graph.outputs.flatMap((output): Diagnostic[] => {
  const last = producer(graph, output);
  if (last?.type !== 'Sigmoid' && last?.type !== 'Softmax' && last?.type !== 'LogSoftmax') return [];
  const before = last.inputs[0] === undefined ? undefined : producer(graph, last.inputs[0]);
  if (!before || names[before.type] === undefined) return [];
  const location = placeInFile(graph, last, file.path);
  const related = placeInFile(graph, before, file.path);
  return location ? [{
    severity: 'warning', code: 'repeated-activation', location, related: related ? [{ location: related, message: `the ${names[before.type]} before it` }] : [],
    message: `This ${names[last.type]} is applied to what has been through ${names[before.type]} already: ${consequence(before.type, last.type)}. Drop the first of them.`,
  }] : [];
}));

function consequence(before: string, last: string): string {
  if (before === 'Relu') return last === 'Sigmoid' ? 'no output is below 0.5' : 'no score is below 0, so no class can be ruled out';
  return last === 'Sigmoid' ? 'outputs lie between 0.5 and 0.73' : 'scores between 0 and 1 give probabilities that are nearly the same';
}

/** The operator that made a value, seen through changes of its shape. */
function producer(graph: LayerGraph, value: number): Operator | undefined {
  let at = graph.values[value].producer;
  for (;;) {
    const operator = at === undefined ? undefined : graph.operators[at];
    if (!operator || !/^(Identity|Reshape|Flatten|Squeeze|Unsqueeze|Dropout|Cast)$/.test(operator.type) || operator.inputs[0] === undefined) return operator;
    at = graph.values[operator.inputs[0]].producer;
  }
}
