import { isKnown } from '../../graph/dimension.ts';
import { elementCount, elementSize } from '../../graph/elements.ts';
import type { LayerGraph } from '../../graph/graph.ts';

/** One buffer of intermediate results over the run. Steps are operators, counted from 0. */
export interface Buffer {
  /** Ids of the values that lie in it, in the order in which they are made: views and results written in place. */
  readonly values: readonly number[];
  readonly bytes: number;
  readonly from: number;
  /** The last step that reads it. */
  readonly to: number;
  /** Where it lies in the planned memory. */
  readonly offset: number;
}

export interface MemoryPlan {
  /** Peak bytes where each result is kept until the end, as imperative execution must that does not know what is to come. */
  readonly eager: number;
  /** Peak bytes of the plan: results are freed after their last use, and written over where that is possible. */
  readonly graph: number;
  readonly buffers: readonly Buffer[];
  /** Values whose size is not known; the figures are without them. */
  readonly unknown: readonly number[];
}

/** Operators whose result is the same memory seen otherwise. */
const views = new Set(['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Identity', 'Dropout']);
/** Operators that read each element before they write it, so that the result can take the place of an input. */
const inPlace = new Set(['Relu', 'Sigmoid', 'Tanh', 'LeakyRelu', 'Elu', 'Selu', 'Celu', 'Gelu', 'Softplus', 'Softsign', 'HardSigmoid', 'HardSwish', 'Mish', 'Exp', 'Log', 'Sqrt', 'Neg', 'Abs', 'Erf',
  'Clip', 'Add', 'Sub', 'Mul', 'Div', 'Pow', 'Sum', 'Max', 'Min', 'Where', 'BatchNormalization', 'Floor', 'Ceil', 'Round', 'Not', 'Reciprocal']);

/** Plans memory for the results of a graph whose sizes are known (see `instantiate`). Inputs and weights do not count. */
export function planMemory(graph: LayerGraph): MemoryPlan {
  const { operators, values } = graph;
  const lastUse = new Map<number, number>();
  operators.forEach((operator, step) => {
    for (const input of operator.inputs) if (input !== undefined) lastUse.set(input, step);
  });
  for (const output of graph.outputs) lastUse.set(output, operators.length);

  interface Open { values: number[]; bytes: number; from: number; to: number }
  const buffers: Open[] = [];
  const bufferOf = new Map<number, Open>();
  const unknown: number[] = [];
  let eager = 0;
  operators.forEach((operator, step) => {
    operator.outputs.forEach((output, index) => {
      const bytes = bytesOf(graph, output);
      if (bytes === undefined) {
        unknown.push(output);
        return;
      }
      const until = lastUse.get(output) ?? step;
      const input = operator.inputs[0];
      const viewed = index === 0 && views.has(operator.type) && input !== undefined ? bufferOf.get(input) : undefined;
      if (!viewed && !(index === 0 && views.has(operator.type) && input !== undefined && values[input].producer === undefined)) eager += bytes;
      const reused = viewed ?? (index === 0 && inPlace.has(operator.type) ? reusable(operator.inputs, bytes, step) : undefined);
      if (reused) {
        reused.values.push(output);
        reused.to = Math.max(reused.to, until);
        bufferOf.set(output, reused);
        return;
      }
      if (index === 0 && views.has(operator.type)) return; // a view of an input or a weight takes nothing
      const fresh = { values: [output], bytes, from: step, to: until };
      buffers.push(fresh);
      bufferOf.set(output, fresh);
    });
  });

  /** The buffer of an input of the same size that nobody reads after this step. */
  function reusable(inputs: readonly (number | undefined)[], bytes: number, step: number): Open | undefined {
    for (const input of inputs) {
      const buffer = input === undefined ? undefined : bufferOf.get(input);
      if (buffer && buffer.bytes === bytes && buffer.to === step) return buffer;
    }
    return undefined;
  }

  const placed = place(buffers);
  return { eager, graph: Math.max(0, ...placed.map(({ offset, bytes }) => offset + bytes)), buffers: placed, unknown };
}

/** Larger buffers first, each at the lowest place that is free while it lives. */
function place(buffers: readonly Omit<Buffer, 'offset'>[]): Buffer[] {
  const placed: Buffer[] = [];
  for (const buffer of [...buffers].sort((a, b) => b.bytes - a.bytes || a.from - b.from)) {
    const rivals = placed.filter(({ from, to }) => from <= buffer.to && buffer.from <= to).sort((a, b) => a.offset - b.offset);
    let offset = 0;
    for (const rival of rivals) {
      if (rival.offset >= offset + buffer.bytes) break;
      offset = Math.max(offset, rival.offset + rival.bytes);
    }
    placed.push({ ...buffer, offset });
  }
  return placed.sort((a, b) => a.from - b.from);
}

function bytesOf(graph: LayerGraph, value: number): number | undefined {
  const { shape, dataType } = graph.values[value].type;
  if (!shape?.every(isKnown) || dataType === undefined || dataType === 'string') return undefined;
  return elementCount(shape as number[]) * elementSize(dataType);
}
