import { decodeMessage, FormatError, readPacked, type ByteSource, type MessageSchema, type PackedNumbers, type Range } from '../../graph/onnx/wire.ts';
import { elementCount, elementSize, tensorFromBytes, tensorOf } from '../../graph/elements.ts';
import type { DataType, Tensor } from '../../graph/tensor.ts';
import type { StoredTensor } from '../../graph/weights.ts';

/** The messages of TensorFlow's graphs that are read here, by the field numbers of its published definitions. */

export interface ShapeMessage { dims: { size?: number }[]; unknownRank?: number }
export interface TensorMessage {
  dataType?: number;
  shape?: ShapeMessage;
  content?: Range;
  floats?: PackedNumbers;
  doubles?: PackedNumbers;
  integers?: PackedNumbers;
  longs?: PackedNumbers;
  bools?: PackedNumbers;
  halves?: PackedNumbers;
  strings: string[];
}
export interface AttributeMessage {
  list?: { strings: string[]; integers: number[]; floats: number[]; types: number[] };
  s?: string;
  i?: number;
  f?: number;
  b?: number;
  type?: number;
  shape?: ShapeMessage;
  tensor?: TensorMessage;
  function?: { name?: string };
}
export interface NodeMessage { name?: string; op?: string; inputs: string[]; attributes: { key?: string; value?: AttributeMessage }[] }
interface ArgumentMessage { name?: string; type?: number }
export interface FunctionMessage { signature?: { name?: string; inputs: ArgumentMessage[]; outputs: ArgumentMessage[] }; nodes: NodeMessage[]; returns: { key?: string; value?: string }[] }
export interface GraphMessage { nodes: NodeMessage[]; library?: { functions: FunctionMessage[] } }
interface TensorInfo { name?: string; dataType?: number; shape?: ShapeMessage }
export interface SignatureMessage { inputs: { key?: string; value?: TensorInfo }[]; outputs: { key?: string; value?: TensorInfo }[] }
interface SavedModelMessage { metaGraphs: { graph?: GraphMessage; signatures: { key?: string; value?: SignatureMessage }[] }[] }

const shape: MessageSchema = { 2: ['dims', 'message[]', () => ({ 1: ['size', 'integer'] })], 3: ['unknownRank', 'integer'] };
const tensor: MessageSchema = {
  1: ['dataType', 'integer'], 2: ['shape', 'message', () => shape], 4: ['content', 'bytes'], 5: ['floats', 'packed-float'], 6: ['doubles', 'packed-double'], 7: ['integers', 'packed-varint'],
  8: ['strings', 'string[]'], 10: ['longs', 'packed-varint'], 11: ['bools', 'packed-varint'], 13: ['halves', 'packed-varint'],
};
const attribute: MessageSchema = {
  1: ['list', 'message', () => ({ 2: ['strings', 'string[]'], 3: ['integers', 'integer[]'], 4: ['floats', 'float[]'], 6: ['types', 'integer[]'] })],
  2: ['s', 'string'], 3: ['i', 'integer'], 4: ['f', 'float'], 5: ['b', 'integer'], 6: ['type', 'integer'], 7: ['shape', 'message', () => shape], 8: ['tensor', 'message', () => tensor],
  10: ['function', 'message', () => ({ 1: ['name', 'string'] })],
};
const node: MessageSchema = {
  1: ['name', 'string'], 2: ['op', 'string'], 3: ['inputs', 'string[]'], 5: ['attributes', 'message[]', () => ({ 1: ['key', 'string'], 2: ['value', 'message', () => attribute] })],
};
const argument: MessageSchema = { 1: ['name', 'string'], 3: ['type', 'integer'] };
const text: MessageSchema = { 1: ['key', 'string'], 2: ['value', 'string'] };
const functionSchema: MessageSchema = {
  1: ['signature', 'message', () => ({ 1: ['name', 'string'], 2: ['inputs', 'message[]', () => argument], 3: ['outputs', 'message[]', () => argument] })],
  3: ['nodes', 'message[]', () => node], 4: ['returns', 'message[]', () => text],
};
const graph: MessageSchema = { 1: ['nodes', 'message[]', () => node], 2: ['library', 'message', () => ({ 1: ['functions', 'message[]', () => functionSchema] })] };
const tensorInfo: MessageSchema = { 1: ['name', 'string'], 2: ['dataType', 'integer'], 3: ['shape', 'message', () => shape] };
const named: MessageSchema = { 1: ['key', 'string'], 2: ['value', 'message', () => tensorInfo] };
const savedModel: MessageSchema = {
  2: ['metaGraphs', 'message[]', () => ({
    2: ['graph', 'message', () => graph],
    5: ['signatures', 'message[]', () => ({ 1: ['key', 'string'], 2: ['value', 'message', () => ({ 1: ['inputs', 'message[]', () => named], 2: ['outputs', 'message[]', () => named] })] })],
  })],
};

export function decodeGraph(source: ByteSource): GraphMessage {
  return decodeMessage(source, graph);
}

export function decodeSavedModel(source: ByteSource): SavedModelMessage {
  return decodeMessage(source, savedModel);
}

/** TensorFlow's numbers for element types. */
const dataTypes: Readonly<Record<number, DataType>> = {
  1: 'float32', 2: 'float64', 3: 'int32', 4: 'uint8', 5: 'int16', 6: 'int8', 7: 'string', 8: 'complex64', 9: 'int64', 10: 'bool', 14: 'bfloat16', 17: 'uint16', 18: 'complex128', 19: 'float16', 22: 'uint32', 23: 'uint64',
};

export function dataTypeOf(number: number | undefined): DataType | undefined {
  return number === undefined ? undefined : dataTypes[number];
}

/** A constant of the graph, left in the file until it is read. */
export function storedTensor(source: ByteSource, message: TensorMessage, what: string): StoredTensor & { readNow(): Tensor } {
  const dataType = dataTypeOf(message.dataType);
  const sizes = message.shape?.dims.map(({ size }) => size ?? 0) ?? [];
  if (!dataType || sizes.some((size) => size < 0) || elementCount(sizes) > 2 ** 31) throw new FormatError(`${source.name}: ${what} is of an element type or shape that cannot be`);
  const count = elementCount(sizes);
  const { content } = message;
  if (content && dataType !== 'string' && content.length !== count * elementSize(dataType)) throw new FormatError(`${source.name}: ${what} of shape (${sizes.join(', ')}) needs ${count * elementSize(dataType)} bytes, but the file holds ${content.length}`);
  const readNow = (): Tensor => {
    if (dataType === 'string') return { dataType, shape: sizes, data: Array.from({ length: count }, (_, index) => message.strings[Math.min(index, message.strings.length - 1)] ?? '') };
    if (content) return tensorFromBytes(dataType, sizes, source.read(content.offset, content.length));
    const packed = dataType === 'float32' || dataType === 'complex64' ? message.floats : dataType === 'float64' ? message.doubles : dataType === 'int64' ? message.longs : dataType === 'bool' ? message.bools
      : dataType === 'float16' || dataType === 'bfloat16' ? message.halves : message.integers;
    const given = packed ? readPacked(source, packed) : [];
    // what is left out at the end repeats the last that is given
    const all = Array.from({ length: count }, (_, index) => given[Math.min(index, given.length - 1)] ?? 0);
    if (dataType === 'float16' || dataType === 'bfloat16') return tensorFromBytes(dataType, sizes, new Uint8Array(Uint16Array.from(all, Number).buffer));
    return tensorOf(dataType, sizes, all);
  };
  return { dataType, shape: sizes, readNow, read: async () => readNow() };
}
