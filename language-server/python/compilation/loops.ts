/** for and while. */
import { BREAK, CONTINUE, type Completion, type Execute, type Frame, NORMAL, RETURN } from './code.ts';
import { compile, type Context } from './expressions.ts';
import { compileBlock } from './statements.ts';
import { Doubt } from '../paths/cuts.ts';
import { endRound, forkRound, onlyRound, isTooDeep, leaveLoop } from '../paths/fork.ts';
import type * as syntax from '../source/syntax.ts';
import { assignTarget } from './targets.ts';
import { Condition, PyRange, Unknown, type Value } from '../values/index.ts';

/** After so many rounds of a loop whose length is not known, whatever still changes becomes unknown. */
const ROUNDS = 3;

/** What a training step repeats is followed twice: the second time stands for all others. */
const REPEATED = 'it changes in a loop that trains';

/** A loop that may have ended in so many of its rounds is taken to have ended. */
const MOST_PENDING = 64;

export function compileFor(node: syntax.For, context: Context): Execute {
  const iterable = compile(node.iterable, context);
  const assign = assignTarget(node.target, context);
  const body = compileBlock(node.body, context);
  const orElse = node.orElse.length > 0 ? compileBlock(node.orElse, context) : undefined;
  return (frame) => {
    const { machine } = frame;
    const values = iterable(frame);
    frame.at = node.iterable;
    if (values instanceof PyRange) {
      const mark = frame.pending?.length ?? 0;
      let item = values.start;
      let skipped: Unknown | undefined;
      for (let i = 0; i < values.length; i++, item += values.step) {
        if (--machine.fuel < 0) machine.refuel();
        const { repetitions } = machine;
        assign(frame, item);
        let completion = skipped ? onlyRound(frame, skipped, () => body(frame)) : body(frame);
        if (frame.pending !== undefined) completion = endRound(frame, mark, completion, MOST_PENDING);
        if (completion === BREAK) return leaveLoop(frame, mark, NORMAL);
        if (completion === RETURN) return leaveLoop(frame, mark, RETURN);
        if (machine.repetitions !== repetitions && i < values.length - 2) {
          i = values.length - 2;
          item = values.start + values.step * i;
          skipped = machine.unknown(REPEATED);
        }
      }
      return leaveLoop(frame, mark, orElse ? orElse(frame) : NORMAL);
    }
    const advance = machine.iterateOrUnknown(values);
    const mark = frame.pending?.length ?? 0;
    let skipped: Unknown | undefined;
    if (advance instanceof Unknown) {
      if (isTooDeep(frame)) return returnUnknown(frame, mark, advance);
      unknownRounds(frame, advance, (condition) => {
        assign(frame, machine.elementOf(values, condition));
        return body(frame);
      });
      return leaveLoop(frame, mark, NORMAL);
    }
    for (;;) {
      if (--machine.fuel < 0) machine.refuel();
      frame.at = node.iterable;
      const { repetitions } = machine;
      const item = advance();
      if (item === undefined) break;
      const cut = advance.cut ?? skipped;
      if (cut instanceof Doubt) {
        forkRound(frame, cut.derive(), () => {
          assign(frame, item);
          return body(frame);
        }, false);
        continue;
      }
      let completion = cut ? onlyRound(frame, cut, () => {
        assign(frame, item);
        return body(frame);
      }) : (assign(frame, item), body(frame));
      if (frame.pending !== undefined) completion = endRound(frame, mark, completion, MOST_PENDING);
      if (completion === BREAK) return leaveLoop(frame, mark, NORMAL);
      if (completion === RETURN) return leaveLoop(frame, mark, RETURN);
      if (skipped) break;
      if (machine.repetitions !== repetitions) skipped = machine.unknown(REPEATED);
    }
    return leaveLoop(frame, mark, orElse ? orElse(frame) : NORMAL);
  };
}

export function compileWhile(node: syntax.While, context: Context): Execute {
  const test = compile(node.test, context);
  const body = compileBlock(node.body, context);
  const orElse = node.orElse.length > 0 ? compileBlock(node.orElse, context) : undefined;
  return (frame) => {
    const { machine } = frame;
    const mark = frame.pending?.length ?? 0;
    let skipped: Unknown | undefined;
    for (;;) {
      if (--machine.fuel < 0) machine.refuel();
      const value = test(frame);
      frame.at = node.test;
      const truth = machine.truth(value);
      if (truth === false) break;
      if (truth === true) {
        const { repetitions } = machine;
        let completion = skipped ? onlyRound(frame, skipped, () => body(frame)) : body(frame);
        if (frame.pending !== undefined) completion = endRound(frame, mark, completion, MOST_PENDING);
        if (completion === BREAK) return leaveLoop(frame, mark, NORMAL);
        if (completion === RETURN) return leaveLoop(frame, mark, RETURN);
        if (skipped) break;
        if (machine.repetitions !== repetitions) skipped = machine.unknown(REPEATED);
        continue;
      }
      if (isTooDeep(frame)) return returnUnknown(frame, mark, machine.unknownFrom(truth));
      let open: Value = truth;
      unknownRounds(frame, truth instanceof Condition ? machine.unknownFrom(truth) : truth, () => {
        const completion = body(frame);
        if (completion === NORMAL || completion === CONTINUE) open = test(frame);
        return completion;
      }, () => machine.truth(open) !== false);
      return leaveLoop(frame, mark, NORMAL);
    }
    return leaveLoop(frame, mark, orElse ? orElse(frame) : NORMAL);
  };
}

function returnUnknown(frame: Frame, mark: number, unknown: Unknown): Completion {
  frame.returned = unknown.derive();
  return leaveLoop(frame, mark, RETURN);
}

/**
 * Runs a loop body that may run any number of times: each round is an arm that is joined with not running it,
 * until a round changes nothing more.
 */
function unknownRounds(frame: Frame, unknown: Unknown, round: (condition: Unknown) => Completion, goesOn: () => boolean = () => true): void {
  for (let i = 0; i < ROUNDS; i++) {
    const condition = unknown.derive();
    const changed = forkRound(frame, condition, () => round(condition), i === ROUNDS - 1);
    if (!changed || !goesOn()) return;
  }
}

