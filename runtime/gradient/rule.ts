import { equals, isKnown } from '../../graph/dimension.ts';
import type { GraphExtension } from '../../graph/extend.ts';
import type { Attributes, Operator } from '../../graph/graph.ts';

/** A gradient that cannot be built: one sentence that says of which operator and why. */
export class GradientError extends Error {
  override readonly name = 'GradientError';
  readonly operator?: Operator;
  constructor(message: string, operator?: Operator) {
    super(message);
    this.operator = operator;
  }
}

/** One operator on the way back. */
export interface Step {
  readonly graph: GraphExtension;
  readonly operator: Operator;
  readonly inputs: readonly (number | undefined)[];
  readonly outputs: readonly number[];
  /** With ONNX's defaults filled in. */
  readonly attributes: Attributes;
  /** The gradient of the first output. */
  readonly gradient: number;
  /** Gradients of all outputs; undefined for those that nothing depends on. */
  readonly gradients: readonly (number | undefined)[];
  /** For which inputs a gradient is wanted. */
  readonly wanted: readonly boolean[];
}

/** Gradients of an operator's inputs; undefined for those without one. Rules may give more than is wanted. */
export type GradientRule = (step: Step) => readonly (number | undefined)[];

/**
 * An operator as others that compute the same: what comes out again, in terms of these. Its gradient is theirs.
 * A result that has no gradient (indices) is left out.
 */
export type Expansion = (step: Step) => readonly (number | undefined)[];

export function input(step: Step, index: number): number {
  const id = step.inputs[index];
  if (id === undefined) throw new GradientError(`${step.operator.type} ${step.operator.name} lacks its input ${index}`, step.operator);
  return id;
}

export function number(step: Step, name: string): number {
  return Number(step.attributes[name] ?? 0);
}

export function numbers(step: Step, name: string): readonly number[] | undefined {
  const value = step.attributes[name];
  return Array.isArray(value) ? value as readonly number[] : undefined;
}

export function rank(step: Step, value: number): number {
  const { shape } = step.graph.type(value);
  if (!shape) throw new GradientError(`The gradient of ${step.operator.type} ${step.operator.name} needs the rank of ${step.graph.values[value].name}, which is not known`, step.operator);
  return shape.length;
}

/** Sizes of a value's axes as numbers: some gradients depend on them. */
export function sizes(step: Step, value: number, from = 0): number[] {
  const shape = step.graph.type(value).shape?.slice(from);
  if (!shape?.every(isKnown)) {
    throw new GradientError(`The gradient of ${step.operator.type} ${step.operator.name} needs the sizes of ${step.graph.values[value].name} as numbers: state the input's shape`, step.operator);
  }
  return shape as number[];
}

/** Sums a gradient over the axes along which its value was broadcast. */
export function unbroadcast({ graph, operator }: Step, gradient: number, value: number): number {
  const from = graph.type(gradient).shape;
  const to = graph.type(value).shape;
  if (!from || !to) throw new GradientError(`The gradient of ${operator.type} ${operator.name} needs the rank of ${graph.values[value].name}, which is not known`, operator);
  const extra = from.length - to.length;
  const axes = [...from.keys()].filter((axis) => axis < extra || (to[axis - extra] === 1 && equals(from[axis], 1) !== true));
  if (axes.length === 0) return gradient;
  const sum = graph.apply('ReduceSum', [gradient, graph.integers(...axes)], { keepdims: 1 });
  return extra > 0 ? graph.apply('Reshape', [sum, graph.apply('Shape', [value])]) : sum;
}

/** Elements of `gradient` where the condition holds, else 0. */
export function where({ graph }: Step, condition: number, gradient: number): number {
  return graph.apply('Where', [condition, gradient, graph.scalar(0, gradient)]);
}
