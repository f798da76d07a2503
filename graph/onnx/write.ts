import type { Dimension } from '../dimension.ts';
import { elementCount, tensorOf } from '../elements.ts';
import type { LayerGraph, Operator, Value } from '../graph.ts';
import { instantiate } from '../instantiate.ts';
import { onnxNumberOf } from '../operators/data-types.ts';
import { ancestors } from '../subgraph.ts';
import type { Tensor } from '../tensor.ts';
import type { Weights } from '../weights.ts';
import { uniqueName } from './assemble.ts';
import { encodeModel, tensorOfConstant, type NamedType } from './encode.ts';
import { dimensionName, SizeWriter, type SymbolPlace } from './sizes.ts';
import type { NamedNode } from './upgrade.ts';

export interface WriteOptions {
  /** Sizes of symbols; those that are not named stay symbolic. */
  readonly sizes?: ReadonlyMap<string, Dimension>;
  /** Ids of the values that the model returns, instead of the graph's outputs; only what they need is written. */
  readonly outputs?: readonly number[];
  /** Whether to write the types of intermediate tensors: other tools show them. True unless stated. */
  readonly describe?: boolean;
}

/** A part of the graph that has no ONNX form. */
export class NotExportable extends Error {
  override readonly name = 'NotExportable';
  readonly operator?: Operator;
  constructor(message: string, operator?: Operator) {
    super(message);
    this.operator = operator;
  }
}

/**
 * The graph with its weights as an ONNX file. Symbolic sizes stay symbolic: where an operator needs one as a number,
 * operators that compute it from the inputs' shapes are added. Throws NotExportable where a part is not understood.
 */
export async function writeOnnx(original: LayerGraph, weights: Weights, options: WriteOptions = {}): Promise<Uint8Array> {
  const graph = options.sizes ? instantiate(original, options.sizes) : original;
  const { values } = graph;
  const outputs = options.outputs ?? graph.outputs;
  const operators = ancestors(graph, outputs);
  const sizes = new SizeWriter(symbolPlaces(graph));
  const initializers = new Map<number, Tensor & { name: string }>();
  const renamed = new Map<number, string>();
  const nodes: NamedNode[] = [];
  // ONNX Runtime refuses two nodes of the same name
  const nodeNames = new Set<string>();

  const provide = async (value: Value): Promise<void> => {
    if (initializers.has(value.id) || renamed.has(value.id) || graph.inputs.includes(value.id) || value.producer !== undefined) return;
    // a buffer may be known from the code and lie in the checkpoint too: the checkpoint's counts
    const weight = value.parameter === undefined ? undefined : weights.get(graph.parameters[value.parameter].name);
    if (!weight && value.constant) {
      const { constant } = value;
      if (constant.data.some((element) => typeof element === 'object')) renamed.set(value.id, castSizes(sizes, value));
      else initializers.set(value.id, { ...tensorOfConstant(constant), name: value.name });
      return;
    }
    if (value.parameter === undefined) throw new NotExportable(`The tensor ${value.name} is data that the program makes; its elements are not known`);
    if (!weight) throw new NotExportable(`There are no weights for the parameter ${graph.parameters[value.parameter].name}`);
    initializers.set(value.id, { ...await weight.read(), name: value.name });
  };

  for (const operator of operators) {
    if (operator.domain === 'layerscope') throw new NotExportable(describeGap(operator), operator);
    for (const input of operator.inputs) if (input !== undefined) await provide(values[input]);
  }
  for (const output of outputs) await provide(values[output]);
  for (const operator of operators) {
    const inputs = operator.inputs.map((input) => (input === undefined ? '' : renamed.get(input) ?? values[input].name));
    while (inputs.at(-1) === '') inputs.pop();
    nodes.push({ ...operator, name: uniqueName(operator.name, nodeNames), attributes: { ...operator.attributes }, inputs, outputs: operator.outputs.map((output) => values[output].name) });
  }

  // an output that nothing makes (an input, a weight) goes through Identity: ONNX returns only what a node makes
  const named = new Map<string, NamedType>();
  for (const output of outputs) {
    const value = values[output];
    if (value.producer === undefined) {
      const name = `${value.name}_output`;
      nodes.push({ type: 'Identity', domain: '', name, inputs: [renamed.get(output) ?? value.name], outputs: [name], attributes: {} });
      named.set(name, { ...typeOf(value), name });
    } else named.set(value.name, typeOf(value));
  }
  const used = new Set(operators.flatMap((operator) => operator.inputs));
  const made = operators.flatMap((operator) => operator.outputs).map((id) => values[id]).filter(({ name, type }) => !named.has(name) && type.dataType && type.shape);
  return encodeModel({
    name: graph.name,
    nodes: [...sizes.nodes, ...nodes],
    initializers: [
      ...initializers.values(),
      ...[...sizes.constants].map(([name, numbers]) => ({ ...tensorOf('int64', [numbers.length], numbers), name })),
    ],
    inputs: graph.inputs.filter((id) => options.outputs === undefined || used.has(id) || outputs.includes(id) || sizes.nodes.some(({ inputs }) => inputs[0] === values[id].name)).map((id) => typeOf(values[id])),
    outputs: [...named.values()],
    values: options.describe === false ? [] : made.map(typeOf),
  });
}

function describeGap(operator: Operator): string {
  const place = operator.location ? ` (line ${operator.location.line})` : '';
  return operator.type === 'Join'
    ? `${operator.name}${place}: the program takes one of several paths here, and which one is not known`
    : `${operator.name}${place} is not understood: ${operator.reason ?? 'its operator is unknown'}`;
}

/** A constant of symbolic sizes in the element type and shape that it has in the graph. */
function castSizes(sizes: SizeWriter, value: Value): string {
  const { dataType, shape, data } = value.constant!;
  if (data.length !== elementCount(shape)) throw new NotExportable(`The constant ${value.name} does not fill its shape`);
  const name = sizes.shaped(data as readonly Dimension[], shape);
  if (dataType === 'int64') return name;
  const cast = `${value.name}_cast`;
  sizes.nodes.push({ type: 'Cast', domain: '', name: cast, inputs: [name], outputs: [cast], attributes: { to: onnxNumberOf(dataType) } });
  return cast;
}

/** For each symbol, an axis of an input that has exactly its size. */
function symbolPlaces(graph: LayerGraph): Map<string, SymbolPlace> {
  const places = new Map<string, SymbolPlace>();
  for (const input of graph.inputs) {
    const { name, type } = graph.values[input];
    type.shape?.forEach((dimension, axis) => {
      if (typeof dimension === 'number') return;
      const [term] = dimension.terms;
      if (dimension.terms.length !== 1 || term.coefficient !== 1 || term.factors.length !== 1 || term.factors[0].power !== 1) return;
      const { atom } = term.factors[0];
      if (atom.kind === 'symbol' && !places.has(atom.name)) places.set(atom.name, { input: name, axis });
    });
  }
  return places;
}

function typeOf({ name, type }: Value): NamedType {
  return { name, dataType: type.dataType, shape: type.shape?.map(dimensionName) };
}
