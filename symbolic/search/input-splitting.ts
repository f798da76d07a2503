import { misses } from '../bounds/ball.ts';
import type { BoundEngine } from '../bounds/engine.ts';
import type { Box, Regions, ReluLines } from '../bounds/regions.ts';
import { optimise } from '../bounds/optimise.ts';
import { violation, type Case } from '../property/property.ts';
import { roundInside } from './region.ts';
import { contract, contradict } from './contract.ts';
import type { Expansion, Item } from './item.ts';

/** Boxes thinner than this in every direction are not split again: float32 inputs hardly tell them apart. */
const LEAST_WIDTH = 1e-7;

/** Rounds of optimisation for the slopes of the last bound: few rows, so they cost little beside the neurons' bounds. */
const ROUNDS = 12;

/** With more inputs than this (most of them fixed) how each neuron depends on each of them is not kept. */
const MANY_INPUTS = 16;

/**
 * One round of branch and bound on the input box, for a batch of boxes: bounds all of them at once, closes those that
 * cannot meet their case, and cuts the others in two across the input on which the slack in their bounds depends most.
 */
export function splitInputs(engine: BoundEngine, cases: readonly Case[], items: readonly Item[], margin = 0, contracting = true): Expansion {
  const { loaded, ball } = engine;
  const { kernels, inputSize: n, outputSize, network } = loaded;
  const mark = kernels.mark();
  const boxes: Box[] = items.map((item) => ({ lower: item.lower ?? cases[item.case].lower, upper: item.upper ?? cases[item.case].upper }));
  const regions = engine.analyse(boxes, undefined, n <= MANY_INPUTS);

  const rowOf: number[] = [];
  let rows = 0;
  for (const item of items) {
    rowOf.push(rows);
    rows += cases[item.case].constraints.length;
  }
  const objective = new Float64Array(rows * outputSize);
  const enough = new Float64Array(rows);
  const rowRegions = kernels.allocate(rows);
  const regionView = kernels.i32(rowRegions, rows);
  items.forEach((item, b) => cases[item.case].constraints.forEach((constraint, k) => {
    objective.set(constraint.coefficients, (rowOf[b] + k) * outputSize);
    enough[rowOf[b] + k] = margin - constraint.constant + 2 ** -50 * Math.abs(constraint.constant);
    regionView[rowOf[b] + k] = b;
  }));
  const backward = optimise(engine, regions, network.output, objective, rows, rowRegions, { iterations: ROUNDS, enough });
  const atInput = kernels.f64(backward.atInput, rows * n);

  const children: Item[] = [];
  const closed: Item[] = [];
  const open: { item: Item; box: Box; bound: number; row: number; b: number }[] = [];
  items.forEach((item, b) => {
    let bound = -Infinity;
    let row = rowOf[b];
    cases[item.case].constraints.forEach((constraint, k) => {
      const value = backward.bounds[rowOf[b] + k] + constraint.constant - 2 ** -52 * Math.abs(constraint.constant);
      if (value > bound) [bound, row] = [value, rowOf[b] + k];
    });
    const empty = regions.empty[b] === 1 || (ball !== undefined && misses(ball, boxes[b]));
    if (bound > margin || empty) closed.push({ ...item, bound: empty ? Infinity : bound, closedBy: empty ? -1 : row - rowOf[b], multipliers: contracting ? undefined : [backward.multipliers[row]] });
    else if (!contracting) open.push({ item, box: boxes[b], bound, row, b });
    else {
      const below = cases[item.case].constraints.map((constraint, k) => ({
        slope: atInput.slice((rowOf[b] + k) * n, (rowOf[b] + k + 1) * n),
        constant: backward.linear[rowOf[b] + k] - 1.0001 * backward.error[rowOf[b] + k] + constraint.constant,
      }));
      const box = contradict(boxes[b], below) ? undefined : contract(boxes[b], below);
      if (box) open.push({ item, box, bound, row, b });
      else closed.push({ ...item, bound: 0 });
    }
  });

  // the corner where the linear bound is smallest, and the middle, are good places to look for a witness
  const points = new Float64Array(2 * open.length * n);
  open.forEach(({ item, box, row }, k) => {
    const corner = box.lower.map((l, j) => (atInput[row * n + j] > 0 ? l : box.upper[j]));
    const middle = box.lower.map((l, j) => l + (box.upper[j] - l) / 2);
    const { lower, upper } = cases[item.case];
    points.set(roundInside(corner, lower, upper), 2 * k * n);
    points.set(roundInside(middle, lower, upper), (2 * k + 1) * n);
  });
  const scores = open.map(({ box, row, b }) => splitScores(engine, regions, backward.lambda.map((pointer, id) => (pointer ? kernels.f64(pointer, rows * network.nodes[id].size) : undefined)), atInput, box, row, b));
  const outputs = open.length > 0 ? loaded.evaluate(points, 2 * open.length) : new Float64Array(0);
  const candidates: { input: Float64Array; violation: number; case: number }[] = [];
  let stuck = 0;
  open.forEach(({ item, box, bound }, k) => {
    for (let half = 0; half < 2; half++) {
      const at = 2 * k + half;
      const value = violation(cases[item.case], outputs, at * outputSize);
      if (value <= 0) candidates.push({ input: points.slice(at * n, (at + 1) * n), violation: value, case: item.case });
    }
    let axis = -1;
    let best = -1;
    for (let j = 0; j < n; j++) {
      const width = box.upper[j] - box.lower[j];
      if (width > LEAST_WIDTH * (1 + Math.abs(box.lower[j])) && scores[k][j] > best) [axis, best] = [j, scores[k][j]];
    }
    if (axis < 0) {
      stuck++;
      return;
    }
    const middle = box.lower[axis] + (box.upper[axis] - box.lower[axis]) / 2;
    for (const side of ['lower', 'upper'] as const) {
      const child = { case: item.case, lower: box.lower.slice(), upper: box.upper.slice(), bound, depth: item.depth + 1, path: [...item.path, side === 'upper' ? 2 * axis + 1 : 2 * axis] };
      if (side === 'lower') child.upper[axis] = middle;
      else child.lower[axis] = middle;
      children.push(child);
    }
  });
  kernels.release(mark);
  return { children, closed, candidates, stuck };
}

/**
 * How much cutting each input would tighten: every ReLU's relaxation loses its intercept times its coefficient; an input
 * is blamed for it by its share in the width of the ReLU's input. The linear form's own slope counts for less, as the
 * worse half keeps its minimum.
 */
function splitScores(engine: BoundEngine, regions: Regions, lambda: readonly (Float64Array | undefined)[], atInput: Float64Array, box: Box, row: number, b: number): Float64Array {
  const { loaded } = engine;
  const { kernels, inputSize: n, network: { nodes } } = loaded;
  const blame = new Float64Array(n);
  for (const node of nodes) {
    if (node.kind !== 'relu') continue;
    const coefficients = lambda[node.id];
    const table = regions.sensitivity?.get(node.inputs[0]);
    if (!coefficients || !table) continue;
    const lines = regions.lines[node.id] as ReluLines;
    const intercepts = kernels.f64(lines.intercept, regions.count * node.size);
    const lower = kernels.f64(regions.lower[node.inputs[0]], regions.count * node.size);
    const upper = kernels.f64(regions.upper[node.inputs[0]], regions.count * node.size);
    for (let i = 0; i < node.size; i++) {
      const at = b * node.size + i;
      if (intercepts[at] === 0) continue;
      const v = coefficients[row * node.size + i];
      // a positive coefficient loses with the lower line: at most min(u, -l)
      const loss = v < 0 ? -v * intercepts[at] : v * Math.min(upper[at], -lower[at]) * 0.5;
      const share = loss / (upper[at] - lower[at]);
      if (share > 0) for (let j = 0; j < n; j++) blame[j] += share * table[at * n + j];
    }
  }
  const scores = new Float64Array(n);
  // without sensitivities all is in the linear form's slope
  for (let j = 0; j < n; j++) scores[j] = (box.upper[j] - box.lower[j]) * (blame[j] + 0.1 * Math.abs(atInput[row * n + j]));
  return scores;
}
