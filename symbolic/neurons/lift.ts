import type { Box } from '../bounds/regions.ts';
import { isSmall, settleExactly } from '../exact/settle.ts';
import { sizeOf } from '../network/elements.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import type { Network } from '../network/network.ts';
import { withOutputs } from '../network/select.ts';
import type { Property } from '../property/property.ts';
import { createProver, type ProverOptions } from '../search/prover.ts';
import { search, type Problem, type Progress, type SearchOptions } from '../search/search.ts';
import { inside } from '../verify.ts';
import type { Target } from './activation-region.ts';
import type { Neuron, NeuronModel } from './neuron-model.ts';

export interface LiftOptions extends ProverOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** 60 where it is left out. */
  readonly timeoutSeconds?: number;
  readonly seed?: number;
  /** Has z3 confirm a proof in exact arithmetic, where the network is small enough for it. */
  readonly exact?: boolean;
}

/** Whether some neurons can all reach their thresholds at one input of a box. */
export interface LiftAnswer {
  /** `reached`: ONNX Runtime confirmed the input. `never`: proved for every input of the box, of the network in exact arithmetic. */
  readonly verdict: 'reached' | 'never' | 'undecided';
  /** Float32 numbers, all inputs one behind the other. */
  readonly input?: Float64Array;
  /** The neurons' values there, by ONNX Runtime, in the order of the neurons. */
  readonly values?: readonly number[];
  readonly method: string;
  readonly seconds: number;
}

/** The smallest float32 number above 0: a neuron that reaches it is active. */
const LEAST = 2 ** -149;

/**
 * Looks for an input of a box that lifts every neuron to its threshold or above, or proves that there is none:
 * linear bounds and gradients first, then branch and bound; what a small network leaves open is settled by z3 in exact arithmetic.
 */
export async function lift(model: NeuronModel, wanted: readonly { readonly neuron: Neuron; readonly threshold: number }[], box: Box, options: LiftOptions = {}): Promise<LiftAnswer> {
  return ask(model, wanted.map((one) => ({ ...one, active: false })), box, options, (values) => values.every((value, k) => value >= wanted[k].threshold));
}

/** Whether some neurons can all be active (above 0) at one input of a box. `never` for a single one: it is dead there. */
export async function canBeActive(model: NeuronModel, neurons: readonly Neuron[], box: Box, options: LiftOptions = {}): Promise<LiftAnswer> {
  return ask(model, neurons.map((neuron) => ({ neuron, threshold: LEAST, active: true })), box, options, (values) => values.every((value) => value > 0));
}

interface Question {
  readonly neuron: Neuron;
  readonly threshold: number;
  /** Whether it is about the neuron's activity: then the value before a ReLU counts. */
  readonly active: boolean;
}

async function ask(model: NeuronModel, questions: readonly Question[], box: Box, options: LiftOptions, reached: (values: readonly number[]) => boolean): Promise<LiftAnswer> {
  const started = performance.now();
  const deadline = started + 1000 * (options.timeoutSeconds ?? 60);
  for (const { threshold } of questions) if (!Number.isFinite(threshold)) throw new RangeError(`the threshold must be a number, not ${threshold}`);
  const network = joint(model, questions, false);
  const double = new LoadedNetwork(network);
  const property: Property = {
    cases: [{ ...box, constraints: questions.map(({ threshold }, k) => ({ coefficients: Float64Array.from(questions, (_, i) => (i === k ? -1 : 0)), constant: threshold })) }],
  };
  let values: number[] | undefined;
  const searching: SearchOptions = {
    signal: options.signal, onProgress: options.onProgress, deadline,
    accept: async (input) => {
      if (!inside(input, box.lower, box.upper)) return undefined;
      const replayed = await model.replay(input, questions.map(({ neuron }) => neuron));
      if (!reached(replayed)) return undefined;
      values = replayed;
      return double.evaluate(input, 1);
    },
  };
  const problem: Problem = { network, property, seed: options.seed ?? 0, memory: 2e9 };
  let outcome = await search(problem, createProver(problem, options), searching);
  if ((options.exact || outcome.verdict !== 'unsat') && isSmall(network, property)) outcome = await settleExactly(joint(model, questions, true), property, outcome, { ...searching, confirmMilliseconds: options.exact ? deadline - performance.now() : undefined });
  const seconds = (performance.now() - started) / 1000;
  if (outcome.witness) return { verdict: 'reached', input: outcome.witness.input, values, method: outcome.method, seconds };
  return { verdict: outcome.verdict === 'unsat' ? 'never' : 'undecided', method: outcome.method, seconds };
}

/** One network that computes what the questions are about, in their order. */
function joint(model: NeuronModel, questions: readonly Question[], exact: boolean): Network {
  const values = [...new Set(questions.map(({ neuron }) => neuron.value))];
  const network = model.network(values, exact);
  let offset = 0;
  const starts = new Map(values.map((value) => {
    const start = offset;
    offset += sizeOf(questions.find(({ neuron }) => neuron.value === value)!.neuron.shape);
    return [value, start];
  }));
  return withOutputs(network, questions.map(({ neuron: { target, value }, active }) => {
    const terms = target.terms.map(({ index, weight }) => ({ index: index + starts.get(value)!, weight }));
    const before = active && terms.length === 1 ? beforeRelu(network, network.output, terms[0].index) : undefined;
    return before ?? { node: network.output, terms };
  }));
}

/** What a ReLU is taken of to give an element, where it is a ReLU's output, perhaps moved about. */
function beforeRelu(network: Network, id: number, index: number): Target | undefined {
  const node = network.nodes[id];
  if (node.kind === 'relu') return { node: node.inputs[0], terms: [{ index, weight: 1 }] };
  if (node.kind !== 'affine' || node.bias[index] !== 0) return undefined;
  const entries = node.matrices.flatMap((matrix, k) => {
    if (matrix.kind === 'dense') return Array.from({ length: matrix.columns }, (_, j) => ({ input: node.inputs[k], index: j, weight: matrix.values[index * matrix.columns + j] })).filter(({ weight }) => weight !== 0);
    return Array.from({ length: matrix.starts[index + 1] - matrix.starts[index] }, (_, e) => ({ input: node.inputs[k], index: matrix.indices[matrix.starts[index] + e], weight: matrix.values[matrix.starts[index] + e] }));
  });
  return entries.length === 1 && entries[0].weight === 1 ? beforeRelu(network, entries[0].input, entries[0].index) : undefined;
}
