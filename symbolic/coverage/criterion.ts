import type { Observation } from './covered-model.ts';

/** What is known of a requirement. */
export const OPEN = 0;
export const MET = 1;
export const UNREACHABLE = 2;

export type CriterionName = 'nc' | 'ssc' | 'nbc' | 'lipschitz';

/** Inputs that are to be tests together, of one seed: one, or the two of a pair. */
export interface Proposal {
  readonly seed: number;
  readonly inputs: readonly Float32Array[];
}

/** What one round found out, apart from its tests. */
export interface Round {
  readonly proposals: readonly Proposal[];
  /** Requirements on which an attempt was made. */
  readonly tried: readonly number[];
  /** Requirements that no input in the domain meets. */
  readonly unreachable: readonly number[];
  /** The part (of `Criterion.parts`) that the round was about as a whole. */
  readonly swept?: number;
}

/** A test as the criterion sees it: its number and what the original model does on it. */
export interface Observed {
  readonly test: number;
  readonly seed: number;
  readonly input: Float32Array;
  readonly observation: Observation;
}

export interface LayerCoverage {
  /** A hidden layer, or the two of a pair. */
  readonly layer: string;
  readonly requirements: number;
  readonly met: number;
  readonly unreachable: number;
}

/**
 * A coverage criterion: requirements, and how to meet them. All that it knows comes from `observe`, `note` and its
 * construction, so that the same calls in the same order make the same state.
 */
export interface Criterion {
  /** Of each requirement: OPEN, MET or UNREACHABLE. */
  readonly states: Uint8Array;
  /** The name of each layer, and its first requirement; they follow one another. */
  readonly parts: readonly { readonly name: string; readonly start: number }[];
  /** Whether tests, taken together, would meet a requirement that is open. */
  wouldMeet(tests: readonly Omit<Observed, 'test'>[]): boolean;
  /** Counts a test. Returns the tests that met a requirement with it which was open, itself among them; none where it met nothing new. */
  observe(test: Observed): ReadonlySet<number>;
  /** Remembers what a round found out. */
  note(round: Omit<Round, 'proposals'>): void;
  /** Looks for inputs that meet open requirements; `undefined` where all has been tried. */
  propose(search: SearchContext): Promise<Round | undefined>;
  /** What can be proved before any search. */
  proveAtOnce(search: SearchContext): Promise<readonly number[]>;
  /** What a requirement asks for, in words. */
  describe(requirement: number): string;
}

export interface SearchContext {
  /** The number of this round, from which random choices follow. */
  readonly round: number;
  readonly signal?: AbortSignal;
  /** Gives way to events; false where the work should end. */
  readonly pause: () => Promise<boolean>;
}

/** How many requirements of each layer are met and proved unreachable. */
export function byLayer({ states, parts }: Pick<Criterion, 'states' | 'parts'>): LayerCoverage[] {
  return parts.map(({ name, start }, k) => {
    const own = states.subarray(start, parts[k + 1]?.start ?? states.length);
    return { layer: name, requirements: own.length, met: countOf(own, MET), unreachable: countOf(own, UNREACHABLE) };
  });
}

export function countOf(states: Uint8Array, state: number): number {
  let count = 0;
  for (const one of states) if (one === state) count++;
  return count;
}

/**
 * The share of the requirements that can be met at all which is met: those proved unreachable are left out.
 * 1 where none is left.
 */
export function coverageOf(states: Uint8Array): number {
  const reachable = states.length - countOf(states, UNREACHABLE);
  return reachable === 0 ? 1 : countOf(states, MET) / reachable;
}
