import type { ActivationRegion, Phase } from './activation-region.ts';
import { conditionRowsOf } from './condition-rows.ts';
import { changesWithin, speedsAlong } from './linear-change.ts';

/** A condition with no slope at all cannot flip; slopes this small beside the inputs are rounding. */
const NO_SLOPE = 1e-12;
const EXHAUSTIVE = 4e6;
/** Nearest phases that are wanted, and the milliseconds that may be spent on those behind the nearest one. */
const NEAREST = 60;
const MILLISECONDS = 1000;

export interface Reach {
  /** The largest L-infinity radius within which every phase stays: in the open ball the linear form is exact. */
  readonly radius: number;
  /** The least and the largest t for which input + t direction lies in the region; -1 is the input 0 where the direction is the input. */
  readonly along: readonly [number, number];
  /** By place in the path condition, the L-infinity distance to where the ReLU turns, infinite where it cannot; the nearest first. */
  readonly distances: ReadonlyMap<number, number>;
  /** Phases without a distance turn no nearer than this; infinite where all have one. */
  readonly beyond: number;
}

export interface ReachOptions {
  /** The input itself unless stated: then input + t direction is the input made brighter by 1 + t. */
  readonly direction?: Float64Array;
  /** With at most so many numbers in the forms of all phases, every phase's distance is worked out. */
  readonly exhaustive?: number;
  /** How many of the nearest phases are wanted otherwise. */
  readonly nearest?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/**
 * How far an activation region reaches from its input.
 *
 * A phase turns no nearer than its value divided by a bound on the size of its linear form, and those bounds are had in one pass over the
 * network. So phases are taken in the order of what the bounds say, and exact forms are made only until no other phase can be nearer.
 */
export async function reach(region: ActivationRegion, phases: readonly Phase[], options: ReachOptions = {}): Promise<Reach> {
  const n = region.loaded.inputSize;
  const { nodes } = region.network;
  const sizes = await changesWithin(region, new Float64Array(n).fill(1), options.signal);
  const before = ({ node }: Phase) => nodes[node].inputs[0]!;
  const bounds = phases.map((phase) => {
    const size = sizes[before(phase)]?.[phase.index] ?? Infinity;
    return size <= NO_SLOPE ? Infinity : Math.abs(phase.value) / (size * (1 + 1e-9));
  });
  const order = [...phases.keys()].sort((a, b) => bounds[a] - bounds[b]);
  const found: { readonly place: number; readonly distance: number }[] = [];
  const wanted = options.nearest ?? NEAREST;
  const isSmall = phases.length * n <= (options.exhaustive ?? EXHAUSTIVE);
  let radius = Infinity;
  let beyond = Infinity;
  let exactUntil = Infinity;
  let examined = 0;
  for await (const { start, rows } of conditionRowsOf(region, order.map((place) => phases[place]), options.signal)) {
    for (let k = 0; k < rows.count; k++) {
      let size = 0;
      for (let j = 0, at = k * n; j < n; j++, at++) size += Math.abs(rows.coefficients[at]);
      const place = order[start + k];
      const distance = size <= NO_SLOPE ? Infinity : Math.abs(phases[place].value) / size;
      found.push({ place, distance });
      radius = Math.min(radius, distance);
    }
    examined = start + rows.count;
    if (examined === order.length) break;
    options.onProgress?.(examined / order.length);
    const next = bounds[order[examined]];
    if (next === Infinity) {
      for (const place of order.slice(examined)) found.push({ place, distance: Infinity });
      break;
    }
    if (isSmall || next < radius) continue;
    // the radius is exact; a little more is spent on the conditions behind the nearest one
    if (exactUntil === Infinity) exactUntil = performance.now() + MILLISECONDS;
    const enough = found.length >= wanted && next >= found.map(({ distance }) => distance).sort((a, b) => a - b)[wanted - 1];
    if (enough || performance.now() > exactUntil) {
      beyond = next;
      break;
    }
  }
  found.sort((a, b) => a.distance - b.distance);
  return { radius, along: along(region, phases, await speedsAlong(region, options.direction ?? region.input, options.signal)), distances: new Map(found.map(({ place, distance }) => [place, distance])), beyond };
}

/** The least and the largest t for which the input moved by t times what gave the speeds lies in the region. */
function along(region: ActivationRegion, phases: readonly Phase[], speeds: readonly (Float64Array | undefined)[]): [number, number] {
  let [least, most] = [-Infinity, Infinity];
  for (const { node, index, value } of phases) {
    const speed = speeds[region.network.nodes[node].inputs[0]!]?.[index] ?? 0;
    if (Math.abs(speed) <= NO_SLOPE) continue;
    const t = -value / speed;
    // at a turn itself the region lies on one side: where the value moves away from the turn it stays
    const leaves = value > 0 ? speed < 0 : speed > 0;
    if (leaves) most = Math.min(most, Math.max(t, 0));
    else least = Math.max(least, Math.min(t, 0));
  }
  return [least, most];
}
