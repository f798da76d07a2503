import { broadcast, broadcastShape, concatenated, constant, forEachPosition, isConstant, pick, reshaped, sizeOf, stridesOf, transposed, type Elements } from '../elements.ts';
import { axisOf, NotLowered, type Lowering, type Operation } from './lowering.ts';

/** ONNX's numbers of the element types. */
const BOOLEAN = 9;
const INTEGERS: ReadonlySet<number> = new Set([2, 3, 4, 5, 6, 7, 12, 13]);

/** Operators that only move elements: they move references and make no node. */
export const structural: Readonly<Record<string, Lowering>> = {
  Identity: (o) => o.input(0),
  Dropout: (o) => o.input(0),
  Cast: (o) => {
    const to = o.number('to', 1);
    // a cast to anything but float32 and float64 rounds; only constants (sizes) may be rounded
    if (isConstant(o.input(0))) return constant(o.input(0).shape, o.known(0).values.map(to === BOOLEAN ? (x) => Number(x !== 0) : INTEGERS.has(to) ? Math.trunc : (x) => x));
    if (to === 10 || to === 16) throw new NotLowered('a cast to half precision rounds to steps that no bound holds through');
    if (to !== 1 && to !== 11) throw new NotLowered('a cast to integers is not continuous');
    return o.input(0);
  },
  Reshape: (o) => {
    const source = o.input(0);
    const wanted = [...o.known(1).values];
    const shape = wanted.map((size, axis) => (size === 0 && o.number('allowzero', 0) === 0 ? source.shape[axis] : size));
    const unknown = shape.indexOf(-1);
    if (unknown >= 0) shape[unknown] = sizeOf(source.shape) / shape.reduce((product, size, axis) => (axis === unknown ? product : product * size), 1);
    if (sizeOf(shape) !== sizeOf(source.shape) || !shape.every(Number.isInteger)) throw new NotLowered(`cannot reshape (${source.shape.join(', ')}) to (${wanted.join(', ')})`);
    return reshaped(source, shape);
  },
  Flatten: (o) => {
    const source = o.input(0);
    const axis = axisOf(o.number('axis', 1), source.shape.length);
    return reshaped(source, [sizeOf(source.shape.slice(0, axis)), sizeOf(source.shape.slice(axis))]);
  },
  Squeeze: (o) => {
    const source = o.input(0);
    const axes = o.optional(1)?.values ?? source.shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
    const dropped = new Set([...axes].map((axis) => axisOf(axis, source.shape.length)));
    return reshaped(source, source.shape.filter((_, axis) => !dropped.has(axis)));
  },
  Unsqueeze: (o) => {
    const source = o.input(0);
    const rank = source.shape.length + o.known(1).values.length;
    const added = new Set([...o.known(1).values].map((axis) => axisOf(axis, rank)));
    const sizes = [...source.shape];
    return reshaped(source, Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : sizes.shift()!)));
  },
  Transpose: (o) => transposed(o.input(0), o.numbers('perm') ?? o.input(0).shape.map((_, axis) => o.input(0).shape.length - 1 - axis)),
  Concat: (o) => concatenated(o.inputs.map((_, index) => o.input(index)), o.number('axis', 0)),
  Split: (o) => {
    const source = o.input(0);
    const axis = axisOf(o.number('axis', 0), source.shape.length);
    const each = Math.ceil(source.shape[axis] / o.outputs);
    const sizes = o.optional(1) ? [...o.known(1).values] : Array.from({ length: o.outputs }, (_, part) => Math.min(each, source.shape[axis] - part * each));
    let start = 0;
    return sizes.map((size) => {
      const part = sliced(source, axis, start, 1, size);
      start += size;
      return part;
    });
  },
  Slice: (o) => {
    let source = o.input(0);
    const starts = o.known(1).values;
    const ends = o.known(2).values;
    const axes = o.optional(3)?.values ?? starts.map((_, index) => index);
    const steps = o.optional(4)?.values;
    for (let k = 0; k < starts.length; k++) {
      const axis = axisOf(axes[k], source.shape.length);
      const size = source.shape[axis];
      const step = steps?.[k] ?? 1;
      const clamp = (at: number, low: number, high: number) => Math.min(Math.max(at < 0 ? at + size : at, low), high);
      const start = step > 0 ? clamp(starts[k], 0, size) : clamp(starts[k], 0, size - 1);
      const end = step > 0 ? clamp(ends[k], 0, size) : ends[k] < -size ? -1 : clamp(ends[k], -1, size - 1);
      source = sliced(source, axis, start, step, Math.max(0, Math.ceil((end - start) / step)));
    }
    return source;
  },
  Gather: (o) => {
    const source = o.input(0);
    const axis = axisOf(o.number('axis', 0), source.shape.length);
    const indices = o.known(1);
    const shape = [...source.shape.slice(0, axis), ...indices.shape, ...source.shape.slice(axis + 1)];
    const strides = stridesOf(source.shape);
    const inner = sizeOf(source.shape.slice(axis + 1));
    const count = indices.values.length;
    const places = Int32Array.from({ length: sizeOf(shape) }, (_, index) => {
      const outer = Math.floor(index / (count * inner));
      const chosen = axisOf(indices.values[Math.floor(index / inner) % count], source.shape[axis]);
      return outer * source.shape[axis] * inner + chosen * strides[axis] + (index % inner);
    });
    return pick(source, places, shape);
  },
  Expand: (o) => broadcast(o.input(0), broadcastShape(o.input(0).shape, [...o.known(1).values])),
  Tile: (o) => {
    const source = o.input(0);
    const repeats = o.known(1).values;
    const shape = source.shape.map((size, axis) => size * repeats[axis]);
    const strides = stridesOf(source.shape);
    const places = new Int32Array(sizeOf(shape));
    forEachPosition(shape, (position, index) => {
      places[index] = position.reduce((place, at, axis) => place + (at % source.shape[axis]) * strides[axis], 0);
    });
    return pick(source, places, shape);
  },
  Pad: (o) => padded(o),
  DepthToSpace: (o) => {
    const source = o.input(0);
    const [batch, channels, height, width] = source.shape;
    const block = o.number('blocksize', 1);
    const depth = channels / (block * block);
    const split = o.text('mode', 'DCR') === 'DCR' ? [batch, block, block, depth, height, width] : [batch, depth, block, block, height, width];
    const order = o.text('mode', 'DCR') === 'DCR' ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3];
    return reshaped(transposed(reshaped(source, split), order), [batch, depth, height * block, width * block]);
  },
  Shape: (o) => {
    const shape = o.input(0).shape;
    return constant([shape.slice(o.number('start', 0), o.attribute('end') === undefined ? undefined : o.number('end', 0)).length], shape.slice(o.number('start', 0), o.attribute('end') === undefined ? undefined : o.number('end', 0)));
  },
  Size: (o) => constant([], [sizeOf(o.input(0).shape)]),
  ConstantOfShape: (o) => {
    const value = o.attribute('value');
    const fill = typeof value === 'object' && 'data' in value ? Number(value.data[0]) : 0;
    const shape = [...o.known(0).values];
    return constant(shape, new Float64Array(sizeOf(shape)).fill(fill));
  },
  Range: (o) => {
    const [start, limit, step] = [0, 1, 2].map((index) => o.known(index).values[0]);
    const count = Math.max(0, Math.ceil((limit - start) / step));
    return constant([count], Float64Array.from({ length: count }, (_, i) => start + i * step));
  },
};

export function sliced(source: Elements, axis: number, start: number, step: number, count: number): Elements {
  const shape = source.shape.map((size, k) => (k === axis ? count : size));
  const inner = sizeOf(source.shape.slice(axis + 1));
  const size = source.shape[axis];
  const places = Int32Array.from({ length: sizeOf(shape) }, (_, index) => {
    const outer = Math.floor(index / (count * inner));
    return (outer * size + start + (Math.floor(index / inner) % count) * step) * inner + (index % inner);
  });
  return pick(source, places, shape);
}

function padded(o: Operation): Elements {
  const source = o.input(0);
  const rank = source.shape.length;
  const given = o.known(1).values;
  const axes = o.optional(3)?.values ?? source.shape.map((_, axis) => axis);
  const before = new Array<number>(rank).fill(0);
  const after = new Array<number>(rank).fill(0);
  [...axes].forEach((axis, k) => {
    before[axisOf(axis, rank)] = given[k];
    after[axisOf(axis, rank)] = given[k + axes.length];
  });
  const mode = o.text('mode', 'constant');
  const fill = o.optional(2)?.values[0] ?? 0;
  const shape = source.shape.map((size, axis) => size + before[axis] + after[axis]);
  const strides = stridesOf(source.shape);
  const places = new Int32Array(sizeOf(shape));
  forEachPosition(shape, (position, index) => {
    let place = 0;
    for (let axis = 0; axis < rank; axis++) {
      const size = source.shape[axis];
      let at = position[axis] - before[axis];
      if (at < 0 || at >= size) {
        if (mode === 'constant') {
          place = -1;
          break;
        }
        if (mode === 'edge') at = Math.min(Math.max(at, 0), size - 1);
        else if (mode === 'wrap') at = ((at % size) + size) % size;
        else {
          const period = 2 * (size - 1);
          at = ((at % period) + period) % period;
          if (at >= size) at = period - at;
        }
      }
      place += at * strides[axis];
    }
    places[index] = place;
  });
  return pick(source, places, shape, fill);
}
