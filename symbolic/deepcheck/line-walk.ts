import type { Pointer } from '../kernels/kernels.ts';
import type { LoadedNetwork } from '../network/loaded.ts';
import { isPiecewiseLinear } from '../network/network.ts';

/** The inputs start + t direction for t from 0 to `length`. */
export interface Line {
  readonly start: Float64Array;
  readonly direction: Float64Array;
  readonly length: number;
}

/** Along a line the outputs are linear between two values of t. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** The outputs at `from`, and how they change with t. The arrays are overwritten by the next piece. */
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

/** A value before a ReLU this small, beside the largest of its node, stands at the turn: its phase is where it is going. */
const AT_TURN = 1e-12;

/** The shortest piece, beside the length of the line: shorter ones are rounding. */
const LEAST_PIECE = 1e-12;

/** Lines walk together in blocks of at most this many numbers a node. */
const BLOCK = 3e5;

/**
 * Walks along lines through the input space of a piecewise linear network, from turn to turn of its ReLUs: between two
 * turns every output is linear, so that nothing on the line is missed. In float64; what it finds is to be replayed.
 * @param visit gets each piece in order along its line; false ends that line.
 * @param pause called between rounds, so that events can be handled.
 * @throws RangeError where the network is not piecewise linear
 */
export async function walkLines(loaded: LoadedNetwork, lines: readonly Line[], visit: (line: number, piece: Piece) => boolean, pause: () => Promise<void>): Promise<void> {
  const { network, kernels, inputSize: n, outputSize } = loaded;
  if (!isPiecewiseLinear(network)) throw new RangeError('the network has smooth functions: it is not linear between the turns of its ReLUs');
  const widest = Math.max(...network.nodes.map(({ size }) => size));
  const block = Math.max(1, Math.min(512, Math.floor(BLOCK / widest)));
  for (let start = 0; start < lines.length; start += block) {
    let open = lines.slice(start, start + block).map((line, k) => ({ line, index: start + k, t: 0 }));
    for (let round = 0; open.length > 0; round++) {
      const mark = kernels.mark();
      const count = open.length;
      const points = kernels.allocate(count * n);
      const tangents = kernels.allocate(count * n);
      open.forEach(({ line, t }, r) => {
        const point = kernels.f64(points, count * n).subarray(r * n, (r + 1) * n);
        for (let j = 0; j < n; j++) point[j] = line.start[j] + t * line.direction[j];
        kernels.f64(tangents, count * n).set(line.direction, r * n);
      });
      const step = new Float64Array(count).fill(Infinity);
      const { values, slopes } = forward(loaded, points, tangents, count, step);
      const outputs = kernels.f64(values, count * outputSize);
      const changes = kernels.f64(slopes, count * outputSize);
      open = open.filter((walker, r) => {
        const { line, index, t } = walker;
        const to = Math.min(line.length, t + Math.max(step[r], LEAST_PIECE * line.length));
        const goOn = visit(index, { from: t, to, values: outputs.subarray(r * outputSize, (r + 1) * outputSize), slopes: changes.subarray(r * outputSize, (r + 1) * outputSize) });
        walker.t = to;
        return goOn && to < line.length;
      });
      kernels.release(mark);
      // a handful of rounds are milliseconds
      if (round % 8 === 7) await pause();
    }
    await pause();
  }
}

/** The outputs and their derivatives along the tangents; `step` gets how far each row can go until a ReLU turns. */
function forward(loaded: LoadedNetwork, points: Pointer, tangents: Pointer, count: number, step: Float64Array): { values: Pointer; slopes: Pointer } {
  const { network, kernels } = loaded;
  const values: Pointer[] = [points];
  const slopes: Pointer[] = [tangents];
  for (const node of network.nodes) {
    if (node.kind === 'input') continue;
    const { id, size } = node;
    if (node.kind === 'affine') {
      values[id] = loaded.repeatedBias(id, count);
      slopes[id] = kernels.zeros(count * size);
      node.inputs.forEach((input, k) => {
        loaded.forwardMatrix(loaded.matrices[id][k], values[input], values[id], count);
        loaded.forwardMatrix(loaded.matrices[id][k], slopes[input], slopes[id], count);
      });
      continue;
    }
    values[id] = kernels.allocate(count * size);
    slopes[id] = kernels.allocate(count * size);
    const [input] = node.inputs;
    const x = kernels.f64(values[input!], count * size);
    const s = kernels.f64(slopes[input!], count * size);
    const y = kernels.f64(values[id], count * size);
    const d = kernels.f64(slopes[id], count * size);
    for (let r = 0; r < count; r++) {
      const [from, to] = [r * size, (r + 1) * size];
      let largest = 0;
      for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(x[i]));
      const turn = AT_TURN * largest;
      let nearest = step[r];
      for (let i = from; i < to; i++) {
        const active = Math.abs(x[i]) <= turn ? s[i] > 0 : x[i] > 0;
        y[i] = active ? x[i] : 0;
        d[i] = active ? s[i] : 0;
        if (active ? s[i] < 0 : s[i] > 0 && x[i] < -turn) nearest = Math.min(nearest, -x[i] / s[i]);
      }
      step[r] = nearest;
    }
  }
  return { values: values[network.output], slopes: slopes[network.output] };
}
