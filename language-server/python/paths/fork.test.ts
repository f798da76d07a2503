import { describe, expect, it } from 'vitest';
import { symbol } from '../../../graph/dimension.ts';
import { builtinNames } from '../builtins/index.ts';
import { formatFormula } from './condition.ts';
import type { Interpreter, NativeModule, SourceFile } from '../interpreter-api.ts';
import { Machine } from '../interpreter.ts';
import { native } from '../native.ts';
import { parse } from '../parser/parse.ts';
import { fromDimension } from '../values/index.ts';

/** `unknown(reason)`, `size(name)`, `require(condition, error)` for the programs below. */
const primitives: NativeModule = {
  load: () => ({
    unknown: native('unknown', 'reason=', (interpreter: Interpreter, reason = 'u') => interpreter.unknown(reason)),
    size: native('size', 'name', (_, name: string) => fromDimension(symbol(name))),
    trained: native('trained', '', (interpreter: Interpreter) => {
      interpreter.endRepetition();
      return null;
    }),
    require: native('require', 'condition, error', (interpreter: Interpreter, condition, error) => {
      interpreter.require(condition, error);
      return null;
    }, { acceptsUnknown: true }),
  }),
};

/** What the program prints and what the host is told, line by line; any unknown value prints as `?`. */
function run(text: string): string[] {
  let printed = '';
  const file: SourceFile = { path: 'program.py', text, tree: parse(text), user: true };
  const machine: Machine = new Machine({
    resolve: (name) => (name === 'primitives' ? { kind: 'native', module: primitives } : { kind: 'missing' }),
    print: (part) => {
      printed += part;
    },
    failed: (error) => {
      printed += `failed ${error.exception.cls.name}: ${machine.str(error.exception)}\n`;
    },
    failedOnPath: (error, path) => {
      printed += `fails ${error.exception.cls.name} if ${path.map(({ condition, polarity }) => `${polarity ? '' : 'not '}${machine.describe(condition)}`).join(' and ')}\n`;
    },
    constrained: (formula, error) => {
      printed += `needs ${formatFormula(formula)} else ${machine.str(error)}\n`;
    },
    gap: ({ reason }) => {
      printed += `gap ${reason}\n`;
    },
  }, builtinNames(), { steps: 200_000, time: 5_000 });
  machine.run({ ...file, text: file.text }, '__main__');
  return printed.replace(/<unknown: [^>]*>/g, '?').trimEnd().split('\n');
}

const program = (body: string): string[] => run(`from primitives import unknown, size, require, trained\n${body}`);

describe('a fork', () => {
  it('keeps what both arms agree on and forgets what they do not', () => {
    expect(program(`
if unknown():
    a, b, c = 1, 2, [1, 2]
else:
    a, b, c = 1, 3, [1, 5]
print(a, b, c)
`)).toEqual(['1 ? [1, ?]']);
  });

  it('undoes one arm before the other runs', () => {
    expect(program(`
class A: pass
o, l, d, s = A(), [1], {'k': 1}, {1}
o.x = 1
if unknown():
    o.x = 2; l.append(2); d['k'] = 2; d['n'] = 1; s.add(2); del o.x
else:
    print(o.x, l, d, s)
print(l, d['k'], o.x)
`)).toEqual(["1 [1] {'k': 1} {1}", '? ? 1']);
  });

  it('keeps a value that only one arm binds: reading it elsewhere would have failed', () => {
    expect(program(`
if unknown():
    x = 5
print(x)
`)).toEqual(['5']);
  });

  it('takes the class attribute where only one arm sets the instance', () => {
    expect(program(`
class A:
    v = 0
a = A()
if unknown(): a.v = 1
print(a.v)
`)).toEqual(['?']);
  });

  it('agrees with itself when the same unknown is asked twice', () => {
    expect(program(`
u = unknown()
if u: a = 1
else: a = 2
if u:
    if not u: print('impossible')
    if u: print('yes')
if u is None:
    print('none' if u is None else 'impossible')
if u.flag:
    if u.flag: pass
    else: print('impossible')
`)).toEqual(['yes', 'none']);
  });

  it('joins early returns with what runs on', () => {
    expect(program(`
def f(n):
    if n: return 'a'
    print('goes on')
    return 'a'
def g(n, l):
    if n:
        l.append('early')
        return
    l.append('late')
l = []
g(unknown(), l)
print(f(unknown()), len(l), l)
`)).toEqual(['goes on', 'a 1 [?]']);
  });

  it('joins returns from nested forks', () => {
    expect(program(`
def f(a, b):
    if a:
        if b: return 1
        r = 1
    else:
        r = 1
    return r
print(f(unknown(), unknown()))
`)).toEqual(['1']);
  });

  it('joins break, continue and return in loops', () => {
    expect(program(`
def f(items, stop, skip):
    n = 0
    k = 'k'
    for i in items:
        if stop: break
        if skip: continue
        n += 1
    return n, k
print(f([1, 2], unknown(), False), f([1, 2], False, unknown()))
def g(items, u):
    for i in items:
        if u: return 'same'
        if i > 1: continue
        print(i)
    return 'same'
print(g([1, 2], unknown()))
`)).toEqual(["(?, 'k') (?, 'k')", '1', 'same']);
  });

  it('goes on where one arm raises, and tells the host', () => {
    expect(program(`
def f(n):
    if n: raise ValueError('bad')
    return 'fine'
print(f(unknown('n')))
`)).toEqual(['fails ValueError if a condition that is not known (n)', 'fine']);
  });

  it('raises where both arms do', () => {
    expect(program(`
if unknown(): raise ValueError('a')
else: raise KeyError('b')
`)).toEqual(['failed ValueError: a']);
  });

  it('says nothing of a raise that a handler around it is there for', () => {
    expect(program(`
try:
    if unknown(): raise ValueError
    x = 1
except ValueError:
    x = 2
print(x)
`)).toEqual(['1']);
  });

  it('takes short circuits and conditional expressions apart', () => {
    expect(program(`
u = unknown()
print(1 if u else 1, 1 if u else 2, u and 0, u or 1, 0 and u, 1 or u)
`)).toEqual(['1 ? ? ? 0 1']);
  });
});

describe('a condition over sizes', () => {
  it('is settled where the normal form or the path settles it', () => {
    expect(program(`
h = size('h')
print(h + 1 > h, h == h + 1, h > 0, h * 2 % 2 == 0, int(h / 2), h // 2 * 2 == h)
if h > 3:
    print(h > 3, h <= 3, h > 4)
else:
    print(h > 3)
`)).toEqual(['True False True True h//2 2*h//2 == h', 'True False h > 4', 'False']);
  });

  it('becomes the value where the arms are True and False', () => {
    expect(program(`
h = size('h')
flag = True if h > 3 else False
print(flag, not flag, flag and h < 9)
`)).toEqual(['h > 3 h <= 3 h > 3 and h < 9']);
  });

  it('is what require records', () => {
    expect(program(`
h = size('h')
require(h == 4, ValueError('h must be 4'))
require(h > 0, ValueError('never'))
assert h % 2 == 0, 'odd'
print(h % 2 == 0)
require(h < 0, ValueError('always'))
`)).toEqual(['needs h == 4 else h must be 4', 'needs (h % 2) == 0 else odd', 'True', 'failed ValueError: always']);
  });
});

describe('an unknown value whose class is known', () => {
  it('answers for its class, and so does what is computed from it', () => {
    expect(program(`
f = float(unknown())
i = int(unknown()) * 2 + 1
n = len(unknown())
s = f'{unknown()}' + '!'
c = 1 if unknown() else 2
print(type(f).__name__, type(i).__name__, type(f * i).__name__, type(i / 2).__name__, type(n).__name__, type(s).__name__, type(c).__name__, type(f > 1).__name__)
print(isinstance(f, float), isinstance(i, (int, str)), isinstance(f, list), f is None, i is not None, f, isinstance(unknown(), int))
`)).toEqual(['float int float float int str int bool', 'True True False False True ? ?']);
  });
});

describe('loops of unknown length', () => {
  it('settle', () => {
    expect(program(`
n, same, l = 0, 'x', []
for item in unknown():
    n += 1
    same = 'x'
    l.append(item)
print(n, same, l)
while unknown():
    n = 1
print(n)
def f():
    for i in unknown():
        if i: return 1
    return 2
print(f())
`)).toEqual(['? x ?', '?', '?']);
  });

  it('of unknown things in comprehensions and unpacking give unknown contents', () => {
    expect(program(`
u = unknown()
a, b = u
*c, d = u
print([x for x in u], {**u}, [*u], len([*u]), a, c, [i for i in range(2) if u], f'{u}', u + 1, u.a.b(3)[0], -u, u == 1)
`)).toEqual(['? ? ? ? ? ? ? ? ? ? ? ?']);
  });
});

describe('a loop over an unknown number of like items', () => {
  it('runs for certain, and leaves what it counts and collects unknown', () => {
    expect(program(`
def items():
    for _ in unknown():
        yield 7
count, found, last, known = 0, [], None, {}
for index, item in enumerate(items()):
    count += 1
    found.append(item)
    known[item] = index
    last = (item, [item])
    inner = []
    inner.append(item)
print(count, len(found), last, inner, len(known))
print(len([item for item in items()]), len(list(items())), sum(items()), len(dict(zip(items(), items()))))
for item in items():
    if unknown():
        break
    count = 1
print(item)
`)).toEqual(['? ? (7, [7]) [7] ?', '? ? ? ?', '7']);
  });

  it('raises what its body raises', () => {
    expect(program(`
def items():
    for _ in unknown():
        yield 7
for item in items():
    [][item]
`)[0]).toContain('IndexError');
  });
});

describe('a generator that yields under a condition that is not known', () => {
  it('gives what both arms yield, item by item', () => {
    expect(program(`
def layers(c):
    yield 'conv', c
    if unknown():
        yield 'norm', c
    else:
        yield 'identity', c
    yield 'act', c
print(list(layers(3)))
print([c for _, c in layers(4)], len(list(layers(1))))
total = 0
for _, c in layers(2):
    total += c
print(total)
`)).toEqual(["[('conv', 3), (?, 3), ('act', 3)]", '[4, 4, 4] 3', '6']);
  });

  it('may give fewer items than one arm yields', () => {
    expect(program(`
def layers():
    yield 'conv'
    if unknown():
        yield 'norm'
    yield 'act'
print(list(layers()), len(list(layers())))
seen, last = [], None
for name in layers():
    last = name
    seen.append(name)
print(seen, last)
first = next(layers())
print(first, 'norm' in [name for name in layers()])
`)).toEqual(['? ?', '? ?', 'conv ?']);
  });

  it('may end where one path leaves it', () => {
    expect(program(`
def items():
    for i in range(5):
        if i == unknown():
            break
        yield i
def ends(flag):
    if flag:
        return 'early'
    yield 1
    return 'late'
def all_of():
    found = yield from ends(unknown())
    yield found
count = 0
for i in items():
    count += 1
print(count, len(list(items())))
print([*all_of()])
if unknown():
    a = list(items())
    b = 1
else:
    a, b = 0, 1
print(b)
`)).toEqual(['? ?', '?', '1']);
  });

  it('follows match, nesting, and an arm that raises', () => {
    expect(program(`
def kinds(kind):
    match kind:
        case 'a':
            yield 1
        case 'b':
            yield 2
        case _:
            if unknown():
                yield 3
            else:
                raise ValueError('no such kind')
print(list(kinds('b')), len(list(kinds(unknown()))))
def endless():
    if unknown():
        while True:
            yield 1
    else:
        yield 1
for n, one in zip(range(3), endless()):
    pass
print(one)
`).at(-2)).toBe('[2] 1');
  });
});

describe('a loop that trains', () => {
  it('is followed for its first round and for one that stands for the others', () => {
    expect(program(`
for epoch in range(100):
    for batch in [1, 2, 3]:
        print(epoch, batch)
        trained()
else:
    print('end', epoch)
step = 0
while step < 1000:
    step += 1
    trained()
print(step)
`)).toEqual(['0 1', '0 2', '99 1', '99 2', 'end 99', '?']);
  });
});

describe('what cannot be followed', () => {
  it('ends in a gap or in what CPython raises, never in a hang', () => {
    expect(program(`
while True: pass
print('on')
def f(n): return f(n + 1)
f(0)
10 ** 10 ** 10
'a' * 10 ** 12
x = [0] * 10 ** 9
print(x)
for i in range(10 ** 15): pass
print(len(range(10 ** 15)))
l = []
l.append(l)
print(l, l == l)
`)).toEqual([
      'gap it takes too many steps to follow', 'on', 'failed RecursionError: maximum recursion depth exceeded', 'failed MemoryError: ', 'failed MemoryError: ', '?',
      'gap it takes too many steps to follow', '1000000000000000', '[[...]] True',
    ]);
  });

  it('is a gap where recursion goes through more of the interpreter than its stack holds', () => {
    const [line] = program(`
class R:
    def __repr__(self): return repr(self)
repr(R())
`);
    expect(['gap the calls are nested too deeply to follow', 'failed RecursionError: maximum recursion depth exceeded']).toContain(line);
  });

  it('does not make follow-up errors of a failed statement', () => {
    expect(program(`
x = 1 / 0
print(x + 1, x.y)
def f(): return x
print(f())
class A(undefined_base):
    def m(self): pass
A().anything(1)
import not_there
not_there.x()
`)).toEqual(['failed ZeroDivisionError: division by zero', '? ?', '?', "failed NameError: name 'undefined_base' is not defined", 'gap the package not_there is not installed']);
  });

  it('keeps classes whose base or decorator is unknown', () => {
    expect(program(`
Base, deco = unknown('b'), unknown('d')
class A(Base):
    def __init__(self, x):
        super().__init__(x)
        self.x = x
    def own(self): return self.x
a = A(3)
print(a.own(), a.inherited(1), A.thing)
@deco
def f(x): return x + 1
print(f(1), f(1, 2, 3))
@deco(1)
class B: pass
print(B(1, 2))
`)).toEqual(['3 ? ?', '2 ?', '?']);
  });

  it('ends recursion that nothing known ends', () => {
    expect(program(`
def holds(data):
    for item in data:
        if isinstance(item, list):
            if holds(item): return True
        else:
            return False
    return False
def size(n): return 1 if n else 1 + size(n.rest)
print(holds(unknown()), size(unknown()))
`)).toEqual(['? ?']);
  });

  it('asks nothing of an object whose __init__ could not be called', () => {
    expect(program(`
class Base:
    def __init__(self, *layers): self.layers = layers
    def __getattr__(self, name): raise AttributeError(name)
class A(Base):
    def __init__(self, layers):
        super().__init__(*layers)
        self.n = 1
a = A(unknown())
print(a.n, a.layers, a.n)
`)).toEqual(['1 ? 1']);
  });

  it('goes on behind text that does not parse', () => {
    expect(program(`
a = 1
b = 2
x = = 3
print(a, b)
`).at(-1)).toBe('1 2');
  });
});
