/**
 * Iterations that are cut short: one item stands for a number of them that is not known, as one batch stands for a data set.
 *
 * Such an iteration carries `cut`, the reason. Its item is certain, so a loop runs its body for certain, once; what the body counts
 * or collects is not known behind the loop. Where `cut` is a Doubt, not even one item is certain: a round is joined with not running it.
 */
import type { Frame } from '../compilation/code.ts';
import type { Advance } from '../interpreter-api.ts';
import { Unknown, type Value } from '../values/index.ts';

/** Cut because of a condition that is not known: the items that follow may be there or not. */
export class Doubt extends Unknown {
  constructor({ reason, place }: Unknown) {
    super(reason, place);
  }
}

/** The generators that go on for an unknown number of rounds, by their frames. */
export const cutFrames = new WeakMap<Frame, Unknown>();

/** Like `step`, cut as soon as one of the iterations that it draws from is. */
export function drawingFrom(sources: readonly Advance[], step: Advance): Advance {
  const advance: Advance = () => {
    const value = step();
    for (const source of sources) advance.cut ??= source.cut;
    return value;
  };
  for (const source of sources) advance.cut ??= source.cut;
  return advance;
}

/** The advance of an iterator that may turn out to be cut as it goes. */
export function following(iterator: { next(): Value | undefined; readonly cut: Unknown | undefined }): Advance {
  const advance: Advance = () => {
    const value = iterator.next();
    advance.cut = iterator.cut;
    return value;
  };
  advance.cut = iterator.cut;
  return advance;
}
