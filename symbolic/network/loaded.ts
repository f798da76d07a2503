import { Kernels, type Pointer } from '../kernels/kernels.ts';
import { smoothFunction } from './functions.ts';
import type { Network, Node } from './network.ts';

export type LoadedMatrix =
  | { readonly kind: 'dense'; readonly rows: number; readonly columns: number; readonly values: Pointer; readonly transposed: Pointer }
  | { readonly kind: 'sparse'; readonly rows: number; readonly columns: number; readonly starts: Pointer; readonly indices: Pointer; readonly values: Pointer };

/** A network with its coefficients in the kernels' memory: concrete values and gradients, in float64, for many inputs at once. */
export class LoadedNetwork {
  readonly network: Network;
  readonly kernels: Kernels;
  /** By node id; empty for nodes that are not affine. */
  readonly matrices: readonly (readonly LoadedMatrix[])[];
  /** By node id; 0 for nodes that are not affine. */
  readonly biases: readonly Pointer[];

  constructor(network: Network, kernels: Kernels = new Kernels()) {
    this.network = network;
    this.kernels = kernels;
    this.biases = network.nodes.map((node) => (node.kind === 'affine' ? kernels.store(node.bias) : 0));
    this.matrices = network.nodes.map((node) => (node.kind !== 'affine' ? [] : node.matrices.map((matrix): LoadedMatrix => {
      const { rows, columns } = matrix;
      if (matrix.kind === 'sparse') return { kind: 'sparse', rows, columns, starts: kernels.storeIntegers(matrix.starts), indices: kernels.storeIntegers(matrix.indices), values: kernels.store(matrix.values) };
      const turned = new Float64Array(rows * columns);
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = matrix.values[i * columns + j];
      return { kind: 'dense', rows, columns, values: kernels.store(matrix.values), transposed: kernels.store(turned) };
    })));
  }

  get inputSize(): number {
    return this.network.nodes[0].size;
  }

  get outputSize(): number {
    return this.network.nodes[this.network.output].size;
  }

  /** The outputs for `count` inputs, one behind the other. */
  evaluate(inputs: Float64Array, count = inputs.length / this.inputSize): Float64Array {
    const mark = this.kernels.mark();
    const values = this.forward(this.kernels.store(inputs), count);
    const result = this.kernels.f64(values[this.network.output], count * this.outputSize).slice();
    this.kernels.release(mark);
    return result;
  }

  /** Every node's values for `count` inputs, up to a node where one is named; the pointers hold until the caller releases the memory. */
  forward(inputs: Pointer, count: number, last = this.network.nodes.length - 1): Pointer[] {
    const values: Pointer[] = [inputs];
    for (const node of this.network.nodes) if (node.id > 0 && node.id <= last) values.push(this.forwardNode(node, values, count));
    return values;
  }

  /**
   * The gradient of <seeds[r], output> by the input, for each row r.
   * @param values what `forward` gave.
   * @param seeds count x outputSize.
   */
  gradient(values: readonly Pointer[], seeds: Pointer, count: number): Pointer {
    return this.gradients(values, this.network.output, seeds, count)[0] || this.kernels.zeros(count * this.inputSize);
  }

  /**
   * The gradients of <seeds[r], value of a node> by every node before it, for each row r; 0 for nodes that it does not depend on.
   * @param values what `forward` gave.
   * @param seeds count x size of the node.
   */
  gradients(values: readonly Pointer[], from: number, seeds: Pointer, count: number): Pointer[] {
    const { nodes } = this.network;
    const { kernels } = this;
    const gradients = new Array<Pointer>(from + 1).fill(0);
    gradients[from] = seeds;
    for (let id = from; id > 0; id--) {
      const node = nodes[id];
      const above = gradients[id];
      if (above === 0) continue;
      if (node.kind === 'affine') {
        node.inputs.forEach((input, k) => {
          gradients[input] = this.backwardMatrix(this.matrices[id][k], above, gradients[input], count);
        });
        continue;
      }
      for (const [k, input] of node.inputs.entries()) {
        const fresh = gradients[input] === 0;
        if (fresh) gradients[input] = kernels.zeros(count * nodes[input].size);
        const size = count * node.size;
        if (node.kind === 'relu') {
          kernels.run.reluGradient(size, above, values[input], gradients[input], 1);
          continue;
        }
        const target = kernels.f64(gradients[input], size);
        const source = kernels.f64(above, size);
        if (node.kind === 'function') {
          const { derivative } = smoothFunction(node.name, node.parameter);
          const x = kernels.f64(values[input], size);
          for (let i = 0; i < size; i++) if (source[i] !== 0) target[i] += source[i] * derivative(x[i]);
        } else if (node.kind === 'product') {
          const other = kernels.f64(values[node.inputs[1 - k]], size);
          for (let i = 0; i < size; i++) target[i] += source[i] * other[i];
        }
      }
    }
    return gradients;
  }

  /** target (+)= source M, where M's rows are the source's columns; a target of 0 is made. */
  backwardMatrix(matrix: LoadedMatrix, source: Pointer, target: Pointer, count: number): Pointer {
    const { kernels } = this;
    if (matrix.kind === 'dense') {
      const made = target || kernels.allocate(count * matrix.columns);
      kernels.multiply(count, matrix.rows, matrix.columns, source, matrix.values, made, target !== 0);
      return made;
    }
    const made = target || kernels.zeros(count * matrix.columns);
    kernels.run.scatter(count, matrix.rows, matrix.columns, source, matrix.starts, matrix.indices, matrix.values, made);
    return made;
  }

  /** target += M source, for `count` rows. */
  forwardMatrix(matrix: LoadedMatrix, source: Pointer, target: Pointer, count: number): void {
    if (matrix.kind === 'dense') this.kernels.multiply(count, matrix.columns, matrix.rows, source, matrix.transposed, target, true);
    else this.kernels.run.gather(count, matrix.rows, matrix.columns, source, matrix.starts, matrix.indices, matrix.values, target);
  }

  /** The bias of an affine node, `count` times. */
  repeatedBias(id: number, count: number): Pointer {
    const size = this.network.nodes[id].size;
    const target = this.kernels.allocate(count * size);
    const view = this.kernels.f64(target, count * size);
    const bias = this.kernels.f64(this.biases[id], size);
    for (let r = 0; r < count; r++) view.set(bias, r * size);
    return target;
  }

  private forwardNode(node: Node, values: readonly Pointer[], count: number): Pointer {
    const { kernels } = this;
    if (node.kind === 'affine') {
      const target = this.repeatedBias(node.id, count);
      node.inputs.forEach((input, k) => this.forwardMatrix(this.matrices[node.id][k], values[input], target, count));
      return target;
    }
    const size = count * node.size;
    const target = kernels.allocate(size);
    if (node.kind === 'relu') {
      kernels.run.reluForward(size, values[node.inputs[0]], target);
      return target;
    }
    const out = kernels.f64(target, size);
    if (node.kind === 'function') {
      const { value } = smoothFunction(node.name, node.parameter);
      const x = kernels.f64(values[node.inputs[0]], size);
      for (let i = 0; i < size; i++) out[i] = value(x[i]);
    } else if (node.kind === 'product') {
      const a = kernels.f64(values[node.inputs[0]], size);
      const b = kernels.f64(values[node.inputs[1]], size);
      for (let i = 0; i < size; i++) out[i] = a[i] * b[i];
    }
    return target;
  }
}
