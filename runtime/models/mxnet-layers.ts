import { isKnown } from '../../graph/dimension.ts';
import type { Attributes } from '../../graph/graph.ts';
import type { Emitter } from './emitter.ts';
import type { Parameters } from './parameters.ts';
import { pooling } from './windows.ts';

/** MXNet's layers that become several of our operators, or one whose parameters are stated otherwise. */

/** A node of a symbol. */
export interface SymbolOperator {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly parameters: Parameters;
  /** A parameter of ones in the shape of another; undefined where that is not known. */
  ones(parameter: string): string | undefined;
}

const each = (count: number, value: number) => Array.from({ length: count }, () => value);

/** Numbers beside a tensor have its element type. */
export function numberLike(emitter: Emitter, x: string, value: number): string {
  return emitter.scalar(value, emitter.typeOf(x)?.dataType ?? 'float32');
}

export function window(p: Parameters, kernel: readonly number[]): Attributes {
  const pads = p.numbers('pad') ?? each(kernel.length, 0);
  const dilations = p.numbers('dilate') ?? [];
  return {
    kernel_shape: [...kernel], strides: p.numbers('stride') ?? each(kernel.length, 1), pads: [...pads, ...pads],
    ...(dilations.some((one) => one !== 1) ? { dilations } : {}), ...(p.number('num_group', 1) === 1 ? {} : { group: p.number('num_group', 1) }),
  };
}

/** `FullyConnected`: all axes behind the first are one, unless `flatten` says that only the last one counts. */
export function dense(emitter: Emitter, { inputs, outputs, parameters: p }: SymbolOperator): boolean {
  const [x, weight, bias] = inputs;
  const withBias = !p.flag('no_bias') && bias !== undefined;
  if (p.flag('flatten', true) || emitter.rankOf(x) === 2) {
    const flat = emitter.rankOf(x) === 2 ? x : emitter.emit('Flatten', [x], { axis: 1 });
    emitter.emit('Gemm', [flat, weight, ...(withBias ? [bias] : [])], { transB: 1 }, outputs[0]);
    return true;
  }
  const product = emitter.emit('MatMul', [x, emitter.transpose(weight, [1, 0])], {}, withBias ? undefined : outputs[0]);
  if (withBias) emitter.emit('Add', [product, bias], {}, outputs[0]);
  return true;
}

/** Unless stated otherwise the scale is fixed to one, whatever the file holds, and epsilon is a thousandth. */
export function batchNorm(emitter: Emitter, { inputs, outputs, parameters: p, ones }: SymbolOperator): boolean {
  const [x, gamma, beta, mean, variance] = inputs;
  const rank = emitter.rankOf(x);
  const axis = p.number('axis', 1);
  if (axis !== 1 && (rank === undefined || (axis + rank) % rank !== 1)) {
    if (rank === undefined || (axis + rank) % rank !== rank - 1) return false;
    const first = [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, index) => index + 1)];
    const turned = emitter.transpose(x, first);
    return batchNormFirst(emitter, [turned, gamma, beta, mean, variance], p, ones, (y) => emitter.transpose(y, first.map((_, index) => first.indexOf(index)), outputs[0]));
  }
  return batchNormFirst(emitter, inputs, p, ones, undefined, outputs[0]);
}

function batchNormFirst(emitter: Emitter, [x, gamma, beta, mean, variance]: readonly string[], p: Parameters, ones: SymbolOperator['ones'], after?: (y: string) => void, output?: string): boolean {
  const scale = p.flag('fix_gamma', true) ? ones(gamma) ?? gamma : gamma;
  const y = emitter.emit('BatchNormalization', [x, scale, beta, mean, variance], { epsilon: p.number('eps', 1e-3) }, output);
  after?.(y);
  return true;
}

/** Each sample's groups of channels on their own; scale and shift are one for each group. */
export function groupNorm(emitter: Emitter, { inputs: [x, gamma, beta], outputs, parameters: p }: SymbolOperator): boolean {
  const grouped = emitter.emit('Reshape', [x, emitter.integers(0, p.number('num_groups', 1), -1)]);
  const normalised = emitter.emit('InstanceNormalization', [grouped, gamma, beta], { epsilon: p.number('eps', 1e-5) });
  emitter.emit('Reshape', [normalised, emitter.emit('Shape', [x])], {}, outputs[0]);
  return true;
}

/** `L2Normalization`: over all axes behind the first, over the channels, or over space. */
export function unitLength(emitter: Emitter, { inputs: [x], outputs, parameters: p }: SymbolOperator): boolean {
  const rank = emitter.rankOf(x);
  const mode = p.text('mode') ?? 'instance';
  if (rank === undefined && mode !== 'channel') return false;
  const axes = mode === 'channel' ? [1] : Array.from({ length: rank! }, (_, axis) => axis).slice(mode === 'spatial' ? 2 : 1);
  const sum = emitter.emit('ReduceSum', [emitter.emit('Mul', [x, x]), emitter.integers(...axes)], { keepdims: 1 });
  const length = emitter.emit('Sqrt', [emitter.emit('Add', [sum, numberLike(emitter, x, p.number('eps', 1e-10))])]);
  emitter.emit('Div', [x, length], {}, outputs[0]);
  return true;
}

const activations: Readonly<Record<string, string>> = { relu: 'Relu', sigmoid: 'Sigmoid', tanh: 'Tanh', softrelu: 'Softplus', softsign: 'Softsign', mish: 'Mish' };

export function activation(emitter: Emitter, kind: string, x: string, y: string): boolean {
  if (kind === 'log_sigmoid') emitter.emit('Log', [emitter.emit('Sigmoid', [x])], {}, y);
  else if (activations[kind]) emitter.emit(activations[kind], [x], {}, y);
  else return false;
  return true;
}

/** `LeakyReLU` is a family. */
export function leaky(emitter: Emitter, { inputs: [x, slopes], outputs: [y], parameters: p }: SymbolOperator): boolean {
  const slope = p.number('slope', 0.25);
  switch (p.text('act_type') ?? 'leaky') {
    case 'leaky': emitter.emit('LeakyRelu', [x], { alpha: slope }, y); return true;
    // the slopes are drawn in training; else their middle counts
    case 'rrelu': emitter.emit('LeakyRelu', [x], { alpha: (p.number('lower_bound', 0.125) + p.number('upper_bound', 0.334)) / 2 }, y); return true;
    case 'elu': emitter.emit('Elu', [x], { alpha: slope }, y); return true;
    case 'selu': emitter.emit('Selu', [x], {}, y); return true;
    case 'gelu': emitter.emit('Gelu', [x], {}, y); return true;
    case 'prelu': {
      const rank = emitter.rankOf(x);
      if (rank === undefined) return false;
      // one slope for each channel, which stand in axis 1
      const behind = Array.from({ length: rank - 2 }, (_, axis) => axis + 1);
      emitter.emit('PRelu', [x, rank > 2 ? emitter.emit('Unsqueeze', [slopes, emitter.integers(...behind)]) : slopes], {}, y);
      return true;
    }
    default: return false;
  }
}

export function pool(emitter: Emitter, { inputs: [x], outputs: [y], parameters: p }: SymbolOperator): boolean {
  const type = p.text('pool_type') ?? 'max';
  if (!['max', 'avg', 'sum'].includes(type) || (p.text('layout') ?? 'NC').slice(0, 2) !== 'NC') return false;
  if (p.flag('global_pool')) {
    if (type === 'sum') return false;
    emitter.emit(type === 'max' ? 'GlobalMaxPool' : 'GlobalAveragePool', [x], {}, y);
    return true;
  }
  const kernel = p.numbers('kernel') ?? [];
  const convention = p.text('pooling_convention') ?? 'valid';
  if (convention === 'same') return false;
  pooling(emitter, x, {
    type: type === 'avg' ? 'average' : type as 'max' | 'sum', kernel, strides: p.numbers('stride') ?? each(kernel.length, 1), pads: p.numbers('pad') ?? each(kernel.length, 0),
    last: convention === 'full' ? 'ceil' : 'floor', countPadding: type === 'avg' && p.flag('count_include_pad', true),
  }, y);
  return true;
}

/** An average to a stated size, where that divides the input's. */
export function adaptivePool(emitter: Emitter, { inputs: [x], outputs: [y], parameters: p }: SymbolOperator): boolean {
  const stated = p.numbers('output_size') ?? [1];
  const [height, width] = stated.length === 1 ? [stated[0], stated[0]] : stated;
  if (height === 1 && width === 1) {
    emitter.emit('GlobalAveragePool', [x], {}, y);
    return true;
  }
  const space = emitter.typeOf(x)?.shape?.slice(2);
  if (space?.length !== 2 || !space.every((size) => isKnown(size)) || (space[0] as number) % height !== 0 || (space[1] as number) % width !== 0) return false;
  const kernel = [(space[0] as number) / height, (space[1] as number) / width];
  emitter.emit('AveragePool', [x], { kernel_shape: kernel, strides: kernel }, y);
  return true;
}

export function product(emitter: Emitter, { op, inputs: [a, b], outputs: [y], parameters: p }: SymbolOperator): boolean {
  const turned = (name: string, flag: string): string | undefined => {
    if (!p.flag(flag)) return name;
    const rank = emitter.rankOf(name);
    if (rank === undefined || rank < 2) return undefined;
    const axes = Array.from({ length: rank }, (_, axis) => axis);
    return emitter.transpose(name, [...axes.slice(0, -2), rank - 1, rank - 2]);
  };
  const [left, right] = [turned(a, 'transpose_a'), turned(b, 'transpose_b')];
  // `dot` of more axes joins the last of one with the first of the other
  if (left === undefined || right === undefined || (op === 'dot' && (emitter.rankOf(b) ?? 3) > 2)) return false;
  const scale = op.includes('gemm2') ? p.number('alpha', 1) : 1;
  const result = emitter.emit('MatMul', [left, right], {}, scale === 1 ? y : undefined);
  if (scale !== 1) emitter.emit('Mul', [result, numberLike(emitter, a, scale)], {}, y);
  return true;
}

export function upsampling(emitter: Emitter, { inputs, outputs: [y], parameters: p }: SymbolOperator): boolean {
  const [x, weight] = inputs;
  const scale = p.number('scale', 1);
  if ((p.text('sample_type') ?? 'nearest') === 'nearest') {
    if (inputs.length > 1) return false;
    emitter.emit('Resize', [x, '', emitter.constant('float32', [4], [1, 1, scale, scale])], { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' }, y);
    return true;
  }
  const kernel = 2 * scale - (scale % 2);
  const pad = Math.ceil((scale - 1) / 2);
  emitter.emit('ConvTranspose', [x, weight], { kernel_shape: [kernel, kernel], strides: [scale, scale], pads: each(4, pad), group: p.number('num_filter', 1) }, y);
  return true;
}

export function reduction(emitter: Emitter, { inputs: [x], outputs: [y], parameters: p }: SymbolOperator, type: string): boolean {
  const rank = emitter.rankOf(x);
  let axes = p.numbers('axis') ?? [];
  if (p.flag('exclude')) {
    if (rank === undefined) return false;
    const left = new Set(axes.map((axis) => (axis + rank) % rank));
    axes = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !left.has(axis));
  }
  emitter.emit(type, [x, ...(axes.length > 0 ? [emitter.integers(...axes)] : [])], { keepdims: p.flag('keepdims') ? 1 : 0 }, y);
  return true;
}
