import { tensorOf } from '../graph/elements.ts';
import type { LayerGraph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Weights } from '../graph/weights.ts';
import { createSession } from '../runtime/index.ts';
import { isSmall, settleExactly } from './exact/settle.ts';
import { compile, compileInTurns } from './network/compile.ts';
import { LoadedNetwork } from './network/loaded.ts';
import type { Network } from './network/network.ts';
import { violation } from './property/property.ts';
import { PropertyError, type VnnlibQuery } from './property/vnnlib.ts';
import { createProver, type ProverOptions } from './search/prover.ts';
import { search, type Outcome, type Problem, type Progress, type SearchOptions } from './search/search.ts';

export interface VerifyOptions extends ProverOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly timeoutSeconds: number;
  readonly seed?: number;
  /** The most memory in bytes: 4 GB where it is left out. */
  readonly memory?: number;
  /** Keep what a certificate needs. */
  readonly keepProofs?: boolean;
}

/** Bounds that go into a certificate are computed again by other code, whose rounding differs. */
const CERTIFIED_MARGIN = 1e-9;

export interface VerifyAnswer extends Outcome {
  readonly seconds: number;
  readonly network: Network;
}

/**
 * Decides a VNN-LIB query on a model. `sat` comes with a witness that ONNX Runtime, on the original model in float32, and
 * our own float64 evaluation both confirm with no tolerance; `unsat` is proved.
 * @throws UnsupportedNetwork where operators have no bounds; PropertyError where the counts of inputs or outputs differ;
 * RangeError where weights are missing or no finite numbers, or the model takes other numbers than floats
 */
export async function verifyModel(graph: LayerGraph, weights: Weights, query: VnnlibQuery, options: VerifyOptions): Promise<VerifyAnswer> {
  const started = performance.now();
  const read = await readWeights(graph, weights);
  const network = await compileInTurns(graph, read, {}, options.signal);
  const other = network.inputs.find(({ dataType }) => dataType !== 'float32' && dataType !== 'float64');
  if (other) throw new RangeError(`the input ${other.name} takes ${other.dataType}; queries are decided for models that take float32 or float64`);
  const [inputs, outputs] = [network.nodes[0].size, network.nodes[network.output].size];
  if (inputs !== query.inputs) throw new PropertyError(1, `the property declares ${query.inputs} inputs X_i, the network has ${inputs}${batchHint(network, query.inputs)}`);
  if (outputs !== query.outputs) throw new PropertyError(1, `the property declares ${query.outputs} outputs Y_i, the network has ${outputs}`);
  const problem: Problem = { network, property: query.property, seed: options.seed ?? 0, memory: (options.memory ?? 4e9) / 2, margin: options.keepProofs ? CERTIFIED_MARGIN : 0, keepProofs: options.keepProofs };
  const double = new LoadedNetwork(network);
  let session: Awaited<ReturnType<typeof createSession>> | undefined;
  try {
    const searching: SearchOptions = {
      signal: options.signal,
      onProgress: options.onProgress,
      deadline: started + 1000 * options.timeoutSeconds,
      // an open branch holds its box or its multipliers
      openLimit: Math.max(1000, Math.floor((options.memory ?? 4e9) / 4 / branchBytes(network))),
      accept: async (input, index) => {
        const one = query.property.cases[index];
        if (!inside(input, one.lower, one.upper) || violation(one, double.evaluate(input, 1)) > 0) return undefined;
        // ONNX Runtime is loaded only once there is something to confirm
        session ??= await createSession(graph, weights);
        const replayed = await replay(session, network, input);
        return violation(one, replayed) <= 0 ? replayed : undefined;
      },
    };
    const small = isSmall(network, query.property);
    // what bounds cannot settle of a small query (an output that only just keeps to one side) is left to z3, in the other half of the time
    let outcome = await search(problem, createProver(problem, options), small ? { ...searching, deadline: started + 500 * options.timeoutSeconds } : searching);
    if (small) outcome = await settleExactly(compile(graph, read, { exact: true }), query.property, outcome, searching);
    return { ...outcome, network, seconds: (performance.now() - started) / 1000 };
  } finally {
    await session?.close();
  }
}

/** What to do about a model that takes several examples at once. */
function batchHint({ inputs }: Network, wanted: number): string {
  const [{ shape, size }] = inputs;
  return inputs.length === 1 && shape[0] > 1 && size === shape[0] * wanted ? `: it takes ${shape[0]} examples at once; save it with a batch of 1` : '';
}

/** The weights of a graph, all read. */
export async function readWeights(graph: LayerGraph, weights: Weights): Promise<Map<string, Tensor>> {
  const read = new Map<string, Tensor>();
  for (const { name } of graph.parameters) {
    const weight = weights.get(name);
    if (!weight) throw new RangeError(`the parameter ${name} has no weights`);
    read.set(name, await weight.read());
  }
  return read;
}

/** The outputs of the original model for a flat input, by ONNX Runtime. */
export async function replay(session: Awaited<ReturnType<typeof createSession>>, network: Network, input: Float64Array): Promise<Float64Array> {
  const feeds = Object.fromEntries(network.inputs.map(({ name, dataType, shape, offset, size }) => [name, tensorOf(dataType, shape, input.subarray(offset, offset + size))]));
  const { outputs } = await session.run(feeds);
  return Float64Array.from([...outputs.values()].flatMap((tensor) => Array.from(tensor.data as Float32Array | Float64Array)));
}

export function inside(input: Float64Array, lower: Float64Array, upper: Float64Array): boolean {
  return input.every((x, i) => x >= lower[i] && x <= upper[i]);
}

function branchBytes(network: Network): number {
  const neurons = network.nodes.reduce((sum, node) => sum + (node.kind === 'relu' ? node.size : 0), 0);
  return 500 + 16 * network.nodes[0].size + 4 * neurons;
}

/** The witness as VNN-COMP writes it. */
export function formatAssignment(inputs: ArrayLike<number>, outputs: ArrayLike<number>): string {
  const lines = [...Array.from(inputs, (x, i) => `(X_${i} ${x})`), ...Array.from(outputs, (y, i) => `(Y_${i} ${y})`)];
  return `(${lines.join('\n')})`;
}
