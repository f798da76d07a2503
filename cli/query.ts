import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readOnnx, type LayerGraph, type Weights } from '../graph/index.ts';
import { openOnnx } from '../runtime/index.ts';
import { parseVnnlib, type VnnlibQuery } from '../symbolic/index.ts';
import { asked, existing, InputError } from './input-error.ts';

/** A VNN-LIB query and the model that it asks about, read from their files. */
export interface Query {
  readonly files: { readonly network: Uint8Array; readonly property: Buffer };
  readonly query: VnnlibQuery;
  readonly graph: LayerGraph;
  readonly weights: Weights;
}

/** @throws InputError naming the file that is wrong */
export async function openQuery(net: string, propertyFile: string): Promise<Query> {
  const files = { property: inflated(propertyFile), network: new Uint8Array(inflated(net)) };
  const query = await about(propertyFile, () => parseVnnlib(files.property.toString('utf8')));
  // a model with weights in other files is opened where it lies
  const { graph, weights } = await about(net, () => (net.endsWith('.gz') ? readOnnx(files.network) : openOnnx(net)));
  return { files, query, graph, weights };
}

/** Refusals name the file that they are about, or the one that errors of their kind are about. */
export async function about<T>(file: string | Readonly<Record<string, string>>, action: () => T | Promise<T>): Promise<T> {
  let kind = '';
  try {
    return await asked(async () => {
      try {
        return await action();
      } catch (error) {
        if (error instanceof Error) kind = error.name;
        throw error;
      }
    });
  } catch (error) {
    const named = typeof file === 'string' ? file : file[kind];
    if (error instanceof InputError && named !== undefined && !error.message.includes(named)) throw new InputError(`${named}: ${error.message}`);
    throw error;
  }
}

/** A file's bytes, unpacked where it is gzipped. */
export function inflated(path: string): Buffer {
  const bytes = readFileSync(existing(path));
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new InputError(`${path} cannot be unpacked: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
