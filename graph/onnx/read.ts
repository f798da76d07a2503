import { symbol, type Dimension } from '../dimension.ts';
import { elementCount } from '../elements.ts';
import type { AttributeValue, Gap, LayerGraph, Operator, Parameter, Value } from '../graph.ts';
import { inferTypes } from '../inference.ts';
import type { ConstantTensor, TensorType } from '../tensor.ts';
import type { StoredTensor, Weights } from '../weights.ts';
import { dataTypeOfAttribute, isFloating } from '../operators/data-types.ts';
import { layersByName } from './modules.ts';
import { modelSchema, type AttributeMessage, type GraphMessage, type ModelMessage, type NodeMessage, type ValueInfoMessage } from './schema.ts';
import { constantOf, denseTensor, storedTensor, type OpenExternal } from './tensors.ts';
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

/** Constants up to so many elements are part of the graph, larger ones are parameters without training. */
const largestConstant = 1024;
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
  return new Reader(source, message.graph, opset, options).read();
}

class Reader {
  readonly #source: ByteSource;
  readonly #graph: GraphMessage;
  readonly #opset: number;
  readonly #options: ReadOptions;
  readonly #values: Value[] = [];
  readonly #operators: Operator[] = [];
  readonly #parameters: Parameter[] = [];
  readonly #gaps: Gap[] = [];
  readonly #weights = new Map<string, StoredTensor>();
  readonly #ids = new Map<string, number>();
  readonly #constants = new Map<string, ConstantTensor>();
  readonly #declared = new Map<string, TensorType>();
  #added = 0;

  constructor(source: ByteSource, graph: GraphMessage, opset: number, options: ReadOptions) {
    this.#source = source;
    this.#graph = graph;
    this.#opset = opset;
    this.#options = options;
  }

  read(): OnnxModel {
    const graph = this.#graph;
    for (const info of [...graph.values, ...graph.outputs, ...graph.inputs]) if (info.name) this.#declared.set(info.name, typeOf(info));
    for (const message of graph.initializers) {
      this.#weight(message.name ?? '', storedTensor(this.#source, message, `the tensor ${message.name ?? ''}`, this.#options.openExternal), false);
    }
    for (const message of graph.sparseInitializers) this.#weight(message.values?.name ?? '', denseTensor(this.#source, message), false);
    const inputs = graph.inputs.filter(({ name }) => name && !this.#ids.has(name)).map((info) => this.#value(info.name!, inputType(info)));
    const nodes = graph.nodes.flatMap((node) => this.#nodes(node));
    for (const node of inOrder(nodes, new Set(this.#ids.keys()), this.#source.name)) this.#operator(node);
    const outputs = graph.outputs.map(({ name }) => {
      const id = this.#ids.get(name ?? '');
      if (id === undefined) throw new FormatError(`${this.#source.name}: nothing makes the output ${name}`);
      return id;
    });
    const name = graph.name && !/^(main_graph|torch[-_]jit|tf2onnx|graph)/i.test(graph.name) ? graph.name : this.#options.name ?? graph.name ?? 'model';
    const { layers, scopes, scopeOf, layerOfParameter } = layersByName(name, this.#operators, this.#values, inputs, outputs);
    const bare: LayerGraph = {
      name, type: 'Model', framework: 'onnx', values: this.#values, layers, scopes, inputs, outputs, assumptions: [], gaps: this.#gaps,
      operators: this.#operators.map((operator) => ({ ...operator, scope: scopeOf[operator.id] })),
      parameters: this.#parameters.map((parameter) => ({ ...parameter, layer: layerOfParameter.get(parameter.id) ?? 0 })),
    };
    return { graph: inferTypes(bare), weights: this.#weights, opset: this.#opset };
  }

  /** The nodes that one node of the file becomes; constants become values at once. */
  #nodes(message: NodeMessage): NamedNode[] {
    const domain = message.domain === 'ai.onnx' ? '' : message.domain ?? '';
    if (message.type === 'Constant' && domain === '' && this.#constantNode(message)) return [];
    const node: NamedNode = { type: message.type ?? '', domain, name: message.name ?? '', inputs: message.inputs, outputs: message.outputs, attributes: {} };
    for (const attribute of message.attributes) {
      const value = this.#attribute(attribute);
      if (value !== undefined) node.attributes[attribute.name ?? ''] = value;
      if (attribute.g) return [{ ...node, type: 'Unknown', domain: 'layerscope', attributes: { operator: node.type } }];
    }
    return upgrade(node, this.#opset, {
      constant: (values, dataType, scalar) => {
        const name = this.#fresh('constant');
        const constant: ConstantTensor = { dataType, shape: scalar ? [] : [values.length], data: values };
        this.#value(name, constant, { constant });
        this.#constants.set(name, constant);
        return name;
      },
      fresh: (near) => this.#fresh(near),
      constantOf: (name) => this.#constants.get(name),
    });
  }

  #operator(node: NamedNode): void {
    const id = this.#operators.length;
    const inputs = node.inputs.map((name) => (name === '' ? undefined : this.#ids.get(name)));
    const outputs = node.outputs.map((name) => this.#value(name === '' ? this.#fresh('unused') : name, this.#declared.get(name) ?? unknownType, { producer: id }));
    const reason = node.domain === 'layerscope' ? `the operator ${String(node.attributes.operator)} runs a graph of its own, which is not followed` : undefined;
    if (reason) this.#gaps.push({ reason });
    this.#operators.push({
      id, type: node.type, domain: node.domain, name: node.name || `${node.type}_${id}`, inputs, outputs, attributes: node.attributes, scope: 0, ...(reason ? { reason } : {}),
    });
  }

  /** A tensor that the file holds: a constant where it is small and no weight, else a parameter. */
  #weight(name: string, tensor: StoredTensor & { readNow?(): ReturnType<typeof constantOf> | unknown }, isConstantNode: boolean): void {
    if (name === '' || this.#ids.has(name)) throw new FormatError(`${this.#source.name}: two tensors have the name '${name}'`);
    const floating = isFloating(tensor.dataType);
    const small = elementCount(tensor.shape) <= largestConstant;
    const type: TensorType = { dataType: tensor.dataType, shape: tensor.shape };
    if ('readNow' in tensor && small && (!floating || isConstantNode || tensor.shape.length === 0)) {
      const constant = constantOf((tensor as ReturnType<typeof storedTensor>).readNow());
      this.#constants.set(name, constant);
      this.#value(name, type, { constant });
      return;
    }
    const parameter = this.#parameters.length;
    this.#parameters.push({ id: parameter, name, layer: 0, type, trainable: floating && !isConstantNode, initializer: { kind: 'unknown' } });
    this.#weights.set(name, tensor);
    this.#value(name, type, { parameter });
  }

  #constantNode({ attributes, outputs }: NodeMessage): boolean {
    const [attribute] = attributes;
    const name = outputs[0] ?? '';
    const value = (dataType: ConstantTensor['dataType'], data: ConstantTensor['data'], scalar: boolean): ConstantTensor => ({ dataType, shape: scalar ? [] : [data.length], data });
    if (!attribute) return false;
    if (attribute.name === 'value' && attribute.t) {
      this.#weight(name, storedTensor(this.#source, attribute.t, `the constant ${name}`, this.#options.openExternal), true);
      return true;
    }
    const constant = attribute.name === 'value_float' ? value('float32', [attribute.f ?? 0], true)
      : attribute.name === 'value_int' ? value('int64', [attribute.i ?? 0], true)
      : attribute.name === 'value_string' ? value('string', [attribute.s ?? ''], true)
      : attribute.name === 'value_floats' ? value('float32', attribute.floats, false)
      : attribute.name === 'value_ints' ? value('int64', attribute.ints, false)
      : attribute.name === 'value_strings' ? value('string', attribute.strings, false) : undefined;
    if (!constant || this.#ids.has(name)) return false;
    this.#constants.set(name, constant);
    this.#value(name, constant, { constant });
    return true;
  }

  #attribute(message: AttributeMessage): AttributeValue | undefined {
    // older writers leave the type out: then the field that is there tells
    const type = message.type ?? (message.f !== undefined ? 1 : message.i !== undefined ? 2 : message.s !== undefined ? 3 : message.t ? 4 : message.floats.length ? 6 : message.ints.length ? 7 : 8);
    switch (type) {
      case 1: return message.f ?? 0;
      case 2: return message.i ?? 0;
      case 3: return message.s ?? '';
      case 4: return message.t && constantOf(storedTensor(this.#source, message.t, `the attribute ${message.name}`, this.#options.openExternal).readNow());
      case 6: return message.floats;
      case 7: return message.ints;
      case 8: return message.strings;
      default: return undefined;
    }
  }

  #value(name: string, type: TensorType, extra: Partial<Value> = {}): number {
    if (this.#ids.has(name)) throw new FormatError(`${this.#source.name}: two tensors have the name '${name}'`);
    const id = this.#values.length;
    this.#values.push({ id, name, type: { dataType: type.dataType, shape: type.shape }, ...extra });
    this.#ids.set(name, id);
    return id;
  }

  #fresh(near: string): string {
    let name;
    do name = `${near}_${++this.#added}`;
    while (this.#ids.has(name) || this.#declared.has(name));
    return name;
  }
}

const unknownType: TensorType = { dataType: undefined, shape: undefined };

/** The nodes so that each stands behind those that make its inputs. Files should be so ordered; some are not. */
function inOrder(nodes: readonly NamedNode[], known: Set<string>, file: string): NamedNode[] {
  const maker = new Map<string, number>();
  nodes.forEach((node, index) => node.outputs.forEach((name) => name && maker.set(name, index)));
  const ordered: NamedNode[] = [];
  const state = new Uint8Array(nodes.length);
  for (let root = 0; root < nodes.length; root++) {
    const stack = [root];
    while (stack.length > 0) {
      const index = stack[stack.length - 1];
      if (state[index] === 2) {
        stack.pop();
        continue;
      }
      const needs = nodes[index].inputs.filter((name) => name !== '' && !known.has(name)).map((name) => {
        const needed = maker.get(name);
        if (needed === undefined) throw new FormatError(`${file}: ${nodes[index].type} ${nodes[index].name} takes the tensor ${name}, which nothing makes`);
        return needed;
      }).filter((needed) => state[needed] !== 2);
      if (needs.some((needed) => state[needed] === 1)) throw new FormatError(`${file}: the graph runs in a circle at ${nodes[index].type} ${nodes[index].name}`);
      if (needs.length > 0) {
        state[index] = 1;
        stack.push(...needs);
      } else {
        state[index] = 2;
        ordered.push(nodes[index]);
        stack.pop();
      }
    }
  }
  return ordered;
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
