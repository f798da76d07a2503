#%% argument kinds
def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw
print(f(1, d=4))
print(f(1, 2, 3, 4, 5, d=6, z=7))
print(f(1, d=4, a=9))
print(f(*[1, 2], **{'d': 3, 'c': 8}))
print(f(1, *(2, 3), *[4], d=1, **{'q': 1}, **{'r': 2}))
#%% missing arguments
def f(a, b, c): pass
def g(*, x, y=1, z): pass
def h(a, b=1): pass
for call in [lambda: f(), lambda: f(1), lambda: f(1, 2), lambda: f(1, 2, 3, 4), lambda: g(), lambda: g(x=1), lambda: g(1), lambda: h(), lambda: h(1, 2, 3), lambda: h(1, a=2), lambda: h(1, c=2), lambda: f(1, 2, 3, 4, 5)]:
    try:
        call()
    except TypeError as e:
        print(e)
#%% missing arguments of methods
class A:
    def __init__(self, x): pass
    def m(self, a, b): pass
    @classmethod
    def c(cls, q): pass
    @staticmethod
    def s(q): pass
for call in [lambda: A(), lambda: A(1, 2), lambda: A(1).m(), lambda: A(1).m(1, 2, 3), lambda: A(y=2), lambda: A.c(), lambda: A.s(), lambda: A.m(1)]:
    try:
        call()
    except TypeError as e:
        print(e)
#%% positional only errors
def f(a, b, /, c): pass
for call in [lambda: f(a=1, b=2, c=3), lambda: f(1, 2), lambda: f(1, c=2), lambda: f(1, 2, 3, c=4)]:
    try:
        call()
    except TypeError as e:
        print(e)
#%% keyword only with too many positional
def f(a, *, b): pass
try:
    f(1, 2, b=3)
except TypeError as e:
    print(e)
def g(a, b=1, *, c=2): pass
try:
    g(1, 2, 3, c=1)
except TypeError as e:
    print(e)
#%% not callable
for v in [1, 'a', None, [1], {}, 1.5]:
    try:
        v()
    except TypeError as e:
        print(e)
#%% callable instances and nested calls
class Add:
    def __init__(self, n): self.n = n
    def __call__(self, x, k=0): return self.n + x + k
print(Add(2)(3), Add(2)(3, k=1), callable(Add(1)), callable(1))
print(list(map(Add(10), [1, 2])))
def curry(a): return lambda b: lambda c: (a, b, c)
print(curry(1)(2)(3))
#%% decorators
import functools
def twice(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs) * 2
    wrapper.__name__ = f.__name__
    return wrapper
def tag(name, **opts):
    def deco(f):
        f.tag = (name, opts)
        return f
    return deco
@twice
@tag('t', k=1)
def f(x):
    "doc of f"
    return x
print(f(4), f.__name__)
@tag('plain')
def g(): "gdoc"
print(g.tag, g.__doc__, g.__name__, g.__qualname__)
class C:
    @twice
    def m(self): return 3
print(C().m())
#%% order of evaluation
def t(x):
    print('eval', x)
    return x
def f(*a, **k): return (a, k)
print(f(t(1), t(2), k=t(3), *[t(4)], **{'z': t(5)}))
d = {t('a'): t('b'), t('c'): t('d')}
x = [t(1), t(2)][t(0)]
t(1) if t(0) else t(2)
#%% keyword unpack errors
def f(**k): return k
for call in [lambda: f(**{1: 2}), lambda: f(**[1]), lambda: f(a=1, **{'a': 2}), lambda: f(*1)]:
    try:
        call()
    except TypeError as e:
        print(type(e).__name__)
#%% returns
def f(): pass
def g(): return
def h(): return 1, 2
def k():
    for i in range(5):
        if i == 3:
            return i
print(f(), g(), h(), k())
#%% function attributes
def f(a, b: int = 2, *, c: str = 'x') -> float:
    "doc"
f.attr = 1
print(f.__defaults__, f.__kwdefaults__, f.attr, f.__doc__, f.__dict__, f.__annotations__)
print(f.__module__, f.__code__.co_varnames, f.__code__.co_argcount)
#%% methods
class A:
    def m(self, x): return (self.v, x)
    v = 1
a = A()
m = a.m
a.v = 2
print(m(3), A.m(a, 4), m.__self__ is a, m.__func__ is A.m, m.__name__)
print(a.m == a.m, a.m is a.m)
a.own = lambda x: x + 1
print(a.own(1))
A.added = lambda self: self.v * 10
print(a.added())
#%% partial and its kin
from functools import partial, reduce, wraps, lru_cache
def f(a, b, c=3): return (a, b, c)
p = partial(f, 1, c=9)
print(p(2), p(2, c=4), p.func is f, p.args, p.keywords)
print(partial(p, 5)())
print(reduce(lambda a, b: a + b, [1, 2, 3], 10))
def d(fn):
    @wraps(fn)
    def w(*a): return fn(*a)
    return w
@d
def named(): "docs"
print(named.__name__, named.__doc__, named.__wrapped__ is not None)
@lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50))
