import { LocalProver } from './local-prover.ts';
import type { Problem, Prover } from './search.ts';

export interface ProverOptions {
  /** The bundled worker script; without it all is done in this thread. */
  readonly worker?: string | URL;
  readonly threads?: number;
}

export async function createProver(problem: Problem, _options: ProverOptions): Promise<Prover> {
  return new LocalProver(problem);
}
