"""Building blocks of iteration."""

_missing = object()


class _Lazy:
    """An iterator over a generator."""

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._values)


class chain(_Lazy):
    def __init__(self, *iterables):
        self._values = (element for iterable in iterables for element in iterable)

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._values = (element for iterable in iterables for element in iterable)
        return made


def count(start=0, step=1):
    while True:
        yield start
        start = start + step


def cycle(iterable):
    kept = []
    for element in iterable:
        yield element
        kept.append(element)
    while kept:
        for element in kept:
            yield element


class repeat(_Lazy):
    def __init__(self, object, times=None):
        self._object = object
        self._times = times
        self._values = self._generate()

    def _generate(self):
        if self._times is None:
            while True:
                yield self._object
        for _ in range(self._times):
            yield self._object


def accumulate(iterable, func=None, *, initial=None):
    iterator = iter(iterable)
    total = initial
    if initial is None:
        total = next(iterator, _missing)
        if total is _missing:
            return
    yield total
    for element in iterator:
        total = total + element if func is None else func(total, element)
        yield total


def islice(iterable, *args):
    given = slice(*args)
    start = 0 if given.start is None else given.start
    step = 1 if given.step is None else given.step
    if start < 0 or step < 1 or (given.stop is not None and given.stop < 0):
        raise ValueError('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.')
    wanted = start
    if given.stop is not None and wanted >= given.stop:
        return
    for at, element in enumerate(iterable):
        if at == wanted:
            yield element
            wanted += step
            if given.stop is not None and wanted >= given.stop:
                return


def pairwise(iterable):
    iterator = iter(iterable)
    before = next(iterator, _missing)
    if before is _missing:
        return
    for element in iterator:
        yield before, element
        before = element


def batched(iterable, n):
    if n < 1:
        raise ValueError('n must be at least one')
    iterator = iter(iterable)
    while batch := tuple(islice(iterator, n)):
        yield batch


def product(*iterables, repeat=1):
    pools = [tuple(each) for each in iterables] * repeat

    def choose(at):
        if at == len(pools):
            yield ()
            return
        for element in pools[at]:
            for rest in choose(at + 1):
                yield (element,) + rest

    return choose(0)


def permutations(iterable, r=None):
    pool = tuple(iterable)

    def choose(pool, left):
        if left == 0:
            yield ()
            return
        for at in range(len(pool)):
            for rest in choose(pool[:at] + pool[at + 1:], left - 1):
                yield (pool[at],) + rest

    size = len(pool) if r is None else r
    return choose(pool, size) if size <= len(pool) else iter(())


def combinations(iterable, r):
    pool = tuple(iterable)

    def choose(start, left):
        if left == 0:
            yield ()
            return
        for at in range(start, len(pool) - left + 1):
            for rest in choose(at + 1, left - 1):
                yield (pool[at],) + rest

    return choose(0, r)


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)

    def choose(start, left):
        if left == 0:
            return [()]
        return [(pool[i],) + rest for i in range(start, len(pool)) for rest in choose(i, left - 1)]
    return iter(choose(0, r))


def starmap(function, iterable):
    for arguments in iterable:
        yield function(*arguments)


def takewhile(predicate, iterable):
    for element in iterable:
        if not predicate(element):
            return
        yield element


def dropwhile(predicate, iterable):
    iterator = iter(iterable)
    for element in iterator:
        if not predicate(element):
            yield element
            break
    for element in iterator:
        yield element


def filterfalse(predicate, iterable):
    for element in iterable:
        if not (element if predicate is None else predicate(element)):
            yield element


def compress(data, selectors):
    for element, selected in zip(data, selectors):
        if selected:
            yield element


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(each) for each in iterables]
    while True:
        elements = [next(each, _missing) for each in iterators]
        if all(each is _missing for each in elements):
            return
        yield tuple(fillvalue if each is _missing else each for each in elements)


def groupby(iterable, key=None):
    group = []
    before = _missing
    for element in iterable:
        at = element if key is None else key(element)
        if before is not _missing and at != before:
            yield before, iter(group)
            group = []
        before = at
        group.append(element)
    if before is not _missing:
        yield before, iter(group)


def tee(iterable, n=2):
    kept = list(iterable)
    return tuple(iter(kept) for _ in range(n))
