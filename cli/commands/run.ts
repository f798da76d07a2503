import { zipSync } from 'fflate';
import type { LayerGraph, Tensor, Weights } from '../../graph/index.ts';
import { classScores, compareRuns, createSession, encodeNpy, inTraining, statistics, type Feeds, type RunResult } from '../../runtime/index.ts';
import { readFeeds, type InputOptions } from '../feeds.ts';
import { comparisonJson, orderings, orders, printComparison } from '../comparison.ts';
import { asked } from '../input-error.ts';
import { bindWeights, openModel, type ModelOptions } from '../model.ts';
import { emit, formatOf, print, printJson } from '../output.ts';
import { interruption } from '../progress.ts';

export interface RunOptions extends ModelOptions, InputOptions {
  readonly fetch?: readonly string[];
  readonly mode: string;
  readonly all?: boolean;
  readonly training?: boolean;
  /** Weights, inputs and the mode of a second run that this one is compared with. */
  readonly compare?: string;
  readonly compareInput?: readonly string[];
  readonly compareTraining?: boolean;
  readonly sort: string;
  readonly format: string;
  readonly output?: string;
}

/** Up to this many elements are printed in JSON, statistics beyond. */
const PRINTED = 1_000;

/** `layerscope run FILE`. */
export async function run(file: string, options: RunOptions): Promise<number> {
  const format = formatOf(options.format, ['text', 'json']);
  const mode = formatOf(options.mode, ['eager', 'graph']);
  const sort = formatOf(options.sort, orders);
  const { graph, weights } = await openModel(file, options);
  const feeds = await readFeeds(graph, options);
  const compares = options.compare !== undefined || options.compareInput !== undefined || options.compareTraining === true;
  const { result, executed } = await runOnce({ graph, weights, feeds, mode, seed: options.seed, training: options.training === true }, { fetch: options.fetch, keepAll: options.all === true || compares });
  const comparison = compares ? compareRuns(graph, result.tensors, await otherRun(file, graph, weights, feeds, mode, options)).sort(orderings[sort]) : undefined;
  const outputs = new Map(result.outputs);
  if (options.all) for (const [id, tensor] of result.tensors) outputs.set(graph.values[id].name, tensor);
  if (options.output !== undefined) await emit(zipSync(Object.fromEntries([...outputs].map(([name, tensor]) => [`${name.replaceAll('/', '.')}.npy`, encodeNpy(tensor)]))), options.output);
  if (format === 'json') {
    printJson({
      mode,
      outputs: Object.fromEntries([...outputs].map(([name, tensor]) => [name, jsonOf(tensor)])),
      executed: executed.map((id) => graph.operators[id].name || graph.operators[id].type),
      seconds: result.seconds,
      ...(comparison && { comparison: comparisonJson(graph, comparison) }),
    });
  } else {
    for (const [name, tensor] of outputs) printTensor(graph, name, tensor);
    if (comparison) printComparison(comparison);
    print(`${executed.length} operators ran in ${mode} mode in ${(result.seconds * 1000).toFixed(1)} ms`);
  }
  return 0;
}

interface Setting {
  readonly graph: LayerGraph;
  readonly weights: Weights;
  readonly feeds: Feeds;
  readonly mode: 'eager' | 'graph';
  readonly seed: number;
  readonly training: boolean;
}

/** One run; `executed` are operators of the graph itself, also where training adds some. */
async function runOnce({ graph, weights, feeds, mode, seed, training }: Setting, options: { readonly fetch?: readonly string[]; readonly keepAll: boolean }): Promise<{ result: RunResult; executed: readonly number[] }> {
  const trained = training ? inTraining(graph, seed) : undefined;
  for (const remark of trained?.remarks ?? []) process.stderr.write(`${remark}\n`);
  const session = await createSession(trained?.graph ?? graph, weights, { mode });
  try {
    const result = await asked(() => session.run(feeds, { ...options, signal: interruption() }));
    // training adds operators and values behind those of the graph
    const tensors = new Map([...result.tensors].filter(([id]) => id < graph.values.length));
    return { result: { ...result, tensors }, executed: trained ? [...new Set(result.executed.map((id) => trained.origins[id]))] : result.executed };
  } finally {
    await session.close();
  }
}

/** The tensors of the run that is compared with: other weights, another input, training mode, or several of these. */
async function otherRun(file: string, graph: LayerGraph, weights: Weights, feeds: Feeds, mode: 'eager' | 'graph', options: RunOptions): Promise<ReadonlyMap<number, Tensor>> {
  const other = {
    graph, mode, seed: options.seed, training: options.compareTraining === true || options.training === true,
    weights: options.compare === undefined ? weights : await bindWeights(file, graph, { ...options, weights: options.compare }),
    feeds: options.compareInput === undefined ? feeds : await readFeeds(graph, { ...options, input: options.compareInput }),
  };
  const { result } = await runOnce(other, { fetch: options.fetch, keepAll: true });
  return result.tensors;
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
