import type { Dimension } from './dimension.ts';

/** Element types by their NumPy names; `string` for text tensors. */
export type DataType =
  | 'float32' | 'float64' | 'float16' | 'bfloat16'
  | 'int8' | 'int16' | 'int32' | 'int64' | 'uint8' | 'uint16' | 'uint32' | 'uint64'
  | 'bool' | 'complex64' | 'complex128' | 'string';

/** What is known of a tensor before it is computed. */
export interface TensorType {
  /** Undefined where it could not be determined. */
  readonly dataType: DataType | undefined;
  /** Undefined where not even the rank could be determined. */
  readonly shape: readonly Dimension[] | undefined;
}

/** Elements of a small tensor that is known at analysis, row-major; dimensions where they depend on symbols. */
export interface ConstantTensor {
  readonly dataType: DataType;
  readonly shape: readonly number[];
  readonly data: readonly (Dimension | boolean | string)[];
}

/** A tensor with its elements, row-major. 64-bit integers are BigInt64Array; float16 and bfloat16 are held as float32. */
export interface Tensor {
  readonly dataType: DataType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export type TensorData =
  | Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | BigInt64Array
  | Uint8Array | Uint16Array | Uint32Array | BigUint64Array | string[];
