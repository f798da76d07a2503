/** Joining the values and the states that the arms of a fork left. */
import type { Machine } from '../interpreter.ts';
import { Frame } from '../compilation/code.ts';
import type { Place } from '../interpreter-api.ts';
import type { Changes, Journaled } from './journal.ts';
import type { HashKey } from '../operations/hashing.ts';
import { Attributes, Cell, classes, Condition, type PyClass, typeOf, type Entry, PyDict, PyFloat, PyInstance, PyList, PyMethod, PySet, PyTuple, Unknown, type Undecided, type Value } from '../values/index.ts';

export class Joiner {
  /** Whether a join gave anything but its second side. */
  changed = false;
  protected readonly machine: Machine;
  private readonly condition: Undecided;
  private readonly place: Place;
  private readonly widen: boolean;

  constructor(machine: Machine, condition: Undecided, place: Place, widen = false) {
    this.machine = machine;
    this.condition = condition;
    this.place = place;
    this.widen = widen;
  }

  /** For every object that either side changed: what it holds afterwards. */
  joinChanges(whenTrue: Changes, whenFalse: Changes): Changes {
    const joined: Changes = new Map();
    for (const object of new Set([...whenTrue.keys(), ...whenFalse.keys()])) {
      const base = object.snapshot();
      const yes = whenTrue.has(object) ? whenTrue.get(object) : base;
      const no = whenFalse.has(object) ? whenFalse.get(object) : base;
      joined.set(object, yes === no ? no : this.joinContents(object, yes, no));
    }
    return joined;
  }

  join(whenTrue: Value, whenFalse: Value): Value {
    if (same(whenTrue, whenFalse)) return whenFalse;
    this.changed = true;
    if (whenFalse instanceof Unknown) {
      // both unknown: nothing new, so that loops settle
      if (whenTrue instanceof Unknown && (whenTrue.type === whenFalse.type || whenFalse.type === undefined)) this.changed = false;
      return whenFalse.type === undefined ? whenFalse : whenFalse.derive(sharedType(whenTrue, whenFalse));
    }
    if (whenTrue instanceof Unknown) return whenTrue.type === undefined ? whenTrue : whenTrue.derive(sharedType(whenTrue, whenFalse));
    const hosted = this.machine.host.join?.(this.condition, whenTrue, whenFalse, this.place);
    if (hosted !== undefined) return hosted;
    if (typeof whenTrue === 'boolean' && typeof whenFalse === 'boolean' && this.condition instanceof Condition && !this.widen) {
      return whenTrue ? this.condition : this.machine.not(this.condition);
    }
    if (whenTrue instanceof PyTuple && whenFalse instanceof PyTuple && whenTrue.items.length === whenFalse.items.length && whenTrue.cls === whenFalse.cls) {
      const joined = new PyTuple(whenTrue.items.map((item, index) => this.join(item, whenFalse.items[index])), whenTrue.cls);
      joined.attributes = whenTrue.attributes;
      return joined;
    }
    if (whenTrue instanceof PyList && whenFalse instanceof PyList && !whenTrue.blurred && !whenFalse.blurred && whenTrue.items.length === whenFalse.items.length) {
      return new PyList(whenTrue.items.map((item, index) => this.join(item, whenFalse.items[index])), whenTrue.cls);
    }
    if (whenTrue instanceof PyMethod && whenFalse instanceof PyMethod && same(whenTrue.function, whenFalse.function)) {
      return new PyMethod(whenTrue.function, this.join(whenTrue.self, whenFalse.self));
    }
    return this.differs(sharedType(whenTrue, whenFalse));
  }

  /** A value that may be missing: reading it where it is would have failed, so the other side is what a reader gets. */
  protected joinOptional(whenTrue: Value | undefined, whenFalse: Value | undefined): Value | undefined {
    if (whenTrue === undefined || whenFalse === undefined) {
      if (whenTrue !== whenFalse && whenFalse === undefined) this.changed = true;
      return whenTrue ?? whenFalse;
    }
    return this.join(whenTrue, whenFalse);
  }

  private differs(type?: PyClass): Unknown {
    if (this.condition instanceof Unknown && this.condition.reason.startsWith('it differs between')) return this.condition.derive(type);
    return this.machine.unknown(this.widen ? 'it changes in a loop whose length is not known' : `it differs between the branches of ${this.machine.describe(this.condition)}`).derive(type);
  }

  joinContents(object: Journaled, whenTrue: unknown, whenFalse: unknown): unknown {
    if (object instanceof Frame) return this.joinFrames(whenTrue as Frame, whenFalse as Frame);
    if (object instanceof Cell) return this.joinOptional(whenTrue as Value | undefined, whenFalse as Value | undefined);
    if (object instanceof Attributes) return this.joinAttributes(object, whenTrue as Map<string, Value>, whenFalse as Map<string, Value>);
    if (object instanceof PyList) return this.joinLists(whenTrue as PyList, whenFalse as PyList);
    if (object instanceof PyDict) return this.joinDicts(whenTrue as PyDict, whenFalse as PyDict);
    if (object instanceof PySet) return this.joinSets(whenTrue as PySet, whenFalse as PySet);
    if (object instanceof PyInstance) return this.joinInstances(object, whenTrue as PyInstance, whenFalse as PyInstance);
    if (object.merge) return object.merge(whenTrue, whenFalse, (a, b) => this.join(a as Value, b as Value));
    return whenTrue;
  }

  private joinFrames(whenTrue: Frame, whenFalse: Frame): unknown {
    return {
      locals: whenTrue.locals.map((value, index) => this.joinOptional(value, whenFalse.locals[index])),
      cells: whenFalse.cells,
    };
  }

  private joinAttributes(object: Attributes, whenTrue: Map<string, Value>, whenFalse: Map<string, Value>): Map<string, Value> {
    const joined = new Map<string, Value>();
    for (const name of new Set([...whenFalse.keys(), ...whenTrue.keys()])) {
      const fallback = object.fallback(name);
      // None is null, so that `??` would pass it over
      const value = this.joinOptional(whenTrue.has(name) ? whenTrue.get(name) : fallback, whenFalse.has(name) ? whenFalse.get(name) : fallback);
      if (value !== undefined) joined.set(name, value);
    }
    return joined;
  }

  protected joinLists(whenTrue: PyList, whenFalse: PyList): unknown {
    const blurred = whenTrue.blurred ?? whenFalse.blurred;
    if (blurred) {
      if (!whenFalse.blurred) this.changed = true;
      return { items: [], blurred };
    }
    if (whenTrue.items.length !== whenFalse.items.length) {
      this.changed = true;
      return { items: [], blurred: this.differs() };
    }
    return { items: whenTrue.items.map((item, index) => this.join(item, whenFalse.items[index])), blurred: undefined };
  }

  protected joinDicts(whenTrue: PyDict, whenFalse: PyDict): unknown {
    const entries = new Map<HashKey, Entry>();
    for (const key of new Set([...whenFalse.entries.keys(), ...whenTrue.entries.keys()])) {
      const yes = whenTrue.entries.get(key);
      const no = whenFalse.entries.get(key);
      // whether the key is there can be asked: a key of one side only has no known value
      if (!no) this.changed = true;
      entries.set(key, { key: (yes ?? no)!.key, value: yes && no ? this.join(yes.value, no.value) : this.differs() });
    }
    return { entries, blurred: whenTrue.blurred ?? whenFalse.blurred };
  }

  protected joinSets(whenTrue: PySet, whenFalse: PySet): unknown {
    const equal = whenTrue.entries.size === whenFalse.entries.size && [...whenTrue.entries.keys()].every((key) => whenFalse.entries.has(key));
    const blurred = whenTrue.blurred ?? whenFalse.blurred ?? (equal ? undefined : this.differs());
    if (blurred && !whenFalse.blurred) this.changed = true;
    return { entries: whenFalse.entries, blurred };
  }

  protected joinInstances(object: PyInstance, whenTrue: PyInstance, whenFalse: PyInstance): unknown {
    const blurred = whenTrue.blurred ?? whenFalse.blurred;
    const escaped = whenTrue.escaped || whenFalse.escaped;
    if (whenTrue.payload === whenFalse.payload && whenTrue.cls === whenFalse.cls) return { ...whenFalse, blurred, escaped };
    const payload = this.machine.host.joinPayloads?.(this.condition, object, whenTrue.payload, whenFalse.payload, this.place);
    return { cls: whenFalse.cls, payload: payload ?? whenTrue.payload, blurred, escaped };
  }
}

/**
 * What a round of a loop left against what it began with, where the round stands for an unknown number of them: numbers and texts that
 * changed, and lists, dicts and sets that grew or shrank, are not known; everything else is as the round left it.
 */
export class Repetition extends Joiner {
  override join(after: Value, before: Value): Value {
    if (same(after, before)) return before;
    const type = sharedType(after, before);
    return type === undefined ? after : this.#unknown().derive(type);
  }

  protected override joinLists(after: PyList, before: PyList): unknown {
    if (after.blurred || after.items.length === before.items.length) return after;
    return { items: [], blurred: this.#unknown() };
  }

  protected override joinDicts(after: PyDict, before: PyDict): unknown {
    return after.entries.size === before.entries.size ? after : { entries: after.entries, blurred: after.blurred ?? this.#unknown() };
  }

  protected override joinSets(after: PySet, before: PySet): unknown {
    return after.entries.size === before.entries.size ? after : { entries: after.entries, blurred: after.blurred ?? this.#unknown() };
  }

  protected override joinInstances(_object: PyInstance, after: PyInstance): unknown {
    return after;
  }

  #unknown(): Unknown {
    return this.machine.unknown('it changes in a loop whose length is not known');
  }
}

/** The class of two plain values that both have it. */
function sharedType(left: Value, right: Value): PyClass | undefined {
  const type = typeOf(left);
  return type === typeOf(right) && (type === classes.int || type === classes.float || type === classes.bool || type === classes.str) ? type : undefined;
}

function same(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left instanceof PyFloat && right instanceof PyFloat) return Object.is(left.value, right.value);
  if (left instanceof PyMethod && right instanceof PyMethod) return left.self === right.self && left.function === right.function;
  if (left instanceof PyTuple && right instanceof PyTuple) {
    return left.cls === right.cls && left.items.length === right.items.length && left.items.every((item, index) => same(item, right.items[index]));
  }
  return false;
}
