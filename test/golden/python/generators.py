#%% basics
def g(n):
    i = 0
    while i < n:
        yield i
        i += 1
    return 'done'
print(list(g(3)), sum(g(4)), [*g(2)], tuple(g(1)), dict(zip(g(2), 'ab')), max(g(5)))
x = g(2)
print(next(x), next(x), next(x, 'end'), iter(x) is x)
#%% send and two way
def avg():
    total, n, value = 0, 0, None
    while True:
        got = yield value
        if got is None: return total
        total += got
        n += 1
        value = total / n
a = avg()
next(a)
print(a.send(10), a.send(20))
try:
    a.send(None)
except StopIteration as e:
    print(e.value)
#%% yield from
def inner():
    x = yield 1
    print('inner got', x)
    yield 2
    return 'result'
def outer():
    r = yield from inner()
    print('r', r)
    yield from [3, 4]
    yield from range(5, 7)
o = outer()
print(next(o), o.send('hi'), list(o))
def flat(x):
    for e in x:
        if isinstance(e, list): yield from flat(e)
        else: yield e
print(list(flat([1, [2, [3, 4]], [[5]]])))
#%% yields in odd places
def g():
    a = [(yield 1), (yield 2)]
    print(a)
    b = yield
    return (yield b)
x = g()
print(next(x), x.send('a'), x.send('b'), x.send('c'))
def h():
    if (yield 'cond'): print('true')
    else: print('false')
    for i in (yield 'iter'): print(i)
y = h()
print(next(y), y.send(True))
try: y.send([1, 2])
except StopIteration: print('stop')
#%% with and try inside
class M:
    def __enter__(self): print('enter'); return 'm'
    def __exit__(self, *a): print('exit', a[0]); return False
def g():
    with M() as m:
        yield m
        yield 2
    try:
        yield 3
    finally:
        print('fin')
    for i in range(2):
        try:
            yield ('try', i)
        except KeyError:
            yield 'key'
            continue
        yield ('after', i)
print(list(g()))
x = g(); next(x); x.close()
y = g()
for _ in range(4): v = next(y)
print(v, y.throw(KeyError), next(y))
#%% infinite with islice
import itertools
def nat():
    n = 0
    while True:
        yield n
        n += 1
print(list(itertools.islice(nat(), 5)), list(itertools.takewhile(lambda x: x < 4, nat())))
for i in nat():
    if i > 2: break
print(i)
#%% generator methods in classes
class Tree:
    def __init__(self, v, kids=()): self.v, self.kids = v, kids
    def __iter__(self):
        yield self.v
        for k in self.kids: yield from k
    def walk(self, depth=0):
        yield depth, self.v
        for k in self.kids: yield from k.walk(depth + 1)
t = Tree(1, [Tree(2, [Tree(3)]), Tree(4)])
print(list(t), list(t.walk()))
#%% generator closures
def make():
    n = 10
    def gen():
        nonlocal n
        while n > 7:
            n -= 1
            yield n
    return gen
print(list(make()()))
gs = [(x * y for y in range(3)) for x in range(3)]
print([list(g) for g in gs])
#%% any all with generators stop early
def noisy():
    for i in range(5):
        print('n', i)
        yield i
print(any(x == 1 for x in noisy()), all(x < 1 for x in noisy()), 2 in noisy())
#%% async runs
import asyncio
async def f(x): return x + 1
async def main():
    a = await f(1)
    return a + await f(2)
print(asyncio.run(main()))
#%% match and while with yield
def g(xs):
    for x in xs:
        match x:
            case int(): yield ('int', x)
            case str(): yield ('str', x)
            case _: return
print(list(g([1, 'a', 2.5, 3])))
#%% lambda generator and comprehension over zip
import itertools
f = lambda n: (yield n)
print(list(f(3)))
print([a + b for a, b in zip((x for x in range(3)), itertools.count(10))])
