import { formatShape, isKnown, type Dimension } from './dimension.ts';
import type { LayerGraph, Operator, Value } from './graph.ts';
import type { Operand } from './operators/operator.ts';
import { ruleOf } from './operators/registry.ts';
import type { ConstantTensor, TensorType } from './tensor.ts';

/** Types, and elements where they are known, of what one operator makes. */
export interface Inferred {
  readonly types: readonly TensorType[];
  readonly constants: readonly (ConstantTensor | undefined)[];
}

/** What an operator makes of these inputs; undefined for an operator without a rule. Throws ShapeFault where they do not fit. */
export function inferOperator(operator: Pick<Operator, 'type' | 'attributes' | 'outputs'>, inputs: readonly (Operand | undefined)[]): Inferred | undefined {
  const rule = ruleOf(operator.type);
  if (!rule) return undefined;
  const context = { inputs, attributes: operator.attributes, outputs: operator.outputs.length, requireEqual: () => undefined };
  const constants = rule.fold && inputs.every((input) => input === undefined || input.type.shape !== undefined) ? rule.fold(context) : undefined;
  return { types: rule.infer(context), constants: constants ?? [] };
}

/**
 * The graph with the types that its operators' rules give: what the rules do not know keeps the type that it has.
 * Throws ShapeFault, naming the operator, where inputs do not fit.
 */
export function inferTypes(graph: LayerGraph): LayerGraph {
  const values: Value[] = [...graph.values];
  const constants: (ConstantTensor | undefined)[] = values.map(({ constant }) => constant);
  for (const operator of graph.operators) {
    const operands = operator.inputs.map((input) => (input === undefined ? undefined : { type: values[input].type, constant: constants[input] }));
    const inferred = operator.domain === '' ? inferOperator(operator, operands) : undefined;
    operator.outputs.forEach((output, index) => {
      const { dataType, shape } = inferred?.types[index] ?? {};
      const value = values[output];
      values[output] = { ...value, type: { dataType: dataType ?? value.type.dataType, shape: shape ?? value.type.shape } };
      constants[output] = inferred?.constants[index];
    });
  }
  return { ...graph, values };
}

/** The shape that a user states of an input: of the next one that no other statement names, where it names none. */
export interface StatedShape {
  readonly input?: string;
  readonly shape: readonly Dimension[];
}

/** Takes the shape that is stated of an input: by its name, else the first without a name. */
export function takeStated(input: string, open: StatedShape[]): readonly Dimension[] | undefined {
  const named = open.findIndex((one) => one.input === input);
  const place = named >= 0 ? named : open.findIndex((one) => one.input === undefined);
  return place < 0 ? undefined : open.splice(place, 1)[0].shape;
}

/** The graph with the shapes of inputs that are stated, and all that follows from them. Throws RangeError where a size is known otherwise. */
export function withInputShapes(graph: LayerGraph, stated: readonly StatedShape[]): LayerGraph {
  if (stated.length === 0) return graph;
  const open = [...stated];
  const shapes = new Map(graph.inputs.map((id) => [id, takeStated(graph.values[id].name, open)]));
  const [stranger] = open;
  if (stranger) throw new RangeError(`the model has no input ${stranger.input ?? 'more'} whose shape could be stated; its inputs are ${graph.inputs.map((id) => graph.values[id].name).join(', ')}`);
  return inferTypes({
    ...graph,
    values: graph.values.map((value): Value => {
      const shape = shapes.get(value.id);
      if (!shape) return value;
      const known = value.type.shape;
      if (known && (known.length !== shape.length || known.some((size, axis) => isKnown(size) && isKnown(shape[axis]) && size !== shape[axis]))) {
        throw new RangeError(`the input ${value.name} takes shape ${formatShape(known)}, which ${formatShape(shape)} does not fit`);
      }
      return { ...value, type: { ...value.type, shape: known ? shape.map((size, axis) => (isKnown(known[axis]) ? known[axis] : size)) : shape } };
    }),
  });
}
