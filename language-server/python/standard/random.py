"""Random numbers: their values are not known, their counts are."""
from _analysis import drawn as _drawn, unknown as _unknown


def _drawing(kind):
    def number(*args, **kwargs):
        return _unknown('a random number', kind)
    return number


class Random:
    def __init__(self, x=None):
        pass

    def seed(self, a=None, version=2):
        pass

    def getstate(self):
        return _unknown('the state of a random generator')

    def setstate(self, state):
        pass

    def choice(self, seq):
        if hasattr(seq, '__len__') and len(seq) == 0:
            raise IndexError('Cannot choose from an empty sequence')
        return seq[0] if hasattr(seq, '__len__') and len(seq) == 1 else _drawn(seq, 1, 'a random choice')[0]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        if len(population) == 0:
            raise IndexError('list index out of range')
        return _drawn(population, k, 'a random choice')

    def sample(self, population, k, *, counts=None):
        if counts is None and not 0 <= k <= len(population):
            raise ValueError('Sample larger than population or is negative')
        return _drawn(population, k, 'a random choice')

    def shuffle(self, x):
        if len(x) > 1:
            x[:] = _drawn(x, len(x), 'an element of a shuffled list')


_kinds = {
    int: 'randint randrange getrandbits binomialvariate',
    float: 'random uniform gauss normalvariate triangular betavariate expovariate gammavariate lognormvariate paretovariate vonmisesvariate weibullvariate',
    None: 'randbytes',
}
for _kind, _names in _kinds.items():
    for _name in _names.split():
        globals()[_name] = _drawing(_kind)
        setattr(Random, _name, staticmethod(globals()[_name]))

SystemRandom = Random
_instance = Random()
seed, getstate, setstate = _instance.seed, _instance.getstate, _instance.setstate
choice, choices, sample, shuffle = _instance.choice, _instance.choices, _instance.sample, _instance.shuffle
