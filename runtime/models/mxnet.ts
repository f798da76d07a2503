import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { symbol, type Dimension } from '../../graph/dimension.ts';
import { elementCount, tensorOf } from '../../graph/elements.ts';
import { takeStated, type StatedShape } from '../../graph/inference.ts';
import { FormatError } from '../../graph/onnx/wire.ts';
import type { DataType, TensorType } from '../../graph/tensor.ts';
import type { Weights } from '../../graph/weights.ts';
import { CheckpointError, readExactly } from '../formats/file.ts';
import type { ByteSource } from '../../graph/onnx/wire.ts';
import { Emitter, type ModelFile } from './emitter.ts';
import { translate } from './mxnet-operators.ts';
import { Parameters } from './parameters.ts';

/** A symbol of MXNet's as its JSON file holds it. */
interface SymbolFile {
  readonly nodes: readonly SymbolNode[];
  readonly heads: readonly (readonly number[])[];
}

interface SymbolNode {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly (readonly number[])[];
  /** Named `attr` and `param` by earlier versions. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

const largest = 1 << 28;
const mostOutputs = 10_000;
const types: Readonly<Record<string, DataType>> = { 0: 'float32', 1: 'float64', 2: 'float16', 3: 'uint8', 4: 'int32', 5: 'int8', 6: 'int64', 7: 'bool' };
/** What a training program fills with the right answers: the outputs do not depend on it. */
const label = /(^|_)label$/;

/** The `.params` file that belongs to `NAME-symbol.json`: that of the last epoch. */
export function paramsBeside(path: string): string | undefined {
  const stem = basename(path).replace(/-symbol\.json$/, '');
  const found = readdirSync(dirname(path)).filter((name) => name === `${stem}.params` || (name.startsWith(`${stem}-`) && /^\d{4,}\.params$/.test(name.slice(stem.length + 1))));
  const last = found.sort().at(-1);
  return last === undefined ? undefined : join(dirname(path), last);
}

/** Reads a symbol with its weights, by their names. Without weights, the graph's parameters have the shapes that the file states. */
export function readSymbol(source: ByteSource, name: string, weights: Weights | undefined, stated: readonly StatedShape[] = []): ModelFile {
  const file = parse(source);
  const open = [...stated];
  const emitter = new Emitter(source.name);
  const outputs: string[][] = [];
  const parameters = variablesOfLayers(file);
  const remarks = weights ? [] : [`There is no .params file beside ${source.name}: its weights are not known`];
  file.nodes.forEach((node, index) => {
    const inputs = node.inputs.map(([from, place = 0]) => {
      // a node takes only what stands in front of it, so a file cannot run in a circle
      const tensor = from < index ? outputs[from]?.[place] : undefined;
      if (tensor === undefined) throw new FormatError(`${source.name}: ${node.op} ${node.name} takes output ${place} of node ${from}, which is not made in front of it`);
      return tensor;
    });
    const place = `${node.op} ${node.name} of ${source.name}`;
    const attributes = new Parameters(node.attributes, place);
    if (node.op === 'null') {
      outputs.push([variable(emitter, file, node, index, attributes, weights, parameters, open)]);
      return;
    }
    const count = outputsOf(node, attributes);
    if (!Number.isInteger(count) || count < 1 || count > mostOutputs) throw new FormatError(`${source.name}: ${node.op} ${node.name} would make ${count} tensors`);
    const names = Array.from({ length: count }, (_, output) => (count === 1 ? `${node.name}_output` : `${node.name}_output${output}`));
    emitter.at(node.name);
    if (!translate(emitter, { op: node.op, inputs, outputs: names, parameters: attributes, ones: (parameter) => onesLike(emitter, weights, parameter) })) {
      emitter.gap(node.op, inputs, names, `the MXNet operator ${node.op} ${node.name} is not known, or not with these parameters`);
    }
    outputs.push(names);
  });
  const heads = file.heads.map(([node, place = 0]) => outputs[node]?.[place]);
  if (heads.length === 0 || heads.some((head) => head === undefined)) throw new FormatError(`${source.name}: its heads name outputs that no node has`);
  return emitter.finish(name, 'mxnet', heads as string[], remarks);
}

function parse(source: ByteSource): SymbolFile {
  if (source.size > largest) throw new CheckpointError(`${source.name} has ${source.size} bytes, more than any symbol takes`);
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder().decode(readExactly(source, 0, source.size, 'the symbol')));
  } catch {
    throw new CheckpointError(`${source.name} is no symbol of MXNet's: it is not JSON`);
  }
  const { nodes, heads } = (document ?? {}) as { nodes?: unknown; heads?: unknown };
  if (!Array.isArray(nodes) || !Array.isArray(heads)) throw new CheckpointError(`${source.name} is no symbol of MXNet's: it has no list of nodes and heads`);
  const names = new Set<string>();
  return {
    heads: heads.map((head: unknown, index) => reference(source, head, `head ${index}`)),
    nodes: nodes.map((given: unknown, index): SymbolNode => {
      const node = (given ?? {}) as Record<string, unknown>;
      if (typeof node.op !== 'string' || typeof node.name !== 'string' || !Array.isArray(node.inputs)) throw new CheckpointError(`${source.name} is damaged: node ${index} lacks an operator, a name or inputs`);
      let own = node.name || `${node.op}_${index}`;
      while (names.has(own)) own = `${own}_${index}`;
      names.add(own);
      const attributes = { ...asRecord(node.param), ...asRecord(node.attr), ...asRecord(node.attrs) };
      return { op: node.op, name: own, inputs: node.inputs.map((input: unknown) => reference(source, input, `node ${index}`)), attributes };
    }),
  };
}

function reference(source: ByteSource, value: unknown, what: string): readonly number[] {
  if (Array.isArray(value) && value.length > 0 && value.every((part) => Number.isInteger(part) && part >= 0)) return value as number[];
  throw new CheckpointError(`${source.name} is damaged: ${what} takes something that is no output of a node`);
}

function asRecord(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Record<string, unknown> : {};
}

/** How many tensors a node makes that others can take. */
function outputsOf({ op }: SymbolNode, attributes: Parameters): number {
  if (op === 'SliceChannel' || op === 'split') return attributes.number('num_outputs', 1);
  if (op === '_split_v2') return (attributes.numbers('indices')?.length ?? 0) + (attributes.number('sections', 0) || 1);
  return 1;
}

/** Which input of which operator each variable is, for the first that takes it. */
function variablesOfLayers({ nodes }: SymbolFile): ReadonlyMap<number, { node: SymbolNode; place: number }> {
  const found = new Map<number, { node: SymbolNode; place: number }>();
  for (const node of nodes) node.inputs.forEach(([from], place) => {
    if (nodes[from]?.op === 'null' && !found.has(from)) found.set(from, { node, place });
  });
  return found;
}

/** An input of the model or a parameter. */
function variable(emitter: Emitter, file: SymbolFile, node: SymbolNode, index: number, attributes: Parameters, weights: Weights | undefined, users: ReadonlyMap<number, { node: SymbolNode; place: number }>, open: StatedShape[]): string {
  const { name } = node;
  const weight = weights?.get(name);
  const user = users.get(index);
  if (weight) {
    emitter.tensor(name, weight);
    return name;
  }
  const stated = attributes.numbers('__shape__');
  const shape = stated?.every((size) => size > 0) ? stated : undefined;
  const dataType = types[attributes.text('__dtype__') ?? ''] ?? 'float32';
  // an operator's data is an input, whatever else it takes are its parameters
  const isData = user === undefined || user.place === 0 || !/(weight|bias|gamma|beta|mean|var|alpha|parameters)$/.test(name);
  if (user && label.test(name) && user.place === 1) {
    emitter.alias(name, '');
    return '';
  }
  if (isData) emitter.assembler.input(name, { dataType, shape: shape ?? takeStated(name, open) ?? inputShape(file, index, name, stated, weights) });
  else if (weights) throw new CheckpointError(`The weights lack ${name}, which ${user.node.op} ${user.node.name} takes`);
  else emitter.assembler.parameter(name, { dataType, shape });
  return name;
}

/** The shape of an input that the file does not state, as far as the first layer that it reaches tells it: its batch and space stay open. */
function inputShape(file: SymbolFile, input: number, name: string, stated: readonly number[] | undefined, weights: Weights | undefined): TensorType['shape'] {
  const open = (axis: number): Dimension => symbol(axis === 0 ? 'batch' : `${name}_${axis}`, { none: true });
  if (stated && stated.length > 0) return stated.map((size, axis) => (size > 0 ? size : open(axis)));
  const reached = new Set([input]);
  for (const [index, node] of file.nodes.entries()) {
    if (node.inputs.length === 0 || !reached.has(node.inputs[0][0])) continue;
    const attributes = new Parameters(node.attributes, node.name);
    const weight = weights?.get(file.nodes[node.inputs[1]?.[0]]?.name ?? '');
    if (node.op === 'Convolution') {
      const kernel = attributes.numbers('kernel') ?? [];
      const channels = weight && weight.shape[1] * attributes.number('num_group', 1);
      return [open(0), channels ?? open(1), ...kernel.map((_, axis) => open(axis + 2))];
    }
    if (node.op === 'FullyConnected') return [open(0), weight?.shape[1] ?? open(1)];
    if (node.op === 'Embedding') return [open(0), open(1)];
    reached.add(index);
  }
  return undefined;
}

/** A parameter of ones in the shape of another one; undefined where that is not known. */
function onesLike(emitter: Emitter, weights: Weights | undefined, parameter: string): string | undefined {
  const weight = weights?.get(parameter);
  if (!weight) return undefined;
  const name = `${parameter}_ones`;
  if (!emitter.assembler.has(name)) {
    const { dataType, shape } = weight;
    emitter.tensor(name, { dataType, shape, read: async () => tensorOf(dataType, shape, new Float64Array(elementCount(shape)).fill(1)) });
  }
  return name;
}
