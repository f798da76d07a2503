import type { ByteSource } from '../../graph/onnx/wire.ts';
import { elementCount, elementSize, emptyData, tensorFromBytes } from '../../graph/elements.ts';
import type { DataType, Tensor } from '../../graph/tensor.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import { CheckpointError, readExactly } from './file.ts';
import { readZip } from './zip.ts';

const dataTypes: Readonly<Record<string, DataType>> = {
  f2: 'float16', f4: 'float32', f8: 'float64', i1: 'int8', i2: 'int16', i4: 'int32', i8: 'int64', u1: 'uint8', u2: 'uint16', u4: 'uint32', u8: 'uint64',
  b1: 'bool', c8: 'complex64', c16: 'complex128', '?': 'bool',
};

export interface NumpyType {
  readonly dataType: DataType;
  readonly bigEndian: boolean;
}

/** NumPy's name of an element type: `<f4`, `|u1`; undefined for objects, records and text. */
export function numpyType(description: string): NumpyType | undefined {
  const match = /^([<>|=])?([a-z]\d*|\?)$/.exec(description);
  const dataType = match && dataTypes[match[2]];
  return dataType ? { dataType, bigEndian: match[1] === '>' } : undefined;
}

/** A tensor from the bytes of a NumPy array: either byte order, rows or columns first. */
export function numpyTensor({ dataType, bigEndian }: NumpyType, shape: readonly number[], bytes: Uint8Array, fortran: boolean): Tensor {
  const tensor = tensorFromBytes(dataType, shape, bigEndian ? swapped(bytes, elementSize(dataType) / (dataType.startsWith('complex') ? 2 : 1)) : bytes);
  return fortran && shape.length > 1 ? rowsFirst(tensor) : tensor;
}

/** One array of a .npy file. */
export function readNpy(source: ByteSource): StoredTensor {
  const prelude = readExactly(source, 0, 12, 'the header');
  if (String.fromCharCode(...prelude.subarray(1, 6)) !== 'NUMPY' || prelude[0] !== 0x93) throw new CheckpointError(`${source.name} is not a .npy file`);
  const view = new DataView(prelude.buffer, prelude.byteOffset, prelude.byteLength);
  const [length, start] = prelude[6] === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12];
  if (length > 1 << 20) throw new CheckpointError(`${source.name}: its header would take ${length} bytes`);
  const header = new TextDecoder('latin1').decode(readExactly(source, start, length, 'the header'));
  const description = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const shapeText = /'shape'\s*:\s*\(([^)]*)\)/.exec(header)?.[1];
  if (shapeText === undefined) throw new CheckpointError(`${source.name}: its header does not state a shape`);
  const shape = shapeText.split(',').map((size) => size.trim().replace(/L$/, '')).filter((size) => size !== '').map(Number);
  if (shape.some((size) => !Number.isSafeInteger(size) || size < 0)) throw new CheckpointError(`${source.name}: the shape (${shapeText}) is impossible`);
  const type = description === undefined ? undefined : numpyType(description);
  if (!type) throw new CheckpointError(`${source.name} holds ${description?.includes('O') ? 'Python objects' : description ?? 'records'}, not numbers`);
  const needed = elementCount(shape) * elementSize(type.dataType);
  if (start + length + needed > source.size) {
    throw new CheckpointError(`${source.name} is truncated: an array of shape (${shape.join(', ')}) needs ${needed} bytes, but ${source.size - start - length} follow the header`);
  }
  const fortran = /'fortran_order'\s*:\s*True/.test(header);
  const read = async () => numpyTensor(type, shape, readExactly(source, start + length, needed, 'the array'), fortran);
  return { dataType: type.dataType, shape, read };
}

/** The arrays of a .npz file by their names. */
export function readNpz(source: ByteSource): { entries: Map<string, StoredTensor>; remarks: string[] } {
  const entries = new Map<string, StoredTensor>();
  const remarks: string[] = [];
  for (const [name, entry] of readZip(source)) {
    if (!name.endsWith('.npy')) continue;
    const key = name.slice(0, -4);
    try {
      entries.set(key, readNpy(entry.open()));
    } catch (error) {
      if (!(error instanceof CheckpointError) || !/Python objects|not numbers/.test(error.message)) throw error;
      remarks.push(`'${key}' is left out: it holds no numbers`);
    }
  }
  return { entries, remarks };
}

function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += size) for (let i = 0; i < size; i++) result[at + i] = bytes[at + size - 1 - i];
  return result;
}

function rowsFirst(tensor: Tensor): Tensor {
  const { shape, data, dataType } = tensor;
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= size;
  }
  return { dataType, shape, data: gather(dataType, shape, strides, 0, data) };
}

/** Elements of a strided view, row-major. */
export function gather(dataType: DataType, shape: readonly number[], strides: readonly number[], offset: number, from: Tensor['data']): Tensor['data'] {
  const count = elementCount(shape);
  const width = dataType.startsWith('complex') ? 2 : 1;
  const result = emptyData(dataType, count);
  const index = new Array<number>(shape.length).fill(0);
  let place = offset;
  for (let i = 0; i < count; i++) {
    for (let part = 0; part < width; part++) result[i * width + part] = from[place * width + part] as never;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += strides[axis];
      if (++index[axis] < shape[axis]) break;
      place -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return result;
}
