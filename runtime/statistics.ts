import type { Tensor } from '../graph/tensor.ts';

/** Of all elements; minimum to deviation and the histogram over the finite ones, 0 where there are none. */
export interface TensorStatistics {
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** Of the population. */
  readonly deviation: number;
  readonly zeros: number;
  readonly notANumber: number;
  readonly infinite: number;
  /** Counts in equal bins from minimum to maximum. */
  readonly histogram: readonly number[];
}

/** Two passes over the elements, in doubles. */
export function statistics({ data }: Pick<Tensor, 'data'>, bins = 32): TensorStatistics {
  const count = data.length;
  let [minimum, maximum, sum, finite, zeros, notANumber, infinite] = [Infinity, -Infinity, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const value = Number(data[i]);
    if (value === 0) zeros++;
    if (Number.isNaN(value)) notANumber++;
    else if (!Number.isFinite(value)) infinite++;
    else {
      finite++;
      sum += value;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
  }
  const histogram = Array.from({ length: bins }, () => 0);
  if (finite === 0) return { count, minimum: 0, maximum: 0, mean: 0, deviation: 0, zeros, notANumber, infinite, histogram };
  const mean = sum / finite;
  const width = (maximum - minimum) / bins;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const value = Number(data[i]);
    if (!Number.isFinite(value)) continue;
    squares += (value - mean) ** 2;
    histogram[width > 0 ? Math.min(bins - 1, Math.floor((value - minimum) / width)) : 0]++;
  }
  return { count, minimum, maximum, mean, deviation: Math.sqrt(squares / finite), zeros, notANumber, infinite, histogram };
}
