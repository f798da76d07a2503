import { elementCount } from '../elements.ts';
import type { Framework, Gap, LayerGraph, Operator, Parameter, Value } from '../graph.ts';
import { inferTypes } from '../inference.ts';
import { isFloating } from '../operators/data-types.ts';
import type { ConstantTensor, Tensor, TensorType } from '../tensor.ts';
import type { StoredTensor } from '../weights.ts';
import { layersByName } from './modules.ts';
import { constantOf } from './tensors.ts';
import type { NamedNode } from './upgrade.ts';
import { FormatError } from './wire.ts';

/** Constants up to so many elements are part of the graph, larger ones are parameters without training. */
const largestConstant = 1024;

/** Builds a graph from a model file's tensors and nodes, which speak of each other by name. */
export class Assembler {
  readonly weights = new Map<string, StoredTensor>();
  readonly nodes: NamedNode[] = [];
  readonly gaps: Gap[] = [];
  /** Types that the file states for what its nodes make. */
  readonly declared = new Map<string, TensorType>();
  readonly #file: string;
  readonly #values: Value[] = [];
  readonly #parameters: Parameter[] = [];
  readonly #inputs: number[] = [];
  readonly #ids = new Map<string, number>();
  readonly #taken = new Set<string>();
  #added = 0;

  constructor(file: string) {
    this.#file = file;
  }

  has(name: string): boolean {
    return this.#ids.has(name);
  }

  input(name: string, type: TensorType): void {
    this.#inputs.push(this.#value(name, type));
  }

  constant(name: string, constant: ConstantTensor): void {
    this.#value(name, constant, { constant });
  }

  constantOf(name: string): ConstantTensor | undefined {
    const id = this.#ids.get(name);
    return id === undefined ? undefined : this.#values[id].constant;
  }

  typeOf(name: string): TensorType | undefined {
    const id = this.#ids.get(name);
    return id === undefined ? this.declared.get(name) : this.#values[id].type;
  }

  /** A tensor that the file holds: a constant where it is small and no weight, else a parameter. */
  tensor(name: string, tensor: StoredTensor & { readNow?(): Tensor }, isWeight: boolean): void {
    const floating = isFloating(tensor.dataType);
    const type: TensorType = { dataType: tensor.dataType, shape: tensor.shape };
    if (tensor.readNow && elementCount(tensor.shape) <= largestConstant && (!floating || !isWeight || tensor.shape.length === 0)) {
      this.constant(name, constantOf(tensor.readNow()));
      return;
    }
    const parameter = this.#parameters.length;
    this.#parameters.push({ id: parameter, name, layer: 0, type, trainable: floating && isWeight, initializer: { kind: 'unknown' } });
    this.weights.set(name, tensor);
    this.#value(name, type, { parameter });
  }

  /** A tensor whose elements nothing here can read: it is shown, and reading it says why not. */
  unread(name: string, shape: readonly number[], reason: string): void {
    const parameter = this.#parameters.length;
    const type: TensorType = { dataType: undefined, shape };
    this.#parameters.push({ id: parameter, name, layer: 0, type, trainable: false, initializer: { kind: 'unknown' } });
    this.weights.set(name, { dataType: 'uint8', shape, read: () => Promise.reject(new FormatError(`${this.#file}: ${reason}`)) });
    this.gaps.push({ reason });
    this.#value(name, type, { parameter });
  }

  /** A parameter whose elements the file does not hold. */
  parameter(name: string, type: TensorType): void {
    const parameter = this.#parameters.length;
    this.#parameters.push({ id: parameter, name, layer: 0, type, trainable: true, initializer: { kind: 'unknown' } });
    this.#value(name, type, { parameter });
  }

  /** A name that no tensor has. */
  fresh(near: string): string {
    let name;
    do name = `${near}_${++this.#added}`;
    while (this.#ids.has(name) || this.declared.has(name) || this.#taken.has(name));
    this.#taken.add(name);
    return name;
  }

  /** The graph of what the outputs and nodes say. Throws FormatError where they contradict one another. */
  finish(name: string, framework: Framework, outputs: readonly string[]): LayerGraph {
    const operators: Operator[] = [];
    const names = new Set<string>();
    for (const node of inOrder(this.nodes, new Set(this.#ids.keys()), this.#file)) {
      const id = operators.length;
      const inputs = node.inputs.map((input) => (input === '' ? undefined : this.#ids.get(input)));
      const made = node.outputs.map((output) => this.#value(output === '' ? this.fresh('unused') : output, this.declared.get(output) ?? { dataType: undefined, shape: undefined }, { producer: id }));
      if (node.reason) this.gaps.push({ reason: node.reason });
      operators.push({
        id, type: node.type, domain: node.domain, name: uniqueName(node.name || `${node.type}_${id}`, names), inputs, outputs: made, attributes: node.attributes, scope: 0, ...(node.reason ? { reason: node.reason } : {}),
      });
    }
    const ids = outputs.map((output) => {
      const id = this.#ids.get(output);
      if (id === undefined) throw new FormatError(`${this.#file}: nothing makes the output ${output}`);
      return id;
    });
    const { layers, scopes, scopeOf, layerOfParameter } = layersByName(name, operators, this.#values, this.#inputs, ids);
    return inferTypes({
      name, type: 'Model', framework, values: this.#values, layers, scopes, inputs: this.#inputs, outputs: ids, assumptions: [], gaps: this.gaps,
      operators: operators.map((operator) => ({ ...operator, scope: scopeOf[operator.id] })),
      parameters: this.#parameters.map((parameter) => ({ ...parameter, layer: layerOfParameter.get(parameter.id) ?? 0 })),
    });
  }

  #value(name: string, type: TensorType, extra: Partial<Value> = {}): number {
    if (name === '' || this.#ids.has(name)) throw new FormatError(`${this.#file}: two tensors have the name '${name}'`);
    const id = this.#values.length;
    this.#values.push({ id, name, type: { dataType: type.dataType, shape: type.shape }, ...extra });
    this.#ids.set(name, id);
    return id;
  }
}

/** The name, with a number behind it where it is taken; takes it. */
export function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let count = 1; taken.has(unique); count++) unique = `${name}_${count}`;
  taken.add(unique);
  return unique;
}

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
