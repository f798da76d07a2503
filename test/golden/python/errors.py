#%% try except else finally
def f(n):
    try:
        if n == 1: raise ValueError('v')
        if n == 2: {}['k']
        if n == 3: [][1]
    except ValueError as e:
        print('VE', e)
    except (KeyError, IndexError) as e:
        print(type(e).__name__, e, e.args)
    else:
        print('else')
    finally:
        print('finally')
for i in range(4): f(i)
#%% finally overrides
def f():
    try:
        return 1
    finally:
        return 2
def g():
    try:
        raise ValueError
    finally:
        return 'swallowed'
def h():
    try:
        return 'a'
    finally:
        print('cleanup')
print(f(), g(), h())
#%% custom exceptions
class MyError(Exception):
    def __init__(self, code, msg='m'):
        super().__init__(msg)
        self.code = code
    def __str__(self): return f'[{self.code}] {self.args[0]}'
class Sub(MyError): pass
try:
    raise Sub(5, 'hello')
except MyError as e:
    print(e, e.code, e.args, repr(e), isinstance(e, Exception))
class Plain(Exception): pass
print(repr(Plain()), repr(Plain(1)), repr(Plain(1, 'a')), str(Plain(1, 2)), str(Plain()))
class WithInit(Exception):
    def __init__(self, a, b): self.a, self.b = a, b
print(WithInit(1, 2).args, str(WithInit(1, 2)))
#%% chaining
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError('outer') from e
except ValueError as e:
    print(repr(e.__cause__), e.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError('ctx')
except KeyError as e:
    print(repr(e.__context__), e.__cause__)
try:
    raise ValueError('x') from None
except ValueError as e:
    print(e.__cause__, e.__suppress_context__)
#%% reraise
def f():
    try:
        raise ValueError('first')
    except ValueError:
        print('handling')
        raise
try:
    f()
except ValueError as e:
    print('again', e)
try:
    raise
except RuntimeError as e:
    print(e)
def helper(): raise
try:
    try:
        1 / 0
    except ZeroDivisionError:
        helper()
except ZeroDivisionError as e:
    print('helper', e)
#%% raising odd things
for bad in [1, 'a', int]:
    try:
        raise bad
    except TypeError as e:
        print(e)
try:
    raise ValueError
except ValueError as e:
    print(repr(e))
#%% messages of the built-ins
tests = [
    lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: int('x'), lambda: int(None), lambda: float('abc'),
    lambda: [1][5], lambda: (1,)[5], lambda: 'a'[5], lambda: {}['k'], lambda: {1: 2}[3], lambda: [1]['a'], lambda: (1,)['a'], lambda: 'abc'['x'],
    lambda: 1 + 'a', lambda: 'a' + 1, lambda: [1] + (2,), lambda: (1,) + [2], lambda: None + 1, lambda: {} + {}, lambda: 'a' * 'b', lambda: 'a' - 'b',
    lambda: len(5), lambda: iter(5), lambda: next(5), lambda: [] < 1, lambda: 'a' < 1, lambda: None > 1, lambda: -'a', lambda: ~1.5,
    lambda: {[]: 1}, lambda: {{}}, lambda: hash([]), lambda: 5[0], lambda: None['a'], lambda: abs('a'), lambda: sum(['a']), lambda: max([]), lambda: min(),
    lambda: 'a'.foo(), lambda: None.x, lambda: range(1.5), lambda: [1, 2].index(3), lambda: [].pop(), lambda: {}.popitem(), lambda: [1].remove(2),
    lambda: dict([1]), lambda: list(1), lambda: ''.join([1]), lambda: open, lambda: next(iter([])), lambda: 'x' in 5, lambda: 1 in 'a', lambda: (1).real.foo,
    lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: super(), lambda: int('12', base=50), lambda: chr(-1), lambda: ord('ab'), lambda: 2 ** 'a', lambda: [1, 2][1.5],
    lambda: 'a' @ 'b', lambda: 1 << -1, lambda: 'abc'.index('z'), lambda: getattr(1, 'zz'), lambda: setattr(1, 'a', 2), lambda: round('a'), lambda: divmod(1, 0), lambda: {1, 2}[0],
]
for t in tests:
    try:
        t()
        print('no error')
    except Exception as e:
        print(type(e).__name__, '|', e)
#%% item assignment errors
def try_(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, '|', e)
def a(): (1, 2)[0] = 1
def b(): 'abc'[0] = 'x'
def c(): [1][5] = 1
def d(): [1]['a'] = 1
def e(): del (1,)[0]
def f(): del [1][3]
def g(): del {}['x']
def h(): None[0] = 1
def i(): [1, 2, 3][::2] = [1]
for fn in [a, b, c, d, e, f, g, h, i]: try_(fn)
#%% stop iteration
it = iter([1])
next(it)
try:
    next(it)
except StopIteration as e:
    print('stop', e.value, next(it, 'default'))
def g():
    yield 1
    return 'val'
x = g()
next(x)
try:
    next(x)
except StopIteration as e:
    print(e.value)
def bad():
    raise StopIteration
    yield
try:
    list(bad())
except RuntimeError as e:
    print(e)
#%% exception hierarchy
print(issubclass(KeyError, LookupError), issubclass(ModuleNotFoundError, ImportError), issubclass(RecursionError, RuntimeError), issubclass(NotImplementedError, RuntimeError))
print(Exception.__mro__, OSError is IOError)
try:
    raise FileNotFoundError(2, 'No such file', 'x.txt')
except OSError as e:
    print(e, e.errno, e.strerror, e.filename)
#%% import errors
try:
    import does_not_exist
except ImportError as e:
    print(type(e).__name__, e, e.name)
try:
    import does_not.exist
except ModuleNotFoundError as e:
    print(e)
try:
    from math import nothing_here
except ImportError as e:
    print(str(e).split(' (')[0])
try:
    import torch_not_there as t
    HAS = True
except ImportError:
    t = None
    HAS = False
print(HAS, t)
#%% except star
try:
    raise ExceptionGroup('g', [ValueError('a'), TypeError('b'), ValueError('c')])
except* ValueError as eg:
    print([str(e) for e in eg.exceptions])
except* TypeError as eg:
    print('types', len(eg.exceptions))
#%% nested functions and tracebacks survive
def a(): b()
def b(): c()
def c(): raise LookupError('deep')
try:
    a()
except LookupError as e:
    print('caught', e)
print('after')
#%% errors in comprehensions and generators
try:
    [1 / x for x in [1, 0]]
except ZeroDivisionError as e:
    print(e)
def g():
    try:
        yield 1
        yield 2
    except ValueError as e:
        print('inside', e)
        yield 'recovered'
    finally:
        print('gen finally')
x = g()
print(next(x), x.throw(ValueError('thrown')))
print(list(x))
y = g()
next(y)
y.close()
#%% exception in else and in handler
try:
    try:
        pass
    except ValueError:
        print('no')
    else:
        raise KeyError('from else')
    finally:
        print('inner finally')
except KeyError as e:
    print(e)
#%% notes and warnings
import warnings
warnings.warn('careful')
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
print('ok')
#%% keyerror shows repr
try:
    {}['a b']
except KeyError as e:
    print(str(e), e.args[0])
