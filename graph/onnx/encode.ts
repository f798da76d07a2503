import { Writer } from 'protobufjs/minimal.js';
import type { AttributeValue } from '../graph.ts';
import { bytesOfTensor, tensorOf } from '../elements.ts';
import { onnxNumberOf } from '../operators/data-types.ts';
import type { ConstantTensor, DataType, Tensor } from '../tensor.ts';
import { opsetFor, type NamedNode } from './upgrade.ts';

/** A model as it is written: tensors by name. */
export interface NamedModel {
  readonly name: string;
  readonly nodes: readonly NamedNode[];
  readonly initializers: readonly (Tensor & { readonly name: string })[];
  readonly inputs: readonly NamedType[];
  readonly outputs: readonly NamedType[];
  readonly values?: readonly NamedType[];
}

export interface NamedType {
  readonly name: string;
  readonly dataType: DataType | undefined;
  /** Numbers, or names of symbols. */
  readonly shape: readonly (number | string)[] | undefined;
}

/** ONNX attributes that are of floating type, whatever their value looks like: by the specification's tables of operators. */
const floatAttributes = new Set([
  'alpha', 'beta', 'gamma', 'epsilon', 'momentum', 'ratio', 'bias', 'lambd', 'extrapolation_value', 'cubic_coeff_a', 'value_float', 'high', 'low', 'mean', 'scale', 'seed', 'spatial_scale', 'clip', 'softcap',
]);
const floatListAttributes = new Set(['value_floats', 'activation_alpha', 'activation_beta', 'scales']);

/** The version of the file format that goes with the operator set. */
const irVersion = 10;

/** The model as bytes of the ONNX file format. */
export function encodeModel(model: NamedModel): Uint8Array {
  const writer = Writer.create();
  writer.uint32(tag(1, 0)).int64(irVersion);
  writer.uint32(tag(2, 2)).string('layerscope');
  const graph = writer.uint32(tag(7, 2)).fork();
  for (const node of model.nodes) encodeNode(graph.uint32(tag(1, 2)).fork(), node).ldelim();
  graph.uint32(tag(2, 2)).string(model.name || 'model');
  for (const tensor of model.initializers) encodeTensor(graph.uint32(tag(5, 2)).fork(), tensor, tensor.name).ldelim();
  for (const input of model.inputs) encodeType(graph.uint32(tag(11, 2)).fork(), input).ldelim();
  for (const output of model.outputs) encodeType(graph.uint32(tag(12, 2)).fork(), output).ldelim();
  for (const value of model.values ?? []) encodeType(graph.uint32(tag(13, 2)).fork(), value).ldelim();
  graph.ldelim();
  for (const domain of new Set(['', ...model.nodes.map((node) => node.domain)])) {
    const opset = writer.uint32(tag(8, 2)).fork();
    if (domain !== '') opset.uint32(tag(1, 2)).string(domain);
    opset.uint32(tag(2, 0)).int64(opsetFor(domain, model.nodes));
    opset.ldelim();
  }
  return writer.finish();
}

function encodeNode(writer: Writer, node: NamedNode): Writer {
  for (const input of node.inputs) writer.uint32(tag(1, 2)).string(input);
  for (const output of node.outputs) writer.uint32(tag(2, 2)).string(output);
  if (node.name !== '') writer.uint32(tag(3, 2)).string(node.name);
  writer.uint32(tag(4, 2)).string(node.type);
  for (const [name, value] of Object.entries(node.attributes)) encodeAttribute(writer.uint32(tag(5, 2)).fork(), name, value).ldelim();
  if (node.domain !== '') writer.uint32(tag(7, 2)).string(node.domain);
  return writer;
}

function encodeAttribute(writer: Writer, name: string, value: AttributeValue): Writer {
  writer.uint32(tag(1, 2)).string(name);
  const kind = (number: number) => writer.uint32(tag(20, 0)).int32(number);
  if (typeof value === 'boolean' || (typeof value === 'number' && !floatAttributes.has(name) && Number.isInteger(value))) {
    writer.uint32(tag(3, 0)).int64(Number(value));
    return kind(2);
  }
  if (typeof value === 'number') {
    writer.uint32(tag(2, 5)).float(value);
    return kind(1);
  }
  if (typeof value === 'string') {
    if (name === 'to' || name === 'dtype') {
      writer.uint32(tag(3, 0)).int64(onnxNumberOf(value as DataType));
      return kind(2);
    }
    writer.uint32(tag(4, 2)).string(value);
    return kind(3);
  }
  if (isList(value)) {
    if (value.some((element) => typeof element === 'string')) {
      for (const element of value) writer.uint32(tag(9, 2)).string(String(element));
      return kind(8);
    }
    if (floatListAttributes.has(name) || value.some((element) => !Number.isInteger(element))) {
      for (const element of value) writer.uint32(tag(7, 5)).float(Number(element));
      return kind(6);
    }
    for (const element of value) writer.uint32(tag(8, 0)).int64(Number(element));
    return kind(7);
  }
  encodeTensor(writer.uint32(tag(5, 2)).fork(), tensorOfConstant(value), '').ldelim();
  return kind(4);
}

function encodeTensor(writer: Writer, tensor: Tensor, name: string): Writer {
  for (const size of tensor.shape) writer.uint32(tag(1, 0)).int64(size);
  writer.uint32(tag(2, 0)).int32(onnxNumberOf(tensor.dataType));
  if (Array.isArray(tensor.data)) for (const text of tensor.data) writer.uint32(tag(6, 2)).string(text);
  if (name !== '') writer.uint32(tag(8, 2)).string(name);
  if (!Array.isArray(tensor.data)) writer.uint32(tag(9, 2)).bytes(bytesOfTensor(tensor));
  return writer;
}

function encodeType(writer: Writer, { name, dataType, shape }: NamedType): Writer {
  writer.uint32(tag(1, 2)).string(name);
  if (dataType === undefined) return writer;
  const type = writer.uint32(tag(2, 2)).fork().uint32(tag(1, 2)).fork();
  type.uint32(tag(1, 0)).int32(onnxNumberOf(dataType));
  if (shape) {
    type.uint32(tag(2, 2)).fork();
    for (const size of shape) {
      type.uint32(tag(1, 2)).fork();
      if (typeof size === 'number') type.uint32(tag(1, 0)).int64(size);
      else type.uint32(tag(2, 2)).string(size);
      type.ldelim();
    }
    type.ldelim();
  }
  type.ldelim().ldelim();
  return writer;
}

/** A constant whose elements are all known numbers, truths or texts as a tensor. */
export function tensorOfConstant({ dataType, shape, data }: ConstantTensor): Tensor {
  if (dataType === 'string') return { dataType, shape, data: data.map(String) };
  const symbolic = data.find((element) => typeof element === 'object');
  if (symbolic) throw new TypeError(`A constant depends on the size ${(symbolic as { key: string }).key}, which is not known`);
  return tensorOf(dataType, shape, data as readonly (number | boolean)[]);
}

function isList(value: AttributeValue): value is readonly number[] | readonly string[] {
  return Array.isArray(value);
}

function tag(field: number, wire: number): number {
  return (field << 3) | wire;
}
