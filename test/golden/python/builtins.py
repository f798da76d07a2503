#%% strings and numbers
print("a,b,,c".split(","), " a b  c ".split(), "a b c".split(None, 1), "a,b,c".rsplit(",", 1), "abc".center(10, "*"), "ab\ncd\r\nef".splitlines(), "x".zfill(3), "-4".zfill(5))
print("Hello World".title(), "hello".capitalize(), "HeLLo".swapcase(), "straße".upper(), "abc".find("c"), "abc".find("z"), "abcabc".rfind("b"), "banana".count("an"))
print("a-b-c".partition("-"), "a-b-c".rpartition("-"), "abc".startswith(("x", "a")), "abc".endswith("bc"), "xxabcxx".strip("x"), "prefix_name".removeprefix("prefix_"))
print("abc".replace("b", "XX"), "aaaa".replace("a", "b", 2), "abc".isalpha(), "12".isdigit(), "a1".isalnum(), " ".isspace(), "Abc".islower(), "ABC".isupper(), "valid_id".isidentifier())
print("%5.2f|%-5s|%05d|%x|%e|%g|%r|%%|%+d" % (3.14159, "ab", 42, 255, 12345.678, 0.0001, "q", 5))
print("%(a)s %(b)03d" % {"a": 1, "b": 2})
print("{:>10}|{:<10}|{:^10}|{:*^9}".format("a", "b", "c", "d"), "{0}{1}{0}".format("a", "b"), "{a.real} {b[0]} {c[k]}".format(a=3, b=[1], c={"k": 2}))
print(f"{1234567.891:,.2f} {0.5:.1%} {255:08b} {255:#o} {-5:+d} {3.0} {1e20} {1e-7} {123456789.0:g} {1e16} {0.1+0.2} {100:e} {5:3d}| {True:d} {3.14159:.3} {12345.6789:.3g}")
#%% formats
print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("\n\t\\\x00\x7fé\u200b"), ascii("é"), repr(b"a\x00'\xff"))
print(1e100, 1.5e-10, float("inf"), float("-inf"), float("nan"), -0.0, 1/3, 2**0.5, 1e15, 123456789012345680.0)
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2), round(0.5), round(1.15, 1), round(1e20))
print(divmod(7, -3), -7 // 2, -7 % 3, 7.5 // 2, -7.5 % 2, pow(2, 10, 1000), 2 ** -1, 10 ** 20, int("ff", 16), int("0b101", 0), int(" 12_3 "), int(-3.9))
print(bin(10), hex(-255), oct(8), chr(8364), ord("a"), abs(-3), abs(3 - 4j), complex("1+2j"), (1 + 2j) * (3 - 1j))
print(int.from_bytes(b"\x01\x02", "big"), (258).to_bytes(2, "little"), (10).bit_length(), (1.5).as_integer_ratio(), (0.1).hex(), (2.0).is_integer())
print(list(range(10, 0, -3)), range(5)[1:3], range(10)[-1], len(range(0, 10, 3)), 3 in range(5), list(reversed(range(3))), range(0, 5, 2))
#%% containers
print([1, 2, 3][::-1], [1, 2, 3, 4][1:3], "hello"[::2], (1, 2, 3)[-2:], [0] * 3, [1] + [2], (1,) * 2)
l = [3, 1, 2]; l.sort(); print(l); l.append(4); l.insert(0, 0); l.extend([5, 6]); print(l, l.pop(), l.pop(0), l.index(3), l.count(1)); l.remove(3); l.reverse(); print(l); del l[0]; l[1:2] = [9, 9]; print(l)
print(sorted(["b", "A", "c"], key=str.lower), sorted([(1, "b"), (1, "a"), (0, "z")]), max([1, 5, 3], key=lambda v: -v), min("b", "a"), max([], default=0), sum([[1], [2]], []), sum([0.1] * 3))
d = {"a": 1, "b": 2}; print(d | {"c": 3}, list(d.items()), d.setdefault("z", []), d.popitem(), {**d, "x": 1}, dict([("q", 1)], r=2), dict.fromkeys("ab", 0), {v: k for k, v in d.items()})
s = {1, 2, 3}; print(s & {2, 3, 4}, s | {9}, s - {1}, s ^ {3, 4}, s <= {1, 2, 3, 4}, s.union([5]), frozenset([1]) == {1}, s.issuperset({1}))
print(any(x > 2 for x in [1, 2, 3]), all([]), list(zip([1, 2], "ab", (True, False))), list(enumerate("ab", 1)), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, "", "a"])))
try: list(zip([1], [1, 2], strict=True))
except ValueError as e: print(e)
#%% errors, part 1
try:
    print("int('x')", '->', int('x'))
except Exception as e:
    print("int('x')", '!!', type(e).__name__, e)
try:
    print("float('y')", '->', float('y'))
except Exception as e:
    print("float('y')", '!!', type(e).__name__, e)
try:
    print('[].pop()', '->', [].pop())
except Exception as e:
    print('[].pop()', '!!', type(e).__name__, e)
try:
    print("{}['k']", '->', {}['k'])
except Exception as e:
    print("{}['k']", '!!', type(e).__name__, e)
try:
    print('[1][5]', '->', [1][5])
except Exception as e:
    print('[1][5]', '!!', type(e).__name__, e)
try:
    print("'a' + 1", '->', 'a' + 1)
except Exception as e:
    print("'a' + 1", '!!', type(e).__name__, e)
try:
    print('1 / 0', '->', 1 / 0)
except Exception as e:
    print('1 / 0', '!!', type(e).__name__, e)
try:
    print('None.x', '->', None.x)
except Exception as e:
    print('None.x', '!!', type(e).__name__, e)
try:
    print('len(3)', '->', len(3))
except Exception as e:
    print('len(3)', '!!', type(e).__name__, e)
try:
    print('max([])', '->', max([]))
except Exception as e:
    print('max([])', '!!', type(e).__name__, e)
try:
    print('int(None)', '->', int(None))
except Exception as e:
    print('int(None)', '!!', type(e).__name__, e)
try:
    print('(1,2,3).index(9)', '->', (1,2,3).index(9))
except Exception as e:
    print('(1,2,3).index(9)', '!!', type(e).__name__, e)
try:
    print("'abc'.index('z')", '->', 'abc'.index('z'))
except Exception as e:
    print("'abc'.index('z')", '!!', type(e).__name__, e)
try:
    print("sum(['a'])", '->', sum(['a']))
except Exception as e:
    print("sum(['a'])", '!!', type(e).__name__, e)
try:
    print('[1] + (2,)', '->', [1] + (2,))
except Exception as e:
    print('[1] + (2,)', '!!', type(e).__name__, e)
try:
    print('chr(-1)', '->', chr(-1))
except Exception as e:
    print('chr(-1)', '!!', type(e).__name__, e)
try:
    print("ord('ab')", '->', ord('ab'))
except Exception as e:
    print("ord('ab')", '!!', type(e).__name__, e)
try:
    print("1 < 'a'", '->', 1 < 'a')
except Exception as e:
    print("1 < 'a'", '!!', type(e).__name__, e)
try:
    print('{[]: 1}', '->', {[]: 1})
except Exception as e:
    print('{[]: 1}', '!!', type(e).__name__, e)
try:
    print('hash([])', '->', hash([]))
except Exception as e:
    print('hash([])', '!!', type(e).__name__, e)
try:
    print('range(1, 2, 0)', '->', range(1, 2, 0))
except Exception as e:
    print('range(1, 2, 0)', '!!', type(e).__name__, e)
try:
    print("' '.join([1])", '->', ' '.join([1]))
except Exception as e:
    print("' '.join([1])", '!!', type(e).__name__, e)
try:
    print("'%d' % 'a'", '->', '%d' % 'a')
except Exception as e:
    print("'%d' % 'a'", '!!', type(e).__name__, e)
try:
    print("'%s %s' % (1,)", '->', '%s %s' % (1,))
except Exception as e:
    print("'%s %s' % (1,)", '!!', type(e).__name__, e)
try:
    print("'%s' % (1, 2)", '->', '%s' % (1, 2))
except Exception as e:
    print("'%s' % (1, 2)", '!!', type(e).__name__, e)
try:
    print("'{} {}'.format(1)", '->', '{} {}'.format(1))
except Exception as e:
    print("'{} {}'.format(1)", '!!', type(e).__name__, e)
#%% errors, part 2
try:
    print("'{x}'.format()", '->', '{x}'.format())
except Exception as e:
    print("'{x}'.format()", '!!', type(e).__name__, e)
try:
    print("f'{3:q}'", '->', f'{3:q}')
except Exception as e:
    print("f'{3:q}'", '!!', type(e).__name__, e)
try:
    print("format('a', 'd')", '->', format('a', 'd'))
except Exception as e:
    print("format('a', 'd')", '!!', type(e).__name__, e)
try:
    print("round('a')", '->', round('a'))
except Exception as e:
    print("round('a')", '!!', type(e).__name__, e)
try:
    print("abs('a')", '->', abs('a'))
except Exception as e:
    print("abs('a')", '!!', type(e).__name__, e)
try:
    print('iter(3)', '->', iter(3))
except Exception as e:
    print('iter(3)', '!!', type(e).__name__, e)
try:
    print('next(3)', '->', next(3))
except Exception as e:
    print('next(3)', '!!', type(e).__name__, e)
try:
    print('isinstance(1, 3)', '->', isinstance(1, 3))
except Exception as e:
    print('isinstance(1, 3)', '!!', type(e).__name__, e)
try:
    print('issubclass(3, int)', '->', issubclass(3, int))
except Exception as e:
    print('issubclass(3, int)', '!!', type(e).__name__, e)
try:
    print("getattr(3, 'zz')", '->', getattr(3, 'zz'))
except Exception as e:
    print("getattr(3, 'zz')", '!!', type(e).__name__, e)
try:
    print("setattr(3, 'a', 1)", '->', setattr(3, 'a', 1))
except Exception as e:
    print("setattr(3, 'a', 1)", '!!', type(e).__name__, e)
try:
    print("'a' * 'b'", '->', 'a' * 'b')
except Exception as e:
    print("'a' * 'b'", '!!', type(e).__name__, e)
try:
    print("[1, 2, 3]['a']", '->', [1, 2, 3]['a'])
except Exception as e:
    print("[1, 2, 3]['a']", '!!', type(e).__name__, e)
try:
    print('list(3)', '->', list(3))
except Exception as e:
    print('list(3)', '!!', type(e).__name__, e)
try:
    print('dict([1])', '->', dict([1]))
except Exception as e:
    print('dict([1])', '!!', type(e).__name__, e)
try:
    print('dict([(1, 2, 3)])', '->', dict([(1, 2, 3)]))
except Exception as e:
    print('dict([(1, 2, 3)])', '!!', type(e).__name__, e)
try:
    print('set([[]])', '->', set([[]]))
except Exception as e:
    print('set([[]])', '!!', type(e).__name__, e)
try:
    print('1 @ 2', '->', 1 @ 2)
except Exception as e:
    print('1 @ 2', '!!', type(e).__name__, e)
try:
    print("-'a'", '->', -'a')
except Exception as e:
    print("-'a'", '!!', type(e).__name__, e)
try:
    print('~1.5', '->', ~1.5)
except Exception as e:
    print('~1.5', '!!', type(e).__name__, e)
try:
    print('reversed(3)', '->', reversed(3))
except Exception as e:
    print('reversed(3)', '!!', type(e).__name__, e)
try:
    print("sorted([1, 'a'])", '->', sorted([1, 'a']))
except Exception as e:
    print("sorted([1, 'a'])", '!!', type(e).__name__, e)
try:
    print("int('12', 99)", '->', int('12', 99))
except Exception as e:
    print("int('12', 99)", '!!', type(e).__name__, e)
try:
    print("bytes('a')", '->', bytes('a'))
except Exception as e:
    print("bytes('a')", '!!', type(e).__name__, e)
try:
    print('int.from_bytes(3)', '->', int.from_bytes(3))
except Exception as e:
    print('int.from_bytes(3)', '!!', type(e).__name__, e)
try:
    print("complex('z')", '->', complex('z'))
except Exception as e:
    print("complex('z')", '!!', type(e).__name__, e)
#%% errors, part 3
try:
    print('1 << -1', '->', 1 << -1)
except Exception as e:
    print('1 << -1', '!!', type(e).__name__, e)
try:
    print('[].remove(1)', '->', [].remove(1))
except Exception as e:
    print('[].remove(1)', '!!', type(e).__name__, e)
try:
    print('{}.popitem()', '->', {}.popitem())
except Exception as e:
    print('{}.popitem()', '!!', type(e).__name__, e)
try:
    print('set().pop()', '->', set().pop())
except Exception as e:
    print('set().pop()', '!!', type(e).__name__, e)
try:
    print('set().remove(3)', '->', set().remove(3))
except Exception as e:
    print('set().remove(3)', '!!', type(e).__name__, e)
try:
    print('print(1, foo=2)', '->', print(1, foo=2))
except Exception as e:
    print('print(1, foo=2)', '!!', type(e).__name__, e)
try:
    print('len()', '->', len())
except Exception as e:
    print('len()', '!!', type(e).__name__, e)
try:
    print('len(1, 2)', '->', len(1, 2))
except Exception as e:
    print('len(1, 2)', '!!', type(e).__name__, e)
try:
    print('isinstance(1)', '->', isinstance(1))
except Exception as e:
    print('isinstance(1)', '!!', type(e).__name__, e)
try:
    print('[].append()', '->', [].append())
except Exception as e:
    print('[].append()', '!!', type(e).__name__, e)
try:
    print("''.join()", '->', ''.join())
except Exception as e:
    print("''.join()", '!!', type(e).__name__, e)
try:
    print('str.upper()', '->', str.upper())
except Exception as e:
    print('str.upper()', '!!', type(e).__name__, e)
try:
    print('(lambda x: x)()', '->', (lambda x: x)())
except Exception as e:
    print('(lambda x: x)()', '!!', type(e).__name__, e)
try:
    print('(lambda x: x)(1, 2)', '->', (lambda x: x)(1, 2))
except Exception as e:
    print('(lambda x: x)(1, 2)', '!!', type(e).__name__, e)
try:
    print('(lambda *, k: k)(1)', '->', (lambda *, k: k)(1))
except Exception as e:
    print('(lambda *, k: k)(1)', '!!', type(e).__name__, e)
try:
    print('(lambda x: x)(y=1)', '->', (lambda x: x)(y=1))
except Exception as e:
    print('(lambda x: x)(y=1)', '!!', type(e).__name__, e)
try:
    print('pow(2, 3, 0)', '->', pow(2, 3, 0))
except Exception as e:
    print('pow(2, 3, 0)', '!!', type(e).__name__, e)
try:
    print('float([])', '->', float([]))
except Exception as e:
    print('float([])', '!!', type(e).__name__, e)
try:
    print("'a'.split('')", '->', 'a'.split(''))
except Exception as e:
    print("'a'.split('')", '!!', type(e).__name__, e)
try:
    print("'abc'.format_map(3).x", '->', 'abc'.format_map(3).x)
except Exception as e:
    print("'abc'.format_map(3).x", '!!', type(e).__name__, e)
try:
    print('object().foo', '->', object().foo)
except Exception as e:
    print('object().foo', '!!', type(e).__name__, e)
try:
    print("type('A', (), {})().bar", '->', type('A', (), {})().bar)
except Exception as e:
    print("type('A', (), {})().bar", '!!', type(e).__name__, e)
try:
    print('del_undefined', '->', del_undefined)
except Exception as e:
    print('del_undefined', '!!', type(e).__name__, e)
#%% None is a value
x = None
class A:
    y = x
    z = None
    def __getattr__(self, name): return 'getattr'
class B:
    def __getattribute__(self, name): return None
    def __getattr__(self, name): return 'getattr'
a = A()
a.w = None
print(A.y, a.z, a.w, a.q, getattr(a, 'z', 5), getattr(a, 'w', 5), getattr(3, 'q', None), hasattr(a, 'z'), B().any)
d = {'k': None}
print(d.get('k', 5), d.setdefault('k', 5), d.pop('k', 5), [None].pop(), next(iter([None]), 5), max([None], default=5, key=lambda v: 1), dict(k=None).get('k', 1))
try:
    range(0, None)
except TypeError as e:
    print(e)
#%% attributes of bound methods
class A:
    def f(self, *, k=1): "doc"
    f.tag = 7
a = A()
print(a.f.tag, a.f.__globals__ is not None, a.f.__kwdefaults__, hasattr(a.f, "nope"), a.f.__func__.tag)
#%% properties that raise AttributeError
class P:
    @property
    def gone(self): return self.missing
    @property
    def bad(self): raise ValueError('other')
p = P()
print(hasattr(p, 'gone'), getattr(p, 'gone', 3), hasattr(P, 'gone'))
try:
    hasattr(p, 'bad')
except ValueError as e:
    print(e)
try:
    p.gone
except AttributeError as e:
    print(e)
print(hasattr(P.gone, 'fget'), type(p.__init__).__name__ != '', hasattr(p.__class__.gone, 'setter'))
