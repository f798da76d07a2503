import type { AttributeValue } from '../graph.ts';
import type { ConstantTensor } from '../tensor.ts';

/** A node of a model file, between the file and the graph: tensors by name, '' where one is left out. */
export interface NamedNode {
  type: string;
  domain: string;
  name: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, AttributeValue>;
  /** For a node that is not understood: why. */
  reason?: string;
}

/** What an upgrade needs beside the node: names for tensors that it adds. */
export interface UpgradeContext {
  /** A new constant; returns its name. */
  constant(values: readonly number[], dataType: 'int64' | 'float32', scalar?: boolean): string;
  /** A name that no tensor has. */
  fresh(near: string): string;
  /** The element type of a named constant or input, where it is known. */
  constantOf(name: string): ConstantTensor | undefined;
}

/** The version of ONNX's operators that graphs hold and that files are written in. */
export const graphOpset = 21;

/** Operators that came later, which files that have them are written for. */
const laterOperators: Readonly<Record<string, number>> = { RMSNormalization: 23, RotaryEmbedding: 23, Attention: 23, TensorScatter: 24, Swish: 24 };

/** The version of a domain's operators that a file with these nodes is written in. */
export function opsetFor(domain: string, nodes: readonly NamedNode[]): number {
  const own = nodes.filter((node) => node.domain === domain);
  if (domain === '') return Math.max(graphOpset, ...own.map(({ type }) => laterOperators[type] ?? 0));
  // version 2 renamed the attributes of LabelEncoder; version 3 only adds to the trees
  if (domain === 'ai.onnx.ml') return own.some(({ type, attributes }) => type === 'LabelEncoder' && Object.hasOwn(attributes, 'classes_strings')) ? 1 : 3;
  return 1;
}

type Upgrade = (node: NamedNode, context: UpgradeContext) => NamedNode[];

/** For each operator, the last version that needs the rewriting, and the rewriting: in the order of versions. */
const upgrades: Readonly<Record<string, readonly (readonly [until: number, upgrade: Upgrade])[]>> = {
  Squeeze: [[12, axesToInput]],
  Unsqueeze: [[12, axesToInput]],
  ReduceSum: [[12, axesToInput]],
  ...Object.fromEntries(['ReduceL1', 'ReduceL2', 'ReduceLogSum', 'ReduceLogSumExp', 'ReduceMax', 'ReduceMean', 'ReduceMin', 'ReduceProd', 'ReduceSumSquare']
    .map((type) => [type, [[17, axesToInput]] as const])),
  Split: [[12, (node, context) => {
    const { split, ...attributes } = node.attributes;
    if (!Array.isArray(split)) return [{ ...node, attributes: { ...attributes, num_outputs: node.outputs.length } }];
    return [{ ...node, attributes, inputs: [node.inputs[0], context.constant(split as number[], 'int64')] }];
  }], [17, (node) => [node.inputs.length > 1 || 'num_outputs' in node.attributes ? node : { ...node, attributes: { ...node.attributes, num_outputs: node.outputs.length } }]]],
  Slice: [[9, (node, context) => {
    const { starts, ends, axes, ...attributes } = node.attributes;
    if (!Array.isArray(starts) || !Array.isArray(ends)) return [node];
    const inputs = [node.inputs[0], context.constant(starts as number[], 'int64'), context.constant(ends as number[], 'int64')];
    if (Array.isArray(axes)) inputs.push(context.constant(axes as number[], 'int64'));
    return [{ ...node, attributes, inputs }];
  }]],
  Clip: [[10, (node, context) => {
    const { min, max, ...attributes } = node.attributes;
    const bound = (value: AttributeValue | undefined) => (typeof value === 'number' ? context.constant([value], 'float32', true) : '');
    return [{ ...node, attributes, inputs: [node.inputs[0], bound(min), bound(max)] }];
  }]],
  Pad: [[10, (node, context) => {
    const { pads, paddings, value, ...attributes } = node.attributes;
    const inputs = [node.inputs[0], context.constant((pads ?? paddings ?? []) as number[], 'int64')];
    if (typeof value === 'number' && value !== 0) inputs.push(context.constant([value], 'float32', true));
    return [{ ...node, attributes, inputs }];
  }]],
  Dropout: [[11, (node, context) => {
    const { ratio, is_test: _test, seed: _seed, ...attributes } = node.attributes;
    return [{ ...node, attributes, inputs: [node.inputs[0], ...(typeof ratio === 'number' ? [context.constant([ratio], 'float32', true)] : [])] }];
  }]],
  TopK: [[9, (node, context) => {
    const { k, ...attributes } = node.attributes;
    return typeof k === 'number' ? [{ ...node, attributes, inputs: [node.inputs[0], context.constant([k], 'int64')] }] : [node];
  }]],
  Upsample: [[9, (node, context) => {
    const { scales, mode, ...rest } = node.attributes;
    const scale = Array.isArray(scales) ? context.constant(scales as number[], 'float32') : node.inputs[1] ?? '';
    return [resize(node, scale, { ...rest, mode: mode ?? 'nearest' })];
  }]],
  Resize: [[10, (node) => [resize(node, node.inputs[1] ?? '', node.attributes)]]],
  BatchNormalization: [[8, (node) => {
    const { spatial: _spatial, is_test: _test, ...attributes } = node.attributes;
    return [{ ...node, attributes }];
  }], [13, (node) => [{ ...node, outputs: node.outputs.slice(0, 1) }]]],
  Softmax: [[12, flattenedSoftmax]],
  LogSoftmax: [[12, flattenedSoftmax]],
  Hardmax: [[12, flattenedSoftmax]],
  GroupNormalization: [[20, (node) => [{ ...node, type: 'GroupNormalization', domain: 'ai.onnx.v18' }]]],
  Scatter: [[10, (node) => [{ ...node, type: 'ScatterElements' }]]],
};

/** The node as the graph's opset writes it: one node or several. */
export function upgrade(node: NamedNode, opset: number, context: UpgradeContext): NamedNode[] {
  let nodes = [node];
  for (const [until, rewrite] of node.domain === '' ? upgrades[node.type] ?? [] : []) {
    if (opset <= until) nodes = nodes.flatMap((one) => (one.type === node.type ? rewrite(one, context) : [one]));
  }
  return nodes;
}

function axesToInput(node: NamedNode, context: UpgradeContext): NamedNode[] {
  const { axes, ...attributes } = node.attributes;
  if (!Array.isArray(axes)) return [node];
  return [{ ...node, attributes, inputs: [node.inputs[0], context.constant(axes as number[], 'int64')] }];
}

/** Before version 11, a resized coordinate was simply divided by the scale. */
function resize(node: NamedNode, scales: string, attributes: NamedNode['attributes']): NamedNode {
  return {
    ...node, type: 'Resize', inputs: [node.inputs[0], '', scales],
    attributes: { ...attributes, coordinate_transformation_mode: 'asymmetric', ...(attributes.mode === 'nearest' || attributes.mode === undefined ? { nearest_mode: 'floor' } : {}) },
  };
}

/** Before version 13, everything from the axis on was one axis; the axis was 1 by default. */
function flattenedSoftmax(node: NamedNode, context: UpgradeContext): NamedNode[] {
  const axis = (node.attributes.axis as number | undefined) ?? 1;
  if (axis === -1) return [{ ...node, attributes: { axis: -1 } }];
  const [flat, result, shape] = ['flat', 'result', 'shape'].map((part) => context.fresh(`${node.outputs[0]}_${part}`));
  const plain = { domain: '', name: '' };
  return [
    { ...plain, type: 'Shape', inputs: [node.inputs[0]], outputs: [shape], attributes: {} },
    { ...plain, type: 'Flatten', inputs: [node.inputs[0]], outputs: [flat], attributes: { axis } },
    { ...node, inputs: [flat], outputs: [result], attributes: { axis: 1 } },
    { ...plain, type: 'Reshape', inputs: [result, shape], outputs: [node.outputs[0]], attributes: {} },
  ];
}
