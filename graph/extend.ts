import type { Attributes, LayerGraph, Operator, Value } from './graph.ts';
import { inferOperator } from './inference.ts';
import type { Operand } from './operators/operator.ts';
import type { ConstantTensor, DataType, TensorType } from './tensor.ts';

/** Adds operators to a graph, which itself stays as it is: types of what they make follow from the operators' rules. */
export class GraphExtension {
  readonly values: Value[];
  readonly operators: Operator[];
  readonly #graph: LayerGraph;
  readonly #inputs: number[];
  readonly #names: Set<string>;
  readonly #constants = new Map<string, number>();
  /** Elements of values that rules could fold. */
  readonly #folded = new Map<number, ConstantTensor>();

  constructor(graph: LayerGraph) {
    this.#graph = graph;
    this.values = [...graph.values];
    this.operators = [...graph.operators];
    this.#inputs = [...graph.inputs];
    this.#names = new Set([...graph.values, ...graph.operators].map(({ name }) => name));
  }

  type(value: number): TensorType {
    return this.values[value].type;
  }

  /** The elements of a value, where they are known. */
  constantOf(value: number | undefined): ConstantTensor | undefined {
    return value === undefined ? undefined : this.values[value].constant ?? this.#folded.get(value);
  }

  /** Adds an operator; returns its outputs. New operators belong to `scope`. */
  operator(type: string, inputs: readonly (number | undefined)[], attributes: Attributes = {}, outputs = 1, scope = 0): number[] {
    const id = this.operators.length;
    const name = this.#unique(type);
    const operands = inputs.map((input): Operand | undefined => (input === undefined ? undefined : { type: this.type(input), constant: this.constantOf(input) }));
    const made = Array.from({ length: outputs }, (_, index) => this.#add({ name: outputs === 1 ? `${name}:0` : `${name}:${index}`, type: { dataType: undefined, shape: undefined }, producer: id }));
    const inferred = inferOperator({ type, attributes, outputs: made }, operands);
    made.forEach((output, index) => {
      if (inferred?.types[index]) this.values[output] = { ...this.values[output], type: inferred.types[index] };
      const constant = inferred?.constants[index];
      if (constant) this.#folded.set(output, constant);
    });
    this.operators.push({ id, type, domain: '', name, inputs, outputs: made, attributes, scope });
    return made;
  }

  /** Adds an operator with one output and returns that. */
  apply(type: string, inputs: readonly (number | undefined)[], attributes: Attributes = {}): number {
    return this.operator(type, inputs, attributes)[0];
  }

  /** A constant; equal ones are shared. */
  constant(dataType: DataType, shape: readonly number[], data: ConstantTensor['data']): number {
    const key = data.every((element) => typeof element !== 'object') && data.length <= 16 ? JSON.stringify([dataType, shape, data]) : undefined;
    const known = key === undefined ? undefined : this.#constants.get(key);
    if (known !== undefined) return known;
    const id = this.#add({ name: this.#unique('constant'), type: { dataType, shape }, constant: { dataType, shape, data } });
    if (key !== undefined) this.#constants.set(key, id);
    return id;
  }

  scalar(value: number, like: number): number {
    return this.constant(this.type(like).dataType ?? 'float32', [], [value]);
  }

  /** A vector of int64: axes, sizes. */
  integers(...values: number[]): number {
    return this.constant('int64', [values.length], values);
  }

  input(name: string, type: TensorType): number {
    const id = this.#add({ name: this.#unique(name), type });
    this.#inputs.push(id);
    return id;
  }

  /** The extended graph with these outputs. */
  finish(outputs: readonly number[]): LayerGraph {
    return { ...this.#graph, values: this.values, operators: this.operators, inputs: this.#inputs, outputs };
  }

  #add(value: Omit<Value, 'id'>): number {
    const id = this.values.length;
    this.values.push({ id, ...value });
    return id;
  }

  #unique(name: string): string {
    let unique = name;
    for (let count = 1; this.#names.has(unique); count++) unique = `${name}_${this.values.length + count}`;
    this.#names.add(unique);
    return unique;
  }
}
