import type { DataType } from '../../graph/tensor.ts';

/**
 * The network as the verifier sees it: five kinds of node over flat vectors of float64, in topological order.
 *
 * Every ONNX operator becomes some of these (lowering/): whatever only moves elements disappears, whatever is linear is
 * an affine node, whatever is piecewise linear is affine nodes and ReLUs. So bounds, gradients, exact encodings and
 * certificates each need five rules and no more.
 */
export type Node = InputNode | AffineNode | ReluNode | FunctionNode | ProductNode;

interface Base {
  /** `nodes[id].id === id`. */
  readonly id: number;
  /** Number of elements. */
  readonly size: number;
  /** The node or operator of the graph that it came from, for messages. */
  readonly origin: string;
}

/** All inputs of the graph, one behind the other. Node 0. */
export interface InputNode extends Base {
  readonly kind: 'input';
  readonly inputs: readonly [];
}

/** y = sum of M_k x_k + b. */
export interface AffineNode extends Base {
  readonly kind: 'affine';
  readonly inputs: readonly number[];
  readonly matrices: readonly Matrix[];
  readonly bias: Float64Array;
  /**
   * How far the stored coefficients are from the model's own, in units of relative rounding (2^-53): 0 where they are
   * the model's float32 numbers themselves, a few where layers were folded. The bias is within
   * `roundings` units of `biasMagnitude`.
   */
  readonly roundings: number;
  readonly biasMagnitude: Float64Array;
}

/** y = max(x, 0), element by element. */
export interface ReluNode extends Base {
  readonly kind: 'relu';
  readonly inputs: readonly [number];
}

/** y = f(x), element by element, for a smooth f (functions.ts). */
export interface FunctionNode extends Base {
  readonly kind: 'function';
  readonly inputs: readonly [number];
  readonly name: FunctionName;
  /** The exponent of `power`. */
  readonly parameter?: number;
}

/** y = a b, element by element. */
export interface ProductNode extends Base {
  readonly kind: 'product';
  readonly inputs: readonly [number, number];
}

export type FunctionName = 'sigmoid' | 'tanh' | 'exp' | 'log' | 'erf' | 'gelu' | 'geluTanh' | 'sin' | 'cos' | 'sqrt' | 'reciprocal' | 'power' | 'softplus' | 'silu' | 'mish' | 'elu';

export type Matrix = DenseMatrix | SparseMatrix;

/** Row-major: `rows` are the outputs, `columns` the inputs. */
export interface DenseMatrix {
  readonly kind: 'dense';
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** Compressed rows: the entries of row i are `starts[i]` up to `starts[i + 1]`. */
export interface SparseMatrix {
  readonly kind: 'sparse';
  readonly rows: number;
  readonly columns: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

export interface NetworkInput {
  readonly name: string;
  readonly dataType: DataType;
  readonly shape: readonly number[];
  /** Where its elements start in the input node. */
  readonly offset: number;
  readonly size: number;
}

/** Plain data: it crosses to worker threads as it is. */
export interface Network {
  readonly nodes: readonly Node[];
  readonly inputs: readonly NetworkInput[];
  /** The node that holds all elements of the outputs, in order. */
  readonly output: number;
  readonly outputShape: readonly number[];
  /** Whether a final Softmax was left out: the outputs are its logits, in the same order of size. */
  readonly logits: boolean;
  /** Where the elements of values of the graph are, by the value's id, where it was asked for (`CompileOptions.keep`). */
  readonly kept?: ReadonlyMap<number, Places>;
}

/** Elements of nodes, one for each element of a tensor; a node of -1 is a constant. */
export interface Places {
  readonly nodes: Int32Array;
  readonly indices: Int32Array;
}

/** What could not be compiled, every operator named. */
export class UnsupportedNetwork extends Error {
  override readonly name = 'UnsupportedNetwork';
  readonly operators: readonly { readonly type: string; readonly name: string; readonly reason: string }[];

  constructor(operators: readonly { type: string; name: string; reason: string }[]) {
    super(`the verifier does not know ${operators.map(({ type, name, reason }) => `${type}${name ? ` (${name})` : ''}: ${reason}`).join('; ')}`);
    this.operators = operators;
  }
}

/** A network that would not fit into memory; the message says why. */
export class NetworkTooLarge extends Error {
  override readonly name = 'NetworkTooLarge';
}

/** The most terms that one output of an affine node is a sum of. */
export function termsPerRow(node: AffineNode): number {
  let terms = 1;
  for (const matrix of node.matrices) {
    if (matrix.kind === 'dense') terms += matrix.columns;
    else for (let row = 0, most = 0; row < matrix.rows; row++) {
      const own = matrix.starts[row + 1] - matrix.starts[row];
      if (own > most) [terms, most] = [terms + own - most, own];
    }
  }
  return terms;
}

/** Whether every node is linear or a ReLU, so that the network is linear in each activation region. */
export function isPiecewiseLinear(network: Network): boolean {
  return network.nodes.every((node) => node.kind === 'input' || node.kind === 'affine' || node.kind === 'relu');
}

export function countRelus(network: Network): number {
  return network.nodes.reduce((count, node) => count + (node.kind === 'relu' ? node.size : 0), 0);
}
