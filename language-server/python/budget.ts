/** What an interpretation may take: steps, and time of the processor. */
import { InterpretationStopped } from './interpreter-api.ts';

export interface Limits {
  /** Steps (statements, rounds of loops, work of natives) between looks at the clock. */
  readonly steps: number;
  /** Milliseconds of processor time for the whole run. */
  readonly time: number;
}

const LOOK_EVERY = 1000;
/** The clock is read after so many looks. */
const LOOKS_PER_CLOCK = 50;

/** Milliseconds of work of this process: a busy machine does not make an analysis give up earlier. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export abstract class Budget {
  /** Steps left until fuel, the clock and cancellation are looked at. */
  fuel = LOOK_EVERY;
  private readonly limits: Limits;
  private stepsLeft: number;
  private share = 1;
  private looks = LOOKS_PER_CLOCK;
  private deadline: number;

  constructor(limits: Limits) {
    this.limits = limits;
    this.stepsLeft = limits.steps;
    this.deadline = processorTime() + limits.time;
  }

  protected abstract isCancelled(): boolean;

  /** New fuel and time, or a share of them: for a root call of its own. */
  grantFuel(share = 1): void {
    this.share = share;
    this.stepsLeft = this.limits.steps * share;
    this.deadline = processorTime() + this.limits.time * share;
    this.fuel = LOOK_EVERY;
  }

  /** What follows something that took too long has less time, so that a whole file is done in about one and a half times the limit. */
  grantRest(): void {
    this.grantFuel(Math.max(this.share / 4, 1 / 64));
  }

  refuel(): void {
    this.stepsLeft -= LOOK_EVERY - this.fuel;
    this.fuel = LOOK_EVERY;
    if (this.isCancelled()) throw new InterpretationStopped('cancelled', true);
    if (this.stepsLeft < 0) throw new InterpretationStopped('it takes too many steps to follow');
    // asking for the processor time is slow on some systems
    if (--this.looks > 0) return;
    this.looks = LOOKS_PER_CLOCK;
    if (processorTime() > this.deadline) throw new InterpretationStopped('it takes too long to follow');
  }

  spend(steps: number): void {
    if ((this.fuel -= steps) < 0) this.refuel();
  }
}
