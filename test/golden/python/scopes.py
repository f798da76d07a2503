#%% closures and nonlocal
def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step
c = counter()
print(c(), c(5), c())
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
#%% global
x = 1
def f():
    global x, y
    x = 2
    y = 3
f()
print(x, y)
#%% unbound local
x = 1
def f():
    print(x)
    x = 2
try:
    f()
except UnboundLocalError as e:
    print(type(e).__name__, e)
def g():
    del q
    q = 1
try:
    g()
except UnboundLocalError as e:
    print(e)
try:
    undefined_name
except NameError as e:
    print(e, e.name)
#%% class scope is not seen by methods
x = 'global'
class A:
    x = 'class'
    y = x
    z = [x for _ in range(1)]
    def f(self):
        return x
print(A.y, A.z, A().f())
def outer():
    v = 'outer'
    class B:
        w = v
        def m(self): return v
    return B
print(outer().w, outer()().m())
#%% comprehension scoping
x = 10
a = [x for x in range(3)]
print(x, a)
print([y := 5, y ** 2], y)
print([last := k for k in range(4)], last)
def f():
    m = [t := k * 2 for k in range(3)]
    return m, t
print(f())
print([(i, j) for i in range(3) for j in range(i) if (i + j) % 2])
print({i % 3 for i in range(10)}, {k: v for k, v in [(1, 2), (3, 4)]})
def g(n):
    return [[i * j for j in range(n)] for i in range(n)]
print(g(3))
def h():
    fs = [(lambda: v) for v in 'ab']
    return [f() for f in fs]
print(h())
#%% generator expression is lazy
def f():
    print('called')
    return [1, 2]
g = (x * 10 for x in f())
print('made')
print(next(g), list(g), list(g))
print(sum(x for x in range(5)), max((len(w), w) for w in ['a', 'bbb', 'cc']))
def h(n):
    k = 3
    return (k * i for i in range(n))
print(list(h(3)))
#%% default arguments are evaluated once
def f(a, l=[]):
    l.append(a)
    return l
print(f(1), f(2), f(3, []))
#%% exception name is unbound after the handler
try:
    raise ValueError('x')
except ValueError as e:
    pass
try:
    e
except NameError as err:
    print(err)
#%% del and rebind
a = [1, 2, 3]
del a[0]
print(a)
b = a
del a
print(b)
try:
    a
except NameError as e:
    print(e)
d = {'k': 1, 'l': 2}
del d['k']
print(d)
#%% nested functions and recursion
def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)
print(fact(5), fact(25))
def outer(n):
    def inner(k):
        if k == 0:
            return n
        return inner(k - 1) + 1
    return inner(n)
print(outer(4))
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(10), odd(7))
#%% infinite recursion
def f(n): return f(n + 1)
try:
    f(0)
except RecursionError as e:
    print(type(e).__name__)
#%% walrus in while and if
data = [1, 2, 3, 0, 4]
it = iter(data)
while (v := next(it)) != 0:
    print(v)
if (n := len(data)) > 3:
    print('long', n)
#%% private names are mangled
class A:
    def __init__(self):
        self.__x = 1
    def get(self):
        return self.__x
class B(A):
    def __init__(self):
        super().__init__()
        self.__x = 2
b = B()
print(b.get(), sorted(b.__dict__))
#%% lambda
print((lambda: 1)(), (lambda a, *b, c=3, **d: (a, b, c, d))(1, 2, c=4, e=5))
compose = lambda *fs: lambda x: [x := f(x) for f in fs][-1]
print(compose(lambda x: x + 1, lambda x: x * 2)(3))
#%% locals and globals
def f(a, b):
    c = a + b
    return sorted(locals().items())
print(f(1, 2))
zz = 5
print(globals()['zz'], 'zz' in globals())
globals()['ww'] = 6
print(ww)
#%% star import of builtins names
__name__
print(__name__)
#%% type parameters and aliases
class Stack[T]:
    def __init__(self) -> None:
        self.items: list[T] = []
    def push(self, item: T) -> None:
        self.items.append(item)
class Ints(Stack[int]): pass
def first[T](l: list[T]) -> T:
    return l[0]
type Pair = tuple[int, int]
s = Ints()
s.push(3)
print(s.items, first([4, 5]))
