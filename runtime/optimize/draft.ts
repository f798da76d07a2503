import { compact } from '../../graph/compact.ts';
import type { Attributes, LayerGraph, Operator, Parameter, Value } from '../../graph/graph.ts';
import { constantOf } from '../../graph/onnx/tensors.ts';
import { attributesOf } from '../../graph/operators/registry.ts';
import type { Tensor, TensorType } from '../../graph/tensor.ts';
import { stored, type StoredTensor, type Weights } from '../../graph/weights.ts';

/** A rewriting that was made: which rule, and the operators that it changed or removed. */
export interface Rewrite {
  readonly rule: string;
  readonly nodes: readonly string[];
}

/** A graph that is being rewritten, with its weights. */
export class Draft {
  readonly values: Value[];
  readonly operators: (Operator | undefined)[];
  readonly parameters: Parameter[];
  readonly weights: Map<string, StoredTensor>;
  readonly rewrites: Rewrite[] = [];
  outputs: number[];
  readonly #graph: LayerGraph;
  #consumers: Map<number, Operator[]> | undefined;

  constructor(graph: LayerGraph, weights: Weights) {
    this.#graph = graph;
    this.values = [...graph.values];
    this.operators = [...graph.operators];
    this.parameters = [...graph.parameters];
    this.weights = new Map(weights);
    this.outputs = [...graph.outputs];
  }

  /** Operators that are still there, in the order in which they run. */
  *present(): Generator<Operator> {
    for (let index = 0; index < this.operators.length; index++) {
      const operator = this.operators[index];
      if (operator) yield operator;
    }
  }

  consumers(value: number): readonly Operator[] {
    if (!this.#consumers) {
      this.#consumers = new Map();
      for (const operator of this.present()) {
        for (const input of new Set(operator.inputs)) if (input !== undefined) this.#consumers.set(input, [...this.#consumers.get(input) ?? [], operator]);
      }
    }
    return this.#consumers.get(value) ?? [];
  }

  /** The operator that makes a value, where nothing else takes that value: then the two can become one. */
  soleProducer(value: number | undefined): Operator | undefined {
    if (value === undefined) return undefined;
    const { producer } = this.values[value];
    const operator = producer === undefined ? undefined : this.operators[producer];
    return operator && this.consumers(value).length === 1 && !this.outputs.includes(value) && operator.outputs.length === 1 ? operator : undefined;
  }

  attributes(operator: Operator): Attributes {
    return attributesOf(operator);
  }

  /** The elements of a constant or weight; undefined for what is computed, and for weights that are not there. */
  async elements(value: number | undefined): Promise<Tensor | undefined> {
    if (value === undefined) return undefined;
    const { parameter, constant, producer } = this.values[value];
    if (producer !== undefined) return undefined;
    if (parameter !== undefined) {
      const weight = await this.weights.get(this.parameters[parameter].name)?.read();
      if (weight) return weight;
    }
    if (!constant || constant.data.some((element) => typeof element === 'object')) return undefined;
    return { dataType: constant.dataType, shape: constant.shape, data: Float64Array.from(constant.data, Number) };
  }

  /** Whether a value is the same in every run. */
  isFixed(value: number): boolean {
    const { parameter, constant, producer } = this.values[value];
    return producer === undefined && (parameter !== undefined || (constant !== undefined && constant.data.every((element) => typeof element !== 'object')));
  }

  /** A new weight, beside those of the layer that it stands for. */
  addWeight(name: string, tensor: Tensor, layer: number): number {
    const unique = this.#unusedName(name);
    const type = { dataType: tensor.dataType, shape: tensor.shape };
    const parameter = this.parameters.length;
    this.parameters.push({ id: parameter, name: unique, layer, type, trainable: false, initializer: { kind: 'unknown' } });
    this.weights.set(unique, stored(tensor));
    const id = this.values.length;
    this.values.push({ id, name: unique, type, parameter });
    return id;
  }

  /** A small result that was computed beforehand: rules of shapes go on seeing its elements. */
  addConstant(name: string, tensor: Tensor): number {
    const id = this.values.length;
    const constant = constantOf(tensor);
    this.values.push({ id, name: this.#unusedName(name), type: { dataType: tensor.dataType, shape: tensor.shape }, constant });
    return id;
  }

  /** A value that an operator is about to make. */
  addValue(name: string, type: TensorType): number {
    const id = this.values.length;
    this.values.push({ id, name: this.#unusedName(name), type });
    return id;
  }

  #unusedName(name: string): string {
    const names = new Set(this.values.map((value) => value.name));
    let unique = name;
    for (let count = 1; names.has(unique) || this.weights.has(unique); count++) unique = `${name}_${count}`;
    return unique;
  }

  replace(operator: Operator, change: Partial<Pick<Operator, 'type' | 'inputs' | 'outputs' | 'attributes'>>): Operator {
    const changed = { ...operator, ...change };
    this.operators[operator.id] = changed;
    for (const output of changed.outputs) this.values[output] = { ...this.values[output], producer: operator.id };
    this.#consumers = undefined;
    return changed;
  }

  remove(operator: Operator): void {
    this.operators[operator.id] = undefined;
    this.#consumers = undefined;
  }

  /** Lets all that take `from` take `to`. */
  redirect(from: number, to: number): void {
    for (const operator of this.consumers(from)) this.operators[operator.id] = { ...this.operators[operator.id]!, inputs: this.operators[operator.id]!.inputs.map((input) => (input === from ? to : input)) };
    this.outputs = this.outputs.map((output) => (output === from ? to : output));
    this.#consumers = undefined;
  }

  /** An operator that passes its input on goes away; a graph output keeps an operator that makes it. */
  bypass(operator: Operator, rule: string, from = operator.inputs[0]!): boolean {
    const [output] = operator.outputs;
    if (this.outputs.includes(output) && (this.values[from].producer === undefined || this.outputs.includes(from))) return false;
    if (operator.outputs.slice(1).some((other) => this.consumers(other).length > 0 || this.outputs.includes(other))) return false;
    this.remove(operator);
    this.redirect(output, from);
    this.note(rule, operator);
    return true;
  }

  note(rule: string, ...operators: Operator[]): void {
    this.rewrites.push({ rule, nodes: operators.map(({ name }) => name) });
  }

  /** The rewritten graph, without what became useless. */
  finish(): LayerGraph {
    const operators: Operator[] = [];
    const newId = new Map<number, number>();
    for (const operator of this.present()) {
      newId.set(operator.id, operators.length);
      operators.push({ ...operator, id: operators.length });
    }
    const values = this.values.map(({ producer, ...value }): Value => (producer !== undefined && newId.has(producer) ? { ...value, producer: newId.get(producer)! } : value));
    return compact({ ...this.#graph, values, operators, parameters: this.parameters, outputs: this.outputs });
  }
}
