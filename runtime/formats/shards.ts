import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { StoredTensor } from '../../graph/weights.ts';
import type { Checkpoint } from './checkpoint.ts';
import { CheckpointError, reason } from './file.ts';

/** An index is a list of names. */
const mostBytes = 64e6;
const mostShards = 4_096;

/** Whether a file is the index of a checkpoint in several files, by its name: `model.safetensors.index.json`. */
export function isShardIndex(path: string): boolean {
  return path.toLowerCase().endsWith('.index.json');
}

/**
 * Opens a checkpoint in several files beside its index, whose `weight_map` says which tensor lies in which. `open` opens one of them.
 * @throws CheckpointError where the index is none, names a file elsewhere, or a file lacks what it should hold
 */
export async function openShards(path: string, open: (shard: string) => Promise<Checkpoint>): Promise<Checkpoint> {
  const name = basename(path);
  const places = readIndex(path, name);
  const files = [...new Set(places.values())];
  if (files.length > mostShards) throw new CheckpointError(`${name} names ${files.length} files, which no checkpoint has`);
  const shards = new Map<string, Checkpoint>();
  const close = (): void => shards.forEach((shard) => shard.close());
  try {
    for (const file of files) {
      if (file === '' || basename(file) !== file || file.includes('\\') || isShardIndex(file)) throw new CheckpointError(`${name} asks for weights from ${file}, which is no file of its own folder: refused`);
      shards.set(file, await open(join(dirname(path), file)));
    }
    const entries = new Map<string, StoredTensor>();
    for (const [tensor, file] of places) {
      const entry = shards.get(file)!.entries.get(tensor);
      if (!entry) throw new CheckpointError(`${name} says that ${file} holds the tensor '${tensor}', but it does not`);
      entries.set(tensor, entry);
    }
    const remarks = [...shards].flatMap(([file, shard]) => shard.remarks.map((remark) => `${file}: ${remark}`));
    return { path, format: shards.get(files[0])!.format, entries, remarks, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** The file of each tensor. */
function readIndex(path: string, name: string): ReadonlyMap<string, string> {
  let document: unknown;
  try {
    if (statSync(path).size > mostBytes) throw new CheckpointError(`${name} is too large for an index of weights`);
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw new CheckpointError(error instanceof SyntaxError ? `${name} is no JSON: ${error.message}` : `${path} cannot be opened: ${reason(error)}`);
  }
  const map: unknown = document !== null && typeof document === 'object' && Object.hasOwn(document, 'weight_map') ? (document as { weight_map: unknown }).weight_map : undefined;
  if (map === null || typeof map !== 'object' || Array.isArray(map)) throw new CheckpointError(`${name} is no index of weights: it has no weight_map`);
  const places = new Map(Object.entries(map as Record<string, unknown>).map(([tensor, file]) => {
    if (typeof file !== 'string') throw new CheckpointError(`${name} names no file for the tensor '${tensor}'`);
    return [tensor, file];
  }));
  if (places.size === 0) throw new CheckpointError(`${name} lists no tensors`);
  return places;
}
