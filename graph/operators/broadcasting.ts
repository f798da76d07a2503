import { equal, equals, format, formatShape, range } from '../dimension.ts';
import type { Dimension } from '../dimension.ts';
import { ShapeFault } from './operator.ts';
import type { Inference } from './operator.ts';
import type { Shape } from './reading.ts';

/**
 * The common shape of two tensors that are combined element by element (NumPy's rule): aligned at the last dimension,
 * sizes agree or one of them is 1.
 */
export function broadcast(context: Inference, left: Shape, right: Shape): Shape {
  const rank = Math.max(left.length, right.length);
  const result: Dimension[] = [];
  for (let i = 0; i < rank; i++) {
    const a = left[left.length - rank + i] ?? 1;
    const b = right[right.length - rank + i] ?? 1;
    result.push(broadcastDimension(context, a, b, () =>
      `shapes ${formatShape(left)} and ${formatShape(right)} do not broadcast: dimension ${i - rank} is ${format(a)} in one and ${format(b)} in the other`));
  }
  return result;
}

function broadcastDimension(context: Inference, a: Dimension, b: Dimension, message: () => string): Dimension {
  if (equal(a, b) || b === 1) return a;
  if (a === 1) return b;
  if (equals(a, b) === false && !canBeOne(a) && !canBeOne(b)) throw new ShapeFault(message());
  // a symbol that may be 1 fits any size, and the known size is then the result
  if (typeof a === 'number') {
    if (canBeOne(b)) context.requireFit?.(b, a);
    else context.requireEqual(a, b, message);
    return a;
  }
  if (typeof b === 'number') {
    if (canBeOne(a)) context.requireFit?.(a, b);
    else context.requireEqual(a, b, message);
    return b;
  }
  context.requireEqual(a, b, message);
  return a;
}

function canBeOne(dimension: Dimension): boolean {
  if (typeof dimension === 'number') return dimension === 1;
  const { lower, upper } = range(dimension);
  return lower <= 1 && upper >= 1 && equals(dimension, 1) !== false;
}

/** The common shape of several; undefined where one rank is not known. */
export function broadcastAll(context: Inference, shapes: readonly (Shape | undefined)[]): Shape | undefined {
  let result: Shape | undefined = [];
  for (const shape of shapes) {
    if (!shape || !result) return undefined;
    result = broadcast(context, result, shape);
  }
  return result;
}

/** `from` must broadcast to `to` without changing it. */
export function broadcastInto(context: Inference, from: Shape, to: Shape, what: string): void {
  const message = (): string => `${what} of shape ${formatShape(from)} does not broadcast to ${formatShape(to)}`;
  if (from.length > to.length) throw new ShapeFault(message());
  from.forEach((size, i) => {
    const target = to[to.length - from.length + i];
    if (size === 1 || equal(size, target)) return;
    if (equals(size, target) === false && !canBeOne(size)) throw new ShapeFault(message());
    if (!canBeOne(size)) context.requireEqual(size, target, message);
  });
}
