import { Random } from '../search/random.ts';
import { distance } from '../search/region.ts';
import type { CoveredModel, Observation } from './covered-model.ts';
import { MET, OPEN, UNREACHABLE, type Criterion, type Observed, type Proposal, type Round, type SearchContext } from './criterion.ts';
import type { Oracle } from './oracle.ts';
import { slopesAt, steepestIn } from './slopes.ts';

const ATTEMPTS = 12;
const BATCH = 8;
/** Points of a ball whose slopes are compared in one attempt. */
const SAMPLES = 24;
/** How far the two inputs of a pair lie apart, in units of epsilon. */
const APART = [0.2, 0.05, 0.01];

/**
 * Lipschitz coverage: for each seed, two inputs of its ball whose outputs (before a last softmax) lie more than `constant` times
 * as far apart as they do, both in the maximum norm (the slope at the seed itself unless it is stated). With L0, the two inputs of a pair may differ in as many elements as a test may.
 */
export class LipschitzCriterion implements Criterion {
  readonly states: Uint8Array;
  readonly parts = [{ name: 'balls', start: 0 }];
  readonly #attempts: Uint8Array;

  /** @param constants the slope to exceed near each seed */
  private constructor(private readonly model: CoveredModel, private readonly oracle: Oracle, private readonly seedNumber: number, private readonly constants: readonly number[]) {
    this.states = new Uint8Array(oracle.seeds.length);
    this.#attempts = new Uint8Array(oracle.seeds.length);
  }

  /** @param constant each seed's own slope where it is left out */
  static of(model: CoveredModel, oracle: Oracle, seedNumber: number, constant: number | undefined): LipschitzCriterion {
    return new LipschitzCriterion(model, oracle, seedNumber, oracle.seeds.map(({ input }) => constant ?? slopesAt(model.loaded, [Float64Array.from(input)])[0].sum));
  }

  describe(requirement: number): string {
    return `a slope above ${this.constants[requirement]} near input ${requirement}`;
  }

  wouldMeet(tests: readonly Omit<Observed, 'test'>[]): boolean {
    return tests.length === 2 && this.states[tests[0].seed] === OPEN && this.#isSteep(tests[0], tests[1]);
  }

  #pending: Observed | undefined;

  /** The two of a pair come one after the other. */
  observe(test: Observed): ReadonlySet<number> {
    const first = this.#pending;
    this.#pending = test;
    if (!first || first.seed !== test.seed || this.states[test.seed] !== OPEN || !this.#isSteep(first, test)) return new Set();
    this.states[test.seed] = MET;
    return new Set([first.test, test.test]);
  }

  note({ tried, unreachable }: Omit<Round, 'proposals'>): void {
    for (const requirement of tried) this.#attempts[requirement]++;
    for (const requirement of unreachable) if (this.states[requirement] === OPEN) this.states[requirement] = UNREACHABLE;
  }

  /** A bound on the slopes in all of a ball rules out all its pairs. */
  async proveAtOnce({ pause }: SearchContext): Promise<readonly number[]> {
    const unreachable: number[] = [];
    for (let seed = 0; seed < this.states.length; seed++) {
      if (this.states[seed] !== OPEN) continue;
      const steepest = steepestIn(this.model.loaded, this.oracle.boxOf(seed));
      if (steepest !== undefined && steepest <= this.constants[seed]) unreachable.push(seed);
      if (!await pause()) break;
    }
    return unreachable;
  }

  async propose({ round, pause }: SearchContext): Promise<Round | undefined> {
    let level = ATTEMPTS;
    for (let r = 0; r < this.states.length; r++) if (this.states[r] === OPEN) level = Math.min(level, this.#attempts[r]);
    if (level === ATTEMPTS) return undefined;
    const tried = [...this.states.keys()].filter((r) => this.states[r] === OPEN && this.#attempts[r] === level).slice(0, BATCH);
    const random = new Random(this.seedNumber * 1_000_003 + round);
    const proposals: Proposal[] = [];
    for (const seed of tried) {
      proposals.push(...this.#pairsNear(seed, random));
      if (!await pause()) break;
    }
    return { proposals, tried, unreachable: [] };
  }

  /** Pairs along the steepest slope of the steepest of some points. */
  #pairsNear(seed: number, random: Random): Proposal[] {
    const { norm, epsilon, seeds } = this.oracle;
    const center = seeds[seed].input;
    const { lower, upper } = this.oracle.boxOf(seed);
    const elements = norm === 'l0' ? someElements(center.length, Math.floor(epsilon), random) : undefined;
    const points = Array.from({ length: SAMPLES }, (_, s) => Float64Array.from(center, (x, i) => (s === 0 || (elements && !elements[i]) ? x : random.uniform(lower[i], upper[i]))));
    const slopes = slopesAt(this.model.loaded, points, elements);
    const best = slopes.map((_, s) => s).sort((a, b) => slopes[b].sum - slopes[a].sum).slice(0, 3);
    const width = upper.reduce((most, value, i) => Math.max(most, value - lower[i]), 0);
    return best.flatMap((s) => APART.map((share): Proposal => {
      const half = (share * width) / 2;
      // the middle stays half a step away from the ends, so that both sides can take the whole step
      const side = (sign: 1 | -1) => Float32Array.from(points[s], (x, i) => {
        const step = Math.sign(slopes[s].gradient[i]) * half;
        if (step === 0) return x;
        const middle = Math.min(Math.max(x, lower[i] + half), upper[i] - half);
        return Math.min(Math.max(Math.fround(middle + sign * step), lower[i]), upper[i]);
      });
      return { seed, inputs: [side(-1), side(1)] };
    }));
  }

  #isSteep(left: { readonly seed: number; readonly input: Float32Array; readonly observation: Observation }, right: { readonly input: Float32Array; readonly observation: Observation }): boolean {
    const apart = distance(left.input, right.input, 'linf');
    if (apart === 0) return false;
    const [a, b] = [left.observation.outputs, right.observation.outputs];
    const room = 1e-5 * a.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    return distance(a, b, 'linf') - room > this.constants[left.seed] * apart;
  }
}

function someElements(size: number, count: number, random: Random): Uint8Array {
  const chosen = new Uint8Array(size);
  for (let left = Math.min(count, size); left > 0;) {
    const i = random.integer(size);
    if (chosen[i]) continue;
    chosen[i] = 1;
    left--;
  }
  return chosen;
}
