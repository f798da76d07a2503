/**
 * Forks: running both arms of an undecided condition, one after the other from the same state, and joining what they left.
 *
 * Each arm runs in an epoch of the journal, which is undone, so that its end is known as a map of changes (a Path).
 * Arms that end alike are joined. Where one arm leaves the loop or the function and the other runs on, the one that left is kept
 * as pending in the frame, and the other runs on in an epoch of its own until both can be joined: at the end of the
 * loop's round, behind the loop, or at the end of the function.
 */
import { BREAK, CONTINUE, type Completion, type Execute, type Frame, NORMAL, RETURN } from '../compilation/code.ts';
import { type ArmEnd, PythonError } from '../interpreter-api.ts';
import { begin, type Changes, followedBy, keep, redo, touch, undo, writesSoFar } from './journal.ts';
import { Joiner, Repetition } from './join.ts';
import type { Undecided, Unknown, Value } from '../values/index.ts';

/** The end of one way through the code, relative to the state that it began in. */
export interface Path {
  readonly completion: Completion;
  readonly returned: Value;
  readonly changes: Changes;
}

/** A path that has left while another goes on; under it lies the epoch of the one that goes on. */
export interface Pending extends Path {
  readonly condition: Undecided;
  readonly polarity: boolean;
  /** The length of the path condition before the fork. */
  readonly depth: number;
}

interface Arm {
  readonly paths: readonly Path[];
  readonly error: PythonError | undefined;
}

export function forkStatement(frame: Frame, condition: Undecided, whenTrue: Execute, whenFalse: Execute): Completion {
  const { machine } = frame;
  const known = machine.decideUndecided(condition);
  if (known !== undefined) {
    machine.forked(frame.place, condition, known ? 'goes on' : undefined, known ? undefined : 'goes on');
    return known ? whenTrue(frame) : whenFalse(frame);
  }
  if (isTooDeep(frame)) {
    frame.returned = machine.unknownFrom(condition);
    return RETURN;
  }
  const { at, place } = frame;
  const yes = runArm(frame, condition, true, whenTrue);
  frame.at = at;
  const no = runArm(frame, condition, false, whenFalse);
  machine.forked(place, condition, endOf(yes), endOf(no));
  return proceed(frame, condition, yes, no);
}

/** An undecided conditional expression. */
export function forkValue(frame: Frame, condition: Undecided, whenTrue: () => Value, whenFalse: () => Value): Value {
  const { machine } = frame;
  const known = machine.decideUndecided(condition);
  if (known !== undefined) return known ? whenTrue() : whenFalse();
  if (isTooDeep(frame)) return machine.unknownFrom(condition);
  const arm = (evaluate: () => Value): Execute => () => {
    const before = frame.returned;
    frame.returned = evaluate();
    valueOfArm = frame.returned;
    frame.returned = before;
    return NORMAL;
  };
  let valueOfArm: Value = null;
  const { place } = frame;
  const yes = runArm(frame, condition, true, arm(whenTrue));
  const first = valueOfArm;
  const no = runArm(frame, condition, false, arm(whenFalse));
  const second = valueOfArm;
  machine.forked(place, condition, endOf(yes), endOf(no));
  proceed(frame, condition, yes, no);
  if (yes.error) return second;
  if (no.error) return first;
  return new Joiner(machine, condition, frame.place).join(first, second);
}

/**
 * One round of a loop that may or may not have it; false where the round left everything as it was.
 * `widen`: whatever it changed becomes unknown.
 */
export function forkRound(frame: Frame, condition: Undecided, round: () => Completion, widen: boolean): boolean {
  const arm = runArm(frame, condition, true, round);
  const joiner = new Joiner(frame.machine, condition, frame.place, widen);
  const ended = arm.paths.filter((path) => path.completion !== RETURN);
  if (arm.error) frame.machine.failedOnPath(arm.error, condition, true);
  let changes: Changes = new Map();
  if (ended.length > 0) {
    changes = joiner.joinChanges(joinAll(frame, condition, ended).changes, new Map());
  }
  const returned = arm.paths.filter((path) => path.completion === RETURN);
  if (returned.length > 0) hold(frame, { ...joinAll(frame, condition, returned), condition, polarity: true, depth: frame.machine.pathDepth() });
  redo(changes);
  return joiner.changed;
}

/**
 * The round that stands for all rounds of a loop whose length is not known: it runs for certain, and behind it what it counted or
 * collected is not known.
 * @throws PythonError what the round raises where no path left it before
 */
export function onlyRound(frame: Frame, cut: Unknown, round: () => Completion): Completion {
  const { machine } = frame;
  const mark = frame.pending?.length ?? 0;
  const joiner = new Repetition(machine, cut, frame.place);
  let completion: Completion | undefined;
  let error: PythonError | undefined;
  begin();
  touch(frame);
  try {
    completion = round();
  } catch (thrown) {
    if (!(thrown instanceof PythonError)) throw thrown;
    error = thrown;
  }
  const left = frame.pending?.slice(mark) ?? [];
  if (left.length === 0) {
    const writes = writesSoFar();
    keep();
    for (const { object, before } of writes) object.restore(joiner.joinContents(object, object.snapshot(), before));
    if (error) throw error;
    return completion!;
  }
  const [{ condition, polarity, depth }] = left;
  const paths = collapse(frame, mark, completion, frame.returned);
  const own = undo();
  if (error) machine.failedOnPath(error, condition, !polarity);
  const [running, ...others] = paths.map((path) => ({ ...path, changes: followedBy(own, path.changes) })).sort((a, b) => order.indexOf(a.completion) - order.indexOf(b.completion));
  for (const path of others) hold(frame, { ...path, condition, polarity, depth });
  redo(joiner.joinChanges(running.changes, new Map()));
  frame.returned = running.returned;
  return running.completion;
}

const order: readonly Completion[] = [NORMAL, CONTINUE, BREAK, RETURN];

/** At the end of a loop's round: joins the paths that `continue` with the one that ends it. */
export function endRound(frame: Frame, mark: number, completion: Completion, mostPending: number): Completion {
  if (frame.pending!.length - mark > mostPending) return BREAK;
  if (!frame.pending!.some((pending, index) => index >= mark && pending.completion === CONTINUE)) return completion;
  return settle(frame, mark, completion === CONTINUE ? NORMAL : completion, (path) => (path === CONTINUE ? NORMAL : path));
}

/** Behind a loop: joins the paths that left it by `break`. */
export function leaveLoop(frame: Frame, mark: number, completion: Completion): Completion {
  const { pending } = frame;
  if (pending === undefined || !pending.some(({ completion: kind }, index) => index >= mark && (kind === BREAK || kind === CONTINUE))) return completion;
  return settle(frame, mark, completion, (path) => (path === RETURN ? RETURN : NORMAL));
}

/** At the end of a function: joins everything that returned. */
export function joinReturns(frame: Frame): void {
  settle(frame, 0, RETURN, () => RETURN);
}

/** The running path of a function raised while others have returned: those are what the call gives. */
export function surviveError(frame: Frame, error: PythonError): void {
  const newest = frame.pending!.at(-1)!;
  frame.machine.failedOnPath(error, newest.condition, !newest.polarity);
  const paths = collapse(frame, 0);
  const joined = joinAll(frame, newest.condition, paths);
  redo(joined.changes);
  frame.returned = joined.returned;
}

/** A function that calls itself from the arms of forks would go on doing so: nothing known ends it. */
const DEEPEST_FORKS = 6;

export function isTooDeep(frame: Frame): boolean {
  return (frame.machine.forking.get(frame.code) ?? 0) >= DEEPEST_FORKS;
}

function runArm(frame: Frame, condition: Undecided, polarity: boolean, arm: Execute): Arm {
  const { machine } = frame;
  const mark = frame.pending?.length ?? 0;
  const depth = machine.assume(condition, polarity);
  begin();
  touch(frame);
  let current: Completion | undefined;
  let error: PythonError | undefined;
  const forks = machine.forking.get(frame.code) ?? 0;
  machine.forking.set(frame.code, forks + 1);
  try {
    current = arm(frame);
  } catch (thrown) {
    if (!(thrown instanceof PythonError)) throw thrown;
    error = thrown;
    machine.addTraceback(frame, error);
    machine.frame = frame;
  } finally {
    machine.forking.set(frame.code, forks);
  }
  const paths = collapse(frame, mark, current, frame.returned);
  const own = undo();
  machine.forget(depth);
  return { paths: paths.map((path) => ({ ...path, changes: followedBy(own, path.changes) })), error };
}

function endOf({ paths, error }: Arm): ArmEnd {
  if (paths.some(({ completion }) => completion === NORMAL)) return 'goes on';
  if (paths.some(({ completion }) => completion === RETURN)) return 'returns';
  return paths.length > 0 ? 'leaves' : error;
}

/** Goes on behind a fork with what its arms left. */
function proceed(frame: Frame, condition: Undecided, yes: Arm, no: Arm): Completion {
  const { machine } = frame;
  const depth = machine.pathDepth();
  if (yes.paths.length === 0 && no.paths.length === 0) throw yes.error ?? no.error!;
  if (yes.error) machine.failedOnPath(yes.error, condition, true);
  if (no.error) machine.failedOnPath(no.error, condition, false);
  const joiner = new Joiner(machine, condition, frame.place);
  const groups: { path: Path; polarity: boolean | undefined }[] = [];
  for (const completion of [NORMAL, CONTINUE, BREAK, RETURN] as const) {
    const whenTrue = yes.paths.find((path) => path.completion === completion);
    const whenFalse = no.paths.find((path) => path.completion === completion);
    if (whenTrue && whenFalse) groups.push({ path: joinPaths(joiner, whenTrue, whenFalse), polarity: undefined });
    else if (whenTrue ?? whenFalse) groups.push({ path: (whenTrue ?? whenFalse)!, polarity: whenTrue !== undefined });
  }
  const [running, ...left] = groups;
  for (const { path, polarity } of left) hold(frame, { ...path, condition, polarity: polarity ?? true, depth });
  redo(running.path.changes);
  frame.returned = running.path.returned;
  // what only one arm reaches goes on under that arm's condition
  if (running.polarity !== undefined) machine.assume(condition, running.polarity);
  else if (yes.error && yes.paths.length === 0) machine.assume(condition, false);
  else if (no.error && no.paths.length === 0) machine.assume(condition, true);
  return running.path.completion;
}

function hold(frame: Frame, pending: Pending): void {
  (frame.pending ??= []).push(pending);
  begin();
  touch(frame);
}

/** Joins the paths since `mark` with the running one by how they end; the first kind runs on, the others are held again. */
function settle(frame: Frame, mark: number, completion: Completion, kind: (completion: Completion) => Completion): Completion {
  const [{ condition, polarity, depth }] = frame.pending!.slice(mark);
  const paths = collapse(frame, mark, completion, frame.returned).map((path) => ({ ...path, completion: kind(path.completion) }));
  frame.machine.forget(depth);
  const groups = new Map<Completion, Path[]>();
  for (const path of paths) groups.set(path.completion, [...groups.get(path.completion) ?? [], path]);
  const kinds = ([NORMAL, CONTINUE, BREAK, RETURN] as const).filter((each) => groups.has(each));
  const joined = kinds.map((each) => joinAll(frame, condition, groups.get(each)!));
  const [running, ...left] = joined;
  for (const path of left) hold(frame, { ...path, condition, polarity, depth });
  redo(running.changes);
  frame.returned = running.returned;
  return running.completion;
}

/**
 * Undoes everything since the oldest pending path from `mark` on, and gives every path relative to the state then.
 * `completion` is how the running path ends; undefined where it raised.
 */
function collapse(frame: Frame, mark: number, completion?: Completion, returned: Value = null): Path[] {
  let paths: Path[] = completion === undefined ? [] : [{ completion, returned, changes: new Map() }];
  const { pending } = frame;
  while (pending !== undefined && pending.length > mark) {
    const left = pending.pop()!;
    const since = undo();
    paths = paths.map((path) => ({ ...path, changes: followedBy(since, path.changes) }));
    // the path that left first comes last: a join prefers what ran on
    paths.push(left);
  }
  if (pending?.length === 0) frame.pending = undefined;
  return mergeKinds(frame, paths);
}

/** One path for each way to end, so that the number of paths stays small. */
function mergeKinds(frame: Frame, paths: readonly Path[]): Path[] {
  const merged: Path[] = [];
  for (const path of paths) {
    const same = merged.findIndex((other) => other.completion === path.completion);
    if (same < 0) merged.push(path);
    else {
      const { condition, polarity } = path as Partial<Pending>;
      const joiner = new Joiner(frame.machine, condition ?? frame.machine.unknown('one of several paths'), frame.place);
      merged[same] = polarity === false ? joinPaths(joiner, merged[same], path) : joinPaths(joiner, path, merged[same]);
    }
  }
  return merged;
}

function joinAll(frame: Frame, condition: Undecided, paths: readonly Path[]): Path {
  const joiner = new Joiner(frame.machine, condition, frame.place);
  return paths.reduce((all, path) => joinPaths(joiner, path, all));
}

function joinPaths(joiner: Joiner, whenTrue: Path, whenFalse: Path): Path {
  return {
    completion: whenTrue.completion,
    returned: whenTrue.completion === RETURN ? joiner.join(whenTrue.returned, whenFalse.returned) : null,
    changes: joiner.joinChanges(whenTrue.changes, whenFalse.changes),
  };
}
