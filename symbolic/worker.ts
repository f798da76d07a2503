import { parentPort, workerData } from 'node:worker_threads';
import { LocalProver } from './search/local-prover.ts';
import type { Answer, Request, WorkerData } from './search/thread-prover.ts';

/** A thread that does rounds of branch and bound; search/thread-prover.ts is the other end. */
const { problem, index } = workerData as WorkerData;
const prover = new LocalProver(problem, 7919 * index);
const port = parentPort!;

function work(request: Request): Promise<Exclude<Answer, { error: unknown }>['result']> {
  const deadline = performance.now() + request.remaining;
  switch (request.kind) {
    case 'attack': return prover.attack(deadline);
    case 'tighten': return prover.tighten(request.step, deadline);
    case 'expand': return prover.expand(request.items);
    case 'adopt':
      prover.adopt(request.boxes);
      return Promise.resolve(undefined);
  }
}

port.on('message', (request: Request) => {
  work(request).then(
    (result) => port.postMessage({ id: request.id, result } satisfies Answer),
    (error: unknown) => port.postMessage({ id: request.id, error: error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) } } satisfies Answer),
  );
});
