import type { BoundEngine, Box, NodeBounds } from './engine.ts';
import { optimise } from './optimise.ts';

export interface TightenOptions {
  readonly iterations: number;
  /** Gives way to others between pieces of work; false ends the work early, with the bounds found so far. */
  readonly pause: () => Promise<boolean>;
}

/**
 * Bounds on all nodes over a box, with slopes optimised for each neuron that matters (alpha-CROWN for the intermediate
 * layers): far tighter in deep networks than one backward pass.
 */
export async function tighten(engine: BoundEngine, box: Box, options: TightenOptions): Promise<NodeBounds[]> {
  const { loaded } = engine;
  const { kernels, network: { nodes } } = loaded;
  const mark = kernels.mark();
  const regions = engine.emptyRegions(1);
  engine.setBox(regions, [box]);
  let going = true;
  for (const node of nodes) {
    engine.forwardNode(node, regions, true, false);
    if (node.kind !== 'affine' || engine.isExact(node) || !going) continue;
    const loose = engine.looseNeurons(node, regions);
    const chunk = Math.max(8, Math.min(64, Math.floor(4e6 / node.size)));
    for (let start = 0; start < loose.length && going; start += chunk) {
      const some = loose.slice(start, start + chunk);
      const rows = 2 * some.length;
      const inner = kernels.mark();
      const objective = new Float64Array(rows * node.size);
      some.forEach((at, k) => {
        objective[2 * k * node.size + at] = 1;
        objective[(2 * k + 1) * node.size + at] = -1;
      });
      const rowRegions = kernels.storeIntegers(new Int32Array(rows));
      const { bounds } = optimise(engine, regions, node.id, objective, rows, rowRegions, { iterations: options.iterations, enough: new Float64Array(rows).fill(0) });
      kernels.release(inner);
      const lower = kernels.f64(regions.lower[node.id], node.size);
      const upper = kernels.f64(regions.upper[node.id], node.size);
      some.forEach((at, k) => {
        lower[at] = Math.max(lower[at], bounds[2 * k]);
        upper[at] = Math.min(upper[at], -bounds[2 * k + 1]);
      });
      going = await options.pause();
    }
  }
  const result = nodes.map((node) => ({ lower: kernels.f64(regions.lower[node.id], node.size).slice(), upper: kernels.f64(regions.upper[node.id], node.size).slice() }));
  kernels.release(mark);
  return result;
}
