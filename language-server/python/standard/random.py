"""Random numbers: their values are not known, their counts are."""
from _analysis import unknown as _unknown


def _number(*args, **kwargs):
    return _unknown('a random number')


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
        if hasattr(seq, '__len__') and len(seq) == 1:
            return seq[0]
        return _unknown('a random choice')

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        return [_unknown('a random choice') for _ in range(k)]

    def sample(self, population, k, *, counts=None):
        return [_unknown('a random choice') for _ in range(k)]

    def shuffle(self, x):
        for i in range(len(x)):
            x[i] = _unknown('an element of a shuffled list')


for _name in ('random', 'uniform', 'randint', 'randrange', 'getrandbits', 'randbytes', 'gauss', 'normalvariate', 'triangular', 'betavariate', 'expovariate', 'gammavariate', 'lognormvariate',
              'paretovariate', 'vonmisesvariate', 'weibullvariate', 'binomialvariate'):
    setattr(Random, _name, staticmethod(_number))
    globals()[_name] = _number

SystemRandom = Random
_instance = Random()
seed, getstate, setstate = _instance.seed, _instance.getstate, _instance.setstate
choice, choices, sample, shuffle = _instance.choice, _instance.choices, _instance.sample, _instance.shuffle
