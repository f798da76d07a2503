import type { LoadedNetwork } from '../network/loaded.ts';
import { isPiecewiseLinear } from '../network/network.ts';
import { roundInside } from '../search/region.ts';
import { walkLines, type Line } from './line-walk.ts';
import { sweepElements } from './one-pixel.ts';
import { largest, type Limits, type PixelAttack, type PixelOptions } from './pixel-attacks.ts';

/** Pairs that are walked at once: an early success is told early. */
const BLOCK = 32;

/** Each element of a pair is moved so often in turn. */
const ROUNDS = 2;

/**
 * An attack by two changed elements, or undefined where none is found: for each pair, in the order of importance, the
 * elements are moved in turn to where the label's margin is least, exactly, through every linear piece. Not complete: a
 * pair may have values that this does not reach.
 * @param order the elements, the most important first; pairs are tried by the sum of their places.
 */
export async function firstTwoPixelAttack(loaded: LoadedNetwork, input: Float64Array, label: number, order: readonly number[], limits: Limits, options: PixelOptions): Promise<PixelAttack | undefined> {
  if (!isPiecewiseLinear(loaded.network)) return undefined;
  const alone = new Map((await sweepElements(loaded, input, label, order, limits, options)).map((sweep) => [sweep.element, sweep]));
  // an element that lowers the margin alone is likely to do so in a pair
  const ranked = order.toSorted((a, b) => alone.get(a)!.margin - alone.get(b)!.margin);
  const pairs = ranked.flatMap((first, i) => ranked.slice(i + 1).map((second, k) => ({ first, second, place: 2 * i + k }))).sort((a, b) => a.place - b.place);
  for (let start = 0; start < pairs.length; start += BLOCK) {
    const some = pairs.slice(start, start + BLOCK);
    const points = some.map(({ first }) => {
      const point = input.slice();
      point[first] = alone.get(first)!.value;
      return point;
    });
    for (let round = 0; round < ROUNDS; round++) {
      const moving = some.map(({ first, second }) => (round % 2 === 0 ? second : first));
      const best = await leastMargins(loaded, points, moving, label, limits, options);
      for (const [k, { margin, value }] of best.entries()) {
        points[k][moving[k]] = value;
        if (!(margin < 0)) continue;
        const attack = await replayed(points[k], some[k], input, label, limits, options);
        if (attack) return attack;
      }
    }
  }
  return undefined;
}

/** For each point, moving one element over its range: the least margin of the label, and where. */
async function leastMargins(loaded: LoadedNetwork, points: readonly Float64Array[], elements: readonly number[], label: number, limits: Limits, { signal, target }: PixelOptions): Promise<{ margin: number; value: number }[]> {
  const best = points.map(() => ({ margin: Infinity, value: 0 }));
  const lines = points.map((point, k): Line => {
    const start = point.slice();
    start[elements[k]] = limits.lower[elements[k]];
    const direction = new Float64Array(point.length);
    direction[elements[k]] = 1;
    return { start, direction, length: limits.upper[elements[k]] - limits.lower[elements[k]] };
  });
  await walkLines(loaded, lines, (k, { from, to, values, slopes }) => {
    for (let other = 0; other < values.length; other++) {
      if (other === label || (target !== undefined && other !== target)) continue;
      const first = values[label] - values[other];
      const last = first + (slopes[label] - slopes[other]) * (to - from);
      if (Math.min(first, last) < best[k].margin) best[k] = { margin: Math.min(first, last), value: limits.lower[elements[k]] + (first < last ? from : to) };
    }
    return true;
  }, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  });
  return best;
}

async function replayed(point: Float64Array, { first, second }: { first: number; second: number }, input: Float64Array, label: number, { lower, upper }: Limits, { replay, target }: PixelOptions): Promise<PixelAttack | undefined> {
  const rounded = roundInside(point, lower, upper);
  const changed = Float64Array.from(input, (x, i) => (i === first || i === second ? rounded[i] : x));
  const scores = Array.from(await replay(Float32Array.from(changed)));
  const answer = largest(scores);
  return (target === undefined ? answer !== label : answer === target) ? { elements: [first, second], values: [changed[first], changed[second]], label: answer, scores } : undefined;
}
