import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { existing, InputError } from '../input-error.ts';
import { emit, formatOf, print, printJson } from '../output.ts';
import { interruption, Progress } from '../progress.ts';
import type { QueryAnswer, QueryMessage, QueryTask } from '../query-process.ts';

export interface VerifyCommandOptions {
  readonly timeout: number;
  readonly memory: number;
  readonly seed: number;
  readonly format: string;
  readonly certificate?: string;
  readonly check?: string;
}

const EXIT = { sat: 0, unsat: 0, timeout: 3, unknown: 3 } as const;

/** What printing the answer takes, in seconds. */
const END = 0.02;

/** `layerscope verify NET PROPERTY`. */
export async function verify(net: string, propertyFile: string, options: VerifyCommandOptions): Promise<number> {
  const format = formatOf(options.format, ['text', 'json']);
  if (options.check !== undefined) return check(options.check, net, propertyFile, format);
  for (const path of [net, propertyFile]) existing(path);
  const progress = new Progress();
  // the limit counts from the start of the process; the search itself ends a little earlier, with a better account of it
  const inside = Math.min(0.3, 0.05 + 0.01 * options.timeout);
  const answer = await decided(
    { net, property: propertyFile, deadline: Date.now() + 1000 * (options.timeout - process.uptime() - inside), memory: options.memory * 1e9, seed: options.seed, certify: options.certificate !== undefined },
    options.timeout - END, interruption(),
    ({ bound, open, closed }) => progress.show(`${Number.isFinite(bound) ? `bound ${bound.toPrecision(4)}  ` : ''}${open} branches open, ${closed} closed`),
  );
  progress.clear();
  const { verdict, assignment, bound, method, branches, seconds, certificate } = answer;
  if (certificate !== undefined) await emit(options.certificate!.endsWith('.gz') ? gzipSync(certificate) : certificate, options.certificate);
  else if (options.certificate !== undefined) process.stderr.write('Nothing was decided: there is no certificate to write.\n');
  if (format === 'json') printJson({ verdict, assignment, bound, method, branches, seconds });
  else {
    print(verdict);
    if (answer.text !== undefined) print(answer.text);
    process.stderr.write(`${method}; ${branches} branches${bound === null ? '' : `; bound ${bound.toPrecision(4)}`}; ${seconds.toFixed(2)} s\n`);
  }
  return EXIT[verdict];
}

async function check(certificate: string, net: string, propertyFile: string, format: 'text' | 'json'): Promise<number> {
  const [{ checkCertificate }, { about, inflated, openQuery }] = await Promise.all([import('../../symbolic/index.ts'), import('../query.ts')]);
  const { files, query, graph, weights } = await openQuery(net, propertyFile);
  const { verdict, leaves } = await about(certificate, () => checkCertificate(inflated(certificate).toString('utf8'), graph, weights, query, files));
  if (format === 'json') printJson({ verdict, certified: true, leaves });
  else print(`${verdict}\nThe certificate holds${verdict === 'unsat' ? `: ${leaves} leaves checked` : ''}.`);
  return 0;
}

/**
 * Has a process of its own read and decide the query. This one only waits, so that the end of the time, an interrupt and
 * the limit of memory are answered at once whatever that one is doing; it is killed then, and its last bound is the answer's.
 * @param limit in seconds from the start of this process.
 */
function decided(task: QueryTask, limit: number, signal: AbortSignal, onProgress: (progress: QueryMessage & { kind: 'progress' }) => void): Promise<QueryAnswer> {
  let last: QueryMessage & { kind: 'progress' } = { kind: 'progress', bound: -Infinity, open: 0, closed: 0 };
  const undecided = (verdict: 'timeout' | 'unknown', method: string): QueryAnswer => ({
    verdict, method, assignment: null, bound: Number.isFinite(last.bound) ? last.bound : null, branches: last.open + last.closed, seconds: process.uptime(),
  });
  if (process.uptime() >= limit) return Promise.resolve(undecided('timeout', 'the time was up'));
  const script = ['./query-process.js', '../query-process.js'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync);
  if (script === undefined) throw new Error('query-process.js is not built');
  const child = fork(script, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [`--max-old-space-size=${Math.max(64, Math.floor(task.memory / 2 ** 20))}`] });
  const memoryLimit = `the limit of ${task.memory / 1e9} GB of memory was reached`;
  return new Promise<QueryAnswer>((resolve, reject) => {
    const timer = setTimeout(() => end(undecided('timeout', 'the time was up')), Math.min(2 ** 31 - 1, 1000 * (limit - process.uptime())));
    const watch = setInterval(() => {
      if (residentBytes(child.pid) > task.memory) end(undecided('unknown', memoryLimit));
    }, 50);
    const interrupted = () => end(undecided('unknown', 'cancelled'));
    const end = (result: QueryAnswer | Error, killing = true) => {
      clearTimeout(timer);
      clearInterval(watch);
      signal.removeEventListener('abort', interrupted);
      if (killing) {
        // what it held may take the system a moment to free: that is not waited for
        child.kill('SIGKILL');
        child.stderr!.destroy();
        if (child.connected) child.disconnect();
        child.unref();
      }
      if (result instanceof Error) reject(result);
      else resolve(result);
    };
    signal.addEventListener('abort', interrupted);
    let complaint = '';
    child.stderr!.on('data', (chunk) => { complaint = (complaint + String(chunk)).slice(-2000); });
    child.on('message', (message: QueryMessage) => {
      switch (message.kind) {
        case 'progress': return onProgress(last = message);
        case 'settled': return clearTimeout(timer);
        // it ends by itself, and its processor time counts as this one's
        case 'answer': return end(message.answer, false);
        case 'refused': return end(new InputError(message.message));
        case 'failed': return end(Object.assign(new Error(message.message), { stack: message.stack }));
      }
    });
    child.on('error', end);
    child.on('close', (code, killed) => end(complaint.includes('heap out of memory') || complaint.includes('Allocation failed') ? undecided('unknown', memoryLimit) : new Error(`the query's process ended (${killed ?? code}): ${complaint.trim().split('\n')[0]}`)));
    child.send(task);
  });
}

/** The memory that a process holds, where the system tells (Linux); elsewhere the search's own accounts have to do. */
function residentBytes(pid: number | undefined): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return 1024 * Number(kilobytes ?? 0);
  } catch {
    return 0;
  }
}
