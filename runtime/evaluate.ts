import { isKnown } from '../graph/dimension.ts';
import { elementCount, tensorOf } from '../graph/elements.ts';
import type { LayerGraph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import { RunError } from './session/errors.ts';
import type { Session } from './session/session.ts';

export interface EvaluationOptions {
  readonly signal?: AbortSignal;
  onProgress?(done: number): void;
}

export interface Evaluation {
  readonly classes: number;
  /** Rows are the true classes, columns the predicted ones. */
  readonly confusion: readonly (readonly number[])[];
  readonly correct: number;
  readonly count: number;
  /** By example: the predicted class, and the score of its true class less that of the best other one. */
  readonly predictions: readonly { readonly label: number; readonly margin: number }[];
  /** Results of activation functions that end at a limit, with the neurons that stand there for every example. */
  readonly activations: readonly ActivationUse[];
}

export interface ActivationUse {
  readonly value: number;
  readonly neurons: number;
  /** Zero for every example: of a ReLU nothing is learned through them. */
  readonly dead: number;
  /** Within a hundredth of the function's limits for every example. */
  readonly saturated: number;
}

/** The limits of activation functions that have some. */
const limits: Readonly<Record<string, { readonly dead?: number; readonly saturated?: readonly number[] }>> = {
  Relu: { dead: 0 }, Sigmoid: { saturated: [0, 1] }, Tanh: { saturated: [-1, 1] }, HardSigmoid: { saturated: [0, 1] },
};

/** Examples in a pass where the program leaves the size of the batch open. */
const BATCH = 32;

/**
 * Runs a classifier with one input over labelled examples, each given flat.
 * @throws RunError where the model is no classifier or a label is none of its classes
 */
export async function evaluate(session: Session, examples: readonly Float32Array[], labels: readonly number[], { signal, onProgress }: EvaluationOptions = {}): Promise<Evaluation> {
  const { graph } = session;
  const [input] = graph.inputs;
  const { name, type } = graph.values[input];
  const output = graph.values[graph.outputs[0]].name;
  const [batchAxis, ...sizes] = type.shape ?? [];
  const shape = sizes.map((size) => (isKnown(size) ? size : undefined));
  const batch = batchAxis !== undefined && isKnown(batchAxis) ? batchAxis : BATCH;
  const watched = graph.operators.filter((operator) => limits[operator.type]).map(({ type: kind, outputs: [value] }) => ({ value, name: graph.values[value].name, ...limits[kind], extremes: undefined as Extremes | undefined }));
  const predictions: { label: number; margin: number }[] = [];
  let confusion: number[][] = [];
  for (let first = 0; first < examples.length; first += batch) {
    signal?.throwIfAborted();
    const part = examples.slice(first, first + batch);
    // a program with a batch of a fixed size gets its last one filled up with the last example
    const filled = batchAxis !== undefined && isKnown(batchAxis) ? [...part, ...Array.from({ length: batch - part.length }, () => part.at(-1)!)] : part;
    const own = shape.every((size) => size !== undefined) ? (shape as number[]) : settled(shape, part[0].length, graph, input);
    const { outputs } = await session.run({ [name]: tensorOf(type.dataType ?? 'float32', [filled.length, ...own], joined(filled)) }, { fetch: [output, ...watched.map((one) => one.name)], signal });
    const scores = outputs.get(output)!;
    const classes = scores.shape.length === 2 ? scores.shape[1] : 0;
    if (classes < 2 || scores.shape[0] !== filled.length) throw new RunError(`The model is no classifier: its output ${output} has shape (${scores.shape.join(', ')})`);
    if (confusion.length === 0) confusion = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
    part.forEach((_, index) => {
      const label = labels[first + index];
      if (label >= classes) throw new RunError(`Example ${first + index} has the label ${label}, but the model has ${classes} classes`);
      const row = Array.from((scores.data as Float32Array).subarray(index * classes, (index + 1) * classes));
      const predicted = row.indexOf(Math.max(...row));
      confusion[label][predicted]++;
      predictions.push({ label: predicted, margin: row[label] - Math.max(...row.filter((_score, other) => other !== label)) });
    });
    for (const one of watched) one.extremes = widened(one.extremes, outputs.get(one.name)!, part.length, filled.length);
    onProgress?.(first + part.length);
  }
  return {
    classes: confusion.length, confusion, count: examples.length, predictions,
    correct: confusion.reduce((sum, row, label) => sum + row[label], 0),
    activations: watched.flatMap(({ value, dead, saturated, extremes }) => (extremes ? [use(value, extremes, dead, saturated)] : [])),
  };
}

function joined(examples: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(examples.length * examples[0].length);
  examples.forEach((one, index) => all.set(one, index * one.length));
  return all;
}

/** The least and the most that each neuron gave. */
interface Extremes {
  readonly least: Float32Array;
  readonly most: Float32Array;
}

function widened(before: Extremes | undefined, { data, shape }: Tensor, count: number, batch: number): Extremes | undefined {
  // a value without the batch as its first axis has no neurons of one example
  if (shape[0] !== batch) return undefined;
  const size = data.length / batch;
  const extremes = before ?? { least: new Float32Array(size).fill(Infinity), most: new Float32Array(size).fill(-Infinity) };
  for (let index = 0; index < count * size; index++) {
    const value = Number(data[index]);
    const neuron = index % size;
    if (value < extremes.least[neuron]) extremes.least[neuron] = value;
    if (value > extremes.most[neuron]) extremes.most[neuron] = value;
  }
  return extremes;
}

function use(value: number, { least, most }: Extremes, dead: number | undefined, saturated: readonly number[] = []): ActivationUse {
  let [deadCount, saturatedCount] = [0, 0];
  for (let neuron = 0; neuron < least.length; neuron++) {
    if (dead !== undefined && least[neuron] === dead && most[neuron] === dead) deadCount++;
    if (saturated.some((limit) => Math.abs(least[neuron] - limit) < 0.01 && Math.abs(most[neuron] - limit) < 0.01)) saturatedCount++;
  }
  return { value, neurons: least.length, dead: deadCount, saturated: saturatedCount };
}

/** Where the program leaves one more size open, the examples settle it. */
function settled(shape: readonly (number | undefined)[], length: number, graph: LayerGraph, input: number): number[] {
  const open = shape.filter((size) => size === undefined).length;
  const rest = length / elementCount(shape.map((size) => size ?? 1));
  if (open !== 1 || !Number.isInteger(rest)) throw new RunError(`The examples have ${length} values each, which does not settle the shape of the input ${graph.values[input].name}`);
  return shape.map((size) => size ?? rest);
}
