import { format, formatShape } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { AttributeValue, ConfigurationValue, LayerGraph, Location } from '../../graph/graph.ts';
import { elements } from '../../graph/rendering/layers.ts';
import type { Item } from './outline.ts';

/** `1,234,567`, whatever the reader's locale: columns of figures stay aligned. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A number as a person reads it: `0.031`, `12.4`, `-1.2e-7`. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return text.replace('-', '−');
}

/** A large amount in few characters: `4.09 G`, `25.6 M`, `830`. */
export function short(amount: number): string {
  return scaled(amount, 1000, ['', ' k', ' M', ' G', ' T', ' P']);
}

/** An amount of memory: `1.2 MB`, in powers of 1,000. */
export function bytes(amount: number): string {
  return scaled(amount, 1000, [' B', ' kB', ' MB', ' GB', ' TB', ' PB']);
}

function scaled(amount: number, base: number, units: readonly string[]): string {
  let power = 0;
  while (amount >= base && power < units.length - 1) {
    amount /= base;
    power++;
  }
  return `${power === 0 ? String(amount) : amount.toPrecision(3)}${units[power]}`;
}

export function plural(amount: number, noun: string): string {
  return `${count(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** The shapes that come out of an item, as Python prints them. */
export function outputShape(graph: LayerGraph, item: Item): string {
  const ids = item.kind === 'output' ? item.inputs : item.scope ? item.scope.outputs : item.outputs;
  return ids.map((id) => valueShape(graph, id)).join(', ');
}

export function valueShape(graph: LayerGraph, value: number): string {
  return formatShape(graph.values[value].type.shape);
}

/** The number of elements in a layer's parameters, its children's included and shared ones once. */
export function parameterCount(graph: LayerGraph, layer: number): Dimension {
  return elements(graph, layerTree(graph)(layer));
}

/** `38,410`, or the formula where it depends on symbols. */
export function countText(dimension: Dimension): string {
  return typeof dimension === 'number' ? count(dimension) : format(dimension);
}

const trees = new WeakMap<LayerGraph, (layer: number) => Set<number>>();

/** Ids of the parameters in each layer and in what it holds; worked out once for each graph. */
function layerTree(graph: LayerGraph): (layer: number) => Set<number> {
  let parameters = trees.get(graph);
  if (!parameters) {
    const children: number[][] = graph.layers.map(() => []);
    for (const layer of graph.layers) if (layer.parent !== undefined) children[layer.parent].push(layer.id);
    const sets = new Map<number, Set<number>>();
    const within = (layer: number): Set<number> => {
      let set = sets.get(layer);
      if (!set) {
        set = new Set(graph.layers[layer].parameters);
        sets.set(layer, set);
        for (const child of children[layer]) for (const id of within(child)) set.add(id);
      }
      return set;
    };
    parameters = within;
    trees.set(graph, parameters);
  }
  return parameters;
}

// Configuration

/** What a node says of its layer, most telling first: the keys of all frameworks, and how they read in a few characters. */
const telling: readonly (readonly [keys: readonly string[], text: (value: ConfigurationValue) => string | undefined])[] = [
  [['filters', 'units', 'channels', 'num_features', 'hidden_size', 'embed_dim'], (value) => value === null ? undefined : brief(value)],
  [['kernel_size', 'kernel_shape', 'pool_size'], (value) => sizes(value)],
  [['stride', 'strides'], (value) => ones(value) || value === null ? undefined : `stride ${sizes(value, true)}`],
  [['padding', 'pads'], (value) => value === null || value === 'valid' || zeros(value) ? undefined : `padding ${typeof value === 'string' ? value : sizes(value, true)}`],
  [['dilation', 'dilation_rate', 'dilations'], (value) => ones(value) || value === null ? undefined : `dilation ${sizes(value, true)}`],
  [['groups', 'group'], (value) => value === 1 ? undefined : `groups ${brief(value)}`],
  [['num_layers'], (value) => value === 1 ? undefined : `${brief(value)} layers`],
  [['num_heads'], (value) => `${brief(value)} heads`],
  [['bidirectional'], (value) => value === true ? 'bidirectional' : undefined],
  [['p', 'rate'], (value) => typeof value === 'number' ? `p = ${figure(value)}` : undefined],
  [['activation'], (value) => value === null || value === 'linear' ? undefined : brief(value)],
  [['target_shape'], (value) => brief(value)],
  [['output_size'], (value) => `to ${sizes(value)}`],
  [['axis', 'dim'], (value) => value === null || value === -1 ? undefined : `axis ${brief(value)}`],
  [['normalized_shape'], (value) => brief(value)],
  [['perm'], (value) => brief(value)],
];

/** Pairs that read as `from → to`. */
const pairs: readonly (readonly [string, string])[] = [
  ['in_channels', 'out_channels'], ['in_features', 'out_features'], ['num_embeddings', 'embedding_dim'], ['input_dim', 'output_dim'], ['input_size', 'hidden_size'],
];

const summaries = new WeakMap<object, string>();

/** The configuration of an item in one short line; empty where there is nothing to tell. */
export function keyConfiguration(item: Item): string {
  const configuration: Readonly<Record<string, ConfigurationValue | AttributeValue>> | undefined = item.layer?.configuration ?? item.operator?.attributes;
  if (!configuration) return '';
  let text = summaries.get(configuration);
  if (text === undefined) {
    const parts: string[] = [];
    const used = new Set<string>();
    for (const [from, to] of pairs) {
      if (!isPlain(configuration[from]) || !isPlain(configuration[to])) continue;
      parts.push(`${brief(configuration[from])} → ${brief(configuration[to])}`);
      used.add(to);
      break;
    }
    for (const [keys, say] of telling) {
      const key = keys.find((name) => configuration[name] !== undefined && !used.has(name));
      const part = key === undefined ? undefined : say(configuration[key] as ConfigurationValue);
      if (part) parts.push(part);
    }
    text = parts.slice(0, 4).join(' · ');
    summaries.set(configuration, text);
  }
  return text;
}

/** A configuration value or attribute as Python would print it, cut where it is long. */
export function configurationText(value: ConfigurationValue | AttributeValue): string {
  const text = python(value as ConfigurationValue);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function python(value: ConfigurationValue): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `(${value.map(python).join(', ')}${value.length === 1 ? ',' : ''})`;
  if ('dataType' in value && 'shape' in value) return `tensor ${python(value.shape as ConfigurationValue)} ${python(value.dataType as ConfigurationValue)}`;
  return `{${Object.entries(value as { readonly [key: string]: ConfigurationValue }).map(([key, inner]) => `${key}: ${python(inner)}`).join(', ')}}`;
}

function brief(value: ConfigurationValue | AttributeValue): string {
  const text = configurationText(value);
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}

function isPlain(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}

/** `3×3`, or `2` for equal sizes where `merged`. */
function sizes(value: ConfigurationValue, merged = false): string {
  if (!Array.isArray(value)) return brief(value);
  if (merged && value.length > 0 && value.every((size) => size === value[0])) return brief(value[0]);
  return value.map((size) => brief(size)).join('×');
}

function ones(value: ConfigurationValue): boolean {
  return value === 1 || (Array.isArray(value) && value.every((size) => size === 1));
}

function zeros(value: ConfigurationValue): boolean {
  return value === 0 || (Array.isArray(value) && value.every((size) => size === 0));
}

/** `digits.py:12`, or `line 12` in the shown file itself. */
export function placeText(location: Location, shown: string): string {
  if (location.file === shown) return `line ${location.line}`;
  return `${location.file.split(/[/\\]/).at(-1)}:${location.line}`;
}
