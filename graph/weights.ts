import type { DataType, Tensor } from './tensor.ts';

/** A tensor that lies somewhere (in a file, in memory) and is read only when asked for. */
export interface StoredTensor {
  readonly dataType: DataType;
  readonly shape: readonly number[];
  read(): Promise<Tensor>;
}

/** Weights of a graph by the names of its parameters. */
export type Weights = ReadonlyMap<string, StoredTensor>;

/** A tensor in memory as a stored one. */
export function stored(tensor: Tensor): StoredTensor {
  return { dataType: tensor.dataType, shape: tensor.shape, read: () => Promise.resolve(tensor) };
}
