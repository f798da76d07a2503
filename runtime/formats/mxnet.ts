import type { ByteSource } from '../../graph/onnx/wire.ts';
import { elementCount, elementSize, tensorFromBytes } from '../../graph/elements.ts';
import type { DataType } from '../../graph/tensor.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import { CheckpointError, readExactly } from './file.ts';

/** MXNet's `.params`: a list of arrays, then a list of their names (`arg:conv0_weight`, `aux:bn0_running_mean`, Gluon's `0.weight`). */

/** The first eight bytes of such a file, as a number. */
const listMagic = 0x112n;
/** In front of each array: the version of its layout. Earlier files have the number of axes there. */
const versions: Readonly<Record<number, 1 | 2 | 3>> = { 0xf993fac8: 1, 0xf993fac9: 2, 0xf993faca: 3 };
const types: readonly (DataType | undefined)[] = ['float32', 'float64', 'float16', 'uint8', 'int32', 'int8', 'int64', 'bool', 'int16', 'uint16', 'uint32', 'uint64', 'bfloat16'];
const mostArrays = 1_000_000;
const mostAxes = 32;

export function startsMxnet(head: Uint8Array): boolean {
  return head.length >= 16 && new DataView(head.buffer, head.byteOffset, 16).getBigUint64(0, true) === listMagic && head.subarray(8, 16).every((byte) => byte === 0);
}

/** The arrays by their names, without the `arg:` and `aux:` that tell weights from running statistics. */
export function readMxnetParams(source: ByteSource): { entries: Map<string, StoredTensor>; remarks: string[] } {
  const reader = new Reader(source);
  reader.skip(16, 'the header');
  const count = reader.count('the number of arrays', 12);
  const arrays = Array.from({ length: count }, (_, index) => array(reader, source, index));
  const names = reader.count('the number of names', 8);
  if (names !== 0 && names !== count) throw new CheckpointError(`${source.name} is damaged: it holds ${count} arrays, but ${names} names`);
  const entries = new Map<string, StoredTensor>();
  const remarks: string[] = [];
  arrays.forEach((stored, index) => {
    const name = names === 0 ? String(index) : reader.name().replace(/^(arg|aux):/, '');
    if (stored === undefined) remarks.push(`'${name}' is left out: it holds no elements or holds them sparsely`);
    else entries.set(name, stored);
  });
  return { entries, remarks };
}

/** One array; undefined where it is empty or sparse. */
function array(reader: Reader, source: ByteSource, index: number): StoredTensor | undefined {
  const what = `array ${index}`;
  const first = reader.uint32(what);
  const version = versions[first];
  if (version !== undefined && version >= 2 && reader.int32(what) > 0) throw new CheckpointError(`${source.name}: ${what} is sparse, which is not supported`);
  const rank = version === undefined ? first : reader.int32(what);
  if (rank > mostAxes || rank < -1) throw new CheckpointError(`${source.name} is damaged: ${what} has ${rank} axes`);
  const shape = Array.from({ length: Math.max(0, rank) }, () => (version === undefined ? reader.uint32(what) : reader.int64(what)));
  // without axes there is nothing, but in the newest layout, where that is a number and -1 stands for nothing
  if (rank === -1 || (rank === 0 && version !== 3)) return undefined;
  reader.skip(8, what);
  const flag = reader.int32(what);
  const dataType = types[flag];
  if (dataType === undefined) throw new CheckpointError(`${source.name}: ${what} has the element type ${flag}, which is not known`);
  const bytes = elementCount(shape) * elementSize(dataType);
  if (shape.some((size) => size < 0) || !Number.isSafeInteger(bytes)) throw new CheckpointError(`${source.name} is damaged: ${what} has the impossible shape (${shape.join(', ')})`);
  const offset = reader.skip(bytes, `${what} of shape (${shape.join(', ')})`);
  return { dataType, shape, read: async () => tensorFromBytes(dataType, shape, readExactly(source, offset, bytes, what)) };
}

/** Reads numbers one after the other; elements are passed by. */
class Reader {
  readonly #source: ByteSource;
  #at = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Goes on behind so many bytes; returns where they begin. */
  skip(length: number, what: string): number {
    const start = this.#at;
    if (start + length > this.#source.size) throw new CheckpointError(`${this.#source.name} is truncated or damaged: ${what} should lie at bytes ${start} to ${start + length}, but the file has ${this.#source.size}`);
    this.#at += length;
    return start;
  }

  uint32(what: string): number {
    return this.#view(4, what).getUint32(0, true);
  }

  int32(what: string): number {
    return this.#view(4, what).getInt32(0, true);
  }

  int64(what: string): number {
    return Number(this.#view(8, what).getBigInt64(0, true));
  }

  /** A number of things that take at least so many bytes each: more than the file can hold is damage. */
  count(what: string, least: number): number {
    const count = Number(this.#view(8, what).getBigUint64(0, true));
    if (count > mostArrays || count * least > this.#source.size) throw new CheckpointError(`${this.#source.name} is damaged: ${what} is ${count}`);
    return count;
  }

  name(): string {
    const length = this.count('the length of a name', 1);
    return new TextDecoder().decode(readExactly(this.#source, this.skip(length, 'a name'), length, 'a name'));
  }

  #view(length: number, what: string): DataView {
    const bytes = readExactly(this.#source, this.skip(length, what), length, what);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }
}
