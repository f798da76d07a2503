import { clearance } from './covered-model.ts';

/** Which neurons of a layer are above 0 in a test, and which of them are too near to 0 to tell. */
export interface SignPattern {
  /** 1 for each neuron above 0. Exactly 0 is not above. */
  readonly signs: Uint8Array;
  /** Neurons whose sign another runtime's rounding could turn, with their values. */
  readonly unclear: Int32Array;
  readonly values: Float32Array;
}

export function signPattern(layer: Float32Array): SignPattern {
  const clear = clearance(layer);
  const signs = new Uint8Array(layer.length);
  const unclear: number[] = [];
  for (let i = 0; i < layer.length; i++) {
    if (layer[i] > 0) signs[i] = 1;
    if (layer[i] !== 0 && Math.abs(layer[i]) <= clear) unclear.push(i);
  }
  return { signs, unclear: Int32Array.from(unclear), values: Float32Array.from(unclear, (i) => layer[i]) };
}

/**
 * Whether the neuron at `place` clearly has another sign in one pattern than in the other, and no other neuron has. A neuron that is
 * too near to 0 keeps its sign where its value is the very same: nothing that it reads has changed, as far from the neuron in a feature map.
 */
export function turnsOnly(left: SignPattern, right: SignPattern, place: number): boolean {
  if (!sameUnclear(left, right) || left.unclear.includes(place)) return false;
  for (let i = 0; i < left.signs.length; i++) if ((left.signs[i] !== right.signs[i]) !== (i === place)) return false;
  return true;
}

export function samePattern(left: SignPattern, right: SignPattern): boolean {
  return sameUnclear(left, right) && left.signs.every((sign, i) => sign === right.signs[i]);
}

function sameUnclear(left: SignPattern, right: SignPattern): boolean {
  return left.unclear.length === right.unclear.length && left.unclear.every((place, k) => place === right.unclear[k] && left.values[k] === right.values[k]);
}

/** Whether a value is clearly above 0 in one and clearly below in the other. */
export function differs(left: Float32Array, right: Float32Array, place: number): boolean {
  return Math.abs(left[place]) > clearance(left) && Math.abs(right[place]) > clearance(right) && left[place] > 0 !== right[place] > 0;
}
