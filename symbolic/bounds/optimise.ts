import type { Pointer } from '../kernels/kernels.ts';
import type { ReluNode } from '../network/network.ts';
import type { BoundEngine } from './engine.ts';
import type { FunctionLines, ProductLines, Regions, ReluLines } from './regions.ts';
import type { Split } from './split.ts';

/** Slopes and multipliers of a row: what makes its bound. Plain data, to start the next rows from. */
export interface Multipliers {
  /** Lower slopes of all ReLUs, one node behind the other. */
  readonly alpha: Float32Array;
  /** One multiplier for each split, in the splits' order. */
  readonly beta: readonly number[];
}

export interface OptimiseOptions {
  readonly iterations: number;
  /** The splits that hold in each row's region. */
  readonly splits?: readonly (readonly Split[])[];
  readonly start?: readonly (Multipliers | undefined)[];
  /** A row is done once its bound is above this. */
  readonly enough?: Float64Array;
  readonly stop?: () => boolean;
  /** The values of the relaxed network are not asked for. */
  readonly boundsOnly?: boolean;
}

export interface Optimised {
  readonly bounds: Float64Array;
  readonly multipliers: readonly Multipliers[];
  /** Relaxed values (rows x size) and coefficients of the last round, by node. */
  readonly values: readonly Pointer[];
  readonly lambda: readonly Pointer[];
  readonly atInput: Pointer;
  /** The last round's linear forms below the objective: their constants, and what rounding can take from them. */
  readonly linear: Float64Array;
  readonly error: Float64Array;
}

/**
 * Lower bounds with the ReLUs' lower slopes (alpha) and the splits' Lagrange multipliers (beta) chosen by gradient ascent,
 * each row for itself; any choice is sound, the best of all rounds counts.
 *
 * The gradient costs one forward pass: a bound is linear in the coefficients of each node, and its derivative by the
 * coefficient of x_i is the value of x_i in the relaxed network at the bound's own worst input.
 *
 * The caller releases the kernels' memory.
 */
export function optimise(engine: BoundEngine, regions: Regions, node: number, objective: Float64Array, rows: number, rowRegions: Pointer, options: OptimiseOptions): Optimised {
  const { loaded } = engine;
  const { kernels, network: { nodes } } = loaded;
  const relus = nodes.filter((each): each is ReluNode => each.kind === 'relu' && each.id < node);
  const alpha = new Map<number, Pointer>();
  const first = new Map<number, Pointer>();
  const second = new Map<number, Pointer>();
  const regionOf = kernels.i32(rowRegions, rows).slice();
  let offset = 0;
  const offsets = new Map<number, number>();
  for (const relu of relus) {
    const lines = regions.lines[relu.id] as ReluLines;
    const slopes = kernels.allocate(rows * relu.size);
    alpha.set(relu.id, slopes);
    first.set(relu.id, kernels.zeros(rows * relu.size));
    second.set(relu.id, kernels.zeros(rows * relu.size));
    const view = kernels.f64(slopes, rows * relu.size);
    const low = kernels.f64(lines.low, regions.count * relu.size);
    for (let r = 0; r < rows; r++) {
      const given = options.start?.[r];
      if (given) view.set(given.alpha.subarray(offset, offset + relu.size), r * relu.size);
      else view.set(low.subarray(regionOf[r] * relu.size, (regionOf[r] + 1) * relu.size), r * relu.size);
    }
    kernels.run.alphaFix(rows, relu.size, rowRegions, lines.slope, lines.intercept, slopes);
    offsets.set(relu.id, offset);
    offset += relu.size;
  }
  const alphaCount = offset;
  const beta = Array.from({ length: rows }, (_, r) => (options.splits?.[r] ?? []).map((_, k) => options.start?.[r]?.beta[k] ?? 0));
  const betaFirst = beta.map((row) => row.map(() => 0));
  const betaSecond = beta.map((row) => row.map(() => 0));
  const splitNodes = new Set((options.splits ?? []).flatMap((row) => row.map((split) => split.node)));

  const best = new Float64Array(rows).fill(-Infinity);
  const bestAlpha = Array.from({ length: rows }, () => new Float32Array(alphaCount));
  const bestBeta: number[][] = beta.map((row) => [...row]);
  let last: Pick<Optimised, 'values' | 'lambda' | 'atInput' | 'linear' | 'error'>;
  const mark = kernels.mark();
  for (let round = 0; ; round++) {
    kernels.release(mark);
    const coefficients = kernels.store(objective);
    const backward = engine.lowerBounds(regions, node, coefficients, rows, rowRegions, {
      alpha, keep: true, wantLinear: true,
      adjust: splitNodes.size === 0 ? undefined : (id, pointer, constant, error) => {
        if (!splitNodes.has(id)) return;
        const { size } = nodes[id];
        const view = kernels.f64(pointer, rows * size);
        const c = kernels.f64(constant, rows);
        const e = kernels.f64(error, rows);
        for (let r = 0; r < rows; r++) {
          options.splits![r].forEach((split, k) => {
            if (split.node !== id || beta[r][k] === 0) return;
            // -side beta (x - point) is at most 0 where the split holds
            const at = r * size + split.index;
            if (split.point !== 0) {
              c[r] += split.side * beta[r][k] * split.point;
              e[r] += 1e-14 * (Math.abs(view[at]) + beta[r][k]) * Math.abs(split.point);
            }
            view[at] -= split.side * beta[r][k];
          });
        }
      },
    });
    let unfinished = 0;
    for (let r = 0; r < rows; r++) {
      if (backward.bounds[r] > best[r]) {
        best[r] = backward.bounds[r];
        for (const relu of relus) bestAlpha[r].set(kernels.f64(alpha.get(relu.id)! + r * relu.size * 8, relu.size), offsets.get(relu.id)!);
        bestBeta[r] = [...beta[r]];
      }
      if (!(best[r] > (options.enough?.[r] ?? Infinity))) unfinished++;
    }
    const ending = round >= options.iterations || unfinished === 0 || options.stop?.() === true;
    const values = ending && options.boundsOnly ? [] : relaxedValues(engine, regions, node, rows, rowRegions, alpha, backward.lambda, backward.atInput);
    last = { values, lambda: backward.lambda, atInput: backward.atInput, linear: backward.linear!, error: backward.error! };
    if (ending) break;
    const rate = 0.25 * 0.96 ** round;
    const correction1 = 1 / (1 - 0.9 ** (round + 1));
    const correction2 = 1 / (1 - 0.999 ** (round + 1));
    for (const relu of relus) {
      if (!backward.lambda[relu.id]) continue;
      const lines = regions.lines[relu.id] as ReluLines;
      kernels.run.alphaStep(rows, relu.size, backward.lambda[relu.id], values[relu.inputs[0]], rowRegions, lines.slope, lines.intercept, alpha.get(relu.id)!, first.get(relu.id)!, second.get(relu.id)!, rate, correction1, correction2);
    }
    for (let r = 0; r < rows; r++) {
      (options.splits?.[r] ?? []).forEach((split, k) => {
        const { size } = nodes[split.node];
        if (!values[split.node]) return;
        const gradient = -split.side * (kernels.f64(values[split.node], rows * size)[r * size + split.index] - split.point);
        betaFirst[r][k] = 0.9 * betaFirst[r][k] + 0.1 * gradient;
        betaSecond[r][k] = 0.999 * betaSecond[r][k] + 0.001 * gradient * gradient;
        beta[r][k] = Math.max(0, beta[r][k] + (0.4 * rate * betaFirst[r][k] * correction1) / (Math.sqrt(betaSecond[r][k] * correction2) + 1e-8));
      });
    }
  }
  return { bounds: best, multipliers: bestAlpha.map((slopes, r) => ({ alpha: slopes, beta: bestBeta[r] })), ...last };
}

/** The values of the relaxed network at each row's worst input, by node; nodes that the row's bound does not use are left out. */
function relaxedValues(engine: BoundEngine, regions: Regions, start: number, rows: number, rowRegions: Pointer, alpha: ReadonlyMap<number, Pointer>, lambda: readonly Pointer[], atInput: Pointer): Pointer[] {
  const { loaded } = engine;
  const { kernels, network: { nodes } } = loaded;
  const values = new Array<Pointer>(start).fill(0);
  values[0] = engine.worstInputs(regions, rows, rowRegions, atInput);
  for (let id = 1; id < start; id++) {
    const node = nodes[id];
    if (!lambda[id]) continue;
    if (node.kind === 'affine') {
      values[id] = loaded.repeatedBias(id, rows);
      node.inputs.forEach((input, k) => {
        // an input without coefficients is multiplied by nothing but zeros
        if (values[input]) loaded.forwardMatrix(loaded.matrices[id][k], values[input], values[id], rows);
      });
      continue;
    }
    values[id] = kernels.allocate(rows * node.size);
    if (node.kind === 'input') continue;
    if (node.kind === 'relu') {
      const lines = regions.lines[id] as ReluLines;
      kernels.run.reluRelaxed(rows, node.size, lambda[id], values[node.inputs[0]], rowRegions, lines.slope, lines.intercept, lines.low, alpha.get(id) ?? 0, values[id]);
      continue;
    }
    const region = kernels.i32(rowRegions, rows);
    const out = kernels.f64(values[id], rows * node.size);
    const coefficients = kernels.f64(lambda[id], rows * node.size);
    const inputs = (node.inputs as readonly number[]).map((input) => kernels.f64(values[input], rows * node.size));
    for (let r = 0; r < rows; r++) {
      for (let i = 0; i < node.size; i++) {
        const place = r * node.size + i;
        const at = region[r] * node.size + i;
        if (node.kind === 'function') {
          const lines = regions.lines[id] as FunctionLines;
          out[place] = coefficients[place] > 0 ? lines.lowSlope[at] * inputs[0][place] + lines.lowIntercept[at] : lines.upSlope[at] * inputs[0][place] + lines.upIntercept[at];
        } else {
          const lines = regions.lines[id] as ProductLines;
          const plane = coefficients[place] > 0 ? lines.low : lines.up;
          out[place] = plane.left[at] * inputs[0][place] + plane.right[at] * inputs[1][place] + plane.constant[at];
        }
      }
    }
  }
  return values;
}
