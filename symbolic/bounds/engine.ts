import type { Pointer } from '../kernels/kernels.ts';
import type { LoadedNetwork } from '../network/loaded.ts';
import { termsPerRow, type Node } from '../network/network.ts';
import { ballMinima, pullInto, type EuclideanBall } from './ball.ts';
import type { Box, FunctionLines, NodeBounds, ProductLines, Regions, ReluLines } from './regions.ts';
import { functionBackward, makeLines, productBackward } from './relaxation.ts';
import { roundingSlack } from './rounding.ts';
import type { Split } from './split.ts';

/**
 * Linear bounds by backward substitution (CROWN, DeepPoly), for many regions of the input at once, sound in floating point.
 *
 * A bound is an inequality  objective >= <Lambda, x_k> + c - e  that holds for every input in the region, where x_k is a
 * node's value. It is carried from the outputs backwards. The coefficients are whatever was computed, taken as exact
 * numbers; what rounding got wrong at a step is paid into e:
 *
 * - Affine, y = M x + b. The computed product Lambda M differs from the true one by at most gamma |Lambda| |M| in each
 *   element, so the functional differs by at most gamma <|Lambda|, |M| |x|max + |b|>. The vector on the right, `slack`,
 *   does not depend on Lambda: it is computed once, from bounds on |x| over the whole of the root region.
 * - ReLU and functions: the lines are sound as rounded (kernels.as, lines.ts); a product of a coefficient and a slope is
 *   rounded once, and is paid for in the same way.
 * - Sums into c: gamma |c| at each step.
 *
 * gamma = 2 u (n + 40 + r), with u = 2^-53, n the longest sum and r the roundings inside coefficients (AffineNode): twice
 * what first-order analysis asks for, which covers the products of errors and the rounding of e itself.
 * What is bounded is the network in exact arithmetic.
 */
export class BoundEngine {
  readonly loaded: LoadedNetwork;
  /** Whether a neuron's linear bounds are intersected with its interval; false gives the figures of tools that do not. */
  intersecting = true;
  /** Bounds on |value| over the root region, by node. */
  readonly magnitude: Float64Array[] = [];
  /** What rounding can cost for each unit of coefficient, by node. */
  readonly slack: Pointer[] = [];
  readonly gamma: number;
  /** Whether each node is read by a node that is not affine, so that its bounds matter. */
  private readonly refined: readonly ('no' | 'relu' | 'all')[];
  readonly ball: EuclideanBall | undefined;
  private readonly limits: { readonly lower: Float64Array; readonly upper: Float64Array }[] = [];

  /**
   * @param lower the box that holds every region that will be asked about.
   * @param ball only inputs this near to a point (in the Euclidean norm) count.
   * @param refine whether the bounds over the root region are made linear at once; else they are intervals, which large networks have in no time.
   */
  constructor(loaded: LoadedNetwork, lower: Float64Array, upper: Float64Array, ball?: EuclideanBall, refine = true) {
    this.loaded = loaded;
    this.ball = ball;
    const { nodes } = loaded.network;
    let longest = 0;
    let roundings = 0;
    for (const node of nodes) {
      longest = Math.max(longest, node.size + (node.kind === 'affine' ? termsPerRow(node) : 0));
      if (node.kind === 'affine') roundings = Math.max(roundings, node.roundings);
    }
    this.gamma = 2 ** -52 * (longest + 40 + roundings);
    this.refined = refinedNodes(nodes);
    const { kernels } = loaded;
    for (const node of nodes) {
      this.magnitude.push(new Float64Array(node.size));
      this.slack.push(kernels.zeros(node.size));
    }
    const box = { lower, upper };
    // intervals first, for the magnitudes that rounding is charged by; then linear bounds, and the charge anew
    const mark = kernels.mark();
    const intervals = this.emptyRegions(1);
    this.setBox(intervals, [box]);
    for (const node of nodes) this.forwardNode(node, intervals, false, true);
    this.limits.length = 0;
    this.remember(intervals);
    if (refine) {
      const refined = this.emptyRegions(1);
      this.setBox(refined, [box]);
      for (const node of nodes) this.forwardNode(node, refined, true, false);
      this.remember(refined);
    }
    kernels.release(mark);
    this.chargeRounding();
  }

  /** Bounds on every node over the root region, as found when the engine was made. */
  get root(): readonly { readonly lower: Float64Array; readonly upper: Float64Array }[] {
    return this.limits;
  }

  /**
   * Bounds on all nodes for some boxes, each inside the root region. They live in the kernels' memory until it is released.
   * @param known bounds on nodes that hold already (of a parent region); they are intersected.
   * @param wantSensitivity only where the input has few elements.
   */
  analyse(boxes: readonly Box[], known?: readonly (readonly (NodeBounds | undefined)[] | undefined)[], wantSensitivity = false): Regions {
    const regions = this.emptyRegions(boxes.length);
    if (wantSensitivity) regions.sensitivity = this.emptySensitivity(boxes.length);
    this.setBox(regions, boxes);
    for (const node of this.loaded.network.nodes) {
      this.forwardNode(node, regions, true, false, known);
    }
    return regions;
  }

  /**
   * Regions with the bounds on all nodes given, none computed, and then some neurons held on one side of a point:
   * for regions that differ by the phases of neurons only.
   */
  adopt(bounds: readonly (readonly NodeBounds[])[], splits: readonly (readonly Split[])[]): Regions {
    const regions = this.emptyRegions(bounds.length);
    const { kernels, network: { nodes } } = this.loaded;
    for (const node of nodes) {
      const lower = kernels.f64(regions.lower[node.id], regions.count * node.size);
      const upper = kernels.f64(regions.upper[node.id], regions.count * node.size);
      bounds.forEach((own, b) => {
        lower.set(own[node.id].lower, b * node.size);
        upper.set(own[node.id].upper, b * node.size);
      });
    }
    splits.forEach((own, b) => {
      for (const { node, index, point, side } of own) {
        const { size } = nodes[node];
        const bound = kernels.f64((side === 1 ? regions.lower : regions.upper)[node], regions.count * size);
        const at = b * size + index;
        bound[at] = side === 1 ? Math.max(bound[at], point) : Math.min(bound[at], point);
        if (kernels.f64(regions.lower[node], regions.count * size)[at] > kernels.f64(regions.upper[node], regions.count * size)[at]) regions.empty[b] = 1;
      }
    });
    for (const node of nodes) makeLines(kernels, node, regions);
    return regions;
  }

  /**
   * Lower bounds on <coefficients[r], value of node> over each row's region.
   * @param coefficients rows x size of the node, in the kernels' memory; it is overwritten.
   * @param rowRegions the region of each row, as int32 in the kernels' memory.
   */
  lowerBounds(regions: Regions, node: number, coefficients: Pointer, rows: number, rowRegions: Pointer, options: BackwardOptions = {}): Backward {
    const { kernels, network: { nodes } } = this.loaded;
    const { run } = kernels;
    const lambda = new Array<Pointer>(node + 1).fill(0);
    const kept = new Array<Pointer>(node + 1).fill(0);
    lambda[node] = coefficients;
    const constant = kernels.zeros(rows);
    const error = kernels.zeros(rows);
    const target = (id: number): [Pointer, number] => {
      if (lambda[id] !== 0) return [lambda[id], 1];
      lambda[id] = kernels.allocate(rows * nodes[id].size);
      return [lambda[id], 0];
    };
    for (let id = node; id > 0; id--) {
      const from = lambda[id];
      if (from === 0) continue;
      const current = nodes[id];
      const { size } = current;
      options.adjust?.(id, from, constant, error);
      run.charge(rows, size, from, this.loaded.biases[id], this.slack[id], constant, error);
      switch (current.kind) {
        case 'affine':
          current.inputs.forEach((input, k) => {
            lambda[input] = this.loaded.backwardMatrix(this.loaded.matrices[id][k], from, lambda[input], rows);
          });
          break;
        case 'relu': {
          const [input] = current.inputs;
          const lines = regions.lines[id] as ReluLines;
          const alpha = options.alpha?.get(id) ?? 0;
          // the coefficients may be overwritten in place unless the caller wants them
          if (lambda[input] === 0 && !options.keep) lambda[input] = from;
          const inPlace = lambda[input] === from;
          const [to, accumulate] = inPlace ? [from, 0] : target(input);
          run.reluBackward(rows, size, from, to, accumulate, rowRegions, lines.slope, lines.intercept, lines.low, alpha, constant);
          break;
        }
        case 'function':
          functionBackward({ kernels, from, rows, rowRegions, constant, error, magnitude: this.magnitude, gamma: this.gamma }, current, target(current.inputs[0]), regions.lines[id] as FunctionLines);
          break;
        case 'product':
          productBackward({ kernels, from, rows, rowRegions, constant, error, magnitude: this.magnitude, gamma: this.gamma }, current, target, regions.lines[id] as ProductLines);
          break;
        case 'input':
          break;
      }
      kept[id] = from;
      this.chargeConstant(rows, constant, error);
    }
    const { size } = nodes[0];
    const atInput = lambda[0] || kernels.zeros(rows * size);
    run.charge(rows, size, atInput, 0, this.slack[0], constant, error);
    const linear = options.wantLinear ? kernels.f64(constant, rows).slice() : undefined;
    const inBall = this.ball && ballMinima(this.ball, kernels.f64(atInput, rows * size), kernels.f64(constant, rows), this.gamma);
    run.concretize(rows, size, atInput, rowRegions, regions.lower[0], regions.upper[0], constant);
    if (inBall) {
      const c = kernels.f64(constant, rows);
      for (let r = 0; r < rows; r++) c[r] = Math.max(c[r], inBall[r]);
    }
    this.chargeConstant(rows, constant, error);
    const bounds = new Float64Array(rows);
    const c = kernels.f64(constant, rows);
    const e = kernels.f64(error, rows);
    for (let r = 0; r < rows; r++) {
      // the last term covers products that underflow
      const bound = c[r] - 1.0001 * e[r] - 1e-250;
      bounds[r] = Number.isNaN(bound) ? -Infinity : bound;
    }
    return { bounds, lambda: kept, atInput, linear, error: options.wantLinear ? kernels.f64(error, rows).slice() : undefined };
  }

  /** For each row, the input of its region (and ball) where its linear form is smallest. */
  worstInputs(regions: Regions, rows: number, rowRegions: Pointer, atInput: Pointer): Pointer {
    const { kernels, inputSize } = this.loaded;
    const target = kernels.allocate(rows * inputSize);
    kernels.run.corner(rows, inputSize, atInput, rowRegions, regions.lower[0], regions.upper[0], target);
    if (this.ball) {
      const coefficients = kernels.f64(atInput, rows * inputSize);
      const points = kernels.f64(target, rows * inputSize);
      for (let r = 0; r < rows; r++) pullInto(this.ball, coefficients.subarray(r * inputSize, (r + 1) * inputSize), points.subarray(r * inputSize, (r + 1) * inputSize));
    }
    return target;
  }

  private chargeConstant(rows: number, constant: Pointer, error: Pointer): void {
    const c = this.loaded.kernels.f64(constant, rows);
    const e = this.loaded.kernels.f64(error, rows);
    for (let r = 0; r < rows; r++) e[r] += this.gamma * Math.abs(c[r]);
  }

  /** Room for the bounds of `count` regions. */
  emptyRegions(count: number): Regions {
    const { kernels, network: { nodes } } = this.loaded;
    return {
      count,
      lower: nodes.map((node) => kernels.allocate(count * node.size)),
      upper: nodes.map((node) => kernels.allocate(count * node.size)),
      lines: new Array<undefined>(nodes.length),
      empty: new Uint8Array(count),
    };
  }

  /** For each node whose bounds are refined; those that are affine in the input have their weights there from the start. */
  private emptySensitivity(count: number): Map<number, Float64Array> {
    const n = this.loaded.inputSize;
    const result = new Map<number, Float64Array>();
    for (const node of this.loaded.network.nodes) {
      if (node.kind !== 'affine' || this.refined[node.id] === 'no') continue;
      const table = new Float64Array(count * node.size * n);
      const [matrix] = node.matrices;
      if (this.isExact(node)) {
        for (let row = 0; row < node.size; row++) {
          if (matrix.kind === 'dense') for (let j = 0; j < n; j++) table[row * n + j] = Math.abs(matrix.values[row * n + j]);
          else for (let e = matrix.starts[row]; e < matrix.starts[row + 1]; e++) table[row * n + matrix.indices[e]] += Math.abs(matrix.values[e]);
        }
        for (let b = 1; b < count; b++) table.copyWithin(b * node.size * n, 0, node.size * n);
      }
      result.set(node.id, table);
    }
    return result;
  }

  setBox(regions: Regions, boxes: readonly Box[]): void {
    const { kernels, inputSize } = this.loaded;
    const lower = kernels.f64(regions.lower[0], regions.count * inputSize);
    const upper = kernels.f64(regions.upper[0], regions.count * inputSize);
    boxes.forEach((box, b) => {
      lower.set(box.lower, b * inputSize);
      upper.set(box.upper, b * inputSize);
    });
  }

  forwardNode(node: Node, regions: Regions, crown: boolean, charging: boolean, known?: readonly (readonly (NodeBounds | undefined)[] | undefined)[]): void {
    const { kernels } = this.loaded;
    const { count } = regions;
    const size = count * node.size;
    if (node.kind === 'affine') {
      if (charging) this.chargeNode(node);
      this.intervalAffine(node, regions);
    } else if (node.kind === 'relu') {
      kernels.run.reluForward(size, regions.lower[node.inputs[0]], regions.lower[node.id]);
      kernels.run.reluForward(size, regions.upper[node.inputs[0]], regions.upper[node.id]);
    }
    if (node.kind !== 'input') makeLines(kernels, node, regions);
    if (known) this.intersect(node, regions, known);
    if (crown && node.kind === 'affine' && this.refined[node.id] !== 'no' && !this.isExact(node)) this.refine(node, regions);
    if (charging) {
      const lower = kernels.f64(regions.lower[node.id], node.size);
      const upper = kernels.f64(regions.upper[node.id], node.size);
      this.magnitude[node.id] = lower.map((l, i) => Math.max(Math.abs(l), Math.abs(upper[i])));
      if (node.kind !== 'affine') this.chargeNode(node);
    }
  }

  private intersect(node: Node, regions: Regions, known: readonly (readonly (NodeBounds | undefined)[] | undefined)[]): void {
    const lower = this.loaded.kernels.f64(regions.lower[node.id], regions.count * node.size);
    const upper = this.loaded.kernels.f64(regions.upper[node.id], regions.count * node.size);
    known.forEach((bounds, b) => {
      const own = bounds?.[node.id];
      if (!own) return;
      for (let i = 0; i < node.size; i++) {
        const at = b * node.size + i;
        lower[at] = Math.max(lower[at], own.lower[i]);
        upper[at] = Math.min(upper[at], own.upper[i]);
        if (lower[at] > upper[at]) {
          regions.empty[b] = 1;
          upper[at] = lower[at];
        }
      }
    });
  }

  private intervalAffine(node: Node & { kind: 'affine' }, regions: Regions): void {
    const { kernels } = this.loaded;
    const { count } = regions;
    const { size } = node;
    const lower = regions.lower[node.id];
    const upper = regions.upper[node.id];
    const lowerView = kernels.f64(lower, count * size);
    const upperView = kernels.f64(upper, count * size);
    for (let b = 0; b < count; b++) {
      lowerView.set(node.bias, b * size);
      upperView.set(node.bias, b * size);
    }
    node.inputs.forEach((input, k) => {
      const matrix = this.loaded.matrices[node.id][k];
      if (matrix.kind === 'dense') kernels.run.intervalDense(count, matrix.columns, matrix.rows, matrix.values, regions.lower[input], regions.upper[input], lower, upper);
      else kernels.run.intervalSparse(count, matrix.columns, matrix.rows, matrix.starts, matrix.indices, matrix.values, regions.lower[input], regions.upper[input], lower, upper);
    });
    const slack = kernels.f64(this.slack[node.id], size);
    for (let b = 0; b < count; b++) {
      for (let i = 0; i < size; i++) {
        const at = b * size + i;
        lowerView[at] -= slack[i];
        upperView[at] += slack[i];
        // the difference of two infinities is no number: nothing is known
        if (Number.isNaN(lowerView[at])) lowerView[at] = -Infinity;
        if (Number.isNaN(upperView[at])) upperView[at] = Infinity;
      }
    }
  }

  /** An affine node of the input alone: its interval is exact, unless only a ball inside the box counts. */
  isExact(node: Node): boolean {
    return node.inputs.length === 1 && node.inputs[0] === 0 && !this.ball;
  }

  /** Tightens the bounds on an affine node by backward substitution, where that can matter. */
  private refine(node: Node, regions: Regions): void {
    const { kernels } = this.loaded;
    const { size } = node;
    const { count } = regions;
    const targets = this.looseNeurons(node, regions);
    const chunk = Math.max(16, Math.min(256, Math.floor(2e7 / size)));
    for (let start = 0; start < targets.length; start += chunk) {
      const some = targets.slice(start, start + chunk);
      const rows = 2 * some.length;
      const mark = kernels.mark();
      const coefficients = kernels.zeros(rows * size);
      const rowRegions = kernels.allocate(rows);
      const view = kernels.f64(coefficients, rows * size);
      const region = kernels.i32(rowRegions, rows);
      some.forEach((at, k) => {
        const b = Math.floor(at / size);
        region[2 * k] = b;
        region[2 * k + 1] = b;
        view[2 * k * size + (at - b * size)] = 1;
        view[(2 * k + 1) * size + (at - b * size)] = -1;
      });
      const { bounds, atInput } = this.lowerBounds(regions, node.id, coefficients, rows, rowRegions);
      if (regions.sensitivity) this.noteSensitivity(node, regions.sensitivity, kernels.f64(atInput, rows * this.loaded.inputSize), some);
      kernels.release(mark);
      const lower = kernels.f64(regions.lower[node.id], count * size);
      const upper = kernels.f64(regions.upper[node.id], count * size);
      some.forEach((at, k) => {
        lower[at] = this.intersecting ? Math.max(lower[at], bounds[2 * k]) : bounds[2 * k];
        upper[at] = this.intersecting ? Math.min(upper[at], -bounds[2 * k + 1]) : -bounds[2 * k + 1];
        if (lower[at] > upper[at]) {
          regions.empty[Math.floor(at / size)] = 1;
          upper[at] = lower[at];
        }
      });
    }
  }

  /** The neurons of a node whose bounds matter to a node that is not affine: places in count x size. */
  looseNeurons(node: Node, regions: Regions): number[] {
    const { kernels } = this.loaded;
    const size = regions.count * node.size;
    const lower = kernels.f64(regions.lower[node.id], size);
    const upper = kernels.f64(regions.upper[node.id], size);
    const kind = this.refined[node.id];
    const places: number[] = [];
    for (let at = 0; at < size; at++) {
      if (kind === 'no' || regions.empty[Math.floor(at / node.size)]) continue;
      if (kind === 'relu' ? lower[at] < 0 && upper[at] > 0 : lower[at] < upper[at]) places.push(at);
    }
    return places;
  }

  private noteSensitivity(node: Node, sensitivity: Map<number, Float64Array>, atInput: Float64Array, targets: readonly number[]): void {
    const n = this.loaded.inputSize;
    const table = sensitivity.get(node.id)!;
    targets.forEach((at, k) => {
      for (let j = 0; j < n; j++) table[at * n + j] = (Math.abs(atInput[2 * k * n + j]) + Math.abs(atInput[(2 * k + 1) * n + j])) / 2;
    });
  }

  private remember(regions: Regions): void {
    const { kernels, network: { nodes } } = this.loaded;
    for (const node of nodes) {
      const lower = kernels.f64(regions.lower[node.id], node.size).slice();
      const upper = kernels.f64(regions.upper[node.id], node.size).slice();
      this.limits[node.id] = { lower, upper };
      this.magnitude[node.id] = lower.map((l, i) => Math.max(Math.abs(l), Math.abs(upper[i])));
    }
  }

  private chargeRounding(): void {
    for (const node of this.loaded.network.nodes) this.chargeNode(node);
  }

  private chargeNode(node: Node): void {
    this.loaded.kernels.f64(this.slack[node.id], node.size).set(roundingSlack(node, this.magnitude, this.gamma));
  }

}

export interface BackwardOptions {
  /** Lower slopes of ReLUs, rows x size by node. */
  readonly alpha?: ReadonlyMap<number, Pointer>;
  /** Called with a node's coefficients before they are carried on: adds multipliers of constraints on the node. */
  readonly adjust?: (node: number, coefficients: Pointer, constant: Pointer, error: Pointer) => void;
  /** Keeps the coefficients of every node for `lambda`. */
  readonly keep?: boolean;
  /** Gives the linear form in the input as well. */
  readonly wantLinear?: boolean;
}

export interface Backward {
  readonly bounds: Float64Array;
  /** Coefficients of each node, rows x size, 0 where there are none; only with `keep`. */
  readonly lambda: readonly Pointer[];
  /** Coefficients at the input, rows x input size. */
  readonly atInput: Pointer;
  /** The constants of the linear forms, and what rounding can take from them. */
  readonly linear?: Float64Array;
  readonly error?: Float64Array;
}

function refinedNodes(nodes: readonly Node[]): ('no' | 'relu' | 'all')[] {
  const refined = nodes.map((): 'no' | 'relu' | 'all' => 'no');
  for (const node of nodes) {
    if (node.kind === 'affine' || node.kind === 'input') continue;
    for (const input of node.inputs) refined[input] = node.kind === 'relu' && refined[input] !== 'all' ? 'relu' : 'all';
  }
  return refined;
}
