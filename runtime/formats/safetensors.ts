import type { ByteSource } from '../../graph/onnx/wire.ts';
import { elementCount, elementSize, tensorFromBytes } from '../../graph/elements.ts';
import type { DataType } from '../../graph/tensor.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import { CheckpointError, readExactly } from './file.ts';

/** The names of element types in the format. Those of fewer than 8 bits and 8-bit floats are left out. */
const dataTypes: Readonly<Record<string, DataType>> = {
  F64: 'float64', F32: 'float32', F16: 'float16', BF16: 'bfloat16', I64: 'int64', I32: 'int32', I16: 'int16', I8: 'int8',
  U64: 'uint64', U32: 'uint32', U16: 'uint16', U8: 'uint8', BOOL: 'bool', C64: 'complex64',
};

/** The format's own limit. */
const largestHeader = 100_000_000;

/** Tensors of a .safetensors file: an 8-byte length, a JSON header with types, shapes and offsets, then the bytes. */
export function readSafetensors(source: ByteSource): { entries: Map<string, StoredTensor>; remarks: string[] } {
  const head = readExactly(source, 0, 8, 'the length of the header');
  const length = new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(largestHeader) || 8 + Number(length) > source.size) {
    throw new CheckpointError(`${source.name} is not a safetensors file, or it is truncated: its header would take ${length} bytes of ${source.size}`);
  }
  const start = 8 + Number(length);
  const header = parseHeader(source, readExactly(source, 8, Number(length), 'the header'));
  const entries = new Map<string, StoredTensor>();
  const remarks: string[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets: offsets } = value as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
    if (typeof dtype !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
      throw new CheckpointError(`${source.name}: the header describes the tensor '${name}' without a type, a shape or two offsets`);
    }
    const dataType = dataTypes[dtype];
    if (!dataType) {
      remarks.push(`The tensor '${name}' is left out: its element type ${dtype} is not supported`);
      continue;
    }
    const [from, to] = offsets;
    const needed = elementCount(shape) * elementSize(dataType);
    if (to - from !== needed || start + to > source.size) {
      throw new CheckpointError(`${source.name}: the tensor '${name}' of shape (${shape.join(', ')}) and type ${dtype} needs ${needed} bytes, but the file gives it bytes ${from} to ${to} of ${source.size - start}`);
    }
    const read = async () => tensorFromBytes(dataType, shape, readExactly(source, start + from, needed, `the tensor '${name}'`));
    entries.set(name, { dataType, shape, read });
  }
  return { entries, remarks };
}

function parseHeader(source: ByteSource, bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new CheckpointError(`${source.name} is not a safetensors file: its header is not JSON`);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new CheckpointError(`${source.name} is not a safetensors file: its header is not a JSON object`);
  for (const value of Object.values(header)) {
    if (typeof value !== 'object' || value === null) throw new CheckpointError(`${source.name}: the header holds something that is no tensor`);
  }
  return header as Record<string, unknown>;
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
