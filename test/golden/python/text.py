#%% f-strings
x, y, name = 3, 2.5, 'bob'
w = 8
print(f'{x} {y} {name!r:>8} {x:03d} {y:.3f} {name:^9}| {x:>{w}} {y:e} {1e10:g} {x + 1 = } {x=} {name=!s} {y=:.1f}')
print(f'{{literal}} {"nested " + f"{x}"} {[i for i in range(3)]} {(lambda: 5)()} {x if x > 2 else y}')
print(f'{1234567:,} {0.256:.1%} {255:x} {255:#X} {5:b} {"a":*<5} {True} {None} {3.0} {1e100}')
print(f"{'a' 'b'}" f'{x}' 'plain', rf'\d{x}', f'''multi
{x}''')
#%% percent and format
print('%s %d %.2f %5s|%-5s| %r %x %%' % ('a', 3, 2.555, 'b', 'c', 'd', 255))
print('%(a)s-%(b)03d' % {'a': 1, 'b': 2}, '%s' % (1,), '%s' % [1])
print('{} {1} {0}'.format if False else '{0} {1} {0}'.format('a', 'b'), '{} {}'.format(1, 2), '{x} {y:.1f}'.format(x=1, y=2.25), '{0[a]} {1.real}'.format({'a': 5}, 3))
#%% methods
s = 'Hello, World'
print(s.upper(), s.lower(), s.split(', '), s.replace('l', 'L', 2), s.find('o'), s.count('l'), s[::-1], s[1:-1:2], s.startswith('He'), s.endswith(('x', 'd')))
print('a,b,,c'.split(','), ' x  y '.split(), 'abc'.join('123'), '  pad '.strip(), 'xxaxx'.strip('x'), 'a-b-c'.rsplit('-', 1), 'a=b=c'.partition('='), '5'.zfill(3), 'ab'.center(6, '*'))
print('abc'.isalpha(), '12'.isdigit(), 'a1'.isalnum(), 'x y'.title(), 'swap'.swapcase(), 'l\nm'.splitlines(), 'tEST'.capitalize(), 'abc'.ljust(5) + '|', 'a.b.c'.rpartition('.'), 'remove_prefix'.removeprefix('remove_'))
print('abc' < 'abd', 'a' * 3, 'b' in 'abc', len('héllo'), 'x'.encode(), b'abc'.decode(), ord('A'), chr(97), 'a\tb\n'.__repr__(), "it's", 'say "hi"', 'both \' "')
print('{:>10}|{:<10}|{:^10}'.format('r', 'l', 'c'), 'abc'.translate(str.maketrans('ab', 'xy')))
#%% repr of values
print([1.0, 1e16, 1e-5, 0.1, 1/3, float('inf'), float('-inf'), float('nan'), -0.0, 100000.0, 123456789012345680.0, 1e22])
print([True, None, 'a\'b', "x\ny", b'\x00a', (1,), (), {}, set(), {1}, frozenset({2}), {'a': [1]}, ..., range(3), slice(1, 2)])
print(1 + 2j, 2j, complex(1, -1), 10**20, -5 // 2, -5 % 3, 5 // -2, 2**0.5, 2**-1, 7.0 // 2, -7.5 % 2)
#%% numbers
print(0x10, 0b101, 0o17, 1_000, 1e3, .5, 5., 3.14e-2)
print(int('12'), int(3.9), int(-3.9), float('1.5'), int('ff', 16), round(2.5), round(3.567, 2), abs(-3), divmod(7, 2), pow(2, 10), pow(3, 4, 5), bool(''), bool('0'))
print(10 / 4, 10 // 4, 10 % 4, -10 // 4, 2 ** 100, 1 << 40, 5 & 3, 5 | 3, 5 ^ 3, ~5, 7 >> 1)
print(sum([0.1] * 3), 0.1 + 0.2, 1e308 * 10, 3 == 3.0, hash(1) == hash(1.0), 1 is True)
print((5).bit_length(), (2.5).is_integer(), (0.5).as_integer_ratio(), int.from_bytes(b'\x01\x02', 'big'), 9007199254740993 + 2, 2**53 + 1, (2**64) % 1000, (2**64) // 3)
print(min(3, 1, 2), max([1, 5, 3]), max('abc', key=ord), min([], default=0), sorted([3, 1, 2], reverse=True), sum([[1], [2]], []))
#%% containers
l = [3, 1, 2]
l.sort(); l.insert(1, 9); l.extend((7, 8)); l.reverse()
print(l, l.index(9), l.count(1), l.pop(), l.pop(0), l.copy() == l, l[1:3], l[-2:], l[::-1])
l[1:2] = [100, 200]; del l[0]
print(l, [1, 2] + [3], [0] * 3, 2 in [1, 2], [1, [2, 3]] == [1, [2, 3]], [1, 2] < [1, 3])
d = {'a': 1, 'b': 2}
print(d.get('z'), d.get('z', 0), list(d), list(d.items()), d.pop('a'), d.setdefault('c', []), d.update(x=1, **{'y': 2}), d, 'x' in d, len(d))
print(dict(a=1), dict([(1, 2)]), dict.fromkeys('ab', 0), {k: v for k, v in d.items() if k != 'c'}, d.popitem(), list(d.keys()), sorted(d.values(), key=str))
print({1: 'a', True: 'b', 1.0: 'c'}, {(1, 2): 3}[(1, 2)], {None: 1}[None], {'a': 1} == {'a': 1.0}, d | {'n': 0})
s = {1, 2, 3}
print(s & {2, 9}, s | {9}, s - {1}, sorted(s ^ {1, 10}), s <= {1, 2, 3, 4}, s.isdisjoint({5}), sorted(s.union([7])), {1, 2} == {2, 1})
s.add(5); s.discard(1); s.remove(2)
print(sorted(s), frozenset([1, 2]) == {1, 2}, {frozenset({1}): 'f'}[frozenset({1})])
t = (1, 2, 3, 2)
print(t.count(2), t.index(3), t[1:], t + (4,), t * 2, (1, 2) < (1, 3), tuple('ab'), hash((1, 2)) == hash((1, 2)))
print(list(range(10, 0, -3)), range(5)[2], range(10)[2:5], len(range(0, 10, 3)), 4 in range(0, 10, 2), list(reversed(range(3))), range(3) == range(0, 3))
print(list(enumerate('ab', 1)), list(zip([1, 2], 'ab', (True, False))), list(map(str, [1, 2])), list(filter(None, [0, 1, '', 'a'])), any([0, 1]), all([]))
#%% slices
l = list(range(10))
print(l[2:5], l[:-3], l[-3:], l[::3], l[8:2:-2], l[100:], l[:0], l[-100:2], 'abcdef'[1:4], (1, 2, 3)[::-1])
l[::2] = [0] * 5
print(l)
del l[::3]
print(l)
l[2:2] = ['i', 'j']
print(l, slice(1, 5, 2).indices(4))
#%% sorting
people = [('bob', 3), ('al', 3), ('cy', 1)]
print(sorted(people, key=lambda p: p[1]), sorted(people, key=lambda p: (-p[1], p[0])), sorted('banana'), sorted({'b': 1, 'a': 2}))
import operator
print(sorted(people, key=operator.itemgetter(1, 0)), max(people, key=operator.itemgetter(1)))
try:
    sorted([1, 'a'])
except TypeError as e:
    print(e)
#%% identity and mutation
a = [1]
b = a
b.append(2)
c = a[:]
c.append(3)
print(a, b is a, c is a, a == c)
m = [[0] * 2] * 2
m[0][0] = 1
print(m)
def f(l): l.append('x'); l = []; return l
f(a)
print(a)
import copy
n = [[1], {'k': [2]}]
sh, dp = copy.copy(n), copy.deepcopy(n)
n[0].append(9); n[1]['k'].append(8)
print(sh, dp)
#%% print options
print(1, 2, sep='-', end='!\n')
print()
print('a', None, [1, 'b'], sep=', ')
#%% chained calls
print('  A,b ,C '.strip().lower().split(',')[1].strip())
print([x.strip() for x in 'a ; b;c'.split(';')], ''.join(reversed('abc')), ' '.join(str(i) for i in range(3)))
