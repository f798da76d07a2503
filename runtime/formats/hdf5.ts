import { mkdtempSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ByteSource } from '../../graph/onnx/wire.ts';
import { elementCount, elementSize, tensorFromBytes } from '../../graph/elements.ts';
import type { DataType, Tensor } from '../../graph/tensor.ts';
import { CheckpointError, readExactly } from './file.ts';

/** HDF5 files, through h5wasm. What that library would read wrongly is refused. */

export interface Hdf5Node {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string | number | readonly string[]>;
  readonly groups: readonly Hdf5Node[];
  readonly datasets: readonly Hdf5Dataset[];
}

export interface Hdf5Dataset {
  readonly name: string;
  readonly path: string;
  /** Undefined where its element type is not one of numbers. */
  readonly dataType: DataType | undefined;
  readonly shape: readonly number[];
  readonly read: () => Promise<Tensor>;
}

export interface Hdf5File {
  readonly root: Hdf5Node;
  close(): void;
}

/** Filters whose data h5wasm decodes right; others (LZF is 32000) give garbage without an error. */
const decodedFilters = new Set([1, 2, 3, 5, 6]);
const deepestGroup = 64;
const largestArray = 2 ** 31 - 1;
/** As for archives: what may be unpacked whatever the ratio, and the ratio up to which more may be. */
const harmlessSize = 64 * 2 ** 20;
const harmlessRatio = 100;
const mostObjects = 200_000;

type Library = typeof import('h5wasm/node');

/** The library's own file system, which is that of the process. */
interface LibraryFiles {
  getStream(descriptor: number): { nfd?: number } | undefined;
  open(path: string, ...others: unknown[]): unknown;
  readonly ErrnoError: new (code: number) => Error;
}

const noSuchFile = 44;
/** Files that may be opened now: those that were asked for, by their real paths too. */
const allowed = new Set<string>();

/** Opens a file by its path; it is read piece by piece. */
export async function openHdf5(given: string, name: string): Promise<Hdf5File> {
  // the library opens a path as a whole one, whatever it is given
  const path = resolve(given);
  const library = await load();
  let file: InstanceType<Library['File']>;
  try {
    allowed.add(path);
    file = new library.File(path, 'r');
    if (file.file_id < 0n) throw new Error('it is no HDF5 file, or its beginning is lost');
  } catch (error) {
    throw failure(error, name);
  }
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    allowed.delete(path);
    try {
      file.close();
    } catch {
      // a library that broke down has nothing left to close
    }
  };
  try {
    return { root: new Walker(library, file, name, statSync(path).size).node(file, '', 0), close };
  } catch (error) {
    const told = failure(error, name);
    close();
    throw told;
  }
}

/** Opens a file that lies inside another one: the library reads only files on disk, so it is laid there for the while. */
export async function openHdf5Within(source: ByteSource): Promise<Hdf5File> {
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-'));
  const path = join(folder, 'weights.h5');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let file: Hdf5File;
  try {
    writeFileSync(path, readExactly(source, 0, source.size, 'the weights'));
    file = await openHdf5(path, source.name);
  } catch (error) {
    remove();
    throw error;
  }
  try {
    // an open file can be read on after its name is gone; Windows keeps the name
    remove();
    return file;
  } catch {
    process.once('exit', remove);
    return {
      root: file.root,
      close: () => {
        file.close();
        remove();
        process.off('exit', remove);
      },
    };
  }
}

let library: Promise<Library> | undefined;
let generation = 0;

function load(): Promise<Library> {
  library ??= (async () => {
    // a module that broke down on a damaged file is loaded anew under another address
    const loaded = await (generation === 0 ? import('h5wasm/node') : import(/* @vite-ignore */ `${import.meta.resolve('h5wasm/node')}?${generation}`)) as Library;
    const module = await loaded.ready;
    // the C library prints its stack of errors; they come back as results too
    const { FS: files } = module as unknown as { FS: LibraryFiles };
    const errors = files.getStream(2);
    if (errors) errors.nfd = openSync(devNull, 'w');
    // data of a file may be said to lie in another one, anywhere: only what was asked for is opened
    const open = files.open.bind(files);
    files.open = (path, ...others) => {
      if (!allowed.has(path)) throw new files.ErrnoError(noSuchFile);
      return open(path, ...others);
    };
    return loaded;
  })();
  return library;
}

/** What went wrong, in one sentence; a breakdown of the C library itself makes the next file load a fresh one. */
function failure(error: unknown, what: string): CheckpointError {
  if (error instanceof CheckpointError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof WebAssembly.RuntimeError || text.startsWith('Aborted')) {
    library = undefined;
    generation++;
    return new CheckpointError(`${what} is damaged: the HDF5 library cannot make sense of it`);
  }
  return new CheckpointError(`${what} is damaged: ${text.split('\n')[0]}`);
}

class Walker {
  readonly #library: Library;
  readonly #file: InstanceType<Library['File']>;
  readonly #name: string;
  readonly #fileSize: number;
  #objects = 0;

  constructor(library: Library, file: InstanceType<Library['File']>, name: string, fileSize: number) {
    this.#fileSize = fileSize;
    this.#library = library;
    this.#file = file;
    this.#name = name;
  }

  node(group: InstanceType<Library['Group']>, name: string, depth: number): Hdf5Node {
    if (depth > deepestGroup || this.#objects > mostObjects) throw new CheckpointError(`${this.#name} nests or lists more groups than any checkpoint has`);
    const attributes = new Map<string, string | number | readonly string[]>();
    for (const [key, attribute] of Object.entries(group.attrs)) {
      const value = attribute.json_value;
      if (typeof value === 'string' || typeof value === 'number') attributes.set(key, value);
      else if (Array.isArray(value) && value.every((part) => typeof part === 'string')) attributes.set(key, value as string[]);
    }
    const groups: Hdf5Node[] = [];
    const datasets: Hdf5Dataset[] = [];
    for (const key of group.keys()) {
      this.#objects++;
      const entity = group.get(key);
      // links out of the file are not followed
      if (entity instanceof this.#library.Group) groups.push(this.node(entity, key, depth + 1));
      else if (entity instanceof this.#library.Dataset) datasets.push(this.#dataset(entity, key));
    }
    return { name, attributes, groups, datasets };
  }

  #dataset(dataset: InstanceType<Library['Dataset']>, name: string): Hdf5Dataset {
    const { metadata, path } = dataset;
    const shape = metadata.shape ?? [];
    const dataType = dataTypeOf(metadata);
    const what = `${this.#name}: ${path}`;
    const read = async (): Promise<Tensor> => {
      if (dataType === undefined) throw new CheckpointError(`${what} holds no numbers that can be read here`);
      if (metadata.virtual_sources) throw new CheckpointError(`${what} takes its data from other files, which are not followed`);
      const unknown = dataset.filters.find(({ id }) => !decodedFilters.has(id));
      if (unknown) throw new CheckpointError(`${what} is compressed by ${unknown.name || `filter ${unknown.id}`}, which cannot be read here; save it with gzip or without compression`);
      return this.#tensor(dataset, dataType, what);
    };
    return { name, path, dataType, shape, read };
  }

  /** A dataset's elements. The library's own reading passes over failures and gives what happened to be in memory. */
  #tensor(dataset: InstanceType<Library['Dataset']>, dataType: DataType, what: string): Tensor {
    const module = this.#library.Module as unknown as LibraryModule;
    const { shape } = dataset.metadata;
    const size = elementCount(shape ?? []) * elementSize(dataType);
    if (size > harmlessSize && size > this.#fileSize * harmlessRatio) throw new CheckpointError(`${what} would unpack to ${size} bytes of a file of ${this.#fileSize}, as no weights do: it is refused`);
    if (size > largestArray) throw new CheckpointError(`${what} has ${size} bytes, more than the HDF5 library can hold`);
    let place = 0;
    try {
      if (dataset.file_id !== this.#file.file_id || !(this.#file.get(dataset.path) instanceof this.#library.Dataset)) throw new Error('it is not there any more');
      place = module._malloc(Math.max(1, size));
      if (place === 0) throw new Error(`its ${size} bytes do not fit into memory`);
      if (module.get_dataset_data(dataset.file_id, dataset.path, null, null, null, BigInt(place)) < 0) throw new Error('its elements cannot be read');
      // they come in this machine's order, whatever the file's is
      return tensorFromBytes(dataType, shape ?? [], module.HEAPU8.subarray(place, place + size));
    } catch (error) {
      throw failure(error, what);
    } finally {
      if (place !== 0) module._free(place);
    }
  }
}

/** The compiled library beneath its own classes. */
interface LibraryModule {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(place: number): void;
  /** Negative where it fails. */
  get_dataset_data(file: bigint, path: string, count: null, offset: null, strides: null, into: bigint): number;
}

interface TypeInformation { type: number; size: number; signed: boolean; enum_type?: { members: Record<string, number> } }

function dataTypeOf({ type, size, signed, enum_type: members }: TypeInformation): DataType | undefined {
  if (type === 0) return `${signed ? 'int' : 'uint'}${8 * size}` as DataType;
  // half precision is refused by the library itself
  if (type === 1) return size === 4 ? 'float32' : size === 8 ? 'float64' : undefined;
  if (type === 8 && members && size === 1) return 'bool';
  return undefined;
}
