import type { ByteSource } from '../../graph/onnx/wire.ts';
import { elementCount, elementSize, tensorFromBytes } from '../../graph/elements.ts';
import type { DataType } from '../../graph/tensor.ts';
import { stored, type StoredTensor } from '../../graph/weights.ts';
import type { CheckpointFormat } from './checkpoint.ts';
import { CheckpointError, readExactly, slice } from './file.ts';
import { gather, numpyTensor, numpyType, type NumpyType } from './numpy.ts';
import { PersistentId, PickleGlobal, PickleObject, unpickle, type PickleOptions } from './pickle.ts';
import { readZip, type ZipEntry } from './zip.ts';

/**
 * PyTorch's files: the zip archives of version 1.6 on, the older pickles in a row, and TorchScript archives.
 * State dicts and whole modules; nothing in the file is executed.
 */

const storageTypes: Readonly<Record<string, DataType>> = {
  FloatStorage: 'float32', DoubleStorage: 'float64', HalfStorage: 'float16', BFloat16Storage: 'bfloat16', LongStorage: 'int64', IntStorage: 'int32',
  ShortStorage: 'int16', CharStorage: 'int8', ByteStorage: 'uint8', BoolStorage: 'bool', ComplexFloatStorage: 'complex64', ComplexDoubleStorage: 'complex128', UntypedStorage: 'uint8',
};
const torchTypes: Readonly<Record<string, DataType>> = {
  float32: 'float32', float: 'float32', float64: 'float64', double: 'float64', float16: 'float16', half: 'float16', bfloat16: 'bfloat16', int64: 'int64', int32: 'int32',
  int16: 'int16', int8: 'int8', uint8: 'uint8', bool: 'bool', complex64: 'complex64', complex128: 'complex128', uint16: 'uint16', uint32: 'uint32', uint64: 'uint64',
};

/** Modules whose functions act on the machine: no checkpoint needs them, so a file that names one is refused whole. */
const dangerousModules = /^(os|posix|nt|subprocess|sys|shutil|socket|pty|runpy|importlib|ctypes|webbrowser|code|codeop|commands|urllib|http|requests|multiprocessing|threading|asyncio|signal|tempfile|pathlib|io|pickle|_pickle|operator|functools|types|inspect|pip|pdb|bdb|timeit|platform|marshal|builtins|__builtin__)(\.|$)/;
const harmlessBuiltins = new Set(['set', 'frozenset', 'list', 'dict', 'tuple', 'object', 'int', 'float', 'str', 'bool', 'bytes', 'bytearray', 'complex', 'slice', 'range', 'type'].flatMap((name) => [`builtins.${name}`, `__builtin__.${name}`])
  .concat(['functools.partial', 'operator.itemgetter', 'operator.attrgetter', 'pathlib.PosixPath', 'pathlib.WindowsPath', 'pathlib.Path', 'pathlib.PurePosixPath', 'types.SimpleNamespace']));

interface Storage {
  readonly dataType: DataType;
  readonly key: string;
  readonly count: number;
}

class TorchTensor {
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly dataType: DataType;
  constructor(storage: Storage, offset: number, shape: readonly number[], strides: readonly number[], dataType: DataType) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
    this.dataType = dataType;
  }
}

class NumpyArray {
  type: NumpyType | undefined;
  shape: readonly number[] = [];
  bytes: Uint8Array | undefined;
  fortran = false;
}

/** Where the bytes of a storage lie. */
type Locate = (key: string) => ByteSource | undefined;

interface TorchFile {
  readonly format: CheckpointFormat;
  readonly entries: Map<string, StoredTensor>;
  readonly remarks: string[];
}

export function readTorchZip(source: ByteSource, archive: ReadonlyMap<string, ZipEntry> = readZip(source)): TorchFile {
  const [root] = [...archive.keys()].filter((name) => /(^|\/)data\.pkl$/.test(name)).map((name) => name.slice(0, -'data.pkl'.length));
  if (root === undefined) throw new CheckpointError(`${source.name} is a zip archive, but no PyTorch file: it has no data.pkl`);
  const order = archive.get(`${root}byteorder`)?.open();
  if (order && new TextDecoder().decode(order.read(0, order.size)).trim() === 'big') throw new CheckpointError(`${source.name} was written on a big-endian machine, which is not supported`);
  const locate: Locate = (key) => (archive.get(`${root}data/${key}`) ?? archive.get(`${root}tensors/${key}`))?.open();
  const pickle = archive.get(`${root}data.pkl`)!.open();
  if (pickle.size > 1 << 28) throw new CheckpointError(`${source.name}: its pickle takes ${pickle.size} bytes, more than any description of tensors`);
  const { value, refused } = unpickle(readExactly(pickle, 0, pickle.size, 'the pickle'), options(pickle.name));
  const script = archive.has(`${root}constants.pkl`) || [...archive.keys()].some((name) => name.startsWith(`${root}code/`));
  return { format: script ? 'torchscript' : 'torch', ...collect(source.name, value, refused, locate) };
}

/** Five pickles in a row (a magic number, a version, the system, the object, the keys of storages), then the storages. */
export function readTorchLegacy(source: ByteSource): TorchFile {
  // the pickles lie in front; storages, which are most of the file, behind them
  let window = Math.min(source.size, 1 << 20);
  for (;;) {
    const bytes = readExactly(source, 0, window, 'the pickles');
    try {
      return legacy(source, bytes);
    } catch (error) {
      if (window === source.size || !(error instanceof CheckpointError) || !error.message.includes('truncated: its pickle')) throw error;
      window = Math.min(source.size, window * 8);
    }
  }
}

function legacy(source: ByteSource, bytes: Uint8Array): TorchFile {
  const settings = options(source.name);
  const magic = unpickle(bytes, settings);
  if (magic.value !== 0x1950a86a20f9469cfc6cn) {
    // a plain pickle.dump of arrays is a checkpoint too
    return { format: 'torch-legacy', ...collect(source.name, magic.value, magic.refused, () => undefined) };
  }
  const version = unpickle(bytes, settings, magic.end);
  const system = unpickle(bytes, settings, version.end);
  const object = unpickle(bytes, settings, system.end);
  const keys = unpickle(bytes, settings, object.end);
  const sizes = new Map<string, number>();
  for (const storage of storagesOf(object.value)) sizes.set(storage.key, elementSize(storage.dataType));
  const places = new Map<string, ByteSource>();
  let at = keys.end;
  for (const key of Array.isArray(keys.value) ? keys.value.map(String) : []) {
    const header = readExactly(source, at, 8, `the storage ${key}`);
    const count = Number(new DataView(header.buffer, header.byteOffset, 8).getBigInt64(0, true));
    const size = sizes.get(key);
    if (size === undefined) break;
    if (!(count >= 0) || at + 8 + count * size > source.size) throw new CheckpointError(`${source.name} is truncated: the storage ${key} of ${count} elements ends behind the file`);
    places.set(key, slice(source, at + 8, count * size));
    at += 8 + count * size;
  }
  return { format: 'torch-legacy', ...collect(source.name, object.value, object.refused, (key) => places.get(key)) };
}

function options(name: string): PickleOptions {
  return { name, interpret: (callable, args) => interpret(name, callable, args), build: buildNumpy };
}

/** The callables that checkpoints need, by what they make. */
function interpret(file: string, callable: PickleGlobal, args: readonly unknown[]): unknown {
  switch (callable.path) {
    case 'collections.OrderedDict': case 'builtins.dict': case '__builtin__.dict': {
      const entries = Array.isArray(args[0]) ? args[0] : [];
      return new Map(entries.filter(Array.isArray) as [unknown, unknown][]);
    }
    case 'collections.defaultdict': case 'collections.Counter': return new Map();
    case 'builtins.set': case '__builtin__.set': case 'builtins.frozenset': case '__builtin__.frozenset': case 'builtins.list': return Array.isArray(args[0]) ? args[0] : [];
    case 'torch.Size': return Array.isArray(args[0]) ? args[0] : [];
    case 'torch.device': return String(args[0]);
    case 'torch._utils._rebuild_tensor': return tensor(file, args[0], args[1], args[2], args[3]);
    case 'torch._utils._rebuild_tensor_v2': return tensor(file, args[0], args[1], args[2], args[3]);
    case 'torch._utils._rebuild_tensor_v3': return tensor(file, args[0], args[1], args[2], args[3], args[6]);
    case 'torch._utils._rebuild_parameter': case 'torch._utils._rebuild_parameter_with_state': case 'torch.nn.parameter.Parameter': case 'torch.nn.parameter.Buffer': return args[0];
    case 'torch._tensor._rebuild_from_type_v2': return args[0] instanceof PickleGlobal && Array.isArray(args[2]) ? interpret(file, args[0], args[2]) : undefined;
    case 'torch.jit._pickle.build_tensor_from_id': return args[0];
    case 'torch.jit._pickle.build_intlist': case 'torch.jit._pickle.build_doublelist': case 'torch.jit._pickle.build_boollist': case 'torch.jit._pickle.build_tensorlist':
    case 'torch.jit._pickle.restore_type_tag': return args[0];
    case 'numpy.core.multiarray._reconstruct': case 'numpy._core.multiarray._reconstruct': case 'numpy.ndarray': return new NumpyArray();
    case 'numpy.dtype': {
      const type = numpyType(String(args[0]));
      return type ? { type } : undefined;
    }
    case 'numpy.core.multiarray.scalar': case 'numpy._core.multiarray.scalar': {
      const array = new NumpyArray();
      array.type = (args[0] as { type?: NumpyType } | undefined)?.type;
      array.bytes = bytesOf(args[1]);
      return array;
    }
    case '_codecs.encode': return typeof args[0] === 'string' ? args[0] : undefined;
    default: return undefined;
  }
}

function buildNumpy(object: unknown, state: unknown): boolean {
  if (object instanceof NumpyArray && Array.isArray(state) && state.length >= 5) {
    object.shape = sizes(state[1]) ?? [];
    object.type = (state[2] as { type?: NumpyType } | undefined)?.type;
    object.fortran = Boolean(state[3]);
    object.bytes = bytesOf(state[4]);
    return true;
  }
  if (typeof object === 'object' && object !== null && 'type' in object && Array.isArray(state)) {
    const holder = object as { type: NumpyType };
    if (state[1] === '>') holder.type = { ...holder.type, bigEndian: true };
    return true;
  }
  return false;
}

/** Python 2's text and Python 3's latin-1 text both stand for bytes. */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' ? Uint8Array.from(value, (character) => character.charCodeAt(0)) : undefined;
}

function tensor(file: string, storage: unknown, offset: unknown, shape: unknown, strides: unknown, type?: unknown): TorchTensor | undefined {
  const found = storageOf(file, storage);
  const size = sizes(shape);
  const steps = sizes(strides);
  if (!found || typeof offset !== 'number' || !size || !steps || size.length !== steps.length) throw new CheckpointError(`${file} is damaged: it describes a tensor without a storage, a shape or strides`);
  if (type instanceof PickleGlobal) {
    const dataType = torchTypes[type.name];
    if (!dataType) return undefined;
    return new TorchTensor({ ...found, dataType, count: Math.floor((found.count * elementSize(found.dataType)) / elementSize(dataType)) }, offset, size, steps, dataType);
  }
  return new TorchTensor(found, offset, size, steps, found.dataType);
}

function storageOf(file: string, storage: unknown): Storage | undefined {
  const parts = storage instanceof PersistentId && Array.isArray(storage.id) ? storage.id : undefined;
  if (!parts || parts[0] !== 'storage' || !(parts[1] instanceof PickleGlobal)) return undefined;
  const dataType = storageTypes[parts[1].name];
  if (!dataType) throw new CheckpointError(`${file} holds tensors of ${parts[1].path}, which are not supported`);
  return { dataType, key: String(parts[2]), count: Number(parts[4]) };
}

function sizes(value: unknown): number[] | undefined {
  return Array.isArray(value) && value.every((size) => typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) ? value as number[] : undefined;
}

function* storagesOf(value: unknown): Generator<Storage> {
  const seen = new Set<unknown>();
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next instanceof TorchTensor) yield next.storage;
    else if (next instanceof Map) for (const [key, inner] of next) open.push(key, inner);
    else if (Array.isArray(next)) for (const inner of next) open.push(inner);
    else if (next instanceof PickleObject) open.push(next.state, next.entries, next.items, next.args);
    else if (next instanceof PersistentId) {
      const storage = storageOf('the file', next);
      if (storage) yield storage;
    }
  }
}

const mostObjects = 2_000_000;

/** Keys under which training programs keep the weights beside other things. */
const stateKeys = ['state_dict', 'model_state_dict', 'model_state', 'model', 'net', 'network', 'module', 'weights', 'params', 'ema_state_dict', 'model_ema'];

function collect(file: string, value: unknown, refused: ReadonlySet<string>, locate: Locate): { entries: Map<string, StoredTensor>; remarks: string[] } {
  const dangerous = [...refused].filter((name) => dangerousModules.test(name) && !harmlessBuiltins.has(name));
  if (dangerous.length > 0) throw new CheckpointError(`${file} is refused: when loaded in Python it would call ${dangerous.join(', ')}, which no checkpoint needs. Nothing was executed`);
  const remarks: string[] = [];
  let root = value;
  for (let depth = 0; depth < 3 && root instanceof Map && ![...root.values()].some(isTensor); depth++) {
    const key = stateKeys.find((name) => holdsTensors((root as Map<unknown, unknown>).get(name)));
    if (key === undefined) break;
    remarks.push(`The weights were found under '${key}'`);
    root = root.get(key);
  }
  const entries = new Map<string, StoredTensor>();
  gatherTensors(file, root, locate, entries, remarks);
  if (refused.size > 0) remarks.push(`Not executed: ${[...refused].slice(0, 20).join(', ')}${refused.size > 20 ? ` and ${refused.size - 20} more` : ''}`);
  if (entries.size === 0) throw new CheckpointError(`${file} holds no tensors${refused.size > 0 ? `; loading it in Python would call ${[...refused].slice(0, 10).join(', ')}` : ''}`);
  return { entries, remarks };
}

function isTensor(value: unknown): value is TorchTensor | NumpyArray {
  return value instanceof TorchTensor || value instanceof NumpyArray;
}

function holdsTensors(value: unknown, depth = 0): boolean {
  if (value instanceof Map) return depth < 4 && [...value.values()].some((inner) => isTensor(inner) || inner instanceof PickleObject || holdsTensors(inner, depth + 1));
  return value instanceof PickleObject && value.state instanceof Map;
}

/** Walks dictionaries, lists and modules; names are the dotted paths that PyTorch's `state_dict` gives. */
function gatherTensors(file: string, root: unknown, locate: Locate, entries: Map<string, StoredTensor>, remarks: string[]): void {
  const onPath = new Set<unknown>();
  let visits = 0;
  const visit = (value: unknown, path: string): void => {
    // parts that are shared can be nested so that they would be met more often than there are atoms
    if (++visits > mostObjects) throw new CheckpointError(`${file} nests more than ${mostObjects} objects, which no checkpoint does`);
    if (isTensor(value)) {
      const entry = value instanceof TorchTensor ? torchEntry(file, path, value, locate) : numpyEntry(file, path, value);
      if (entry) entries.set(path || 'tensor', entry);
      return;
    }
    if (typeof value !== 'object' || value === null || onPath.has(value) || onPath.size > 100) return;
    onPath.add(value);
    const join = (name: unknown) => (path === '' ? String(name) : `${path}.${String(name)}`);
    if (value instanceof Map) for (const [name, inner] of value) visit(inner, join(name));
    else if (Array.isArray(value)) value.forEach((inner, index) => visit(inner, join(index)));
    else if (value instanceof PickleObject) {
      const state = value.state;
      if (state instanceof Map && state.has('_parameters')) {
        const transient = new Set(Array.isArray(state.get('_non_persistent_buffers_set')) ? state.get('_non_persistent_buffers_set') as unknown[] : []);
        visit(state.get('_parameters'), path);
        if (state.get('_buffers') instanceof Map) for (const [name, inner] of state.get('_buffers') as Map<unknown, unknown>) if (!transient.has(name)) visit(inner, join(name));
        visit(state.get('_modules'), path);
        if (path === '') remarks.push(`The file holds a whole ${value.path}; its state dict was read`);
      } else {
        visit(state, path);
        visit(value.entries, path);
      }
    }
    onPath.delete(value);
  };
  visit(root, '');
}

function torchEntry(file: string, name: string, { storage, offset, shape, strides, dataType }: TorchTensor, locate: Locate): StoredTensor {
  const count = elementCount(shape);
  const last = count === 0 ? -1 : offset + shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis], 0);
  if (last >= storage.count || !Number.isSafeInteger(last)) {
    throw new CheckpointError(`${file}: the tensor '${name}' of shape (${shape.join(', ')}) reaches behind its storage of ${storage.count} elements`);
  }
  if (count > 2 ** 31) throw new CheckpointError(`${file}: the tensor '${name}' has the impossible shape (${shape.join(', ')})`);
  const source = count === 0 ? undefined : locate(storage.key);
  const width = elementSize(dataType);
  if (count > 0 && (!source || source.size < (last + 1) * width)) {
    throw new CheckpointError(`${file} is truncated or damaged: the tensor '${name}' needs ${(last + 1) * width} bytes of the storage ${storage.key}, which ${source ? `has ${source.size}` : 'is missing'}`);
  }
  const read = async () => {
    if (!source) return tensorFromBytes(dataType, shape, new Uint8Array(0));
    const part = tensorFromBytes(dataType, [last + 1 - offset], readExactly(source, offset * width, (last + 1 - offset) * width, `the tensor '${name}'`));
    return { dataType, shape, data: isRowMajor(shape, strides) ? part.data : gather(dataType, shape, strides, 0, part.data) };
  };
  return { dataType, shape, read };
}

function numpyEntry(file: string, name: string, { type, shape, bytes, fortran }: NumpyArray): StoredTensor | undefined {
  if (!type || !bytes) return undefined;
  const needed = elementCount(shape) * elementSize(type.dataType);
  if (bytes.length !== needed) throw new CheckpointError(`${file}: the array '${name}' of shape (${shape.join(', ')}) needs ${needed} bytes, but the file holds ${bytes.length}`);
  return stored(numpyTensor(type, shape, bytes, fortran));
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== stride) return false;
    stride *= shape[axis];
  }
  return true;
}
