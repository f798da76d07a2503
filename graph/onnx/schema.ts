import type { MessageSchema, PackedNumbers, Range } from './wire.ts';

/** The messages of ONNX that are read here: field numbers as published in the ONNX specification (IR). */

export interface ModelMessage {
  irVersion?: number;
  producer?: string;
  producerVersion?: string;
  graph?: GraphMessage;
  opsets: { domain?: string; version?: number }[];
  functions: FunctionMessage[];
}
export interface GraphMessage {
  nodes: NodeMessage[];
  name?: string;
  initializers: TensorMessage[];
  sparseInitializers: SparseTensorMessage[];
  inputs: ValueInfoMessage[];
  outputs: ValueInfoMessage[];
  values: ValueInfoMessage[];
}
export interface NodeMessage {
  inputs: string[];
  outputs: string[];
  name?: string;
  type?: string;
  domain?: string;
  overload?: string;
  attributes: AttributeMessage[];
  metadata: { key?: string; value?: string }[];
}
export interface AttributeMessage {
  name?: string;
  reference?: string;
  type?: number;
  f?: number;
  i?: number;
  s?: string;
  t?: TensorMessage;
  g?: GraphMessage;
  floats: number[];
  ints: number[];
  strings: string[];
}
export interface TensorMessage {
  name?: string;
  dims: number[];
  dataType?: number;
  floats?: PackedNumbers;
  integers?: PackedNumbers;
  longs?: PackedNumbers;
  unsigned?: PackedNumbers;
  doubles?: PackedNumbers;
  strings: string[];
  raw?: Range;
  external: { key?: string; value?: string }[];
  location?: number;
}
export interface SparseTensorMessage { values?: TensorMessage; indices?: TensorMessage; dims: number[] }
export interface ValueInfoMessage { name?: string; type?: { tensor?: { elementType?: number; shape?: { dims: { value?: number; parameter?: string }[] } } } }
export interface FunctionMessage {
  name?: string;
  domain?: string;
  inputs: string[];
  outputs: string[];
  nodes: NodeMessage[];
  opsets: { domain?: string; version?: number }[];
  /** Attributes with what they are where the call leaves them out. */
  defaults: AttributeMessage[];
  overload?: string;
}

const entry: MessageSchema = { 1: ['key', 'string'], 2: ['value', 'string'] };

const tensor: MessageSchema = {
  1: ['dims', 'integer[]'], 2: ['dataType', 'integer'], 4: ['floats', 'packed-float'], 5: ['integers', 'packed-varint'], 6: ['strings', 'string[]'],
  7: ['longs', 'packed-varint'], 8: ['name', 'string'], 9: ['raw', 'bytes'], 10: ['doubles', 'packed-double'], 11: ['unsigned', 'packed-varint'],
  13: ['external', 'message[]', () => entry], 14: ['location', 'integer'],
};
const sparseTensor: MessageSchema = { 1: ['values', 'message', () => tensor], 2: ['indices', 'message', () => tensor], 3: ['dims', 'integer[]'] };
const attribute: MessageSchema = {
  1: ['name', 'string'], 2: ['f', 'float'], 3: ['i', 'integer'], 4: ['s', 'string'], 5: ['t', 'message', () => tensor], 6: ['g', 'message', () => graph],
  7: ['floats', 'float[]'], 8: ['ints', 'integer[]'], 9: ['strings', 'string[]'], 20: ['type', 'integer'], 21: ['reference', 'string'],
};
const node: MessageSchema = {
  1: ['inputs', 'string[]'], 2: ['outputs', 'string[]'], 3: ['name', 'string'], 4: ['type', 'string'], 5: ['attributes', 'message[]', () => attribute],
  7: ['domain', 'string'], 8: ['overload', 'string'], 9: ['metadata', 'message[]', () => entry],
};
const dimension: MessageSchema = { 1: ['value', 'integer'], 2: ['parameter', 'string'] };
const shape: MessageSchema = { 1: ['dims', 'message[]', () => dimension] };
const tensorType: MessageSchema = { 1: ['elementType', 'integer'], 2: ['shape', 'message', () => shape] };
const valueInfo: MessageSchema = { 1: ['name', 'string'], 2: ['type', 'message', () => ({ 1: ['tensor', 'message', () => tensorType] })] };
const graph: MessageSchema = {
  1: ['nodes', 'message[]', () => node], 2: ['name', 'string'], 5: ['initializers', 'message[]', () => tensor],
  11: ['inputs', 'message[]', () => valueInfo], 12: ['outputs', 'message[]', () => valueInfo], 13: ['values', 'message[]', () => valueInfo],
  15: ['sparseInitializers', 'message[]', () => sparseTensor],
};
const opset: MessageSchema = { 1: ['domain', 'string'], 2: ['version', 'integer'] };
const functionSchema: MessageSchema = {
  1: ['name', 'string'], 4: ['inputs', 'string[]'], 5: ['outputs', 'string[]'], 7: ['nodes', 'message[]', () => node],
  9: ['opsets', 'message[]', () => opset], 10: ['domain', 'string'], 11: ['defaults', 'message[]', () => attribute], 13: ['overload', 'string'],
};
export const modelSchema: MessageSchema = {
  1: ['irVersion', 'integer'], 2: ['producer', 'string'], 3: ['producerVersion', 'string'], 7: ['graph', 'message', () => graph],
  8: ['opsets', 'message[]', () => opset], 25: ['functions', 'message[]', () => functionSchema],
};
