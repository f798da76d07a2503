/**
 * Functions that contain `yield`: their statements are compiled to JavaScript generators where they contain one,
 * and as everywhere else where they do not. A statement's yields are run before the rest of its expression.
 *
 * A generator that waits cannot keep a fork open, since whoever resumes it forks and joins meanwhile. So the arms of an undecided
 * `if` that yield run to their ends at once, and what they yielded is joined, item by item; and a path that left the generator
 * while another went on is given up, behind which the iteration is cut (cuts.ts).
 */
import { addTraceback } from './calls.ts';
import { BREAK, type Completion, type Execute, type Frame, NORMAL, type Resume, RETURN } from '../compilation/code.ts';
import { compileEnter, compileHandler, handle } from '../compilation/try-statements.ts';
import { cutFrames, Doubt } from '../paths/cuts.ts';
import { forkStatement } from '../paths/fork.ts';
import { keep } from '../paths/journal.ts';
import { Joiner } from '../paths/join.ts';
import { compile, type Context } from '../compilation/expressions.ts';
import { PythonError } from '../interpreter-api.ts';
import { compileStatement, nameAt } from '../compilation/statements.ts';
import type * as syntax from '../source/syntax.ts';
import { assignTarget } from '../compilation/targets.ts';
import { exceptions } from '../values/builtin-classes.ts';
import type { PyException} from '../values/index.ts';
import { PyGenerator, type Undecided, Unknown, type Value } from '../values/index.ts';
import { compilePattern } from '../compilation/patterns.ts';

/** A generator that goes on under this many undecided conditions may never end: it is ended. */
const MOST_GUESSES = 32;
/** An arm that yields more than this is not followed to its end. */
const MOST_AHEAD = 256;

export function compileGeneratorBlock(statements: readonly syntax.Statement[], context: Context): Resume {
  const compiled = statements.map((statement) => {
    const yields = yieldsIn(statement);
    return yields ? { resume: compileGeneratorStatement(statement, context), execute: undefined } : { resume: undefined, execute: compileStatement(statement, context) };
  });
  return function* (frame) {
    for (const { resume, execute } of compiled) {
      const completion: Completion = resume ? yield* resume(frame) : execute!(frame);
      if (frame.pending !== undefined) giveUpOthers(frame);
      if (completion !== NORMAL) return completion;
    }
    return NORMAL;
  };
}

function compileGeneratorStatement(node: syntax.Statement, context: Context): Resume {
  switch (node.type) {
    case 'If': {
      const yields = compileYields([node.test], context);
      const test = compile(node.test, context);
      const body = compileGeneratorBlock(node.body, context);
      const orElse = compileGeneratorBlock(node.orElse, context);
      const guarded = [...node.body, ...node.orElse].some(guardsYield);
      return function* (frame) {
        frame.at = node;
        if (yields) yield* yields(frame);
        const value = test(frame);
        frame.at = node.test;
        const truth = frame.machine.truth(value);
        if (typeof truth !== 'boolean') return yield* eitherArm(frame, truth, guarded, body, orElse);
        return yield* truth ? body(frame) : orElse(frame);
      };
    }
    case 'For': {
      const yields = compileYields([node.iterable], context);
      const iterable = compile(node.iterable, context);
      const assign = assignTarget(node.target, context);
      const body = compileGeneratorBlock(node.body, context);
      const orElse = compileGeneratorBlock(node.orElse, context);
      return function* (frame) {
        frame.at = node;
        if (yields) yield* yields(frame);
        const values = iterable(frame);
        frame.at = node.iterable;
        const advance = frame.machine.iterateOrUnknown(values);
        for (let round = 0; ; round++) {
          frame.machine.spend(1);
          const item = advance instanceof Unknown ? (round === 0 ? frame.machine.elementOf(values, advance) : undefined) : advance();
          if (item === undefined) break;
          const cut = advance instanceof Unknown ? advance : advance.cut;
          if (cut) cutFrames.set(frame, cut);
          assign(frame, item);
          const completion = yield* body(frame);
          if (completion === BREAK) return NORMAL;
          if (completion === RETURN) return RETURN;
        }
        return yield* orElse(frame);
      };
    }
    case 'While': {
      const yields = compileYields([node.test], context);
      const test = compile(node.test, context);
      const body = compileGeneratorBlock(node.body, context);
      const orElse = compileGeneratorBlock(node.orElse, context);
      return function* (frame) {
        for (let unknownRounds = 0; ;) {
          frame.machine.spend(1);
          frame.at = node;
          if (yields) yield* yields(frame);
          const value = test(frame);
          frame.at = node.test;
          const truth = frame.machine.truth(value);
          if (truth === false || typeof truth !== 'boolean' && unknownRounds++ > 0) break;
          if (typeof truth !== 'boolean') cutFrames.set(frame, frame.machine.unknownFrom(truth));
          const completion = yield* body(frame);
          if (completion === BREAK) return NORMAL;
          if (completion === RETURN) return RETURN;
        }
        return yield* orElse(frame);
      };
    }
    case 'Try': return compileGeneratorTry(node, context);
    case 'With': return compileGeneratorWith(node, 0, context);
    case 'Match': {
      const yields = compileYields([node.subject], context);
      const subject = compile(node.subject, context);
      const cases = node.cases.map((each) => ({
        pattern: compilePattern(each.pattern, context),
        guard: each.guard ? compile(each.guard, context) : undefined,
        body: compileGeneratorBlock(each.body, context),
      }));
      const guarded = node.cases.some((each) => each.body.some(guardsYield));
      function* from(frame: Frame, value: Value, first: number): Generator<Value, Completion, Value> {
        for (let index = first; index < cases.length; index++) {
          const { pattern, guard, body } = cases[index];
          const matches = pattern(frame, value);
          if (matches === false) continue;
          const guards = guard ? frame.machine.truth(guard(frame)) : true;
          if (guards === false) continue;
          const undecided = matches === true ? guards : matches;
          return yield* undecided === true ? body(frame) : eitherArm(frame, undecided, guarded, body, (inner) => from(inner, value, index + 1));
        }
        return NORMAL;
      }
      return function* (frame) {
        if (yields) yield* yields(frame);
        return yield* from(frame, subject(frame), 0);
      };
    }
    default: {
      // yields stand in its expressions alone
      const yields = compileYields(expressionsOf(node), context)!;
      const execute: Execute = compileStatement(node, context);
      return function* (frame) {
        frame.at = node;
        yield* yields(frame);
        return execute(frame);
      };
    }
  }
}

/** Both arms of an undecided condition, where at least one yields. `guarded`: a yield stands in a `try` or `with`. */
function* eitherArm(frame: Frame, condition: Undecided, guarded: boolean, body: Resume, orElse: Resume): Generator<Value, Completion, Value> {
  const { machine } = frame;
  const known = machine.decideUndecided(condition);
  if (known !== undefined) return yield* (known ? body : orElse)(frame);
  const doubt = new Doubt(machine.unknownFrom(condition));
  if (++frame.guesses > MOST_GUESSES) {
    cutFrames.set(frame, doubt);
    return RETURN;
  }
  if (guarded) {
    // what the `try` or `with` is there for happens while the generator waits: the first arm is gone on with
    if (!cutFrames.has(frame)) cutFrames.set(frame, doubt);
    machine.assume(condition, true);
    return yield* body(frame);
  }
  const arms = [{ resume: body, items: [] as Value[], ended: false }, { resume: orElse, items: [] as Value[], ended: false }];
  let endless = false;
  const [yes, no] = arms.map((arm): Execute => () => {
    const running = arm.resume(frame);
    for (let step = running.next(); ; step = running.next(doubt.derive())) {
      if (step.done) {
        arm.ended = true;
        return step.value;
      }
      machine.spend(1);
      arm.items.push(step.value);
      if (arm.items.length === MOST_AHEAD) {
        endless = arm.ended = true;
        return NORMAL;
      }
    }
  });
  const { place } = frame;
  const completion = forkStatement(frame, condition, yes, no);
  if (frame.pending !== undefined) giveUpOthers(frame);
  const joiner = new Joiner(machine, condition, place);
  // an arm that raised is not gone on with
  const [first, second] = arms.map(({ items }, index) => (arms[1 - index].ended && !arms[index].ended ? arms[1 - index].items : items));
  const shared = Math.min(first.length, second.length);
  for (let index = 0; index < shared; index++) yield joiner.join(first[index], second[index]);
  if ((first.length !== second.length || endless) && !cutFrames.has(frame)) cutFrames.set(frame, doubt);
  for (const item of [...first.slice(shared), ...second.slice(shared)]) yield item;
  return completion;
}

/** The paths that left while this one goes on are not followed: whoever iterates is told that the items may end here. */
function giveUpOthers(frame: Frame): void {
  const [{ condition }] = frame.pending!;
  for (let left = frame.pending!.length; left > 0; left--) keep();
  frame.pending = undefined;
  if (!cutFrames.has(frame)) cutFrames.set(frame, frame.machine.unknownFrom(condition));
}

function compileGeneratorTry(node: syntax.Try, context: Context): Resume {
  const body = compileGeneratorBlock(node.body, context);
  const plainHandlers = node.handlers.map((handler) => ({ ...compileHandler(handler, context, node.isStar), yields: handler.body.some(yieldsIn) }));
  const handlerBodies = node.handlers.map((handler) => compileGeneratorBlock(handler.body, context));
  const orElse = compileGeneratorBlock(node.orElse, context);
  const finallyBody = compileGeneratorBlock(node.finallyBody, context);
  function* guarded(frame: Frame): Generator<Value, Completion, Value> {
    let completion: Completion;
    try {
      completion = yield* body(frame);
    } catch (thrown) {
      if (!(thrown instanceof PythonError) || plainHandlers.length === 0) throw thrown;
      addTraceback(frame, thrown);
      frame.machine.frame = frame;
      let entered: PyException | undefined;
      let chosen = -1;
      const result = handle(frame, thrown, plainHandlers.map((handler, index) => ({
        ...handler,
        run: (inner, exception) => {
          if (!handler.yields) return handler.run(inner, exception);
          entered = exception;
          chosen = index;
          return NORMAL;
        },
      })));
      if (entered === undefined) return result;
      const { name } = node.handlers[chosen];
      if (name !== undefined) assignTarget(nameAt(name, node), context)(frame, entered);
      (frame.handling ??= []).push(entered);
      try {
        return yield* handlerBodies[chosen](frame);
      } finally {
        frame.handling.pop();
      }
    }
    return completion === NORMAL ? yield* orElse(frame) : completion;
  }
  return function* (frame) {
    let completion: Completion;
    try {
      completion = yield* guarded(frame);
    } catch (thrown) {
      if (!(thrown instanceof PythonError)) throw thrown;
      addTraceback(frame, thrown);
      frame.machine.frame = frame;
      const ended = yield* finallyBody(frame);
      if (ended !== NORMAL) return ended;
      throw thrown;
    }
    const { returned } = frame;
    const ended = yield* finallyBody(frame);
    if (ended !== NORMAL) return ended;
    frame.returned = returned;
    return completion;
  };
}

function compileGeneratorWith(node: syntax.With, index: number, context: Context): Resume {
  if (index === node.items.length) return compileGeneratorBlock(node.body, context);
  const enter = compileEnter(node, node.items[index], context);
  const body = compileGeneratorWith(node, index + 1, context);
  return function* (frame) {
    const exit = enter(frame);
    let completion: Completion;
    try {
      completion = yield* body(frame);
    } catch (thrown) {
      if (!(thrown instanceof PythonError)) throw thrown;
      addTraceback(frame, thrown);
      if (exit(thrown)) return NORMAL;
      throw thrown;
    }
    const { returned } = frame;
    exit(undefined);
    frame.returned = returned;
    return completion;
  };
}

/** Runs the yields of some expressions in order, innermost first, and keeps what they were answered for the expressions to read. */
function compileYields(nodes: readonly (syntax.Expression | undefined)[], context: Context): ((frame: Frame) => Generator<Value, void, Value>) | undefined {
  const found: (syntax.Yield | syntax.YieldFrom)[] = [];
  for (const node of nodes) collectYields(node, found);
  if (found.length === 0) return undefined;
  const compiled = found.map((node) => ({ node, value: node.value ? compile(node.value, context) : undefined }));
  return function* (frame) {
    const sent = frame.sent ??= new Map();
    for (const { node, value } of compiled) {
      const operand = value ? value(frame) : null;
      frame.at = node;
      if (node.type === 'Yield') sent.set(node, yield operand);
      else sent.set(node, yield* delegate(frame, operand));
    }
  };
}

function* delegate(frame: Frame, iterable: Value): Generator<Value, Value, Value> {
  const { machine } = frame;
  if (iterable instanceof PyGenerator) {
    let item = iterable.next();
    while (item !== undefined) {
      if (iterable.cut) cutFrames.set(frame, iterable.cut);
      item = iterable.next(yield item);
    }
    return iterable.returned;
  }
  const advance = machine.iterateOrUnknown(iterable);
  if (advance instanceof Unknown) {
    cutFrames.set(frame, advance);
    yield advance.derive();
    return null;
  }
  for (let item = advance(); item !== undefined; item = advance()) {
    machine.spend(1);
    if (advance.cut) cutFrames.set(frame, advance.cut);
    yield item;
  }
  return null;
}

/** Makes the object that drives a generator's body: frames switch as it is resumed. */
export function resumable(frame: Frame, start: () => Generator<Value, Completion, Value>): PyGenerator['body'] {
  const { machine } = frame;
  let generator: Generator<Value, Completion, Value> | undefined;
  let running = false;
  const step = (advance: (body: Generator<Value, Completion, Value>) => IteratorResult<Value, Completion>): { value: Value; done: boolean } => {
    if (running) throw machine.error(exceptions.ValueError, 'generator already executing');
    machine.enter();
    const caller = machine.frame;
    const depth = machine.pathDepth();
    machine.frame = frame;
    frame.caller = caller;
    running = true;
    try {
      const result = advance(generator ??= start());
      if (!result.done) return { value: result.value, done: false };
      const cut = cutFrames.get(frame);
      return { value: cut && frame.returned !== null ? cut.derive() : frame.returned, done: true };
    } catch (thrown) {
      if (thrown instanceof PythonError) {
        addTraceback(frame, thrown);
        // PEP 479
        if (thrown.exception.cls.isSubclassOf(exceptions.StopIteration)) {
          const error = machine.error(exceptions.RuntimeError, 'generator raised StopIteration');
          error.exception.cause = thrown.exception;
          throw error;
        }
      }
      throw thrown;
    } finally {
      running = false;
      machine.frame = caller;
      machine.forget(depth);
      machine.leave();
    }
  };
  return {
    get cut() {
      return cutFrames.get(frame);
    },
    next: (sent) => step((body) => body.next(sent)),
    throw: (error) => step((body) => body.throw(error)),
    close: () => {
      if (generator === undefined) return;
      try {
        const { done } = step((body) => body.throw(machine.error(exceptions.GeneratorExit)));
        if (!done) throw machine.error(exceptions.RuntimeError, 'generator ignored GeneratorExit');
      } catch (thrown) {
        if (!(thrown instanceof PythonError) || !thrown.exception.cls.isSubclassOf(exceptions.GeneratorExit)) throw thrown;
      }
    },
  };
}

function yieldsIn(node: syntax.Statement): boolean {
  switch (node.type) {
    case 'FunctionDef': case 'ClassDef': return false;
    case 'If': case 'While': return hasYield(node.test) || node.body.some(yieldsIn) || node.orElse.some(yieldsIn);
    case 'For': return hasYield(node.iterable) || node.body.some(yieldsIn) || node.orElse.some(yieldsIn);
    case 'With': return node.items.some((item) => hasYield(item.context)) || node.body.some(yieldsIn);
    case 'Try': return [node.body, node.orElse, node.finallyBody, ...node.handlers.map((handler) => handler.body)].some((block) => block.some(yieldsIn));
    case 'Match': return hasYield(node.subject) || node.cases.some((each) => each.body.some(yieldsIn));
    default: return expressionsOf(node).some(hasYield);
  }
}

/** Whether a yield stands in a `try` or `with`. */
function guardsYield(node: syntax.Statement): boolean {
  switch (node.type) {
    case 'With': case 'Try': return yieldsIn(node);
    case 'If': case 'While': case 'For': return [...node.body, ...node.orElse].some(guardsYield);
    case 'Match': return node.cases.some((each) => each.body.some(guardsYield));
    default: return false;
  }
}

function hasYield(node: syntax.Expression | undefined): boolean {
  const found: (syntax.Yield | syntax.YieldFrom)[] = [];
  collectYields(node, found);
  return found.length > 0;
}

function expressionsOf(node: syntax.Statement): (syntax.Expression | undefined)[] {
  switch (node.type) {
    case 'Expr': case 'Return': return [node.value];
    case 'Assign': return [node.value, ...node.targets];
    case 'AugAssign': return [node.target, node.value];
    case 'AnnAssign': return [node.value];
    case 'Raise': return [node.exception, node.cause];
    case 'Assert': return [node.test, node.message];
    case 'Delete': return [...node.targets];
    default: return [];
  }
}

/** Post-order: a yield's own operand may contain another. */
function collectYields(node: syntax.Expression | undefined, found: (syntax.Yield | syntax.YieldFrom)[]): void {
  if (node === undefined) return;
  const all = (nodes: readonly (syntax.Expression | undefined)[]): void => {
    for (const each of nodes) collectYields(each, found);
  };
  switch (node.type) {
    case 'Yield': case 'YieldFrom':
      collectYields(node.value, found);
      found.push(node);
      break;
    case 'BoolOp': all(node.values); break;
    case 'NamedExpr': case 'Attribute': case 'Starred': case 'Await': collectYields(node.value, found); break;
    case 'BinOp': all([node.left, node.right]); break;
    case 'UnaryOp': collectYields(node.operand, found); break;
    case 'IfExp': all([node.test, node.body, node.orElse]); break;
    case 'Dict': all(node.keys); all(node.values); break;
    case 'Set': case 'List': case 'Tuple': all(node.elements); break;
    case 'Compare': all([node.left, ...node.comparators]); break;
    case 'Call': all([node.function, ...node.arguments, ...node.keywords.map((keyword) => keyword.value)]); break;
    case 'Subscript': all([node.value, node.index]); break;
    case 'Slice': all([node.lower, node.upper, node.step]); break;
    case 'JoinedStr': for (const part of node.parts) if (typeof part !== 'string') collectYields(part.value, found); break;
    default:
  }
}
