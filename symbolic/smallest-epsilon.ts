import type { RobustnessAnswer, RobustnessOptions, RobustnessQuestion } from './robustness.ts';

/** Where the smallest perturbation that changes the class lies. */
export interface EpsilonBracket {
  /** Proved: no perturbation of this size or less changes the class. */
  readonly certified: number;
  /** Found: an input at this distance has another class; null where none was found up to the largest size asked about. */
  readonly attacked: number | null;
  readonly adversarial: RobustnessAnswer['adversarial'];
  /** Why the bracket is not narrower; undefined where it is as narrow as was asked for. */
  readonly reason?: string;
  readonly seconds: number;
}

export interface EpsilonOptions extends Pick<RobustnessOptions, 'signal'> {
  /** The bracket's width at which to stop, relative to its upper end. */
  readonly tolerance?: number;
  /** Sizes are whole numbers (of elements). */
  readonly whole?: boolean;
  readonly timeoutSeconds: number;
  /** Called whenever the bracket narrows. */
  readonly onBracket?: (bracket: Pick<EpsilonBracket, 'certified' | 'attacked' | 'adversarial'>) => void;
}

/**
 * Brackets the smallest adversarial perturbation by bisection: each step asks for one size.
 * @param ask answers the question for one epsilon within some seconds: `findAdversarial` or `attackModel` with all else fixed.
 */
export async function smallestEpsilon(ask: (epsilon: number, timeoutSeconds: number) => Promise<RobustnessAnswer>, largest: RobustnessQuestion['epsilon'], options: EpsilonOptions): Promise<EpsilonBracket> {
  const started = performance.now();
  const left = () => options.timeoutSeconds - (performance.now() - started) / 1000;
  const tolerance = options.tolerance ?? 0.02;
  let certified = 0;
  let attacked: number | null = null;
  let adversarial: RobustnessAnswer['adversarial'] = null;
  // sizes from here on were neither proved nor broken in their share of the time
  let undecided = Infinity;
  let reason: string | undefined;
  let next = largest;
  for (;;) {
    if (options.signal?.aborted) reason = 'it was stopped';
    else if (left() <= 0) reason = 'the time was up';
    if (reason) break;
    // later steps are harder and narrower: each gets a third of what is left
    const answer = await ask(next, Math.max(0.2, left() / 3));
    if (answer.verdict === 'adversarial' && answer.adversarial) {
      // the input found may lie much nearer than it was asked to
      attacked = Math.min(attacked ?? Infinity, next, answer.adversarial.distance);
      if (answer.adversarial.distance <= attacked) adversarial = answer.adversarial;
    } else if (answer.verdict === 'robust') certified = Math.max(certified, next);
    else undecided = Math.min(undecided, next);
    options.onBracket?.({ certified, attacked, adversarial });
    if (certified >= largest) break;
    const upper = Math.min(attacked ?? largest, undecided);
    if (upper - certified <= (options.whole ? 1 : tolerance * upper)) {
      if (undecided < (attacked ?? Infinity)) reason = 'sizes in between could be neither proved nor broken in their time';
      break;
    }
    next = certified + (options.whole ? Math.floor((upper - certified) / 2) : (upper - certified) / 2);
  }
  return { certified, attacked, adversarial, reason, seconds: (performance.now() - started) / 1000 };
}
