/** Runs a program, but for the statements that would do what they did before: those have their effects put back. */
import { Dirt } from './dirt.ts';
import type { Frame } from '../compilation/code.ts';
import { contextOf, topFrame } from '../imports.ts';
import type { Machine } from '../interpreter.ts';
import { begin, type Changes, epoch, type Journaled, redo, writesSoFar } from '../paths/journal.ts';
import { runStatement, type StatementEnd } from '../modules.ts';
import type { Effects, Part, Program } from './program.ts';
import { compileStatement } from '../compilation/statements.ts';
import { Attributes, PyGenerator, PyIterator, type Value } from '../values/index.ts';

/** Whoever listens to a run, part by part. */
export interface PartWatcher<Outcome> {
  /** A part begins to run; its tensors are numbered from here. */
  begin(order: number): void;
  /** It has ended: what was heard. */
  end(): Outcome;
  /** Whether it would be heard again if the part ran now. */
  wouldRepeat(outcome: Outcome): boolean;
  /** The part is not run: the same has happened again. */
  repeat(outcome: Outcome): void;
}

/** Runs the parts in epochs of their own, which are left open. Gives what differs from the last run that was not cancelled. */
export function runProgram<Outcome>(machine: Machine, program: Program<Outcome>, watcher: PartWatcher<Outcome>): Dirt {
  const dirt = new Dirt();
  const { attributes } = program.module;
  const [first] = program.file.tree.body;
  const doc = first?.type === 'Expr' && first.value.type === 'Constant' && first.value.value.kind === 'str' ? first.value.value.value : null;
  if (attributes.get('__doc__') !== doc) {
    attributes.set('__doc__', doc);
    dirt.names.add('__doc__');
  }
  const { parts } = program;
  let at = 0;
  try {
    for (; at < parts.length; at++) {
      const part = parts[at];
      if (part.dirt) dirt.add(part.dirt);
      if (part.removed) {
        if (part.ran && !part.effects) dirt.everything = true;
        dirt.replace(part.effects, undefined);
      } else if (part.effects && isAsItWas(machine, part.effects, dirt) && watcher.wouldRepeat(part.effects.outcome)) {
        begin();
        watcher.repeat(part.effects.outcome);
        putBack(machine, program, part.effects);
        for (const name of part.effects.names.keys()) dirt.names.delete(name);
      } else {
        const { effects } = part;
        const now = run(machine, program, part, watcher);
        if (part.ran && !effects || !now) dirt.everything = true;
        else dirt.replace(effects, now);
        part.effects = now;
        part.ran = true;
        // from here on, any name that is not found may come from a module that cannot be read
        if (machine.starImports.has(attributes)) dirt.everything = true;
      }
    }
  } catch (error) {
    // the next run goes on from here with what is known until now
    parts[at].dirt = dirt;
    for (const part of parts.slice(0, at)) part.dirt = undefined;
    program.parts = [...parts.slice(0, at).filter(({ removed }) => !removed), ...parts.slice(at)];
    throw error;
  }
  for (const part of parts) part.dirt = undefined;
  program.parts = parts.filter(({ removed }) => !removed);
  return dirt;
}

function isAsItWas<Outcome>(machine: Machine, effects: Effects<Outcome>, dirt: Dirt): boolean {
  const path = machine.path();
  return dirt.spares(effects.reads) && path.length === effects.pathBefore.length && path.every((decision, index) => decision === effects.pathBefore[index]);
}

function putBack<Outcome>(machine: Machine, program: Program<Outcome>, effects: Effects<Outcome>): void {
  redo(effects.contents);
  const { attributes } = program.module;
  for (const [name, value] of effects.names) {
    if (value === undefined) attributes.delete(name);
    else attributes.set(name, value);
  }
  for (const [name, module] of effects.modules) machine.modules.set(name, module);
  for (const [base, cls] of effects.subclasses) {
    machine.addSubclass(base, cls);
    // while it was out of the list it was not told of changes
    cls.changed();
  }
  machine.assumeAgain(effects.pathAdded);
}

function run<Outcome>(machine: Machine, program: Program<Outcome>, part: Part<Outcome>, watcher: PartWatcher<Outcome>): Effects<Outcome> | undefined {
  const { file, module } = program;
  const { attributes } = module;
  const execute = compileStatement(part.statement, contextOf(file, part.tree));
  const modules = machine.modules.size;
  const subclasses = machine.linkedSubclasses.length;
  const pathBefore = [...machine.path()];
  begin();
  const own = epoch;
  watcher.begin(part.order);
  let end: StatementEnd = 'done';
  const { reads, writes: written } = attributes.watch(() => {
    const frame: Frame = topFrame(machine, module, file, part.tree);
    end = runStatement(machine, frame, execute, part.statement);
  });
  const outcome = watcher.end();
  const writes = writesSoFar();
  const contents: Changes = new Map();
  const changes = new Set<Journaled>();
  const bound = new Set(written.names);
  const stamps = new Map(writes.map(({ object, stamp }) => [object, stamp]));
  for (const { object, before, stamp } of writes) {
    if (object === attributes) for (const name of difference(before as ReadonlyMap<string, Value>, attributes.snapshot() as ReadonlyMap<string, Value>)) bound.add(name);
    else {
      contents.set(object, object.snapshot());
      if (stamp < own && !belongsToNew(object, own, stamps)) changes.add(object);
    }
    // its body has run on: that is not to be taken back and done again
    if (object instanceof PyGenerator || object instanceof PyIterator) program.isWhole = true;
  }
  if ((end as StatementEnd) === 'stopped') return undefined;
  // what an arm leaves as it was, it has read
  if (written.forked) for (const name of bound) reads.names.add(name);
  const now = attributes.snapshot() as ReadonlyMap<string, Value>;
  return {
    reads, names: new Map([...bound].map((name) => [name, now.get(name)])), contents, changes, outcome, pathBefore,
    pathAdded: machine.path().slice(pathBefore.length),
    modules: [...machine.modules].slice(modules),
    subclasses: machine.linkedSubclasses.slice(subclasses),
  };
}

/** The `__dict__` of an object that is itself new: it is made with the stamp of an old one. */
function belongsToNew(object: Journaled, since: number, stamps: ReadonlyMap<Journaled, number>): boolean {
  if (!(object instanceof Attributes) || object.owner === undefined || !('stamp' in object.owner)) return false;
  const owner = object.owner as unknown as Journaled;
  return (stamps.get(owner) ?? owner.stamp) >= since;
}

function difference(before: ReadonlyMap<string, Value>, now: ReadonlyMap<string, Value>): string[] {
  return [...[...before.keys()].filter((name) => !now.has(name)), ...[...now.keys()].filter((name) => !before.has(name) || before.get(name) !== now.get(name))];
}
