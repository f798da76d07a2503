import { inflateSync } from 'fflate';
import type { ByteSource } from '../../graph/onnx/wire.ts';
import { CheckpointError, readExactly, slice } from './file.ts';

/** A file inside a zip archive. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  /** Its bytes: a stretch of the archive where it is stored, unpacked in memory where it is compressed. */
  open(): ByteSource;
}

const mostEntries = 200_000;
/** What may be unpacked whatever the ratio, and the ratio up to which more may be: real weights stay far below it. */
const harmlessSize = 64 * 2 ** 20;
const harmlessRatio = 100;
const largestUnpacked = 2 ** 31 - 1;

/** The directory of a zip archive (zip64 too), without reading the entries. */
export function readZip(source: ByteSource): Map<string, ZipEntry> {
  const { count, offset, size } = findDirectory(source);
  if (count > mostEntries) throw new CheckpointError(`${source.name} lists ${count} files inside, more than any checkpoint has`);
  const directory = readExactly(source, offset, size, 'the directory of the archive');
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > size || view.getUint32(at, true) !== 0x02014b50) throw new CheckpointError(`${source.name}: the directory of the archive is damaged at entry ${i}`);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const end = at + 46 + nameLength + extraLength;
    if (end > size) throw new CheckpointError(`${source.name}: the directory of the archive is damaged at entry ${i}`);
    const name = new TextDecoder().decode(directory.subarray(at + 46, at + 46 + nameLength));
    const place = { packed: view.getUint32(at + 20, true), unpacked: view.getUint32(at + 24, true), header: view.getUint32(at + 42, true) };
    readZip64(view, at + 46 + nameLength, end, place);
    const method = view.getUint16(at + 10, true);
    const encrypted = (view.getUint16(at + 8, true) & 1) !== 0;
    if (!name.endsWith('/')) entries.set(name, { name, size: place.unpacked, open: () => openEntry(source, name, method, encrypted, place) });
    at = end + view.getUint16(at + 32, true);
  }
  return entries;
}

interface Place { packed: number; unpacked: number; header: number }

function openEntry(source: ByteSource, name: string, method: number, encrypted: boolean, { packed, unpacked, header }: Place): ByteSource {
  const what = `${source.name}: ${name}`;
  if (encrypted) throw new CheckpointError(`${what} is encrypted`);
  const local = readExactly(source, header, 30, `the header of ${name}`);
  const view = new DataView(local.buffer, local.byteOffset, local.byteLength);
  if (view.getUint32(0, true) !== 0x04034b50) throw new CheckpointError(`${what} does not begin where the archive says`);
  const start = header + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + packed > source.size) throw new CheckpointError(`${what} is truncated: its ${packed} bytes end behind the file`);
  if (method === 0) {
    if (packed !== unpacked) throw new CheckpointError(`${what} is damaged: it is stored, but its two sizes differ`);
    return slice(source, start, packed, `${source.name}/${name}`);
  }
  if (method !== 8) throw new CheckpointError(`${what} is compressed by method ${method}, which is not supported`);
  if (unpacked > largestUnpacked || (unpacked > harmlessSize && unpacked > packed * harmlessRatio)) {
    throw new CheckpointError(`${what} would grow from ${packed} to ${unpacked} bytes: that is no checkpoint but a bomb, and is refused`);
  }
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(readExactly(source, start, packed, name), { out: new Uint8Array(unpacked) });
  } catch {
    throw new CheckpointError(`${what} is damaged: it cannot be unpacked`);
  }
  if (bytes.length !== unpacked) throw new CheckpointError(`${what} unpacks to ${bytes.length} bytes instead of ${unpacked}`);
  return { name: `${source.name}/${name}`, size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

function findDirectory(source: ByteSource): { count: number; offset: number; size: number } {
  // the end record is 22 bytes and a comment of at most 65535
  const tailSize = Math.min(source.size, 22 + 65535);
  const tailStart = source.size - tailSize;
  const tail = readExactly(source, tailStart, tailSize, 'the end of the archive');
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tailSize - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const found = { count: view.getUint16(at + 10, true), size: view.getUint32(at + 12, true), offset: view.getUint32(at + 16, true) };
    if (at >= 20 && view.getUint32(at - 20, true) === 0x07064b50) {
      const record = readExactly(source, Number(view.getBigUint64(at - 12, true)), 56, 'the zip64 record');
      const wide = new DataView(record.buffer, record.byteOffset, record.byteLength);
      if (wide.getUint32(0, true) !== 0x06064b50) throw new CheckpointError(`${source.name}: its zip64 record is damaged`);
      return { count: Number(wide.getBigUint64(32, true)), size: Number(wide.getBigUint64(40, true)), offset: Number(wide.getBigUint64(48, true)) };
    }
    return found;
  }
  throw new CheckpointError(`${source.name} is truncated or not a zip archive: it has no directory at its end`);
}

/** Sizes that do not fit 32 bits stand in an extra field, in this order, only those that are marked. */
function readZip64(view: DataView, from: number, to: number, place: Place): void {
  for (let at = from; at + 4 <= to;) {
    const id = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    if (id === 1) {
      let field = at + 4;
      const last = Math.min(field + length, to);
      for (const key of ['unpacked', 'packed', 'header'] as const) {
        if (place[key] !== 0xffffffff || field + 8 > last) continue;
        place[key] = Number(view.getBigUint64(field, true));
        field += 8;
      }
    }
    at += 4 + length;
  }
}
