import { isKnown } from '../../graph/dimension.ts';
import type { AttributeValue } from '../../graph/graph.ts';
import type { Emitter } from './emitter.ts';

/** A pooling as Caffe and MXNet state it: channels in axis 1, the same padding on both sides. */
export interface Pooling {
  readonly type: 'max' | 'average' | 'sum';
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  /**
   * How a last window that reaches over the end is counted: `floor` leaves it out, `ceil` takes it, `inside` takes it
   * where it begins inside of the input or in front of it.
   */
  readonly last: 'floor' | 'ceil' | 'inside';
  /** Whether an average divides by the padding too; what reaches over the padding never counts. */
  readonly countPadding: boolean;
}

/**
 * Writes a pooling. Where the input's size is known, windows that reach over the end become padding behind;
 * where it is not, ONNX's own counting stands, which is `inside`.
 */
export function pooling(emitter: Emitter, x: string, { type, kernel, strides, pads, last, countPadding }: Pooling, output?: string): string {
  const sizes = emitter.typeOf(x)?.shape?.slice(2);
  const behind = pads.map((pad, axis) => {
    const size = sizes?.[axis];
    if (last === 'floor' || size === undefined || !isKnown(size)) return pad;
    const room = size + 2 * pad - kernel[axis];
    let positions = Math.ceil(room / strides[axis]) + 1;
    if (last === 'inside' && pad > 0 && (positions - 1) * strides[axis] >= size + pad) positions--;
    return Math.max(pad, (positions - 1) * strides[axis] + kernel[axis] - size - pad);
  });
  const counted = sizes?.every((size) => isKnown(size)) === true;
  const common: Record<string, AttributeValue> = { kernel_shape: [...kernel], strides: [...strides], ...(last !== 'floor' && !counted ? { ceil_mode: 1 } : {}) };
  if (type === 'max') return emitter.emit('MaxPool', [x], { ...common, pads: [...pads, ...behind] }, output);
  const padded = countPadding && pads.some((pad) => pad > 0)
    ? emitter.emit('Pad', [x, emitter.integers(0, 0, ...pads, 0, 0, ...pads)]) : x;
  const rest = padded === x ? [...pads, ...behind] : [...pads.map(() => 0), ...behind.map((pad, axis) => pad - pads[axis])];
  // a sum is an average over all places times their number
  const average = emitter.emit('AveragePool', [padded], { ...common, pads: rest, ...(type === 'sum' ? { count_include_pad: 1 } : {}) }, type === 'sum' ? undefined : output);
  return type === 'sum' ? emitter.emit('Mul', [average, emitter.scalar(kernel.reduce((product, size) => product * size, 1))], {}, output) : average;
}
