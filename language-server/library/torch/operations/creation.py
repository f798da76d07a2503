"""Tensors from nothing: constants, ranges, random numbers."""
import layerscope

from .. import types
from .checks import cast, dtype_name, gap, is_tensor, operator, ranked, spread, typed
from .pointwise import add, mul


def _tensor_class():
    from .._tensor import Tensor
    return Tensor


def _wrap(value, requires_grad=False):
    if requires_grad:
        value.requires_grad = True
    return value


def tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False):
    cls = _tensor_class()
    dtype = types.from_python(dtype)
    if is_tensor(data):
        made = layerscope.detached(data, cls)
        return _wrap(cast(made, dtype) if dtype is not None else made, requires_grad)
    if isinstance(data, (list, tuple)) and _holds_tensor(data):
        from .joining import stack
        made = layerscope.detached(stack([tensor(item) for item in data]), cls)
        return _wrap(cast(made, dtype) if dtype is not None else made, requires_grad)
    return _wrap(layerscope.constant(data, dtype=dtype.name if dtype is not None else _type_of_list(data), like=cls), requires_grad)


def _holds_tensor(data):
    for item in data:
        if isinstance(item, (list, tuple)):
            if _holds_tensor(item):
                return True
        elif is_tensor(item):
            return True
        else:
            return False
    return False


def _type_of_list(data):
    """The dtype name that torch infers for nested lists; None leaves it to the elements."""
    while isinstance(data, (list, tuple)):
        if len(data) == 0:
            return types.get_default_dtype().name
        data = data[0]
    return None


def as_tensor(data, *, dtype=None, device=None):
    if is_tensor(data):
        # the same tensor: gradients flow
        made = layerscope.cast_class(data, _tensor_class())
        return made if dtype is None else cast(made, dtype)
    return tensor(data, dtype=dtype)


def asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=False):
    return _wrap(as_tensor(obj, dtype=dtype), requires_grad)


def from_numpy(ndarray):
    if not is_tensor(ndarray):
        if not layerscope.is_known(ndarray):
            return layerscope.data(None, None, reason='an array that is not known', like=_tensor_class())
        raise TypeError(f'expected np.ndarray (got {type(ndarray).__name__})')
    if isinstance(ndarray, types.state['tensor']):
        raise TypeError('expected np.ndarray (got Tensor)')
    return layerscope.cast_class(ndarray, _tensor_class())


def scalar_tensor(value, *, dtype=None, device=None):
    return tensor(value, dtype=dtype or types.get_default_dtype())


def sizes_of(given, size=None):
    """Sizes given one by one, as one tuple, or by the keyword `size`."""
    if len(given) == 0 and size is None:
        raise TypeError('missing 1 required positional argument: "size"')
    sizes = spread(given if size is None else (size,))
    for each in sizes:
        if isinstance(each, float):
            raise TypeError("'float' object cannot be interpreted as an integer")
        layerscope.require(each >= 0, RuntimeError(f'Trying to create tensor with negative dimension {each}: [{", ".join([str(s) for s in sizes])}]'))
    return [_index(each) for each in sizes]


def _index(size):
    return size.item() if is_tensor(size) else size


def filled(sizes, value, dtype):
    fill = layerscope.constant([value], dtype=dtype.name, like=_tensor_class())
    return operator('ConstantOfShape', layerscope.constant(sizes, dtype='int64', like=_tensor_class()), value=fill)


def zeros(*sizes, size=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, names=None):
    return _wrap(filled(sizes_of(sizes, size), 0, types.from_python(dtype, types.get_default_dtype())), requires_grad)


def ones(*sizes, size=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, names=None):
    return _wrap(filled(sizes_of(sizes, size), 1, types.from_python(dtype, types.get_default_dtype())), requires_grad)


def empty(*sizes, size=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, memory_format=None):
    return _wrap(filled(sizes_of(sizes, size), 0, types.from_python(dtype, types.get_default_dtype())), requires_grad)


def full(size, fill_value, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    if is_tensor(fill_value):
        from .shaping import expand
        return expand(fill_value if dtype is None else cast(fill_value, dtype), sizes_of((size,)))
    dtype = types.from_python(dtype, types.defaults_for(types.kind_of(fill_value)))
    return _wrap(filled(sizes_of((size,)), fill_value, dtype), requires_grad)


def _like(value):
    def like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None):
        return _filled_like(input, value, dtype, requires_grad)
    return like


def _filled_like(input, value, dtype, requires_grad=False):
    made = operator('Expand', layerscope.constant(value, dtype=(types.from_python(dtype, input.dtype)).name, like=_tensor_class()), operator('Shape', input))
    return _wrap(made, requires_grad)


zeros_like, ones_like, empty_like = _like(0), _like(1), _like(0)


def full_like(input, fill_value, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None):
    return _filled_like(input, fill_value, dtype, requires_grad)


def eye(n, m=None, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    dtype = types.from_python(dtype, types.get_default_dtype())
    return _wrap(operator('EyeLike', filled([n, n if m is None else m], 0, dtype)), requires_grad)


_MISSING = object()


def arange(start, end=_MISSING, step=1, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    if end is _MISSING:
        start, end = 0, start
    if start is None or end is None or step is None:
        raise TypeError('arange() received an invalid combination of arguments: one of them is None')
    values = [_index(value) for value in (start, end, step)]
    if dtype is None:
        dtype = types.get_default_dtype() if any([types.kind_of(value) == 2 for value in values]) else types.int64
    layerscope.require(values[2] != 0, RuntimeError('step must be nonzero'))
    layerscope.require((values[1] >= values[0]) if values[2] > 0 else (values[1] <= values[0]),
                       RuntimeError('upper bound and lower bound inconsistent with step sign'))
    exact = types.int64 if all([types.kind_of(value) < 2 for value in values]) else types.float64
    start, end, step = [layerscope.constant(value, dtype=exact.name, like=_tensor_class()) for value in values]
    return _wrap(cast(operator('Range', start, end, step), dtype), requires_grad)


def range_(start=0, end=None, step=1, **options):
    return arange(start, end + step, step, **options)


def linspace(start, end, steps, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    start, end = _index(start), _index(end)
    dtype = types.from_python(dtype, types.get_default_dtype())
    positions = cast(arange(steps), types.float64)
    if steps == 1:
        return _wrap(cast(add(mul(positions, 0.0), float(start)), dtype), requires_grad)
    return _wrap(cast(add(mul(positions, (end - start) / (steps - 1)), float(start)), dtype), requires_grad)


def logspace(start, end, steps, base=10.0, *, dtype=None, device=None, requires_grad=False):
    from .pointwise import pow
    return pow(base, linspace(start, end, steps, dtype=dtype))


def _random(type, sizes, dtype, requires_grad, **attributes):
    """Random numbers of the shape: an operator, so that a model that draws them can be run."""
    dtype = types.from_python(dtype, types.get_default_dtype())
    known = all([layerscope.is_known(size) for size in sizes])
    if known:
        made = layerscope.operator(type, shape=sizes, dtype=dtype.onnx, like=_tensor_class(), **attributes) if sizes else _random_like(type, filled([], 0, dtype), attributes)
    else:
        made = _random_like(type, filled(sizes, 0, dtype), attributes)
    return _wrap(made, requires_grad)


def _random_like(type, input, attributes):
    return operator(type + 'Like', input, **attributes)


def randn(*sizes, size=None, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    return _random('RandomNormal', sizes_of(sizes, size), dtype, requires_grad)


def rand(*sizes, size=None, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    return _random('RandomUniform', sizes_of(sizes, size), dtype, requires_grad)


def randint(low=0, high=None, size=None, *, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    if size is None and isinstance(high, (tuple, list)):
        low, high, size = 0, low, high
    elif high is None:
        low, high = 0, low
    layerscope.require(low < high, RuntimeError(f'random_ expects \'from\' to be less than \'to\', but got from={low} >= to={high}'))
    # uniform numbers in [low, high), rounded down
    drawn = operator('Floor', _random('RandomUniform', sizes_of((size,)), None, False, low=float(low), high=float(high)))
    made = _wrap(cast(drawn, types.from_python(dtype, types.int64)), requires_grad)
    if isinstance(low, int) and isinstance(high, int) and layerscope.is_known(low) and layerscope.is_known(high):
        size = 1
        for each in made.shape:
            size = size * each
        # the chance that one of k numbers is missing among 25 k of them is below 1e-10
        layerscope.state_range(made, low, high - 1, layerscope.is_known(size) and size >= 25 * (high - low))
    return made


def normal(mean=0.0, std=1.0, size=None, *, generator=None, out=None, dtype=None, device=None, requires_grad=False):
    if size is not None:
        return _random('RandomNormal', sizes_of((size,)), dtype, requires_grad, mean=float(mean), scale=float(std))
    base = mean if is_tensor(mean) else std
    return add(mul(operator('RandomNormalLike', base), std), mean)


def randperm(n, *, generator=None, out=None, dtype=None, device=None, requires_grad=False):
    from .reducing import argsort
    order = argsort(rand(n))
    return layerscope.state_range(order, 0, n - 1, True) if layerscope.is_known(n) and n > 0 else order


def randn_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, generator=None):
    return _wrap(operator('RandomNormalLike', input if dtype is None else cast(input, dtype)), requires_grad)


def rand_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, generator=None):
    return _wrap(operator('RandomUniformLike', input if dtype is None else cast(input, dtype)), requires_grad)


def randint_like(input, low, high=None, *, dtype=None, device=None):
    if high is None:
        low, high = 0, low
    return cast(operator('Floor', operator('RandomUniformLike', cast(input, types.float32), low=float(low), high=float(high))), dtype or input.dtype)


def bernoulli(input, p=None, *, generator=None, out=None):
    probability = input if p is None else _filled_like(input, p, input.dtype)
    return operator('Bernoulli', probability)


def multinomial(input, num_samples, replacement=False, *, generator=None, out=None):
    if not ranked(input):
        return gap('torch.multinomial draws without replacement', input, dtype='int64')
    shape = list(input.shape)
    if len(shape) not in (1, 2):
        raise RuntimeError('prob_dist must be 1 or 2 dim')
    if layerscope.is_known(replacement) and not replacement:
        layerscope.require(num_samples <= shape[-1], RuntimeError(f'cannot sample n_sample > prob_dist.size(-1) samples without replacement: {num_samples} of {shape[-1]}'))
    drawn = gap('torch.multinomial draws without replacement', input, shape=shape[:-1] + [num_samples], dtype='int64')
    return layerscope.state_range(drawn, 0, shape[-1] - 1) if layerscope.is_known(shape[-1]) else drawn


def tril_indices(row, col, offset=0, *, dtype=None, device=None):
    pairs = [(r, c) for r in range(row) for c in range(col) if c - r <= offset]
    return tensor([[r for r, _ in pairs], [c for _, c in pairs]], dtype=types.int64)


def triu_indices(row, col, offset=0, *, dtype=None, device=None):
    pairs = [(r, c) for r in range(row) for c in range(col) if c - r >= offset]
    return tensor([[r for r, _ in pairs], [c for _, c in pairs]], dtype=types.int64)


def complex(real, imag, *, out=None):
    """A complex tensor, whose elements are not followed."""
    from .promotion import binary
    if typed(real) and typed(imag) and (real.dtype.category != 2 or real.dtype is not imag.dtype):
        raise RuntimeError(f'Expected both inputs to be Half, Float or Double tensors of one type but got {dtype_name(real)} and {dtype_name(imag)}')
    both = binary('Add', real, imag)
    return gap('complex tensors are not followed', real, imag, shape=list(both.shape) if ranked(both) else None, dtype='complex128' if typed(both) and both.dtype is types.float64 else 'complex64')


def new_tensor(self, data, *, dtype=None, device=None, requires_grad=False):
    return tensor(data, dtype=dtype or self.dtype, requires_grad=requires_grad)


def new_zeros(self, *size, dtype=None, device=None, requires_grad=False):
    return zeros(*size, dtype=dtype or self.dtype, requires_grad=requires_grad)


def new_ones(self, *size, dtype=None, device=None, requires_grad=False):
    return ones(*size, dtype=dtype or self.dtype, requires_grad=requires_grad)


def new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False):
    return full(size, fill_value, dtype=dtype or self.dtype, requires_grad=requires_grad)


new_empty = new_zeros
