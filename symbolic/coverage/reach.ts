import { BoundEngine } from '../bounds/engine.ts';
import type { Regions } from '../bounds/regions.ts';
import { Kernels } from '../kernels/kernels.ts';
import { coneOf, isSmallNetwork, nameOfCone, SMALL_COEFFICIENTS } from '../network/cone.ts';
import type { LoadedNetwork } from '../network/loaded.ts';
import { LocalProver } from '../search/local-prover.ts';
import { search, type Problem } from '../search/search.ts';
import type { Domain } from './oracle.ts';

/** Branches until a question is left undecided: an end that does not depend on the clock. */
const BRANCHES = 400;

/** A neuron's value that is to be past a threshold somewhere. */
export interface Question {
  readonly node: number;
  readonly index: number;
  readonly side: 1 | -1;
  readonly threshold: number;
}

export type Decision =
  | { readonly verdict: 'unreachable' | 'undecided' }
  /** These elements of an input, whatever the others are. */
  | { readonly verdict: 'reached'; readonly inputs: Int32Array; readonly values: Float64Array };

/** What no input of the domain can do: bounds over all of it, and branch and bound where they do not suffice. */
export class Reach {
  readonly #small: boolean;
  #engine: BoundEngine | undefined;
  readonly #decided = new Map<string, Decision>();
  /** For one question after the other: a process has room for few memories. */
  readonly #kernels = new Kernels(1e9);
  readonly #bottom = this.#kernels.mark();

  constructor(private readonly loaded: LoadedNetwork, private readonly domain: Domain) {
    this.#small = isSmallNetwork(loaded.network);
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

  /**
   * Branch and bound over what the neuron depends on: proved unreachable, or the elements of an input that reaches it, or
   * undecided. The same question has the same answer each time, and so have equal neurons at different places.
   * @returns undefined where the neuron depends on too much
   */
  async decide({ node, index, side, threshold }: Question, signal?: AbortSignal): Promise<Decision | undefined> {
    const cone = coneOf(this.loaded.network, node, index, SMALL_COEFFICIENTS);
    if (!cone || !isSmallNetwork(cone.network)) return undefined;
    const { network, inputs } = cone;
    const [lower, upper] = [this.domain.lower, this.domain.upper].map((bound) => Float64Array.from(inputs, (place) => bound[place]));
    const name = `${nameOfCone(cone)} ${side} ${threshold} ${lower.join()} ${upper.join()}`;
    const known = this.#decided.get(name);
    if (known) return 'values' in known ? { ...known, inputs } : known;
    this.#kernels.release(this.#bottom);
    const problem: Problem = { network, seed: 0, memory: 1e9, property: { cases: [{ lower, upper, constraints: [{ coefficients: Float64Array.of(-side), constant: side * threshold }] }] } };
    const { verdict, witness } = await search(problem, new LocalProver(problem, 0, this.#kernels), {
      signal, deadline: performance.now() + 3.6e6, branchLimit: BRANCHES,
      // its caller runs what it makes of it on the model itself
      accept: async (_, k) => Float64Array.of(k),
    });
    if (signal?.aborted) return { verdict: 'undecided' };
    const decision: Decision = verdict === 'sat' ? { verdict: 'reached', inputs, values: witness!.input } : { verdict: verdict === 'unsat' ? 'unreachable' : 'undecided' };
    this.#decided.set(name, decision);
    return decision;
  }

  #bounds(): BoundEngine {
    return this.#engine ??= new BoundEngine(this.loaded, this.domain.lower, this.domain.upper, undefined, this.#small);
  }
}
