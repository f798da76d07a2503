import type { LayerGraph } from '../../graph/graph.ts';
import type { Weights } from '../../graph/weights.ts';
import { createSession } from '../../runtime/index.ts';
import { compile } from '../network/compile.ts';
import { violation } from '../property/property.ts';
import type { VnnlibQuery } from '../property/vnnlib.ts';
import { inside, readWeights, replay, type VerifyAnswer } from '../verify.ts';
import { CertificateError, openSealed, satCertificate, sha256, unsatCertificate } from './certificate.ts';
import { checkUnsat } from './check.ts';

/** The files of a query, unpacked, as they were read. */
export interface QueryFiles {
  readonly network: Uint8Array;
  readonly property: Uint8Array;
}

/**
 * The certificate of an answer; undefined where nothing was decided.
 * @param answer of `verifyModel` with `keepProofs`.
 */
export function certify(answer: VerifyAnswer, query: VnnlibQuery, files: QueryFiles): string | undefined {
  const [network, property] = [sha256(files.network), sha256(files.property)];
  if (answer.witness) return satCertificate(network, property, answer.witness.input);
  if (answer.verdict !== 'unsat') return undefined;
  return unsatCertificate(network, property, query.property, answer.tree ?? [], answer.prepared ?? []);
}

/**
 * Checks a certificate against the files that it speaks of.
 * @returns what it proves, and how many leaves its trees have
 * @throws CertificateError with the first thing that is wrong
 */
export async function checkCertificate(text: string, graph: LayerGraph, weights: Weights, query: VnnlibQuery, files: QueryFiles): Promise<{ verdict: 'sat' | 'unsat'; leaves: number }> {
  const certificate = openSealed(text);
  if (certificate.network !== sha256(files.network)) throw new CertificateError('the certificate is about another network');
  if (certificate.property !== sha256(files.property)) throw new CertificateError('the certificate is about another property');
  const network = compile(graph, await readWeights(graph, weights));
  if (certificate.verdict === 'unsat') return { verdict: 'unsat', leaves: checkUnsat(certificate, network, query.property) };
  if (certificate.verdict !== 'sat') throw new CertificateError(`the certificate says ${String(certificate.verdict)}, expected sat or unsat`);
  const { witness } = certificate;
  if (!Array.isArray(witness) || witness.length !== query.inputs || !witness.every(Number.isFinite)) throw new CertificateError(`the witness is not a list of ${query.inputs} numbers`);
  const input = Float64Array.from(witness as readonly number[]);
  const session = await createSession(graph, weights);
  try {
    const outputs = await replay(session, network, input);
    const meets = query.property.cases.some((one) => inside(input, one.lower, one.upper) && violation(one, outputs) <= 0);
    if (!meets) throw new CertificateError('the witness does not meet the property');
  } finally {
    await session.close();
  }
  return { verdict: 'sat', leaves: 0 };
}
