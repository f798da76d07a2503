import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { compact, difference } from '../../../test/oracle/python-ast.ts';
import type { Compact } from '../../../test/oracle/python-ast.ts';
import { parse } from './parse.ts';
import type { ClassDef, FunctionDef, Statement } from '../source/syntax.ts';

const golden = JSON.parse(readFileSync(new URL('../../../test/golden/python-ast.json', import.meta.url), 'utf8')) as Record<string, { source: string; tree: Compact }>;

describe('the tree is the one that CPython reads', () => {
  test.each(Object.keys(golden))('%s', (name) => {
    const { source, tree } = golden[name];
    const module = parse(source);
    expect(module.errors).toEqual([]);
    expect(difference(compact(module), tree)).toBeUndefined();
  });
});

const before = 'class Net(Module):\n    def __init__(self):\n        self.a = 1\n        ';
const after = '\n        self.b = 2\n\n    def forward(self, x):\n        y = self.a(x)\n        return y\n\nnet = Net()\n';

function outline(statements: readonly Statement[]): string {
  return statements.map((each) => (each.type === 'ClassDef' || each.type === 'FunctionDef' ? `${each.name}[${outline(each.body)}]` : each.type)).join(' ');
}

describe('a half-typed line leaves the rest of the file standing', () => {
  test.each([
    ['self.', 'Broken', 'invalid syntax'],
    ['self.c =', 'Assign', 'invalid syntax'],
    ['self.c = nn.Linear(', 'Assign', "'(' was never closed"],
    ['self.c = nn.Linear(3, ', 'Assign', "'(' was never closed"],
    ['self.c = [1, {2: (', 'Assign', "'[' was never closed"],
    ['y = f"{self.', 'Assign', 'unterminated string literal'],
    ['y = "abc', 'Assign', 'unterminated string literal'],
    ['print("abc', 'Broken', 'unterminated string literal'],
    ['return f(', 'Broken', "'(' was never closed"],
    ['f(a b)', 'Expr', 'invalid syntax'],
    ['y = 5 +', 'Assign', 'invalid syntax'],
    ['y = x if x', 'Assign', 'invalid syntax'],
    ['f(a]', 'Broken', "closing parenthesis ']' does not match opening parenthesis '('"],
    ['f(a))', 'Broken', "unmatched ')'"],
    ['assert x,', 'Broken', 'invalid syntax'],
    ['f(a=1, b)', 'Expr', 'positional argument follows keyword argument'],
    ['print x', 'Broken', "Missing parentheses in call to 'print'. Did you mean print(...)?"],
    ['y = 012', 'Assign', 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers'],
  ])('%s', (half, kept, message) => {
    const module = parse(before + half + after);
    expect(outline(module.body)).toBe(`Net[__init__[Assign ${kept} Assign] forward[Assign Return]] Assign`);
    expect(module.errors.map((each) => each.message)).toContain(message);
  });

  test.each(['for i in', 'if x', 'while x == ', 'with f(', 'def g(self', 'import', 'from torch import', '@', 'class'])('%s', (half) => {
    const module = parse(before + half + after);
    expect(outline(module.body)).toBe('Net[__init__[Assign Assign] forward[Assign Return]] Assign');
    expect(module.errors).toHaveLength(1);
  });

  test.each([
    ['class Net(Module\n    def f(self):\n        return 1\n', 'Net[f[Return]]'],
    ['def f(x, y\n    return x\n', 'f[Return]'],
    ['if x ==\n    y = 1\nz = 2\n', 'If Assign'],
    ['for i in range(3\n    y = 1\nz = 2\n', 'For Assign'],
  ])('a header without its end keeps its body: %s', (text, kept) => {
    const module = parse(text);
    expect(outline(module.body)).toBe(kept);
    expect(module.errors).toHaveLength(1);
  });

  test('the spans of faults are the user\'s', () => {
    const text = before + 'self.c = nn.Linear(3, ' + after;
    const [fault] = parse(text).errors;
    expect(text.slice(fault.start, fault.end)).toBe('(');
    expect(fault.start).toBe(text.indexOf('(3'));
  });

  test('the value that a broken line gives is broken', () => {
    const module = parse('x = f(\ny = 1\n');
    expect(module.body.map((each) => (each.type === 'Assign' ? each.value.type : each.type))).toEqual(['BrokenExpression', 'Constant']);
  });

  test('a missing body is named with its header', () => {
    expect(parse('if x:\ny = 1\n').errors[0].message).toBe("expected an indented block after 'if' statement on line 1");
    expect(parse('\ndef f():\n').errors[0].message).toBe('expected an indented block after function definition on line 2');
  });

  test('Python 2 gives one fault for all its print statements', () => {
    expect(parse('print "a"\nprint "b", 3\nx = 1\nprint x\n').errors).toHaveLength(1);
  });
});

test('a parse is kept as long as the text is the same', () => {
  expect(parse('x = 1\n')).toBe(parse('x = 1\n'));
  expect(parse('x = 1\n')).not.toBe(parse('x = 2\n'));
});

test('deep nesting is refused, not crashed on', () => {
  const depth = 50_000;
  expect(parse('('.repeat(depth) + ')'.repeat(depth)).errors).not.toHaveLength(0);
  expect(parse(`x = ${'a + '.repeat(depth)}a\n`).errors).not.toHaveLength(0);
});

describe('no text makes the parser throw', () => {
  const sources = Object.values(golden).map(({ source }) => source);
  const walk = (statements: readonly Statement[], end: number): void => {
    for (const each of statements) {
      expect(each.start).toBeLessThanOrEqual(each.end);
      expect(each.end).toBeLessThanOrEqual(end);
      if (each.type === 'ClassDef' || each.type === 'FunctionDef') walk((each as ClassDef | FunctionDef).body, end);
    }
  };

  test('truncations', () => {
    fc.assert(fc.property(fc.constantFrom(...sources), fc.double({ min: 0, max: 1, noNaN: true }), (source, share) => {
      const text = source.slice(0, Math.floor(source.length * share));
      walk(parse(text).body, text.length);
    }), { numRuns: 500 });
  });

  test('deletions', () => {
    fc.assert(fc.property(fc.constantFrom(...sources), fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (source, at) => {
      const tokens = source.split(/(\W)/);
      for (const each of at) tokens.splice(each % tokens.length, 1);
      const text = tokens.join('');
      walk(parse(text).body, text.length);
    }), { numRuns: 500 });
  });

  test('noise', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '(', ')', '[', '{', '}', '"', "'", 'f"', ':', '\\', '#', '=', ',', 'def ', 'if ', 'lambda ', '*', '\r', '0', 'é', '.', '@', 'class ') }), (text) => {
      walk(parse(text).body, text.length);
    }), { numRuns: 1000 });
  });
});
