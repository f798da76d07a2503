"""The primitives of language-server/library/layerscope.pyi in CPython, so that the framework stubs can be run and compared
with the real frameworks number by number. Every operator is computed at once by ONNX Runtime in a second process (compute.py),
which may import the real NumPy while the stubs' own `numpy` is imported here.

A size that is not known is an int that prints as None; it stands for BATCH. A size of BATCH that an operator makes of such a tensor is taken for it too.
"""
import atexit
import os
import pickle
import struct
import subprocess
import sys

BATCH = 7
SMALL = 4096

_worker = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(__file__), 'compute.py')], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                           env={key: value for key, value in os.environ.items() if key != 'PYTHONPATH'})
atexit.register(_worker.stdin.close)


def _ask(*request):
    body = pickle.dumps(request)
    _worker.stdin.write(struct.pack('<q', len(body)) + body)
    _worker.stdin.flush()
    size = struct.unpack('<q', _worker.stdout.read(8))[0]
    failed, answer = pickle.loads(_worker.stdout.read(size))
    if failed:
        raise ShapeError(answer)
    return answer


class ShapeError(ValueError):
    pass


class _Symbol(int):
    """A size that is not known; arithmetic on it gives another one."""

    def __new__(cls, value, name='None'):
        made = int.__new__(cls, value)
        made.name = name
        return made

    def __repr__(self):
        return self.name

    __str__ = __repr__

    def __format__(self, spec):
        return self.name


class _Unknown:
    def __init__(self, reason):
        self.reason = reason

    def __repr__(self):
        return f'<unknown: {self.reason}>'

    def _same(self, *args, **kwargs):
        return self

    __getattr__ = __call__ = __getitem__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __neg__ = _same


class Value:
    @property
    def shape(self):
        return self._shape

    @property
    def dtype(self):
        return self._dtype


def _make(cls, handle, dtype, shape, known):
    value = object.__new__(cls)
    value._handle, value._dtype, value._shape, value._known = handle, dtype, tuple(shape), known
    return value


def _small(shape):
    count = 1
    for size in shape:
        count *= size
    return count <= SMALL


graph = []


def operator(type, *inputs, outputs=1, like=None, **attributes):
    first = next((value for value in inputs if isinstance(value, Value)), None)
    packed = []
    for value in inputs:
        if value is None:
            packed.append(None)
        elif isinstance(value, Value):
            packed.append(('handle', value._handle))
        else:
            packed.append(('literal', _plain(value), first._dtype if first is not None else None))
    while packed and packed[-1] is None:
        packed.pop()
    cls = like or (getattr(first, '__layerscope_tensor__', None) or first.__class__ if first is not None else Value)
    known = all(value is None or not isinstance(value, Value) or value._known for value in inputs)
    graph.append(type)
    open_sizes = any(isinstance(value, Value) and any(isinstance(size, _Symbol) for size in value._shape) for value in inputs)
    made = [_make(cls, handle, dtype, shape, known and _small(shape))
            for handle, dtype, shape in _ask('run', type, packed, _attributes(attributes), outputs)]
    if open_sizes:
        for value in made:
            value._shape = tuple(_Symbol(BATCH) if size == BATCH else size for size in value._shape)
    return made[0] if outputs == 1 else tuple(made)


def _attributes(attributes):
    return {name: ('handle', value._handle) if isinstance(value, Value) else value for name, value in attributes.items() if value is not None}


def _plain(value):
    if isinstance(value, Value):
        return elements(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def constant(value, dtype=None, like=Value):
    return _make(like, *_ask('constant', _plain(value), dtype), True)


def _sizes(shape):
    return tuple(_Symbol(BATCH, size or 'None') if size is None or isinstance(size, str) else size for size in shape)


def _fresh(shape, dtype, like, rule):
    handle, dtype, made = _ask('fill', [int(size) for size in shape], dtype or 'float32', rule)
    return _make(like, handle, dtype, shape, False)


def input(shape, dtype='float32', name=None, like=Value):
    return _fresh(_sizes(shape), dtype, like, 'input')


def parameter(shape, dtype='float32', initial='unknown', trainable=True, like=Value):
    made = _fresh(_sizes(shape), dtype, like, initial)
    made.trainable = trainable
    return made


def data(shape, dtype='float32', reason='', like=Value):
    return _fresh(_sizes(shape if shape is not None else (2,)), dtype, like, 'input')


def cast_class(value, like):
    return _make(like, value._handle, value._dtype, value._shape, value._known)


def assign(target, value):
    target._handle, target._dtype, target._shape, target._known = value._handle, value._dtype, value._shape, value._known


def elements(value):
    return _ask('elements', value._handle) if value._known else _Unknown('values')


def is_known(value):
    return not isinstance(value, (_Unknown, _Symbol))


def is_unknown(value):
    return isinstance(value, _Unknown)


def unknown(reason, type=None):
    return _Unknown(reason)


def gap(reason, *inputs, shape=None, dtype=None, like=None):
    first = next((value for value in inputs if isinstance(value, Value)), None)
    return _fresh(_sizes(shape if shape is not None else (2,)), dtype, like or (first.__class__ if first is not None else Value), 'input')


def symbol(name, minimum=1, none=False):
    return _Symbol(BATCH, 'None' if none else name)


def require(condition, error):
    if not condition:
        raise error


warnings = []


def warn(code, message, about=None, severity='warning', fix=None):
    warnings.append((code, message))


def hint_fix(error, title, argument, value, about=None):
    return error


def related(error, about, message):
    return error


def made(about):
    return ''


def call(layer, function, args, kwargs):
    return function(*args, **kwargs)


models = []


def model(layer, inputs=None, outputs=None, type=None):
    models.append((layer, inputs, outputs))


def loss(*args, **kwargs):
    pass


def expect(value, shape=None, dtype=None):
    pass


def trained():
    return None


def in_user_code(about):
    return getattr(about, '__module__', '') == '__main__'


def numbers(value):
    """The tensor as (dtype, shape, bytes): for comparison with the framework."""
    return _ask('bytes', value._handle)


def put(value, dtype, shape, raw):
    """Gives a tensor its elements: weights from the framework."""
    value._handle = _ask('put', dtype, list(shape), raw)
