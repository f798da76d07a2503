import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePlain, encodePlain } from './plain-json.ts';

test('plain data comes back as it was, with what JSON would lose', () => {
  const leaf = fc.oneof(fc.double(), fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.constantFrom(NaN, Infinity, -Infinity, -0));
  const data = fc.letrec((tie) => ({
    node: fc.oneof({ depthSize: 'small' }, leaf, fc.array(fc.oneof(tie('node'), fc.constant(undefined))), fc.dictionary(fc.string().filter((key) => key !== '$' && key !== '__proto__'), tie('node'))),
  })).node;
  fc.assert(fc.property(data, (value) => {
    expect(decodePlain(encodePlain([value]))).toEqual([value]);
  }));
});

test('an operator keeps the place of an input that is left out', () => {
  expect(decodePlain(encodePlain({ inputs: [3, undefined, 4], fill: -Infinity }))).toStrictEqual({ inputs: [3, undefined, 4], fill: -Infinity });
});
