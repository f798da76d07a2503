import { Kernels } from '../kernels/kernels.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { coneOf } from './cone.ts';
import { clearance, type CoveredModel } from './covered-model.ts';
import { crossings, sidesOf, type CrossingAttempt, type Neuron } from './crossing.ts';
import type { Oracle } from './oracle.ts';

const STEPS = 25;
/** How far from 0 the two sides are tried, in units of the condition layer's largest value, the plainest first. */
const SIDES = [3e-2, 3e-3, 3e-4, 5e-5];
/** Decision neurons with larger cones are analysed in the whole network. */
const CONE_COEFFICIENTS = 2e6;

export interface PairAttempt {
  /** The condition neuron, by its place in its layer. */
  readonly condition: number;
  readonly start: Float64Array;
  readonly seed: number;
  /** The elements that may move; all where it is left out. */
  readonly free?: Uint8Array;
}

/** The network in which a decision neuron is analysed, and how its input lies in the whole one's. */
interface Part {
  readonly key: string;
  readonly loaded: LoadedNetwork;
  readonly inputs: Int32Array;
  readonly placeOf: (node: number, index: number) => Neuron | undefined;
}

/** Looks for two inputs in which a decision neuron turns with one condition neuron alone. */
export class PairSearch {
  #part: Part | undefined;
  /** For one part after the other. */
  readonly #kernels = new Kernels();
  readonly #bottom = this.#kernels.mark();

  constructor(private readonly model: CoveredModel, private readonly oracle: Oracle) {}

  /**
   * For each attempt two inputs in which the condition and the decision change their signs and no other neuron of the
   * condition's layer does, in float64; undefined where none were found.
   * @param scales the largest values in the two layers
   */
  async find(from: number, to: number, decision: number, attempts: readonly PairAttempt[], scales: readonly [number, number], pause: () => Promise<boolean>): Promise<(readonly Float32Array[] | undefined)[]> {
    const [conditions, decisions] = [this.model.layers[from], this.model.layers[to]];
    const { loaded, inputs, placeOf } = this.#partOf(decisions.nodes[decision], decisions.indices[decision]);
    const boxes = attempts.map(({ seed }) => this.oracle.boxOf(seed));
    const restricted = (values: ArrayLike<number>): Float64Array => Float64Array.from(inputs, (place) => values[place]);
    const crossing = attempts.map(({ condition, start, free }, a): CrossingAttempt => ({
      condition: placeOf(conditions.nodes[condition], conditions.indices[condition])!,
      decision: placeOf(decisions.nodes[decision], decisions.indices[decision])!,
      start: restricted(start), box: { lower: restricted(boxes[a].lower), upper: restricted(boxes[a].upper) }, free: free && Uint8Array.from(inputs, (place) => free[place]),
    }));
    const found = await crossings(loaded, crossing, STEPS, () => [1e-9 * scales[0], 1e-9 * scales[1]], pause);
    const results: (readonly Float32Array[] | undefined)[] = attempts.map(() => undefined);
    for (const [a, point] of found.entries()) {
      if (!point) continue;
      const whole = (own: Float64Array): Float32Array => {
        const input = Float32Array.from(attempts[a].start);
        inputs.forEach((place, k) => (input[place] = own[k]));
        return input;
      };
      const sides = sidesOf(point, SIDES.map((share) => share * scales[0]), crossing[a].box).map(({ left, right }) => [whole(left), whole(right)] as const);
      results[a] = this.#firstThatTurns(sides, from, to, attempts[a].condition, decision);
      if (!await pause()) break;
    }
    return results;
  }

  #firstThatTurns(sides: readonly (readonly [Float32Array, Float32Array])[], from: number, to: number, condition: number, decision: number): readonly Float32Array[] | undefined {
    const { layers } = this.model;
    const before = this.#valuesOf(sides.flat(), layers[from].nodes, layers[from].indices);
    const alone = sides.filter((_, p) => turnsAlone(before[2 * p], before[2 * p + 1], condition));
    if (alone.length === 0) return undefined;
    const after = this.#valuesOf(alone.flat(), layers[to].nodes, layers[to].indices);
    return alone.find((_, p) => differs(after[2 * p], after[2 * p + 1], decision));
  }

  /** Elements of nodes of the whole network, by input. */
  #valuesOf(inputs: readonly Float32Array[], nodes: Int32Array, indices: Int32Array): Float32Array[] {
    const { loaded } = this.model;
    const { kernels, network: { nodes: all }, inputSize: n } = loaded;
    const count = inputs.length;
    const mark = kernels.mark();
    const pointer = kernels.allocate(count * n);
    inputs.forEach((input, r) => kernels.f64(pointer, count * n).set(input, r * n));
    const pointers = loaded.forward(pointer, count, nodes.reduce((last, node) => Math.max(last, node), 0));
    const values = inputs.map((_, r) => Float32Array.from(nodes, (node, i) => (node < 0 ? 0 : kernels.f64(pointers[node], count * all[node].size)[r * all[node].size + indices[i]])));
    kernels.release(mark);
    return values;
  }

  /** What the decision neuron depends on, kept while attempts are about the same one. */
  #partOf(node: number, index: number): Part {
    const key = `${node} ${index}`;
    if (this.#part?.key === key) return this.#part;
    const { loaded } = this.model;
    const cone = coneOf(loaded.network, node, index, CONE_COEFFICIENTS);
    this.#kernels.release(this.#bottom);
    this.#part = cone ? { key, loaded: new LoadedNetwork(cone.network, this.#kernels), inputs: cone.inputs, placeOf: cone.placeOf }
      : { key, loaded, inputs: Int32Array.from({ length: loaded.inputSize }, (_, i) => i), placeOf: (own, place) => ({ node: own, index: place }) };
    return this.#part;
  }
}

/** 1 for each neuron above 0; undefined where one is too near to 0 to tell. Exactly 0 is not above. */
export function clearSigns(values: Float32Array): Uint8Array | undefined {
  const clear = clearance(values);
  const signs = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== 0 && Math.abs(values[i]) <= clear) return undefined;
    signs[i] = values[i] > 0 ? 1 : 0;
  }
  return signs;
}

/** Whether two sign patterns differ at one place and nowhere else. */
export function turnsOnly(left: Uint8Array, right: Uint8Array, place: number): boolean {
  for (let i = 0; i < left.length; i++) if ((left[i] !== right[i]) !== (i === place)) return false;
  return true;
}

function turnsAlone(left: Float32Array, right: Float32Array, place: number): boolean {
  const [a, b] = [clearSigns(left), clearSigns(right)];
  return a !== undefined && b !== undefined && turnsOnly(a, b, place);
}

/** Whether a value is clearly above 0 in one and clearly below in the other. */
export function differs(left: Float32Array, right: Float32Array, place: number): boolean {
  return Math.abs(left[place]) > clearance(left) && Math.abs(right[place]) > clearance(right) && left[place] > 0 !== right[place] > 0;
}
