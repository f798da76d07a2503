import { zipSync } from 'fflate';
import type { LayerGraph, Tensor } from '../../graph/index.ts';
import { classScores, createSession, encodeNpy, statistics } from '../../runtime/index.ts';
import { readFeeds, type InputOptions } from '../feeds.ts';
import { asked } from '../input-error.ts';
import { openModel, type ModelOptions } from '../model.ts';
import { emit, formatOf, print, printJson } from '../output.ts';
import { interruption } from '../progress.ts';

export interface RunOptions extends ModelOptions, InputOptions {
  readonly fetch?: readonly string[];
  readonly mode: string;
  readonly all?: boolean;
  readonly format: string;
  readonly output?: string;
}

/** Up to this many elements are printed in JSON, statistics beyond. */
const PRINTED = 1_000;

/** `layerscope run FILE`. */
export async function run(file: string, options: RunOptions): Promise<number> {
  const format = formatOf(options.format, ['text', 'json']);
  const mode = formatOf(options.mode, ['eager', 'graph']);
  const { graph, weights } = await openModel(file, options);
  const feeds = await readFeeds(graph, options);
  const session = await createSession(graph, weights, { mode });
  const result = await asked(() => session.run(feeds, { fetch: options.fetch, keepAll: options.all, signal: interruption() }));
  const outputs = new Map(result.outputs);
  if (options.all) for (const [id, tensor] of result.tensors) outputs.set(graph.values[id].name, tensor);
  if (options.output !== undefined) await emit(zipSync(Object.fromEntries([...outputs].map(([name, tensor]) => [`${name.replaceAll('/', '.')}.npy`, encodeNpy(tensor)]))), options.output);
  if (format === 'json') {
    printJson({
      mode,
      outputs: Object.fromEntries([...outputs].map(([name, tensor]) => [name, jsonOf(tensor)])),
      executed: result.executed.map((id) => graph.operators[id].name || graph.operators[id].type),
      seconds: result.seconds,
    });
  } else {
    for (const [name, tensor] of outputs) printTensor(graph, name, tensor);
    print(`${result.executed.length} operators ran in ${mode} mode in ${(result.seconds * 1000).toFixed(1)} ms`);
  }
  await session.close();
  return 0;
}

function jsonOf(tensor: Tensor): object {
  const { shape, data } = tensor;
  if (data.length > PRINTED) return { shape, statistics: statistics(tensor) };
  return { shape, values: nested(Array.from(data as ArrayLike<number | bigint | string>, (value) => (typeof value === 'bigint' ? Number(value) : value)), shape) };
}

/** Row-major elements as nested lists; a tensor without axes as its element. */
export function nested<T>(flat: readonly T[], shape: readonly number[]): unknown {
  if (shape.length === 0) return flat[0];
  if (shape.length === 1) return flat;
  const [size, ...rest] = shape;
  const step = rest.reduce((product, length) => product * length, 1);
  return Array.from({ length: size }, (_, index) => nested(flat.slice(index * step, (index + 1) * step), rest));
}

function printTensor(graph: LayerGraph, name: string, tensor: Tensor): void {
  const value = graph.values.find((one) => one.name === name);
  const scores = value && graph.outputs.includes(value.id) ? classScores(graph, value.id, tensor) : undefined;
  print(`${name}  (${tensor.shape.join(', ')})  ${tensor.dataType}`);
  if (scores) printScores(scores.values, scores.top);
  else if (tensor.data.length <= 20) print(`  ${Array.from(tensor.data as ArrayLike<number>, (element) => String(element)).join(' ')}`);
  else {
    const { minimum, maximum, mean, deviation } = statistics(tensor);
    print(`  from ${minimum.toPrecision(5)} to ${maximum.toPrecision(5)}, mean ${mean.toPrecision(5)}, deviation ${deviation.toPrecision(5)}`);
  }
}

const SHOWN_CLASSES = 10;

/** Scores as bars, the largest first; the longest bar is 30 characters. */
export function printScores(values: readonly number[], top: number): void {
  const order = values.map((_, index) => index).sort((a, b) => values[b] - values[a]).slice(0, SHOWN_CLASSES);
  const low = Math.min(0, ...values);
  const span = Math.max(...values) - low || 1;
  for (const index of order) {
    const bar = '█'.repeat(Math.round((30 * (values[index] - low)) / span));
    print(`  ${index === top ? '→' : ' '} ${String(index).padStart(4)}  ${values[index].toFixed(4).padStart(9)}  ${bar}`);
  }
}
