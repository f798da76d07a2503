/** The module `re`. */
import { Script } from 'node:vm';
import { type Interpreter, type NativeModule, NotKnown } from '../interpreter-api.ts';
import { classMethod, getter, method, native } from '../native.ts';
import { classes, exceptions } from '../values/builtin-classes.ts';
import { plain, PyClass, PyDict, PyInstance, PyIterator, PyList, PyTuple, type Value, typeOf } from '../values/index.ts';
import { flagBits, NotTranslated, PatternError, translate, type Translation } from './regular-expression.ts';

interface Compiled {
  readonly pattern: string;
  readonly translation: Translation;
  readonly expression: RegExp;
}

interface Found {
  readonly compiled: PyInstance;
  readonly text: string;
  readonly match: RegExpExecArray;
  readonly from: number;
  readonly to: number;
}

const Pattern = new PyClass('Pattern', [classes.object], { immutable: true, module: 're' });
const Match = new PyClass('Match', [classes.object], { immutable: true, module: 're' });
const ReError = new PyClass('error', [exceptions.Exception], { immutable: true, module: 're' });
for (const cls of [Pattern, Match]) classMethod(cls, '__class_getitem__', 'item', (_interpreter, self: Value) => self);

const kept = new Map<string, Compiled>();

function compile(interpreter: Interpreter, pattern: Value, flags: Value = 0): PyInstance {
  if (pattern instanceof PyInstance && pattern.cls === Pattern) return pattern;
  const text = plain(pattern);
  if (typeof text !== 'string') {
    if (typeOf(pattern) === classes.bytes) throw new NotKnown(interpreter.unknown('a regular expression over bytes'));
    throw interpreter.error(exceptions.TypeError, 'first argument must be string or compiled pattern');
  }
  const bits = interpreter.toNumber(flags);
  const key = `${bits}:${text}`;
  let compiled = kept.get(key);
  if (!compiled) kept.set(key, compiled = make(interpreter, text, bits));
  return new PyInstance(Pattern, compiled);
}

function make(interpreter: Interpreter, pattern: string, flags: number): Compiled {
  try {
    const translation = translate(pattern, flags);
    const letters = `d${translation.flags & flagBits.IGNORECASE ? 'i' : ''}`;
    return { pattern, translation, expression: new RegExp(translation.source, `${letters}y`) };
  } catch (thrown) {
    if (thrown instanceof PatternError) throw interpreter.error(ReError, `${thrown.message} at position ${thrown.position}`);
    if (thrown instanceof NotTranslated || thrown instanceof SyntaxError) throw new NotKnown(interpreter.unknown('a regular expression that is not followed'));
    throw thrown;
  }
}

const inside = (self: PyInstance): Compiled => self.payload as Compiled;
const found = (self: PyInstance): Found => self.payload as Found;

function subject(interpreter: Interpreter, value: Value): string {
  const text = plain(value);
  if (typeof text === 'string') return text;
  throw interpreter.error(exceptions.TypeError, `expected string or bytes-like object, got '${typeOf(value).name}'`);
}

type Mode = 'match' | 'fullmatch' | 'search';

function execute(interpreter: Interpreter, self: PyInstance, text: string, mode: Mode, from = 0, to = text.length): PyInstance | null {
  const { translation, expression } = inside(self);
  const letters = expression.flags.replace('y', '');
  const part = to < text.length ? text.slice(0, to) : text;
  const source = mode === 'fullmatch' ? `(?:${translation.source})(?![\\s\\S])` : translation.source;
  const run = mode === 'match' ? expression : new RegExp(source, letters + (mode === 'search' ? 'g' : 'y'));
  interpreter.spend(1 + part.length / 100);
  run.lastIndex = from;
  const match = search(interpreter, run, part);
  return match ? new PyInstance(Match, { compiled: self, text, match, from, to } satisfies Found) : null;
}

/** Searches that may try every way to divide a text take longer than any patience: they are given so many milliseconds. */
const longestSearch = 100;
/** A repeated group, or a long text. */
const mayTakeLong = (expression: RegExp, text: string): boolean => text.length > 10_000 || /\)[*+{]/.test(expression.source);
const searching = new Script('expression.exec(text)');

function search(interpreter: Interpreter, expression: RegExp, text: string): RegExpExecArray | null {
  if (!mayTakeLong(expression, text)) return expression.exec(text);
  try {
    return searching.runInNewContext({ expression, text }, { timeout: longestSearch }) as RegExpExecArray | null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new NotKnown(interpreter.unknown('a search that takes too long to follow'));
    throw error;
  }
}

/** Matches one behind the other; after an empty match the search moves on by one. */
function* everyMatch(interpreter: Interpreter, self: PyInstance, text: string): Generator<PyInstance> {
  for (let at = 0; at <= text.length;) {
    const match = execute(interpreter, self, text, 'search', at);
    if (!match) return;
    yield match;
    const { index, 0: all } = found(match).match;
    at = index + Math.max(1, all.length);
  }
}

function groupNumber(interpreter: Interpreter, self: PyInstance, key: Value): number {
  const { translation } = inside(found(self).compiled);
  const index = typeof key === 'string' ? translation.names.get(key) : interpreter.toNumber(key);
  if (index === undefined || index < 0 || index > translation.groups) throw interpreter.error(exceptions.IndexError, 'no such group');
  return index;
}

function groupText(self: PyInstance, index: number, otherwise: Value = null): Value {
  return found(self).match[index] ?? otherwise;
}

for (const mode of ['match', 'fullmatch', 'search'] as const) {
  method(Pattern, mode, 'string, pos=, endpos=', (interpreter, self: PyInstance, text: Value, from: Value = 0, to: Value | undefined) => (
    execute(interpreter, self, subject(interpreter, text), mode, interpreter.toNumber(from), to === undefined ? undefined : interpreter.toNumber(to))));
}
method(Pattern, 'finditer', 'string', (interpreter, self: PyInstance, text: Value) => {
  const matches = everyMatch(interpreter, self, subject(interpreter, text));
  return new PyIterator(() => matches.next().value as Value | undefined);
});
method(Pattern, 'findall', 'string', (interpreter, self: PyInstance, text: Value) => {
  const { groups } = inside(self).translation;
  return new PyList([...everyMatch(interpreter, self, subject(interpreter, text))].map((match) => {
    if (groups < 2) return groupText(match, groups, '');
    return new PyTuple(Array.from({ length: groups }, (_, i) => groupText(match, i + 1, '')));
  }));
});
method(Pattern, 'sub', 'repl, string, count=', (interpreter, self: PyInstance, by: Value, text: Value, count: Value = 0) => substitute(interpreter, self, by, text, count)[0]);
method(Pattern, 'subn', 'repl, string, count=', (interpreter, self: PyInstance, by: Value, text: Value, count: Value = 0) => new PyTuple(substitute(interpreter, self, by, text, count)));
method(Pattern, 'split', 'string, maxsplit=', (interpreter, self: PyInstance, value: Value, most: Value = 0) => {
  const text = subject(interpreter, value);
  const limit = interpreter.toNumber(most);
  const pieces: Value[] = [];
  let at = 0;
  let count = 0;
  for (const match of everyMatch(interpreter, self, text)) {
    if (limit > 0 && count++ >= limit) break;
    const { index, 0: all } = found(match).match;
    pieces.push(text.slice(at, index));
    for (let i = 1; i <= inside(self).translation.groups; i++) pieces.push(groupText(match, i));
    at = index + all.length;
  }
  return new PyList([...pieces, text.slice(at)]);
});
getter(Pattern, 'pattern', (_interpreter, self: PyInstance) => inside(self).pattern);
getter(Pattern, 'flags', (_interpreter, self: PyInstance) => inside(self).translation.flags | flagBits.UNICODE);
getter(Pattern, 'groups', (_interpreter, self: PyInstance) => inside(self).translation.groups);
getter(Pattern, 'groupindex', (_interpreter, self: PyInstance) => PyDict.of(inside(self).translation.names));
method(Pattern, '__repr__', '', (interpreter, self: PyInstance) => `re.compile(${interpreter.repr(inside(self).pattern)})`);
method(Pattern, '__deepcopy__', 'memo', (_interpreter, self: PyInstance) => self);

function substitute(interpreter: Interpreter, self: PyInstance, by: Value, value: Value, count: Value): [string, number] {
  const text = subject(interpreter, value);
  const limit = interpreter.toNumber(count);
  let result = '';
  let at = 0;
  let done = 0;
  for (const match of everyMatch(interpreter, self, text)) {
    if (limit > 0 && done >= limit) break;
    const { index, 0: all } = found(match).match;
    const template = plain(by);
    const replacement = typeof template === 'string' ? expand(interpreter, match, template) : subject(interpreter, interpreter.call(by, [match]));
    result += text.slice(at, index) + replacement;
    at = index + all.length;
    done++;
  }
  return [result + text.slice(at), done];
}

const templateEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07', b: '\b', '\\': '\\' };

/** `match.expand(template)`. */
function expand(interpreter: Interpreter, match: PyInstance, template: string): string {
  return template.replace(/\\(?:g<([^>]*)>|(\d{1,2})|([\s\S]))/g, (_all, name: string | undefined, number: string | undefined, letter: string | undefined) => {
    if (letter !== undefined) {
      if (letter in templateEscapes) return templateEscapes[letter];
      if (/[a-zA-Z]/.test(letter)) throw interpreter.error(ReError, `bad escape \\${letter} at position 0`);
      return `\\${letter}`;
    }
    const key = number ?? name ?? '';
    const text = groupText(match, groupNumber(interpreter, match, /^\d+$/.test(key) ? Number(key) : key));
    return typeof text === 'string' ? text : '';
  });
}

method(Match, 'group', '*groups', (interpreter, self: PyInstance, keys: Value[]) => {
  const texts = (keys.length === 0 ? [0] : keys).map((key) => groupText(self, groupNumber(interpreter, self, key)));
  return texts.length === 1 ? texts[0] : new PyTuple(texts);
});
method(Match, '__getitem__', 'key', (interpreter, self: PyInstance, key: Value) => groupText(self, groupNumber(interpreter, self, key)));
method(Match, 'groups', 'default=', (_interpreter, self: PyInstance, otherwise: Value = null) => (
  new PyTuple(Array.from({ length: inside(found(self).compiled).translation.groups }, (_, i) => groupText(self, i + 1, otherwise)))));
method(Match, 'groupdict', 'default=', (_interpreter, self: PyInstance, otherwise: Value = null) => (
  PyDict.of([...inside(found(self).compiled).translation.names].map(([name, index]) => [name, groupText(self, index, otherwise)] as const))));
method(Match, 'expand', 'template', (interpreter, self: PyInstance, template: Value) => expand(interpreter, self, subject(interpreter, template)));

function spanOf(interpreter: Interpreter, self: PyInstance, key: Value): readonly [number, number] {
  const { match } = found(self);
  return match.indices?.[groupNumber(interpreter, self, key)] ?? [-1, -1];
}
method(Match, 'start', 'group=', (interpreter, self: PyInstance, key: Value = 0) => spanOf(interpreter, self, key)[0]);
method(Match, 'end', 'group=', (interpreter, self: PyInstance, key: Value = 0) => spanOf(interpreter, self, key)[1]);
method(Match, 'span', 'group=', (interpreter, self: PyInstance, key: Value = 0) => new PyTuple(spanOf(interpreter, self, key)));
getter(Match, 'string', (_interpreter, self: PyInstance) => found(self).text);
getter(Match, 're', (_interpreter, self: PyInstance) => found(self).compiled);
getter(Match, 'pos', (_interpreter, self: PyInstance) => found(self).from);
getter(Match, 'endpos', (_interpreter, self: PyInstance) => found(self).to);
getter(Match, 'lastindex', (_interpreter, self: PyInstance) => lastIndex(self) || null);
getter(Match, 'lastgroup', (_interpreter, self: PyInstance) => {
  const last = lastIndex(self);
  return [...inside(found(self).compiled).translation.names].find(([, index]) => index === last)?.[0] ?? null;
});
method(Match, '__repr__', '', (interpreter, self: PyInstance) => {
  const [start, end] = spanOf(interpreter, self, 0);
  return `<re.Match object; span=(${start}, ${end}), match=${interpreter.repr(found(self).match[0])}>`;
});

/** The group that closed last: of those that matched, the one that ends furthest, the outer one of two. */
function lastIndex(self: PyInstance): number {
  const { match } = found(self);
  let last = 0;
  for (let i = 1; i < match.length; i++) if (match[i] !== undefined && (last === 0 || (match.indices?.[i]?.[1] ?? 0) > (match.indices?.[last]?.[1] ?? 0))) last = i;
  return last;
}

function shortcut(name: string, signature: string): [string, Value] {
  return [name, native(name, `pattern, ${signature}, flags=`, (interpreter, pattern: Value, ...rest) => {
    const flags = rest.length > signature.split(',').length ? rest.pop() as Value | undefined : undefined;
    const given = rest.map((each) => each as Value | undefined);
    while (given.length > 0 && given[given.length - 1] === undefined) given.pop();
    return interpreter.callMethod(compile(interpreter, pattern, flags ?? 0), name, given as Value[]);
  })];
}

export const reModule: NativeModule = {
  load: () => ({
    compile: native('compile', 'pattern, flags=', compile),
    escape: native('escape', 'pattern', (interpreter, text: Value) => subject(interpreter, text).replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&')),
    purge: native('purge', '', () => null),
    ...Object.fromEntries([
      shortcut('match', 'string'), shortcut('fullmatch', 'string'), shortcut('search', 'string'), shortcut('findall', 'string'), shortcut('finditer', 'string'),
      shortcut('sub', 'repl, string, count='), shortcut('subn', 'repl, string, count='), shortcut('split', 'string, maxsplit='),
    ]),
    Pattern, Match, error: ReError, PatternError: ReError,
    ...flagBits, I: flagBits.IGNORECASE, L: flagBits.LOCALE, M: flagBits.MULTILINE, S: flagBits.DOTALL, U: flagBits.UNICODE, X: flagBits.VERBOSE, A: flagBits.ASCII, NOFLAG: 0,
    RegexFlag: classes.int,
  }),
};
