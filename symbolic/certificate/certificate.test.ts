import { describe, expect, test } from 'vitest';
import { stored } from '../../graph/weights.ts';
import { LoadedNetwork } from '../network/loaded.ts';
import { violation } from '../property/property.ts';
import { parseVnnlib } from '../property/vnnlib.ts';
import { Random } from '../search/random.ts';
import { GraphWriter } from '../testing/graph-writer.ts';
import { verifyModel } from '../verify.ts';
import { decodeSlopes, encodeSlopes, openSealed, sealed, sha256, type Certificate, type Tree } from './certificate.ts';
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
    const answer = await verifyModel(graph, weights, parsed, { timeoutSeconds: 5, keepProofs: true });
    // too close to what is reached
    if (answer.verdict !== 'unsat') continue;
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

/** Set DAMAGED=1000 for the long run. */
const damaged = Number(process.env.DAMAGED ?? 120);

describe.each(kinds)('%s: no damaged certificate, sealed again, proves what is false', (_, inputs, radius) => {
  test(`${damaged} changes of numbers, signs, cuts, leaves and slopes, about a query with an answer`, async () => {
    let changed = 0;
    for (let seed = 11; changed < damaged; seed++) {
      const random = new Random(seed);
      const proof = await proved(seed, inputs, radius);
      // the same proof about a threshold that some input of the box reaches
      const { graph, weights, text } = query(seed, inputs, radius);
      const asked = await reached(seed, inputs, radius);
      const vnnlib = text(asked);
      const parsed = parseVnnlib(vnnlib);
      const files = { ...proof.files, property: Buffer.from(vnnlib) };
      const content = openSealed(proof.certificate);
      for (let trial = 0; trial < 25; trial++, changed++) {
        const { seal: _seal, ...other } = { ...mutated(content, random, trial === 0 ? 0 : 1 + random.integer(4)), property: sha256(files.property) };
        const check = checkCertificate(sealed(other as Omit<Certificate, 'seal'>), graph, weights, parsed, files);
        await expect(check, `seed ${seed}, trial ${trial}`).rejects.toMatchObject({ name: 'CertificateError' });
      }
    }
  }, 60_000 + 400 * damaged);

  test(`${damaged} changes never end in a fault, and what still passes is still true`, async () => {
    const verdicts = { rejected: 0, holds: 0 };
    for (let seed = 31; verdicts.rejected + verdicts.holds < damaged; seed++) {
      const random = new Random(seed);
      const proof = await proved(seed, inputs, radius);
      const content = openSealed(proof.certificate);
      for (let trial = 0; trial < 25; trial++) {
        const { seal: _seal, ...other } = mutated(content, random, 1 + random.integer(2));
        try {
          expect((await proof.check(sealed(other as Omit<Certificate, 'seal'>))).verdict).toBe('unsat');
          verdicts.holds++;
        } catch (error) {
          expect((error as Error).name, String((error as Error).stack)).toBe('CertificateError');
          verdicts.rejected++;
        }
      }
    }
    expect(verdicts.rejected).toBeGreaterThan(damaged / 4);
    if (process.env.DAMAGED) process.stdout.write(`${JSON.stringify(verdicts)}\n`);
  }, 60_000 + 400 * damaged);
});

test(`${damaged} damaged witnesses are rejected or still witnesses`, async () => {
  const verdicts = { rejected: 0, holds: 0 };
  for (let seed = 1; verdicts.rejected + verdicts.holds < damaged; seed++) {
    const random = new Random(seed);
    const { graph, weights, text } = query(seed, 3, 1);
    const vnnlib = text(await reached(seed, 3, 1));
    const parsed = parseVnnlib(vnnlib);
    const files = { network: new Uint8Array([1]), property: Buffer.from(vnnlib) };
    const answer = await verifyModel(graph, weights, parsed, { timeoutSeconds: 20, keepProofs: true });
    expect(answer.verdict).toBe('sat');
    const { seal: _seal, ...rest } = openSealed(certify(answer, parsed, files)!);
    const loaded = new LoadedNetwork(answer.network);
    for (let trial = 0; trial < 25; trial++) {
      const witness = [...rest.witness!] as unknown[];
      const at = random.integer(witness.length);
      witness[at] = [-(witness[at] as number), (witness[at] as number) + random.uniform(-1, 1), 1.5, Number.NaN, '0', null, 1e300][random.integer(7)];
      if (random.integer(8) === 0) witness.pop();
      try {
        await checkCertificate(sealed({ ...rest, witness: witness as number[] }), graph, weights, parsed, files);
        verdicts.holds++;
        const input = Float64Array.from(witness as number[]);
        expect(input.every((x) => Math.abs(x) <= 1)).toBe(true);
        // the replay is in float32
        expect(violation(parsed.property.cases[0], loaded.evaluate(input))).toBeLessThan(1e-5);
      } catch (error) {
        expect((error as Error).name, String((error as Error).stack)).toBe('CertificateError');
        verdicts.rejected++;
      }
    }
  }
  expect(verdicts.rejected).toBeGreaterThan(damaged / 4);
  if (process.env.DAMAGED) process.stdout.write(`${JSON.stringify(verdicts)}\n`);
}, 60_000 + 400 * damaged);

/** A threshold just below what some input of the box reaches. */
async function reached(seed: number, inputs: number, radius: number): Promise<number> {
  const { graph, weights, text } = query(seed, inputs, radius);
  const { network } = await verifyModel(graph, weights, parseVnnlib(text(0)), { timeoutSeconds: 20 });
  const loaded = new LoadedNetwork(network);
  const random = new Random(seed);
  let most = -Infinity;
  for (let k = 0; k < 2000; k++) {
    const [first, second] = loaded.evaluate(Float64Array.from({ length: inputs }, () => random.uniform(-radius, radius)));
    most = Math.max(most, first - second);
  }
  return most - 0.02;
}

/** The certificate with some numbers, signs, cuts, leaves or slopes changed. */
function mutated(content: Certificate, random: Random, changes: number): Certificate {
  const copy = structuredClone(content) as unknown as { trees: unknown[]; boxes: { cases: number[]; neurons: Record<string, unknown>[] }[] };
  for (let change = 0; change < changes; change++) {
    if (copy.boxes.length > 0 && random.integer(4) === 0) {
      const [box] = copy.boxes;
      const neuron = box.neurons[random.integer(box.neurons.length)];
      const ways = [
        () => box.neurons.splice(random.integer(box.neurons.length), 1 + random.integer(box.neurons.length)),
        () => { if (neuron) neuron.index = odd(random, neuron.index as number); },
        () => { if (neuron) neuron.lower = slopes(random, neuron.lower as string); },
        () => { if (neuron) [neuron.lower, neuron.upper] = [neuron.upper, neuron.lower]; },
        () => { box.cases = [random.integer(3)]; },
        () => { copy.boxes = []; },
      ];
      ways[random.integer(ways.length)]();
    } else copy.trees = copy.trees.map((tree) => mutatedTree(tree as Tree, random));
  }
  return copy as unknown as Certificate;
}

function mutatedTree(tree: Tree, random: Random): unknown {
  if (tree === null || typeof tree !== 'object') return tree;
  if ('constraint' in tree || !('low' in tree)) {
    const leaf = tree as unknown as { constraint: unknown; alpha?: unknown; beta?: unknown };
    const beta = Array.isArray(leaf.beta) ? [...leaf.beta as number[]] : [1];
    beta[random.integer(beta.length)] = odd(random, beta[0]) as number;
    return [
      { ...leaf, constraint: odd(random, leaf.constraint as number) }, { ...leaf, beta }, { ...leaf, beta: beta.map((b) => 1e6 * b) }, { ...leaf, beta: '111' },
      { ...leaf, alpha: slopes(random, leaf.alpha as string | undefined) }, { ...leaf, alpha: 7 }, undefined, null, { constraint: -1 }, 'leaf',
    ][random.integer(10)];
  }
  if (random.integer(4) === 0) {
    const cut = tree as unknown as Record<string, unknown> & { low: unknown; high: unknown };
    const name = 'input' in tree ? 'input' : ['node', 'index', 'point'][random.integer(3)];
    return [{ ...cut, low: cut.high, high: cut.low }, { ...cut, low: cut.high }, { ...cut, high: cut.low }, cut.low, cut.high, { ...cut, [name]: odd(random, cut[name] as number) }][random.integer(6)];
  }
  return random.integer(2) === 0 ? { ...tree, low: mutatedTree(tree.low, random) } : { ...tree, high: mutatedTree(tree.high, random) };
}

/** A number that is another one, or none. */
function odd(random: Random, value: number): unknown {
  return [-value, value + 1, value - 1, 0.5, -1, 1e9, 2 * value, '0', null, 'length', [0]][random.integer(11)];
}

function slopes(random: Random, text: string | undefined): string {
  const values = typeof text === 'string' ? decodeSlopes(text) : new Float32Array(4);
  values[random.integer(values.length)] = [Number.NaN, -1, 2, 1e30, random.next()][random.integer(5)];
  return random.integer(5) === 0 ? encodeSlopes(values.slice(1)) : encodeSlopes(values);
}

/** Takes one leaf's proof away: drops it, names a constraint that is not there, or claims that the branch is empty. */
function damagedTree(tree: Tree, random: Random): Tree {
  if ('constraint' in tree) return random.integer(2) === 0 ? { ...tree, constraint: -1 } : { ...tree, constraint: 7 };
  if (random.integer(6) === 0) return { ...tree, [random.integer(2) === 0 ? 'low' : 'high']: undefined } as unknown as Tree;
  return random.integer(2) === 0 ? { ...tree, low: damagedTree(tree.low, random) } : { ...tree, high: damagedTree(tree.high, random) };
}
