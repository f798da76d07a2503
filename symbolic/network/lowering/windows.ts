import { forEachPosition, sizeOf, stridesOf } from '../elements.ts';
import type { Operation } from './lowering.ts';

export interface Tap {
  /** Place in the input, -1 in the padding. */
  readonly place: number;
  /** Place in the kernel. */
  readonly tap: number;
}

/**
 * The sliding windows of convolutions and pools: for each output element of a (batch, channels, ...) tensor, where its
 * window's taps lie in the input. A place in the padding is -1; places past the end of the padding (ceil mode) are left out.
 */
export function windows(o: Operation, input: readonly number[], kernel: readonly number[]): { shape: number[]; taps: (output: number) => Tap[] } {
  const rank = kernel.length;
  const strides = o.numbers('strides') ?? new Array<number>(rank).fill(1);
  const dilations = o.numbers('dilations') ?? new Array<number>(rank).fill(1);
  const pads = [...(o.numbers('pads') ?? new Array<number>(2 * rank).fill(0))];
  const auto = o.text('auto_pad', 'NOTSET');
  const ceil = o.number('ceil_mode', 0) === 1;
  const spatial = kernel.map((size, k) => {
    const extent = (size - 1) * dilations[k] + 1;
    const length = input[k + 2];
    if (auto.startsWith('SAME')) {
      const out = Math.ceil(length / strides[k]);
      const total = Math.max(0, (out - 1) * strides[k] + extent - length);
      pads[k] = auto === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2);
      pads[k + rank] = total - pads[k];
      return out;
    }
    const room = length + pads[k] + pads[k + rank] - extent;
    let out = Math.floor(room / strides[k]) + 1;
    // a window that would start in the padding behind the input does not count
    if (ceil && room % strides[k] !== 0 && out * strides[k] < length + pads[k]) out++;
    return out;
  });
  const shape = [...input.slice(0, 2), ...spatial];
  const outSpatial = sizeOf(spatial);
  const inSpatial = sizeOf(input.slice(2));
  const inStrides = stridesOf(input.slice(2));
  const outStrides = stridesOf(spatial);
  const taps = (output: number): Tap[] => {
    const plane = Math.floor(output / outSpatial);
    const result: Tap[] = [];
    forEachPosition(kernel, (offset, tap) => {
      let place = plane * inSpatial;
      for (let k = 0; k < rank; k++) {
        const at = (Math.floor((output % outSpatial) / outStrides[k]) % spatial[k]) * strides[k] + offset[k] * dilations[k] - pads[k];
        if (at >= input[k + 2] + pads[k + rank]) return;
        if (at < 0 || at >= input[k + 2]) place = -Infinity;
        else place += at * inStrides[k];
      }
      result.push({ place: place < 0 ? -1 : place, tap });
    });
    return result;
  };
  return { shape, taps };
}
