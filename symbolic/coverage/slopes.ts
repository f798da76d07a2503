import { BoundEngine } from '../bounds/engine.ts';
import type { LoadedNetwork } from '../network/loaded.ts';
import { isPiecewiseLinear } from '../network/network.ts';
import type { Domain } from './oracle.ts';

/** The steepest output at a point: its gradient, and the sum of the magnitudes, which is its slope in the maximum norm. */
export interface Slope {
  readonly gradient: Float64Array;
  readonly sum: number;
}

/** The steepest output's slope at each point; with `elements`, over those elements only. */
export function slopesAt(loaded: LoadedNetwork, points: readonly Float64Array[], elements?: Uint8Array): Slope[] {
  const { kernels, inputSize: n, outputSize, network } = loaded;
  const count = points.length;
  const mark = kernels.mark();
  const inputs = kernels.allocate(count * n);
  points.forEach((point, r) => kernels.f64(inputs, count * n).set(point, r * n));
  const values = loaded.forward(inputs, count);
  const best: Slope[] = points.map(() => ({ gradient: new Float64Array(n), sum: 0 }));
  for (let output = 0; output < outputSize; output++) {
    const inner = kernels.mark();
    const seeds = kernels.zeros(count * outputSize);
    for (let r = 0; r < count; r++) kernels.f64(seeds, count * outputSize)[r * outputSize + output] = 1;
    const pointer = loaded.gradients(values, network.output, seeds, count)[0];
    if (pointer !== 0) {
      for (let r = 0; r < count; r++) {
        const gradient = kernels.f64(pointer, count * n).slice(r * n, (r + 1) * n);
        if (elements) for (let i = 0; i < n; i++) if (!elements[i]) gradient[i] = 0;
        const sum = gradient.reduce((total, slope) => total + Math.abs(slope), 0);
        if (sum > best[r].sum) best[r] = { gradient, sum };
      }
    }
    kernels.release(inner);
  }
  kernels.release(mark);
  return best;
}

/**
 * An upper bound on the slope (maximum norm to maximum norm) of a piecewise linear network in a box: its Jacobian with every
 * ReLU that can be in both phases taken as either, row by row. undefined where smooth functions are in the way.
 */
export function steepestIn(loaded: LoadedNetwork, box: Domain): number | undefined {
  const { network: { nodes, output }, kernels, outputSize } = loaded;
  if (!isPiecewiseLinear(loaded.network)) return undefined;
  const mark = kernels.mark();
  const { root } = new BoundEngine(loaded, box.lower, box.upper, undefined, false);
  let steepest = 0;
  for (let row = 0; row < outputSize; row++) {
    // the range of the output's derivative by each node
    const low = new Map([[output, new Float64Array(nodes[output].size)]]);
    const high = new Map([[output, new Float64Array(nodes[output].size)]]);
    low.get(output)![row] = 1;
    high.get(output)![row] = 1;
    const into = (table: Map<number, Float64Array>, id: number): Float64Array => {
      let own = table.get(id);
      if (!own) table.set(id, own = new Float64Array(nodes[id].size));
      return own;
    };
    for (let id = output; id > 0; id--) {
      const node = nodes[id];
      const [l, h] = [low.get(id), high.get(id)];
      if (!l || !h) continue;
      if (node.kind === 'relu') {
        const [input] = node.inputs;
        const [toLow, toHigh] = [into(low, input), into(high, input)];
        for (let i = 0; i < node.size; i++) {
          if (root[input].upper[i] <= 0) continue;
          const always = root[input].lower[i] > 0;
          toLow[i] += always ? l[i] : Math.min(l[i], 0);
          toHigh[i] += always ? h[i] : Math.max(h[i], 0);
        }
      } else if (node.kind === 'affine') {
        node.inputs.forEach((input, k) => {
          const [toLow, toHigh] = [into(low, input), into(high, input)];
          const matrix = node.matrices[k];
          for (let r = 0; r < matrix.rows; r++) {
            if (l[r] === 0 && h[r] === 0) continue;
            const [from, to] = matrix.kind === 'dense' ? [r * matrix.columns, (r + 1) * matrix.columns] : [matrix.starts[r], matrix.starts[r + 1]];
            for (let e = from; e < to; e++) {
              const weight = matrix.values[e];
              const column = matrix.kind === 'dense' ? e - from : matrix.indices[e];
              toLow[column] += weight > 0 ? weight * l[r] : weight * h[r];
              toHigh[column] += weight > 0 ? weight * h[r] : weight * l[r];
            }
          }
        });
      }
    }
    const [l, h] = [low.get(0), high.get(0)];
    let sum = 0;
    if (l && h) for (let j = 0; j < l.length; j++) sum += Math.max(Math.abs(l[j]), Math.abs(h[j]));
    steepest = Math.max(steepest, sum);
  }
  kernels.release(mark);
  // sums of thousands of terms of doubles: far less than this
  return steepest * (1 + 1e-9);
}
