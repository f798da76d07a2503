/**
 * What a query asks: is there an input in one of some boxes at which a condition on the outputs holds?
 * Boxes and conditions are in disjunctive form: some case holds, and in it all constraints.
 */
export interface Property {
  readonly cases: readonly Case[];
}

export interface Case {
  /** The box of inputs, by element of the input node. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** All must hold: <coefficients, output> + constant <= 0. */
  readonly constraints: readonly LinearConstraint[];
}

export interface LinearConstraint {
  /** By element of the output. */
  readonly coefficients: Float64Array;
  readonly constant: number;
  /** Below 0, not at it. */
  readonly strict?: boolean;
}

/** The value of a constraint at given outputs: it holds where this is at most 0. A strict one at 0 is missed, by next to nothing. */
export function constraintValue(constraint: LinearConstraint, outputs: ArrayLike<number>, offset = 0): number {
  let sum = constraint.constant;
  for (let i = 0; i < constraint.coefficients.length; i++) if (constraint.coefficients[i] !== 0) sum += constraint.coefficients[i] * outputs[offset + i];
  return constraint.strict && sum === 0 ? Number.MIN_VALUE : sum;
}

/** How far the outputs are from satisfying all constraints: at most 0 where they do. */
export function violation(one: Case, outputs: ArrayLike<number>, offset = 0): number {
  let worst = -Infinity;
  for (const constraint of one.constraints) worst = Math.max(worst, constraintValue(constraint, outputs, offset));
  return worst;
}

/** Cases that ask whether any output can be at least as large as `label`'s (or only `target`'s can). */
export function misclassification(lower: Float64Array, upper: Float64Array, outputs: number, label: number, target?: number): Property {
  const cases: Case[] = [];
  for (let other = 0; other < outputs; other++) {
    if (other === label || (target !== undefined && other !== target)) continue;
    const coefficients = new Float64Array(outputs);
    coefficients[label] = 1;
    coefficients[other] = -1;
    cases.push({ lower, upper, constraints: [{ coefficients, constant: 0 }] });
  }
  return { cases };
}

/**
 * The same question about every way to choose `count` pixels that may change, the others held at `center`: undefined
 * where there would be more than `most` cases.
 * @param pixels the elements of each pixel
 */
export function changingFew(property: Property, center: Float64Array, count: number, most: number, pixels: readonly (readonly number[])[]): Property | undefined {
  const free = pixels.filter((elements) => elements.some((i) => property.cases.some((one) => one.lower[i] < one.upper[i])));
  const chosen = Math.min(count, free.length);
  let subsets = 1;
  for (let k = 0; k < chosen; k++) subsets = (subsets * (free.length - k)) / (k + 1);
  if (subsets * property.cases.length > most) return undefined;
  const cases: Case[] = [];
  const visit = (from: number, subset: readonly (readonly number[])[]) => {
    if (subset.length < chosen) {
      for (let k = from; k < free.length; k++) visit(k + 1, [...subset, free[k]]);
      return;
    }
    const boxes = new Map<Float64Array, { lower: Float64Array; upper: Float64Array }>();
    for (const one of property.cases) {
      let box = boxes.get(one.lower);
      if (!box) {
        box = { lower: center.slice(), upper: center.slice() };
        for (const i of subset.flat()) [box.lower[i], box.upper[i]] = [one.lower[i], one.upper[i]];
        boxes.set(one.lower, box);
      }
      cases.push({ ...box, constraints: one.constraints });
    }
  };
  visit(0, []);
  return { cases };
}
