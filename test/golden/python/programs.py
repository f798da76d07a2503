#%% configurations of dataclasses
"""Config system with nested dataclasses, overrides and yaml-like dumping."""
from __future__ import annotations
import dataclasses
from dataclasses import dataclass, field, fields, asdict, astuple, replace, is_dataclass, InitVar, KW_ONLY, MISSING
from typing import Any, ClassVar, Optional, Union, get_type_hints, get_origin, get_args, List, Dict
import json, sys

@dataclass(frozen=True)
class Opt:
    name: str = 'adam'
    lr: float = 1e-3
    betas: tuple[float, float] = (0.9, 0.999)

@dataclass(kw_only=True)
class Base:
    registry: ClassVar[dict[str, type]] = {}
    seed: int = 0
    tags: list[str] = field(default_factory=list)
    def __init_subclass__(cls, key=None, **kw):
        super().__init_subclass__(**kw)
        if key: Base.registry[key] = cls

@dataclass(kw_only=True)
class Model(Base, key='model'):
    width: int
    depth: int = 2
    opt: Opt = field(default_factory=Opt)
    scale: InitVar[float | None] = None
    hidden: list[int] = field(init=False, repr=False)
    def __post_init__(self, scale):
        self.hidden = [int(self.width * (scale or 1)) for _ in range(self.depth)]

@dataclass(slots=True, order=True)
class Point:
    x: int
    y: int = field(default=0, compare=False)
    _: KW_ONLY
    z: int = 5

@dataclass
class Tree:
    value: int
    children: list[Tree] = field(default_factory=list)
    def walk(self, d=0):
        yield d, self.value
        for c in self.children:
            yield from c.walk(d + 1)

def override(cfg, dotted: str, value):
    head, _, rest = dotted.partition('.')
    if rest:
        return replace(cfg, **{head: override(getattr(cfg, head), rest, value)})
    return replace(cfg, **{head: value})

m = Model(width=8, scale=1.5, tags=['a'])
print(m, m.hidden)
print(Base.registry)
print(asdict(m))
print(json.dumps(asdict(m), indent=2, sort_keys=True))
p = Point(1, 2)
print(p, p < Point(2), p == Point(1, 9), astuple(p), Point.__slots__)
try:
    p.q = 1
except AttributeError as e:
    print(type(e).__name__, e)
try:
    m.opt.lr = 3
except dataclasses.FrozenInstanceError as e:
    print('frozen', e)
try:
    Model()
except TypeError as e:
    print(e)
print([f.name for f in fields(Model)], [f.default is MISSING for f in fields(Model)])
print(override(Opt(), 'lr', 0.1), hash(Opt()) == hash(Opt()))
t = Tree(1, [Tree(2, [Tree(3)]), Tree(4)])
print(list(t.walk()), is_dataclass(t), is_dataclass(Tree))
print(get_type_hints(Opt))
print({k: (get_origin(v), get_args(v)) for k, v in get_type_hints(Opt).items()})
print([f.type for f in fields(Opt)])
for f in fields(m):
    print(f.name, f.type, f.init, f.repr, f.kw_only)
print(dataclasses.make_dataclass('D', [('a', int), ('b', int, field(default=3))], namespace={'s': lambda self: self.a + self.b})(1).s())
from copy import copy, deepcopy
c = deepcopy(m); c.tags.append('b'); print(m.tags, c.tags, c == m, c.opt is m.opt)
print(Opt.__match_args__, Point.__match_args__, Opt.__dataclass_params__.frozen, sorted(Opt.__dataclass_fields__))
match p:
    case Point(x=1, y=yy): print('one', yy)
match Opt():
    case Opt('adam', lr): print('adam', lr)
@dataclass(eq=False)
class E: a: int = 1
print(E() == E(), E().__hash__ is not None)
@dataclass(unsafe_hash=True)
class H: a: int = 1
print(hash(H()) == hash(H(1)), {H(): 1}[H()])
try:
    @dataclass
    class Bad:
        a: list = []
except ValueError as e: print(e)
try:
    @dataclass
    class Bad2:
        a: int = 1
        b: int
except TypeError as e: print(e)
@dataclass
class Par: 
    a: int = 1
@dataclass
class Chi(Par):
    b: int = 2
    a: int = 10
print(Chi(), Chi(5), Chi.__init__.__qualname__)

#%% registries and metaclasses
"""Registry, metaclass, plugins."""
from abc import ABC, ABCMeta, abstractmethod
from collections import OrderedDict, defaultdict, ChainMap, Counter, deque, namedtuple
import functools, inspect, weakref

class RegistryMeta(ABCMeta):
    _all = OrderedDict()
    def __new__(mcs, name, bases, ns, /, alias=None, **kw):
        cls = super().__new__(mcs, name, bases, ns, **kw)
        if not inspect.isabstract(cls):
            mcs._all[alias or name.lower()] = cls
        return cls
    def __init__(cls, name, bases, ns, alias=None):
        super().__init__(name, bases, ns)
        cls.created = len(type(cls)._all)
    def __call__(cls, *a, **k):
        obj = super().__call__(*a, **k)
        obj.called = True
        return obj
    def __getitem__(cls, key): return cls._all[key]
    def __contains__(cls, key): return key in cls._all
    def __iter__(cls): return iter(cls._all)
    def __len__(cls): return len(cls._all)
    @property
    def names(cls): return list(cls._all)
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        return OrderedDict(injected=name)

class Layer(metaclass=RegistryMeta):
    @abstractmethod
    def forward(self, x): ...
    @property
    @abstractmethod
    def size(self): ...

class Lin(Layer, alias='linear'):
    size = 3
    def forward(self, x): return x * self.size
class Act(Layer):
    @property
    def size(self): return 1
    def forward(self, x): return max(0, x)

print(Layer.names, len(Layer), 'linear' in Layer, list(Layer), Layer['act'], Lin.injected, Lin.created, Act.created)
l = Lin(); print(l.called, l.forward(2), isinstance(l, Layer), type(Lin), type(type(Lin)))
try: Layer()
except TypeError as e: print(e)

class Registry(dict):
    def __init__(self, name, *, fallback=None):
        super().__init__(); self.name = name; self.fallback = fallback
    def register(self, obj=None, *, name=None, force=False):
        if obj is None:
            return functools.partial(self.register, name=name, force=force)
        key = name or obj.__name__
        if key in self and not force: raise KeyError(f'{key} was already registered in {self.name}')
        self[key] = obj
        return obj
    def __missing__(self, key):
        if self.fallback is None: raise KeyError(f'no {key!r} in {self.name}; have {sorted(self)}')
        return self.fallback
    def build(self, cfg, *args, **default):
        cfg = {**default, **cfg}
        kind = cfg.pop('type')
        cls = self[kind]
        sig = inspect.signature(cls)
        ok = {k: v for k, v in cfg.items() if k in sig.parameters or any(p.kind is p.VAR_KEYWORD for p in sig.parameters.values())}
        return cls(*args, **ok)
R = Registry('blocks')
@R.register
class A:
    def __init__(self, a, b=2, *, c=3): self.v = (a, b, c)
@R.register(name='bee')
class B:
    def __init__(self, **kw): self.v = sorted(kw.items())
@R.register()
def f(x, /, y=1, *args, z, **kw): return x, y, args, z, kw
print(list(R), R.build(dict(type='A', a=1, c=9, junk=4)).v, R.build({'type': 'bee'}, q=1).v)
try: R['nope']
except KeyError as e: print(e, e.args)
try: R.register(A)
except KeyError as e: print(e)
print(inspect.signature(f), inspect.signature(A), inspect.signature(A.__init__))
for p in inspect.signature(f).parameters.values(): print(p.name, p.kind, p.kind.name, p.default is p.empty, p)
b = inspect.signature(f).bind(1, 2, 3, z=4, w=5); b.apply_defaults(); print(b.arguments, b.args, b.kwargs)
print(inspect.getfullargspec(f).args, inspect.isclass(A), inspect.isfunction(f), inspect.ismethod(A(1).__init__))

Dyn = type('Dyn', (A,), {'extra': property(lambda self: sum(self.v)), '__doc__': 'dynamic', '__len__': lambda self: 7})
d = Dyn(1); print(d.extra, len(d), Dyn.__doc__, Dyn.__mro__, Dyn.__bases__, Dyn.__name__, Dyn.__qualname__, Dyn.__module__)
cm = ChainMap({'a': 1}, {'a': 2, 'b': 3}); print(cm['a'], cm['b'], dict(cm.new_child({'b': 9})), cm.parents, list(cm))
od = OrderedDict(a=1, b=2, c=3); od.move_to_end('a'); print(od); od.move_to_end('c', last=False); print(od, od.popitem(last=False), list(reversed(od)))
print(Counter('abracadabra').most_common(2), Counter(a=3) - Counter(a=1, b=2), Counter('aab') + Counter('b'), Counter('aab') & Counter('ab'))
dq = deque([1,2,3], maxlen=3); dq.append(4); dq.rotate(1); dq.appendleft(0); print(dq, dq.maxlen, dq[1], list(reversed(dq)))
P = namedtuple('P', 'x y z', defaults=[3]); p = P(1, 2); print(p, p._asdict(), p._replace(x=5), P._fields, P._field_defaults, P._make([1,2,3]), p[1:], *p)
dd = defaultdict(lambda: defaultdict(int)); dd['a']['b'] += 1; print(dd['a'], {k: dict(v) for k, v in dd.items()})
class Node:
    def __init__(self, p=None): self.p = weakref.ref(p) if p else None
n = Node(); m = Node(n); print(m.p() is n, isinstance(m.p, weakref.ref))
wd = weakref.WeakValueDictionary(); wd['n'] = n; print(wd['n'] is n, 'n' in wd, len(wd))
ws = weakref.WeakKeyDictionary(); ws[n] = 3; print(ws[n])
print(issubclass(Lin, Layer), Layer.__abstractmethods__ == frozenset({'forward', 'size'}), sorted(Layer.__abstractmethods__))
class Virtual: pass
class Proto(ABC):
    @classmethod
    def __subclasshook__(cls, C):
        return True if hasattr(C, 'go') else NotImplemented
class Goes:
    def go(self): pass
print(isinstance(Goes(), Proto), isinstance(Virtual(), Proto)); Proto.register(Virtual); print(isinstance(Virtual(), Proto))

#%% command lines and texts
"""argparse, strings, formatting."""
import argparse, sys, os, textwrap, string, re, math, pathlib
from pathlib import Path, PurePosixPath
def str2bool(v):
    if isinstance(v, bool): return v
    if v.lower() in ('yes', 'true', 't', '1'): return True
    if v.lower() in ('no', 'false', 'f', '0'): return False
    raise argparse.ArgumentTypeError('Boolean value expected.')
def get_parser():
    p = argparse.ArgumentParser(description='train', formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    p.add_argument('data', nargs='?', default='/data')
    p.add_argument('-b', '--batch-size', type=int, default=32, metavar='N', help='batch')
    p.add_argument('--lr', '--learning-rate', dest='lr', type=float, default=0.1)
    p.add_argument('--milestones', nargs='+', type=int, default=[30, 60])
    p.add_argument('--amp', action='store_true')
    p.add_argument('--no-aug', dest='aug', action='store_false')
    p.add_argument('--arch', choices=['r18', 'r50'], default='r18')
    p.add_argument('-v', action='count', default=0)
    p.add_argument('--flag', type=str2bool, nargs='?', const=True, default=False)
    p.add_argument('--opt', action=argparse.BooleanOptionalAction, default=True)
    p.add_argument('--kv', action='append', default=None)
    p.add_argument('--const', action='store_const', const=7, default=1)
    g = p.add_mutually_exclusive_group(); g.add_argument('--x', type=int); g.add_argument('--y', type=int)
    gr = p.add_argument_group('model', 'model opts'); gr.add_argument('--width', type=int, default=64)
    p.set_defaults(extra='e')
    return p
a = get_parser().parse_args([])
print(a)
a = get_parser().parse_args(['d', '-b', '8', '--lr=0.5', '--milestones', '1', '2', '--amp', '-vv', '--flag', '--no-opt', '--kv', 'a', '--kv', 'b', '--x', '3', '--const'])
print(a, vars(a)['lr'], 'amp' in a)
b, rest = get_parser().parse_known_args(['--unknown', '3']); print(b.data, rest)
sub = argparse.ArgumentParser(); sp = sub.add_subparsers(dest='cmd'); t = sp.add_parser('train'); t.add_argument('--e', type=int, default=3); t.set_defaults(func=len)
print(sub.parse_args(['train', '--e', '5'])); print(sub.parse_args([]))
ns = argparse.Namespace(**{'a': 1}); ns.b = 2; print(ns, vars(ns), ns == argparse.Namespace(a=1, b=2))
x = 3.14159; n = 1234567; s = 'net'; w = 12
print(f'{x:.2f}|{x:10.3e}|{n:,}|{n:_}|{n:#x}|{n:b}|{s!r:>8}|{s:^{w}}|{s:*<8}|{x=}|{x=:.1f}|{n:+d}|{-n:08d}|{0.256:.1%}|{1e-10:g}|{True:d}|{s!a}|{{}}|{n:e}')
print('{0} {1} {0} {k[a]} {o.real} {:}'.format.__name__ if False else '{0} {1} {0} {k[a]} {o.real}'.format(1, 2, k={'a': 3}, o=4))
print('%s %r %d %05.1f %x %-5s| %+d %% %c %5s %(a)s' % () if False else '%s %r %d %05.1f %x %-5s| %+d %% %c' % ('a', 'b', 3, 2.25, 255, 'q', 4, 'z'))
print('%(a)s-%(b)03d' % {'a': 1, 'b': 2}, '%s' % [1], '%s' % ((1,),), '%.3g' % 1234.5, '%i' % 3.9)
print(string.Template('$a ${b} $$').substitute(a=1, b='x'), string.ascii_lowercase[:5], string.capwords('a bc'), 'abc'.translate(str.maketrans('ab', 'xy', 'c')))
print(textwrap.dedent('''
    a
      b
'''), textwrap.indent('a\nb', '> '), textwrap.fill('the quick brown fox', 10), textwrap.shorten('hello big world', 10))
print('a,b,,c'.split(','), ' a  b '.split(), 'a.b.c'.rsplit('.', 1), 'abc'.partition('b'), 'x'.join(['1','2']), 'aXbX'.replace('X', '-', 1), 'hello'.title(), 'Hello World'.swapcase(), 'abc'.center(9, '*'), '42'.zfill(5), 'abcabc'.rfind('b'), 'tEST'.capitalize(), 'prefix_x'.removeprefix('prefix_'), 'x.py'.removesuffix('.py'), 'a\tb'.expandtabs(4), 'abc'.startswith(('x', 'ab')), 'l1\nl2\r\nl3'.splitlines(), 'ß'.casefold(), '１'.isdigit(), 'abc'.encode(), b'ab'.decode(), b'\x00\xff'.hex())
print(re.sub(r'(\w+)\.(\d+)', lambda m: f'{m[1]}[{int(m.group(2)) + 1}]', 'layer.0.conv.1'), re.findall(r'(?P<k>\w+)=(\d+)', 'a=1,b=22'), re.match(r'(?P<n>[a-z]+)(?P<v>\d+)?', 'vgg').groupdict(), re.split(r'[,;]\s*', 'a, b;c'), re.fullmatch(r'\d+', '12') is not None, [m.span() for m in re.finditer('a', 'banana')], re.compile(r'^conv', re.I | re.M).search('x\nConv').group())
P = Path('runs') / 'exp' / 'model.v1.pt'
print(P, P.name, P.stem, P.suffix, P.suffixes, P.parent, P.parts, P.with_suffix('.onnx'), P.with_name('a.b'), P.is_absolute(), str(P), repr(P), Path('/a/b/../c').as_posix(), P.relative_to('runs'), [str(q) for q in P.parents], Path('a') == Path('a'), sorted([Path('b'), Path('a')]), P.match('*.pt'), Path('a', 'b', '/c'), P.joinpath('x', 'y'), os.fspath(P), PurePosixPath('a/b').with_stem('z'))
print(os.path.join('a', 'b', '..', 'c'), os.path.splitext('a/b.tar.gz'), os.path.basename('/x/y'), os.path.dirname('/x/y'), os.path.normpath('a//b/../c'), os.path.split('/a/b'), os.environ.get('NOPE_X', 'd'), os.sep, os.path.isabs('/a'), os.path.commonprefix(['abc', 'abd']))
print(math.prod([1,2,3]), math.ceil(2.1), math.floor(-2.5), math.isclose(0.1+0.2, 0.3), math.gcd(12, 18), math.lcm(4, 6), math.log2(8), math.comb(5, 2), math.inf, math.nan, math.hypot(3, 4), math.isqrt(17), math.fsum([.1]*10), math.trunc(-2.7), math.copysign(1, -0.0), round(2.5), round(-1.5), round(2.675, 2), round(1234, -2), divmod(-7, 3), -7 // 2, -7 % 3, 7 % -3, 2 ** -1, 10 ** 20, pow(2, 10, 1000), 0.1 + 0.2, 1e16, 1e15, 123456789012345678, 1.0, 1e-5, float('inf'), -0.0, int('0x1f', 16), int('1_000'), float('1e3'), complex(1, 2) * 1j, abs(-3), bool([]), hex(255), oct(8), bin(5), ord('a'), chr(98), (255).bit_length(), (5).to_bytes(2, 'big'), int.from_bytes(b'\x01\x00', 'little'), 3 .__add__(4), (0.5).as_integer_ratio(), (2.0).is_integer(), float.hex(1.0) )

#%% generators, contexts and functions of functions
"""generators, itertools, functools, contextlib."""
import itertools as it, functools as ft, operator as op, contextlib, heapq, bisect, random, time, warnings, logging, types, copy
from functools import singledispatch, singledispatchmethod, cached_property, lru_cache, wraps, partial, partialmethod, reduce, total_ordering, cmp_to_key, cache
print(list(it.chain.from_iterable([[1], [2, 3]])), list(it.product('ab', repeat=2)), list(it.permutations([1,2,3], 2))[:3], list(it.combinations('abc', 2)), list(it.combinations_with_replacement('ab', 2)), list(it.accumulate([1,2,3,4], op.mul)), list(it.accumulate([1,2], initial=10)), [(k, list(g)) for k, g in it.groupby('aabbc')], list(it.islice(it.count(5, 2), 3)), list(it.islice(range(10), 2, 8, 3)), list(it.takewhile(lambda x: x < 3, range(9))), list(it.dropwhile(lambda x: x < 3, range(6))), list(it.zip_longest([1,2], 'abc', fillvalue=0)), list(it.starmap(pow, [(2,3),(3,2)])), list(it.compress('abcd', [1,0,1,0])), list(it.filterfalse(lambda x: x % 2, range(6))), list(it.pairwise([1,2,3])), list(it.repeat('x', 3)), [list(x) for x in it.tee([1,2])], list(it.islice(it.cycle('ab'), 5)), list(it.batched('abcdefg', 3)))
def sliding(iterable, n):
    d = __import__('collections').deque(it.islice(iterable, n - 1), maxlen=n)
    for x in iterable:
        d.append(x); yield tuple(d)
print(list(sliding(iter(range(5)), 3)))
def roundrobin(*its):
    for nexts in it.cycle([iter(i).__next__ for i in its]) if False else []: pass
    iters = [iter(i) for i in its]
    while iters:
        for i in list(iters):
            try: yield next(i)
            except StopIteration: iters.remove(i)
print(list(roundrobin('ab', 'cde', 'f')))
@singledispatch
def conv(x): return f'obj {x!r}'
@conv.register
def _(x: int): return f'int {x}'
@conv.register(list)
@conv.register(tuple)
def _(x): return [conv(y) for y in x]
@conv.register(float)
def flt(x): return 'float'
print(conv(1), conv('a'), conv([1, 2.0, (3,)]), conv(True), conv.dispatch(bool) is conv.registry[int], conv.registry.keys() >= {int, list})
class D:
    @singledispatchmethod
    def go(self, a): return 'any'
    @go.register
    def _(self, a: int): return 'int'
    @cached_property
    def big(self):
        print('computing'); return 42
    def base(self, a, b=2, *, c=0): return (a, b, c)
    pm = partialmethod(base, 1, c=5)
d = D(); print(d.go(1), d.go('x'), d.big, d.big, 'big' in d.__dict__, d.pm(), d.pm(3)); del d.big; print(d.big)
@lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n-1) + fib(n-2)
print(fib(50), fib.cache_info(), fib.__wrapped__(3)); fib.cache_clear(); print(fib.cache_info().currsize)
def timed(label=None):
    def deco(fn):
        calls = 0
        @wraps(fn)
        def wrap(*a, **k):
            nonlocal calls
            calls += 1
            wrap.calls = calls
            return label, fn(*a, **k)
        return wrap
    return deco(label) if callable(label) else deco
@timed('x')
def foo(a, *, b=1):
    "doc"
    return a + b
print(foo(1), foo(2, b=3), foo.calls, foo.__name__, foo.__doc__, foo.__wrapped__(1))
p = partial(foo.__wrapped__, b=10); print(p(1), p.func.__name__, p.args, p.keywords, partial(p, 5)())
@total_ordering
class V:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __lt__(s, o): return s.v < o.v
    def __repr__(s): return f'V({s.v})'
print(V(1) >= V(0), V(1) <= V(0), sorted([V(2), V(1)]), max(V(1), V(3)), sorted([3,1,2], key=cmp_to_key(lambda a, b: b - a)), reduce(lambda a, b: a + [b], [1, 2], []))
@contextlib.contextmanager
def ctx(name, swallow=False):
    print('enter', name)
    try:
        yield name.upper()
    except ValueError as e:
        print('caught', e)
        if not swallow: raise
    else: print('clean')
    finally: print('exit', name)
with ctx('a') as a, ctx('b', True) as b:
    print(a, b)
    raise ValueError('boo')
try:
    with ctx('c'): raise ValueError('up')
except ValueError as e: print('outer', e)
with contextlib.ExitStack() as st:
    vs = [st.enter_context(ctx(str(i))) for i in range(2)]
    st.callback(print, 'cb', 1)
with contextlib.suppress(KeyError, IndexError): {}['x']
with contextlib.nullcontext(5) as five: print(five)
@ctx('deco')
def inside(): print('in')
inside()
class CD(contextlib.ContextDecorator):
    def __enter__(self): print('E'); return self
    def __exit__(self, t, v, tb): print('X', t and t.__name__); return True
@CD()
def bad(): raise RuntimeError
bad()
h = [5, 1, 4]; heapq.heapify(h); heapq.heappush(h, 0); print(heapq.heappop(h), heapq.nsmallest(2, h), heapq.nlargest(1, h), heapq.heappushpop(h, 2), list(heapq.merge([1,4],[2,3])))
print(bisect.bisect([1,3,5], 3), bisect.bisect_left([1,3,5], 3), bisect.insort.__name__); l = [1, 3]; bisect.insort(l, 2); print(l, bisect.bisect_left([{'a':1},{'a':4}], 3, key=lambda d: d['a']))
print(op.attrgetter('real', 'imag')(3), op.itemgetter(1, 0)('ab'), op.methodcaller('upper')('x'), op.add(1, 2), op.mul(2, 3), op.contains([1], 1), op.index(3), op.truediv(1, 2))
def gen():
    r = []
    try:
        while True:
            x = yield len(r)
            r.append(x)
    except GeneratorExit: print('closing', r)
g = gen(); next(g); print(g.send('a'), g.send('b')); g.close()
def acc():
    t = 0
    while (x := (yield t)) is not None: t += x
    return t
def outer():
    r = yield from acc(); print('result', r); yield 'done'
o = outer(); next(o); o.send(3); o.send(4); print(o.send(None))
print(sum(x * x for x in range(5)), [y for x in range(3) if x for y in range(x)], {k: v for k, v in zip('ab', it.count())}, {x % 3 for x in range(9)}, any(x > 3 for x in range(5)), all([]), min([3, 1], key=lambda x: -x), max('a', 'bb', key=len), max([], default=None), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 'a'])), list(enumerate('ab', 1)), list(reversed([1, 2])), sorted('bca', reverse=True), list(zip(*[(1, 2), (3, 4)])), [*range(3), *'ab'], {**{'a': 1}, 'b': 2}, (*[1], 2))
a, *b, c = range(5); (d, e), f = (1, 2), 3; print(a, b, c, d, e, f)
try:
    for x, y in zip([1,2], [1], strict=True): pass
except ValueError as e: print(e)

#%% hints, protocols and generics
"""Typing, protocols, generics, PEP 695."""
from __future__ import annotations
from typing import (NamedTuple, Protocol, Generic, TypedDict, TypeVar, Callable, runtime_checkable, overload, Literal, Annotated, Final, Self, Any, Iterable,
    Optional, Union, NewType, cast, TYPE_CHECKING, get_args, get_origin, get_type_hints, ParamSpec, Concatenate, TypeAlias, Required, NotRequired, Unpack, Type)
import typing as t
if TYPE_CHECKING:
    from torch import Tensor
    import nothing_at_all
T = TypeVar('T', bound='Block'); K = TypeVar('K'); P = ParamSpec('P')
class Shape(NamedTuple):
    h: int
    w: int = 7
    @property
    def area(self): return self.h * self.w
    def scale(self, k): return self._replace(h=self.h * k)
s = Shape(3); print(s, s.area, s.scale(2), s == (3, 7), Shape._fields, tuple(s), s._asdict(), Shape(**{'h': 1}))
h, w = s
class Cfg(TypedDict, total=False):
    name: Required[str]
    n: int
c: Cfg = {'name': 'a'}; print(c, Cfg(name='b', n=2), Cfg.__total__, Cfg.__annotations__.keys(), isinstance(c, dict))
@runtime_checkable
class HasFwd(Protocol):
    size: int
    def forward(self, x: int) -> int: ...
class M:
    size = 2
    def forward(self, x): return x
print(isinstance(M(), HasFwd), isinstance(3, HasFwd))
class Box(Generic[K]):
    def __init__(self, v: K): self.v = v
    def map(self, f: Callable[[K], K]) -> Box[K]: return type(self)(f(self.v))
class IntBox(Box[int]): pass
print(Box[int](3).v, IntBox(2).map(lambda x: x + 1).v, Box[int], Box[int].__origin__ is Box, Box.__parameters__, IntBox.__orig_bases__, get_args(IntBox.__orig_bases__[0]))
class Stack[T]:
    def __init__(self) -> None: self.items: list[T] = []
    def push(self, x: T) -> Self: self.items.append(x); return self
    def pop(self) -> T: return self.items.pop()
def first[U: (int, str)](xs: Iterable[U], default: U | None = None) -> U: return next(iter(xs), default)
type Pair[A] = tuple[A, A]
type Rec = dict[str, Rec] | int
print(Stack[int]().push(1).push(2).pop(), first([5]), first([], 'z'))
@overload
def f(x: int) -> int: ...
@overload
def f(x: str) -> str: ...
def f(x): return x
print(f('a'), NewType('UID', int)(3), cast(int, 'x'), Literal['a', 'b'], get_args(Literal['a', 'b']), Optional[int], Union[int, str], Union[int, None], int | None, list[int], t.List[int], t.Dict[str, t.Any], Callable[[int], str], Annotated[int, 'x'], get_origin(list[int]), get_origin(Optional[int]) is Union, get_args(int | str), t.Tuple[int, ...], tuple[int, ...], type(int | str))
print(isinstance(3, int | str), isinstance('x', (int, float)), issubclass(bool, int | str), Any, t.Sequence[int], Type[int])
def g(a: int, b: 'str' = 'x', *args: float, c: list[int] | None = None, **kw: Any) -> None: ...
print(g.__annotations__)
print(get_type_hints(M), g.__defaults__, g.__kwdefaults__)
class Ann:
    x: int
    y: Final = 3
    z: t.ClassVar[list[str]] = []
print(Ann.__annotations__)
def check(fn):
    hints = get_type_hints(fn)
    def w(*a, **k):
        for (n, v), x in zip(hints.items(), a):
            if isinstance(v, type) and not isinstance(x, v): raise TypeError(f'{n} should be {v.__name__}, got {type(x).__name__}')
        return fn(*a, **k)
    return w
@check
def add(a: int, b: float) -> float: return a + b
print(add(1, 2.0))
try: add('a', 2.0)
except TypeError as e: print(e)
Alias: TypeAlias = 'dict[str, int]'
print(Alias, t.get_type_hints(add) == {})

#%% enumerations and match
"""Enums and flags, match."""
from enum import Enum, IntEnum, Flag, IntFlag, StrEnum, auto, unique, EnumMeta, member, nonmember
import enum
class Color(Enum):
    RED = 1
    GREEN = auto()
    BLUE = auto()
    CRIMSON = 1
    @property
    def pretty(self): return self.name.title()
    @classmethod
    def default(cls): return cls.GREEN
    def __str__(self): return f'<{self.name}>'
class Mode(str, Enum):
    TRAIN = 'train'
    EVAL = 'eval'
class Kind(StrEnum):
    CONV = auto()
    POOL = 'p'
class P(Flag):
    R = auto(); W = auto(); X = auto()
    RW = R | W
class I(IntEnum):
    A = 3
    B = auto()
class Act(Enum):
    RELU = ('relu', 1)
    GELU = ('gelu', 2)
    def __init__(self, label, code): self.label = label; self.code = code
    @classmethod
    def _missing_(cls, v):
        for m in cls:
            if m.label == v: return m
class Order(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower()
    ONE = auto(); TWO = auto()
    __order__ = 'ONE TWO'
print(list(Color), Color.RED, repr(Color.RED), Color(2), Color['BLUE'], Color.CRIMSON is Color.RED, Color.RED.pretty, Color.default(), len(Color), Color.__members__.keys(), Color.RED in Color, Color.RED.value, Color.RED == 1)
print(Mode.TRAIN == 'train', Mode('eval'), f'{Mode.TRAIN}', Mode.TRAIN.value, Mode.TRAIN.upper(), '%s' % Mode.TRAIN, str(Mode.EVAL), isinstance(Mode.EVAL, str), {Mode.EVAL: 1}['eval'])
print(Kind.CONV, f'{Kind.POOL}', repr(Kind.CONV), Kind('conv'), Kind.CONV + 'x')
print(P.R | P.X, P.RW, P.R in P.RW, P.X in P.RW, ~P.R, P(3), P.R & P.W, bool(P.R & P.W), list(P.RW), (P.R | P.W | P.X).value, P.R ^ P.RW)
print(I.A + 1, I.B, I.A < I.B, I(3), sorted([I.B, I.A]), f'{I.A}', [0, 1, 2, 3][I.A], I.A == 3)
print(Act.RELU.label, Act('gelu'), Act.GELU.code, list(Order), Order.ONE.value)
try: Color(9)
except ValueError as e: print(e)
try: Color['X']
except KeyError as e: print('KeyError', e)
try: Color.RED = 3
except AttributeError as e: print(type(e).__name__)
Dyn = Enum('Dyn', 'a b c'); print(list(Dyn), Dyn.b.value); D2 = Enum('D2', {'x': 5, 'y': 6}); print(D2.x, D2(6).name)
print(type(Color.RED), isinstance(Color.RED, Color), Color.__name__, hash(Color.RED) == hash(Color.RED), {c.name: c.value for c in Color})
try:
    @unique
    class U(Enum): A = 1; B = 1
except ValueError as e: print(e)
class Pt:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
def m(v):
    match v:
        case 0 | 1: return 'small'
        case int(n) if n > 100: return f'big {n}'
        case int() | float(): return 'num'
        case str() as s if s.startswith('a'): return s
        case 'conv' | "pool" as k: return f'k {k}'
        case []: return 'empty'
        case [x]: return f'one {x}'
        case [Pt(x=0), *rest]: return f'origin {rest}'
        case (a, b, *rest) if not rest: return (a, b)
        case [first, *_, last]: return f'{first}..{last}'
        case {'type': 'conv', 'k': int(k), **rest}: return f'conv {k} {rest}'
        case {'type': t}: return t
        case Pt(0, y): return f'y {y}'
        case Pt(x, y): return x + y
        case Color.RED: return 'red'
        case Color() as c: return c.name
        case None: return 'none'
        case True: return 'never'
        case _: return 'other'
for v in [0, 500, 5, 2.5, 'abc', 'conv', 'zzz', [], [1], [Pt(0, 1), 2], (1, 2), [1, 2, 3], {'type': 'conv', 'k': 3, 'z': 1}, {'type': 'lin'}, Pt(0, 4), Pt(2, 3), Color.RED, Color.BLUE, None, {}, {1}, b'x']:
    print(m(v), end='; ')
print()
def parse(cmd):
    match cmd.split():
        case ['go', ('north' | 'south') as d]: return d
        case ['go', *ds]: return ds
        case [name, x] if x.isdigit(): return name, int(x)
    return None
print(parse('go north'), parse('go a b'), parse('lr 3'), parse('q'))

#%% descriptors and operators
"""Descriptors, __set_name__, properties, operator overloading, attributes."""
class Typed:
    def __init__(self, kind, default=None): self.kind, self.default = kind, default
    def __set_name__(self, owner, name): self.name = name; self.private = '_' + name; owner.__dict__.get('_fields', []).append(name)
    def __get__(self, obj, owner=None): return self if obj is None else getattr(obj, self.private, self.default)
    def __set__(self, obj, v):
        if not isinstance(v, self.kind): raise TypeError(f'{self.name}: expected {self.kind.__name__}, got {v!r}')
        setattr(obj, self.private, v)
    def __delete__(self, obj): delattr(obj, self.private)
class NonData:
    def __get__(self, obj, owner): return f'nd {obj is None} {owner.__name__}'
class C:
    _fields = []
    a = Typed(int, 5); b = Typed(str); nd = NonData()
    def __init__(self, **kw):
        for k, v in kw.items(): setattr(self, k, v)
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{f}={getattr(self, f)!r}' for f in self._fields)})"
c = C(a=1, b='x'); print(c, C._fields, C.a.name, c.nd, C.nd, vars(c))
try: c.a = 'z'
except TypeError as e: print(e)
del c.a; print(c.a); c.nd = 4; print(c.nd)
class Temp:
    def __init__(self): self._c = 0
    @property
    def f(self): "the f"; return self._c * 9 / 5 + 32
    @f.setter
    def f(self, v): self._c = (v - 32) * 5 / 9
    @f.deleter
    def f(self): self._c = None
t = Temp(); t.f = 212; print(t.f, t._c, Temp.f.__doc__, Temp.f.fget(t)); del t.f; print(t._c)
class Kid(Temp):
    @Temp.f.getter
    def f(self): return 'kid'
    @property
    def ro(self): return 1
k = Kid(); k.f = 50; print(k.f, k._c)
try: k.ro = 2
except AttributeError as e: print(e)
class Vec:
    __slots__ = ('v',)
    def __init__(self, *v): self.v = v
    def __add__(self, o): return Vec(*[a + b for a, b in zip(self.v, o.v)]) if isinstance(o, Vec) else NotImplemented
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __mul__(self, k): return Vec(*[a * k for a in self.v])
    __rmul__ = __mul__
    def __matmul__(self, o): return sum(a * b for a, b in zip(self.v, o.v))
    def __neg__(self): return self * -1
    def __sub__(self, o): return self + -o
    def __truediv__(self, k): return Vec(*[a / k for a in self.v])
    def __floordiv__(self, k): return Vec(*[a // k for a in self.v])
    def __mod__(self, k): return Vec(*[a % k for a in self.v])
    def __pow__(self, k): return Vec(*[a ** k for a in self.v])
    def __rshift__(self, o): return ('>>', self, o)
    def __or__(self, o): return ('|', self, o)
    def __ror__(self, o): return ('r|', self, o)
    def __and__(self, o): return ('&', o)
    def __invert__(self): return 'inv'
    def __iadd__(self, o): self.v = (self + o).v; return self
    def __eq__(self, o): return isinstance(o, Vec) and self.v == o.v
    def __hash__(self): return hash(self.v)
    def __lt__(self, o): return self.v < o.v
    def __len__(self): return len(self.v)
    def __getitem__(self, i): return Vec(*self.v[i]) if isinstance(i, slice) else self.v[i]
    def __contains__(self, x): return x in self.v
    def __bool__(self): return any(self.v)
    def __abs__(self): return (self @ self) ** .5
    def __round__(self, n=0): return Vec(*[round(a, n) for a in self.v])
    def __format__(self, spec): return '(' + ', '.join(format(a, spec) for a in self.v) + ')'
    def __call__(self, *a, **k): return a, k
    def __repr__(self): return f'Vec{self.v}'
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __index__(self): return 2
    def __divmod__(self, o): return 'dm'
    def __reversed__(self): return Vec(*self.v[::-1])
a, b = Vec(1, 2), Vec(3, 4)
print(a + b, a - b, 2 * a, a @ b, -a, a / 2, b // 2, b % 2, a ** 2, a >> b, a | b, 1 | a, a & 1, ~a, sum([a, b]), a == Vec(1, 2), a != b, a < b, a > b, {a: 1}[Vec(1, 2)], len(a), b[0], b[:1], 2 in a, 9 in a, bool(Vec(0, 0)), abs(b), round(Vec(1.234), 1), f'{Vec(1.0, 2.0):.2f}', a(1, k=2), int(a), float(a), [10, 20, 30][a], divmod(a, 1), reversed(a), list(a), max(a, b))
a += b; print(a)
try: a + 1
except TypeError as e: print(e)
try: a.w = 1
except AttributeError as e: print(e)
class Dyn:
    def __init__(self): object.__setattr__(self, '_d', {})
    def __getattr__(self, n):
        if n.startswith('__'): raise AttributeError(n)
        try: return self._d[n]
        except KeyError: raise AttributeError(f'no {n}') from None
    def __setattr__(self, n, v): self._d[n] = v
    def __delattr__(self, n): del self._d[n]
    def __dir__(self): return sorted(self._d)
    def __getitem__(self, k): return getattr(self, k)
d = Dyn(); d.x = 1; d.y = {'z': 2}; print(d.x, d['y'], dir(d), hasattr(d, 'q'), getattr(d, 'q', 'def'), vars(d)); del d.x; print(hasattr(d, 'x'))
class Cfg(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        for key, v in self.items():
            if isinstance(v, dict): self[key] = Cfg(v)
cfg = Cfg({'m': {'w': 3}}, lr=1); cfg.m.h = 4; print(cfg, cfg.m.w + cfg.lr, cfg.get('none', 0), {**cfg}, 'lr' in cfg, dict(cfg) == cfg)
class Meta(type):
    def __getattr__(cls, n): return f'meta {n}'
    def __call__(cls, *a): return ('made', a) if a else super().__call__()
    def __instancecheck__(cls, o): return o == 'special'
    def __repr__(cls): return f'<M {cls.__name__}>'
    def __or__(cls, o): return 'union'
    def __mul__(cls, n): return [cls.__name__] * n
class W(metaclass=Meta): pass
print(W.zzz, W(1), isinstance('special', W), isinstance(W(), W), W, W | 3, W * 2)
class GI:
    def __class_getitem__(cls, k): return f'{cls.__name__}[{k}]'
print(GI[3], GI['a', 'b'])
class Single:
    _i = None
    def __new__(cls, *a, **k):
        if cls._i is None: cls._i = super().__new__(cls)
        return cls._i
    def __init__(self, v=0): self.v = v
print(Single(1) is Single(2), Single().v)
class Base:
    def __init_subclass__(cls, /, **kw): super().__init_subclass__(); cls.opts = kw
class S1(Base, a=1): pass
class S2(S1, b=2): pass
print(S1.opts, S2.opts, Base.__subclasses__())
class Ctx:
    def __enter__(self): return self
    def __exit__(self, *exc): print(exc[0]); return exc[0] is KeyError
with Ctx() as q: raise KeyError('x')
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): self.i = 0; return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1; return self.i
print(list(It(3)), sum(It(4)), dict(zip(It(2), 'ab')), [*It(2)], max(It(3)), 2 in It(3))
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError(i)
        return i * 10
print(list(Seq()), 20 in Seq(), list(reversed([*Seq()])))
class A:
    x = property(lambda s: s._x, lambda s, v: setattr(s, '_x', v))
    @staticmethod
    def st(a): return a
    @classmethod
    def cl(cls, a): return cls.__name__, a
    def __private(self): return 'p'
    def pub(self): return self.__private()
a = A(); a.x = 3; print(a.x, A.st(1), a.cl(2), a.pub(), a._A__private(), sorted(n for n in vars(A) if not n.startswith('__')))

#%% modules, closures and messages
"""Closures, scope, recursion, exceptions, plugin import, module introspection."""
import importlib, sys, types, os, json, inspect, builtins, traceback, collections.abc as cabc
mod = importlib.import_module('collections'); print(mod.__name__, mod.OrderedDict is __import__('collections').OrderedDict)
jmod = importlib.import_module('.path', package='os'); print(jmod.join('a', 'b'))
def load(dotted):
    m, _, n = dotted.rpartition('.')
    return getattr(importlib.import_module(m), n)
print(load('functools.partial')(int, '3')(), load('math.sqrt')(9))
for name in ('json', 'nonexistent_xyz'):
    try: importlib.import_module(name); print('ok', name)
    except ImportError as e: print('no', name, type(e).__name__)
try: import nope_pkg_zz
except ModuleNotFoundError as e: print(e, e.name)
print(importlib.util.find_spec('nope_pkg_zz') is None if hasattr(importlib, 'util') else None)
def counter():
    n = 0
    def inc(by=1):
        nonlocal n; n += by; return n
    def get(): return n
    inc.get = get
    return inc
c = counter(); c(); c(5); print(c.get(), c.__closure__ is not None, c.__code__.co_varnames, c.__code__.co_argcount)
fs = [lambda: i for i in range(3)]; print([f() for f in fs], [f() for f in [lambda i=i: i for i in range(3)]])
def comp(*fs): return lambda x: __import__('functools').reduce(lambda a, f: f(a), fs, x)
print(comp(str, len, lambda x: x * 2)(12345))
class AppError(Exception):
    def __init__(self, msg, *, code=1): super().__init__(msg); self.code = code
    def __str__(self): return f'[{self.code}] {super().__str__()}'
def risky(n):
    try:
        if n == 0: raise AppError('zero', code=7)
        if n == 1: return {}['k']
        if n == 2: return [][1]
        if n == 3: return int('x')
        if n == 4: return None.foo
        if n == 5: return 1 / 0
        if n == 6: assert n < 0, f'bad {n}'
        if n == 7: raise NotImplementedError
        if n == 8: return 'a' + 1
        if n == 9: raise AppError('chain') from ValueError('cause')
        return 'fine'
    except (KeyError, IndexError) as e: return type(e).__name__, str(e), repr(e)
    except AppError as e: return str(e), e.code, e.args, e.__cause__
    except Exception as e: return f'{type(e).__name__}: {e}'
    else: return 'else'
    finally: print('f', end=' ')
for i in range(11): print(risky(i))
try:
    try: 1 / 0
    except ZeroDivisionError as e: raise RuntimeError('second') from e
except RuntimeError as e: print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try: raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
except* ValueError as eg: print(eg.exceptions)
except* TypeError as eg: print('t', eg.exceptions)
e = ValueError('x'); e.add_note('note'); print(e.__notes__)
m = types.ModuleType('fake'); m.x = 3; sys.modules['fake'] = m
import fake; print(fake.x, fake)
from fake import x as y; print(y)
ns = types.SimpleNamespace(a=1, b={'c': 2}); ns.d = 3; print(ns, vars(ns), ns == types.SimpleNamespace(a=1, b={'c': 2}, d=3))
print(globals()['c'] is c, 'risky' in globals(), __name__, callable(risky))
this = sys.modules[__name__]; setattr(this, 'dyn', 5); print(dyn, getattr(this, 'risky') is risky)
classes = {n: o for n, o in list(globals().items()) if inspect.isclass(o) and issubclass(o, Exception)}; print(classes)
print([n for n, o in inspect.getmembers(AppError, inspect.isfunction) if not n.startswith('__')])
def rec(x):
    if isinstance(x, cabc.Mapping): return {k: rec(v) for k, v in x.items()}
    if isinstance(x, (str, bytes)): return x
    if isinstance(x, cabc.Sequence): return type(x)(rec(v) for v in x)
    if isinstance(x, cabc.Callable): return x.__name__
    return x * 2 if isinstance(x, cabc.Hashable) else x
print(rec({'a': [1, (2, 'z')], 'b': {'c': len}, 'd': {1}}))
def deep_update(a, b):
    for k, v in b.items():
        a[k] = deep_update(a.get(k, {}), v) if isinstance(v, dict) else v
    return a
print(deep_update({'m': {'x': 1, 'y': 2}, 'k': 0}, {'m': {'y': 3}, 'n': {'o': 1}}))
def flatten(d, p='', sep='.'):
    items = []
    for k, v in d.items():
        nk = f'{p}{sep}{k}' if p else k
        items.extend(flatten(v, nk, sep).items() if isinstance(v, dict) else [(nk, v)])
    return dict(items)
print(flatten({'a': {'b': {'c': 1}}, 'd': 2}))
cfg = json.loads('{"a": [1, 2.5, null, true], "b": {"c": "\\u00e9"}}'); print(cfg, json.dumps(cfg), json.dumps(cfg, ensure_ascii=False, separators=(',', ':')), json.dumps({'t': (1, 2), 3: None, 'f': 1e-7, 'i': float('inf')}))
try: json.loads('{bad')
except json.JSONDecodeError as e: print('json')
class Enc(json.JSONEncoder):
    def default(self, o): return list(o) if isinstance(o, set) else super().default(o)
print(json.dumps({'s': {1}}, cls=Enc), json.dumps([AppError('q')], default=str))
def f(pos, /, std, *, kw, **rest): return pos, std, kw, rest
print(f(1, 2, kw=3, pos=4), f(*[1], **{'std': 2, 'kw': 5}))
for bad in [lambda: f(1, kw=1), lambda: f(1, 2), lambda: f(1, 2, 3, kw=1), lambda: len(3), lambda: [1, 2].index(5), lambda: {}.pop('a'), lambda: [].pop(), lambda: 'a'.foo, lambda: undefined_name, lambda: (1, 2)[5], lambda: int([]), lambda: 'abc'[1.0], lambda: {[]: 1}, lambda: next(iter([])), lambda: sum(['a']), lambda: max([]), lambda: 3(), lambda: [1] < ['a'], lambda: None + 1, lambda: range(1.5), lambda: iter(5), lambda: float('abc'), lambda: str.join(1, 2) , lambda: ','.join([1]), lambda: dict([1]), lambda: object().x, lambda: setattr(1, 'a', 2), lambda: isinstance(1, 2), lambda: super().x, lambda: zip(1), lambda: sorted([1, 'a']), lambda: int('1.5'), lambda: chr(-1), lambda: (lambda a: a)(), lambda: '{}'.format(), lambda: '%d' % 'a', lambda: '%s %s' % 1, lambda: bytes('a'), lambda: pow('a', 2), lambda: round('a'), lambda: abs('a'), lambda: [1,2,3].remove(9), lambda: list.append(), lambda: getattr(3, 'zz'), lambda: __import__('nope_q')]:
    try: bad(); print('no error')
    except BaseException as e: print(f'{type(e).__name__}: {e}')

#%% code in a string
from __future__ import annotations
import ast, math
from dataclasses import dataclass, fields
from typing import get_type_hints, ClassVar
class Conv:
    def __init__(self, a, b=1): self.a, self.b = a, b
    def __repr__(self): return f'Conv({self.a}, {self.b})'
cfg = [[-1, 1, 'Conv', [64, 'k']], [-1, 3, 'Conv', ['nc * 2', None]], [0, 1, 'None', []]]
def build(d, nc, k=3):
    out = []
    for f, n, m, args in d:
        m = eval(m) if isinstance(m, str) else m
        for j, a in enumerate(args):
            try: args[j] = eval(a) if isinstance(a, str) else a
            except NameError as e: print('name', e)
        out.append(m(*args) if m else m)
    return out
print(build(cfg, 10))
print(eval('1 + x', {'x': 4}), eval('y * 2', {}, {'y': 3}), eval('[i * w for i in range(3)]', {'w': 2}), eval(' math.sqrt(9) '), eval('lambda z: z + 1')(2))
exec('width = 64\ndef f(q): return q * width')
print(width, f(2))
ns = {}
exec('a = 1\nb = a + 1', ns)
print(sorted(k for k in ns if not k.startswith('__')), ns['b'])
print(ast.literal_eval("{'a': [1, 2.5, (3, None)], 'b': -1, 'c': True}"), ast.literal_eval('[1, "x"]'))
for bad in ('foo(1)', '1 +'):
    try: ast.literal_eval(bad)
    except (ValueError, SyntaxError) as e: print(type(e).__name__)
try: eval('1 +')
except SyntaxError as e: print('SyntaxError')
try: eval('undefined_thing')
except NameError as e: print(e)
@dataclass
class D:
    x: int
    y: list[float]
    z: ClassVar[int] = 3
print([f.type for f in fields(D)], D.__annotations__, get_type_hints(D)['x'], D(1, []))
def g(a: int, b: Conv = None) -> str: ...
print(g.__annotations__, get_type_hints(g))
def outer(n):
    v = 5
    return eval('n + v')
print(outer(2))
class K:
    vals = [eval(s) for s in ('1', '2')]
print(K.vals)

#%% patterns of file names
import fnmatch
print(fnmatch.filter(['resnet50', 'resnet18d', 'vgg'], 'resnet*'), fnmatch.fnmatch('a.pt', '*.p[ty]'), fnmatch.fnmatch('a.pt', '[!a]*'), fnmatch.fnmatch('x[1]', 'x[[]1]'), fnmatch.fnmatch('conv.weight', '*.weigh?'), fnmatch.fnmatch('a+b', 'a+b'))
