import { describe, expect, test } from 'vitest';
import { stored } from '../../graph/weights.ts';
import { parseVnnlib } from '../property/vnnlib.ts';
import { Random } from '../search/random.ts';
import { GraphWriter } from '../testing/graph-writer.ts';
import { verifyModel } from '../verify.ts';
import { openSealed, sealed, type Certificate, type Tree } from './certificate.ts';
import { certify, checkCertificate } from './files.ts';

/** A random network of ReLUs and a query that a proof takes some branches for. */
function query(seed: number, inputs: number, radius: number) {
  const random = new Random(seed);
  const numbers = (count: number, scale: number) => Array.from({ length: count }, () => scale * random.uniform(-1, 1));
  const writer = new GraphWriter();
  let y = writer.operator('Relu', [writer.gemm(writer.input([1, inputs]), 12, numbers(12 * inputs, 0.8), numbers(12, 0.3))]);
  y = writer.operator('Relu', [writer.gemm(y, 12, numbers(144, 0.5), numbers(12, 0.3))]);
  const graph = writer.graph(writer.gemm(y, 2, numbers(24, 0.6), numbers(2, 0.1)));
  const names = [...Array.from({ length: inputs }, (_, i) => `X_${i}`), 'Y_0', 'Y_1'];
  const text = (threshold: number) => [...names.map((name) => `(declare-const ${name} Real)`), ...Array.from({ length: inputs }, (_, i) => `(assert (>= X_${i} ${-radius}))(assert (<= X_${i} ${radius}))`), `(assert (>= (- Y_0 Y_1) ${threshold}))`].join('\n');
  const weights = new Map([...writer.weights].map(([name, tensor]) => [name, stored(tensor)]));
  return { graph, weights, text };
}

/** A certificate of a query that is just true enough to need a tree. */
async function proved(seed: number, inputs: number, radius: number) {
  const { graph, weights, text } = query(seed, inputs, radius);
  for (let threshold = 0.05; ; threshold *= 1.25) {
    const vnnlib = text(threshold);
    const parsed = parseVnnlib(vnnlib);
    const answer = await verifyModel(graph, weights, parsed, { timeoutSeconds: 20, keepProofs: true });
    if (answer.verdict === 'sat') continue;
    expect(answer.verdict).toBe('unsat');
    const files = { network: new Uint8Array([seed]), property: Buffer.from(vnnlib) };
    const certificate = certify(answer, parsed, files)!;
    return { graph, weights, parsed, files, certificate, leaves: answer.tree!.length, check: (changed: string) => checkCertificate(changed, graph, weights, parsed, files) };
  }
}

const kinds = [['inputs', 3, 1], ['neurons', 14, 0.25]] as const;

describe.each(kinds)('a certificate of cuts of %s', (_, inputs, radius) => {
  test('passes the checker, and not for another query', async () => {
    let leaves = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const proof = await proved(seed, inputs, radius);
      leaves += proof.leaves;
      expect(await proof.check(proof.certificate)).toEqual({ verdict: 'unsat', leaves: proof.leaves });
      await expect(checkCertificate(proof.certificate, proof.graph, proof.weights, proof.parsed, { ...proof.files, property: Buffer.from('x') })).rejects.toThrow('another property');
      await expect(checkCertificate(proof.certificate, proof.graph, proof.weights, proof.parsed, { ...proof.files, network: Buffer.from('x') })).rejects.toThrow('another network');
    }
    expect(leaves).toBeGreaterThan(20);
  });

  test('fails for damage: 250 changes of bytes, and 250 cut trees that were sealed again', async () => {
    const proof = await proved(2, inputs, radius);
    const random = new Random(99);
    for (let trial = 0; trial < 250; trial++) {
      const at = random.integer(proof.certificate.length);
      const other = String.fromCharCode(33 + random.integer(90));
      if (proof.certificate[at] === other) continue;
      await expect(proof.check(proof.certificate.slice(0, at) + other + proof.certificate.slice(at + 1))).rejects.toThrow();
    }
    const content = openSealed(proof.certificate);
    for (let trial = 0; trial < 250; trial++) {
      const { seal: _seal, ...damaged } = { ...content, trees: content.trees.map((tree) => damagedTree(tree, random)) };
      await expect(proof.check(sealed(damaged as Omit<Certificate, 'seal'>))).rejects.toThrow(/not ruled out|missing|no constraint|not empty|no neuron|no input|multipliers/);
    }
  });
});

test('a witness that does not meet the property fails', async () => {
  const { graph, weights, text } = query(3, 3, 1);
  const vnnlib = text(-5);
  const parsed = parseVnnlib(vnnlib);
  const files = { network: new Uint8Array([1]), property: Buffer.from(vnnlib) };
  const answer = await verifyModel(graph, weights, parsed, { timeoutSeconds: 20, keepProofs: true });
  expect(answer.verdict).toBe('sat');
  const certificate = certify(answer, parsed, files)!;
  expect(await checkCertificate(certificate, graph, weights, parsed, files)).toEqual({ verdict: 'sat', leaves: 0 });
  const { seal: _seal, ...rest } = openSealed(certificate);
  await expect(checkCertificate(sealed({ ...rest, witness: [5, 5, 5] }), graph, weights, parsed, files)).rejects.toThrow('does not meet');
});

/** Takes one leaf's proof away: drops it, names a constraint that is not there, or claims that the branch is empty. */
function damagedTree(tree: Tree, random: Random): Tree {
  if ('constraint' in tree) return random.integer(2) === 0 ? { ...tree, constraint: -1 } : { ...tree, constraint: 7 };
  if (random.integer(6) === 0) return { ...tree, [random.integer(2) === 0 ? 'low' : 'high']: undefined } as unknown as Tree;
  return random.integer(2) === 0 ? { ...tree, low: damagedTree(tree.low, random) } : { ...tree, high: damagedTree(tree.high, random) };
}
