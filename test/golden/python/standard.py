#%% functools
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
p = functools.partial(int, base=2); print(p("101"), p.keywords, functools.partial(print, 1, sep="-").args)
print(functools.reduce(lambda a, b: a * b, [1, 2, 3, 4]), functools.reduce(operator.add, [], 10))
@functools.lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50), fib.__name__, fib.__wrapped__ is not None)
def deco(f):
    @functools.wraps(f)
    def inner(*a, **k): return f(*a, **k)
    return inner
@deco
def documented(a, b=2, *c, d, e=5, **f) -> int:
    """doc"""
print(documented.__name__, documented.__doc__, inspect.signature(documented))
class CP:
    n = 0
    @functools.cached_property
    def v(self): CP.n += 1; return CP.n
c = CP(); print(c.v, c.v, CP().v)
@functools.singledispatch
def sd(x): return "default"
@sd.register(int)
def _(x): return "int"
@sd.register
def _(x: list): return "list"
print(sd(1), sd([]), sd("a"), sd(True))
@functools.total_ordering
class TO:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __eq__(self, o): return self.v == o.v
print(TO(1) <= TO(2), TO(3) > TO(2), TO(1) >= TO(1), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
#%% itertools
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
print(list(itertools.chain([1], (2, 3))), list(itertools.chain.from_iterable(["ab", "c"])), list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.product([1, 2], "ab")), list(itertools.permutations([1, 2, 3], 2))[:3], list(itertools.combinations("abc", 2)), list(itertools.accumulate([1, 2, 3])), list(itertools.repeat(7, 2)), list(itertools.starmap(pow, [(2, 3)])), list(itertools.zip_longest([1], [2, 3], fillvalue=0)), [(k, list(g)) for k, g in itertools.groupby([1, 1, 2])], list(itertools.pairwise([1, 2, 3])), list(itertools.takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(itertools.dropwhile(lambda x: x < 3, [1, 3, 1])), list(itertools.compress("abc", [1, 0, 1])), list(itertools.filterfalse(None, [0, 1])), list(itertools.islice("abcdef", 1, None, 2)), list(itertools.cycle([1])) if 0 else "")
#%% collections
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
Point = namedtuple("Point", "x y", defaults=[5]); pt = Point(1); print(pt, pt.y, pt._replace(x=9), pt._asdict(), Point._fields, pt == (1, 5), Point(*[1, 2]), isinstance(pt, tuple))
try: Point()
except TypeError as e: print(e)
class Emp(NamedTuple):
    name: str
    id: int = 3
    def hi(self): return f"hi {self.name}"
e = Emp("bob"); print(e, e.hi(), e.id, Emp._field_defaults)
dd = defaultdict(list); dd["a"].append(1); print(dd, dd["b"], len(dd), isinstance(dd, dict))
cn = Counter("hello"); print(cn.most_common(1), cn["z"], cn + Counter("l"), sorted(cn.elements()))
dq = deque([1, 2, 3], maxlen=3); dq.append(4); dq.appendleft(0); print(dq, dq[0], len(dq), list(dq), dq.pop())
od = OrderedDict(a=1, b=2); od.move_to_end("a"); print(od, list(od), od.popitem(last=False), OrderedDict([("x", 1)]) == {"x": 1})
cm = ChainMap({"a": 1}, {"a": 2, "b": 3}); print(cm["a"], cm["b"], sorted(cm), len(cm))
#%% dataclasses
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
@dataclass
class Cfg:
    a: int
    b: List[int] = field(default_factory=list)
    c: str = "x"
    d: ClassVar[int] = 7
    e: int = field(default=3, repr=False)
    def __post_init__(self): self.f = self.a * 2
k = Cfg(1, c="y"); print(k, k.f, k == Cfg(1, c="y"), dataclasses.asdict(k), dataclasses.replace(k, a=5), [f.name for f in dataclasses.fields(k)], dataclasses.is_dataclass(Cfg), list(inspect.signature(Cfg).parameters))
@dataclass(frozen=True, order=True)
class Fr(object):
    x: int = 1
    y: int = 2
try: Fr().x = 3
except dataclasses.FrozenInstanceError as ex: print("frozen", ex)
print(Fr(1) < Fr(2), hash(Fr()) == hash(Fr()), Fr(3), {Fr(): 1}[Fr()])
@dataclass
class Sub(Cfg):
    g: int = 9
print(Sub(1), Sub(1, g=2).g)
for bad in [lambda: Cfg(), lambda: Cfg(1, 2, 3, 4, 5), lambda: Cfg(1, zz=2), lambda: Cfg(1, a=2)]:
    try: bad()
    except TypeError as ex: print(ex)
try:
    @dataclass
    class Bad:
        a: list = []
except ValueError as ex: print(ex)
#%% enum
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
class Color(enum.Enum):
    RED = 1
    GREEN = enum.auto()
    ALIAS = 1
    @property
    def low(self): return self.name.lower()
    @classmethod
    def first(cls): return cls.RED
print(Color.RED, repr(Color.GREEN), Color(1), Color["RED"], list(Color), Color.ALIAS is Color.RED, Color.RED.low, Color.first(), Color.RED.value, len(Color), Color.RED == 1, isinstance(Color.RED, Color), Color.RED in {Color.RED: 1}, f"{Color.RED}")
try: Color(7)
except ValueError as ex: print(ex)
class IE(enum.IntEnum):
    A = 1
    B = 2
print(IE.A + 1, IE.B > IE.A, IE(2), repr(IE.A), f"{IE.A}", [10, 20][IE.A], int(IE.B), IE.A == 1)
class SE(str, enum.Enum):
    X = "x"
print(SE.X == "x", SE("x"), SE.X.value, SE.X.upper(), f"{SE.X.value}")
class Fl(enum.Flag):
    R = enum.auto()
    W = enum.auto()
print(Fl.R | Fl.W, Fl.R in (Fl.R | Fl.W), (Fl.R | Fl.W).value, bool(Fl.R & Fl.W))
class Planet(enum.Enum):
    E = (1, 2)
    def __init__(self, m, r): self.m = m; self.r = r
print(Planet.E.m, Planet.E.value, Planet((1, 2)))
#%% math
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
print(math.floor(2.7), math.ceil(-2.1), math.sqrt(16), math.log(math.e), math.log2(8), math.log(8, 2), math.prod([1, 2, 3]), math.gcd(12, 18), math.lcm(4, 6), math.factorial(5), math.comb(5, 2), math.isclose(0.1 + 0.2, 0.3), math.pi, math.inf, math.hypot(3, 4), math.trunc(-2.5), math.isnan(math.nan), math.copysign(1, -0.0), math.fsum([0.1] * 10), math.isqrt(17), math.exp(1), math.log10(1000), math.modf(2.5), math.degrees(math.pi))
for bad in [lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.exp(1000), lambda: math.factorial(-1), lambda: math.sqrt("a"), lambda: math.floor(float("nan"))]:
    try: bad()
    except Exception as ex: print(type(ex).__name__, ex)
#%% copy
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
x = [1, [2, 3], {"a": (4, [5])}]; y = copy.deepcopy(x); y[1].append(9); print(x, y, copy.copy(x)[1] is x[1])
class Node:
    def __init__(self): self.me = self; self.items = [1]
n = Node(); m = copy.deepcopy(n); print(m.me is m, m.items, m.items is not n.items)
#%% re
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
print(re.findall(r"(\w+)=(\d+)", "a=1, b=22"), re.sub(r"(?P<x>\d)", r"<\g<x>>", "a1b2"), re.match(r"a(b)?c", "ac").groups(), re.split(r"[,;]\s*", "a, b;c"), re.search(r"(?P<n>\d+)", "x42").group("n"), re.fullmatch(r"\d+", "12a"), re.compile(r"^x$", re.M).findall("x\nx"), re.sub("a", lambda m: m.group().upper(), "banana", count=2), re.escape("a.b*c"), re.match(r"(\d+)\.(\d+)", "3.14").span(2), re.compile("a", re.I).match("A"), re.sub(r"\s+", " ", "a  b\n c"), re.match(r"""(?x) a  # c
 b""", "ab"), re.subn("x", "y", "xx"), [m.start() for m in re.finditer("a", "banana")], re.match("(a)(b)?", "a").lastindex, re.findall("a*", "baac"), re.split("(,)", "a,b"), re.search("b$", "ab\n") is not None)
#%% operator and json
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
print(operator.itemgetter(1)([5, 6]), operator.itemgetter("a", "b")({"a": 1, "b": 2}), operator.attrgetter("real")(3), operator.methodcaller("upper")("x"), operator.mul(2, 3))
print(json.dumps({"a": [1, 2.0, None, True, "é"], "b": {}}), json.dumps([1, {"x": 2}], indent=2), json.loads('{"a": [1, 2.5, null, true, "x\\u00e9"], "b": -3e2}'), json.dumps({"b": 1, "a": 2}, sort_keys=True, separators=(",", ":")))
try: json.loads("{bad}")
except json.JSONDecodeError as ex: print(ex)
#%% inspect
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
def fn(a, b: int, c=3, *args, d, e=5, **kw): pass
print(inspect.getfullargspec(fn), inspect.isfunction(fn), inspect.isclass(dict), list(inspect.signature(fn).parameters.values())[2].default, inspect.signature(functools.partial(fn, 1, d=2)))
b = inspect.signature(fn).bind(1, 2, d=4, z=9); b.apply_defaults(); print(b.args, b.kwargs, dict(b.arguments))
#%% types and contextlib
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
ns = types.SimpleNamespace(a=1); ns.b = 2; print(ns, ns.b)
@contextlib.contextmanager
def ctx(v):
    print("in", v)
    try: yield v * 2
    finally: print("out")
with ctx(3) as w: print(w)
with contextlib.suppress(KeyError): {}["a"]
try:
    with ctx(1): raise ValueError("boom")
except ValueError as ex: print("got", ex)
with contextlib.ExitStack() as st:
    print(st.enter_context(ctx(5))); st.callback(print, "cb")
with contextlib.nullcontext(4) as v: print(v)
#%% abc
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
class Abs(abc.ABC):
    @abc.abstractmethod
    def f(self): ...
    @property
    @abc.abstractmethod
    def g(self): ...
try: Abs()
except TypeError as ex: print(ex)
class Con(Abs):
    def f(self): return 1
    g = 2
print(Con().f(), isinstance(Con(), Abs), isinstance([], collections.abc.Sequence), isinstance({}, collections.abc.Mapping), isinstance(3, collections.abc.Iterable), isinstance("a", collections.abc.Iterable), issubclass(dict, collections.abc.MutableMapping), isinstance(len, collections.abc.Callable), isinstance((x for x in []), collections.abc.Iterator), isinstance({1}, collections.abc.Set), isinstance(3, collections.abc.Hashable), isinstance([], collections.abc.Hashable))
#%% typing
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
print(Box[int](3).v, Optional[int], Union[int, None, str], List[int], Dict[str, List[int]], get_origin(List[int]), get_args(Dict[str, int]), cast(int, "a"), Callable[[int], str] is not None, Tuple[int, ...], Literal["a", 1])
class TD(TypedDict, total=False):
    a: int
print(TD(a=1), isinstance([1], List), Any)
#%% more modules
import functools, itertools, collections, dataclasses, enum, typing, math, copy, re, operator, inspect, json, types, contextlib, abc
from collections import *
from dataclasses import dataclass, field
from typing import *
import numbers, textwrap, string, bisect, heapq, statistics, pathlib, os, argparse, logging, warnings, threading, sys, importlib
print(isinstance(3, numbers.Number), isinstance(2.5, numbers.Integral), isinstance(True, numbers.Integral), textwrap.dedent("  a\n    b\n"), string.ascii_lowercase, bisect.bisect([1, 3, 5], 3), statistics.mean([1, 2, 3]), statistics.stdev([1, 2, 3, 4]))
h = [5, 1, 4]; heapq.heapify(h); heapq.heappush(h, 0); print(heapq.heappop(h), heapq.nlargest(2, h))
pp = pathlib.Path("/a/b") / "c.tar.gz"; print(pp, pp.name, pp.stem, pp.suffix, pp.parent, pp.suffixes, pp.with_suffix(".x"), pp.parts, str(pp.parent.parent), os.path.join("a", "b", "/c"), os.path.splitext("x/y.tar.gz"), os.path.basename("/a/b"), os.path.normpath("/a/./b/../c"), os.path.dirname("a/b"))
ap = argparse.ArgumentParser(); ap.add_argument("--lr", type=float, default="0.1"); ap.add_argument("-n", "--num-layers", type=int, default=3); ap.add_argument("--flag", action="store_true"); ap.add_argument("--list", nargs="+", default=[1]); ap.set_defaults(q=5)
a = ap.parse_args([]); print(a.lr, a.num_layers, a.flag, a.list, a.q, vars(a))
logging.getLogger(__name__).info("x %s", 1); warnings.warn("w"); print(sys.version_info >= (3, 8), sys.version_info.major, sys.modules["os"] is os, importlib.import_module("os.path") is os.path, "os" in sys.modules)
#%% regular expressions with scoped flags
import re
print(re.match(r"(?a:\w+) (?s:.)", "ab \n") is not None, re.findall(r"(?x: a  b ) c", "ab c"), re.match(r"(?m-s:^a.)$", "ab").group(), re.compile(r"v?(?a:(?P<x>\d+)(?:\.(?P<y>\d+))*)", re.I | re.X).match("V1.2").groupdict())
