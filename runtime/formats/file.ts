import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { ByteSource } from '../../graph/onnx/wire.ts';

/** A file that is not what it should be: one sentence that names the file, the place and what is wrong. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  constructor(message: string) {
    // names from damaged files may hold anything
    super(message.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?'));
  }
}

/** A file on disk, read piece by piece. */
export class FileSource implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly path: string;
  readonly #descriptor: number;
  #closed = false;

  constructor(path: string) {
    this.path = path;
    this.name = basename(path);
    try {
      this.#descriptor = openSync(path, 'r');
    } catch (error) {
      throw new CheckpointError(`${path} cannot be opened: ${reason(error)}`);
    }
    const status = fstatSync(this.#descriptor);
    if (!status.isFile()) {
      this.close();
      throw new CheckpointError(`${path} is not a file`);
    }
    this.size = status.size;
  }

  /** Bytes from `offset` on; fewer than `length` where the file ends. */
  read(offset: number, length: number): Uint8Array {
    if (this.#closed) throw new CheckpointError(`${this.name} has been closed`);
    const buffer = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
    let filled = 0;
    while (filled < buffer.length) {
      const count = readSync(this.#descriptor, buffer, filled, Math.min(buffer.length - filled, 1 << 30), offset + filled);
      if (count === 0) return buffer.subarray(0, filled);
      filled += count;
    }
    return buffer;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
  }
}

/** Exactly these bytes, or an error that says what they are for. */
export function readExactly(source: ByteSource, offset: number, length: number, what: string): Uint8Array {
  if (!(offset >= 0 && length >= 0 && offset + length <= source.size)) {
    throw new CheckpointError(`${source.name} is truncated or damaged: ${what} should lie at bytes ${offset} to ${offset + length}, but the file has ${source.size}`);
  }
  const bytes = source.read(offset, length);
  if (bytes.length !== length) throw new CheckpointError(`${source.name} ended while ${what} was read`);
  return bytes;
}

/** A stretch of a source as a source of its own. */
export function slice(source: ByteSource, offset: number, size: number, name = source.name): ByteSource {
  return { name, size, read: (from, length) => source.read(offset + from, Math.max(0, Math.min(length, size - from))) };
}

/** What a system error means, without its code. */
export function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'reading it is not allowed';
  if (code === 'EISDIR') return 'it is a folder';
  return error instanceof Error ? error.message : String(error);
}
