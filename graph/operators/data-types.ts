import type { AttributeValue } from '../graph.ts';
import type { DataType } from '../tensor.ts';

/** ONNX's TensorProto.DataType numbers, as the attributes `to` and `dtype` carry them. */
export const onnxDataTypes: ReadonlyMap<number, DataType> = new Map([
  [1, 'float32'], [2, 'uint8'], [3, 'int8'], [4, 'uint16'], [5, 'int16'], [6, 'int32'], [7, 'int64'], [8, 'string'], [9, 'bool'],
  [10, 'float16'], [11, 'float64'], [12, 'uint32'], [13, 'uint64'], [14, 'complex64'], [15, 'complex128'], [16, 'bfloat16'],
]);

const numbersOfTypes: ReadonlyMap<string, number> = new Map([...onnxDataTypes].map(([number, type]) => [type, number]));

/** The data type that a `to` or `dtype` attribute names: ONNX's number, or our own name for it. */
export function dataTypeOfAttribute(value: AttributeValue | undefined): DataType | undefined {
  if (typeof value === 'number') return onnxDataTypes.get(value);
  if (typeof value === 'string' && numbersOfTypes.has(value)) return value as DataType;
  return undefined;
}

/** ONNX's number of a data type. */
export function onnxNumberOf(type: DataType): number {
  return numbersOfTypes.get(type)!;
}

export function isFloating(type: DataType): boolean {
  return type === 'float32' || type === 'float64' || type === 'float16' || type === 'bfloat16';
}

export function isComplex(type: DataType): boolean {
  return type === 'complex64' || type === 'complex128';
}

export function isInteger(type: DataType): boolean {
  return !isFloating(type) && !isComplex(type) && type !== 'bool' && type !== 'string';
}

const signedWidths: readonly DataType[] = ['int8', 'int16', 'int32', 'int64'];
const unsignedWidths: readonly DataType[] = ['uint8', 'uint16', 'uint32', 'uint64'];

/**
 * The smallest type that both convert to, category by category (bool, integer, floating, complex) as PyTorch does it.
 * ONNX itself allows no mixture; frameworks cast before they call, so this only keeps an answer for those that do not.
 */
export function promote(left: DataType, right: DataType): DataType {
  if (left === right) return left;
  if (left === 'string' || right === 'string') return 'string';
  const [high, low] = category(left) >= category(right) ? [left, right] : [right, left];
  if (category(high) > category(low)) {
    return high === 'complex64' && low === 'float64' ? 'complex128' : high;
  }
  switch (category(high)) {
    case 1: return promoteIntegers(high, low);
    case 2: return high === 'float64' || low === 'float64' ? 'float64' : 'float32';
    default: return 'complex128';
  }
}

function category(type: DataType): number {
  return type === 'bool' ? 0 : isInteger(type) ? 1 : isFloating(type) ? 2 : 3;
}

function promoteIntegers(left: DataType, right: DataType): DataType {
  const signed = (type: DataType): boolean => signedWidths.includes(type);
  const width = (type: DataType): number => (signed(type) ? signedWidths : unsignedWidths).indexOf(type);
  if (signed(left) === signed(right)) return width(left) >= width(right) ? left : right;
  const [s, u] = signed(left) ? [left, right] : [right, left];
  return width(s) > width(u) ? s : signedWidths[Math.min(width(u) + 1, 3)];
}

/** A number as the type holds it: integers wrap around, float32 rounds. */
export function convert(value: number, type: DataType): number {
  switch (type) {
    case 'float32': return Math.fround(value);
    case 'int8': return (Math.trunc(value) << 24) >> 24;
    case 'int16': return (Math.trunc(value) << 16) >> 16;
    case 'int32': return Math.trunc(value) | 0;
    case 'uint8': return Math.trunc(value) & 0xff;
    case 'uint16': return Math.trunc(value) & 0xffff;
    case 'uint32': return Math.trunc(value) >>> 0;
    case 'int64': case 'uint64': return Math.trunc(value);
    default: return value;
  }
}
