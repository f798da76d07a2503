import type { DataType, Tensor, TensorData } from './tensor.ts';

/**
 * Elements of tensors as bytes: what files hold (little-endian, row-major) and what memory holds.
 * float16 and bfloat16 are widened to float32 in memory; complex numbers are pairs; bool is one byte.
 */

const bytesPerElement: Readonly<Record<Exclude<DataType, 'string'>, number>> = {
  float32: 4, float64: 8, float16: 2, bfloat16: 2,
  int8: 1, int16: 2, int32: 4, int64: 8, uint8: 1, uint16: 2, uint32: 4, uint64: 8,
  bool: 1, complex64: 8, complex128: 16,
};

/** Bytes that one element takes in a file. Text has no fixed size. */
export function elementSize(dataType: DataType): number {
  if (dataType === 'string') throw new Error('Elements of a text tensor have no fixed size');
  return bytesPerElement[dataType];
}

/** The number of elements of a concrete shape. */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) count *= size;
  return count;
}

/** An array of zeros (empty strings) of the kind that holds elements of this type in memory. */
export function emptyData(dataType: DataType, count: number): TensorData {
  switch (dataType) {
    case 'float32': case 'float16': case 'bfloat16': return new Float32Array(count);
    case 'float64': return new Float64Array(count);
    case 'complex64': return new Float32Array(2 * count);
    case 'complex128': return new Float64Array(2 * count);
    case 'int8': return new Int8Array(count);
    case 'int16': return new Int16Array(count);
    case 'int32': return new Int32Array(count);
    case 'int64': return new BigInt64Array(count);
    case 'uint8': case 'bool': return new Uint8Array(count);
    case 'uint16': return new Uint16Array(count);
    case 'uint32': return new Uint32Array(count);
    case 'uint64': return new BigUint64Array(count);
    case 'string': return new Array<string>(count).fill('');
  }
}

/** A tensor from numbers (or booleans), rounded as the element type rounds. 64-bit integers saturate. */
export function tensorOf(dataType: DataType, shape: readonly number[], numbers: ArrayLike<number | bigint | boolean>): Tensor {
  const data = emptyData(dataType, numbers.length);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    const [least, most] = data instanceof BigInt64Array ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
    for (let i = 0; i < numbers.length; i++) {
      const element = numbers[i];
      const whole = typeof element === 'number' ? BigInt(Math.trunc(element)) : BigInt(element);
      data[i] = whole < least ? least : whole > most ? most : whole;
    }
  } else if (Array.isArray(data)) {
    throw new TypeError('A text tensor cannot be made from numbers');
  } else {
    for (let i = 0; i < numbers.length; i++) data[i] = Number(numbers[i]);
  }
  return { dataType, shape, data };
}

/** A tensor from little-endian bytes; copies, so the bytes need not be aligned nor kept. */
export function tensorFromBytes(dataType: DataType, shape: readonly number[], bytes: Uint8Array): Tensor {
  const count = elementCount(shape);
  const needed = count * elementSize(dataType);
  if (bytes.byteLength !== needed) throw new RangeError(`A tensor of ${count} elements of ${dataType} takes ${needed} bytes, not ${bytes.byteLength}`);
  if (dataType === 'float16' || dataType === 'bfloat16') return { dataType, shape, data: widen(dataType, bytes, count) };
  const data = emptyData(dataType, count);
  // every platform that Node runs VS Code on is little-endian
  if (!Array.isArray(data)) new Uint8Array(data.buffer).set(bytes);
  return { dataType, shape, data };
}

/** The elements as little-endian bytes, as files hold them. */
export function bytesOfTensor(tensor: Tensor): Uint8Array {
  const { data, dataType } = tensor;
  if (Array.isArray(data)) throw new TypeError('A text tensor has no bytes of fixed size');
  if (dataType === 'float16' || dataType === 'bfloat16') {
    const bits = new Uint16Array(data.length);
    const narrow = dataType === 'float16' ? float16Bits : bfloat16Bits;
    for (let i = 0; i < data.length; i++) bits[i] = narrow(Number(data[i]));
    return new Uint8Array(bits.buffer);
  }
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function widen(dataType: 'float16' | 'bfloat16', bytes: Uint8Array, count: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = new Float32Array(count);
  if (dataType === 'bfloat16') {
    const bits = new Uint32Array(data.buffer);
    for (let i = 0; i < count; i++) bits[i] = view.getUint16(2 * i, true) << 16;
  } else {
    for (let i = 0; i < count; i++) data[i] = float16Value(view.getUint16(2 * i, true));
  }
  return data;
}

/** The value of an IEEE 754 half. */
export function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The nearest IEEE 754 half, ties to even. */
export function float16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | roundToEven(magnitude * 2 ** 24);
  const exponent = Math.floor(Math.log2(magnitude));
  const scale = magnitude < 2 ** exponent ? exponent - 1 : magnitude >= 2 ** (exponent + 1) ? exponent + 1 : exponent;
  // a fraction that rounds up to 1024 carries into the exponent by the addition
  return sign | (((scale + 15) << 10) + roundToEven((magnitude / 2 ** scale - 1) * 1024));
}

function bfloat16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  const bits = new Uint32Array(new Float32Array([value]).buffer)[0];
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
