import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { countRelus } from '../network/network.ts';
import { LocalProver } from './local-prover.ts';
import type { Problem, Prover } from './search.ts';
import { ThreadProver } from './thread-prover.ts';

export interface ProverOptions {
  /** The bundled worker.ts; the one beside the running bundle where it is left out. */
  readonly worker?: string | URL;
  /** The number of threads beside this one: as many as there are cores, 8 at most, where it is left out; 0 does all in this thread. */
  readonly threads?: number;
}

/** Networks with fewer coefficients than this are decided before a thread has started. */
const SMALL = 3000;

export function createProver(problem: Problem, options: ProverOptions): Prover {
  // each thread has its share of the memory, which more threads would make too small
  const threads = options.threads ?? Math.min(8, availableParallelism());
  const script = options.worker ?? besideBundle();
  const small = countRelus(problem.network) < 40 && problem.network.nodes.every((node) => node.kind !== 'affine' || node.matrices.every((matrix) => matrix.values.length < SMALL));
  return threads === 0 || !script || small ? new LocalProver(problem) : new ThreadProver(problem, script, threads);
}

/** The build lays the worker beside the other bundles, whose shared chunks lie one folder deeper; from sources there is none. */
function besideBundle(): URL | undefined {
  return ['./verify-worker.js', '../verify-worker.js'].map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
}
