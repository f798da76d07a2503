import { broadcast, broadcastShape, isConstant, joined, pick, reshaped, sizeOf, transposed, type Constant, type Elements } from '../elements.ts';
import type { FunctionName } from '../network.ts';
import { matrixProduct, reduced, reducedAxes, reductionGroups, scaled, sum } from './linear.ts';
import { axisOf, NotLowered, type Lowering, type Operation } from './lowering.ts';
import { windows } from './windows.ts';

/** Operators that are not linear: ReLUs where they are piecewise linear, smooth functions and products otherwise. */
export const nonlinear: Readonly<Record<string, Lowering>> = {
  Relu: (o) => o.builder.relu(o.input(0)),
  LeakyRelu: (o) => leaky(o, o.input(0), () => o.number('alpha', 0.01)),
  PRelu: (o) => {
    const slope = broadcast(o.known(1), o.input(0).shape) as Constant;
    return leaky(o, o.input(0), (i) => slope.values[i]);
  },
  Abs: (o) => leaky(o, o.input(0), () => -1),
  ThresholdedRelu: () => { throw new NotLowered('it is not continuous'); },
  Clip: (o) => clipped(o, o.input(0), o.optional(1)?.values[0], o.optional(2)?.values[0]),
  HardSigmoid: (o) => hardSigmoid(o, o.input(0), o.number('alpha', 0.2), o.number('beta', 0.5)),
  HardSwish: (o) => times(o, o.input(0), hardSigmoid(o, o.input(0), 1 / 6, 0.5)),
  Max: (o) => o.inputs.slice(1).reduce<Elements>((most, _, index) => larger(o, most, o.input(index + 1)), o.input(0)),
  Min: (o) => negative(o, o.inputs.slice(1).reduce<Elements>((most, _, index) => larger(o, most, negative(o, o.input(index + 1))), negative(o, o.input(0)))),
  MaxPool: (o) => {
    if (o.outputs > 1) throw new NotLowered('the indices of the largest elements are not continuous');
    const { shape, taps } = windows(o, o.input(0).shape, o.numbers('kernel_shape')!);
    const groups = Array.from({ length: sizeOf(shape) }, (_, i) => taps(i).filter((tap) => tap.place >= 0).map((tap) => tap.place));
    return largest(o, o.input(0), groups, shape);
  },
  GlobalMaxPool: (o) => {
    const { shape, groups } = reductionGroups(o.input(0).shape, o.input(0).shape.slice(2).map((_, axis) => axis + 2), true);
    return largest(o, o.input(0), groups, shape);
  },
  ReduceMax: (o) => {
    const { shape, groups } = reductionGroups(o.input(0).shape, reducedAxes(o), o.number('keepdims', 1) === 1);
    return largest(o, o.input(0), groups, shape);
  },
  ReduceMin: (o) => {
    const { shape, groups } = reductionGroups(o.input(0).shape, reducedAxes(o), o.number('keepdims', 1) === 1);
    return negative(o, largest(o, negative(o, o.input(0)), groups, shape));
  },
  ReduceSumSquare: (o) => reduced(o, o.builder.apply(o.input(0), 'power', 2), reducedAxes(o), o.number('keepdims', 1) === 1, false),
  ReduceL2: (o) => o.builder.apply(reduced(o, o.builder.apply(o.input(0), 'power', 2), reducedAxes(o), o.number('keepdims', 1) === 1, false), 'sqrt'),
  ReduceL1: (o) => reduced(o, leaky(o, o.input(0), () => -1), reducedAxes(o), o.number('keepdims', 1) === 1, false),
  Mul: (o) => times(o, o.input(0), o.input(1)),
  Div: (o) => {
    const divisor = o.input(1);
    if (!isConstant(divisor)) return times(o, o.input(0), o.builder.apply(divisor, 'reciprocal'));
    const shape = broadcastShape(o.input(0).shape, divisor.shape);
    const by = broadcast(divisor, shape) as Constant;
    const source = broadcast(o.input(0), shape);
    if (isConstant(source)) return { shape, values: source.values.map((x, i) => x / by.values[i]) };
    if (by.values.includes(0)) throw new NotLowered('a division by 0');
    return o.builder.scaleShift(source, (i) => 1 / by.values[i], () => 0, 1);
  },
  Pow: (o) => {
    const exponents = o.known(1).values;
    const [exponent] = exponents;
    if (!exponents.every((value) => value === exponent)) throw new NotLowered('different exponents');
    if (exponent === 1) return o.input(0);
    if (exponent === 0.5) return o.builder.apply(o.input(0), 'sqrt');
    if (exponent === -1) return o.builder.apply(o.input(0), 'reciprocal');
    return o.builder.apply(o.input(0), 'power', exponent);
  },
  Softmax: (o) => softmax(o, o.input(0), axisOf(o.number('axis', -1), o.input(0).shape.length)),
  LogSoftmax: (o) => negative(o, o.builder.apply(softmaxDenominators(o, o.input(0), axisOf(o.number('axis', -1), o.input(0).shape.length)), 'log')),
  Gelu: (o) => o.builder.apply(o.input(0), o.text('approximate', 'none') === 'tanh' ? 'geluTanh' : 'gelu'),
  Elu: (o) => elu(o, o.number('alpha', 1), 1),
  Selu: (o) => elu(o, o.number('alpha', 1.6732632423543772), o.number('gamma', 1.0507009873554805)),
  LayerNormalization: (o) => {
    const source = o.input(0);
    const axes = source.shape.map((_, axis) => axis).slice(axisOf(o.number('axis', -1), source.shape.length));
    const centred = sum(o, source, reduced(o, source, axes, true, true), -1);
    const variance = reduced(o, o.builder.apply(centred, 'power', 2), axes, true, true);
    const deviation = o.builder.apply(o.builder.scaleShift(variance, () => 1, () => o.number('epsilon', 1e-5)), 'power', -0.5);
    const scaledUp = times(o, times(o, centred, deviation), o.input(1));
    return o.inputs[2] ? sum(o, scaledUp, o.input(2), 1) : scaledUp;
  },
  Einsum: (o) => einsum(o),
  ...smooth({ Sigmoid: 'sigmoid', Tanh: 'tanh', Exp: 'exp', Log: 'log', Erf: 'erf', Sin: 'sin', Cos: 'cos', Sqrt: 'sqrt', Reciprocal: 'reciprocal', Softplus: 'softplus', Mish: 'mish', Swish: 'silu' }),
};

function smooth(names: Readonly<Record<string, FunctionName>>): Record<string, Lowering> {
  return Object.fromEntries(Object.entries(names).map(([type, name]) => [type, (o: Operation) => o.builder.apply(o.input(0), name)]));
}

export function negative(o: Operation, source: Elements): Elements {
  return o.builder.scaleShift(source, () => -1, () => 0);
}

/** slope x + (1 - slope) relu(x). */
function leaky(o: Operation, source: Elements, slope: (i: number) => number): Elements {
  const size = sizeOf(source.shape);
  let roundings = 0;
  for (let i = 0; i < size; i++) if (1 - (1 - slope(i)) !== slope(i) || 1 - slope(i) + slope(i) !== 1) roundings = 1;
  const positive = o.builder.relu(source);
  return o.builder.linear(joined([source, positive]), size, (i) => ({ places: [i, size + i], coefficients: [slope(i), 1 - slope(i)] }), new Float64Array(size), source.shape, roundings);
}

/** min(max(x, low), high), as low + relu(x - low) and high - relu(high - y). */
function clipped(o: Operation, source: Elements, low: number | undefined, high: number | undefined): Elements {
  let result = source;
  const finite = (bound: number | undefined): bound is number => bound !== undefined && Math.abs(bound) < 3e38;
  if (finite(low)) result = o.builder.scaleShift(o.builder.relu(o.builder.scaleShift(result, () => 1, () => -low)), () => 1, () => low);
  if (finite(high)) result = o.builder.scaleShift(o.builder.relu(o.builder.scaleShift(result, () => -1, () => high)), () => -1, () => high);
  return result;
}

function hardSigmoid(o: Operation, source: Elements, alpha: number, beta: number): Elements {
  return clipped(o, o.builder.scaleShift(source, () => alpha, () => beta, 1), 0, 1);
}

function larger(o: Operation, left: Elements, right: Elements): Elements {
  const shape = broadcastShape(left.shape, right.shape);
  const a = broadcast(left, shape);
  const b = broadcast(right, shape);
  if (isConstant(a) && isConstant(b)) return { shape, values: a.values.map((x, i) => Math.max(x, b.values[i])) };
  return o.builder.maximum(a, b);
}

/** The largest of each group of elements, by a tree of two-way maxima. */
function largest(o: Operation, source: Elements, groups: readonly (readonly number[])[], shape: readonly number[]): Elements {
  if (groups.some((group) => group.length === 0)) throw new NotLowered('a window lies wholly in the padding');
  const longest = groups.reduce((most, group) => Math.max(most, group.length), 0);
  // shorter groups (at the border) repeat their last element
  let columns = Array.from({ length: longest }, (_, k) => pick(source, groups.map((group) => group[Math.min(k, group.length - 1)]), [groups.length]));
  while (columns.length > 1) {
    const next: Elements[] = [];
    for (let k = 0; k + 1 < columns.length; k += 2) next.push(larger(o, columns[k], columns[k + 1]));
    if (columns.length % 2 === 1) next.push(columns.at(-1)!);
    columns = next;
  }
  return reshaped(columns[0], shape);
}

export function times(o: Operation, left: Elements, right: Elements): Elements {
  const shape = broadcastShape(left.shape, right.shape);
  const a = broadcast(left, shape);
  const b = broadcast(right, shape);
  if (isConstant(a) && isConstant(b)) return { shape, values: a.values.map((x, i) => x * b.values[i]) };
  if (isConstant(b)) return o.builder.scaleShift(a, (i) => b.values[i], () => 0);
  if (isConstant(a)) return o.builder.scaleShift(b, (i) => a.values[i], () => 0);
  const same = a.nodes!.every((node, i) => node === b.nodes![i] && (node < 0 || a.indices![i] === b.indices![i])) && !a.nodes!.includes(-1);
  return same ? o.builder.apply(a, 'power', 2) : o.builder.product(a, b);
}

/** For each element, the sum over its group of exp(x_j - x_i): bounds on differences are far tighter than on exponentials apart. */
function softmaxDenominators(o: Operation, source: Elements, axis: number): Elements {
  const size = sizeOf(source.shape);
  const length = source.shape[axis];
  if (size * length > 1_000_000) throw new NotLowered('a softmax of this size');
  const inner = sizeOf(source.shape.slice(axis + 1));
  const difference = o.builder.linear(source, size * length, (p) => {
    const i = Math.floor(p / length);
    const j = i - (Math.floor(i / inner) % length) * inner + (p % length) * inner;
    return i === j ? { places: [], coefficients: [] } : { places: [j, i], coefficients: [1, -1] };
  }, new Float64Array(size * length), [size * length]);
  const exponentials = o.builder.apply(difference, 'exp');
  return o.builder.linear(exponentials, size, (i) => ({ places: Int32Array.from({ length }, (_, k) => i * length + k), coefficients: new Float64Array(length).fill(1) }), new Float64Array(size), source.shape);
}

function softmax(o: Operation, source: Elements, axis: number): Elements {
  return o.builder.apply(softmaxDenominators(o, source, axis), 'reciprocal');
}

/** gamma (relu(x) + alpha (exp(min(x, 0)) - 1)); with alpha 1 the smooth function itself. */
function elu(o: Operation, alpha: number, gamma: number): Elements {
  const source = o.input(0);
  if (alpha === 1) return scaled(o, o.builder.apply(source, 'elu'), gamma);
  const size = sizeOf(source.shape);
  const positive = o.builder.relu(source);
  const smoothPart = o.builder.apply(source, 'elu');
  return o.builder.linear(joined([positive, smoothPart]), size, (i) => ({ places: [i, size + i], coefficients: [gamma * (1 - alpha), gamma * alpha] }), new Float64Array(size), source.shape, 3);
}

/** Two operands at most, without repeated letters in one operand: transposes and a matrix product. */
function einsum(o: Operation): Elements {
  const [left, right] = o.text('equation', '').replaceAll(' ', '').split('->');
  const terms = left.split(',');
  if (right === undefined || terms.length !== 2 || left.includes('.')) throw new NotLowered(`the equation ${o.text('equation', '')}`);
  const [a, b] = terms.map((term) => [...term]);
  const out = [...right];
  if (new Set(a).size !== a.length || new Set(b).size !== b.length) throw new NotLowered(`the equation ${o.text('equation', '')}`);
  const batch = out.filter((letter) => a.includes(letter) && b.includes(letter));
  const inner = a.filter((letter) => b.includes(letter) && !out.includes(letter));
  const onlyA = a.filter((letter) => !b.includes(letter));
  const onlyB = b.filter((letter) => !a.includes(letter));
  if ([...onlyA, ...onlyB].some((letter) => !out.includes(letter))) throw new NotLowered(`the equation ${o.text('equation', '')}`);
  const size = new Map<string, number>([...a.map((letter, axis) => [letter, o.input(0).shape[axis]] as const), ...b.map((letter, axis) => [letter, o.input(1).shape[axis]] as const)]);
  const extent = (letters: readonly string[]) => letters.reduce((product, letter) => product * size.get(letter)!, 1);
  const batchShape = batch.map((letter) => size.get(letter)!);
  const first = reshaped(transposed(o.input(0), [...batch, ...onlyA, ...inner].map((letter) => a.indexOf(letter))), [...batchShape, extent(onlyA), extent(inner)]);
  const second = reshaped(transposed(o.input(1), [...batch, ...inner, ...onlyB].map((letter) => b.indexOf(letter))), [...batchShape, extent(inner), extent(onlyB)]);
  const product = matrixProduct(o, first, second);
  const order = [...batch, ...onlyA, ...onlyB];
  return transposed(reshaped(product, order.map((letter) => size.get(letter)!)), out.map((letter) => order.indexOf(letter)));
}
