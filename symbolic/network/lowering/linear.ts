import { broadcast, broadcastShape, forEachPosition, isConstant, joined, reshaped, sizeOf, stridesOf, transposed, type Constant, type Elements } from '../elements.ts';
import { axisOf, NotLowered, type Lowering, type Operation } from './lowering.ts';
import type { Steps } from '../steps.ts';
import { windows } from './windows.ts';

/** Operators that are linear in the network's input: affine nodes. */
export const linear: Readonly<Record<string, Lowering>> = {
  Gemm: (o) => {
    const a = o.number('transA', 0) ? transposed(o.input(0), [1, 0]) : o.input(0);
    const b = o.number('transB', 0) ? transposed(o.input(1), [1, 0]) : o.input(1);
    const alpha = o.number('alpha', 1);
    const beta = o.number('beta', 1);
    const product = matrixProduct(o, scaled(o, a, alpha), b);
    const c = o.inputs[2];
    return c ? sum(o, product, scaled(o, c, beta), 1) : product;
  },
  MatMul: (o) => matrixProduct(o, o.input(0), o.input(1)),
  Conv: (o) => convolution(o),
  ConvTranspose: (o) => transposedConvolution(o),
  AveragePool: (o) => {
    const source = o.input(0);
    const { shape, taps } = windows(o, source.shape, o.numbers('kernel_shape')!);
    const includePad = o.number('count_include_pad', 0) === 1;
    return o.builder.linear(source, sizeOf(shape), (i) => {
      const window = taps(i);
      const places = window.filter((tap) => tap.place >= 0).map((tap) => tap.place);
      return { places, coefficients: places.map(() => 1 / (includePad ? window.length : places.length)) };
    }, new Float64Array(sizeOf(shape)), shape, 1);
  },
  GlobalAveragePool: (o) => reduced(o, o.input(0), o.input(0).shape.slice(2).map((_, axis) => axis + 2), true, true),
  BatchNormalization: (o) => {
    const source = o.input(0);
    const [scale, shift, mean, variance] = [1, 2, 3, 4].map((index) => o.known(index).values);
    const epsilon = o.number('epsilon', 1e-5);
    const inner = sizeOf(source.shape.slice(2));
    const channels = source.shape[1] ?? 1;
    const factor = scale.map((s, c) => s / Math.sqrt(variance[c] + epsilon));
    const channel = (i: number) => Math.floor(i / inner) % channels;
    return o.builder.scaleShift(source, (i) => factor[channel(i)], (i) => shift[channel(i)] - mean[channel(i)] * factor[channel(i)], 6,
      (i) => Math.abs(shift[channel(i)]) + Math.abs(mean[channel(i)] * factor[channel(i)]));
  },
  Add: (o) => sum(o, o.input(0), o.input(1), 1),
  Sub: (o) => sum(o, o.input(0), o.input(1), -1),
  Sum: (o) => o.inputs.slice(1).reduce<Elements>((total, _, index) => sum(o, total, o.input(index + 1), 1), o.input(0)),
  Mean: (o) => {
    const total = o.inputs.slice(1).reduce<Elements>((t, _, index) => sum(o, t, o.input(index + 1), 1), o.input(0));
    return o.builder.scaleShift(total, () => 1 / o.inputs.length, () => 0, 1);
  },
  Neg: (o) => o.builder.scaleShift(o.input(0), () => -1, () => 0),
  ReduceSum: (o) => reduced(o, o.input(0), reducedAxes(o), o.number('keepdims', 1) === 1, false),
  ReduceMean: (o) => reduced(o, o.input(0), reducedAxes(o), o.number('keepdims', 1) === 1, true),
  CumSum: (o) => {
    const source = o.input(0);
    const axis = axisOf(o.known(1).values[0], source.shape.length);
    const inner = sizeOf(source.shape.slice(axis + 1));
    const size = source.shape[axis];
    const exclusive = o.number('exclusive', 0);
    const reverse = o.number('reverse', 0) === 1;
    return o.builder.linear(source, sizeOf(source.shape), (i) => {
      const at = Math.floor(i / inner) % size;
      const base = i - at * inner;
      const from = reverse ? at + exclusive : 0;
      const to = reverse ? size : at + 1 - exclusive;
      const places = Array.from({ length: Math.max(0, to - from) }, (_, k) => base + (from + k) * inner);
      return { places, coefficients: places.map(() => 1) };
    }, new Float64Array(sizeOf(source.shape)), source.shape);
  },
};

export function scaled(o: Operation, source: Elements, factor: number): Elements {
  return o.builder.scaleShift(source, () => factor, () => 0, 1);
}

export function sum(o: Operation, left: Elements, right: Elements, sign: 1 | -1): Elements {
  const shape = broadcastShape(left.shape, right.shape);
  const a = broadcast(left, shape);
  const b = broadcast(right, shape);
  if (isConstant(a) && isConstant(b)) return { shape, values: a.values.map((x, i) => x + sign * b.values[i]) };
  if (isConstant(b)) return o.builder.scaleShift(a, () => 1, (i) => sign * b.values[i]);
  if (isConstant(a)) return o.builder.scaleShift(b, () => sign, (i) => a.values[i]);
  const size = sizeOf(shape);
  return o.builder.linear(joined([a, b]), size, (i) => ({ places: [i, size + i], coefficients: [1, sign] }), new Float64Array(size), shape);
}

export function reducedAxes(o: Operation): number[] {
  const rank = o.input(0).shape.length;
  const axes = o.optional(1)?.values;
  if (!axes || axes.length === 0) return o.number('noop_with_empty_axes', 0) ? [] : o.input(0).shape.map((_, axis) => axis);
  return [...axes].map((axis) => axisOf(axis, rank));
}

/** For each output element of a reduction, the places of the elements that it reduces. */
export function reductionGroups(shape: readonly number[], axes: readonly number[], keep: boolean): { shape: number[]; groups: number[][] } {
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const strides = stridesOf(kept);
  const groups: number[][] = Array.from({ length: sizeOf(kept) }, () => []);
  forEachPosition(shape, (position, index) => {
    groups[position.reduce((place, at, axis) => place + (axes.includes(axis) ? 0 : at * strides[axis]), 0)].push(index);
  });
  return { shape: keep ? kept : shape.filter((_, axis) => !axes.includes(axis)), groups };
}

export function reduced(o: Operation, source: Elements, axes: readonly number[], keep: boolean, mean: boolean): Elements {
  const { shape, groups } = reductionGroups(source.shape, axes, keep);
  return o.builder.linear(source, groups.length, (i) => ({ places: groups[i], coefficients: groups[i].map(() => (mean ? 1 / groups[i].length : 1)) }), new Float64Array(groups.length), shape, mean ? 1 : 0);
}

export function matrixProduct(o: Operation, left: Elements, right: Elements): Elements {
  if (left.shape.length === 0 || right.shape.length === 0) throw new NotLowered('a matrix product of scalars');
  const a = left.shape.length === 1 ? reshaped(left, [1, left.shape[0]]) : left;
  const b = right.shape.length === 1 ? reshaped(right, [right.shape[0], 1]) : right;
  const [rows, inner] = a.shape.slice(-2);
  const [innerRight, columns] = b.shape.slice(-2);
  if (inner !== innerRight) throw new NotLowered(`matrices (${left.shape.join(', ')}) and (${right.shape.join(', ')}) do not fit`);
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const shape = [...batch, ...(left.shape.length === 1 ? [] : [rows]), ...(right.shape.length === 1 ? [] : [columns])];
  const size = sizeOf(shape);
  if (isConstant(b) && b.shape.length === 2 && rows * sizeOf(batch) === 1 && !isConstant(a)) {
    const weights = transposed(b, [1, 0]) as Constant;
    return o.builder.dense(reshaped(a, [inner]), columns, weights.values, new Float64Array(columns), shape);
  }
  const fullA = broadcast(a, [...batch, rows, inner]);
  const fullB = broadcast(b, [...batch, inner, columns]);
  const placeA = (i: number, k: number) => Math.floor(i / columns) * inner + k;
  const placeB = (i: number, k: number) => (Math.floor(i / (rows * columns)) * inner + k) * columns + (i % columns);
  if (isConstant(fullB) || isConstant(fullA)) {
    const [moving, fixed, placeMoving, placeFixed] = isConstant(fullB) ? [fullA, fullB, placeA, placeB] : [fullB, fullA as Constant, placeB, placeA];
    return o.builder.linear(moving, size, (i) => {
      const places = new Int32Array(inner);
      const coefficients = new Float64Array(inner);
      for (let k = 0; k < inner; k++) {
        places[k] = placeMoving(i, k);
        coefficients[k] = fixed.values[placeFixed(i, k)];
      }
      return { places, coefficients };
    }, new Float64Array(size), shape);
  }
  // both depend on the input (attention): every product of two elements, then sums
  if (size * inner > 4_000_000) throw new NotLowered('a product of two variable matrices of this size');
  const pairs = { length: size * inner };
  const expand = (source: Elements, place: (i: number, k: number) => number): Elements => ({
    shape: [size * inner],
    nodes: Int32Array.from(pairs, (_, p) => source.nodes![place(Math.floor(p / inner), p % inner)]),
    indices: Int32Array.from(pairs, (_, p) => source.indices![place(Math.floor(p / inner), p % inner)]),
    values: source.values && Float64Array.from(pairs, (_, p) => source.values![place(Math.floor(p / inner), p % inner)]),
  });
  const products = o.builder.product(expand(fullA, placeA), expand(fullB, placeB));
  return o.builder.linear(products, size, (i) => ({ places: Int32Array.from({ length: inner }, (_, k) => i * inner + k), coefficients: new Float64Array(inner).fill(1) }), new Float64Array(size), shape);
}

function* convolution(o: Operation): Steps<Elements> {
  const source = o.input(0);
  const kernel = o.known(1);
  const bias = o.optional(2)?.values;
  const [outChannels, groupChannels, ...spatial] = kernel.shape;
  const group = o.number('group', 1);
  const { shape: pooled, taps } = windows(o, source.shape, spatial);
  const shape = [source.shape[0], outChannels, ...pooled.slice(2)];
  const outSpatial = sizeOf(pooled.slice(2));
  const inSpatial = sizeOf(source.shape.slice(2));
  const window = sizeOf(spatial);
  const perGroup = outChannels / group;
  // the taps of channel 0; other channels are shifted by whole planes
  const base = Array.from({ length: outSpatial }, (_, i) => taps(i));
  return yield* o.builder.linearInSteps(source, sizeOf(shape), (i) => {
    const batch = Math.floor(i / (outChannels * outSpatial));
    const channel = Math.floor(i / outSpatial) % outChannels;
    const first = (batch * source.shape[1] + Math.floor(channel / perGroup) * groupChannels) * inSpatial;
    const places: number[] = [];
    const coefficients: number[] = [];
    for (const { place, tap } of base[i % outSpatial]) {
      if (place < 0) continue;
      for (let c = 0; c < groupChannels; c++) {
        places.push(first + c * inSpatial + place);
        coefficients.push(kernel.values[(channel * groupChannels + c) * window + tap]);
      }
    }
    return { places, coefficients };
  }, Float64Array.from({ length: sizeOf(shape) }, (_, i) => bias?.[Math.floor(i / outSpatial) % outChannels] ?? 0), shape);
}

function* transposedConvolution(o: Operation): Steps<Elements> {
  const source = o.input(0);
  const kernel = o.known(1);
  const bias = o.optional(2)?.values;
  const [inChannels, perGroup, ...spatial] = kernel.shape;
  const group = o.number('group', 1);
  const rank = spatial.length;
  const strides = o.numbers('strides') ?? new Array<number>(rank).fill(1);
  const dilations = o.numbers('dilations') ?? new Array<number>(rank).fill(1);
  const outputPadding = o.numbers('output_padding') ?? new Array<number>(rank).fill(0);
  const full = spatial.map((size, k) => strides[k] * (source.shape[k + 2] - 1) + outputPadding[k] + (size - 1) * dilations[k] + 1);
  const pads = [...(o.numbers('pads') ?? new Array<number>(2 * rank).fill(0))];
  const auto = o.text('auto_pad', 'NOTSET');
  const wanted = o.numbers('output_shape') ?? (auto.startsWith('SAME') ? spatial.map((_, k) => source.shape[k + 2] * strides[k]) : undefined);
  if (wanted) {
    wanted.slice(-rank).forEach((size, k) => {
      const total = Math.max(0, full[k] - size);
      pads[k] = auto === 'SAME_UPPER' ? Math.floor(total / 2) : total - Math.floor(total / 2);
      pads[k + rank] = total - pads[k];
    });
  }
  const out = full.map((size, k) => size - pads[k] - pads[k + rank]);
  const outChannels = perGroup * group;
  const shape = [source.shape[0], outChannels, ...out];
  const size = sizeOf(shape);
  const places: number[][] = Array.from({ length: size }, () => []);
  const coefficients: number[][] = Array.from({ length: size }, () => []);
  const outStrides = stridesOf(out);
  const inGroup = inChannels / group;
  const outSpatial = sizeOf(out);
  const window = sizeOf(spatial);
  forEachPosition(source.shape, (position, place) => {
    const channel = position[1];
    const firstOut = Math.floor(channel / inGroup) * perGroup;
    forEachPosition(spatial, (offset, tap) => {
      let at = 0;
      for (let k = 0; k < rank; k++) {
        const coordinate = position[k + 2] * strides[k] + offset[k] * dilations[k] - pads[k];
        if (coordinate < 0 || coordinate >= out[k]) return;
        at += coordinate * outStrides[k];
      }
      for (let c = 0; c < perGroup; c++) {
        const target = (position[0] * outChannels + firstOut + c) * outSpatial + at;
        places[target].push(place);
        coefficients[target].push(kernel.values[(channel * perGroup + c) * window + tap]);
      }
    });
  });
  return yield* o.builder.linearInSteps(source, size, (i) => ({ places: places[i], coefficients: coefficients[i] }), Float64Array.from({ length: size }, (_, i) => bias?.[Math.floor(i / outSpatial) % outChannels] ?? 0), shape);
}

