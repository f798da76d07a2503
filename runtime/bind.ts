import type { Layer, LayerGraph, Parameter } from '../graph/graph.ts';
import { formatShape, isKnown, type Dimension } from '../graph/dimension.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { StoredTensor } from '../graph/weights.ts';
import { tensorOf } from '../graph/elements.ts';
import type { Checkpoint, CheckpointLayer } from './formats/checkpoint.ts';
import { naturalOrder } from './formats/natural-order.ts';

/** Which weights of a checkpoint belong to which parameters of a graph. */
export interface Binding {
  /** By the graph's names of parameters; only those that fit. */
  readonly weights: ReadonlyMap<string, StoredTensor>;
  readonly matched: readonly { readonly parameter: string; readonly entry: string }[];
  /** Parameters that the checkpoint has nothing for. */
  readonly missing: readonly string[];
  readonly mismatched: readonly Mismatch[];
  /** Entries of the checkpoint that no parameter takes. */
  readonly unused: readonly string[];
  readonly remarks: readonly string[];
}

export interface Mismatch {
  readonly parameter: string;
  readonly entry: string;
  /** What the graph wants and what the checkpoint holds. */
  readonly expected: readonly Dimension[];
  readonly found: readonly number[];
}

/** Thrown where a checkpoint does not give a graph its weights. */
export class BindingError extends Error {
  override readonly name = 'BindingError';
}

/** Finds each parameter's weights by the names that the framework gives them, then by the order of layers. */
export function bind(graph: LayerGraph, checkpoint: Pick<Checkpoint, 'entries' | 'layers' | 'remarks' | 'format'>): Binding {
  const pairs = checkpoint.layers && checkpoint.layers.length > 0 ? pairByLayers(graph, checkpoint.layers, checkpoint.entries) : pairByNames(graph, checkpoint.entries);
  const weights = new Map<string, StoredTensor>();
  const matched: { parameter: string; entry: string }[] = [];
  const mismatched: Mismatch[] = [];
  const used = new Set<string>();
  for (const { parameter, entry } of pairs.found) {
    const found = checkpoint.entries.get(entry)!;
    used.add(entry);
    if (!fits(parameter, found)) {
      mismatched.push({ parameter: parameter.name, entry, expected: parameter.type.shape ?? [], found: found.shape });
      continue;
    }
    weights.set(parameter.name, asType(found, parameter));
    matched.push({ parameter: parameter.name, entry });
  }
  const reached = new Set(pairs.found.map(({ parameter }) => parameter.id));
  return {
    weights, matched, mismatched,
    missing: graph.parameters.filter(({ id }) => !reached.has(id)).map(({ name }) => name),
    unused: [...checkpoint.entries.keys()].filter((entry) => !used.has(entry)),
    remarks: [...checkpoint.remarks, ...pairs.remarks],
  };
}

/** Throws one sentence where the checkpoint lacks weights or has others than the graph wants. */
export function requireComplete(binding: Binding, file: string): void {
  const [mismatch] = binding.mismatched;
  if (mismatch) {
    const more = binding.mismatched.length > 1 ? ` (and ${binding.mismatched.length - 1} more)` : '';
    throw new BindingError(`${file} does not fit the model: the parameter ${mismatch.parameter} has shape ${formatShape(mismatch.expected)}, but the file holds ${formatShape(mismatch.found)}${more}`);
  }
  if (binding.missing.length > 0) {
    const named = binding.missing.slice(0, 3).join(', ') + (binding.missing.length > 3 ? ` and ${binding.missing.length - 3} more` : '');
    const has = binding.unused.length > 0 ? `; it holds ${binding.unused.slice(0, 3).join(', ')}${binding.unused.length > 3 ? ' and others' : ''}, which the model does not use` : '';
    throw new BindingError(`${file} does not fit the model: it has no weights for ${named}${has}`);
  }
}

interface Pairs {
  readonly found: readonly { readonly parameter: Parameter; readonly entry: string }[];
  readonly remarks: readonly string[];
}

/** Names that wrappers put in front: data parallelism, compilation, Lightning, whole checkpoints. */
const wrappers = ['module.', '_orig_mod.', 'model.', 'net.', 'network.', 'state_dict.', 'backbone.', 'encoder.', 'model.model.', '_forward_module.'];

/** PyTorch: the dotted names, exactly; else with one prefix that is put before all of one side. */
function pairByNames(graph: LayerGraph, entries: ReadonlyMap<string, StoredTensor>): Pairs {
  const names = new Map(graph.parameters.map((parameter) => [parameter.name, parameter]));
  const attempt = (rename: (entry: string) => string | undefined) => [...entries.keys()].flatMap((entry) => {
    const parameter = names.get(rename(entry) ?? '');
    return parameter ? [{ parameter, entry }] : [];
  });
  const keys = [...entries.keys()];
  const prefixes = new Set([...wrappers, ...keys.map((key) => key.slice(0, key.indexOf('.') + 1)), ...keys.map((key) => key.slice(0, key.indexOf('.', key.indexOf('.') + 1) + 1))]);
  let best: { found: Pairs['found']; remark?: string } = { found: attempt((entry) => entry) };
  if (best.found.length < names.size) {
    for (const prefix of prefixes) {
      if (prefix === '') continue;
      const stripped = attempt((entry) => (entry.startsWith(prefix) ? entry.slice(prefix.length) : undefined));
      if (stripped.length > best.found.length) best = { found: stripped, remark: `The names in the file begin with '${prefix}', which the model's do not` };
    }
    for (const prefix of new Set(graph.parameters.map(({ name }) => name.slice(0, name.indexOf('.') + 1)))) {
      if (prefix === '') continue;
      const added = attempt((entry) => prefix + entry);
      if (added.length > best.found.length) best = { found: added, remark: `The model's names begin with '${prefix}', which those in the file do not` };
    }
  }
  if (best.found.length === 0) {
    const separated = attempt((entry) => entry.replaceAll('/', '.').replace(/:\d+$/, ''));
    if (separated.length > 0) best = { found: separated };
  }
  return { found: best.found, remarks: best.remark ? [best.remark] : [] };
}

/** Keras: layers by their names, else by class and order; within a layer, variables by order. */
function pairByLayers(graph: LayerGraph, stored: readonly CheckpointLayer[], entries: ReadonlyMap<string, StoredTensor>): Pairs {
  const found: { parameter: Parameter; entry: string }[] = [];
  const remarks: string[] = [];
  const layers = graph.layers.filter(({ parameters }) => parameters.length > 0);
  const openLayers = new Set(layers);
  const openStored = new Set(stored);
  const take = (layer: Layer, file: CheckpointLayer): void => {
    openLayers.delete(layer);
    openStored.delete(file);
    const own = ownEntries(layer, file);
    layer.parameters.forEach((id, index) => {
      if (index < own.length) found.push({ parameter: graph.parameters[id], entry: own[index] });
    });
  };
  const shapesFit = (layer: Layer, file: CheckpointLayer): boolean => {
    const own = ownEntries(layer, file);
    return layer.parameters.length === own.length && layer.parameters.every((id, index) => fits(graph.parameters[id], entries.get(own[index])!));
  };
  const parentName = (layer: Layer): string | undefined => (layer.parent === undefined ? undefined : graph.layers[layer.parent].name);

  // all that have the right name and shapes; where several layers share a name, the one whose parents agree
  for (const file of stored) {
    const named = [...openLayers].filter((layer) => (layer.name === file.name || layer.name === file.owner) && shapesFit(layer, file));
    const parts = file.key.split('/');
    const layer = named.find((one) => parts.includes(parentName(one) ?? '')) ?? named[0];
    if (layer) take(layer, file);
  }
  // names count on through a program, so a model that was made after another has other numbers: in the order of these, name by name, then class by class
  const before = found.length;
  const byName = <T extends { readonly name: string | undefined }>(items: Iterable<T>): T[] => [...items].sort((left, right) => naturalOrder(left.name ?? '', right.name ?? ''));
  for (const file of byName(openStored)) {
    const stems = [file.name, file.owner].flatMap((name) => (name === undefined ? [] : [stemOf(name)]));
    const layer = byName(openLayers).find((one) => stems.includes(stemOf(one.name)) && shapesFit(one, file));
    if (layer) take(layer, file);
  }
  for (const file of [...openStored]) {
    const stem = stemOf(file.key.split('/').at(-1)!);
    const layer = [...openLayers].find((one) => stemOf(snakeCase(one.type)) === stem && shapesFit(one, file));
    if (layer) take(layer, file);
  }
  // one after the other, where all of them fit so
  const rest = [...openStored];
  const left = [...openLayers];
  if (rest.length === left.length && left.every((layer, index) => shapesFit(layer, rest[index]))) left.forEach((layer, index) => take(layer, rest[index]));
  if (found.length > before) remarks.push('Some layers were matched by their order, because the file names them differently');
  // what is left by name or class alone does not fit: it is paired to say how
  for (const file of [...openStored]) {
    const stem = stemOf(file.key.split('/').at(-1)!);
    const layer = [...openLayers].find((one) => one.name === file.name) ?? [...openLayers].find((one) => stemOf(snakeCase(one.type)) === stem);
    if (layer) take(layer, file);
  }
  return { found, remarks };
}

/** The entries of a layer's own variables. Spectral normalisation stores the kernel of the layer inside once more, in front of its own. */
function ownEntries(layer: Layer, file: CheckpointLayer): readonly string[] {
  return layer.type === 'SpectralNormalization' ? file.entries.slice(-layer.parameters.length) : file.entries;
}

function fits(parameter: Parameter, entry: StoredTensor): boolean {
  const { shape } = parameter.type;
  if (!shape) return true;
  return shape.length === entry.shape.length && shape.every((size, axis) => !isKnown(size) || size === entry.shape[axis]);
}

/** The weights in the element type that the graph computes with. */
function asType(entry: StoredTensor, parameter: Parameter): StoredTensor {
  const { dataType } = parameter.type;
  if (dataType === undefined || dataType === entry.dataType || dataType === 'string' || entry.dataType === 'string') return entry;
  const read = async (): Promise<Tensor> => {
    const { shape, data } = await entry.read();
    return tensorOf(dataType, shape, data as ArrayLike<number | bigint>);
  };
  return { dataType, shape: entry.shape, read };
}

/** `Conv2D` to `conv2d`, `BatchNormalization` to `batch_normalization`: as Keras names layers after their class. */
export function snakeCase(name: string): string {
  return name.replace(/\W+/g, '').replace(/(.)([A-Z][a-z]+)/g, '$1_$2').replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

function stemOf(name: string): string {
  return name.replace(/_\d+$/, '');
}
