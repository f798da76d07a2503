import type { LayerGraph, Operator } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';

/** The first operator of a run that made a NaN or an infinity out of finite numbers. */
export interface NotFinite {
  readonly operator: Operator;
  readonly value: number;
  readonly notANumber: number;
  readonly infinite: number;
}

/** Looks through the tensors of a run that kept them all; undefined where all are finite. */
export function firstNotFinite(graph: LayerGraph, tensors: ReadonlyMap<number, Tensor>): NotFinite | undefined {
  for (const operator of graph.operators) {
    for (const value of operator.outputs) {
      const data = tensors.get(value)?.data;
      if (!(data instanceof Float32Array) && !(data instanceof Float64Array)) continue;
      let [notANumber, infinite] = [0, 0];
      for (let i = 0; i < data.length; i++) {
        if (Number.isNaN(data[i])) notANumber++;
        else if (!Number.isFinite(data[i])) infinite++;
      }
      if (notANumber + infinite > 0) return { operator, value, notANumber, infinite };
    }
  }
  return undefined;
}
