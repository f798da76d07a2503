import type { Network } from '../network/network.ts';
import type { Case, LinearConstraint } from '../property/property.ts';
import { parseExpressions, type Expression } from '../property/s-expression.ts';
import { smtNumber, toNumber } from './rational.ts';
import type { Z3 } from './z3.ts';

export type ExactAnswer = { readonly verdict: 'sat'; readonly input: Float64Array } | { readonly verdict: 'unsat' } | { readonly verdict: 'unknown' };

/**
 * Decides one case on a network of affine nodes and ReLUs in exact rational arithmetic, by z3.
 * @param network compiled with `exact`, so that its coefficients are the model's own.
 * @throws RangeError where the network is not piecewise linear
 */
export async function decideExactly(z3: Z3, network: Network, one: Case, milliseconds: number, signal?: AbortSignal): Promise<ExactAnswer> {
  const output = await z3.ask(`${encode(network, one)}\n(check-sat)\n(get-value (${inputNames(network).join(' ')}))`, milliseconds, signal);
  const verdict = output?.trimStart().split(/\s/, 1)[0];
  if (verdict === 'unsat') return { verdict: 'unsat' };
  if (verdict !== 'sat') return { verdict: 'unknown' };
  const [, model] = parseExpressions(output!);
  if (model?.kind !== 'list') return { verdict: 'unknown' };
  return { verdict: 'sat', input: Float64Array.from(model.items, (pair) => (pair.kind === 'list' ? numberOf(pair.items[1]) : 0)) };
}

function inputNames(network: Network): string[] {
  return Array.from({ length: network.nodes[0].size }, (_, i) => `n0_${i}`);
}

/** The network, the case's box and its constraints as an SMT-LIB script over the reals. */
export function encode(network: Network, one: Case): string {
  const lines = ['(set-logic QF_LRA)'];
  const name = (node: number, i: number) => `n${node}_${i}`;
  for (const node of network.nodes) {
    for (let i = 0; i < node.size; i++) {
      lines.push(`(declare-const ${name(node.id, i)} Real)`);
      if (node.kind === 'input') {
        lines.push(`(assert (and (>= ${name(0, i)} ${smtNumber(one.lower[i])}) (<= ${name(0, i)} ${smtNumber(one.upper[i])})))`);
      } else if (node.kind === 'relu') {
        const x = name(node.inputs[0], i);
        lines.push(`(assert (= ${name(node.id, i)} (ite (>= ${x} 0.0) ${x} 0.0)))`);
      } else if (node.kind === 'affine') {
        const terms: string[] = [smtNumber(node.bias[i])];
        node.matrices.forEach((matrix, k) => {
          const add = (j: number, weight: number) => {
            if (weight !== 0) terms.push(`(* ${smtNumber(weight)} ${name(node.inputs[k], j)})`);
          };
          if (matrix.kind === 'dense') for (let j = 0; j < matrix.columns; j++) add(j, matrix.values[i * matrix.columns + j]);
          else for (let e = matrix.starts[i]; e < matrix.starts[i + 1]; e++) add(matrix.indices[e], matrix.values[e]);
        });
        lines.push(`(assert (= ${name(node.id, i)} ${sum(terms)}))`);
      } else throw new RangeError(`z3 decides networks of affine layers and ReLUs only; ${node.origin} is neither`);
    }
  }
  for (const constraint of one.constraints) lines.push(`(assert ${encodeConstraint(constraint, (i) => name(network.output, i))})`);
  return lines.join('\n');
}

function encodeConstraint(constraint: LinearConstraint, name: (i: number) => string): string {
  const terms = [smtNumber(constraint.constant)];
  constraint.coefficients.forEach((c, i) => {
    if (c !== 0) terms.push(`(* ${smtNumber(c)} ${name(i)})`);
  });
  return `(${constraint.strict ? '<' : '<='} ${sum(terms)} 0.0)`;
}

function sum(terms: readonly string[]): string {
  return terms.length === 1 ? terms[0] : `(+ ${terms.join(' ')})`;
}

/** A real number as z3 prints it: 1.0, (- 1.0), (/ 1.0 3.0). */
function numberOf(expression: Expression | undefined): number {
  if (!expression) throw new Error('z3 gave no value');
  if (expression.kind === 'atom') return Number(expression.text);
  const [operator, ...parts] = expression.items;
  if (operator.kind === 'atom' && operator.text === '-') return -numberOf(parts[0]);
  const [numerator, denominator] = parts.map((part) => (part.kind === 'atom' ? BigInt(part.text.replace(/\.0*$/, '')) : -BigInt((part.items[1] as { text: string }).text.replace(/\.0*$/, ''))));
  return toNumber(numerator, denominator);
}
