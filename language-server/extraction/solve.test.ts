import { describe, expect, it } from 'vitest';
import { add, floorDivide, minimum, modulo, multiply, product, subtract, symbol } from '../../graph/dimension.ts';
import type { Dimension } from '../../graph/dimension.ts';
import type { Formula } from '../python/paths/condition.ts';
import { solve } from './solve.ts';

const height = symbol('height');
const width = symbol('width');
const batch = symbol('batch');
const universal = new Set(['batch']);
const equal = (left: Dimension, right: Dimension): Formula => ({ kind: 'equal', left, right });
const atLeast = (left: Dimension, right: Dimension): Formula => ({ kind: 'not', formula: { kind: 'less', left, right } });
const halved = (size: Dimension): Dimension => floorDivide(subtract(size, 4), 2);

describe('solve', () => {
  it('takes the channels from the first convolution', () => {
    expect(solve([equal(symbol('channels'), 3)], universal)).toEqual(new Map([['channels', 3]]));
  });

  it('finds LeNet\'s 32x32 from its first Linear', () => {
    const size = (input: Dimension): Dimension => halved(halved(input));
    expect(solve([equal(product([16, size(height), size(width)]), 400)], universal)).toEqual(new Map([['height', 32], ['width', 32]]));
  });

  it('holds for every batch size where a reshape folds features into the batch', () => {
    expect(solve([equal(modulo(product([batch, 16, height, width]), 400), 0)], universal)).toEqual(new Map([['height', 5], ['width', 5]]));
  });

  it('tries different sizes where no square works', () => {
    const solution = solve([equal(multiply(height, width), 6)], universal)!;
    expect(multiply(solution.get('height')!, solution.get('width')!)).toBe(6);
  });

  it('makes two sizes one where only their equality is asked', () => {
    const solution = solve([equal(height, width)], universal)!;
    expect(solution.size).toBe(1);
  });

  it('leaves what is only bounded to the user', () => {
    expect(solve([atLeast(height, 7)], universal)).toEqual(new Map());
  });

  it('takes an equality that every small size fulfils for the bound that it is', () => {
    const length = symbol('length');
    expect(solve([equal(length, minimum(length, 512))], universal)).toEqual(new Map());
  });

  it('respects bounds beside equalities', () => {
    expect(solve([equal(floorDivide(height, 2), floorDivide(width, 2)), equal(modulo(width, 8), 0), atLeast(height, 20)], universal)).toEqual(new Map([['height', 24], ['width', 24]]));
  });

  it('says when nothing fits', () => {
    expect(solve([equal(height, 4), equal(add(height, width), 3)], universal)).toBeUndefined();
    expect(solve([equal(multiply(height, height), 7), equal(width, 2)], universal)).toBeUndefined();
  });
});
