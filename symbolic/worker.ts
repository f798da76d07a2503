import { parentPort, workerData } from 'node:worker_threads';
import { LocalProver } from './search/local-prover.ts';
import type { Problem } from './search/search.ts';
import type { Answer, Request, WorkerData } from './search/thread-prover.ts';

/** A thread that does rounds of branch and bound; search/thread-prover.ts is the other end. */
const { problem, index } = workerData as WorkerData & { problem: Problem };
const prover = new LocalProver(problem, 7919 * index);
const port = parentPort!;

port.on('message', (request: Request) => {
  const deadline = performance.now() + request.remaining;
  const work = request.kind === 'attack' ? prover.attack(deadline).then((candidates) => ({ children: [], closed: [], candidates, stuck: 0 })) : prover.expand(request.items, deadline);
  work.then(
    (expansion) => port.postMessage({ id: request.id, expansion } satisfies Answer),
    (error: unknown) => port.postMessage({ id: request.id, error: error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) } } satisfies Answer),
  );
});
