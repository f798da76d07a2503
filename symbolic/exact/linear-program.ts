import type { Highs, Model } from 'highs';

let loading: Promise<Highs> | undefined;

/** The best point of a linear program, or that there is none. */
export type LinearAnswer = { readonly status: 'optimal'; readonly x: Float64Array; readonly objective: number } | { readonly status: 'infeasible' | 'unbounded' | 'unknown' };

/** How far past its constraints a point of the solver may be. */
export const FEASIBILITY_TOLERANCE = 1e-9;

/**
 * A linear program over a box, solved by HiGHS in float64, whose rows can be relaxed and changed between solutions; each
 * starts from the last one's basis. Its answers hold up to `FEASIBILITY_TOLERANCE`. It must be closed.
 */
export class LinearProgram {
  private readonly model: Model;
  private readonly infinity: number;
  private rows = 0;

  private constructor(highs: Highs, lower: Float64Array, upper: Float64Array) {
    this.infinity = highs.infinity;
    this.model = highs.createModel();
    this.model.options.set({ output_flag: false, primal_feasibility_tolerance: FEASIBILITY_TOLERANCE });
    this.model.addVars(lower.map((x) => this.bounded(x)), upper.map((x) => this.bounded(x)));
  }

  /** A program without rows over a box; infinite bounds are none. */
  static async open(lower: Float64Array, upper: Float64Array): Promise<LinearProgram> {
    // loaded with the first program: the solver is 4 MB of WebAssembly
    loading ??= import('highs').then(({ default: load }) => load());
    return new LinearProgram(await loading, lower, upper);
  }

  /** Adds lower <= coefficients . x <= upper. @returns the row's number */
  addRow(coefficients: Float64Array, lower: number, upper: number): number {
    const indices: number[] = [];
    const values: number[] = [];
    coefficients.forEach((value, index) => {
      if (value === 0) return;
      indices.push(index);
      values.push(value);
    });
    this.model.addRow(this.bounded(lower), this.bounded(upper), { indices, values });
    return this.rows++;
  }

  boundRow(row: number, lower: number, upper: number): void {
    this.model.changeRowBounds(row, this.bounded(lower), this.bounded(upper));
  }

  /** Forgets all rows but the first `count`. */
  keepRows(count: number): void {
    if (count < this.rows) this.model.deleteRows({ kind: 'range', from: count, to: this.rows - 1 });
    this.rows = count;
  }

  /** The point of the box, within the rows, at which `cost . x` is least. */
  minimise(cost: Float64Array): LinearAnswer {
    this.model.changeColsCost({ kind: 'range', from: 0, to: cost.length - 1 }, cost);
    this.model.run();
    const status = this.model.getModelStatus();
    // HiGHS's model status codes
    if (status === 7) return { status: 'optimal', x: Float64Array.from(this.model.getSolution().colValue), objective: this.model.getObjectiveValue() };
    return { status: status === 8 ? 'infeasible' : status === 10 ? 'unbounded' : 'unknown' };
  }

  close(): void {
    this.model.dispose();
  }

  private bounded(x: number): number {
    return x === Infinity ? this.infinity : x === -Infinity ? -this.infinity : x;
  }
}
