import type { LayerGraph, Tensor } from '../graph/index.ts';
import { readInput } from '../runtime/index.ts';
import { asked, InputError } from './input-error.ts';

export interface InputOptions {
  /** `[NAME=]FILE`, or `[NAME=]random`; `random` alone is for every input. */
  readonly input?: string | readonly string[];
  /** What gives the words of a text their numbers. */
  readonly vocabulary?: string;
  readonly seed: number;
}

/**
 * The tensors that a command's `--input` options name, for every input of the graph.
 * What was done to a picture to fit (resized, scaled) is said on stderr.
 */
export async function readFeeds(graph: LayerGraph, options: InputOptions): Promise<Record<string, Tensor>> {
  const given = [options.input ?? []].flat();
  const names = graph.inputs.map((id) => graph.values[id].name);
  const files = new Map<string, string>();
  for (const text of given) {
    if (text === 'random' && given.length === 1) {
      for (const name of names) files.set(name, text);
      break;
    }
    const named = names.find((name) => text.startsWith(`${name}=`));
    const name = named ?? names.find((one) => !files.has(one));
    if (name === undefined) throw new InputError(`The model has ${names.length} input${names.length === 1 ? '' : 's'} (${names.join(', ')}), and ${text} is one more.`);
    files.set(name, named ? text.slice(named.length + 1) : text);
  }
  const feeds: Record<string, Tensor> = {};
  for (const id of graph.inputs) {
    const value = graph.values[id];
    const path = files.get(value.name);
    if (path === undefined) throw new InputError(`The model needs the input ${value.name}: give it with --input ${value.name}=FILE (.npy, .npz, .png, .jpg, .json, .csv or .txt), or --input ${value.name}=random.`);
    const { tensor, remarks } = await asked(() => readInput(path === 'random' ? { kind: 'random', seed: options.seed } : { kind: 'path', path, vocabulary: options.vocabulary }, graph, id));
    for (const remark of remarks) process.stderr.write(`${path}: ${remark}\n`);
    feeds[value.name] = tensor;
  }
  return feeds;
}
