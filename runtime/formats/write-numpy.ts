import { bytesOfTensor } from '../../graph/elements.ts';
import type { DataType, Tensor } from '../../graph/tensor.ts';

const descriptions: Readonly<Partial<Record<DataType, string>>> = {
  float32: '<f4', float64: '<f8', float16: '<f2', bfloat16: '<f4', int8: '|i1', int16: '<i2', int32: '<i4', int64: '<i8',
  uint8: '|u1', uint16: '<u2', uint32: '<u4', uint64: '<u8', bool: '|b1', complex64: '<c8', complex128: '<c16',
};

/** A tensor as a .npy file, version 1.0 (NumPy's format specification). NumPy has no bfloat16: it becomes float32. */
export function encodeNpy(tensor: Tensor): Uint8Array {
  const description = descriptions[tensor.dataType];
  if (description === undefined) throw new RangeError('text tensors cannot be written as .npy');
  const { shape } = tensor;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${description}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // magic, version and length take 10 bytes; the elements begin at a multiple of 64
  const padded = header.padEnd(Math.ceil((10 + header.length + 1) / 64) * 64 - 11) + '\n';
  const elements = bytesOfTensor(tensor.dataType === 'bfloat16' ? { ...tensor, dataType: 'float32' } : tensor);
  const file = new Uint8Array(10 + padded.length + elements.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length & 0xff, padded.length >> 8]);
  file.set(new TextEncoder().encode(padded), 10);
  file.set(elements, 10 + padded.length);
  return file;
}
