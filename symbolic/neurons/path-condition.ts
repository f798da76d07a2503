import { LinearProgram } from '../exact/linear-program.ts';
import { Random } from '../search/random.ts';
import type { ActivationRegion, LinearRows, Phase } from './activation-region.ts';
import { conditionRowsOf, turnOfEvents } from './condition-rows.ts';
import { changesWithin } from './linear-change.ts';

/** The conditions that bound an activation region inside a box. */
export interface MinimalCondition {
  /** Places in the path condition: none of them follows from the others and the box, the nearest first. */
  readonly bounding: readonly number[];
  /** Conditions that were left in without being settled, because the time was up. */
  readonly unsettled: readonly number[];
}

export interface MinimiseOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for the linear programs; 2,000 where it is left out. */
  readonly milliseconds?: number;
  readonly onProgress?: (fraction: number) => void;
  /** What is known so far, as often as something is settled. */
  readonly onPartial?: (known: MinimalCondition) => void;
}

interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Some conditions of a region with their linear functions. */
export interface ChosenConditions {
  /** Places in the path condition, by row. */
  readonly places: readonly number[];
  readonly rows: LinearRows;
  /** Places of conditions that may break in the box too; there are too many for rows. */
  readonly more: readonly number[];
}

/** How far past a condition the others must reach before it counts as bounding: beyond the solver's tolerance. */
const MARGIN = 1e-8;
/** Numbers in the rows of conditions at most. */
const MOST_NUMBERS = 4e6;

/**
 * The conditions that can break inside a box, the nearest first. Those that hold in all of it by bounds on how much they change there
 * are left out before their linear functions are made, which takes most of the time in deep networks.
 */
export async function conditionsInBox(region: ActivationRegion, phases: readonly Phase[], box: Box, signal?: AbortSignal): Promise<ChosenConditions> {
  const n = region.loaded.inputSize;
  const { nodes } = region.network;
  const changes = await changesWithin(region, box.lower.map((low, j) => Math.max(box.upper[j] - region.input[j], region.input[j] - low)), signal);
  const shares = phases.map(({ node, index, value }) => {
    const change = (changes[nodes[node].inputs[0]!]?.[index] ?? Infinity) * (1 + 1e-9);
    return Math.abs(value) > change ? Infinity : change === 0 ? 0 : Math.abs(value) / change;
  });
  const near = [...phases.keys()].filter((place) => shares[place] <= 1 || Number.isNaN(shares[place])).sort((a, b) => shares[a] - shares[b]);
  const most = Math.max(1, Math.floor(MOST_NUMBERS / n));
  const candidates = near.slice(0, most);
  const found: { readonly place: number; readonly share: number; readonly row: Float64Array; readonly constant: number }[] = [];
  for await (const { start, rows } of conditionRowsOf(region, candidates.map((place) => phases[place]), signal)) {
    const some = candidates.slice(start, start + rows.count);
    for (const { place: r, share } of turning(rows, some.map((place) => phases[place]), box)) found.push({ place: some[r], share, row: rows.coefficients.slice(r * n, (r + 1) * n), constant: rows.constants[r] });
  }
  found.sort((a, b) => a.share - b.share);
  const coefficients = new Float64Array(found.length * n);
  found.forEach(({ row }, r) => coefficients.set(row, r * n));
  return { places: found.map(({ place }) => place), rows: { count: found.length, coefficients, constants: Float64Array.from(found, ({ constant }) => constant) }, more: near.slice(most) };
}

/** The conditions of a region that bound it inside a box, as places in the path condition. */
export async function boundingConditions(region: ActivationRegion, phases: readonly Phase[], box: Box, options: MinimiseOptions = {}): Promise<MinimalCondition> {
  const { places, rows, more } = await conditionsInBox(region, phases, box, options.signal);
  const inPath = ({ bounding, unsettled }: MinimalCondition): MinimalCondition => {
    const [settled, open] = [bounding, unsettled].map((some) => some.map((row) => places[row]));
    // without the rows of all conditions none is surely needed beside the others
    return more.length === 0 ? { bounding: settled, unsettled: open } : { bounding: [], unsettled: [...settled, ...open, ...more] };
  };
  return inPath(await minimise(region.input, rows, places.map((place) => phases[place]), box, { ...options, onPartial: options.onPartial && ((known) => options.onPartial!(inPath(known))) }));
}

/**
 * The phases that bound the region inside a box, without those that follow from others: conditions that hold on the whole
 * box fall by interval bounds, the rest by one linear program each. Together with the box, the bounding conditions and
 * the unsettled ones describe the same set as all conditions do (up to the solver's tolerance).
 * @param input where all phases hold.
 */
export async function minimise(input: Float64Array, rows: LinearRows, phases: readonly Phase[], box: Box, options: MinimiseOptions = {}): Promise<MinimalCondition> {
  const n = box.lower.length;
  const places = turning(rows, phases, box).map(({ place }) => place);
  if (places.length <= 1) return { bounding: places, unsettled: [] };
  const near = new Map(places.map((place, k) => [place, k]));
  const byNearness = (some: readonly number[]) => some.toSorted((a, b) => near.get(a)! - near.get(b)!);
  const deadline = performance.now() + (options.milliseconds ?? 2000);
  const row = (place: number) => rows.coefficients.subarray(place * n, (place + 1) * n);
  // row . x within [lower, upper] is what the phase says
  const limits = (place: number): [number, number] => (phases[place].active ? [-rows.constants[place], Infinity] : [-Infinity, -rows.constants[place]]);
  const bounding = await firstHits(input, rows, phases, places, box, deadline, options.signal);
  const open = new Set(places.filter((place) => !bounding.has(place)));
  options.onPartial?.({ bounding: byNearness([...bounding]), unsettled: byNearness([...open]) });
  const program = await LinearProgram.open(box.lower, box.upper);
  try {
    let pausedAt = performance.now();
    for (const place of places) program.addRow(row(place), ...limits(place));
    // the farthest first: they are the likeliest to follow from nearer ones
    for (let k = places.length - 1; k >= 0; k--) {
      const place = places[k];
      if (!open.has(place)) continue;
      if (performance.now() - pausedAt > PAUSE) {
        options.onPartial?.({ bounding: byNearness([...bounding]), unsettled: byNearness([...open]) });
        await turnOfEvents();
        pausedAt = performance.now();
      }
      options.signal?.throwIfAborted();
      if (performance.now() > deadline) break;
      program.boundRow(k, -Infinity, Infinity);
      const sign = phases[place].active ? 1 : -1;
      const answer = program.minimise(row(place).map((c) => sign * c));
      options.onProgress?.((places.length - k) / places.length);
      if (answer.status !== 'unknown') {
        // whether the others let this one be violated
        const least = answer.status === 'optimal' ? answer.objective + sign * rows.constants[place] : -Infinity;
        const scale = row(place).reduce((sum, c) => sum + Math.abs(c), 0);
        open.delete(place);
        if (!(least < -MARGIN * scale)) continue;
        bounding.add(place);
      }
      program.boundRow(k, ...limits(place));
    }
    return { bounding: byNearness([...bounding]), unsettled: byNearness([...open]) };
  } finally {
    program.close();
  }
}

/** Milliseconds after which events are handled. */
const PAUSE = 30;

/** Rays that are shot for each condition: at its own hyperplane, and at random. */
const RAYS = 4;

/**
 * Conditions that are seen to bound the region: a ray from the input meets them first, inside the box. Cheap, and settles
 * most of those that bound it; what is not seen may still do so.
 */
async function firstHits(input: Float64Array, rows: LinearRows, phases: readonly Phase[], turning: readonly number[], box: Box, deadline: number, signal: AbortSignal | undefined): Promise<Set<number>> {
  const n = box.lower.length;
  const random = new Random(1);
  const seen = new Set<number>();
  const direction = new Float64Array(n);
  const began = performance.now();
  let pausedAt = performance.now();
  for (const place of turning) {
    if (performance.now() - pausedAt > PAUSE) {
      await turnOfEvents();
      signal?.throwIfAborted();
      pausedAt = performance.now();
    }
    // half of the time is the linear programs'
    if (performance.now() > began + (deadline - began) / 2) break;
    for (let ray = 0; ray < RAYS; ray++) {
      const side = phases[place].active ? -1 : 1;
      for (let j = 0; j < n; j++) direction[j] = side * rows.coefficients[place * n + j] * (ray === 0 ? 1 : random.uniform(0, 2));
      let [first, at, second] = [-1, Infinity, Infinity];
      for (const other of turning) {
        let speed = 0;
        for (let j = 0, e = other * n; j < n; j++, e++) speed += rows.coefficients[e] * direction[j];
        const { active, value } = phases[other];
        if (active ? speed >= 0 : speed <= 0) continue;
        const t = -value / speed;
        if (t < at) [first, at, second] = [other, t, at];
        else if (t < second) second = t;
      }
      // two that are met at once may be the same condition; the border of the box hides what lies behind it
      if (first < 0 || !(second > at * (1 + 1e-6)) || at <= 0 || seen.has(first)) continue;
      if (direction.every((d, j) => input[j] + at * d > box.lower[j] && input[j] + at * d < box.upper[j])) seen.add(first);
    }
  }
  return seen;
}

/** The rows whose ReLUs can turn within a box, nearest first: all others hold everywhere in it. `share` is how near, as a part of how much the row changes. */
function turning(rows: LinearRows, phases: readonly Phase[], box: Box): { readonly place: number; readonly share: number }[] {
  const n = box.lower.length;
  const found: { place: number; share: number }[] = [];
  phases.forEach(({ active, value }, k) => {
    let [low, high] = [rows.constants[k], rows.constants[k]];
    for (let j = 0, at = k * n; j < n; j++, at++) {
      const c = rows.coefficients[at];
      low += c * (c > 0 ? box.lower[j] : box.upper[j]);
      high += c * (c > 0 ? box.upper[j] : box.lower[j]);
    }
    if (active ? low <= 0 : high > 0) found.push({ place: k, share: Math.abs(value) / Math.max(high - low, Number.MIN_VALUE) });
  });
  return found.sort((a, b) => a.share - b.share);
}
