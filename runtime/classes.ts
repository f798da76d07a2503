import type { LayerGraph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';

/** The scores that a classifier gives the classes of one input. */
export interface ClassScores {
  /** The index of the largest; the first of several. */
  readonly top: number;
  /** Probabilities where the model ends in a softmax, else whatever it gives. */
  readonly kind: 'probabilities' | 'scores';
  readonly values: readonly number[];
}

/**
 * Reads an output as class scores: shape (1, classes) or (classes,) with at least two classes of floats.
 * Of a larger batch the first row is read. Undefined where the output is not of that form.
 */
export function classScores(graph: LayerGraph, output: number, tensor: Tensor): ClassScores | undefined {
  const { shape, data, dataType } = tensor;
  const classes = shape.at(-1) ?? 0;
  if (shape.length < 1 || shape.length > 2 || classes < 2 || !dataType.startsWith('float')) return undefined;
  const values = Array.from(data.slice(0, classes) as Float32Array);
  let top = 0;
  values.forEach((value, index) => {
    if (value > values[top]) top = index;
  });
  return { top, kind: scoresKind(graph, output), values };
}

/** Whether an output gives probabilities: whether a softmax makes it. */
export function scoresKind(graph: LayerGraph, output: number): ClassScores['kind'] {
  const { producer } = graph.values[output];
  return producer !== undefined && graph.operators[producer].type === 'Softmax' ? 'probabilities' : 'scores';
}
