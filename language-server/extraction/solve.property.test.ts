import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, floorDivide, isKnown, product, substitute, subtract, symbol } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import { evaluate, solve } from './solve.ts';

/** What a convolution or pooling makes of a size. */
const window = fc.record({ kernel: fc.integer({ min: 1, max: 5 }), stride: fc.integer({ min: 1, max: 3 }), padding: fc.integer({ min: 0, max: 2 }) });

function through(size: Dimension, windows: readonly { kernel: number; stride: number; padding: number }[]): Dimension {
  return windows.reduce<Dimension>((at, { kernel, stride, padding }) => add(floorDivide(subtract(add(at, 2 * padding), kernel), stride), 1), size);
}

describe('solve', () => {
  it('finds an image size for the first Linear behind any stack of windows, none smaller of the same kind', () => {
    fc.assert(fc.property(fc.array(window, { minLength: 1, maxLength: 5 }), fc.integer({ min: 8, max: 256 }), fc.integer({ min: 1, max: 64 }), (windows, size, channels) => {
      const made = through(size, windows);
      fc.pre(isKnown(made) && made > 0);
      const features = product([channels, made, made]);
      const height = symbol('height');
      const width = symbol('width');
      const formula = { kind: 'equal', left: product([channels, through(height, windows), through(width, windows)]), right: features } as const;
      const solution = solve([formula], new Set(['batch']));
      expect(solution).toBeDefined();
      if (solution!.size === 0) return; // the stack's result does not depend on the size
      expect(evaluate(formula, solution!)).toBe(true);
      const found = solution!.get('height')!;
      if (isKnown(found) && solution!.get('width') === found) {
        for (let smaller = 1; smaller < found; smaller++) {
          expect(substitute(formula.left, new Map([['height', smaller], ['width', smaller]]))).not.toBe(features);
        }
      }
    }), { numRuns: 200 });
  });
});
