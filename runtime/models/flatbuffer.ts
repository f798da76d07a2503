import { FormatError, type ByteSource } from '../../graph/onnx/wire.ts';

const mostElements = 10_000_000;

/**
 * A table of a FlatBuffers file, read field by field where it lies. Fields are numbered as in the schema; one that is
 * left out is undefined. Every offset is checked against the file's end.
 */
export class Table {
  readonly #source: ByteSource;
  readonly #position: number;
  readonly #layout: number;
  readonly #layoutSize: number;

  constructor(source: ByteSource, position: number) {
    this.#source = source;
    this.#position = position;
    this.#layout = position - this.#view(position, 4).getInt32(0, true);
    this.#layoutSize = this.#view(this.#layout, 2).getUint16(0, true);
  }

  /** The table that the file is; `identifier` must stand at bytes 4 to 8. */
  static root(source: ByteSource, identifier: string): Table {
    const head = source.read(0, 8);
    if (head.length < 8 || String.fromCharCode(...head.subarray(4)) !== identifier) throw new FormatError(`${source.name} is not a file of the kind ${identifier}`);
    return new Table(source, new DataView(head.buffer, head.byteOffset, 8).getUint32(0, true));
  }

  int8(field: number): number | undefined {
    return this.#scalar(field, 1)?.getInt8(0);
  }

  uint8(field: number): number | undefined {
    return this.#scalar(field, 1)?.getUint8(0);
  }

  int32(field: number): number | undefined {
    return this.#scalar(field, 4)?.getInt32(0, true);
  }

  uint32(field: number): number | undefined {
    return this.#scalar(field, 4)?.getUint32(0, true);
  }

  float(field: number): number | undefined {
    return this.#scalar(field, 4)?.getFloat32(0, true);
  }

  table(field: number): Table | undefined {
    const at = this.#offset(field);
    return at === undefined ? undefined : new Table(this.#source, at);
  }

  text(field: number): string | undefined {
    const range = this.bytes(field);
    return range && new TextDecoder().decode(this.#source.read(range.offset, range.length));
  }

  /** Where the bytes of a vector of bytes lie. */
  bytes(field: number): { offset: number; length: number } | undefined {
    return this.#vector(field, 1);
  }

  int32s(field: number): number[] | undefined {
    return this.#numbers(field, 4, (view, at) => view.getInt32(at, true));
  }

  floats(field: number): number[] | undefined {
    return this.#numbers(field, 4, (view, at) => view.getFloat32(at, true));
  }

  int64s(field: number): number[] | undefined {
    return this.#numbers(field, 8, (view, at) => Number(view.getBigInt64(at, true)));
  }

  tables(field: number): Table[] {
    const range = this.#vector(field, 4);
    if (!range) return [];
    return Array.from({ length: range.length }, (_, index) => {
      const at = range.offset + 4 * index;
      return new Table(this.#source, at + this.#view(at, 4).getUint32(0, true));
    });
  }

  #numbers(field: number, size: number, read: (view: DataView, at: number) => number): number[] | undefined {
    const range = this.#vector(field, size);
    if (!range) return undefined;
    const view = this.#view(range.offset, range.length * size);
    return Array.from({ length: range.length }, (_, index) => read(view, index * size));
  }

  #vector(field: number, size: number): { offset: number; length: number } | undefined {
    const at = this.#offset(field);
    if (at === undefined) return undefined;
    const length = this.#view(at, 4).getUint32(0, true);
    if (at + 4 + length * size > this.#source.size || (size > 1 && length > mostElements)) this.#fail(at);
    return { offset: at + 4, length };
  }

  #offset(field: number): number | undefined {
    const at = this.#place(field);
    return at === undefined ? undefined : at + this.#view(at, 4).getUint32(0, true);
  }

  #scalar(field: number, size: number): DataView | undefined {
    const at = this.#place(field);
    return at === undefined ? undefined : this.#view(at, size);
  }

  #place(field: number): number | undefined {
    const slot = 4 + 2 * field;
    if (slot + 2 > this.#layoutSize) return undefined;
    const offset = this.#view(this.#layout + slot, 2).getUint16(0, true);
    return offset === 0 ? undefined : this.#position + offset;
  }

  #view(offset: number, length: number): DataView {
    if (!(offset >= 0 && offset + length <= this.#source.size)) this.#fail(offset);
    const bytes = this.#source.read(offset, length);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #fail(offset: number): never {
    throw new FormatError(`${this.#source.name} is truncated or damaged: something should lie at byte ${offset}, but the file has ${this.#source.size}`);
  }
}
