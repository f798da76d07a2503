/** match. */
import { type Completion, type Execute, type Frame, NORMAL } from './code.ts';
import { compile, type Context, storeTo } from './expressions.ts';
import { compileBlock } from './statements.ts';
import type * as syntax from '../source/syntax.ts';
import { exceptions } from '../values/builtin-classes.ts';
import { classes, PyBytes, PyClass, PyDict, PyList, PyTuple, Unknown, type Undecided, type Value, typeOf } from '../values/index.ts';

/** Whether the subject matches, its names bound as it goes. */
export type Matcher = (frame: Frame, subject: Value) => boolean | Undecided;

export function compileMatch(node: syntax.Match, context: Context): Execute {
  const subject = compile(node.subject, context);
  const cases = node.cases.map((each) => ({
    pattern: compilePattern(each.pattern, context),
    guard: each.guard ? compile(each.guard, context) : undefined,
    body: compileBlock(each.body, context),
  }));
  const from = (frame: Frame, value: Value, index: number): Completion => {
    for (let i = index; i < cases.length; i++) {
      const { pattern, guard, body } = cases[i];
      frame.at = node.cases[i];
      let matches = pattern(frame, value);
      if (matches === false) continue;
      if (matches === true && guard) {
        const condition = guard(frame);
        frame.at = node.cases[i];
        matches = frame.machine.truth(condition);
        if (matches === false) continue;
      }
      if (matches === true) return body(frame);
      return frame.machine.forkStatement(frame, matches, body, () => from(frame, value, i + 1));
    }
    return NORMAL;
  };
  return (frame) => from(frame, subject(frame), 0);
}

export function compilePattern(node: syntax.Pattern, context: Context): Matcher {
  switch (node.type) {
    case 'MatchValue': {
      const wanted = compile(node.value, context);
      return (frame, subject) => frame.machine.truth(frame.machine.compare('==', subject, wanted(frame)));
    }
    case 'MatchSingleton': {
      const { value } = node;
      return (frame, subject) => (subject instanceof Unknown ? frame.machine.truth(frame.machine.isSame(subject, value, false)) : subject === value);
    }
    case 'MatchStar': return binding(node.name, context);
    case 'MatchAs': {
      const store = binding(node.name, context);
      if (!node.pattern) return store;
      const inner = compilePattern(node.pattern, context);
      return (frame, subject) => {
        const matches = inner(frame, subject);
        if (matches !== false) store(frame, subject);
        return matches;
      };
    }
    case 'MatchOr': {
      const patterns = node.patterns.map((pattern) => compilePattern(pattern, context));
      return (frame, subject) => {
        let undecided: Undecided | undefined;
        for (const pattern of patterns) {
          const matches = pattern(frame, subject);
          if (matches === true) return true;
          if (matches !== false) undecided ??= matches;
        }
        return undecided ?? false;
      };
    }
    case 'MatchSequence': return compileSequence(node, context);
    case 'MatchMapping': {
      const keys = node.keys.map((key) => compile(key, context));
      const patterns = node.patterns.map((pattern) => compilePattern(pattern, context));
      const rest = node.rest === undefined ? undefined : binding(node.rest, context);
      return (frame, subject) => {
        if (subject instanceof Unknown) return bindUnknown(frame, subject, [...patterns, ...(rest ? [rest] : [])]);
        if (!(subject instanceof PyDict)) return false;
        if (subject.blurred) return bindUnknown(frame, subject.blurred, [...patterns, ...(rest ? [rest] : [])]);
        const left = new PyDict();
        for (const { key, value } of subject.entries.values()) left.set(frame.machine, key, value);
        const values: Value[] = [];
        for (const key of keys) {
          const value = left.delete(frame.machine, key(frame));
          if (value === undefined) return false;
          values.push(value);
        }
        const matches = all(frame, patterns, values);
        if (matches !== false) rest?.(frame, left);
        return matches;
      };
    }
    case 'MatchClass': return compileClassPattern(node, context);
  }
}

function binding(name: string | undefined, context: Context): Matcher {
  if (name === undefined) return () => true;
  const store = storeTo(name, context);
  return (frame, subject) => {
    store(frame, subject);
    return true;
  };
}

function all(frame: Frame, patterns: readonly Matcher[], values: readonly Value[]): boolean | Undecided {
  let undecided: Undecided | undefined;
  for (let i = 0; i < patterns.length; i++) {
    const matches = patterns[i](frame, values[i]);
    if (matches === false) return false;
    if (matches !== true) undecided ??= matches;
  }
  return undecided ?? true;
}

function bindUnknown(frame: Frame, unknown: Unknown, patterns: readonly Matcher[]): Unknown {
  for (const pattern of patterns) pattern(frame, unknown.derive());
  return unknown.derive();
}

function compileSequence(node: syntax.Pattern & { type: 'MatchSequence' }, context: Context): Matcher {
  const patterns = node.patterns.map((pattern) => compilePattern(pattern, context));
  const star = node.patterns.findIndex((pattern) => pattern.type === 'MatchStar');
  return (frame, subject) => {
    if (subject instanceof Unknown) return bindUnknown(frame, subject, patterns);
    if (typeof subject === 'string' || subject instanceof PyBytes || subject instanceof PyDict) return false;
    if (!(subject instanceof PyList || subject instanceof PyTuple) && typeOf(subject) !== classes.range && typeOf(subject).find('__match_sequence__') === undefined) return false;
    const items = frame.machine.unpackAll(subject);
    if (items instanceof Unknown) return bindUnknown(frame, items, patterns);
    if (star < 0) return items.length === patterns.length && all(frame, patterns, items);
    const after = patterns.length - star - 1;
    if (items.length < patterns.length - 1) return false;
    const middle = new PyList(items.slice(star, items.length - after));
    return all(frame, patterns, [...items.slice(0, star), middle, ...items.slice(items.length - after)]);
  };
}

/** Classes whose one positional pattern is the subject itself. */
const whole: readonly string[] = ['bool', 'bytearray', 'bytes', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple'];

function compileClassPattern(node: syntax.Pattern & { type: 'MatchClass' }, context: Context): Matcher {
  const classOf = compile(node.class, context);
  const patterns = node.patterns.map((pattern) => compilePattern(pattern, context));
  const named = node.keywordPatterns.map((pattern) => compilePattern(pattern, context));
  return (frame, subject) => {
    const { machine } = frame;
    const cls = classOf(frame);
    frame.at = node;
    if (subject instanceof Unknown || cls instanceof Unknown) return bindUnknown(frame, subject instanceof Unknown ? subject : cls as Unknown, [...patterns, ...named]);
    if (!(cls instanceof PyClass)) throw machine.error(exceptions.TypeError, 'called match pattern must be a class');
    const isInstance = machine.isInstance(subject, cls);
    if (isInstance === false) return false;
    const values: Value[] = [];
    if (patterns.length > 0) {
      const names = cls.find('__match_args__');
      if (names === undefined && patterns.length === 1 && cls.mro.some((base) => base.immutable && whole.includes(base.name))) values.push(subject);
      else {
        const listed = names instanceof PyTuple ? names.items : [];
        if (listed.length < patterns.length) {
          throw machine.error(exceptions.TypeError, `${cls.name}() accepts ${listed.length} positional sub-pattern${listed.length === 1 ? '' : 's'} (${patterns.length} given)`);
        }
        for (let i = 0; i < patterns.length; i++) {
          const value = machine.findAttribute(subject, String(listed[i]));
          if (value === undefined) return false;
          values.push(value);
        }
      }
    }
    for (const name of node.keywordNames) {
      const value = machine.findAttribute(subject, name);
      if (value === undefined) return false;
      values.push(value);
    }
    const matches = all(frame, [...patterns, ...named], values);
    return matches === true && isInstance !== true ? isInstance : matches;
  };
}
