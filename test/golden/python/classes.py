#%% inheritance and super
class A:
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super().f()
class D(B, C):
    def f(self): return ['D'] + super().f()
print(D().f(), [c.__name__ for c in D.__mro__])
print(super(B, D()).f())
#%% inconsistent hierarchy
class A: pass
class B(A): pass
try:
    class C(A, B): pass
except TypeError as e:
    print('TypeError', str(e).split('\n')[0])
#%% class attributes and instances
class A:
    items = []
    n = 0
    def add(self, x):
        self.items.append(x)
        self.n += 1
a, b = A(), A()
a.add(1); b.add(2)
print(A.items, a.n, b.n, A.n)
print(hasattr(a, 'n'), hasattr(a, 'zz'), getattr(a, 'zz', 'default'), vars(a))
#%% missing attributes
class A: pass
import math
for f in [lambda: A().x, lambda: A.x, lambda: (1).x, lambda: 'a'.x, lambda: None.x, lambda: [].x, lambda: math.x]:
    try:
        f()
    except AttributeError as e:
        print(e)
#%% properties
class T:
    def __init__(self): self._c = 0
    @property
    def c(self):
        "the c"
        return self._c
    @c.setter
    def c(self, v):
        if v < -273: raise ValueError('too cold')
        self._c = v
    @c.deleter
    def c(self): self._c = None
    ro = property(lambda self: 7)
t = T()
t.c = 5
print(t.c, T.c.__doc__)
try:
    t.c = -300
except ValueError as e:
    print(e)
del t.c
print(t.c, t.ro)
try:
    t.ro = 1
except AttributeError as e:
    print(e)
#%% getattr hooks
class A:
    def __getattr__(self, name):
        if name.startswith('dyn_'): return name[4:]
        raise AttributeError(f'no {name}')
a = A()
print(a.dyn_x, getattr(a, 'other', 'fallback'), hasattr(a, 'dyn_'), hasattr(a, 'nope'))
try:
    a.nope
except AttributeError as e:
    print(e)
class B:
    def __getattribute__(self, name):
        return 'got ' + name
print(B().anything)
class C:
    def __setattr__(self, n, v):
        object.__setattr__(self, n, v * 2)
    def __delattr__(self, n):
        print('del', n)
        super().__delattr__(n)
c = C()
c.x = 4
print(c.x)
del c.x
print(hasattr(c, 'x'))
#%% module like registry in setattr
class Module:
    def __init__(self):
        object.__setattr__(self, '_modules', {})
    def __setattr__(self, name, value):
        if isinstance(value, Module):
            self._modules[name] = value
        else:
            object.__setattr__(self, name, value)
    def __getattr__(self, name):
        modules = self.__dict__['_modules']
        if name in modules:
            return modules[name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
    def named(self, prefix=''):
        for n, m in self._modules.items():
            yield prefix + n
            yield from m.named(prefix + n + '.')
class Net(Module):
    def __init__(self):
        super().__init__()
        self.a = Module()
        self.b = Module()
        self.b.c = Module()
        self.k = 3
n = Net()
print(list(n.named()), n.k, type(n.b.c).__name__)
try:
    n.zz
except AttributeError as e:
    print(e)
#%% descriptors
class Positive:
    def __set_name__(self, owner, name): self.name = '_' + name
    def __get__(self, obj, objtype=None):
        if obj is None: return self
        return getattr(obj, self.name, None)
    def __set__(self, obj, v):
        if v <= 0: raise ValueError('must be positive')
        setattr(obj, self.name, v)
class P:
    x = Positive()
p = P()
p.x = 3
print(p.x, isinstance(P.x, Positive), p.__dict__)
try:
    p.x = -1
except ValueError as e:
    print(e)
class NonData:
    def __get__(self, obj, t): return 'nondata'
class Q:
    a = NonData()
q = Q()
print(q.a)
q.__dict__['a'] = 'own'
print(q.a)
class cached:
    def __init__(self, f): self.f = f; self.name = f.__name__
    def __get__(self, obj, t):
        v = self.f(obj)
        obj.__dict__[self.name] = v
        return v
class R:
    @cached
    def slow(self):
        print('computing')
        return 42
r = R()
print(r.slow, r.slow)
#%% class and static methods
class A:
    count = 0
    @classmethod
    def make(cls, n):
        o = cls()
        o.n = n
        return o
    @staticmethod
    def add(a, b): return a + b
class B(A): pass
print(type(B.make(1)).__name__, A.add(1, 2), B().add(3, 4), B().make(5).n)
#%% new
class Single:
    _inst = None
    def __new__(cls, *a):
        if cls._inst is None:
            cls._inst = super().__new__(cls)
        return cls._inst
    def __init__(self, v): self.v = v
a, b = Single(1), Single(2)
print(a is b, a.v)
class Other:
    def __new__(cls): return 5
print(Other())
#%% subclassing builtins
class L(list):
    def total(self): return sum(self)
    def append(self, x):
        super().append(x * 2)
l = L([1, 2])
l.append(3)
print(l, l.total(), len(l), isinstance(l, list), type(l).__name__, l[1:], l == [1, 2, 6])
class D(dict):
    def __missing__(self, k): return k * 2
    def __setitem__(self, k, v): super().__setitem__(k, v + 1)
d = D(a=1)
d['b'] = 1
print(d, d['zz'], d.get('zz'), 'zz' in d)
class AttrDict(dict):
    def __getattr__(self, k):
        try: return self[k]
        except KeyError: raise AttributeError(k)
    def __setattr__(self, k, v): self[k] = v
ad = AttrDict(x=1)
ad.y = 2
print(ad.x, ad.y, ad, hasattr(ad, 'z'))
class Size(tuple):
    def __new__(cls, *dims): return super().__new__(cls, dims)
    def numel(self):
        n = 1
        for d in self: n *= d
        return n
    def __repr__(self): return 'Size(' + ', '.join(map(str, self)) + ')'
s = Size(2, 3, 4)
print(s, s.numel(), s[0], s[-1], len(s), s == (2, 3, 4), type(s[1:]).__name__, (1,) + s)
a, *b = s
print(a, b)
class I(int):
    def __add__(self, o): return I(int(self) + o + 100)
i = I(5)
print(i + 1, i * 2, type(i + 1).__name__, i == 5, i < 6, hash(i) == hash(5), [10, 20, 30][I(1)], int(i), isinstance(i, int))
class S(str):
    def shout(self): return self.upper() + '!'
print(S('hi').shout(), S('a') + 'b', len(S('abc')), S('x') == 'x', {S('k'): 1}['k'], f"{S('fmt'):>5}")
class F(float): pass
print(F(1.5) + 1, F('2.5'))
#%% operators
class V:
    def __init__(self, *c): self.c = c
    def __add__(self, o): return V(*[a + b for a, b in zip(self.c, o.c)]) if isinstance(o, V) else NotImplemented
    def __radd__(self, o): return V(*[o + a for a in self.c]) if isinstance(o, int) else NotImplemented
    def __mul__(self, k): return V(*[a * k for a in self.c])
    __rmul__ = __mul__
    def __neg__(self): return V(*[-a for a in self.c])
    def __eq__(self, o): return isinstance(o, V) and self.c == o.c
    def __repr__(self): return f'V{self.c}'
    def __getitem__(self, i): return self.c[i]
    def __len__(self): return len(self.c)
    def __matmul__(self, o): return sum(a * b for a, b in zip(self.c, o.c))
    def __iadd__(self, o):
        self.c = tuple(a + o for a in self.c)
        return self
    def __abs__(self): return sum(abs(x) for x in self.c)
    def __invert__(self): return 'inv'
    def __divmod__(self, o): return ('divmod', o)
    def __pow__(self, o): return ('pow', o)
a, b = V(1, 2), V(3, 4)
print(a + b, 2 * a, a * 3, -a, a == V(1, 2), a != b, a[1], len(a), a @ b, abs(-a), ~a, divmod(a, 2), a ** 3)
print(10 + a, list(a), 2 in a, bool(V()))
a += 5
print(a)
for f in [lambda: a + 'x', lambda: 'x' + a, lambda: a - a, lambda: a < b]:
    try:
        f()
    except TypeError as e:
        print(e)
#%% reflected priority of subclasses
class A:
    def __add__(self, o): return 'A.add'
    def __eq__(self, o): return 'A.eq'
class B(A):
    def __radd__(self, o): return 'B.radd'
    def __eq__(self, o): return 'B.eq'
print(A() + B(), B() + A(), A() == B())
#%% comparisons and hash
class K:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return isinstance(o, K) and self.v == o.v
    def __hash__(self): return hash(self.v)
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f'K({self.v})'
print(K(1) == K(1), K(1) != K(2), {K(1): 'a'}[K(1)], len({K(1), K(1), K(2)}), sorted([K(3), K(1), K(2)]), K(1) > K(0), min(K(2), K(1)))
class E:
    def __eq__(self, o): return True
try:
    {E(): 1}
except TypeError as e:
    print(e)
class Same:
    def __init__(self, v): self.v = v
    def __hash__(self): return 1
    def __eq__(self, o): return self.v == o.v
d = {Same(1): 'one', Same(2): 'two'}
print(d[Same(2)], len(d), Same(3) in d)
#%% containers
class Seq:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i):
        if isinstance(i, slice): return ('slice', i.start, i.stop, i.step)
        if i >= self.n: raise IndexError(i)
        return i * i
s = Seq(4)
print(list(s), s[1:2], s[::2], 9 in s, 5 in s, [*s], list(reversed(s)))
class It:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(It(3)), sum(It(4)), max(It(5)), [a + b for a, b in zip(It(2), It(3))])
class Store:
    def __init__(self): self.d = {}
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __contains__(self, k): return k in self.d
    def __bool__(self): return bool(self.d)
st = Store()
print(bool(st))
st[1, 2] = 'x'
print((1, 2) in st, st.d, not st)
del st[1, 2]
print(st.d)
#%% metaclass
class Meta(type):
    registry = []
    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, ns)
        mcs.registry.append((name, kw))
        return cls
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        cls.made = True
    def __call__(cls, *a, **k):
        obj = super().__call__(*a, **k)
        obj.called = True
        return obj
    def __len__(cls): return 7
    @property
    def prop(cls): return 'meta ' + cls.__name__
class A(metaclass=Meta, opt=1): 
    def __init__(self, x): self.x = x
class B(A): pass
print(Meta.registry, A.made, B(3).called, B(3).x, len(B), B.prop, type(B).__name__)
#%% init_subclass and class_getitem
class Base:
    subs = []
    def __init_subclass__(cls, key=None, **kw):
        super().__init_subclass__(**kw)
        cls.subs.append((cls.__name__, key))
    def __class_getitem__(cls, item): return (cls.__name__, item)
class A(Base, key='a'): pass
class B(A): pass
print(Base.subs, A[int])
#%% dynamic types
T = type('T', (object,), {'x': 1, 'f': lambda self: self.x + 1})
print(T().f(), T.__name__, T, isinstance(T(), T), issubclass(T, object), type(T))
print(type(1), type('a').__name__, type(None), type(print).__name__, type(lambda: 0).__name__, type(type))
print(int.__name__, T.__bases__, bool.__mro__)
#%% str and repr
class A:
    def __repr__(self): return '<A>'
class B(A):
    def __str__(self): return 'B!'
print(A(), str(A()), repr(B()), B(), [B()], f'{B()} {B()!r} {A()!s:>5}')
class C: pass
print(repr(C()).startswith('<__main__.C object at 0x'), C)
class D:
    def __format__(self, spec): return f'D[{spec}]'
print(f'{D():abc}', format(D(), 'x'), '{:q}'.format(D()))
#%% class dict and names
class A:
    "adoc"
    x: int = 1
    y: 'str'
    def f(self): pass
    class Inner:
        def g(self): pass
print(A.__name__, A.__qualname__, A.__doc__, A.__module__, A.__annotations__, A.Inner.__qualname__, A.f.__qualname__, A.Inner.g.__qualname__)
print([k for k in A.__dict__ if not k.startswith('__')])
a = A()
a.__dict__['q'] = 5
a.__dict__.update(r=6)
print(a.q, a.r, a.__class__ is A)
class B: pass
a.__class__ = B
print(type(a).__name__, a.q)
#%% abstract classes
from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
class Sq(Shape):
    def area(self): return 4
    name = 'sq'
print(Sq().area(), Sq().name)
try:
    Shape()
except TypeError as e:
    print('cannot instantiate' in str(e).lower() or "Can't instantiate" in str(e))
#%% slots
class P:
    __slots__ = ('x', 'y')
    def __init__(self): self.x = 1
p = P()
print(p.x)
try:
    p.z = 1
except AttributeError as e:
    print('AttributeError')
#%% isinstance
print(isinstance(1, int), isinstance(True, int), isinstance(1, (str, int)), isinstance('a', (int, float)), isinstance(1.0, int), issubclass(bool, int))
print(isinstance([], (list, tuple)), isinstance(1, int | str), isinstance(None, int | None))
#%% context of init returning value
class A:
    def __init__(self): return 1
try:
    A()
except TypeError as e:
    print(e)
#%% multiple inheritance with cooperative init
class Base:
    def __init__(self, **kw):
        print('Base', kw)
class M1(Base):
    def __init__(self, a=1, **kw):
        print('M1', a)
        super().__init__(**kw)
class M2(Base):
    def __init__(self, b=2, **kw):
        print('M2', b)
        super().__init__(**kw)
class X(M1, M2):
    def __init__(self, **kw):
        super().__init__(**kw)
X(a=5, b=6)
#%% super in other places
class A:
    @classmethod
    def c(cls): return 'A.c ' + cls.__name__
    @property
    def p(self): return 'A.p'
    @staticmethod
    def s(): return 'A.s'
class B(A):
    @classmethod
    def c(cls): return 'B ' + super().c()
    @property
    def p(self): return 'B ' + super().p
    def late(self):
        return [super(B, self).p for _ in range(1)]
    def inner(self):
        def g(): return super(B, self).p
        return g()
print(B.c(), B().p, B().late(), B().inner(), super(B, B).c())
try:
    super(B, B()).nope
except AttributeError as e:
    print(e)
