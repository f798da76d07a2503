import { joined, proto, scrambled, text, truncated, type Hostile } from './damage.ts';

const { bytes, integer, varint } = proto;

/** The name of the file that holds the elements. */
export const dataFile = 'variables/variables.data-00000-of-00001';

/** A block of a sorted table: entries that share nothing, one restart. */
function block(entries: readonly (readonly [key: string, value: Uint8Array])[]): Uint8Array {
  const content = joined(...entries.flatMap(([key, value]) => [varint(0), varint(key.length), varint(value.length), text(key), value]));
  return joined(content, [0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0, 0]);
}

const handle = (offset: number, size: number): Uint8Array => joined(varint(offset), varint(size));

/** An index of one block, with handles of the caller's choice where given. */
function table(entries: readonly (readonly [string, Uint8Array])[], handles?: (size: number) => readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const first = block(entries);
  const size = first.length - 5;
  const index = block(handles?.(size) ?? [['~', handle(0, size)]]);
  const footer = new Uint8Array(48);
  footer.set(joined(handle(0, 0), handle(first.length, index.length - 5)));
  footer.set([0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb], 40);
  return joined(first, index, footer);
}

const header = (shards = 1): readonly [string, Uint8Array] => ['', integer(1, shards)];
const entry = (dims: readonly (number | bigint)[], size: number | bigint, { type = 1, shard = 0, offset = 0 }: { type?: number; shard?: number; offset?: number | bigint } = {}): Uint8Array =>
  joined(integer(1, type), bytes(2, joined(...dims.map((one) => bytes(2, integer(1, one))))), integer(3, shard), integer(4, offset), integer(5, size));

/** Damaged indices and data of a SavedModel whose own are `index` and `data`; `keys` name its variables, which take the first `used` bytes. */
export function hostileSavedModel(index: Uint8Array, data: Uint8Array, keys: readonly string[], used: number): Hostile[] {
  const all = (value: Uint8Array): readonly (readonly [string, Uint8Array])[] => [header(), ...keys.map((key) => [key, value] as const)];
  const files: Record<string, Uint8Array> = {
    'an index of nothing': table([header()]),
    'an index without variables': table([header(), ['other', entry([4], 16)]]),
    'a size that is not the shape\'s': table(all(entry([4, 3], 8))),
    'a gigantic shape': table(all(entry([2n ** 40n, 2n ** 40n], 2n ** 52n))),
    'a negative shape': table(all(entry([-4n, -3n], 48))),
    'another shape of as many bytes': table(all(entry([48], 192))),
    'bytes behind the end': table(all(entry([4, 3], 48, { offset: 1 << 30 }))),
    'bytes in front of the beginning': table(all(entry([4, 3], 48, { offset: -16n }))),
    'a shard that is not there': table(all(entry([4, 3], 48, { shard: 7 }))),
    'a million shards': table([header(1e6), ...keys.map((key) => [key, entry([4, 3], 48, { shard: 999_999 })] as const)]),
    'an element type that is unknown': table(all(entry([4, 3], 48, { type: 99 }))),
    'keys that lead out of the folder': table([header(), ['../../etc/passwd', entry([4], 16)]]),
    'a block behind the end': table(all(entry([4, 3], 48)), () => [['~', handle(1 << 30, 64)]]),
    'a gigantic block': table(all(entry([4, 3], 48)), () => [['~', handle(0, 2 ** 40)]]),
    'a thousand times the same block': table(all(entry([4, 3], 48)), (size) => Array.from({ length: 1000 }, (_, at) => [String(at), handle(0, size)] as const)),
    'a key of a gigantic length': joined([0], varint(2 ** 40), [0], index),
    'only the end of an index': index.subarray(-48),
    'another end': joined(index.subarray(0, -8), text('notindex')),
    'a web page': text('<!doctype html><html><body>404</body></html>'),
    'nothing': new Uint8Array(),
  };
  return [
    ...Object.entries(files).map(([what, content]): Hostile => ({ what: `the index: ${what}`, bytes: content })),
    ...truncated(index, 16).map((one) => ({ ...one, what: `the index ${one.what}` })),
    ...scrambled(index, 31).map((one) => ({ ...one, what: `the index ${one.what}`, mayOpen: true })),
    // variables lie one behind the other, so a cut takes the last ones away
    ...truncated(data.subarray(0, used), 12).map(({ what, bytes: content }): Hostile => ({ what: `the data ${what}`, bytes: index, beside: { [dataFile]: content } })),
    { what: 'data of nothing', bytes: index, beside: { [dataFile]: new Uint8Array() } },
    // elements may be any numbers
    ...scrambled(data, 32, 6).map(({ what, bytes: content }): Hostile => ({ what: `the data ${what}`, bytes: index, beside: { [dataFile]: content }, mayOpen: true })),
  ];
}
