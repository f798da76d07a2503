import { describe, expect, test } from 'vitest';
import { compile } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { Random } from '../search/random.ts';
import { sample, mixture } from '../testing/samples.ts';
import { ActivationRegion, neuron } from './activation-region.ts';
import { conditionsInBox, minimise } from './path-condition.ts';
import { reach } from './reach.ts';

function regionOf(seed: number, kind = 'Relu'): { region: ActivationRegion; loaded: LoadedNetwork; random: Random } {
  const { graph, weights, inputSize } = kind === 'mixture' ? mixture(['Relu', 'LeakyRelu', 'Abs', 'Max', 'Gemm', 'Clip'], 4, seed) : sample(kind, seed);
  const loaded = new LoadedNetwork(compile(graph, weights));
  const random = new Random(100 + seed);
  return { loaded, random, region: new ActivationRegion(loaded, Float64Array.from({ length: inputSize }, () => random.uniform(-1, 1))) };
}

const samePhases = (region: ActivationRegion, x: Float64Array) => {
  const target = neuron(region.network.output, 0);
  const there = new ActivationRegion(region.loaded, x).phases(target);
  return region.phases(target).every(({ active }, k) => active === there[k].active);
};

describe('reach', () => {
  test('within the radius no phase changes, and just past it one does', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { region, random } = regionOf(seed, seed % 2 ? 'Relu' : 'mixture');
      const phases = region.phases(neuron(region.network.output, 0));
      const { radius, distances, along } = await reach(region, phases);
      for (let k = 0; k < 30; k++) expect(samePhases(region, region.input.map((x) => x + 0.999 * radius * random.uniform(-1, 1)))).toBe(true);
      const [[nearest]] = distances;
      const { coefficients } = region.conditionRows([phases[nearest]]);
      const towards = phases[nearest].active ? -1 : 1;
      expect(samePhases(region, region.input.map((x, j) => x + 1.001 * radius * towards * Math.sign(coefficients[j])))).toBe(false);
      const at = (t: number) => region.input.map((x) => x + t * x);
      for (const t of along) {
        if (!Number.isFinite(t)) continue;
        expect(samePhases(region, at(0.999 * t))).toBe(true);
        expect(samePhases(region, at(1.001 * t))).toBe(false);
      }
    }
  });

  test('is the same where only the nearest phases are worked out', async () => {
    let left = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { region } = regionOf(seed, seed % 2 ? 'Relu' : 'mixture');
      const phases = region.phases(neuron(region.network.output, 0));
      const [all, some] = [await reach(region, phases), await reach(region, phases, { exhaustive: 0, nearest: 1 })];
      expect(some.radius).toBe(all.radius);
      expect(all.beyond).toBe(Infinity);
      for (const [place, distance] of all.distances) {
        if (some.distances.has(place)) expect(some.distances.get(place)).toBe(distance);
        else {
          expect(distance).toBeGreaterThanOrEqual(some.beyond);
          left++;
        }
      }
    }
    expect(left).toBeGreaterThan(0);
  });
});

describe('the minimal path condition', () => {
  test('leaves out no condition that can break in the box', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { region, random } = regionOf(seed, seed % 2 ? 'Relu' : 'mixture');
      const phases = region.phases(neuron(region.network.output, 0));
      const size = random.uniform(0.01, 0.5);
      const box = { lower: region.input.map((x) => x - size * random.next()), upper: region.input.map((x) => x + size * random.next()) };
      const { places, rows, more } = await conditionsInBox(region, phases, box);
      const all = region.conditionRows(phases);
      const n = region.input.length;
      expect(more).toEqual([]);
      places.forEach((place, r) => expect(rows.coefficients.subarray(r * n, (r + 1) * n)).toEqual(all.coefficients.subarray(place * n, (place + 1) * n)));
      for (let k = 0; k < 200; k++) {
        const x = box.lower.map((low, j) => random.uniform(low, box.upper[j]));
        phases.forEach(({ active }, place) => {
          const there = x.reduce((sum, one, j) => sum + one * all.coefficients[place * n + j], all.constants[place]);
          if (there > 1e-9 !== active && Math.abs(there) > 1e-9) expect(places).toContain(place);
        });
      }
    }
  });

  test('describes the same region inside the box, and no condition in it is idle', async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const { region, random } = regionOf(seed);
      const phases = region.phases(neuron(region.network.output, 0));
      const rows = region.conditionRows(phases);
      const lower = region.input.map((x) => x - 0.7);
      const upper = region.input.map((x) => x + 0.7);
      const { bounding, unsettled } = await minimise(region.input, rows, phases, { lower, upper }, { milliseconds: 60_000 });
      expect(unsettled).toEqual([]);
      const n = lower.length;
      const holds = (x: Float64Array, k: number) => x.reduce((sum, one, j) => sum + one * rows.coefficients[k * n + j], rows.constants[k]) > 0 === phases[k].active;
      const needed = new Set<number>();
      for (let k = 0; k < 3000; k++) {
        const x = lower.map((l, j) => random.uniform(l, upper[j]));
        const broken = bounding.filter((place) => !holds(x, place));
        if (broken.length === 1) needed.add(broken[0]);
        if (broken.length === 0) expect(phases.every((_, place) => holds(x, place))).toBe(true);
      }
      expect(bounding.length).toBeLessThan(phases.length);
      for (const place of needed) expect(bounding).toContain(place);
    }
  });
});
