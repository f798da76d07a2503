import { zipSync, type Zippable } from 'fflate';
import { joined, scrambled, text, truncated, type Hostile } from './damage.ts';

/** Where numbers stand in the directory of an archive, behind the signature of its first entry. */
const directory = { method: 10, packed: 20, unpacked: 24, nameLength: 28, header: 42 } as const;

/** A zip archive with one number of the first entry of its directory changed. */
function withNumber(archive: Uint8Array, place: number, value: number, size: 2 | 4): Uint8Array {
  const bytes = Uint8Array.from(archive);
  const at = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  const view = new DataView(bytes.buffer);
  if (size === 2) view.setUint16(at + place, value, true);
  else view.setUint32(at + place, value, true);
  return bytes;
}

/** What is wrong with archives of any kind. */
export function hostileArchive(good: Uint8Array, seed: number): Hostile[] {
  // large archives state all this once more, elsewhere
  const statedTwice = Buffer.from(good).includes(Buffer.from([0x50, 0x4b, 0x06, 0x07]));
  const end = Buffer.from(good).lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const manyFiles = Uint8Array.from(good);
  new DataView(manyFiles.buffer).setUint16(end + 10, 0xfffe, true);
  const farDirectory = Uint8Array.from(good);
  new DataView(farDirectory.buffer).setUint32(end + 16, 0xfffffff0, true);
  return [
    { what: 'more files than there are', bytes: manyFiles, mayOpen: true },
    { what: 'a directory behind the end', bytes: farDirectory, mayOpen: statedTwice },
    { what: 'an entry behind the end', bytes: withNumber(good, directory.header, 0x7fffffff, 4), mayOpen: true },
    { what: 'an entry larger than the file', bytes: withNumber(good, directory.packed, 0x7fffffff, 4), mayOpen: true },
    { what: 'an entry that would unpack to two gigabytes', bytes: withNumber(good, directory.unpacked, 0x7ffffff0, 4), mayOpen: true },
    { what: 'a way of packing that does not exist', bytes: withNumber(good, directory.method, 77, 2), mayOpen: true },
    { what: 'a name behind the end', bytes: withNumber(good, directory.nameLength, 0xffff, 2) },
    { what: 'an archive of nothing', bytes: zipSync({}) },
    { what: 'an archive of something else', bytes: zipSync({ 'readme.txt': text('hello'), '../../escape.txt': text('out') }) },
    { what: 'a beginning of an archive alone', bytes: joined([0x50, 0x4b, 0x03, 0x04], new Uint8Array(100)) },
    { what: 'an end of an archive alone', bytes: joined([0x50, 0x4b, 0x05, 0x06], new Uint8Array(40)) },
    // what stands at the end of an archive is its directory: no part of it can be missing
    ...truncated(good), ...scrambled(good, seed),
  ];
}

const zeros = new Uint8Array(150 * 2 ** 20);

/** An entry of 150 MB that packs to almost nothing. */
export function bomb(name: string, others: Zippable = {}): Uint8Array {
  return zipSync({ ...others, [name]: zeros }, { level: 9 });
}
