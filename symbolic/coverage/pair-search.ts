import { Kernels } from '../kernels/kernels.ts';
import { coneOf, countCoefficients } from '../network/cone.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { CLEARANCE, type CoveredModel } from './covered-model.ts';
import { crossings, sidesOf, type CrossingAttempt, type Neuron } from './crossing.ts';
import type { Oracle } from './oracle.ts';
import { differs, signPattern, turnsOnly } from './sign-pattern.ts';

const STEPS = 25;
/**
 * How far from 0 the two sides are, in units of the condition layer's largest value: some times what a sign needs to be clear. The
 * nearer they are, the fewer other neurons turn between them.
 */
const SIDE = 2.5 * CLEARANCE;
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

  /** How many attempts about a decision neuron to make at a time, so that a step of them does not hold up a cancellation. */
  batchOf(to: number, decision: number): number {
    const { nodes, indices } = this.model.layers[to];
    return Math.max(3, Math.min(64, Math.floor(5e7 / countCoefficients(this.#partOf(nodes[decision], indices[decision]).loaded.network))));
  }

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
      const sides = sidesOf(point, SIDE * scales[0], scales[1] / scales[0], crossing[a].box);
      // what a cone shows costs little beside the whole network
      const isCone = loaded !== this.model.loaded;
      for (const { left, right } of isCone ? turning(loaded, sides, crossing[a], scales) : sides) {
        const pair = [whole(left), whole(right)] as const;
        if (!this.#turnsAlone(pair, from, attempts[a].condition, isCone ? undefined : { layer: to, neuron: decision })) continue;
        results[a] = pair;
        break;
      }
      if (!await pause()) break;
    }
    return results;
  }

  /** Whether the condition turns between two inputs and no other neuron of its layer does, and the decision with it where one is given. */
  #turnsAlone(pair: readonly [Float32Array, Float32Array], from: number, condition: number, decision?: { readonly layer: number; readonly neuron: number }): boolean {
    const { loaded, layers } = this.model;
    const { kernels, network: { nodes }, inputSize: n } = loaded;
    const last = (layer: number) => layers[layer].nodes.reduce((latest, node) => Math.max(latest, node), 0);
    const mark = kernels.mark();
    const pointer = kernels.allocate(2 * n);
    pair.forEach((input, r) => kernels.f64(pointer, 2 * n).set(input, r * n));
    const pointers = loaded.forward(pointer, 2, Math.max(last(from), decision ? last(decision.layer) : 0));
    const valuesOf = (layer: number): Float32Array[] => {
      const { nodes: own, indices } = layers[layer];
      const views = new Map([...new Set(own)].filter((node) => node >= 0).map((node) => [node, kernels.f64(pointers[node], 2 * nodes[node].size)]));
      return pair.map((_, r) => {
        const values = new Float32Array(own.length);
        for (let i = 0; i < own.length; i++) if (own[i] >= 0) values[i] = views.get(own[i])![r * nodes[own[i]].size + indices[i]];
        return values;
      });
    };
    const [left, right] = valuesOf(from);
    let turns = turnsOnly(signPattern(left), signPattern(right), condition);
    if (turns && decision) {
      const [before, after] = valuesOf(decision.layer);
      turns = differs(before, after, decision.neuron);
    }
    kernels.release(mark);
    return turns;
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

/** Those of some pairs of points on whose sides the condition and the decision are clearly of different signs. */
function turning<Sides extends { readonly left: Float64Array; readonly right: Float64Array }>(loaded: LoadedNetwork, pairs: readonly Sides[], { condition, decision }: CrossingAttempt, scales: readonly [number, number]): Sides[] {
  const { kernels, inputSize: n, network: { nodes } } = loaded;
  const count = 2 * pairs.length;
  const mark = kernels.mark();
  const pointer = kernels.allocate(count * n);
  pairs.forEach(({ left, right }, p) => {
    kernels.f64(pointer, count * n).set(left, 2 * p * n);
    kernels.f64(pointer, count * n).set(right, (2 * p + 1) * n);
  });
  const pointers = loaded.forward(pointer, count, Math.max(condition.node, decision.node));
  const turns = ({ node, index }: Neuron, scale: number) => {
    const { size } = nodes[node];
    const values = kernels.f64(pointers[node], count * size);
    const clear = CLEARANCE * Math.max(1, scale);
    return (p: number) => {
      const [left, right] = [values[2 * p * size + index], values[(2 * p + 1) * size + index]];
      return Math.abs(left) > clear && Math.abs(right) > clear && left > 0 !== right > 0;
    };
  };
  const [conditionTurns, decisionTurns] = [turns(condition, scales[0]), turns(decision, scales[1])];
  const found = pairs.filter((_, p) => conditionTurns(p) && decisionTurns(p));
  kernels.release(mark);
  return found;
}
