import type { LayerGraph, Operator, Parameter, Value } from '../../graph/graph.ts';
import type { ConstantTensor, Tensor } from '../../graph/tensor.ts';

/** Makes small graphs for the tests of this room, operator by operator. */
export class GraphWriter {
  private readonly values: Value[] = [];
  private readonly operators: Operator[] = [];
  private readonly parameters: Parameter[] = [];
  readonly weights = new Map<string, Tensor>();
  private readonly inputs: number[] = [];

  input(shape: readonly number[], name = `input${this.inputs.length}`): number {
    const id = this.values.length;
    this.values.push({ id, name, type: { dataType: 'float32', shape } });
    this.inputs.push(id);
    return id;
  }

  /** A float32 parameter; the numbers are rounded to float32. */
  parameter(shape: readonly number[], data: ArrayLike<number>): number {
    const id = this.values.length;
    const name = `p${this.parameters.length}`;
    const type = { dataType: 'float32', shape } as const;
    this.values.push({ id, name, type, parameter: this.parameters.length });
    this.parameters.push({ id: this.parameters.length, name, layer: 0, type, trainable: true, initializer: { kind: 'unknown' } });
    this.weights.set(name, { dataType: 'float32', shape, data: Float32Array.from(data) });
    return id;
  }

  integers(data: readonly number[]): number {
    const id = this.values.length;
    const constant: ConstantTensor = { dataType: 'int64', shape: [data.length], data };
    this.values.push({ id, name: `c${id}`, type: { dataType: 'int64', shape: [data.length] }, constant });
    return id;
  }

  operator(type: string, inputs: readonly (number | undefined)[], attributes: Operator['attributes'] = {}): number {
    return this.operatorWithOutputs(type, inputs, attributes, 1)[0];
  }

  operatorWithOutputs(type: string, inputs: readonly (number | undefined)[], attributes: Operator['attributes'], count: number): number[] {
    const id = this.operators.length;
    const outputs = Array.from({ length: count }, () => {
      const value = this.values.length;
      this.values.push({ id: value, name: `v${value}`, type: { dataType: 'float32', shape: undefined }, producer: id });
      return value;
    });
    this.operators.push({ id, type, domain: '', name: `${type}_${id}`, inputs, outputs, attributes, scope: 0 });
    return outputs;
  }

  /** A dense layer with weights (outputs x inputs) and biases. */
  gemm(input: number, outputs: number, weights: ArrayLike<number>, biases: ArrayLike<number>): number {
    return this.operator('Gemm', [input, this.parameter([outputs, weights.length / outputs], weights), this.parameter([outputs], biases)], { transB: 1 });
  }

  graph(...outputs: number[]): LayerGraph {
    return {
      name: 'test', type: 'test', framework: 'onnx', values: this.values, operators: this.operators,
      layers: [{ id: 0, name: 'test', path: '', type: 'test', configuration: {}, parameters: [], listed: false }],
      scopes: [{ id: 0, layer: 0, inputs: this.inputs, outputs }],
      parameters: this.parameters, inputs: this.inputs, outputs, assumptions: [], gaps: [],
    };
  }
}
