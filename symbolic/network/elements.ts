/**
 * A tensor during compilation: each element is a constant or a reference to an element of a node. Operators that only
 * move elements (Reshape, Transpose, Slice, Concat, ...) move references and leave no node behind.
 */
export interface Elements {
  readonly shape: readonly number[];
  /** The node of each element, -1 for a constant; undefined where all are constants. */
  readonly nodes?: Int32Array;
  /** The place of each element in its node. */
  readonly indices?: Int32Array;
  /** The constants; not read where the element is a reference. Undefined where there are none. */
  readonly values?: Float64Array;
}

export interface Constant extends Elements {
  readonly nodes?: undefined;
  readonly values: Float64Array;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function constant(shape: readonly number[], values: ArrayLike<number>): Constant {
  return { shape, values: values instanceof Float64Array ? values : Float64Array.from(values) };
}

export function isConstant(elements: Elements): elements is Constant {
  return elements.nodes === undefined;
}

/** All elements of a node, in order. */
export function wholeNode(node: number, shape: readonly number[], offset = 0): Elements {
  const size = sizeOf(shape);
  return { shape, nodes: new Int32Array(size).fill(node), indices: Int32Array.from({ length: size }, (_, i) => i + offset) };
}

/** The elements at `places`, in that order, as a tensor of the given shape; a place of -1 gives `fill`. */
export function pick(source: Elements, places: ArrayLike<number>, shape: readonly number[], fill = 0): Elements {
  const size = places.length;
  if (isConstant(source)) {
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++) values[i] = places[i] < 0 ? fill : source.values[places[i]];
    return { shape, values };
  }
  const nodes = new Int32Array(size);
  const indices = new Int32Array(size);
  const values = new Float64Array(size);
  let constants = 0;
  for (let i = 0; i < size; i++) {
    const place = places[i];
    if (place < 0) {
      nodes[i] = -1;
      values[i] = fill;
    } else {
      nodes[i] = source.nodes![place];
      indices[i] = source.indices![place];
      if (source.values) values[i] = source.values[place];
    }
    if (nodes[i] < 0) constants++;
  }
  // the constant part of a tensor that was joined of parts
  return constants === size ? { shape, values } : { shape, nodes, indices, values };
}

export function reshaped(source: Elements, shape: readonly number[]): Elements {
  return { ...source, shape };
}

/** One tensor behind the other, flat. */
export function joined(parts: readonly Elements[]): Elements {
  const size = parts.reduce((sum, part) => sum + sizeOf(part.shape), 0);
  const values = new Float64Array(size);
  const nodes = new Int32Array(size).fill(-1);
  const indices = new Int32Array(size);
  let at = 0;
  for (const part of parts) {
    if (part.values) values.set(part.values, at);
    if (part.nodes) nodes.set(part.nodes, at);
    if (part.indices) indices.set(part.indices, at);
    at += sizeOf(part.shape);
  }
  return parts.every(isConstant) ? { shape: [size], values } : { shape: [size], nodes, indices, values };
}

export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** Calls back for every position of a shape, in row-major order; the array is the same one each time. */
export function forEachPosition(shape: readonly number[], visit: (position: readonly number[], index: number) => void): void {
  const size = sizeOf(shape);
  const position = new Array<number>(shape.length).fill(0);
  for (let index = 0; index < size; index++) {
    visit(position, index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++position[axis] < shape[axis]) break;
      position[axis] = 0;
    }
  }
}

export function broadcastShape(left: readonly number[], right: readonly number[]): number[] {
  const rank = Math.max(left.length, right.length);
  const shape = new Array<number>(rank);
  for (let axis = 0; axis < rank; axis++) {
    const a = left[left.length - rank + axis] ?? 1;
    const b = right[right.length - rank + axis] ?? 1;
    if (a !== b && a !== 1 && b !== 1) throw new RangeError(`shapes (${left.join(', ')}) and (${right.join(', ')}) do not broadcast`);
    shape[axis] = a === 1 ? b : a;
  }
  return shape;
}

export function broadcast(source: Elements, shape: readonly number[]): Elements {
  if (source.shape.length === shape.length && source.shape.every((size, axis) => size === shape[axis])) return source;
  const strides = stridesOf(source.shape);
  const shift = shape.length - source.shape.length;
  const places = new Int32Array(sizeOf(shape));
  forEachPosition(shape, (position, index) => {
    let place = 0;
    for (let axis = 0; axis < source.shape.length; axis++) if (source.shape[axis] !== 1) place += position[axis + shift] * strides[axis];
    places[index] = place;
  });
  return pick(source, places, shape);
}

export function transposed(source: Elements, order: readonly number[]): Elements {
  const shape = order.map((axis) => source.shape[axis]);
  const strides = stridesOf(source.shape);
  const places = new Int32Array(sizeOf(shape));
  forEachPosition(shape, (position, index) => {
    let place = 0;
    for (let axis = 0; axis < order.length; axis++) place += position[axis] * strides[order[axis]];
    places[index] = place;
  });
  return pick(source, places, shape);
}

export function concatenated(parts: readonly Elements[], axis: number): Elements {
  const first = parts[0].shape;
  const at = axis < 0 ? axis + first.length : axis;
  const shape = first.map((size, k) => (k === at ? parts.reduce((sum, part) => sum + part.shape[at], 0) : size));
  const all = joined(parts);
  const starts: number[] = [];
  let start = 0;
  for (const part of parts) {
    starts.push(start);
    start += sizeOf(part.shape);
  }
  const strides = parts.map((part) => stridesOf(part.shape));
  const places = new Int32Array(sizeOf(shape));
  forEachPosition(shape, (position, index) => {
    let part = 0;
    let along = position[at];
    while (along >= parts[part].shape[at]) along -= parts[part++].shape[at];
    let place = starts[part];
    for (let k = 0; k < shape.length; k++) place += (k === at ? along : position[k]) * strides[part][k];
    places[index] = place;
  });
  return pick(all, places, shape);
}
