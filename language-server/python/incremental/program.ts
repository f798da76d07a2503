/**
 * A user's file over its versions. Its top-level statements are kept from one version to the next where their text is the same, so that what is known
 * of them (compiled code, what running them did) is kept with them.
 */
import type { PathEntry, SourceFile } from '../interpreter-api.ts';
import { lineTable } from '../source/lines.ts';
import type { Changes, Journaled } from '../paths/journal.ts';
import { parseText } from '../parser/parse.ts';
import type * as syntax from '../source/syntax.ts';
import type { Dirt } from './dirt.ts';
import { GlobalNames, type NamesRead, type PyClass, PyModule, type Unknown, type Value } from '../values/index.ts';

/** What running a statement did, so that it need not run again where it would do the same. */
export interface Effects<Outcome> {
  readonly reads: NamesRead;
  /** The module's names that it bound; undefined: unbound. */
  readonly names: ReadonlyMap<string, Value | undefined>;
  /** What the objects hold since that the journal knows of. */
  readonly contents: Changes;
  /** Those of them that are older than this run of the statement. */
  readonly changes: ReadonlySet<Journaled>;
  readonly modules: readonly (readonly [string, PyModule | Unknown])[];
  readonly subclasses: readonly (readonly [PyClass, PyClass])[];
  readonly pathBefore: readonly PathEntry[];
  readonly pathAdded: readonly PathEntry[];
  readonly outcome: Outcome;
}

/** A top-level statement. */
export interface Part<Outcome> {
  readonly statement: syntax.Statement;
  /** A module of this statement alone. */
  readonly tree: syntax.Module;
  /** From the first decorator to the end. */
  readonly text: string;
  /** Grows from part to part, in wide steps: tensors that a part makes are numbered from here. */
  readonly order: number;
  /** Undefined before it has run, and where what it did cannot be told. */
  effects: Effects<Outcome> | undefined;
  ran: boolean;
  /** No longer in the text: what it did is still to be reckoned with. */
  removed: boolean;
  /** What an analysis that was cancelled here found different before this part. */
  dirt: Dirt | undefined;
}

const widest = 2 ** 51;
/** As many tensors and calls may one part make. */
const narrowest = 2 ** 24;

export class Program<Outcome> {
  readonly file: SourceFile & { text: string; tree: syntax.Module };
  readonly name: string;
  readonly packageName: string;
  /** Those of the text and, where they stood, those that were removed since the last run that was not cancelled. */
  parts: Part<Outcome>[] = [];
  module!: PyModule & { attributes: GlobalNames };
  /** Changes where a kept part moves to other lines. */
  layout = 0;
  /** Set where what a run did cannot be taken apart: the next one begins anew. */
  isWhole = false;

  constructor(path: string, name: string, packageName: string) {
    this.file = { path, text: '', user: true, tree: { type: 'Module', start: 0, end: 0, body: [], errors: [] } };
    this.name = name;
    this.packageName = packageName;
    this.reset();
  }

  /** Forgets what was run. */
  reset(): void {
    const attributes = new GlobalNames();
    this.module = new PyModule(this.name, attributes) as Program<Outcome>['module'];
    attributes.set('__file__', this.file.path);
    attributes.set('__package__', this.packageName);
    attributes.set('__builtins__', null);
    this.isWhole = false;
    this.parts = this.parts.filter((part) => !part.removed).map((part) => ({ ...part, effects: undefined, ran: false, dirt: undefined }));
  }

  /** Takes a new version of the text. */
  update(text: string): void {
    if (text === this.file.text && this.parts.length > 0) return;
    const tree = parseText(text);
    const broken = tree.errors.length > 0 || this.file.tree.errors.length > 0;
    const before = this.parts;
    const texts = tree.body.map((statement) => text.slice(startOf(statement), statement.end));
    const [positionBefore, position] = [lineTable(this.file.text), lineTable(text)];
    const matches = match(before, texts, (part, index) => !broken || sameTree(part.statement, tree.body[index], tree.body[index].start - part.statement.start));
    const parts: Part<Outcome>[] = [];
    let at = 0;
    matches.forEach((found, index) => {
      const statement = tree.body[index];
      if (found === undefined) {
        parts.push({ statement, tree: moduleOf(statement), text: texts[index], order: 0, effects: undefined, ran: false, removed: false, dirt: undefined });
        return;
      }
      parts.push(...left(before.slice(at, found)));
      const part = before[found];
      at = found + 1;
      const moved = statement.start - part.statement.start;
      if (moved !== 0) {
        const [old, now] = [positionBefore.position(part.statement.start), position.position(statement.start)];
        if (old.line !== now.line || old.column !== now.column) this.layout++;
        move(part.tree, moved);
      }
      parts.push(part);
    });
    parts.push(...left(before.slice(at)));
    this.file.text = text;
    this.parts = parts;
    const body = parts.filter(({ removed }) => !removed).map(({ statement }) => statement);
    this.file.tree = { ...tree, body };
    this.#number();
  }

  /** Gives new parts numbers between those of their neighbours; where there is no room, all anew. */
  #number(): void {
    const present = this.parts.filter(({ removed }) => !removed) as (Part<Outcome> & { order: number })[];
    for (let at = 0; at < present.length; at++) {
      if (present[at].order > 0) continue;
      let end = at;
      while (end < present.length && present[end].order === 0) end++;
      const low = at === 0 ? narrowest : present[at - 1].order;
      const high = end === present.length ? widest : present[end].order;
      // behind the last part there is room for what people write next
      const step = Math.floor((high - low) / (end - at + (end === present.length ? 2 : 1)) / (end === present.length ? 2 : 1));
      if (step < narrowest) {
        this.parts = present;
        this.reset();
        this.parts.forEach((part, index) => Object.assign(part, { order: narrowest + (index + 1) * Math.floor(widest / (2 * (present.length + 2))) }));
        return;
      }
      for (let index = at; index < end; index++) present[index].order = low + (index - at + 1) * step;
    }
  }
}

/** Parts that the text no longer has; those that never ran leave nothing behind. */
function left<Outcome>(parts: readonly Part<Outcome>[]): Part<Outcome>[] {
  const kept = parts.filter(({ ran, dirt }) => ran || dirt !== undefined);
  for (const part of kept) part.removed = true;
  return kept;
}

/** For each new statement the old part that it is, in order: by their beginning, by their end, and by what stands between in its order. */
function match<Outcome>(parts: readonly Part<Outcome>[], texts: readonly string[], fits: (part: Part<Outcome>, index: number) => boolean): (number | undefined)[] {
  const found = new Array<number | undefined>(texts.length).fill(undefined);
  const same = (part: number, index: number): boolean => !parts[part].removed && parts[part].text === texts[index] && fits(parts[part], index);
  let first = 0;
  while (first < texts.length && first < parts.length && same(first, first)) {
    found[first] = first;
    first++;
  }
  let last = 0;
  while (last < texts.length - first && last < parts.length - first && same(parts.length - 1 - last, texts.length - 1 - last)) {
    found[texts.length - 1 - last] = parts.length - 1 - last;
    last++;
  }
  let from = first;
  for (let index = first; index < texts.length - last; index++) {
    for (let part = from; part < parts.length - last; part++) {
      if (!same(part, index)) continue;
      found[index] = part;
      from = part + 1;
      break;
    }
  }
  return found;
}

function moduleOf(statement: syntax.Statement): syntax.Module {
  return { type: 'Module', start: statement.start, end: statement.end, body: [statement], errors: [] };
}

function startOf(statement: syntax.Statement): number {
  if (statement.type !== 'FunctionDef' && statement.type !== 'ClassDef') return statement.start;
  return Math.min(statement.start, ...statement.decorators.map(({ start }) => start));
}

/** Moves a tree to where its text stands now. */
function move(node: object, by: number): void {
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if ('start' in value) {
      const span = value as { start: number; end: number };
      span.start += by;
      span.end += by;
    }
    for (const key in value) visit((value as Record<string, unknown>)[key]);
  };
  visit(node);
}

/** Whether two trees are one but for where they stand. */
function sameTree(left: unknown, right: unknown, by: number): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => {
    const [a, b] = [(left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]];
    return key === 'start' || key === 'end' ? (a as number) + by === b : sameTree(a, b, by);
  });
}
