import { expect, test } from 'vitest';
import { describeProperty } from './describe.ts';

const text = `(declare-const X_0 Real)
(declare-const X_1 Real)
(declare-const Y_0 Real)
(declare-const Y_1 Real)
(declare-const Y_2 Real)
(assert (>= X_0 -1)) (assert (<= X_0 1))
(assert (or (and (>= X_1 0) (<= X_1 1)) (and (<= X_1 3) (>= X_1 2))))
(assert (or (>= Y_0 (+ (* 2 Y_1) 1)) (<= Y_0 0)))
`;

test('says what variables, assertions and the whole file mean', () => {
  const { summary, variable, assertion } = describeProperty(text);
  expect(summary).toBe('Is there an input in one of 2 boxes whose outputs meet one of 4 alternatives? 2 inputs, 3 outputs.');
  expect(variable('X_0')).toBe('X_0: input 1 of 2, between -1 and 1.');
  expect(variable('X_1')).toBe('X_1: input 2 of 2, between 0 and 1 or between 2 and 3.');
  expect(variable('Y_1')).toBe('Y_1: output 2 of 3, in 1 assertion.');
  expect(variable('Y_2')).toBe('Y_2: output 3 of 3, not constrained.');
  expect(variable('Y_3')).toBeUndefined();
  expect(assertion(6)).toBe('Must hold: X_0 ≥ -1.');
  expect(assertion(7)).toBe('One of 2 must hold: X_1 ≥ 0 and X_1 ≤ 1; or X_1 ≤ 3 and X_1 ≥ 2.');
  expect(assertion(8)).toBe('One of 2 must hold: 2 Y_1 + 1 ≤ Y_0; or Y_0 ≤ 0.');
  expect(assertion(1)).toBeUndefined();
});
