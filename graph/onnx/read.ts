import { symbol, type Dimension } from '../dimension.ts';
import type { AttributeValue, LayerGraph } from '../graph.ts';
import { dataTypeOfAttribute } from '../operators/data-types.ts';
import type { ConstantTensor, TensorType } from '../tensor.ts';
import type { Weights } from '../weights.ts';
import { Assembler } from './assemble.ts';
import { modelSchema, type AttributeMessage, type GraphMessage, type ModelMessage, type NodeMessage, type TensorMessage, type ValueInfoMessage } from './schema.ts';
import { inlined, type VersionedNode } from './functions.ts';
import { constantOf, denseTensor, isHalfBytes, storedTensor, uncomputedType, type OpenExternal } from './tensors.ts';
import { graphOpset, upgrade, type NamedNode } from './upgrade.ts';
import { decodeMessage, FormatError, memorySource, type ByteSource } from './wire.ts';

export interface ReadOptions {
  /** The graph's name where the file has none of its own, such as the file's. */
  readonly name?: string;
  /** Opens files that hold weights outside of the model; without it reading such a weight fails. */
  readonly openExternal?: OpenExternal;
}

export interface OnnxModel {
  readonly graph: LayerGraph;
  /** By parameter names; each is read from the source when asked for. */
  readonly weights: Weights;
  readonly opset: number;
}

const earliestOpset = 7;

/**
 * Reads an ONNX model. Weights stay where they are until asked for, so the source may be a file of any size.
 * Operators of older opsets are rewritten to the present one; what cannot be followed becomes a gap.
 */
export function readOnnx(model: Uint8Array | ByteSource, options: ReadOptions = {}): OnnxModel {
  const source = model instanceof Uint8Array ? memorySource(model) : model;
  const message = decodeMessage<ModelMessage>(source, modelSchema);
  if (!message.graph || message.opsets.length === 0) throw new FormatError(`${source.name} is not an ONNX model: it holds no graph or names no operator set`);
  const opset = message.opsets.find(({ domain }) => !domain || domain === 'ai.onnx')?.version ?? graphOpset;
  if (opset < earliestOpset) throw new FormatError(`${source.name} uses version ${opset} of ONNX's operators; versions from ${earliestOpset} on are read`);
  return new Reader(source, message.graph, inlined(message.graph.nodes, message.functions, opset, source.name), opset, options).read();
}

class Reader {
  readonly #source: ByteSource;
  readonly #graph: GraphMessage;
  readonly #nodesOfFile: readonly VersionedNode[];
  readonly #opset: number;
  readonly #options: ReadOptions;
  readonly #assembler: Assembler;

  constructor(source: ByteSource, graph: GraphMessage, nodes: readonly VersionedNode[], opset: number, options: ReadOptions) {
    this.#nodesOfFile = nodes;
    this.#source = source;
    this.#graph = graph;
    this.#opset = opset;
    this.#options = options;
    this.#assembler = new Assembler(source.name);
  }

  read(): OnnxModel {
    const graph = this.#graph;
    const assembler = this.#assembler;
    for (const info of [...graph.values, ...graph.outputs, ...graph.inputs]) if (info.name) assembler.declared.set(info.name, typeOf(info));
    for (const message of graph.initializers) {
      const name = message.name ?? '';
      const strange = uncomputedType(message);
      if (strange) assembler.unread(name, message.dims, `the tensor ${name} has the element type ${strange}, which nothing here computes with`);
      else assembler.tensor(name, this.#stored(message, `the tensor ${name}`), true);
    }
    for (const message of graph.sparseInitializers) assembler.tensor(message.values?.name ?? '', denseTensor(this.#source, message), true);
    for (const info of graph.inputs) if (info.name && !assembler.has(info.name)) assembler.input(info.name, inputType(info));
    for (const { node, opset } of this.#nodesOfFile) assembler.nodes.push(...this.#nodes(node, opset));
    const name = graph.name && !/^(main_graph|torch[-_]jit|tf2onnx|graph)/i.test(graph.name) ? graph.name : this.#options.name ?? graph.name ?? 'model';
    return { graph: assembler.finish(name, 'onnx', graph.outputs.map((info) => info.name ?? '')), weights: assembler.weights, opset: this.#opset };
  }

  /** The nodes that one node of the file becomes; constants become values at once. */
  #nodes(message: NodeMessage, opset: number): NamedNode[] {
    const domain = message.domain === 'ai.onnx' ? '' : message.domain ?? '';
    if (message.type === 'Constant' && domain === '' && this.#constantNode(message)) return [];
    const node: NamedNode = { type: message.type ?? '', domain, name: message.name ?? '', inputs: message.inputs, outputs: message.outputs, attributes: {} };
    for (const attribute of message.attributes) {
      const value = this.#attribute(attribute);
      if (value !== undefined) node.attributes[attribute.name ?? ''] = value;
      if (attribute.g) {
        const reason = `the operator ${node.type} runs a graph of its own, which is not followed`;
        return [{ ...node, name: node.name || node.type, type: 'Unknown', domain: 'layerscope', attributes: { operator: node.type }, reason }];
      }
    }
    const assembler = this.#assembler;
    // four bits are held in eight: only rounding to them would not be the same
    const zeroPoint = this.#graph.initializers.find(({ name }) => name === node.inputs[2]);
    if (node.type === 'QuantizeLinear' && ((zeroPoint && isHalfBytes(zeroPoint)) || node.attributes.output_dtype === 21 || node.attributes.output_dtype === 22)) {
      return [{ ...node, name: node.name || node.type, type: 'Unknown', domain: 'layerscope', attributes: { operator: node.type }, reason: 'it rounds to numbers of four bits, which nothing here computes with' }];
    }
    return upgrade(node, opset, {
      constant: (values, dataType, scalar) => {
        const name = assembler.fresh('constant');
        assembler.constant(name, { dataType, shape: scalar ? [] : [values.length], data: values });
        return name;
      },
      fresh: (near) => assembler.fresh(near),
      constantOf: (name) => assembler.constantOf(name),
    });
  }

  #stored(message: TensorMessage, what: string) {
    return storedTensor(this.#source, message, what, this.#options.openExternal);
  }

  #constantNode({ attributes, outputs }: NodeMessage): boolean {
    const [attribute] = attributes;
    const name = outputs[0] ?? '';
    const value = (dataType: ConstantTensor['dataType'], data: ConstantTensor['data'], scalar: boolean): ConstantTensor => ({ dataType, shape: scalar ? [] : [data.length], data });
    if (!attribute) return false;
    if (attribute.name === 'value' && attribute.t) {
      this.#assembler.tensor(name, this.#stored(attribute.t, `the constant ${name}`), false);
      return true;
    }
    const constant = attribute.name === 'value_float' ? value('float32', [attribute.f ?? 0], true)
      : attribute.name === 'value_int' ? value('int64', [attribute.i ?? 0], true)
      : attribute.name === 'value_string' ? value('string', [attribute.s ?? ''], true)
      : attribute.name === 'value_floats' ? value('float32', attribute.floats, false)
      : attribute.name === 'value_ints' ? value('int64', attribute.ints, false)
      : attribute.name === 'value_strings' ? value('string', attribute.strings, false) : undefined;
    if (!constant) return false;
    this.#assembler.constant(name, constant);
    return true;
  }

  #attribute(message: AttributeMessage): AttributeValue | undefined {
    // older writers leave the type out: then the field that is there tells
    const type = message.type ?? (message.f !== undefined ? 1 : message.i !== undefined ? 2 : message.s !== undefined ? 3 : message.t ? 4 : message.floats.length ? 6 : message.ints.length ? 7 : 8);
    switch (type) {
      case 1: return message.f ?? 0;
      case 2: return message.i ?? 0;
      case 3: return message.s ?? '';
      case 4: return message.t && constantOf(this.#stored(message.t, `the attribute ${message.name}`).readNow());
      case 6: return message.floats;
      case 7: return message.ints;
      case 8: return message.strings;
      default: return undefined;
    }
  }
}

function typeOf(info: ValueInfoMessage): TensorType {
  const tensor = info.type?.tensor;
  const shape = tensor?.shape?.dims.map(({ value, parameter }): Dimension | undefined => (parameter ? symbol(parameter) : value !== undefined && value >= 0 ? value : undefined));
  return { dataType: dataTypeOfAttribute(tensor?.elementType), shape: shape?.includes(undefined) ? undefined : shape as Dimension[] | undefined };
}

/** An input's type: a dimension without a size gets a symbol of its own. */
function inputType(info: ValueInfoMessage): TensorType {
  const tensor = info.type?.tensor;
  const shape = tensor?.shape?.dims.map(({ value, parameter }, axis): Dimension =>
    parameter ? symbol(parameter) : value !== undefined && value > 0 ? value : symbol(`${info.name}_${axis}`, { none: true }));
  return { dataType: dataTypeOfAttribute(tensor?.elementType), shape };
}
