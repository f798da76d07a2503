import type { ByteSource } from '../../graph/onnx/wire.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import type { Checkpoint, CheckpointLayer } from './checkpoint.ts';
import { naturalOrder } from './natural-order.ts';
import { CheckpointError, readExactly } from './file.ts';
import { openHdf5, openHdf5Within, type Hdf5Dataset, type Hdf5File, type Hdf5Node } from './hdf5.ts';
import type { ZipEntry } from './zip.ts';

/** Keras's files: `.keras` archives, `.weights.h5` of Keras 3, and `.h5` of every version. */

type KerasFile = Pick<Checkpoint, 'format' | 'entries' | 'layers' | 'configuration' | 'remarks' | 'close'>;

export async function readKeras(source: ByteSource, archive: ReadonlyMap<string, ZipEntry>): Promise<KerasFile> {
  const weights = archive.get('model.weights.h5');
  if (!weights) throw new CheckpointError(`${source.name} is not a Keras model, or lacks its weights: there is no model.weights.h5 inside`);
  const file = await openHdf5Within(weights.open());
  return closing(file, () => {
    const configuration = parse(source.name, archive.get('config.json'));
    return { ...describe(file, source.name), format: 'keras', configuration };
  });
}

export async function readKerasHdf5(path: string, name: string): Promise<KerasFile> {
  const file = await openHdf5(path, name);
  const text = file.root.attributes.get('model_config');
  let configuration: unknown;
  try {
    configuration = typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    configuration = undefined;
  }
  return closing(file, () => ({ ...describe(file, name), configuration }));
}

/** Closes the file where reading its structure fails. */
function closing<T>(file: Hdf5File, read: () => T): T {
  try {
    return read();
  } catch (error) {
    file.close();
    throw error;
  }
}

function describe(file: Hdf5File, name: string): Pick<KerasFile, 'format' | 'entries' | 'layers' | 'remarks' | 'close'> {
  const { root } = file;
  const remarks: string[] = [];
  const entries = new Map<string, StoredTensor>();
  const add = (key: string, dataset: Hdf5Dataset): boolean => {
    if (dataset.dataType === undefined) {
      remarks.push(`'${key}' is left out: its element type cannot be read`);
      return false;
    }
    entries.set(key, { dataType: dataset.dataType, shape: dataset.shape, read: dataset.read });
    return true;
  };
  const legacy = root.groups.find((group) => group.name === 'model_weights') ?? (root.attributes.has('layer_names') ? root : undefined);
  const layers = legacy ? legacyLayers(legacy, name, add) : objectLayers(root, add);
  if (entries.size === 0) throw new CheckpointError(`${name} holds no weights${remarks.length > 0 ? `: ${remarks[0]}` : ''}`);
  return { format: legacy ? 'keras-h5' : layers.length > 0 ? 'keras' : 'hdf5', entries, layers, remarks, close: () => file.close() };
}

/** Keras 1 and 2, and 3 when it writes `.h5`: each layer lists the names of its weights; those of inner layers among them. */
function legacyLayers(root: Hdf5Node, file: string, add: (key: string, dataset: Hdf5Dataset) => boolean): CheckpointLayer[] {
  const layers: CheckpointLayer[] = [];
  const names = list(root.attributes.get('layer_names')) ?? root.groups.map((group) => group.name);
  for (const layerName of [...names, 'top_level_model_weights']) {
    const group = find(root, layerName);
    if (!group) continue;
    const inner = new Map<string, string[]>();
    for (const weight of list(group.attributes.get('weight_names')) ?? chunked(group)) {
      const dataset = findDataset(group, weight);
      if (!dataset) throw new CheckpointError(`${file} is damaged: the layer ${layerName} lists the weight ${weight}, which is not there`);
      const key = `${layerName}/${weight}`;
      if (!add(key, dataset)) continue;
      const parts = weight.replace(/:\d+$/, '').split('/');
      const owner = parts.at(-2) ?? layerName;
      // a cell's weights belong to its recurrent layer
      const path = /cell/.test(owner) && parts.length > 2 ? parts.slice(0, -1).join('/') : parts.slice(0, -1).join('/') || layerName;
      inner.set(path, [...inner.get(path) ?? [], key]);
    }
    for (const [path, keys] of inner) layers.push({ key: `${layerName}/${path}`, name: inner.size === 1 && !path.includes('/') ? layerName : path.split('/').at(-1), entries: keys });
  }
  return layers;
}

/** Long lists of names are split over several attributes: weight_names0, weight_names1, ... */
function chunked(group: Hdf5Node): string[] {
  const names: string[] = [];
  for (let i = 0; ; i++) {
    const part = list(group.attributes.get(`weight_names${i}`));
    if (!part) return names;
    names.push(...part);
  }
}

/** Keras 3: a tree of objects, each with its variables as `vars/0`, `vars/1`, ... */
function objectLayers(root: Hdf5Node, add: (key: string, dataset: Hdf5Dataset) => boolean): CheckpointLayer[] {
  const layers: CheckpointLayer[] = [];
  const visit = (node: Hdf5Node, path: string, owner: string | undefined): void => {
    const named = node.groups.find(({ name }) => name === 'vars')?.attributes.get('name');
    for (const group of [...node.groups].sort((a, b) => naturalOrder(a.name, b.name))) {
      const inner = path === '' ? group.name : `${path}/${group.name}`;
      if (path === '' && (group.name === 'optimizer' || group.name === '_optimizer')) continue;
      if (group.name === 'seed_generator' || group.name === 'compile_metrics' || group.name === '_metrics') continue;
      if (group.name === 'vars') {
        const variables = [...group.datasets].sort((a, b) => naturalOrder(a.name, b.name));
        const keys = variables.map((dataset) => ({ key: `${inner}/${dataset.name}`, dataset })).filter(({ key, dataset }) => add(key, dataset)).map(({ key }) => key);
        const name = group.attributes.get('name');
        if (keys.length > 0) layers.push({ key: path, name: typeof name === 'string' ? name : undefined, ...(owner !== undefined && { owner }), entries: keys });
      } else visit(group, inner, group.name === 'cell' && typeof named === 'string' ? named : undefined);
    }
    for (const dataset of node.datasets) add(path === '' ? dataset.name : `${path}/${dataset.name}`, dataset);
  };
  visit(root, '', undefined);
  return layers;
}

function parse(file: string, entry: ZipEntry | undefined): unknown {
  if (!entry) return undefined;
  const source = entry.open();
  if (source.size > 1 << 28) throw new CheckpointError(`${file}: its configuration takes ${source.size} bytes`);
  try {
    return JSON.parse(new TextDecoder().decode(readExactly(source, 0, source.size, 'the configuration')));
  } catch {
    throw new CheckpointError(`${file} is damaged: its config.json is not JSON`);
  }
}

function list(value: string | number | readonly string[] | undefined): readonly string[] | undefined {
  return Array.isArray(value) ? value as readonly string[] : undefined;
}

function find(node: Hdf5Node, path: string): Hdf5Node | undefined {
  let found: Hdf5Node | undefined = node;
  for (const part of path.split('/')) found = found?.groups.find(({ name }) => name === part);
  return found;
}

function findDataset(node: Hdf5Node, path: string): Hdf5Dataset | undefined {
  const parts = path.split('/');
  const group = parts.length > 1 ? find(node, parts.slice(0, -1).join('/')) : node;
  return group?.datasets.find(({ name }) => name === parts.at(-1));
}
