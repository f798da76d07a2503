import { certify, formatAssignment, verifyModel } from '../symbolic/index.ts';
import { InputError } from './input-error.ts';
import { about, openQuery } from './query.ts';

/** A query to decide; plain data. */
export interface QueryTask {
  readonly net: string;
  readonly property: string;
  /** When to give up, in milliseconds since 1970. */
  readonly deadline: number;
  /** Bytes. */
  readonly memory: number;
  readonly seed: number;
  /** Whether a certificate is wanted. */
  readonly certify: boolean;
}

/** What `verify` answers. */
export interface QueryAnswer {
  readonly verdict: 'sat' | 'unsat' | 'timeout' | 'unknown';
  readonly assignment: { readonly X: readonly number[]; readonly Y: readonly number[] } | null;
  /** The assignment as VNN-COMP writes it. */
  readonly text?: string;
  readonly bound: number | null;
  readonly method: string;
  readonly branches: number;
  readonly seconds: number;
  readonly certificate?: string;
}

export type QueryMessage =
  | { readonly kind: 'progress'; readonly bound: number; readonly open: number; readonly closed: number }
  /** It is settled; a certificate may take a moment longer. */
  | { readonly kind: 'settled' }
  | { readonly kind: 'answer'; readonly answer: QueryAnswer }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly stack?: string };

/** The process that reads and decides one query; commands/verify.ts is its other end, and ends it whatever it does. */
async function decide(task: QueryTask): Promise<QueryAnswer> {
  const { files, query, graph, weights } = await openQuery(task.net, task.property);
  const answer = await about({ PropertyError: task.property, UnsupportedNetwork: task.net, RangeError: task.net }, () => verifyModel(graph, weights, query, {
    keepProofs: task.certify, seed: task.seed, memory: task.memory, timeoutSeconds: Math.max(0, (task.deadline - Date.now()) / 1000),
    onProgress: ({ bound, open, closed }) => send({ kind: 'progress', bound, open, closed }),
  }));
  const { verdict, witness, bound, method, branches, seconds } = answer;
  if (verdict === 'sat' || verdict === 'unsat') send({ kind: 'settled' });
  return {
    verdict, method, branches, seconds, bound: Number.isFinite(bound) ? bound : null,
    assignment: witness ? { X: Array.from(witness.input), Y: Array.from(witness.outputs) } : null,
    text: witness && formatAssignment(witness.input, witness.outputs),
    certificate: task.certify ? certify(answer, query, files) : undefined,
  };
}

function send(message: QueryMessage, sent: () => void = () => {}): void {
  process.send?.(message, undefined, undefined, sent);
}

// an interrupt in the terminal goes to both processes; the other one answers it
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.once('message', (task: QueryTask) => {
  decide(task).then(
    (answer): QueryMessage => ({ kind: 'answer', answer }),
    (error: unknown): QueryMessage => {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      return error instanceof InputError ? { kind: 'refused', message } : { kind: 'failed', message, stack };
    },
  ).then((message) => send(message, () => process.exit()), () => process.exit(1));
});
