import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { readOnnx } from '../../graph/onnx/read.ts';
import { FormatError, type ByteSource } from '../../graph/onnx/wire.ts';
import type { OnnxModel } from '../../graph/onnx/read.ts';
import type { Checkpoint } from './checkpoint.ts';
import { CheckpointError, FileSource } from './file.ts';
import { readKeras, readKerasHdf5 } from './keras.ts';
import { readMxnetParams, startsMxnet } from './mxnet.ts';
import { readNpy, readNpz } from './numpy.ts';
import { readSafetensors } from './safetensors.ts';
import { isShardIndex, openShards } from './shards.ts';
import { readTorchLegacy, readTorchZip } from './torch.ts';
import { readZip } from './zip.ts';

/** Opens a file of weights of any format that is known: by what is in it, and by its name where that does not tell. */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const folder = weightsInFolder(path);
  if (folder !== undefined) return openCheckpoint(folder);
  if (isShardIndex(path)) return openShards(path, openCheckpoint);
  const source = new FileSource(path);
  try {
    const file = await read(source, path);
    return { path, close: () => source.close(), ...file };
  } catch (error) {
    source.close();
    if (error instanceof CheckpointError) throw error;
    throw new CheckpointError(error instanceof FormatError ? error.message : `${source.name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function read(source: FileSource, path: string): Promise<Omit<Checkpoint, 'path' | 'close'> & { close?: () => void }> {
  if (source.size === 0) throw new CheckpointError(`${source.name} is empty`);
  const head = source.read(0, 16);
  const extension = extname(path).toLowerCase();
  if (starts(head, [0x50, 0x4b, 0x03, 0x04]) || starts(head, [0x50, 0x4b, 0x05, 0x06])) {
    const archive = readZip(source);
    const names = [...archive.keys()];
    if (names.some((name) => /(^|\/)data\.pkl$/.test(name))) return readTorchZip(source, archive);
    if (extension === '.keras' || archive.has('model.weights.h5')) {
      const file = await readKeras(source, archive);
      return { ...file, close: () => { file.close(); source.close(); } };
    }
    if (extension === '.npz' || names.some((name) => name.endsWith('.npy'))) return { format: 'npz', ...readNpz(source) };
    if (names.some((name) => /(^|\/)models\/[^/]+\.json$/.test(name))) throw new CheckpointError(`${source.name} is a program that torch.export saved, which is not read: save the model's state dict with torch.save`);
    throw new CheckpointError(`${source.name} is a zip archive, but holds neither a Keras model, nor a PyTorch file, nor NumPy arrays`);
  }
  if (starts(head, [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a])) {
    source.close();
    return readKerasHdf5(path, source.name);
  }
  if (starts(head, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59])) {
    const array = readNpy(source);
    return { format: 'npy', entries: new Map([['array', array]]), remarks: [] };
  }
  if (startsMxnet(head)) return { format: 'mxnet', ...readMxnetParams(source) };
  if (extension === '.safetensors' || (head[8] === 0x7b && head.subarray(5, 8).every((byte) => byte === 0))) return { format: 'safetensors', ...readSafetensors(source) };
  if (extension === '.onnx') return { format: 'onnx', entries: openOnnxSource(source, path).weights, remarks: [] };
  if (['.pt', '.pth', '.pkl', '.pickle', '.bin', '.ckpt', '.tar'].includes(extension) || head[0] === 0x80) return readTorchLegacy(source);
  if (['.keras', '.h5', '.hdf5', '.npz', '.npy', '.params'].includes(extension)) throw new CheckpointError(`${source.name} is damaged or not a ${extension} file: it does not begin like one`);
  throw new CheckpointError(`${source.name} is of no known format of weights (.keras, .h5, .safetensors, .pt, .npz, .onnx, .params, .caffemodel)`);
}

/** Opens an ONNX file with what lies beside it; the file stays open for the weights that are read later. */
export function openOnnx(path: string): OnnxModel & { close(): void } {
  const source = new FileSource(path);
  try {
    return { ...openOnnxSource(source, path), close: () => source.close() };
  } catch (error) {
    source.close();
    throw error instanceof FormatError ? new CheckpointError(error.message) : error;
  }
}

function openOnnxSource(source: FileSource, path: string): OnnxModel {
  return readOnnx(source, { name: source.name.replace(/\.onnx$/i, ''), openExternal: (location) => openBeside(path, location) });
}

/** External data lies beside the model, never above it. */
function openBeside(model: string, location: string): ByteSource {
  const folder = resolve(dirname(model));
  const path = resolve(folder, location);
  // a link inside of the folder may lead out of it
  const real = existsSync(path) ? realpathSync(path) : path;
  if (!path.startsWith(folder + sep) || !(real === path || real.startsWith(realpathSync(folder) + sep))) throw new CheckpointError(`${model} asks for weights from ${location}, outside of its own folder: refused`);
  return new FileSource(path);
}

/** Names of weights in a folder that a hub or `save_pretrained` wrote, the best first. */
const folderNames = ['model.safetensors', 'model.safetensors.index.json', 'pytorch_model.bin', 'pytorch_model.bin.index.json', 'model.weights.h5', 'tf_model.h5'];

/** The file of weights in a folder; undefined where the path is no folder. */
function weightsInFolder(path: string): string | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  const found = folderNames.map((name) => join(path, name)).find((file) => existsSync(file));
  if (found === undefined) throw new CheckpointError(`${path} is a folder without weights: ${folderNames.join(', ')} are looked for there`);
  return found;
}

/** File names that weights of a program have, nearest first: same stem, then any beside it. */
export const checkpointExtensions = ['.keras', '.weights.h5', '.h5', '.hdf5', '.safetensors', '.pt', '.pth', '.ckpt', '.bin', '.npz', '.onnx', '.params', '.safetensors.index.json', '.bin.index.json'] as const;

/** Whether a file may hold weights, by its name. */
export function isCheckpointFile(path: string): boolean {
  return checkpointExtensions.some((extension) => path.toLowerCase().endsWith(extension));
}

/** Files of weights of a program: those beside it with its own name (`model.py` and `model.keras`), or the file itself where it holds weights. */
export function findWeights(program: string): string[] {
  if (!/\.(pyw?|ipynb)$/i.test(program)) return [program];
  const stem = program.slice(0, program.length - extname(program).length);
  return checkpointExtensions.map((extension) => stem + extension).filter((path) => existsSync(path) && statSync(path).isFile()).map((path) => join(path));
}

function starts(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
