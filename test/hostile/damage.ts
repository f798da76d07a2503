import { generator } from '../../runtime/index.ts';

/** A hostile or broken file: its bytes, and other files that lie beside it. */
export interface Hostile {
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly beside?: Readonly<Record<string, Uint8Array>>;
  /** True where it may still be read: a byte that nobody looks at was changed. It must do no harm all the same. */
  readonly mayOpen?: boolean;
}

/** A good file, cut off at many places. `open` says where it may still be read, because what is lost at the end is not needed. */
export function truncated(good: Uint8Array, count = 16, mayOpen: (length: number) => boolean = () => false): Hostile[] {
  return Array.from({ length: count }, (_, index) => Math.floor((good.length * index) / count)).map((length) => ({ what: `cut off at byte ${length}`, bytes: good.subarray(0, length), mayOpen: mayOpen(length) }));
}

/** A good file with bytes changed at random, and with numbers of four and eight bytes made as large as they can be. */
export function scrambled(good: Uint8Array, seed: number, count = 20): Hostile[] {
  const next = generator(seed);
  return Array.from({ length: count }, (_, round) => {
    const bytes = Uint8Array.from(good);
    const place = Math.floor(next() * bytes.length);
    if (round % 3 === 0) bytes.fill(0xff, place, place + 4);
    else if (round % 3 === 1) bytes.fill(0xff, place, place + 8);
    else for (let change = 0; change <= round % 5; change++) bytes[Math.floor(next() * Math.min(bytes.length, round % 2 ? bytes.length : 400))] = Math.floor(next() * 256);
    return { what: `bytes changed in round ${round}`, bytes, mayOpen: true };
  });
}

export const text = (content: string): Uint8Array => new TextEncoder().encode(content);

export function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
}

/** Fields of protocol buffers. */
export const proto = {
  varint(value: number | bigint): Uint8Array {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 0x7fn) {
      bytes.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    return Uint8Array.from([...bytes, Number(rest)]);
  },
  integer(field: number, value: number | bigint): Uint8Array {
    return joined(proto.varint(field << 3), proto.varint(value));
  },
  bytes(field: number, payload: Uint8Array | string): Uint8Array {
    const plain = typeof payload === 'string' ? text(payload) : payload;
    return joined(proto.varint((field << 3) | 2), proto.varint(plain.length), plain);
  },
};
