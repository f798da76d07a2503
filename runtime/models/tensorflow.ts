import { symbol } from '../../graph/dimension.ts';
import { FormatError, type ByteSource } from '../../graph/onnx/wire.ts';
import type { TensorType } from '../../graph/tensor.ts';
import type { StoredTensor } from '../../graph/weights.ts';
import { Emitter, type ModelFile } from './emitter.ts';
import {
  dataTypeOf, decodeGraph, decodeSavedModel, storedTensor, type FunctionMessage, type GraphMessage, type NodeMessage, type ShapeMessage,
} from './tensorflow-messages.ts';
import { translate, type FlowNode } from './tensorflow-operators.ts';

/** A frozen graph: one .pb file whose variables are constants. Inputs are its placeholders, outputs what nothing takes. */
export function readFrozenGraph(source: ByteSource, name: string): ModelFile {
  const graph = decodeGraph(source);
  if (graph.nodes.length === 0 || graph.nodes.some(({ name: node, op }) => !node || !op)) throw new FormatError(`${source.name} is no graph of TensorFlow's`);
  const walker = new Walker(source, graph);
  const taken = new Set(graph.nodes.flatMap(({ inputs }) => inputs.map((input) => input.replace(/^\^/, '').split(':')[0])));
  for (const node of graph.nodes) if (node.op === 'Placeholder') walker.input(node.name!, node.name!, typeOfPlaceholder(node));
  const outputs = graph.nodes.filter(({ name: node, op }) => !taken.has(node!) && !['Placeholder', 'Const', 'NoOp', 'Assert', 'SaveV2'].includes(op!)).map(({ name: node }) => node!);
  if (outputs.length === 0) throw new FormatError(`${source.name}: every tensor is taken by another operator, so no output can be told`);
  return walker.finish(name, outputs.map((output) => ({ reference: output, name: output })));
}

/** A SavedModel's graph behind its serving signature. `variables` are the tensors of its checkpoint. */
export function readSavedModel(source: ByteSource, name: string, variables: ReadonlyMap<string, StoredTensor>): ModelFile {
  const model = decodeSavedModel(source).metaGraphs.find(({ graph }) => graph && graph.nodes.length > 0);
  if (!model?.graph) throw new FormatError(`${source.name} is no SavedModel: it holds no graph`);
  const signatures = model.signatures.filter(({ key, value }) => key !== '__saved_model_init_op' && value && value.outputs.length > 0);
  const signature = (signatures.find(({ key }) => key === 'serving_default') ?? signatures[0])?.value;
  if (!signature) throw new FormatError(`${source.name} has no signature that says what goes in and what comes out`);
  const walker = new Walker(source, model.graph, variables);
  for (const { key, value } of signature.inputs) walker.input((value?.name ?? '').split(':')[0], key ?? '', { dataType: dataTypeOf(value?.dataType), shape: shapeOf(value?.shape, key ?? '') });
  return walker.finish(name, signature.outputs.map(({ key, value }) => ({ reference: value?.name ?? '', name: key ?? '' })));
}

/** The names of outputs of operators that have several kinds, in their order; all others have one list. */
const outputNames: Readonly<Record<string, readonly string[]>> = {
  TopKV2: ['values', 'indices'], FusedBatchNorm: ['y'], FusedBatchNormV2: ['y'], FusedBatchNormV3: ['y'], Unique: ['y', 'idx'], Switch: ['output_false', 'output_true'],
};
const calls = new Set(['PartitionedCall', 'StatefulPartitionedCall']);
const passing = new Set(['Identity', 'StopGradient', 'PreventGradient', 'CheckNumerics', 'Snapshot', 'EnsureShape', 'PlaceholderWithDefault']);
/** Loops and branches, whose bodies are functions. */
const flows = new Set(['While', 'StatelessWhile', 'If', 'StatelessIf', 'Case', 'StatelessCase']);
const deepest = 100;

/** Where references to tensors are looked up: a graph, or the body of a function in a call. */
interface Frame {
  readonly nodes: ReadonlyMap<string, NodeMessage>;
  /** In a function: its arguments by name. */
  readonly arguments: ReadonlyMap<string, string>;
  readonly prefix: string;
  readonly depth: number;
}

/** Follows references back from the outputs; each node that is met is written once. */
class Walker {
  readonly #source: ByteSource;
  readonly #emitter: Emitter;
  readonly #functions: ReadonlyMap<string, FunctionMessage>;
  readonly #root: Frame;
  readonly #variables: ReadonlyMap<string, StoredTensor>;
  readonly #keys: ReadonlyMap<string, string>;
  readonly #done = new Map<string, readonly string[]>();
  readonly #active = new Set<string>();

  constructor(source: ByteSource, graph: GraphMessage, variables: ReadonlyMap<string, StoredTensor> = new Map()) {
    this.#source = source;
    this.#emitter = new Emitter(source.name);
    this.#functions = new Map((graph.library?.functions ?? []).map((one) => [one.signature?.name ?? '', one]));
    this.#root = { nodes: new Map(graph.nodes.map((node) => [node.name ?? '', node])), arguments: new Map(), prefix: '', depth: 0 };
    this.#variables = variables;
    this.#keys = restoredKeys(graph, this.#functions);
  }

  input(node: string, name: string, type: TensorType): void {
    this.#emitter.assembler.input(name, type);
    this.#done.set(node, [name]);
  }

  finish(name: string, outputs: readonly { reference: string; name: string }[]): ModelFile {
    const made = outputs.map(({ reference, name: output }) => {
      const tensor = this.#tensor(this.#root, reference);
      this.#emitter.at('');
      return this.#emitter.assembler.has(output) || tensor === output ? tensor : this.#emitter.emit('Identity', [tensor], {}, output);
    });
    return this.#emitter.finish(name, 'tensorflow', made);
  }

  /** The name of our tensor for a reference: `node`, `node:1`, or in functions `argument` and `node:output:0`. */
  #tensor(frame: Frame, reference: string): string {
    const [name, ...rest] = reference.split(':');
    const argument = rest.length === 0 ? frame.arguments.get(name) : undefined;
    if (argument !== undefined) return argument;
    const node = frame.nodes.get(name);
    if (!node) throw new FormatError(`${this.#source.name}: the tensor ${reference} is made by nothing`);
    const outputs = this.#node(frame, node);
    const index = Number(rest.at(-1) ?? 0);
    const kind = rest.length === 2 ? outputNames[node.op ?? '']?.indexOf(rest[0]) ?? 0 : 0;
    const tensor = outputs[Math.max(0, kind) + index];
    if (tensor === undefined) throw new FormatError(`${this.#source.name}: ${node.op} ${name} has no output ${index}`);
    return tensor;
  }

  #node(frame: Frame, node: NodeMessage): readonly string[] {
    const full = `${frame.prefix}${node.name ?? ''}`;
    const done = this.#done.get(full);
    if (done) return done;
    if (this.#active.has(full)) throw new FormatError(`${this.#source.name}: the graph runs in a circle at ${node.op} ${node.name}, as loops of TensorFlow 1 do; they are not followed`);
    this.#active.add(full);
    const outputs = this.#write(frame, node, full);
    this.#active.delete(full);
    this.#done.set(full, outputs);
    return outputs;
  }

  #write(frame: Frame, node: NodeMessage, full: string): readonly string[] {
    const attributes = new Map(node.attributes.map(({ key, value }) => [key, value]));
    const op = node.op ?? '';
    const emitter = this.#emitter;
    if (op === 'Const') {
      const message = attributes.get('value')?.tensor;
      if (!message) throw new FormatError(`${this.#source.name}: the constant ${node.name} has no value`);
      const stored = storedTensor(this.#source, message, `the constant ${node.name}`);
      emitter.tensor(full, stored, stored.shape.length > 0);
      return [full];
    }
    if (op === 'VarHandleOp' || op === 'VariableV2' || op === 'Variable') return [this.#variable(node, attributes.get('shared_name')?.s || node.name || '')];
    const inputs = node.inputs.filter((input) => !input.startsWith('^')).map((input) => this.#tensor(frame, input));
    if (passing.has(op) || op === 'ReadVariableOp') return [inputs[0]];
    if (calls.has(op)) return this.#call(frame, attributes.get('f')?.function?.name ?? '', inputs, `${full}/`);
    if (this.#functions.has(op)) return this.#call(frame, op, inputs, `${full}/`);
    const several = op === 'Split' || op === 'SplitV' ? attributes.get('num_split')?.i ?? 1 : op === 'Unpack' ? attributes.get('num')?.i ?? 1 : op === 'IdentityN' ? inputs.length : outputNames[op]?.length ?? 1;
    if (several > 100_000) throw new FormatError(`${this.#source.name}: ${op} ${node.name} claims ${several} outputs`);
    if (op === 'IdentityN') return inputs;
    if (flows.has(op)) {
      const made = (attributes.get('Tout') ?? attributes.get('T'))?.list?.types.length ?? inputs.length;
      const results = Array.from({ length: Math.min(made, 100_000) }, (_, index) => (index === 0 ? full : `${full}:${index}`));
      emitter.at(full);
      emitter.gap(op, inputs, results, `the TensorFlow operator ${op} runs functions of its own, which are not followed`);
      return results;
    }
    const outputs = Array.from({ length: several }, (_, index) => (index === 0 ? full : `${full}:${index}`));
    emitter.at(full);
    const flow: FlowNode = { op, name: full, inputs, outputs, attribute: (name) => attributes.get(name) };
    if (!translate(emitter, flow)) emitter.gap(op, inputs, outputs, `the TensorFlow operator ${op} is not known`);
    return outputs;
  }

  #call(frame: Frame, name: string, inputs: readonly string[], prefix: string): readonly string[] {
    const body = this.#functions.get(name);
    if (!body?.signature || frame.depth > deepest) throw new FormatError(`${this.#source.name} calls the function ${name}, which ${body ? 'calls itself without end' : 'is not there'}`);
    const inner: Frame = {
      nodes: new Map(body.nodes.map((node) => [node.name ?? '', node])),
      arguments: new Map(body.signature.inputs.map((argument, index) => [argument.name ?? '', inputs[index]])),
      prefix,
      depth: frame.depth + 1,
    };
    const returns = new Map(body.returns.map(({ key, value }) => [key ?? '', value ?? '']));
    return body.signature.outputs.map((output) => this.#tensor(inner, returns.get(output.name ?? '') ?? output.name ?? ''));
  }

  /** A variable stands for its value: the graph is read, never trained. */
  #variable(node: NodeMessage, shared: string): string {
    const stored = this.#variables.get(this.#keys.get(node.name ?? '') ?? shared) ?? this.#variables.get(shared);
    if (!stored) throw new FormatError(`${this.#source.name}: the variable ${shared} is not in the checkpoint`);
    const name = this.#emitter.assembler.has(shared) ? `${shared}_${node.name}` : shared;
    this.#emitter.tensor(name, stored);
    return name;
  }
}

/** Which key of the checkpoint each variable is restored from: the model's own function for that tells. */
function restoredKeys(graph: GraphMessage, functions: ReadonlyMap<string, FunctionMessage>): Map<string, string> {
  const keys = new Map<string, string>();
  const note = (nodes: readonly NodeMessage[], handleOf: (reference: string) => string | undefined): void => {
    const byName = new Map(nodes.map((node) => [node.name ?? '', node]));
    const restore = nodes.find(({ op }) => op === 'RestoreV2');
    const names = restore && byName.get(restore.inputs[1]?.split(':')[0] ?? '');
    const list = names?.attributes.find(({ key }) => key === 'value')?.value?.tensor?.strings;
    if (!restore || !list) return;
    for (const node of nodes) {
      if (node.op !== 'AssignVariableOp') continue;
      let value = node.inputs[1] ?? '';
      for (let hops = 0; hops < 4 && byName.get(value.split(':')[0])?.op === 'Identity'; hops++) value = byName.get(value.split(':')[0])!.inputs[0] ?? '';
      const parts = value.split(':');
      const handle = handleOf(node.inputs[0] ?? '');
      if (parts[0] === restore.name && handle !== undefined) keys.set(handle, list[Number(parts.at(-1) ?? 0)] ?? '');
    }
  };
  note(graph.nodes, (reference) => reference.split(':')[0]);
  for (const node of graph.nodes) {
    const name = node.attributes.find(({ key }) => key === 'f')?.value?.function?.name;
    const body = name === undefined ? undefined : functions.get(name);
    if (!body?.nodes.some(({ op }) => op === 'RestoreV2')) continue;
    const position = new Map(body.signature?.inputs.map((argument, index) => [argument.name ?? '', index]));
    note(body.nodes, (reference) => {
      const index = position.get(reference.split(':')[0]);
      return index === undefined ? undefined : node.inputs[index]?.split(':')[0];
    });
  }
  shareKeys(graph, keys);
  return keys;
}

/** A variable that is first set to what another one holds stands for the same: Keras 3 saves each twice, and restores one of the two. */
function shareKeys(graph: GraphMessage, keys: Map<string, string>): void {
  const byName = new Map(graph.nodes.map((node) => [node.name ?? '', node]));
  for (const { op, inputs } of graph.nodes) {
    const read = op === 'AssignVariableOp' ? byName.get(inputs[1]?.split(':')[0] ?? '') : undefined;
    if (read?.op !== 'ReadVariableOp') continue;
    const [one, other] = [inputs[0]?.split(':')[0] ?? '', read.inputs[0]?.split(':')[0] ?? ''];
    const key = keys.get(one) ?? keys.get(other);
    if (key === undefined) continue;
    if (!keys.has(one)) keys.set(one, key);
    if (!keys.has(other)) keys.set(other, key);
  }
}

function typeOfPlaceholder(node: NodeMessage): TensorType {
  const attributes = new Map(node.attributes.map(({ key, value }) => [key, value]));
  return { dataType: dataTypeOf(attributes.get('dtype')?.type), shape: shapeOf(attributes.get('shape')?.shape, node.name ?? '') };
}

function shapeOf(shape: ShapeMessage | undefined, name: string): TensorType['shape'] {
  if (!shape || shape.unknownRank) return undefined;
  return shape.dims.map(({ size }, axis) => (size === undefined || size < 0 ? symbol(axis === 0 ? 'batch' : `${name}_${axis}`, { none: true }) : size));
}
