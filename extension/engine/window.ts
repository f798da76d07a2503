import type { Tensor } from '../../graph/tensor.ts';

/** The most elements that one window may have. */
const MOST = 65_536;

/** A box of a tensor, row-major, as 32-bit floats. Throws where it does not lie inside. */
export function windowOf({ shape, data }: Tensor, start: readonly number[], size: readonly number[]): Float32Array {
  if (start.length !== shape.length || size.length !== shape.length || start.some((first, axis) => !(first >= 0 && size[axis] >= 0 && first + size[axis] <= shape[axis]))) {
    throw new RangeError(`the window from (${start.join(', ')}) of size (${size.join(', ')}) does not lie in a tensor of shape (${shape.join(', ')})`);
  }
  const count = size.reduce((product, length) => product * length, 1);
  if (count > MOST) throw new RangeError(`a window has at most ${MOST} elements, not ${count}`);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const values = new Float32Array(count);
  const place = start.slice();
  for (let i = 0; i < count; i++) {
    let offset = 0;
    for (let axis = 0; axis < place.length; axis++) offset += place[axis] * strides[axis];
    values[i] = Number(data[offset]);
    for (let axis = place.length - 1; axis >= 0 && ++place[axis] === start[axis] + size[axis]; axis--) place[axis] = start[axis];
  }
  return values;
}
