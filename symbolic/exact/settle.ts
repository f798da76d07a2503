import { countRelus, isPiecewiseLinear, type Network } from '../network/network.ts';
import type { Property } from '../property/property.ts';
import { roundInside } from '../search/region.ts';
import type { Outcome, SearchOptions } from '../search/search.ts';
import { decideExactly } from './decide.ts';
import { Z3 } from './z3.ts';

/** Past these sizes z3 is not asked: it slows down exponentially with ReLUs that are not fixed. */
const MOST_RELUS = 16;
const MOST_INPUTS = 24;
const MOST_CASES = 12;

/** How long a proof may wait to be confirmed. */
const CONFIRM_MILLISECONDS = 3000;

export function isSmall(network: Network, property: Property): boolean {
  return isPiecewiseLinear(network) && countRelus(network) <= MOST_RELUS && network.nodes[0].size <= MOST_INPUTS && property.cases.length <= MOST_CASES;
}

function isExact(network: Network): boolean {
  return network.nodes.every((node) => node.kind !== 'affine' || node.roundings === 0);
}

/**
 * Asks z3 about a small query in exact arithmetic: to confirm a proof, or to settle what branch and bound could not.
 * @param network compiled with `exact`; where some coefficient is rounded all the same (1/3 in a mean), z3 is not asked.
 * @throws Error where z3 contradicts a proof: a fault in the bounds
 */
export async function settleExactly(network: Network, property: Property, outcome: Outcome, options: Pick<SearchOptions, 'accept' | 'deadline' | 'signal'> & { readonly confirmMilliseconds?: number }): Promise<Outcome> {
  if (outcome.verdict === 'sat' || options.signal?.aborted || !isSmall(network, property) || !isExact(network)) return outcome;
  const deadline = outcome.verdict === 'unsat' ? Math.min(options.deadline, performance.now() + (options.confirmMilliseconds ?? CONFIRM_MILLISECONDS)) : options.deadline;
  const z3 = new Z3();
  try {
    for (const [index, one] of property.cases.entries()) {
      const exact = await decideExactly(z3, network, one, deadline - performance.now(), options.signal);
      if (exact.verdict === 'unsat') continue;
      if (exact.verdict !== 'sat') return outcome;
      if (outcome.verdict === 'unsat') throw new Error(`z3 finds an input that the bounds ruled out (case ${index}): please report this fault with the model`);
      const input = roundInside(exact.input, one.lower, one.upper);
      const outputs = await options.accept(input, index);
      // an exact witness can be lost when its numbers are rounded to float32
      return outputs ? { ...outcome, verdict: 'sat', witness: { input, outputs, case: index }, method: 'z3' } : outcome;
    }
  } finally {
    z3.close();
  }
  return { ...outcome, verdict: 'unsat', method: outcome.verdict === 'unsat' ? `${outcome.method}, confirmed by z3 in exact arithmetic` : 'z3 in exact arithmetic' };
}
