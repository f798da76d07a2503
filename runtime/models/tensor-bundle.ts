import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeMessage, FormatError, memorySource, type ByteSource } from '../../graph/onnx/wire.ts';
import { elementCount, elementSize, tensorFromBytes } from '../../graph/elements.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import { FileSource, readExactly } from '../formats/file.ts';
import { dataTypeOf, type ShapeMessage } from './tensorflow-messages.ts';

/** TensorFlow's checkpoints: an index, which is a table of sorted keys, and files of bytes. */
export interface TensorBundle {
  readonly entries: ReadonlyMap<string, StoredTensor>;
  close(): void;
}

interface EntryMessage { dataType?: number; shape?: ShapeMessage; shard?: number; offset?: number; size?: number }

/** `prefix` is the path without `.index`. */
export function openTensorBundle(folder: string, prefix: string): TensorBundle {
  const index = new FileSource(join(folder, `${prefix}.index`));
  const shards = new Map<number, FileSource>();
  const close = () => {
    index.close();
    for (const shard of shards.values()) shard.close();
  };
  try {
    const entries = new Map<string, StoredTensor>();
    let count = 1;
    const shardOf = (number: number): FileSource => {
      let shard = shards.get(number);
      if (!shard) {
        const name = `${prefix}.data-${String(number).padStart(5, '0')}-of-${String(count).padStart(5, '0')}`;
        if (number >= count || !existsSync(join(folder, name))) throw new FormatError(`${index.name} takes weights from ${name}, which is not there`);
        shard = new FileSource(join(folder, name));
        shards.set(number, shard);
      }
      return shard;
    };
    for (const [key, value] of readTable(index)) {
      if (key === '') {
        count = decodeMessage<{ shards?: number }>(memorySource(value, index.name), { 1: ['shards', 'integer'] }).shards ?? 1;
        continue;
      }
      const entry = decodeMessage<EntryMessage>(memorySource(value, index.name), {
        1: ['dataType', 'integer'], 2: ['shape', 'message', () => ({ 2: ['dims', 'message[]', () => ({ 1: ['size', 'integer'] })] })], 3: ['shard', 'integer'], 4: ['offset', 'integer'], 5: ['size', 'integer'],
      });
      const dataType = dataTypeOf(entry.dataType);
      if (!dataType || dataType === 'string') continue;
      const shape = entry.shape?.dims.map(({ size }) => size ?? 0) ?? [];
      if (shape.some((size) => size < 0)) throw new FormatError(`${index.name}: ${key} has the impossible shape (${shape.join(', ')})`);
      const needed = elementCount(shape) * elementSize(dataType);
      if (needed !== entry.size) throw new FormatError(`${index.name}: ${key} of shape (${shape.join(', ')}) needs ${needed} bytes, but has ${entry.size ?? 0}`);
      const read = async () => tensorFromBytes(dataType, shape, readExactly(shardOf(entry.shard ?? 0), entry.offset ?? 0, needed, key));
      entries.set(key, { dataType, shape, read });
    }
    return { entries, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** The entries of a sorted table: blocks of keys, each of which leaves out what it shares with the one before. */
function* readTable(source: ByteSource): Generator<[key: string, value: Uint8Array]> {
  const footer = readExactly(source, source.size - 48, 48, 'the end of the index');
  if (new DataView(footer.buffer, footer.byteOffset).getBigUint64(40, true) !== 0xdb4775248b80fb57n) throw new FormatError(`${source.name} is damaged or no index of TensorFlow's`);
  const reader = new Reader(footer, source.name);
  reader.varint();
  reader.varint();
  const blocks = [...readBlock(source, reader.varint(), reader.varint())];
  let held = 0;
  for (const [, handle] of blocks) {
    const place = new Reader(handle, source.name);
    const [offset, size] = [place.varint(), place.varint()];
    held += size;
    if (held > source.size) throw new FormatError(`${source.name} is damaged: its blocks lie over one another`);
    yield* readBlock(source, offset, size);
  }
}

function* readBlock(source: ByteSource, offset: number, size: number): Generator<[string, Uint8Array]> {
  const bytes = readExactly(source, offset, size + 1, 'a block of the index');
  if (bytes[size] !== 0) throw new FormatError(`${source.name}: its index is compressed, which is not supported`);
  if (size < 4) throw new FormatError(`${source.name}: a block of its index is damaged`);
  const restarts = new DataView(bytes.buffer, bytes.byteOffset).getUint32(size - 4, true);
  const end = size - 4 - 4 * restarts;
  const reader = new Reader(bytes.subarray(0, Math.max(0, end)), source.name);
  let key = new Uint8Array();
  while (!reader.ended) {
    const [shared, own, length] = [reader.varint(), reader.varint(), reader.varint()];
    const rest = reader.take(own);
    const next = new Uint8Array(Math.min(shared, key.length) + own);
    next.set(key.subarray(0, shared));
    next.set(rest, next.length - own);
    key = next;
    yield [new TextDecoder().decode(key), reader.take(length)];
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  #at = 0;

  constructor(bytes: Uint8Array, name: string) {
    this.#bytes = bytes;
    this.#name = name;
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const [byte] = this.take(1);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new FormatError(`${this.#name}: its index is damaged`);
  }

  take(count: number): Uint8Array {
    if (this.#at + count > this.#bytes.length) throw new FormatError(`${this.#name}: its index is damaged`);
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }
}
