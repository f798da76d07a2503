import { distance } from '../search/region.ts';

export type CoverageNorm = 'linf' | 'l0';

/** An input whose label is known to be right: tests near it should have the same. */
export interface Seed {
  readonly input: Float32Array;
  readonly label: number;
}

/** Where inputs may lie at all. */
export interface Domain {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** How far a test may be from its seed where nobody says: 0.3 of the range, as the paper has it, or an eighth of the elements. */
export function usualEpsilon(norm: CoverageNorm, elements: number, lower: number, upper: number): number {
  return norm === 'l0' ? Math.max(1, Math.round(elements / 8)) : 0.3 * (upper - lower);
}

/** Which inputs count as tests: those near a correctly labelled one, in the domain. */
export class Oracle {
  constructor(readonly seeds: readonly Seed[], readonly norm: CoverageNorm, readonly epsilon: number, readonly domain: Domain) {}

  /** The box that holds all tests of a seed. */
  boxOf(seed: number): Domain {
    const { lower, upper } = this.domain;
    if (this.norm === 'l0') return this.domain;
    const { input } = this.seeds[seed];
    return { lower: lower.map((least, i) => Math.max(least, input[i] - this.epsilon)), upper: upper.map((most, i) => Math.min(most, input[i] + this.epsilon)) };
  }

  /** The distance of an input from its seed, or undefined where it is too far away or out of the domain. */
  accepts(input: ArrayLike<number>, seed: number): number | undefined {
    const { lower, upper } = this.domain;
    for (let i = 0; i < input.length; i++) if (!(input[i] >= lower[i] && input[i] <= upper[i])) return undefined;
    const away = distance(input, this.seeds[seed].input, this.norm);
    return away <= this.epsilon ? away : undefined;
  }
}
