import { BoundEngine } from '../bounds/engine.ts';
import type { Regions } from '../bounds/regions.ts';
import type { LoadedNetwork } from '../network/loaded.ts';
import { countRelus, type AffineNode, type Network } from '../network/network.ts';
import { LocalProver } from '../search/local-prover.ts';
import { search, type Problem } from '../search/search.ts';
import type { Domain } from './oracle.ts';

/** Networks with more coefficients than this get intervals for all neurons and linear bounds for some, and no branching. */
const SMALL_COEFFICIENTS = 2e6;
const SMALL_RELUS = 2_000;

/** A neuron's value that is to be past a threshold somewhere. */
export interface Question {
  readonly node: number;
  readonly index: number;
  readonly side: 1 | -1;
  readonly threshold: number;
}

/** What no input of the domain can do: bounds over all of it, and branch and bound where they do not suffice. */
export class Reach {
  readonly small: boolean;
  #engine: BoundEngine | undefined;

  constructor(private readonly loaded: LoadedNetwork, private readonly domain: Domain) {
    this.small = countRelus(loaded.network) <= SMALL_RELUS && coefficients(loaded.network) <= SMALL_COEFFICIENTS;
  }

  /** Whether the bounds that one pass over the network gives rule the question out. */
  ruledOut({ node, index, side, threshold }: Question): boolean {
    const { lower, upper } = this.#bounds().root[node];
    return side === 1 ? upper[index] <= threshold : lower[index] >= threshold;
  }

  /** Which of some questions about one node backward substitution rules out. */
  ruledOutBackward(questions: readonly Question[]): boolean[] {
    const engine = this.#bounds();
    const { kernels, network: { nodes } } = this.loaded;
    const mark = kernels.mark();
    const regions: Regions = engine.adopt([engine.root], [[]]);
    const [{ node }] = questions;
    const { size } = nodes[node];
    const coefficientRows = kernels.zeros(questions.length * size);
    questions.forEach(({ index, side }, r) => (kernels.f64(coefficientRows, questions.length * size)[r * size + index] = -side));
    const { bounds } = engine.lowerBounds(regions, node, coefficientRows, questions.length, kernels.storeIntegers(new Int32Array(questions.length)));
    kernels.release(mark);
    return questions.map(({ side, threshold }, r) => bounds[r] >= -side * threshold);
  }

  /** Branch and bound: proved unreachable, or an input of the domain that reaches it, or undecided. The same question has the same answer each time. */
  async decide({ node, index, side, threshold }: Question, signal?: AbortSignal): Promise<{ verdict: 'unreachable' | 'undecided' } | { verdict: 'reached'; input: Float64Array }> {
    const network = upTo(this.loaded.network, node, index);
    const problem: Problem = {
      network, seed: 0, memory: 1e9,
      property: { cases: [{ ...this.domain, constraints: [{ coefficients: Float64Array.of(-side), constant: side * threshold }] }] },
    };
    const { verdict, witness } = await search(problem, new LocalProver(problem), {
      signal, deadline: performance.now() + 3.6e6, branchLimit: 400,
      accept: async (_, k) => Float64Array.of(k),
    });
    if (verdict === 'sat') return { verdict: 'reached', input: witness!.input };
    return { verdict: verdict === 'unsat' ? 'unreachable' : 'undecided' };
  }

  #bounds(): BoundEngine {
    return this.#engine ??= new BoundEngine(this.loaded, this.domain.lower, this.domain.upper, undefined, this.small);
  }
}

export function coefficients(network: Network): number {
  return network.nodes.reduce((sum, node) => sum + (node.kind === 'affine' ? node.matrices.reduce((own, { values }) => own + values.length, 0) : 0), 0);
}

/** The network whose one output is an element of a node. */
export function upTo(network: Network, node: number, index: number): Network {
  const whole = network.nodes[node];
  const nodes = network.nodes.slice(0, node);
  const row: AffineNode = whole.kind === 'affine' ? oneRow(whole, index) : {
    id: node + 1, kind: 'affine', inputs: [node], size: 1, origin: whole.origin, bias: new Float64Array(1), biasMagnitude: new Float64Array(1), roundings: 0,
    matrices: [{ kind: 'sparse', rows: 1, columns: whole.size, starts: Int32Array.of(0, 1), indices: Int32Array.of(index), values: Float64Array.of(1) }],
  };
  if (whole.kind !== 'affine') nodes.push(whole);
  nodes.push(row);
  const { kept: _, ...rest } = network;
  return { ...rest, nodes, output: row.id, outputShape: [1] };
}

function oneRow(node: AffineNode, index: number): AffineNode {
  return {
    ...node, size: 1, bias: node.bias.slice(index, index + 1), biasMagnitude: node.biasMagnitude.slice(index, index + 1),
    matrices: node.matrices.map((matrix) => {
      if (matrix.kind === 'dense') return { ...matrix, rows: 1, values: matrix.values.slice(index * matrix.columns, (index + 1) * matrix.columns) };
      const [from, to] = [matrix.starts[index], matrix.starts[index + 1]];
      return { ...matrix, rows: 1, starts: Int32Array.of(0, to - from), indices: matrix.indices.slice(from, to), values: matrix.values.slice(from, to) };
    }),
  };
}
