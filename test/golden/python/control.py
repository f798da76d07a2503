#%% loops with else break continue
for i in range(5):
    if i == 2: continue
    if i == 4: break
    print(i)
else:
    print('no break')
for i in []: pass
else: print('else')
n = 3
while n:
    n -= 1
    if n == 1: continue
    print(n)
else:
    print('while else')
for i in range(3):
    for j in range(3):
        if j == 1: break
        print(i, j)
#%% unpacking
a, b = 1, 2
(c, d), *e = (3, 4), 5, 6
[f, [g, *h]] = [7, [8, 9, 10]]
*i, j = 'xyz'
a, b = b, a
x = y = [1]
x.append(2)
print(a, b, c, d, e, f, g, h, i, j, y)
for k, (l, m) in [(1, (2, 3)), (4, (5, 6))]: print(k, l, m)
p, = [9]
print(p, [*range(3), *'ab'], (*(1, 2), 3), {*[1, 1, 2]}, {**{'a': 1}, 'b': 2, **{'a': 3}})
for bad in [lambda: exec_(1, 2), ]:
    pass
def t(n, v):
    try:
        if n == 2: a, b = v
        elif n == 3: a, b, c = v
        elif n == 0: a, *b, c = v
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
t(2, [1]); t(0, [1]); t(2, 5); t(3, 'ab')
#%% swap and chained assignment with targets
class A: pass
a = A()
a.x, a.y = 1, 2
l = [0, 0]
l[0], l[1] = l[1] + 5, l[0] + 6
i = 0
i, l[i] = 1, 'here'
print(a.x, a.y, l, i)
#%% augmented
a = 5
a += 2; a -= 1; a *= 3; a //= 2; a **= 2; a %= 50; a <<= 2; a >>= 1; a |= 1; a &= 31; a ^= 3
print(a)
b = 7; b /= 2
print(b)
l = [1]; m = l
l += [2]; l *= 2
print(l, m is l)
t = (1,); u = t
t += (2,)
print(t, u)
s = 'a'; s += 'b'; s *= 2
print(s)
d = {'k': [1]}
d['k'] += [2]
d['n'] = d.get('n', 0) + 1
print(d)
s1 = {1, 2}; s1 |= {3}; s1 -= {1}; s1 &= {2, 3, 4}; s1 ^= {9}
print(sorted(s1))
dd = {'a': 1}; dd |= {'b': 2}
print(dd)
#%% chained comparison
def f(x):
    print('f', x)
    return x
print(1 < f(2) < 3, 1 < f(0) < f(5), 1 == 1.0 == True, 1 < 2 > 1, 'a' in 'abc' == True)
print(not 1 == 2, 1 is not None, None is None, 3 not in [1, 2])
#%% boolean operators return operands
print(0 or 'a', '' or [] or None, 1 and 2, 0 and 1, not [], [] and 1, None or 0)
print((lambda: print('x') or 5)())
#%% ternary
print('a' if [] else 'b' if 1 else 'c', [1 if i % 2 else 0 for i in range(3)])
#%% match literals and captures
def f(x):
    match x:
        case 0: return 'zero'
        case 1 | 2: return 'one or two'
        case 'a': return 'letter'
        case None: return 'none'
        case True: return 'true?'
        case -5: return 'minus'
        case 1.5: return 'float'
        case _: return 'other'
print([f(v) for v in [0, 1, 2, 'a', None, True, -5, 1.5, [], 1.0]])
#%% match sequences and mappings
def f(x):
    match x:
        case []: return 'empty'
        case [a]: return ('one', a)
        case [a, b] if a == b: return ('pair eq', a)
        case (a, b): return ('pair', a, b)
        case [first, *rest, last]: return (first, rest, last)
        case {'type': 'circle', 'r': r}: return ('circle', r)
        case {'type': t, **rest}: return (t, rest)
        case {}: return 'map'
        case str() as s: return 'str ' + s
        case int(n) | float(n): return ('num', n)
print([f(v) for v in [[], [1], [2, 2], (1, 2), [1, 2, 3, 4], {'type': 'circle', 'r': 3}, {'type': 'sq', 'a': 1}, {'z': 1}, 'hey', 5, 2.5]])
#%% match classes
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
class Color:
    RED = 1
def f(p):
    match p:
        case P(0, 0): return 'origin'
        case P(x=0, y=yy): return ('on y', yy)
        case P(a, P(b, _)): return ('nested', a, b)
        case P() as q: return ('P', q.x)
        case Color.RED: return 'red'
        case [P(a, _), P(b, _)]: return ('two', a, b)
print([f(v) for v in [P(0, 0), P(0, 3), P(1, P(2, 3)), P(5, 6), 1, [P(1, 2), P(3, 4)], 'none']])
#%% with
class M:
    def __init__(self, n, swallow=False): self.n, self.s = n, swallow
    def __enter__(self):
        print('enter', self.n)
        return self.n
    def __exit__(self, t, v, tb):
        print('exit', self.n, t.__name__ if t else None, v)
        return self.s
with M(1) as a, M(2) as b:
    print(a, b)
with M(3, True):
    raise ValueError('swallowed')
try:
    with M(4):
        with M(5):
            raise KeyError('k')
except KeyError as e:
    print('outer', e)
def f():
    with M(6):
        return 'ret'
print(f())
for i in range(2):
    with M(7):
        if i == 0: continue
        break
with (M(8) as x, M(9)):
    print(x)
try:
    with 5: pass
except TypeError as e:
    print('TypeError')
#%% contextlib
from contextlib import contextmanager, suppress, nullcontext, ExitStack
@contextmanager
def cm(x):
    print('in', x)
    try:
        yield x * 2
    except ValueError as e:
        print('got', e)
    finally:
        print('out')
with cm(3) as v:
    print(v)
with cm(4):
    raise ValueError('boo')
with suppress(ZeroDivisionError):
    1 / 0
with nullcontext(5) as n: print(n)
@contextmanager
def bad():
    yield
try:
    with bad():
        raise KeyError('through')
except KeyError as e:
    print('KeyError', e)
#%% assert
try:
    assert 1 == 2, 'message'
except AssertionError as e:
    print('AE', e)
try:
    assert []
except AssertionError as e:
    print('AE', repr(e))
assert (1, 'always true')
#%% global statements run in order
if __name__ == '__main__':
    print('main')
#%% pass and ellipsis
def f(): ...
class A: ...
print(f(), ..., Ellipsis is ...)
#%% try in loops
def f():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: return 'ret'
        finally:
            print('fin', i)
print(f())
def g():
    while True:
        try:
            break
        finally:
            print('g fin')
    return 'end'
print(g())
