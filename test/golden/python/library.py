#%% collections
from collections import OrderedDict, defaultdict, namedtuple, Counter, deque, ChainMap
d = defaultdict(list)
d['a'].append(1)
print(d['a'], d['b'], len(d), dict(d), isinstance(d, dict))
P = namedtuple('P', ['x', 'y'])
p = P(1, y=2)
print(p, p.x, p[1], p._replace(x=5), p._asdict(), P._fields, p == (1, 2), [*p])
class Q(namedtuple('Q', 'a b', defaults=[7])):
    def s(self): return self.a + self.b
print(Q(1).s(), Q(1, 2))
c = Counter('abracadabra')
print(c['a'], c.most_common(2), c['zz'])
q = deque([1, 2, 3], maxlen=3)
q.append(4); q.appendleft(0)
print(list(q), q[0], len(q))
od = OrderedDict([('b', 1), ('a', 2)])
od.move_to_end('b')
print(list(od), list(od.items()), od == {'a': 2, 'b': 1}, od.popitem(last=False))
#%% dataclasses
from dataclasses import dataclass, field, asdict, replace, fields
@dataclass
class C:
    a: int
    b: str = 'x'
    c: list = field(default_factory=list)
    def total(self): return self.a * 2
c = C(1)
c.c.append(5)
print(c, C(1) == C(1), C(2, 'y', [1]).total(), asdict(c), replace(c, a=9), [f.name for f in fields(C)], C(1).c)
@dataclass(frozen=True, order=True)
class F:
    x: int
    y: int = 0
    def __post_init__(self): object.__setattr__(self, 'z', self.x + self.y)
f = F(1, 2)
print(f, f.z, hash(f) == hash(F(1, 2)), F(1) < F(2), {f: 1}[F(1, 2)])
try:
    f.x = 5
except Exception as e:
    print(type(e).__name__, e)
@dataclass
class D(C):
    d: float = 1.5
print(D(1, d=2.0))
try:
    C()
except TypeError as e:
    print(e)
#%% enum
from enum import Enum, IntEnum, auto
class Color(Enum):
    RED = 1
    GREEN = 2
    ALIAS = 1
    def nice(self): return self.name.lower()
print(Color.RED, Color.RED.name, Color.RED.value, Color(2), Color['RED'], list(Color), Color.RED is Color.ALIAS, Color.RED == Color.GREEN, Color.RED.nice(), isinstance(Color.RED, Color), len(Color))
print(repr(Color.RED), {Color.RED: 'r'}[Color.RED], Color.RED in Color, f'{Color.GREEN}')
class I(IntEnum):
    A = auto()
    B = auto()
print(I.B == 2, I.A + 1, I.B > I.A, [10, 20, 30][I.A], I(2).name, int(I.B))
class S(str, Enum):
    X = 'x'
    Y = 'why'
print(S.X == 'x', S('why').name, S.Y.value, S.X.upper())
try:
    Color(9)
except ValueError as e:
    print(e)
#%% itertools
import itertools as it
print(list(it.chain([1], [2, 3])), list(it.chain.from_iterable([[1], [2]])), list(it.product('ab', repeat=2)), list(it.combinations(range(4), 2))[:3], list(it.permutations('abc', 2))[:3])
print(list(it.islice(it.count(1, 2), 3)), list(it.repeat(0, 2)), list(it.accumulate([1, 2, 3])), list(it.zip_longest([1], [2, 3], fillvalue=0)), [(k, list(g)) for k, g in it.groupby('aabbc')], list(it.starmap(pow, [(2, 3)])), list(it.islice(it.cycle('ab'), 5)), list(it.pairwise([1, 2, 3])), list(it.dropwhile(lambda x: x < 2, [1, 2, 1])))
#%% math and friends
import math, operator, string, random
print(math.ceil(1.2), math.floor(-1.2), math.sqrt(16), math.pi, math.log(math.e), math.log2(8), math.gcd(12, 18), math.prod([2, 3]), math.inf > 1, math.isclose(0.1 + 0.2, 0.3), math.hypot(3, 4), math.factorial(5), math.trunc(2.7), math.comb(5, 2), math.exp(0), math.cos(0), math.copysign(1, -2), math.isnan(math.nan), math.log(8, 2), math.pow(2, 3))
print(operator.add(1, 2), operator.itemgetter(1)([5, 6]), operator.attrgetter('real')(3), operator.mul(2, 3), string.ascii_lowercase[:3], operator.methodcaller('upper')('a'))
#%% functools more
import functools
@functools.singledispatch
def f(x): return 'default'
@f.register(int)
def _(x): return 'int'
@f.register
def _(x: str): return 'str'
print(f(1), f('a'), f(2.5))
class A:
    def __init__(self): self.n = 0
    @functools.cached_property
    def slow(self):
        self.n += 1
        return self.n
a = A()
print(a.slow, a.slow, a.n)
@functools.total_ordering
class T:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(T(1) <= T(2), T(3) >= T(2), T(1) > T(0))
print(functools.partialmethod is not None)
#%% re
import re
m = re.match(r'(\w+)-(\d+)', 'conv-12 rest')
print(m.group(0), m.group(1), m.groups(), re.sub(r'\d', '#', 'a1b2'), re.findall(r'[a-z]+', 'ab1cd'), re.split(r'[,;]', 'a,b;c'), bool(re.search('x', 'abc')), re.compile(r'^layer(\d)').match('layer3').group(1))
print(re.match(r'(?P<a>\d+)', '12x').groupdict(), re.sub(r'(\w)(\w)', r'\2\1', 'abcd'), re.fullmatch(r'\d+', '12a'), [m.start() for m in re.finditer('a', 'banana')])
#%% json and paths
import json, os
from pathlib import Path
print(json.dumps({'a': [1, 2.5, None, True, 'x']}), json.loads('{"k": [1, {"z": null}]}'))
print(os.path.join('a', 'b', 'c.txt'), os.path.basename('/x/y.py'), os.path.splitext('m.tar.gz'), os.path.dirname('/a/b/c'))
p = Path('a') / 'b' / 'c.txt'
print(p, p.name, p.suffix, p.stem, str(p.parent))
#%% typing
from typing import List, Optional, Dict, Union, Callable, Tuple, Any, TypeVar, Generic, NamedTuple, Protocol
T = TypeVar('T')
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
class IntBox(Box[int]): pass
print(Box(1).v, IntBox(2).v, isinstance(IntBox(1), Box))
class NT(NamedTuple):
    x: int
    y: str = 'd'
    def both(self): return (self.x, self.y)
print(NT(1), NT(1).both(), NT(2, 'z').x)
def f(a: Optional[List[int]] = None, b: 'Union[int, str]' = 1, *c: Any, **d: Callable[..., int]) -> Dict[str, Tuple[int, ...]]: return {}
print(f())
x: List[int] = []
y: int
print(x)
#%% inspect
import inspect
def f(a, b=2, *args, c, d=4, **kw): pass
sig = inspect.signature(f)
print(list(sig.parameters), sig.parameters['b'].default, sig.parameters['c'].kind == inspect.Parameter.KEYWORD_ONLY, sig.parameters['a'].default is inspect.Parameter.empty)
class A:
    def __init__(self, x, y=1): pass
print(list(inspect.signature(A).parameters), inspect.isclass(A), inspect.isfunction(f), inspect.ismethod(A(1).__init__))
#%% argparse
import argparse
p = argparse.ArgumentParser()
p.add_argument('--lr', type=float, default=0.1)
p.add_argument('--layers', type=int, nargs='+', default=[1, 2])
p.add_argument('--flag', action='store_true')
p.add_argument('-b', '--batch-size', type=int, default=32)
a = p.parse_args([])
print(a.lr, a.layers, a.flag, a.batch_size)
a = p.parse_args(['--lr', '0.5', '--flag', '--layers', '3', '4'])
print(a.lr, a.layers, a.flag)
#%% builtins
print(getattr([], 'append') is not None, callable(len), type(3) is int, id(1) == id(1), [f(2) for f in (str, float, bool)], list(map(lambda a, b: a * b, [1, 2], [3, 4])))
print(vars(type('T', (), {'a': 1})())  , dir(type('T', (), {'zz': 1}))[-1], isinstance(iter([]), object), bin(5), hex(255), oct(8), ascii('é'), repr('a'), format(3.14159, '.2f'), hash('a') == hash('a'))
exec_done = 3
print(exec_done)
#%% types and copy
import types, copy
ns = types.SimpleNamespace(a=1, b='x')
ns.c = 3
print(ns, ns.a, vars(ns))
m = types.MethodType(lambda self, x: (self, x), 5)
print(m(6))
class A:
    def __init__(self): self.l = [1]
    def __deepcopy__(self, memo): return 'deep'
print(copy.deepcopy(A()), copy.copy(A()).l)
def f(a): return a
print(isinstance(f, types.FunctionType), isinstance(len, types.BuiltinFunctionType))
