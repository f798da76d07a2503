import { describe, expect, test } from 'vitest';
import { constraintValue } from './property.ts';
import { parseVnnlib } from './vnnlib.ts';

const declarations = '(declare-const X_0 Real)\n(declare-const X_1 Real)\n(declare-const Y_0 Real)\n(declare-const Y_1 Real)\n';
const box = '(assert (>= X_0 -1))(assert (<= X_0 1))\n(assert (and (>= X_1 0.5) (<= X_1 0.75)))\n';

describe('parseVnnlib', () => {
  test('20,000 inputs are read in linear time', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `(declare-const X_${i} Real)\n(assert (>= X_${i} 0))\n(assert (<= X_${i} 0.${1 + (i % 9)}))`);
    const { inputs, property } = parseVnnlib(`${lines.join('\n')}\n(declare-const Y_0 Real)(assert (<= Y_0 0))`);
    expect([inputs, property.cases[0].upper[10]]).toEqual([20_000, 0.2]);
  });

  test('without a constraint on outputs every input of the box is an answer', () => {
    const [{ constraints }] = parseVnnlib(`${declarations}${box}`).property.cases;
    expect(constraints.map(({ coefficients, constant }) => [...coefficients, constant])).toEqual([[0, 0, 0]]);
  });

  test('property 6 of ACAS Xu: two boxes of inputs, four arms of outputs each', () => {
    const scaled = (i: number, lower: number, upper: number) => `(<= X_${i} ${upper}) (>= X_${i} ${lower})`;
    const rest = `${scaled(0, -0.129289109, 0.700434925)} ${scaled(2, -0.499999896, -0.499204121)} ${scaled(3, -0.5, 0.5)} ${scaled(4, -0.5, 0.5)}`;
    const text = `${Array.from({ length: 5 }, (_, i) => `(declare-const X_${i} Real)\n(declare-const Y_${i} Real)`).join('\n')}
      (assert (or (and ${rest} ${scaled(1, 0.11140846, 0.499999896)}) (and ${rest} ${scaled(1, -0.499999896, -0.11140846)})))
      (assert (or (and (<= Y_1 Y_0)) (and (<= Y_2 Y_0)) (and (<= Y_3 Y_0)) (and (<= Y_4 Y_0))))`;
    const { property } = parseVnnlib(text);
    expect(property.cases).toHaveLength(8);
    expect(new Set(property.cases.map(({ lower }) => lower)).size).toBe(2);
    expect(property.cases.map(({ lower, upper }) => [lower[1], upper[1]])).toEqual([...new Array(4).fill([0.11140846, 0.499999896]), ...new Array(4).fill([-0.499999896, -0.11140846])]);
  });

  test('a box and a conjunction of outputs make one case', () => {
    const { inputs, outputs, property } = parseVnnlib(`; comment\n${declarations}${box}(assert (<= Y_0 Y_1))(assert (>= Y_0 3.5))`);
    expect([inputs, outputs]).toEqual([2, 2]);
    expect(property.cases).toHaveLength(1);
    const [{ lower, upper, constraints }] = property.cases;
    expect([...lower, ...upper]).toEqual([-1, 0.5, 1, 0.75]);
    expect(constraints.map(({ coefficients, constant }) => [...coefficients, constant])).toEqual([[1, -1, 0], [-1, 0, 3.5]]);
  });

  test('a disjunction makes a case of each arm, and equal boxes are shared', () => {
    const { property } = parseVnnlib(`${declarations}${box}(assert (or (and (>= Y_0 Y_1)) (and (<= Y_0 0) (<= Y_1 (* 2 (+ Y_0 1))))))`);
    expect(property.cases).toHaveLength(2);
    expect(property.cases[0].lower).toBe(property.cases[1].lower);
    expect([...property.cases[1].constraints[1].coefficients]).toEqual([-2, 1]);
    expect(property.cases[1].constraints[1].constant).toBe(-2);
  });

  test('boxes joined by or multiply with outputs joined by or', () => {
    const { property } = parseVnnlib(`${declarations}(assert (or (and (>= X_0 0) (<= X_0 1)) (and (>= X_0 2) (<= X_0 3))))(assert (>= X_1 0))(assert (<= X_1 1))(assert (or (<= Y_0 0) (<= Y_1 0)))`);
    expect(property.cases.map(({ lower, constraints }) => [lower[0], constraints[0].coefficients[0]])).toEqual([[0, 1], [0, 0], [2, 1], [2, 0]]);
  });

  test('a strict inequality is not met at its end', () => {
    const [{ lower, upper, constraints }] = parseVnnlib(`${declarations}(assert (> X_0 0))(assert (< X_0 1))(assert (> X_1 -1))(assert (<= X_1 2))(assert (< Y_0 Y_1))(assert (<= Y_0 3))`).property.cases;
    expect([...lower, ...upper]).toEqual([Number.MIN_VALUE, -1 + 2 ** -53, 1 - 2 ** -53, 2]);
    expect(constraints.map((constraint) => [constraintValue(constraint, [1, 1]) <= 0, constraintValue(constraint, [0.5, 1]) <= 0, constraintValue(constraint, [3, 4]) <= 0])).toEqual([[false, true, true], [true, true, true]]);
    expect(() => parseVnnlib(`${declarations}${box}(assert (< X_0 -1))`)).toThrow('contradict each other');
    expect(() => parseVnnlib(`${declarations}${box}(assert (< 1 1))`)).toThrow('never holds');
  });

  test.each([
    ['(declare-const X_0 Real', 'line 1: the file ends, expected ")" for the parenthesis opened on line 1'],
    [`${declarations})`, 'line 5: found ")" without an open parenthesis'],
    ['(declare-const Z_0 Real)', 'line 1: found the name Z_0, expected X_0'],
    ['(declare-const X_0 Int)', 'line 1: X_0 is declared as Int, expected Real'],
    [`${declarations}(assert (<= X_0 abc))`, 'line 5: found abc, expected a number, X_i or Y_i'],
    [`${declarations}\n(assert (<= X_7 1))`, 'line 6: X_7 is not declared'],
    [`${declarations}(assert (<= X_0))`, 'line 5: <= has 1 operands, expected two'],
    [`${declarations}(assert (=> X_0 1))`, 'line 5: found =>, expected and, or, <=, >= or ='],
    [`${declarations}(assert (<= (* X_0 X_1) 1))`, 'line 5: (* X_0 X_1) is not linear'],
    [`${declarations}(assert (<= X_0 Y_0))`, 'line 5: the inequality joins inputs and outputs'],
    [`${declarations}(assert (<= Y_0 0))`, 'X_0 has no lower bound, expected (assert (>= X_0 number))'],
    [`${declarations}${box}(assert (<= X_0 -2))`, 'line 7: the bounds on X_0 contradict each other: at least -1 and at most -2'],
    [`${declarations}${box}(assert (<= 1 0))`, 'line 7: this inequality never holds'],
    [`${declarations}${box}(assert (or))`, 'line 7: the assertions contradict'],
    ['(assert (<= X_0 1e999))', 'line 1: X_0 is not declared'],
    [`${declarations}(assert (<= X_0 1e999))`, 'line 5: found 1e999, expected a number'],
    [`${declarations}(check)`, 'line 5: found (check), expected "(declare-const ...)" or "(assert ...)"'],
    ['(declare-const X_0 Real)(declare-const X_2 Real)(declare-const Y_0 Real)', 'but not X_1'],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => parseVnnlib(text)).toThrow(message);
  });
});
