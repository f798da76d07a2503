"""Variable scopes of TensorFlow 1: what names variables and layers, and shares them where a scope is entered again with `reuse`."""
import layerscope

from keras.src import initializers
from keras.src.backend.tensors import Variable
from tensorflow import dtypes

AUTO_REUSE = 'AUTO_REUSE'


class _Store:
    """What a graph keeps by full names: its variables, its layers, and how many layers of a kind each scope has named."""

    def __init__(self):
        self.variables, self.layers, self.counts = {}, {}, {}


class variable_scope:
    def __init__(self, name_or_scope, default_name=None, values=None, initializer=None, regularizer=None, caching_device=None, partitioner=None, custom_getter=None, reuse=None,
                 dtype=None, use_resource=None, constraint=None, auxiliary_name_scope=True):
        given = name_or_scope if name_or_scope is not None else default_name
        self._again = isinstance(given, variable_scope)
        self.name = given.name if self._again else given
        self.reuse, self._initializer = reuse, initializer

    def __enter__(self):
        outer = _open[-1]
        if not self._again:
            self.name = outer.name + '/' + self.name if outer.name and isinstance(self.name, str) else self.name
        if not self.reuse:
            self.reuse = outer.reuse
        if self._initializer is None:
            self._initializer = outer._initializer
        _open.append(self)
        return self

    def __exit__(self, *args):
        _open.pop()
        # names count from the start where the scope is entered again
        store().counts.pop(self.name, None)

    def reuse_variables(self):
        self.reuse = True

    @property
    def original_name_scope(self):
        return self.name + '/'


class Graph:
    def __init__(self):
        self._store = _Store()

    def as_default(self):
        return self

    def __enter__(self):
        _graphs.append(self)
        return self

    def __exit__(self, *args):
        _graphs.pop()

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return layerscope.unknown('tf.Graph.' + name)


_graphs = [Graph()]
_open = [variable_scope('')]


def store():
    return _graphs[-1]._store


def get_default_graph():
    return _graphs[-1]


def reset_default_graph():
    _graphs[-1]._store = _Store()


def get_variable_scope():
    return _open[-1]


def _full(name):
    return f'{_open[-1].name}/{name}' if _open[-1].name else name


def get_variable(name, shape=None, dtype='float32', initializer=None, regularizer=None, trainable=True, **kwargs):
    if initializer is None:
        initializer = _open[-1]._initializer
    if shape is None and isinstance(initializer, layerscope.Value):
        shape = tuple(initializer.shape)
    sizes = tuple(shape) if isinstance(shape, (list, tuple)) else () if shape is None else (shape,)
    found = store().variables.get(_full(name)) if _open[-1].reuse else None
    if found is not None:
        same = tuple(found.shape) == sizes
        layerscope.require(shape is None or same, layerscope.related(
            ValueError(f'Trying to share variable {_full(name)}, but specified shape {sizes} and found shape {tuple(found.shape)}.'), found, 'the variable is made here'))
        return found
    made = layerscope.parameter(sizes, dtypes.as_dtype(dtype), initializers.initial_of(initializer, shape), trainable, like=Variable, name=_full(name))
    made.name, made.trainable = _full(name), trainable
    store().variables[_full(name)] = made
    return made


def layer_of(kind, name, reuse, *args, **options):
    """A layer of `tf.layers`: that of the same name, where the scope or the call reuses variables; else a new one."""
    scope, counts = _open[-1], store().counts.setdefault(_open[-1].name, {})
    own = name
    if own is None:
        hint = kind.__name__.lower()
        number = counts.get(hint, 0)
        counts[hint] = number + 1
        own = hint if number == 0 else f'{hint}_{number}'
    found = store().layers.get(_full(own)) if reuse or scope.reuse else None
    if isinstance(found, kind):
        return found
    made = kind(*args, name=name, **options)
    store().layers[_full(own)] = made
    return made
