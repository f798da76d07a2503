import { isKnown } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import type { ConstantTensor, DataType } from '../tensor.ts';
import { convert } from './data-types.ts';
import type { Inference } from './operator.ts';
import type { Shape } from './reading.ts';

/** Work on small known tensors, whose elements may be symbolic sizes. */

export type Element = ConstantTensor['data'][number];

/** Folding is for sizes and small tables; larger tensors are left to the runtime. */
export const foldLimit = 10_000;

export function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The shape as numbers, if it is known and small enough to fold. */
export function foldable(shape: Shape | undefined): number[] | undefined {
  if (!shape?.every(isKnown)) return undefined;
  const known = shape as readonly number[];
  return count(known) <= foldLimit ? [...known] : undefined;
}

/** All inputs' constants, or undefined where one is missing; inputs that are left out stay undefined in the list. */
export function constantsOf(context: Inference): (ConstantTensor | undefined)[] | undefined {
  const constants: (ConstantTensor | undefined)[] = [];
  for (const input of context.inputs) {
    if (input && !input.constant) return undefined;
    constants.push(input?.constant);
  }
  return constants;
}

/** Row-major strides in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i];
  }
  return strides;
}

/** Calls `visit` with every index of the shape in row-major order; the array is reused. */
export function eachIndex(shape: readonly number[], visit: (index: readonly number[], position: number) => void): void {
  const index = new Array<number>(shape.length).fill(0);
  const total = count(shape);
  for (let position = 0; position < total; position++) {
    visit(index, position);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
}

/** Builds a tensor of `shape` by reading `source` at the index that `at` gives for each output index. */
export function pick(source: ConstantTensor, shape: readonly number[], at: (index: readonly number[]) => readonly number[]): ConstantTensor {
  const strides = stridesOf(source.shape);
  const data: Element[] = [];
  eachIndex(shape, (index) => {
    let offset = 0;
    at(index).forEach((i, axis) => { offset += i * strides[axis]; });
    data.push(source.data[offset]);
  });
  return { dataType: source.dataType, shape, data };
}

/** The tensor repeated along broadcast dimensions. */
export function expandTo(source: ConstantTensor, shape: readonly number[]): ConstantTensor {
  if (source.shape.length === shape.length && source.shape.every((size, i) => size === shape[i])) return source;
  const offset = shape.length - source.shape.length;
  return pick(source, shape, (index) => source.shape.map((size, i) => (size === 1 ? 0 : index[i + offset])));
}

/** An element as the type holds it; undefined where a symbolic size does not fit the type. */
export function castElement(element: Element, type: DataType): Element | undefined {
  if (typeof element === 'object') return type === 'bool' || type === 'string' ? undefined : element;
  if (type === 'string') return typeof element === 'string' ? element : undefined;
  const value = typeof element === 'boolean' ? Number(element) : typeof element === 'string' ? Number(element) : element;
  return type === 'bool' ? value !== 0 : convert(value, type);
}

/** A tensor of `type` from elements that may be undefined: then it cannot be folded. */
export function tensorOf(dataType: DataType, shape: readonly number[], data: readonly (Element | undefined)[]): ConstantTensor | undefined {
  return data.includes(undefined) ? undefined : { dataType, shape, data: data as readonly Element[] };
}

/** A one-dimensional int64 tensor of sizes. */
export function sizes(dimensions: readonly Dimension[]): ConstantTensor {
  return { dataType: 'int64', shape: [dimensions.length], data: dimensions };
}
