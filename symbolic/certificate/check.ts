import { CertificateError, decodeSlopes, type BoxProof, type Certificate, type Leaf, type Tree } from './certificate.ts';
import type { Network } from '../network/network.ts';
import type { Case, Property } from '../property/property.ts';
import { PlainBounds, type Held, type Range } from './plain-bounds.ts';

/**
 * Checks that a certificate proves its query `unsat`: that every tree covers its case and that at every leaf the named
 * constraint cannot hold. Nothing is searched for; bounds are computed anew with plain-bounds.ts.
 * @returns the number of leaves checked
 * @throws CertificateError with the first thing that is wrong
 */
export function checkUnsat(certificate: Certificate, network: Network, property: Property): number {
  if (!Array.isArray(certificate.trees) || certificate.trees.length !== property.cases.length) throw new CertificateError(`the property has ${property.cases.length} cases, the certificate proves ${Array.isArray(certificate.trees) ? certificate.trees.length : 0}`);
  const checker = new Checker(network, wellFormedBoxes(certificate.boxes));
  property.cases.forEach((one, index) => checker.checkCase(one, index, certificate.trees[index]));
  return checker.leaves;
}

function wellFormedBoxes(boxes: unknown): readonly BoxProof[] {
  const isList = (value: unknown): value is readonly Record<string, unknown>[] => Array.isArray(value) && value.every((each) => each !== null && typeof each === 'object');
  const wellFormed = isList(boxes) && boxes.every(({ cases, neurons }) => Array.isArray(cases) && isList(neurons) && neurons.every(({ lower, upper }) => typeof lower === 'string' && typeof upper === 'string'));
  if (!wellFormed) throw new CertificateError('the bounds on neurons are not listed as a certificate lists them');
  return boxes as unknown as readonly BoxProof[];
}

class Checker {
  leaves = 0;
  private readonly bounds: PlainBounds;
  private readonly network: Network;
  private readonly boxes: readonly BoxProof[];
  private readonly known = new Map<BoxProof, Range[] | undefined>();

  constructor(network: Network, boxes: readonly BoxProof[]) {
    this.network = network;
    this.boxes = boxes;
    this.bounds = new PlainBounds(network);
  }

  checkCase(one: Case, index: number, tree: Tree): void {
    const box = this.boxes.find(({ cases }) => cases.includes(index));
    const ranges = box && this.rangesOf(box, one);
    this.visit(tree, one, `case ${index}`, { lower: one.lower, upper: one.upper }, ranges, []);
  }

  private rangesOf(box: BoxProof, one: Case): Range[] {
    if (!this.known.has(box)) {
      const slopes = new Map(box.neurons.map(({ node, index, lower, upper }) => [`${node} ${index}`, { lower: this.slopes(lower), upper: this.slopes(upper) }]));
      this.known.set(box, this.bounds.ranges(one, slopes));
    }
    const ranges = this.known.get(box);
    if (!ranges) throw new CertificateError('the bounds on the neurons contradict each other');
    if (ranges[0].lower.some((l, i) => l !== one.lower[i]) || ranges[0].upper.some((u, i) => u !== one.upper[i])) throw new CertificateError('cases with different boxes share one proof of bounds');
    return ranges;
  }

  private slopes(text: unknown): Float32Array {
    if (typeof text !== 'string') throw new CertificateError('the slopes of a leaf are not written as text');
    const slopes = decodeSlopes(text);
    // a bound on a neuron needs the slopes of the ReLUs before it only; those left out are taken by the plain rule
    if (slopes.length > this.bounds.slopeCount) throw new CertificateError(`a row has ${slopes.length} slopes, the network has ${this.bounds.slopeCount} ReLUs`);
    return slopes;
  }

  private visit(tree: Tree, one: Case, path: string, box: Range, ranges: readonly Range[] | undefined, held: readonly Omit<Held, 'multiplier'>[]): void {
    if (tree === null || typeof tree !== 'object') throw new CertificateError(`${path}: a vertex of the tree is missing`);
    if ('input' in tree) {
      const { input } = tree;
      if (ranges || !Number.isInteger(input) || !(input >= 0 && input < box.lower.length)) throw new CertificateError(`${path}: there is no input ${String(input)} to cut`);
      const middle = box.lower[input] + (box.upper[input] - box.lower[input]) / 2;
      this.visit(tree.low, one, `${path}, X_${input} low`, { lower: box.lower, upper: box.upper.with(input, middle) }, undefined, held);
      this.visit(tree.high, one, `${path}, X_${input} high`, { lower: box.lower.with(input, middle), upper: box.upper }, undefined, held);
      return;
    }
    if ('node' in tree) {
      const { node, index, point } = tree;
      if (!ranges || !Number.isFinite(point) || !Number.isInteger(node) || !Number.isInteger(index) || !(ranges[node]?.lower.length > index && index >= 0)) throw new CertificateError(`${path}: there is no neuron ${String(node)}, ${String(index)} to cut`);
      this.visit(tree.low, one, `${path}, neuron ${node},${index} low`, box, ranges, [...held, { node, index, point, side: -1 }]);
      this.visit(tree.high, one, `${path}, neuron ${node},${index} high`, box, ranges, [...held, { node, index, point, side: 1 }]);
      return;
    }
    this.leaves++;
    this.checkLeaf(tree, one, path, box, ranges, held);
  }

  private checkLeaf(leaf: Leaf, one: Case, path: string, box: Range, given: readonly Range[] | undefined, held: readonly Omit<Held, 'multiplier'>[]): void {
    const ranges = given ? this.bounds.restricted(given, held) : this.bounds.ranges(box);
    // contradictory bounds: no input is in the branch
    if (!ranges) return;
    const constraint = Number.isInteger(leaf.constraint) ? one.constraints[leaf.constraint] : undefined;
    if (!constraint) throw new CertificateError(`${path}: ${leaf.constraint === -1 ? 'the branch is not empty' : `there is no constraint ${String(leaf.constraint)}`}`);
    const multipliers = leaf.beta ?? [];
    if (!Array.isArray(multipliers) || multipliers.length > held.length || multipliers.some((multiplier) => !(Number.isFinite(multiplier) && multiplier >= 0))) throw new CertificateError(`${path}: the multipliers do not fit the cuts`);
    const bound = this.bounds.lowerBound(this.network.output, constraint.coefficients, ranges, leaf.alpha === undefined ? undefined : this.slopes(leaf.alpha), held.map((cut, k) => ({ ...cut, multiplier: multipliers[k] ?? 0 }))) + constraint.constant;
    if (!(bound - 2 ** -51 * Math.abs(constraint.constant) > 0)) throw new CertificateError(`${path}: constraint ${leaf.constraint} is not ruled out, its bound is ${bound}`);
  }
}
