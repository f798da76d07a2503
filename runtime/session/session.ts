import type { LayerGraph, Operator } from '../../graph/graph.ts';
import { nearNames } from '../../graph/near-names.ts';
import { ancestors, usedValues } from '../../graph/subgraph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Weights } from '../../graph/weights.ts';
import { backend, type Backend } from './backend.ts';
import { EagerMode } from './eager.ts';
import { RunError } from './errors.ts';
import type { Execution } from './execution.ts';
import { checkFeeds, type Feeds } from './feeds.ts';
import { GraphMode } from './graph-mode.ts';

export interface SessionOptions {
  /** `graph`: all operators as one program, optimised; `eager`: one after the other, each tensor kept. */
  readonly mode?: 'graph' | 'eager';
  /** `wasm` takes WebAssembly even where the native library is installed. */
  readonly backend?: 'fastest' | 'wasm';
  /** How many threads compute an operator, where the native library does. */
  readonly threads?: number;
}

export interface RunOptions {
  /** Names of tensors, or paths of layers (their last outputs); the graph's outputs unless stated. Only what they need runs. */
  readonly fetch?: readonly string[];
  /** Also return every tensor that was computed on the way. */
  readonly keepAll?: boolean;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** By the names that were asked for, or the names of the graph's outputs. */
  readonly outputs: ReadonlyMap<string, Tensor>;
  /** With `keepAll`: every tensor by its id. */
  readonly tensors: ReadonlyMap<number, Tensor>;
  /** Ids of the operators that ran, in order. */
  readonly executed: readonly number[];
  readonly seconds: number;
  /** In eager mode: milliseconds of each operator that ran. */
  readonly times?: ReadonlyMap<number, number>;
}

export interface Session {
  readonly graph: LayerGraph;
  readonly mode: 'graph' | 'eager';
  run(feeds: Feeds, options?: RunOptions): Promise<RunResult>;
  /** Frees what the runtime holds. */
  close(): Promise<void>;
}

/** A graph with its weights, ready to run. The runtime is loaded with the first session. */
export async function createSession(graph: LayerGraph, weights: Weights, options: SessionOptions = {}): Promise<Session> {
  const runtime: Backend = await backend(options.backend);
  const mode = options.mode ?? 'graph';
  const used = usedValues(graph);
  const plans = new Map<string, Plan>();
  const execution: Execution = mode === 'eager' ? new EagerMode(graph, weights, runtime, options.threads) : new GraphMode(graph, weights, runtime, options.threads);
  return {
    graph, mode,
    close: () => execution.close(),
    run: async (feeds, { fetch, keepAll = false, signal } = {}) => {
      // what a fetch needs is the same in every run
      const key = JSON.stringify([fetch, keepAll]);
      const plan = plans.get(key) ?? planOf(graph, used, fetch, keepAll);
      plans.set(key, plan);
      const { named, operators, needed, wanted } = plan;
      const checked = checkFeeds(graph, feeds, needed);
      signal?.throwIfAborted();
      const start = performance.now();
      const { tensors, times } = await execution.run(operators, wanted, checked, signal);
      signal?.throwIfAborted();
      const outputs = new Map(named.map(({ name, id }) => {
        const tensor = tensors.get(id);
        if (!tensor) throw new RunError(`The tensor ${name} was not computed`);
        return [name, tensor];
      }));
      if (keepAll) for (const [id, tensor] of checked.tensors) tensors.set(id, tensor);
      return { outputs, tensors, executed: operators.map(({ id }) => id), seconds: (performance.now() - start) / 1000, ...(times ? { times } : {}) };
    },
  };
}

/** What is computed for a fetch. */
interface Plan {
  readonly named: readonly { readonly name: string; readonly id: number }[];
  readonly operators: readonly Operator[];
  /** Ids of the values without which it cannot run. */
  readonly needed: ReadonlySet<number>;
  readonly wanted: readonly number[];
}

function planOf(graph: LayerGraph, used: ReadonlySet<number>, fetch: readonly string[] | undefined, keepAll: boolean): Plan {
  const named = fetch ? fetch.map((name) => ({ name, id: tensorNamed(graph, name) })) : graph.outputs.map((id) => ({ name: graph.values[id].name, id }));
  const targets = named.map(({ id }) => id);
  const operators = ancestors(graph, targets);
  for (const operator of operators) requireUnderstood(operator);
  return {
    named, operators,
    needed: new Set([...targets, ...operators.flatMap(({ inputs }) => inputs.filter((input) => input !== undefined))]),
    wanted: keepAll ? [...new Set([...targets, ...operators.flatMap((operator) => operator.outputs.filter((output) => used.has(output)))])] : targets,
  };
}

/** So many names are offered where one is not known. */
const MOST_NEAR = 6;

/** The tensor that a name means: a value's own name, or a layer's path or name, whose last call's output it is. */
export function tensorNamed(graph: LayerGraph, name: string): number {
  const value = graph.values.find((one) => one.name === name);
  if (value) return value.id;
  const layer = graph.layers.find(({ path }) => path === name && path !== '') ?? graph.layers.find((one) => one.name === name);
  const scope = layer && graph.scopes.findLast((one) => one.layer === layer.id);
  const output = scope?.outputs.at(-1);
  if (output !== undefined) return output;
  const listed = graph.layers.filter((one) => one.listed).map(({ path, name: own }) => path || own);
  const near = nearNames(name, listed.length > 0 ? listed : graph.values.filter(({ producer }) => producer !== undefined).map((one) => one.name), MOST_NEAR);
  throw new RunError(`There is no tensor or layer ${name}${near.length > 0 ? `; the nearest names are ${near.join(', ')}` : ''}`);
}

function requireUnderstood(operator: Operator): void {
  if (operator.domain !== 'layerscope') return;
  const place = operator.location ? ` on line ${operator.location.line}` : '';
  throw new RunError(operator.type === 'Join'
    ? `The model cannot be run: ${operator.name}${place} comes from one of several paths, and which one is not known`
    : `The model cannot be run: ${operator.name}${place} is not understood (${operator.reason ?? 'its operator is unknown'})`, operator);
}
