import { inTurns, type Steps } from '../network/steps.ts';
import type { ActivationRegion } from './activation-region.ts';

/**
 * How fast every element of every node changes in a region where the input moves along a direction: one pass forward.
 * @returns by node id; undefined for nodes behind functions that are not piecewise linear
 */
export function speedsAlong(region: ActivationRegion, direction: Float64Array, signal?: AbortSignal): Promise<(Float64Array | undefined)[]> {
  return inTurns(carriedForward(region, direction, (coefficient) => coefficient), signal);
}

/**
 * Upper bounds on how much every element of every node changes in a region where each input element moves by at most its deviation:
 * one pass forward with all coefficients' magnitudes. With deviations of 1 these are bounds on the sizes of the linear forms.
 */
export function changesWithin(region: ActivationRegion, deviation: Float64Array, signal?: AbortSignal): Promise<(Float64Array | undefined)[]> {
  return inTurns(carriedForward(region, deviation, Math.abs), signal);
}

/** Rows of a matrix that are done in one step. */
const ROWS = 256;

function* carriedForward({ network: { nodes }, values }: ActivationRegion, start: Float64Array, taken: (coefficient: number) => number): Steps<(Float64Array | undefined)[]> {
  const changes: (Float64Array | undefined)[] = [];
  for (const node of nodes) {
    const before = node.inputs.map((input) => changes[input]);
    if (node.kind === 'input') changes.push(start);
    else if (node.kind === 'relu') changes.push(before[0]?.map((change, i) => (values[node.inputs[0]][i] > 0 ? change : 0)));
    else if (node.kind !== 'affine' || before.includes(undefined)) changes.push(undefined);
    else {
      const made = new Float64Array(node.size);
      for (const [k, matrix] of node.matrices.entries()) {
        const source = before[k]!;
        for (let row = 0; row < matrix.rows; row++) {
          if (row % ROWS === ROWS - 1) yield;
          let sum = 0;
          if (matrix.kind === 'sparse') for (let e = matrix.starts[row]; e < matrix.starts[row + 1]; e++) sum += taken(matrix.values[e]) * source[matrix.indices[e]];
          else for (let j = 0, e = row * matrix.columns; j < matrix.columns; j++, e++) sum += taken(matrix.values[e]) * source[j];
          made[row] += sum;
        }
      }
      changes.push(made);
    }
  }
  return changes;
}
