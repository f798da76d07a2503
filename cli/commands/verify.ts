import { existsSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readOnnx } from '../../graph/index.ts';
import { openOnnx } from '../../runtime/index.ts';
import { certify, checkCertificate, formatAssignment, parseVnnlib, verifyModel } from '../../symbolic/index.ts';
import { InputError } from '../input-error.ts';
import { asked } from '../model.ts';
import { emit, formatOf, print, printJson } from '../output.ts';
import { interruption, Progress } from '../progress.ts';

export interface VerifyCommandOptions {
  readonly timeout: number;
  readonly memory: number;
  readonly seed: number;
  readonly format: string;
  readonly certificate?: string;
  readonly check?: string;
}

const EXIT = { sat: 0, unsat: 0, timeout: 3, unknown: 3 } as const;

/** `layerscope verify NET PROPERTY`. */
export async function verify(net: string, propertyFile: string, options: VerifyCommandOptions): Promise<number> {
  const format = formatOf(options.format, ['text', 'json']);
  const files = { property: inflated(propertyFile), network: new Uint8Array(inflated(net)) };
  const query = await about(propertyFile, () => parseVnnlib(files.property.toString('utf8')));
  // a model with weights in other files is opened where it lies
  const { graph, weights } = await about(net, () => (net.endsWith('.gz') ? readOnnx(files.network) : openOnnx(net)));
  if (options.check !== undefined) {
    const { verdict, leaves } = await about(options.check, () => checkCertificate(inflated(options.check!).toString('utf8'), graph, weights, query, files));
    if (format === 'json') printJson({ verdict, certified: true, leaves });
    else print(`${verdict}\nThe certificate holds${verdict === 'unsat' ? `: ${leaves} leaves checked` : ''}.`);
    return 0;
  }
  const progress = new Progress();
  const answer = await about({ PropertyError: propertyFile, UnsupportedNetwork: net }, () => verifyModel(graph, weights, query, {
    signal: interruption(), keepProofs: options.certificate !== undefined, seed: options.seed, memory: options.memory * 1e9,
    // the limit counts from the start of the process and holds for its end, which takes a moment
    timeoutSeconds: Math.max(0, options.timeout - process.uptime() - Math.min(0.3, 0.05 + 0.01 * options.timeout)),
    onProgress: ({ bound, open, closed }) => progress.show(`${Number.isFinite(bound) ? `bound ${bound.toPrecision(4)}  ` : ''}${open} branches open, ${closed} closed`),
  }));
  progress.clear();
  const { verdict, witness, method, branches, seconds } = answer;
  if (options.certificate !== undefined) {
    const text = certify(answer, query, files);
    if (text !== undefined) await emit(options.certificate.endsWith('.gz') ? gzipSync(text) : text, options.certificate);
    else process.stderr.write('Nothing was decided: there is no certificate to write.\n');
  }
  const bound = Number.isFinite(answer.bound) ? answer.bound : null;
  if (format === 'json') {
    printJson({ verdict, assignment: witness ? { X: Array.from(witness.input), Y: Array.from(witness.outputs) } : null, bound, method, branches, seconds });
  } else {
    print(verdict);
    if (witness) print(formatAssignment(witness.input, witness.outputs));
    process.stderr.write(`${method}; ${branches} branches${bound === null ? '' : `; bound ${bound.toPrecision(4)}`}; ${seconds.toFixed(2)} s\n`);
  }
  return EXIT[verdict];
}

/** Refusals name the file that they are about, or the one that errors of their kind are about. */
async function about<T>(file: string | Readonly<Record<string, string>>, action: () => T | Promise<T>): Promise<T> {
  let kind = '';
  try {
    return await asked(async () => {
      try {
        return await action();
      } catch (error) {
        if (error instanceof Error) kind = error.name;
        throw error;
      }
    });
  } catch (error) {
    const named = typeof file === 'string' ? file : file[kind];
    if (error instanceof InputError && named !== undefined && !error.message.includes(named)) throw new InputError(`${named}: ${error.message}`);
    throw error;
  }
}

function existing(path: string): string {
  if (!existsSync(path)) throw new InputError(`${path} does not exist.`);
  if (statSync(path).isDirectory()) throw new InputError(`${path} is a folder, not a file.`);
  return path;
}

/** A file's bytes, unpacked where it is gzipped. */
function inflated(path: string): Buffer {
  const bytes = readFileSync(existing(path));
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new InputError(`${path} cannot be unpacked: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
