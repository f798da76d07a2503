import { expect, test } from 'vitest';
import { compile } from '../network/compile.ts';
import { ActivationRegion } from '../neurons/activation-region.ts';
import { Random } from '../search/random.ts';
import { GraphWriter } from '../testing/graph-writer.ts';
import { mixture, sample } from '../testing/samples.ts';
import { Listing } from './listing.ts';

test('a small network as a program, with the path of an input', () => {
  const writer = new GraphWriter();
  const hidden = writer.operator('Relu', [writer.gemm(writer.input([1, 2]), 2, [1, -2, 0.5, 1], [0.25, -1])]);
  const network = compile(writer.graph(writer.gemm(hidden, 1, [2, -1], [0])), writer.weights);
  const listing = new Listing(new ActivationRegion(network, [1, 0]), ({ origin }) => origin);
  const lines = listing.lines(0, listing.lineCount);
  expect(lines.map(({ text, taken }) => `${taken ? '>' : ' '} ${text}`)).toEqual([
    '> def network(x):  # 2 numbers',
    '      # Gemm_0: 2 values',
    '>     Gemm_0[0] = x[0] - 2*x[1] + 0.25',
    '>     Gemm_0[1] = 0.5*x[0] + x[1] - 1',
    '      # Relu_1: 2 branches',
    '>     if Gemm_0[0] > 0:',
    '>         Relu_1[0] = Gemm_0[0]',
    '      else:',
    '          Relu_1[0] = 0',
    '>     if Gemm_0[1] > 0:',
    '          Relu_1[1] = Gemm_0[1]',
    '>     else:',
    '>         Relu_1[1] = 0',
    '      # Gemm_2: 1 value',
    '>     Gemm_2[0] = 2*Relu_1[0] - Relu_1[1]',
    '>     return Gemm_2',
  ].map((line) => line.replace(/^ {6}(#|else|if)/, '      $1')));
  expect(listing.branchCount).toBe(2);
  expect(listing.lines(9, 10)[0].value).toBe(-0.5);
  expect([0, 5, 7, 9, 12].map((line) => listing.branchesAround(line))).toEqual([{ after: 5 }, { after: 9 }, { before: 5, after: 9 }, { before: 5 }, { before: 9 }]);
});

/** Runs the lines of a listing as the program that they are, following its own branches. */
function execute(lines: readonly string[], input: Float64Array): Map<string, number> {
  const values = new Map<string, number>(Array.from(input, (x, i) => [`x[${i}]`, x] as const));
  const evaluate = (expression: string) => expression.replaceAll(' - ', ' + -').split(' + ').reduce((sum, term) => {
    const [, sign, factor, name] = /^(-?)(?:([\d.e+-]+)(?:\*|$))?(\w+\[\d+\])?$/.exec(term)!;
    return sum + (sign ? -1 : 1) * Number(factor ?? 1) * (name === undefined ? 1 : values.get(name)!);
  }, 0);
  for (let k = 0; k < lines.length; k++) {
    const branch = /^ {4}if (\S+) > 0:$/.exec(lines[k]);
    if (branch) {
      const arm = values.get(branch[1])! > 0 ? 1 : 3;
      const [target, value] = lines[k + arm].trim().split(' = ');
      values.set(target, value === '0' ? 0 : values.get(value)!);
      k += 3;
      continue;
    }
    const assignment = /^ {4}(\w+\[\d+\]) = (.*)$/.exec(lines[k]);
    if (assignment) values.set(assignment[1], evaluate(assignment[2]));
  }
  return values;
}

test('the listing, run as a program, computes what the network computes', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const { graph, weights, inputSize } = seed % 3 === 0 ? sample('LeakyRelu', seed) : mixture(['Relu', 'Abs', 'Max', 'Gemm'], 4, seed);
    const network = compile(graph, weights);
    const random = new Random(seed);
    const input = Float64Array.from({ length: inputSize }, () => random.uniform(-1, 1));
    const region = new ActivationRegion(network, input);
    const listing = new Listing(region, () => 'node');
    const texts = listing.lines(0, listing.lineCount).map(({ text }) => text);
    const values = execute(texts, input);
    const name = /return (\w+)/.exec(texts.at(-1)!)![1];
    // coefficients are printed with four digits
    region.values[network.output].forEach((real, i) => expect(Math.abs(values.get(`${name}[${i}]`)! - real)).toBeLessThan(0.05 * (1 + Math.abs(real))));
  }
});
