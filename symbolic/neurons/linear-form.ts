import type { LoadedNetwork } from '../network/loaded.ts';
import type { Network } from '../network/network.ts';
import { ActivationRegion, type LinearForm, type LinearRows, type Phase, type Target } from './activation-region.ts';

export interface FormInRegion extends LinearForm {
  /** The ReLUs that the target depends on, with their phases at the input. */
  readonly phases: readonly Phase[];
  /** The linear function whose sign is each phase; computed when it is called. */
  readonly conditions: () => LinearRows;
  readonly region: ActivationRegion;
}

/**
 * The linear function that a target of the network is on the activation region of an input, and the conditions that bound
 * the region. Give a LoadedNetwork where many forms of one network are wanted.
 * @throws RangeError where the input has another size than the network's
 */
export function linearForm(network: Network | LoadedNetwork, input: ArrayLike<number>, target: Target): FormInRegion {
  const region = new ActivationRegion(network, input);
  const phases = region.phases(target);
  return { ...region.form(target), phases, conditions: () => region.conditionRows(phases), region };
}
