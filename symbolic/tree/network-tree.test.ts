import { expect, test } from 'vitest';
import { compile } from '../network/compile.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { ActivationRegion, neuron } from '../neurons/activation-region.ts';
import { Random } from '../search/random.ts';
import { mixture } from '../testing/samples.ts';
import { networkTree, type TreeBranch } from './network-tree.ts';

test('every sampled input takes feasible arms only, and every example takes its arms', async () => {
  let infeasible = 0;
  let feasible = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const { graph, weights, inputSize } = mixture(['Relu', 'LeakyRelu', 'Abs', 'Max', 'Gemm', 'Clip'], 4, seed);
    const loaded = new LoadedNetwork(compile(graph, weights));
    const random = new Random(seed);
    const input = Float64Array.from({ length: inputSize }, () => Math.fround(random.uniform(-1, 1)));
    const box = { lower: input.map((x) => x - 0.3), upper: input.map((x) => x + 0.3) };
    const target = neuron(loaded.network.output, 0);
    const { root } = await networkTree(loaded, input, target, box, { depth: 6 });
    const phasesAt = (x: Float64Array) => new Map(new ActivationRegion(loaded, x).phases(target).map(({ node, index, active }) => [`${node} ${index}`, active]));
    const home = phasesAt(input);
    const check = (branch: TreeBranch | undefined, path: [string, boolean][], onOwn: boolean): void => {
      if (!branch) return;
      const name = `${branch.node} ${branch.index}`;
      expect(path.some(([decided]) => decided === name)).toBe(false);
      for (const arm of branch.arms) {
        expect(arm.taken).toBe(onOwn && home.get(name) === arm.active);
        if (arm.status === 'infeasible') infeasible++;
        if (arm.status !== 'feasible') continue;
        feasible++;
        const way: [string, boolean][] = [...path, [name, arm.active]];
        const phases = phasesAt(arm.example!);
        for (const [decided, active] of way) expect(phases.get(decided)).toBe(active);
        expect(arm.example!.every((x, j) => x >= box.lower[j] && x <= box.upper[j])).toBe(true);
        check(arm.next, way, arm.taken);
      }
    };
    check(root, [], true);
    for (let k = 0; k < 400; k++) {
      const phases = phasesAt(input.map((x) => x + 0.3 * random.uniform(-1, 1)));
      for (let branch = root; branch;) {
        const arm: TreeBranch['arms'][number] = branch.arms[phases.get(`${branch.node} ${branch.index}`) ? 0 : 1];
        expect(arm.status).not.toBe('infeasible');
        branch = arm.next;
      }
    }
  }
  expect(feasible).toBeGreaterThan(40);
  expect(infeasible).toBeGreaterThan(3);
});
