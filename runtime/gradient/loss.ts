import { GraphExtension } from '../../graph/extend.ts';
import type { LayerGraph } from '../../graph/graph.ts';
import { differentiate, GradientError } from './gradient.ts';

export interface LossGradient {
  readonly graph: LayerGraph;
  /** The name of the further input: a float tensor of the scores' shape. */
  readonly target: string;
  /** Ids of the scores before any softmax, of the loss (one number) and of the gradient of the differentiated input. */
  readonly scores: number;
  readonly loss: number;
  readonly gradient: number;
}

/**
 * A graph that computes a loss of a classifier and its gradient with respect to one input, for attacks.
 *
 * `cross-entropy`: minus the sum of target * log softmax(scores); the target is one-hot or a distribution.
 * `linear`: the sum of target * scores; with +1 for one class and -1 for another it is their margin.
 *
 * A softmax or sigmoid at the end of the model is passed by, so that gradients do not vanish where it saturates.
 */
export function lossGradient(graph: LayerGraph, kind: 'cross-entropy' | 'linear' = 'cross-entropy', input: number = graph.inputs[0], output: number = graph.outputs[0]): LossGradient {
  const extension = new GraphExtension(graph);
  const scores = scoresBefore(graph, output);
  const type = extension.type(scores);
  const target = extension.input('target', { dataType: 'float32', shape: type.shape });
  let weighted: number;
  if (kind === 'linear') weighted = extension.apply('Mul', [target, scores]);
  else if (isBinary(graph, output, scores)) {
    // -(t log sigmoid(s) + (1 - t) log sigmoid(-s)) = softplus(s) - t s
    weighted = extension.apply('Sub', [extension.apply('Softplus', [scores]), extension.apply('Mul', [target, scores])]);
  } else weighted = extension.apply('Neg', [extension.apply('Mul', [target, extension.apply('LogSoftmax', [scores], { axis: -1 })])]);
  const loss = extension.apply('ReduceSum', [weighted], { keepdims: 0 });
  const [gradient] = differentiate(extension, new Map([[loss, extension.scalar(1, loss)]]), [input]);
  if (gradient === undefined) throw new GradientError(`The output ${graph.values[output].name} does not depend on the input ${graph.values[input].name}`);
  return { graph: extension.finish([scores, loss, gradient]), target: extension.values[target].name, scores, loss, gradient };
}

/** The tensor that a final softmax, log softmax or sigmoid is taken of; the output itself where there is none. */
export function scoresBefore(graph: LayerGraph, output: number): number {
  let value = output;
  for (;;) {
    const producer = graph.values[value].producer;
    const operator = producer === undefined ? undefined : graph.operators[producer];
    if (!operator || operator.domain !== '' || !['Softmax', 'LogSoftmax', 'Sigmoid', 'Identity'].includes(operator.type)) return value;
    value = operator.inputs[0]!;
    if (operator.type !== 'Identity') return value;
  }
}

function isBinary(graph: LayerGraph, output: number, scores: number): boolean {
  const { shape } = graph.values[scores].type;
  return shape?.at(-1) === 1 || (scores !== output && shape !== undefined && graph.operators.some(({ type, inputs }) => type === 'Sigmoid' && inputs[0] === scores));
}
