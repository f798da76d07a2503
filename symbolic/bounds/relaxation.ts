import type { Kernels, Pointer } from '../kernels/kernels.ts';
import { smoothFunction } from '../network/functions.ts';
import type { FunctionNode, Node, ProductNode } from '../network/network.ts';
import { smoothLines } from './lines.ts';
import type { FunctionLines, ProductLines, Regions, ReluLines } from './regions.ts';

/** A backward step: the coefficients that come in, and what the bounds gather on the way. */
export interface Step {
  readonly kernels: Kernels;
  readonly from: Pointer;
  readonly rows: number;
  readonly rowRegions: Pointer;
  readonly constant: Pointer;
  readonly error: Pointer;
  /** Bounds on |value| over the root region, by node. */
  readonly magnitude: readonly Float64Array[];
  readonly gamma: number;
}

/** The lines of a node that is not affine, from the bounds on its inputs; functions and products get their own bounds here. */
export function makeLines(kernels: Kernels, node: Node, regions: Regions): void {
  const size = regions.count * node.size;
  if (node.kind === 'relu') {
    const lines: ReluLines = { slope: kernels.allocate(size), intercept: kernels.allocate(size), low: kernels.allocate(size) };
    kernels.run.reluLines(size, regions.lower[node.inputs[0]], regions.upper[node.inputs[0]], lines.slope, lines.intercept, lines.low);
    regions.lines[node.id] = lines;
  } else if (node.kind === 'function') {
    const lower = kernels.f64(regions.lower[node.inputs[0]], size);
    const upper = kernels.f64(regions.upper[node.inputs[0]], size);
    const low = kernels.f64(regions.lower[node.id], size);
    const high = kernels.f64(regions.upper[node.id], size);
    const lines: FunctionLines = { lowSlope: new Float64Array(size), lowIntercept: new Float64Array(size), upSlope: new Float64Array(size), upIntercept: new Float64Array(size) };
    const f = smoothFunction(node.name, node.parameter);
    for (let i = 0; i < size; i++) {
      const l = smoothLines(f, lower[i], upper[i]);
      lines.lowSlope[i] = l.lowSlope;
      lines.lowIntercept[i] = l.lowIntercept;
      lines.upSlope[i] = l.upSlope;
      lines.upIntercept[i] = l.upIntercept;
      low[i] = l.low;
      high[i] = l.high;
    }
    regions.lines[node.id] = lines;
  } else if (node.kind === 'product') {
    regions.lines[node.id] = productLines(kernels, node, regions);
  }
}

/** McCormick's planes, with the constant rounded outward, and the range of the product. */
function productLines(kernels: Kernels, node: ProductNode, regions: Regions): ProductLines {
  const size = regions.count * node.size;
  const [al, au, bl, bu] = [regions.lower[node.inputs[0]], regions.upper[node.inputs[0]], regions.lower[node.inputs[1]], regions.upper[node.inputs[1]]].map((pointer) => kernels.f64(pointer, size));
  const low = kernels.f64(regions.lower[node.id], size);
  const high = kernels.f64(regions.upper[node.id], size);
  const plane = () => ({ left: new Float64Array(size), right: new Float64Array(size), constant: new Float64Array(size) });
  const lines = { low: plane(), up: plane() };
  for (let i = 0; i < size; i++) {
    const corners = [al[i] * bl[i], al[i] * bu[i], au[i] * bl[i], au[i] * bu[i]];
    const reach = Math.max(...corners.map(Math.abs)) * 4 * 2 ** -52;
    low[i] = Math.min(...corners) - reach;
    high[i] = Math.max(...corners) + reach;
    // (a - al)(b - bl) >= 0; the other plane of each pair has the same value in the middle of the box
    lines.low.left[i] = bl[i];
    lines.low.right[i] = al[i];
    lines.low.constant[i] = -al[i] * bl[i] - reach;
    // (a - al)(bu - b) >= 0
    lines.up.left[i] = bu[i];
    lines.up.right[i] = al[i];
    lines.up.constant[i] = -al[i] * bu[i] + reach;
  }
  return lines;
}

/** One backward step through a function: positive coefficients take the lower line, negative ones the upper. */
export function functionBackward(step: Step, node: FunctionNode, [to, accumulate]: [Pointer, number], lines: FunctionLines): void {
  const { kernels, from, rows, rowRegions, constant, error, magnitude, gamma } = step;
  const { size } = node;
  const source = kernels.f64(from, rows * size);
  const out = kernels.f64(to, rows * size);
  const region = kernels.i32(rowRegions, rows);
  const c = kernels.f64(constant, rows);
  const e = kernels.f64(error, rows);
  const reach = magnitude[node.inputs[0]];
  for (let r = 0; r < rows; r++) {
    const at = region[r] * size;
    let sum = 0;
    let slack = 0;
    for (let i = 0; i < size; i++) {
      const v = source[r * size + i];
      if (v === 0) {
        if (!accumulate) out[r * size + i] = 0;
        continue;
      }
      const slope = v > 0 ? lines.lowSlope[at + i] : lines.upSlope[at + i];
      const intercept = v > 0 ? lines.lowIntercept[at + i] : lines.upIntercept[at + i];
      const product = v * slope;
      out[r * size + i] = accumulate ? out[r * size + i] + product : product;
      sum += v * intercept;
      slack += Math.abs(product) * reach[i] + Math.abs(v * intercept);
    }
    c[r] += sum;
    e[r] += gamma * slack;
  }
}

/** One backward step through a product, likewise by planes. */
export function productBackward(step: Step, node: ProductNode, target: (id: number) => [Pointer, number], lines: ProductLines): void {
  const { kernels, from, rows, rowRegions, constant, error, magnitude, gamma } = step;
  const { size } = node;
  const pointers = node.inputs.map((input) => {
    const [pointer, present] = target(input);
    if (!present) kernels.f64(pointer, rows * size).fill(0);
    return pointer;
  });
  const [left, right] = pointers.map((pointer) => kernels.f64(pointer, rows * size));
  const source = kernels.f64(from, rows * size);
  const region = kernels.i32(rowRegions, rows);
  const c = kernels.f64(constant, rows);
  const e = kernels.f64(error, rows);
  const [reachLeft, reachRight] = node.inputs.map((input) => magnitude[input]);
  for (let r = 0; r < rows; r++) {
    const at = region[r] * size;
    let sum = 0;
    let slack = 0;
    for (let i = 0; i < size; i++) {
      const v = source[r * size + i];
      if (v === 0) continue;
      const plane = v > 0 ? lines.low : lines.up;
      const a = v * plane.left[at + i];
      const b = v * plane.right[at + i];
      left[r * size + i] += a;
      right[r * size + i] += b;
      sum += v * plane.constant[at + i];
      slack += Math.abs(a) * reachLeft[i] + Math.abs(b) * reachRight[i] + Math.abs(v * plane.constant[at + i]);
    }
    c[r] += sum;
    e[r] += gamma * slack;
  }
}
