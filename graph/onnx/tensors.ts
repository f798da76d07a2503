import { elementCount, elementSize, emptyData, float16Value, tensorFromBytes, tensorOf } from '../elements.ts';
import type { ConstantTensor, Tensor } from '../tensor.ts';
import type { StoredTensor } from '../weights.ts';
import { dataTypeOfAttribute } from '../operators/data-types.ts';
import type { SparseTensorMessage, TensorMessage } from './schema.ts';
import { FormatError, readPacked, type ByteSource, type PackedNumbers } from './wire.ts';

/** Opens the file that external data lies in, by the path that the model states. */
export type OpenExternal = (path: string) => ByteSource;

const mostElements = 2 ** 31;
/** What a sparse tensor may become whatever it holds. */
const harmlessElements = 2 ** 24;

/** Element types of four bits, which are held in eight: what they are multiplied by is the same. */
const halfBytes: ReadonlyMap<number, 'uint8' | 'int8'> = new Map([[21, 'uint8'], [22, 'int8']]);

/** Element types that files may hold and nothing here computes with. */
const uncomputed: ReadonlyMap<number, string> = new Map([[17, 'float8e4m3fn'], [18, 'float8e4m3fnuz'], [19, 'float8e5m2'], [20, 'float8e5m2fnuz'], [23, 'float4e2m1'], [24, 'float8e8m0']]);

/** The name of a tensor's element type, where that is one that nothing here computes with. */
export function uncomputedType({ dataType }: TensorMessage): string | undefined {
  return dataType === undefined ? undefined : uncomputed.get(dataType);
}

/** Whether a tensor's elements have four bits. */
export function isHalfBytes({ dataType }: TensorMessage): boolean {
  return dataType !== undefined && halfBytes.has(dataType);
}

/** Two elements a byte, the lower half first. */
function halfByteTensor(source: ByteSource, message: TensorMessage, what: string, dataType: 'uint8' | 'int8', openExternal?: OpenExternal): StoredTensor & { readNow(): Tensor } {
  const shape = message.dims;
  const count = elementCount(shape);
  const packed = storedTensor(source, { ...message, dataType: 2, dims: [Math.ceil(count / 2)] }, what, openExternal);
  const bad = shape.some((size) => !Number.isSafeInteger(size) || size < 0);
  if (bad) throw new FormatError(`${source.name}: ${what} has the impossible shape (${shape.join(', ')})`);
  const readNow = (): Tensor => {
    const bytes = packed.readNow().data as Uint8Array;
    const elements = Array.from({ length: count }, (_, index) => (index % 2 === 0 ? bytes[index >> 1] & 15 : bytes[index >> 1] >> 4));
    return tensorOf(dataType, shape, dataType === 'int8' ? elements.map((element) => (element > 7 ? element - 16 : element)) : elements);
  };
  return { dataType, shape, readNow, read: async () => readNow() };
}

/** A tensor of the file, checked for its size and left there until it is read. */
export function storedTensor(source: ByteSource, message: TensorMessage, what: string, openExternal?: OpenExternal): StoredTensor & { readNow(): Tensor } {
  const held = message.dataType === undefined ? undefined : halfBytes.get(message.dataType);
  if (held) return halfByteTensor(source, message, what, held, openExternal);
  const dataType = dataTypeOfAttribute(message.dataType);
  if (dataType === undefined) throw new FormatError(`${source.name}: ${what} has the element type ${message.dataType ?? 'none'}, which is not supported`);
  const shape = message.dims;
  const bad = shape.find((size) => !Number.isSafeInteger(size) || size < 0);
  const count = elementCount(shape);
  if (bad !== undefined || count > mostElements) throw new FormatError(`${source.name}: ${what} has the impossible shape (${shape.join(', ')})`);
  const external = message.location === 1;
  if (!external && dataType !== 'string') {
    const bytes = message.raw?.length;
    if (bytes !== undefined && bytes !== count * elementSize(dataType)) {
      throw new FormatError(`${source.name}: ${what} of shape (${shape.join(', ')}) and type ${dataType} needs ${count * elementSize(dataType)} bytes, but the file holds ${bytes}`);
    }
  }
  const readNow = (): Tensor => {
    if (external) return readExternal(source, message, what, { dataType, shape }, openExternal);
    if (dataType === 'string') return { dataType, shape, data: exactly(message.strings, count, source, what) };
    if (message.raw) return tensorFromBytes(dataType, shape, readExactly(source, message.raw.offset, message.raw.length));
    const packed = packedField(message, dataType);
    if (packed === undefined && count === 0) return { dataType, shape, data: emptyData(dataType, 0) };
    const numbers = exactly(packed ? readPacked(source, packed) : [], dataType.startsWith('complex') ? 2 * count : count, source, what);
    if (dataType === 'float16') return tensorOf(dataType, shape, numbers.map((bits) => float16Value(Number(bits))));
    if (dataType === 'bfloat16') return tensorFromBytes(dataType, shape, new Uint8Array(Uint16Array.from(numbers, Number).buffer));
    return tensorOf(dataType, shape, dataType === 'uint64' ? numbers.map((number) => BigInt.asUintN(64, BigInt(number))) : numbers);
  };
  return { dataType, shape, readNow, read: async () => readNow() };
}

/** A sparse tensor made dense. */
export function denseTensor(source: ByteSource, message: SparseTensorMessage): StoredTensor {
  const what = `the sparse tensor ${message.values?.name ?? ''}`;
  if (!message.values || !message.indices) throw new FormatError(`${source.name}: ${what} lacks its values or its indices`);
  const values = storedTensor(source, message.values, what);
  const indices = storedTensor(source, message.indices, what);
  const shape = message.dims;
  // few elements must not become gigabytes of zeros
  if (elementCount(shape) > Math.max(harmlessElements, 1000 * elementCount(values.shape))) throw new FormatError(`${source.name}: ${what} has the impossible shape (${shape.join(', ')})`);
  const read = async (): Promise<Tensor> => {
    const data = emptyData(values.dataType, elementCount(shape));
    const from = values.readNow().data;
    const places = Array.from(indices.readNow().data as ArrayLike<bigint | number>, Number);
    const rank = indices.shape.length === 2 ? shape.length : 1;
    for (let i = 0; i < from.length; i++) {
      let place = 0;
      for (let axis = 0; axis < rank; axis++) place = rank === 1 ? places[i] : place * shape[axis] + places[i * rank + axis];
      if (!(place >= 0 && place < data.length)) throw new FormatError(`${source.name}: ${what} has an element outside of its shape`);
      data[place] = from[i] as never;
    }
    return { dataType: values.dataType, shape, data };
  };
  return { dataType: values.dataType, shape, read };
}

/** A small tensor as a constant of the graph. */
export function constantOf(tensor: Tensor): ConstantTensor {
  const { dataType, shape, data } = tensor;
  if (Array.isArray(data)) return { dataType, shape, data };
  const numbers = Array.from(data as ArrayLike<number | bigint>, Number);
  return { dataType, shape, data: dataType === 'bool' ? numbers.map((number) => number !== 0) : numbers };
}

function packedField(message: TensorMessage, dataType: string): PackedNumbers | undefined {
  switch (dataType) {
    case 'float32': case 'complex64': return message.floats;
    case 'float64': case 'complex128': return message.doubles;
    case 'int64': return message.longs;
    case 'uint32': case 'uint64': return message.unsigned;
    default: return message.integers;
  }
}

function readExternal(source: ByteSource, message: TensorMessage, what: string, type: { dataType: Tensor['dataType']; shape: readonly number[] }, open?: OpenExternal): Tensor {
  const entries = new Map(message.external.map(({ key, value }) => [key, value ?? '']));
  const path = entries.get('location');
  if (!path) throw new FormatError(`${source.name}: ${what} lies in another file, but the model does not say in which`);
  if (!open) throw new FormatError(`${source.name}: ${what} lies in the file ${path}, which cannot be reached from here`);
  const file = open(path);
  const offset = Number(entries.get('offset') ?? 0);
  const needed = elementCount(type.shape) * elementSize(type.dataType);
  const length = Number(entries.get('length') ?? needed);
  if (length !== needed || !(offset >= 0) || offset + length > file.size) {
    throw new FormatError(`${source.name}: ${what} needs ${needed} bytes, but ${path} does not hold them at byte ${entries.get('offset') ?? 0}`);
  }
  return tensorFromBytes(type.dataType, type.shape, readExactly(file, offset, length));
}

function readExactly(source: ByteSource, offset: number, length: number): Uint8Array {
  const bytes = source.read(offset, length);
  if (bytes.byteLength !== length) throw new FormatError(`${source.name} ends before byte ${offset + length}`);
  return bytes;
}

function exactly<T>(elements: T[], count: number, source: ByteSource, what: string): T[] {
  if (elements.length !== count) throw new FormatError(`${source.name}: ${what} needs ${count} elements, but the file holds ${elements.length}`);
  return elements;
}
