/**
 * Protocol buffers' wire format, read by tables of fields and lazily: long byte strings and packed numbers are left
 * in the file as ranges, so a model of any size opens in the time that its structure takes.
 */

/** Random access to bytes: a file or memory. `read` may return a view; callers do not write to it. */
export interface ByteSource {
  /** For messages to the user. */
  readonly name: string;
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
}

export function memorySource(bytes: Uint8Array, name = 'the model'): ByteSource {
  // Node's Buffer is a Uint8Array that slices otherwise
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { name, size: plain.byteLength, read: (offset, length) => plain.subarray(offset, offset + length) };
}

/** A stretch of the source that was not read. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** Numbers left in the source. `element` tells how one is encoded. */
export interface PackedNumbers {
  readonly element: 'varint' | 'float' | 'double';
  readonly ranges: Range[];
}

type Scalar = 'integer' | 'float' | 'double' | 'string' | 'bytes';

/** Kinds: a scalar, `packed` numbers left in the file, or a message. A `[]` behind the kind means repeated. */
export type FieldKind = Scalar | `${Scalar}[]` | 'packed-varint' | 'packed-float' | 'packed-double';
export interface MessageSchema {
  readonly [number: number]: readonly [name: string, kind: FieldKind] | readonly [name: string, kind: 'message' | 'message[]', schema: () => MessageSchema];
}

export class FormatError extends Error {
  override readonly name = 'FormatError';
}

const deepestNesting = 64;
const windowSize = 1 << 18;

/** Decodes one message. Fields that the schema does not name are skipped. */
export function decodeMessage<T>(source: ByteSource, schema: MessageSchema, range: Range = { offset: 0, length: source.size }): T {
  return new Decoder(source).message(schema, range.offset, range.offset + range.length, 0) as T;
}

/** The numbers of a packed field: bigint for varints (two's complement, 64 bits), else number. */
export function readPacked(source: ByteSource, packed: PackedNumbers): (number | bigint)[] {
  const decoder = new Decoder(source);
  const numbers: (number | bigint)[] = [];
  for (const { offset, length } of packed.ranges) decoder.packed(packed.element, offset, offset + length, numbers);
  return numbers;
}

class Decoder {
  readonly #source: ByteSource;
  #window = new Uint8Array(0);
  #windowStart = 0;
  #position = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  message(schema: MessageSchema, start: number, end: number, depth: number): Record<string, unknown> {
    if (depth > deepestNesting) throw new FormatError(`${this.#source.name}: messages are nested more than ${deepestNesting} deep at byte ${start}`);
    const result: Record<string, unknown> = {};
    for (const field of Object.values(schema)) if (field[1].endsWith('[]')) result[field[0]] = [];
    this.#position = start;
    while (this.#position < end) {
      const tag = Number(this.#varint());
      const field = schema[tag >>> 3];
      const wire = tag & 7;
      if (tag < 8) this.#fail('a field without a number');
      if (wire === 0) this.#keep(result, field, this.#varint());
      else if (wire === 1) this.#keepFixed(result, field, 8);
      else if (wire === 5) this.#keepFixed(result, field, 4);
      else if (wire === 2) {
        const length = Number(this.#varint());
        const from = this.#position;
        const to = from + length;
        if (to > end) this.#fail(`a field of ${length} bytes that ends behind its message`);
        if (field) this.#keepDelimited(result, field, from, to, depth);
        this.#position = to;
      } else {
        this.#fail(`wire type ${wire}, which no such file has`);
      }
    }
    if (this.#position !== end) this.#fail('a message that is cut off');
    return result;
  }

  packed(element: PackedNumbers['element'], start: number, end: number, into: (number | bigint)[]): void {
    this.#position = start;
    while (this.#position < end) into.push(element === 'varint' ? this.#varint() : this.#fixed(element));
  }

  #keep(result: Record<string, unknown>, field: MessageSchema[number] | undefined, value: bigint): void {
    if (!field) return;
    const [name, kind] = field;
    if (kind === 'packed-varint') {
      const length = varintLength(value);
      extend(result, name, 'varint', { offset: this.#position - length, length });
    } else if (kind === 'integer[]') (result[name] as number[]).push(Number(value));
    else if (kind === 'integer') result[name] = Number(value);
    else this.#fail(`an integer in the field ${name}`);
  }

  #keepFixed(result: Record<string, unknown>, field: MessageSchema[number] | undefined, length: 4 | 8): void {
    const offset = this.#position;
    const element = length === 4 ? 'float' : 'double';
    const value = this.#fixed(element);
    if (!field) return;
    const [name, kind] = field;
    if (kind === `packed-${element}`) extend(result, name, element, { offset, length });
    else if (kind === `${element}[]`) (result[name] as number[]).push(value);
    else if (kind === element) result[name] = value;
    else this.#fail(`a fixed number in the field ${name}`);
  }

  #keepDelimited(result: Record<string, unknown>, field: MessageSchema[number], from: number, to: number, depth: number): void {
    const [name, kind] = field;
    switch (kind) {
      case 'message': result[name] = this.message(field[2](), from, to, depth + 1); break;
      case 'message[]': (result[name] as unknown[]).push(this.message(field[2](), from, to, depth + 1)); break;
      case 'string': result[name] = this.#text(from, to); break;
      case 'string[]': (result[name] as string[]).push(this.#text(from, to)); break;
      case 'bytes': result[name] = { offset: from, length: to - from }; break;
      case 'bytes[]': (result[name] as Range[]).push({ offset: from, length: to - from }); break;
      case 'packed-varint': extend(result, name, 'varint', { offset: from, length: to - from }); break;
      case 'packed-float': extend(result, name, 'float', { offset: from, length: to - from }); break;
      case 'packed-double': extend(result, name, 'double', { offset: from, length: to - from }); break;
      case 'integer[]': case 'float[]': case 'double[]': {
        const numbers: (number | bigint)[] = [];
        this.packed(kind === 'integer[]' ? 'varint' : kind === 'float[]' ? 'float' : 'double', from, to, numbers);
        for (const number of numbers) (result[name] as number[]).push(Number(number));
        break;
      }
      default: this.#fail(`bytes in the field ${name}`);
    }
  }

  #text(from: number, to: number): string {
    if (to - from > 1 << 24) this.#fail(`a text of ${to - from} bytes`);
    return new TextDecoder().decode(this.#source.read(from, to - from));
  }

  #varint(): bigint {
    // most varints are tags, lengths and small numbers: stay with numbers as long as they are exact
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    return this.#fail('a number of more than ten bytes');
  }

  #fixed(element: 'float' | 'double'): number {
    const bytes = new Uint8Array(8);
    const length = element === 'float' ? 4 : 8;
    for (let i = 0; i < length; i++) bytes[i] = this.#byte();
    const view = new DataView(bytes.buffer);
    return element === 'float' ? view.getFloat32(0, true) : view.getFloat64(0, true);
  }

  #byte(): number {
    const position = this.#position;
    let index = position - this.#windowStart;
    if (index < 0 || index >= this.#window.length) {
      if (position >= this.#source.size) this.#fail('an end in the middle of a field');
      this.#window = this.#source.read(position, Math.min(windowSize, this.#source.size - position)) as Uint8Array<ArrayBuffer>;
      this.#windowStart = position;
      index = 0;
    }
    this.#position = position + 1;
    return this.#window[index];
  }

  #fail(what: string): never {
    throw new FormatError(`${this.#source.name} is damaged or not of this format: at byte ${this.#position} there is ${what}`);
  }
}

function extend(result: Record<string, unknown>, name: string, element: PackedNumbers['element'], range: Range): void {
  const present = result[name] as PackedNumbers | undefined;
  if (present) present.ranges.push(range);
  else result[name] = { element, ranges: [range] } satisfies PackedNumbers;
}

function varintLength(value: bigint): number {
  let rest = BigInt.asUintN(64, value);
  let length = 1;
  while (rest >= 0x80n) {
    rest >>= 7n;
    length++;
  }
  return length;
}
