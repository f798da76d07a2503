import { equals, formatShape, isKnown } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import type { AttributeValue, Attributes } from '../graph.ts';
import type { ConstantTensor, DataType, TensorType } from '../tensor.ts';
import { ShapeFault } from './operator.ts';
import type { Inference, OperatorRule } from './operator.ts';

/** How rules read their inputs and attributes, and say what does not fit. */

export type Shape = readonly Dimension[];

export const unknownType: TensorType = { dataType: undefined, shape: undefined };

/** A rule with the operator's default attributes, which `infer` and `fold` see filled in. */
export function rule(
  type: string,
  defaults: Attributes,
  infer: (context: Inference) => TensorType[],
  fold?: (context: Inference) => ConstantTensor[] | undefined,
): OperatorRule {
  const filled = (context: Inference): Inference => ({ ...context, attributes: { ...defaults, ...context.attributes } });
  return {
    type,
    defaults,
    infer: (context) => infer(filled(context)),
    ...(fold && { fold: (context: Inference) => fold(filled(context)) }),
  };
}

export function shapeOf(context: Inference, input: number): Shape | undefined {
  return context.inputs[input]?.type.shape;
}

export function dataTypeOf(context: Inference, input: number): DataType | undefined {
  return context.inputs[input]?.type.dataType;
}

export function typeOf(context: Inference, input: number): TensorType {
  return context.inputs[input]?.type ?? unknownType;
}

export function has(context: Inference, input: number): boolean {
  return context.inputs[input] !== undefined;
}

export function constantOf(context: Inference, input: number): ConstantTensor | undefined {
  return context.inputs[input]?.constant;
}

/** The elements of an input of sizes or indices, which may be symbolic; undefined where they are not known. */
export function dimensionsOf(context: Inference, input: number): readonly Dimension[] | undefined {
  return context.inputs[input]?.constant?.data as readonly Dimension[] | undefined;
}

/** The elements of an input as plain numbers; undefined where one is not known or symbolic. */
export function numbersOf(context: Inference, input: number): readonly number[] | undefined {
  const data = context.inputs[input]?.constant?.data;
  return data?.every((element) => typeof element === 'number') ? data as readonly number[] : undefined;
}

export function numberAttribute(context: Inference, name: string): number | undefined {
  const value = context.attributes[name];
  return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : undefined;
}

/** A number that the operator has a default for. */
export function number(context: Inference, name: string): number {
  return numberAttribute(context, name) ?? 0;
}

export function flag(context: Inference, name: string): boolean {
  return Boolean(context.attributes[name]);
}

export function text(context: Inference, name: string): string | undefined {
  const value = context.attributes[name];
  return typeof value === 'string' ? value : undefined;
}

export function numbers(context: Inference, name: string): readonly number[] | undefined {
  const value: AttributeValue | undefined = context.attributes[name];
  return Array.isArray(value) ? value as readonly number[] : undefined;
}

/** Axes given as input `input` (newer operator sets) or as the attribute `axes` (older ones): 'missing' where neither is. */
export function axesOf(context: Inference, input: number): readonly number[] | 'missing' | undefined {
  if (has(context, input)) return numbersOf(context, input);
  return numbers(context, 'axes') ?? 'missing';
}

/** The axis counted from 0. */
export function normalAxis(axis: number, rank: number, what = 'axis'): number {
  if (axis < -rank || axis >= Math.max(rank, 1)) {
    throw new ShapeFault(`${what} ${axis} is out of range for a tensor of rank ${rank}: it must lie between ${-rank} and ${rank - 1}`);
  }
  return axis < 0 ? axis + rank : axis;
}

/** The axes counted from 0; naming one twice is a fault. */
export function normalAxes(axes: readonly number[], rank: number): number[] {
  const normal = axes.map((axis) => normalAxis(axis, rank));
  if (new Set(normal).size < normal.length) throw new ShapeFault(`axes [${axes.join(', ')}] name the same axis twice`);
  return normal;
}

/**
 * Both dimensions must agree: a fault where they cannot, a condition where it depends on symbols.
 * Returns the better known of the two.
 */
export function unify(context: Inference, left: Dimension, right: Dimension, message: () => string): Dimension {
  const same = equals(left, right);
  if (same === false) throw new ShapeFault(message());
  if (same === undefined) context.requireEqual(left, right, message);
  return isKnown(left) ? left : right;
}

export function requireRank(shape: Shape | undefined, rank: number, what: string): void {
  if (shape && shape.length !== rank) throw new ShapeFault(`${what} must have rank ${rank}, but its shape is ${formatShape(shape)}`);
}

export function requireRankAtLeast(shape: Shape | undefined, rank: number, what: string): void {
  if (shape && shape.length < rank) throw new ShapeFault(`${what} must have at least rank ${rank}, but its shape is ${formatShape(shape)}`);
}

/** Describes two shapes that do not fit. */
export function mismatch(what: string, left: Shape, right: Shape): string {
  return `${what}: ${formatShape(left)} and ${formatShape(right)}`;
}
