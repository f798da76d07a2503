import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readOnnx } from '../../graph/index.ts';
import { openOnnx } from '../../runtime/index.ts';
import { parseVnnlib, verifyModel } from '../../symbolic/index.ts';
import type { VerifyProperty, VerifyNews } from './protocol.ts';

/** Decides a VNN-LIB query on an ONNX model. Cancelling it gives the best bound so far. */
export async function verifyProperty({ verification, network, property, timeoutSeconds }: VerifyProperty.Params, signal: AbortSignal, news: (news: VerifyNews.Params) => void): Promise<VerifyProperty.Result> {
  const query = parseVnnlib(property);
  if (!existsSync(network)) throw new Error(`${network} does not exist.`);
  const { graph, weights } = network.endsWith('.gz') ? readOnnx(new Uint8Array(gunzipSync(readFileSync(network)))) : openOnnx(network);
  const { verdict, witness, bound, method, branches, seconds } = await verifyModel(graph, weights, query, {
    signal, timeoutSeconds,
    onProgress: ({ bound: lower, open, closed }) => news({ verification, bound: Number.isFinite(lower) ? lower : undefined, open, closed }),
  });
  return { verdict, method, branches, seconds, cancelled: signal.aborted, bound: Number.isFinite(bound) ? bound : undefined, witness: witness && { inputs: [...witness.input], outputs: [...witness.outputs] } };
}
