import type { LayerGraph } from '../graph/graph.ts';
import { elementCount } from '../graph/elements.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Weights } from '../graph/weights.ts';
import { gradientGraph, GradientError } from './gradient/gradient.ts';
import { scoresBefore } from './gradient/loss.ts';
import { createSession, type SessionOptions } from './session/session.ts';

/** What in an input decided: gradients of one class's score, read as pictures. All of them return tensors of numbers. */
export interface Explainer {
  /** The gradient of a class's score with respect to the input. */
  gradient(input: Tensor, label: number): Promise<Tensor>;
  /** The magnitude of the gradient (Simonyan et al. 2013). */
  saliency(input: Tensor, label: number): Promise<Tensor>;
  /**
   * Integrated gradients (Sundararajan et al. 2017) along the straight way from a baseline, zeros unless given, by the
   * midpoint rule. Their sum is nearly the score at the input less the score at the baseline.
   */
  integratedGradients(input: Tensor, label: number, steps?: number, baseline?: Tensor): Promise<Tensor>;
  /** Grad-CAM (Selvaraju et al. 2017): activations weighted by their mean gradients, negative parts cut. Needs an activation of rank 4 with channels in axis 1. */
  gradCam(input: Tensor, label: number): Promise<Tensor>;
  close(): Promise<void>;
}

/**
 * Prepares explanations of a classifier with one input whose sizes are known (see `smallest`). Scores are those before a
 * final softmax. `activation` is the id of the value that Grad-CAM looks at: the last convolution's unless stated.
 */
export async function createExplainer(graph: LayerGraph, weights: Weights, activation: number | undefined = lastConvolution(graph), options: SessionOptions = {}): Promise<Explainer> {
  const [input] = graph.inputs;
  const scores = scoresBefore(graph, graph.outputs[0]);
  const wanted = activation === undefined ? [input] : [input, activation];
  const back = gradientGraph(graph, wanted, scores);
  const session = await createSession(back.graph, weights, options);
  const name = (id: number) => back.graph.values[id].name;
  const shape = graph.values[scores].type.shape as readonly number[];
  const seedFor = (label: number): Tensor => {
    const classes = shape.at(-1) ?? 1;
    if (!(label >= 0 && label < classes)) throw new GradientError(`There is no class ${label}: the model has ${classes}`);
    return { dataType: 'float32', shape, data: Float32Array.from({ length: elementCount(shape) }, (_, index) => (index % classes === label ? 1 : 0)) };
  };
  const run = async (tensor: Tensor, label: number, ids: readonly (number | undefined)[]): Promise<Tensor[]> => {
    const fetch = ids.map((id) => {
      if (id === undefined) throw new GradientError('The score does not depend on what is asked for');
      return name(id);
    });
    const { outputs } = await session.run({ [name(input)]: tensor, [back.seed]: seedFor(label) }, { fetch });
    return fetch.map((one) => outputs.get(one)!);
  };
  const gradient = async (tensor: Tensor, label: number) => (await run(tensor, label, [back.gradients[0]]))[0];
  return {
    gradient,
    close: () => session.close(),
    saliency: async (tensor, label) => {
      const slope = await gradient(tensor, label);
      return { ...slope, data: (slope.data as Float32Array).map(Math.abs) };
    },
    integratedGradients: async (tensor, label, steps = 50, baseline) => {
      const end = tensor.data as Float32Array;
      const start = (baseline?.data ?? new Float32Array(end.length)) as Float32Array;
      const sum = new Float64Array(end.length);
      for (let step = 0; step < steps; step++) {
        const at = (step + 0.5) / steps;
        const slope = await gradient({ ...tensor, data: end.map((value, index) => start[index] + at * (value - start[index])) }, label);
        (slope.data as Float32Array).forEach((value, index) => {
          sum[index] += value / steps;
        });
      }
      return { ...tensor, data: Float32Array.from(sum, (mean, index) => mean * (end[index] - start[index])) };
    },
    gradCam: async (tensor, label) => {
      if (activation === undefined) throw new GradientError('Grad-CAM needs a convolution, and the model has none');
      const [slope, value] = await run(tensor, label, [back.gradients[1], activation]);
      const [batch, channels, ...spatial] = value.shape;
      const places = elementCount(spatial);
      const map = new Float32Array(batch * places);
      for (let image = 0; image < batch; image++) {
        for (let channel = 0; channel < channels; channel++) {
          const from = (image * channels + channel) * places;
          let weight = 0;
          for (let place = 0; place < places; place++) weight += Number(slope.data[from + place]) / places;
          for (let place = 0; place < places; place++) map[image * places + place] += weight * Number(value.data[from + place]);
        }
      }
      return { dataType: 'float32', shape: [batch, ...spatial], data: map.map((one) => Math.max(0, one)) };
    },
  };
}

/** The result of the last convolution over two axes, behind an activation where one follows at once. */
function lastConvolution(graph: LayerGraph): number | undefined {
  const operator = graph.operators.findLast(({ type, outputs }) => type === 'Conv' && graph.values[outputs[0]].type.shape?.length === 4);
  if (!operator) return undefined;
  const followers = graph.operators.filter(({ inputs }) => inputs.includes(operator.outputs[0]));
  return followers.length === 1 && followers[0].type === 'Relu' ? followers[0].outputs[0] : operator.outputs[0];
}
