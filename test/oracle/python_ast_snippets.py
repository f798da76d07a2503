"""Writes test/golden/python-ast.json: snippets of Python's syntax with the trees that CPython 3.13 reads.

    python3.13 python_ast_snippets.py > ../golden/python-ast.json
"""
import json

from python_ast import dump

SNIPPETS = {
    'assignments': 'a = 1\na = b = c, d = 2, 3\na, *b = c\n[a, (b, c)] = d\n(a), b = 1, 2\na.b[c].d = e\n(a) = 1\nx: int\nx: "int" = 3\nself.x: List[int] = []\n(x): int = 1\n',
    'augmented': 'a += 1\na.b -= 1\na[0] *= 2\na /= 2\na //= 2\na %= 2\na **= 2\na @= b\na <<= 1\na >>= 1\na &= 1\na |= 1\na ^= 1\n',
    'numbers': 'a = [0, 1, 1_000, 0xFF, 0o17, 0b101, 123456789012345678901234567890, 9007199254740993, 1.5, .5, 1., 1e3, 1E-3, 1_0.0_1, 3j, 1.5J, 0XaB_c, 00]\n',
    'strings': "a = 'b'\na = \"b\\n\\t\\\\\\'\\x41\\101\\u00e9\\U0001F600\\q\"\na = r'\\n' R'\\''\na = '''x\ny'''\na = b'\\x00\\xff' b'a'\na = 'a\\\nb'\na = u'é'\na = ('a'\n     'b'  # comment\n     \"c\")\na = Rb'\\x'\na = '\\N{DEGREE SIGN}'\na = ''\n",
    'f-strings': "a = f'x'\na = f'{x}'\na = f'a{x}b{y!r}c{z:>10}d{w!s:{width}.{precision}}'\na = f'{{literal}} {x}'\na = f'{x=}'\na = f'{x = }'\na = f'{x = !s}'\na = f'{x=:.2f}'\na = f'{x:%Y-%m-%d}'\na = f'{x[\"k\"]}' 'tail' f'{y}'\na = rf'\\d{x}\\n'\na = f'{f(a, b=1)}\\n'\na = f'''{\nx\n}'''\na = f'{(lambda q: q)(1)}'\na = f'{x, y}'\na = f'{x:{y}{z}}'\na = f'{x!r:^{w}}'\na = f''\na = F'{a if b else c}'\na = f'{ {1: 2}[1] }'\na = f'\\N{DEGREE SIGN}{x}\\{y}'\n",
    'operators': 'a = b + c * d ** -e // f % g - h @ i / j\na = b << 1 >> 2 & c | d ^ e\na = b & c ^ d & e\na = (b & c) ^ d\na = b ^ c & d ^ e & f\na = not b and c or d and not e\na = -b ** 2\na = ~b + +c\na = 2 ** -1\na = (a or b) or c\na = a or b or c and d and e\na = (a and b) and c\n',
    'comparisons': 'a < b <= c == d != e >= f > g\na is b\na is not b\na in b\na not in b\nnot a in b\na == b | c\n',
    'calls': 'f()\nf(a)\nf(a, b=1, *c, **d)\nf(*a, *b, c)\nf(x for x in y)\nf((x for x in y), 1)\nf(a)(b)(c)\na.b(c).d[e](f)\nf(a,)\nf(a=1,)\nf(**a, b=1)\nf(*a.b, *(c))\nf(lambda: 1, key=lambda x: x)\nf(a := 1)\n',
    'subscripts': 'a[0]\na[1:2]\na[:]\na[::2]\na[1:2:3]\na[..., 0]\na[0,]\na[1:2, ::3]\na[None, :, b:]\na[(1, 2)]\na[b][c]\na[:, None]\na[-1]\na[x:=1]\na[lambda: 1]\na[*b]\na[*b, c]\na[(b):(c)]\n',
    'displays': '[]\n()\n{}\n[1, 2,]\n(1,)\n(1, 2)\n1, 2\n1,\n{1, 2}\n{1: 2, **a, "b": c,}\n[*a, b]\n(*a, b)\n{*a, b}\n[a, [b, [c]]]\n((a))\n',
    'comprehensions': '[x for x in y]\n[x for x in y if z if w]\n[x for a in b for x in a]\n{x for x in y}\n{a: b for a, b in c}\n(x for x in y)\n[x async for x in y]\n[(a, b) for a in x for b in y if a != b]\n[lambda: x for x in y]\n',
    'conditionals': 'a if b else c\na if b else c if d else e\n(a if b else c) if d else e\nlambda: a if b else c\nlambda x, /, y=1, *a, z, w=2, **k: (x, y)\nlambda *, a: a\nlambda *a: a\nlambda: (yield)\nx = lambda: lambda: 1\n',
    'stars outside brackets': 'def f():\n    return *a(b), c\na = *b, c\na = *b.c[d], e\nfor x in *a, *b(c): pass\na = b, *[c]\na = *(b, c), d\na = *b + c, d\nyield_ = *{1, 2},\n',
    'functions': 'def f(): pass\ndef f(a, b=1, *args, c, d=2, **kwargs) -> int: return a\ndef f(a, /, b, *, c): ...\ndef f(a: int, b: "x" = 1, *args: int, c: str = "y", **kw: dict) -> List[int]:\n    """doc"""\n    def g():\n        yield 1\n    return g\nasync def f():\n    await g()\n    async for x in y: pass\n    async with a as b: pass\n    return [await x for x in y]\n@a\n@a.b(c)\n@(lambda f: f)\ndef f(): pass\ndef f(a, *, b=1, **c,): pass\ndef f(*, a): pass\ndef f(a=1, /, b=2): pass\n',
    'generators': 'def f():\n    yield\n    yield 1\n    yield 1, 2\n    x = yield\n    x = yield y\n    yield from g()\n    x += yield 1\n    (yield)\ndef f():\n    lambda: (yield)\ndef f():\n    class A:\n        pass\n    def g(): yield\nasync def f():\n    await a ** b\n    -await a\n    await a.b(c)[d]\n',
    'classes': 'class A: pass\nclass A(): pass\nclass A(B, C, metaclass=D, **k):\n    """doc"""\n    x: int = 1\n    def f(self): return super().f()\n    @property\n    def g(self): pass\n    class B(C): pass\n@d\nclass A(b.c): x = 1; y = 2\nclass A(*b): pass\n',
    'control flow': 'if a: pass\nelif b: pass\nelif c:\n    pass\nelse:\n    pass\nwhile a:\n    if b: break\n    continue\nelse: pass\nfor i, (j, k) in a: pass\nelse: pass\nfor x in 1, 2: pass\nfor x.y in z: pass\nfor x[0] in z: pass\nif a:\n    x\n    # trailing comment\ny\nif (a :=\n    b): pass\n',
    'with': 'with a: pass\nwith a as b: pass\nwith a as b, c as d: pass\nwith (a as b, c as d): pass\nwith (a, b): pass\nwith (a): pass\nwith (a, b) as c: pass\nwith a as (b, c): pass\nwith a as b.c: pass\nwith a as b[0]: pass\nwith (a as b): pass\nwith a if b else c as d: pass\nwith a(b).c as d, e: pass\nwith (\n    a as b,\n    c,\n): pass\nwith (a).b as c: pass\n',
    'try': 'try:\n    a\nexcept A: pass\nexcept (A, B) as e: pass\nexcept: pass\nelse: pass\nfinally: pass\ntry: a\nfinally: b\ntry: a\nexcept* A as e: pass\ntry: a\nexcept a.b as e: raise\nraise A\nraise A from B\nraise A(b, c)\n',
    'simple statements': 'pass; pass\na; b\ndel a\ndel a, b[0], c.d\ndel (a, b)\ndel (a), [b]\nassert a\nassert a, b\nassert (a, b)\nimport a\nimport a.b.c as d, e\nfrom a import b\nfrom a.b import c as d, e\nfrom . import a\nfrom .. import a as b\nfrom .a.b import *\nfrom ... a import (b, c as d,)\nfrom __future__ import annotations\ndef f():\n    global a, b\n    nonlocal c\n    return\n    return a, b\n    return (a)\n',
    'match': 'match a:\n    case 0: pass\n    case -1 | 2.5: pass\n    case "a" "b": pass\n    case None | True | False: pass\n    case x: pass\n    case _: pass\n    case a.b.c: pass\n    case [a, *b]: pass\n    case (a, b, *_): pass\n    case (a): pass\n    case []: pass\n    case (): pass\n    case a, b: pass\n    case a,: pass\n    case {"x": 1, **rest}: pass\n    case {}: pass\n    case {-1: a, b.c: d}: pass\n    case A(): pass\n    case a.B(c, d=e, f=-1): pass\n    case [A(x=1) as b, (1 | 2) as c] if x > 1: pass\n    case 1 + 2j: pass\n    case -1 - 2j: pass\n    case {"a": {"b": [c]}}: pass\n    case *a, b: pass\nmatch a, b:\n    case 1, 2: pass\nmatch (a):\n    case 1: pass\nmatch = 1\nmatch.x = 2\nmatch[0]\nmatch(a)\nprint(match, case)\n',
    'soft keywords': 'print(a)\nprint\nprint = 1\nprint(a, file=b)\nprint (a), b\nprint(a) if b else c\ntype(a)\ntype = 1\ntype(a).b = c\ntype(self).__x__[0] = 1\ntype.x\ntype: int = 1\ncase = 1\n_ = 1\nexec("a")\nexec = 1\nexec(a, b)\nasync_ = 1\n',
    'types': 'x: A[B] | C | None = 1\nx: A | B[C, D] | None\ndef f(a: A[B, ...] | None = None, *b: C, **d: E) -> A[B] | C: pass\nx: A.B[C]\nx: A[B[C]]\nx: Callable[[A, B], C]\nx: "A" | B\nx: Literal["a", 1]\nx: A[B, C] | D[E]\nx: (A | B)\nx: A[*B]\nx: dict[str, A | B] = {}\ndef f(*a: *B): pass\n',
    'layout': 'if a:\n\tb\n\tc\nif a :\n  b  ;  c ;\n# comment\n\n\nx = (1 +\n   2)  # comment\nx = 1 + \\\n  2\nif a and \\\n   b: pass\nx = [\n  1,\n  # inside\n  2,\n]\nf(\na,\nb=1,\n)\ndef f(\n    a,  # first\n    b,\n):\n    # body\n    pass\n    # after\nx = """\ndef not_code(:\n"""\n',
    'unicode': 'é = "ü𝒳"; x = é\nñ.ö = "日本" + a\n𝐱 = 1\n',
    'walrus': 'if (n := len(a)) > 10: pass\nwhile chunk := f(): pass\n[y := f(x), y ** 2]\nx = (y := 1, 2)\nprint(f"{(z := 1)}")\n[z for x in y if (z := x)]\n(a := b if c else d)\n(a := b and c)\n(a := b < c)\n(a := lambda: b)\n[a := 1, b]\n',
    'type parameters': 'def f[T, *Ts, **P](a: T) -> T: pass\nclass A[T: int, U: (int, str) = int](B[T]): pass\ntype X = int\ntype Y[T] = list[T] | None\nasync def g[T](): pass\n',
    'nested f-strings': r'''a = f"{a["b"]} {f"{f"{1}"}"}"
a = f"{x:{"a" + "b"}>{w}}"
a = f"{a!r:{b!s:>{c}}}"
a = f"{'\n'.join(a)}"
a = f"{x if (lambda: 1) else 2}"
a = f"{a != b} {a == b} {a <= b}"
a = f"{a:=^10}" f"{b}"
a = f"{ {"a": 1}["a"] }}}"
a = f"{*a, b}"
a = f"{a.b(c)[d:e]}"
a = f"{a =!r:>5}{b= }{c=:x}"
a = rf"\d{x}\n" f"\{y}\N{DEGREE SIGN}"
''',
    'a model': '''import torch
from torch import nn
import torch.nn.functional as F


class Block(nn.Module):
    """A residual block."""

    expansion: int = 4

    def __init__(self, channels, *, stride=1, norm=nn.BatchNorm2d, **kwargs):
        super().__init__()
        self.layers = nn.Sequential(*[nn.Conv2d(c, c * 2, kernel_size=(3, 3)) for c in channels[:-1]])
        self.names = {f"block{i}_{n!r:>5}": n for i, n in enumerate(kwargs)}
        self.act = norm if stride == 1 else lambda x: x

    @torch.no_grad()
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        b, *rest = x.shape
        for layer in self.layers:
            x = F.relu(layer(x)) + x[:, :, ::2, None]
        return x.view(b, -1) @ self.weight.t() if rest else x


if __name__ == "__main__":
    net = Block([1, 2, 4])
    print(net(torch.randn(1, 1, 28, 28)).shape)
''',
}

if __name__ == '__main__':
    print(json.dumps({name: {'source': source, 'tree': dump(source)} for name, source in SNIPPETS.items()}, separators=(',', ':')))
