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
