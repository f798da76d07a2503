import { Assembler } from '../../graph/onnx/assemble.ts';
import type { Attributes, Framework, LayerGraph } from '../../graph/graph.ts';
import { inferOperator } from '../../graph/inference.ts';
import type { ConstantTensor, DataType, TensorType } from '../../graph/tensor.ts';
import type { StoredTensor, Weights } from '../../graph/weights.ts';

/** A model that a file holds whole: its graph and its weights. */
export interface ModelFile {
  readonly graph: LayerGraph;
  readonly weights: Weights;
  readonly remarks: readonly string[];
}

/** Builds the graph of a model file of another vocabulary: one of its operators becomes one or several of ours. */
export class Emitter {
  readonly assembler: Assembler;
  /** Sizes that are put together of several tensors: those that are known. */
  readonly packed = new Map<string, readonly (number | undefined)[]>();
  readonly #aliases = new Map<string, string>();
  /** Elements of what was emitted, where its rule could fold it: sizes above all. */
  readonly #folded = new Map<string, ConstantTensor>();
  /** The path of the operator that is being translated: ours are named beside it. */
  #place = '';

  constructor(file: string) {
    this.assembler = new Assembler(file);
  }

  /** Names what is emitted from here on after the file's operator. */
  at(name: string): void {
    this.#place = name;
  }

  /** Adds an operator with one output, which is named `output` or anew, and returns that name. */
  emit(type: string, inputs: readonly string[], attributes: Attributes = {}, output?: string): string {
    const name = output ?? this.assembler.fresh(`${this.#place || type}/${type}`);
    this.emitMany(type, inputs, [name], attributes);
    return name;
  }

  emitMany(type: string, inputs: readonly string[], outputs: readonly string[], attributes: Attributes = {}): void {
    const resolved = inputs.map((input) => this.resolve(input));
    while (resolved.at(-1) === '') resolved.pop();
    this.assembler.nodes.push({ type, domain: '', name: `${this.#place}/${type}`.replace(/^\//, ''), inputs: resolved, outputs: [...outputs], attributes: { ...attributes } });
    this.#infer(type, resolved, outputs, attributes);
  }

  /** What comes out is known as soon as it is emitted: many translations need the rank or the size of what goes in. */
  #infer(type: string, inputs: readonly string[], outputs: readonly string[], attributes: Attributes): void {
    const operands = inputs.map((input) => (input === '' ? undefined : { type: this.typeOf(input) ?? { dataType: undefined, shape: undefined }, constant: this.constantOf(input) ?? this.#folded.get(input) }));
    const inferred = inferOperator({ type, attributes, outputs: outputs.map((_, index) => index) }, operands);
    outputs.forEach((output, index) => {
      const made = inferred?.types[index];
      if (made?.shape) this.assembler.declared.set(output, made);
      const constant = inferred?.constants[index];
      if (constant) this.#folded.set(output, constant);
    });
  }

  /** Lets `name` stand for another tensor. */
  alias(name: string, target: string): void {
    this.#aliases.set(name, this.resolve(target));
  }

  resolve(name: string): string {
    return this.#aliases.get(name) ?? name;
  }

  constantOf(name: string): ConstantTensor | undefined {
    return this.assembler.constantOf(this.resolve(name));
  }

  numbersOf(name: string): number[] | undefined {
    return this.constantOf(name)?.data.map(Number);
  }

  typeOf(name: string): TensorType | undefined {
    return this.assembler.typeOf(this.resolve(name));
  }

  rankOf(name: string): number | undefined {
    return this.typeOf(name)?.shape?.length;
  }

  constant(dataType: DataType, shape: readonly number[], data: readonly (number | boolean)[]): string {
    const name = this.assembler.fresh('constant');
    this.assembler.constant(name, { dataType, shape, data });
    return name;
  }

  integers(...values: number[]): string {
    return this.constant('int64', [values.length], values);
  }

  scalar(value: number, dataType: DataType = 'float32'): string {
    return this.constant(dataType, [], [value]);
  }

  /** Integers of any width as int64, which ONNX's shapes and axes are. */
  asInt64(name: string): string {
    const constant = this.constantOf(name);
    return constant ? this.constant('int64', constant.shape, constant.data.map(Number)) : this.emit('Cast', [name], { to: 'int64' });
  }

  /** Axes as a vector of int64: other vocabularies write a single one without brackets. */
  axes(name: string): string {
    const constant = this.constantOf(name);
    if (constant) return this.integers(...constant.data.map(Number));
    return this.emit('Reshape', [this.asInt64(name), this.integers(-1)]);
  }

  transpose(name: string, perm: readonly number[], output?: string): string {
    return this.emit('Transpose', [name], { perm: [...perm] }, output);
  }

  /** An operator that is not understood: a gap with its reason. */
  gap(type: string, inputs: readonly string[], outputs: readonly string[], reason: string): void {
    this.assembler.nodes.push({ type: 'Unknown', domain: 'layerscope', name: `${this.#place}/${type}`.replace(/^\//, ''), inputs: inputs.map((input) => this.resolve(input)), outputs: [...outputs], attributes: { operator: type }, reason });
  }

  tensor(name: string, tensor: StoredTensor, isWeight = true): void {
    this.assembler.tensor(name, tensor, isWeight);
  }

  finish(name: string, framework: Framework, outputs: readonly string[], remarks: readonly string[] = []): ModelFile {
    const resolved = outputs.map((output) => this.resolve(output));
    const graph = this.assembler.finish(name, framework, resolved);
    return { graph, weights: this.assembler.weights, remarks };
  }
}
