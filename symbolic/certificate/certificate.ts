import { createHash } from 'node:crypto';
import type { NeuronProof } from '../bounds/tighten.ts';
import type { Property } from '../property/property.ts';
import type { Item } from '../search/item.ts';
import type { PreparedBox } from '../search/search.ts';

/**
 * A proof that a query has no answer (`unsat`), or an answer (`sat`), as a file: who doubts the search can check it with
 * check.ts, which does not search.
 *
 * For `unsat` there is a tree for each case of the property. An inner vertex cuts an input's range in the middle, or a
 * neuron's at a point; a leaf names the constraint that cannot hold there, with the slopes and multipliers of its bound.
 */
export interface Certificate {
  readonly format: 'layerscope certificate';
  readonly version: 1;
  /** SHA-256 of the model file and of the property file (unpacked), in hexadecimal. */
  readonly network: string;
  readonly property: string;
  readonly verdict: 'unsat' | 'sat';
  /** For `sat`. */
  readonly witness?: readonly number[];
  readonly trees: readonly Tree[];
  /** Where neurons are cut: the slopes of the bounds on the neurons, for each box. */
  readonly boxes: readonly BoxProof[];
  /** SHA-256 of the certificate as written without this field. */
  readonly seal: string;
}

export type Tree =
  | { readonly input: number; readonly low: Tree; readonly high: Tree }
  | { readonly node: number; readonly index: number; readonly point: number; readonly low: Tree; readonly high: Tree }
  | Leaf;

export interface Leaf {
  /** The constraint that cannot hold; -1 where no input is in the branch. */
  readonly constraint: number;
  /** Lower slopes of all ReLUs, as base64 of float32 numbers; the plain rule where it is left out. */
  readonly alpha?: string;
  /** Multipliers of the cuts of neurons on the way from the root, in order. */
  readonly beta?: readonly number[];
}

export interface BoxProof {
  readonly cases: readonly number[];
  readonly neurons: readonly { readonly node: number; readonly index: number; readonly lower: string; readonly upper: string }[];
}

/** A certificate that cannot be read or does not prove what it says. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function encodeSlopes(slopes: Float32Array): string {
  return Buffer.from(slopes.buffer, slopes.byteOffset, slopes.byteLength).toString('base64');
}

export function decodeSlopes(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  const slopes = new Float32Array(bytes.length >> 2);
  new Uint8Array(slopes.buffer).set(bytes.subarray(0, slopes.length * 4));
  return slopes;
}

/** The text of a certificate, sealed. */
export function sealed(content: Omit<Certificate, 'seal'>): string {
  const text = JSON.stringify(content);
  return JSON.stringify({ ...content, seal: sha256(text) });
}

/** @throws CertificateError where the text is no certificate, or was changed after it was sealed */
export function openSealed(text: string): Certificate {
  let content: Certificate;
  try {
    content = JSON.parse(text) as Certificate;
  } catch (error) {
    throw new CertificateError(`the certificate is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (content === null || typeof content !== 'object' || content.format !== 'layerscope certificate') throw new CertificateError('the file is not a certificate of Layerscope');
  if (content.version !== 1) throw new CertificateError(`the certificate is of version ${String(content.version)}, expected 1`);
  const { seal, ...rest } = content;
  if (seal !== sha256(JSON.stringify(rest))) throw new CertificateError('the certificate was changed after it was written: its seal does not fit');
  return content;
}

export function unsatCertificate(network: string, propertyHash: string, property: Property, closed: readonly Item[], prepared: readonly PreparedBox[]): string {
  const trees = property.cases.map((_, index) => treeOf(closed.filter((item) => item.case === index), 0, prepared.length > 0));
  const boxes = prepared.map(({ cases, proofs }) => ({ cases, neurons: proofs.map((proof: NeuronProof) => ({ node: proof.node, index: proof.index, lower: encodeSlopes(proof.lower), upper: encodeSlopes(proof.upper) })) }));
  return sealed({ format: 'layerscope certificate', version: 1, network, property: propertyHash, verdict: 'unsat', trees, boxes });
}

export function satCertificate(network: string, property: string, witness: ArrayLike<number>): string {
  return sealed({ format: 'layerscope certificate', version: 1, network, property, verdict: 'sat', witness: Array.from(witness), trees: [], boxes: [] });
}

/** The tree of the leaves below one vertex: they agree on the first `depth` cuts. */
function treeOf(items: readonly Item[], depth: number, neurons: boolean): Tree {
  const [first] = items;
  if (!first) throw new Error('a branch of the proof is missing');
  const length = neurons ? first.splits?.length ?? 0 : first.path.length;
  if (items.length === 1 && length === depth) {
    const multipliers = first.multipliers?.[0];
    return {
      constraint: first.closedBy!,
      ...(multipliers ? { alpha: encodeSlopes(multipliers.alpha) } : {}),
      ...(multipliers && multipliers.beta.length > 0 ? { beta: multipliers.beta } : {}),
    };
  }
  if (neurons) {
    const { node, index, point } = first.splits![depth];
    const on = (side: 1 | -1) => treeOf(items.filter((item) => item.splits![depth].side === side), depth + 1, neurons);
    return { node, index, point, low: on(-1), high: on(1) };
  }
  const on = (half: 0 | 1) => treeOf(items.filter((item) => item.path[depth] % 2 === half), depth + 1, neurons);
  return { input: first.path[depth] >> 1, low: on(0), high: on(1) };
}
