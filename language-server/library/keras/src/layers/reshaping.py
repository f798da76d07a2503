"""Layers that rearrange: flatten, reshape, permute, repeat, pad, crop, upsample."""
import layerscope

from keras.src.backend import config
from keras.src.backend.tensors import convert, plain_class
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.layers.shapes import whole
from keras.src.layers.windows import standardize_tuple


def sizes(shape):
    """A shape with at most one unknown left to ONNX's Reshape."""
    return list(shape)


class Flatten(Layer):
    fields = ('data_format',)

    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = config.standardize_data_format(data_format)
        self.input_spec = InputSpec(min_ndim=1)
        self.built = True

    def call(self, inputs):
        x = convert(inputs)
        like = plain_class(x)
        if self.data_format == 'channels_first' and len(x.shape) > 2:
            x = layerscope.operator('Transpose', x, perm=[0] + list(range(2, len(x.shape))) + [1], like=like)
        total = 1
        for size in x.shape[1:]:
            total = total * size
        return layerscope.operator('Reshape', x, [x.shape[0], total], like=like)


class Reshape(Layer):
    fields = ('target_shape',)

    def __init__(self, target_shape=None, dims=None, **kwargs):
        super().__init__(**kwargs)
        target_shape = dims if target_shape is None else target_shape
        target_shape = whole(target_shape)
        self.target_shape = (target_shape,) if isinstance(target_shape, int) else tuple([whole(size) for size in target_shape])
        if len([size for size in self.target_shape if layerscope.is_known(size) and size == -1]) > 1:
            raise ValueError("The `target_shape` argument must not contain more than one `-1` value. "
                             f"Received: target_shape={target_shape}")

    def build(self, input_shape):
        self._resolved = resolve_reshape(tuple(input_shape[1:]), self.target_shape, self)
        self.built = True

    def call(self, inputs):
        x = convert(inputs)
        target = resolve_reshape(tuple(x.shape[1:]), self.target_shape, self, x)
        return layerscope.operator('Reshape', x, [x.shape[0]] + list(target), like=plain_class(x))


def resolve_reshape(source, target, layer=None, x=None):
    """The target with its -1 filled in; raises where the element counts differ."""
    total = 1
    for size in source:
        if size is None:
            return target
        total = total * size
    known = 1
    for size in target:
        if size is None:
            return target
        if not layerscope.is_known(size) or size != -1:
            known = known * size
    free = any([layerscope.is_known(size) and size == -1 for size in target])
    error = ValueError("The total size of the tensor must be unchanged. "
                       f"Received: input_shape={source} ({total} elements), target_shape={tuple(target)} ({known} elements{', -1 left over' if free else ''})")
    if layer is not None:
        error = layerscope.related(error, layer, f'layer "{layer.name}" is made here')
    if x is not None:
        error = layerscope.related(error, x, f'the input of shape {x.shape} is made here')
    if free:
        if layerscope.is_known(known) and known == 0:
            raise error
        layerscope.require(total % known == 0, error)
        return tuple([total // known if layerscope.is_known(size) and size == -1 else size for size in target])
    layerscope.require(total == known, error)
    return tuple(target)


class Permute(Layer):
    fields = ('dims',)

    def __init__(self, dims, **kwargs):
        super().__init__(**kwargs)
        self.dims = tuple(dims)
        if sorted(dims) != list(range(1, len(dims) + 1)):
            raise ValueError("Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be consecutive and start from 1. "
                             f"Received dims={dims}")
        self.input_spec = InputSpec(ndim=len(self.dims) + 1)

    def call(self, inputs):
        return layerscope.operator('Transpose', inputs, perm=[0] + list(self.dims), like=plain_class(inputs))


class RepeatVector(Layer):
    fields = ('n',)

    def __init__(self, n, **kwargs):
        super().__init__(**kwargs)
        n = whole(n)
        if layerscope.is_known(n) and not isinstance(n, int):
            raise TypeError(f"Expected an integer value for `n`, got {type(n)}.")
        self.n = n
        self.input_spec = InputSpec(ndim=2)

    def call(self, inputs):
        x = layerscope.operator('Unsqueeze', inputs, [1], like=plain_class(inputs))
        return layerscope.operator('Tile', x, [1, self.n, 1], like=plain_class(inputs))


def pairs(value, rank, name):
    """((before, after), ...) from an integer, a tuple of integers or a tuple of pairs."""
    if isinstance(value, int):
        return ((value, value),) * rank
    if rank == 1 and len(value) == 2:
        return (tuple(value),)
    if len(value) != rank:
        raise ValueError(f"`{name}` should have {rank} elements. Received: {name}={value}.")
    return tuple([(item, item) if isinstance(item, int) else tuple(item) for item in value])


class _ZeroPadding(Layer):
    rank = 2
    fields = ('padding', 'data_format')

    def __init__(self, padding=1, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = config.standardize_data_format(data_format)
        self.padding = pairs(padding, self.rank, 'padding')
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs):
        plain = [(0, 0)]
        padded = plain + list(self.padding) + plain if self.data_format == 'channels_last' or self.rank == 1 else plain + plain + list(self.padding)
        return layerscope.operator('Pad', inputs, [low for low, _ in padded] + [high for _, high in padded], like=plain_class(inputs))


class ZeroPadding1D(_ZeroPadding):
    rank = 1


class ZeroPadding2D(_ZeroPadding):
    rank = 2


class ZeroPadding3D(_ZeroPadding):
    rank = 3


class _Cropping(Layer):
    rank = 2
    fields = ('cropping', 'data_format')

    def __init__(self, cropping=None, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = config.standardize_data_format(data_format)
        self.cropping = pairs(({1: 1, 2: 0, 3: 1}[self.rank] if cropping is None else cropping), self.rank, 'cropping')
        self.input_spec = InputSpec(ndim=self.rank + 2)

    def call(self, inputs):
        first = 1 if self.data_format == 'channels_last' or self.rank == 1 else 2
        axes = list(range(first, first + self.rank))
        for axis, (low, high) in zip(axes, self.cropping):
            layerscope.require(inputs.shape[axis] > low + high, ValueError(
                f"`cropping` parameter of `{self.__class__.__name__}` layer must be smaller than the input shape. Received: input_shape={inputs.shape}, cropping={self.cropping}"))
        starts = [low for low, _ in self.cropping]
        ends = [-high if high else 9223372036854775807 for _, high in self.cropping]
        return layerscope.operator('Slice', inputs, starts, ends, axes, [1] * self.rank, like=plain_class(inputs))


class Cropping1D(_Cropping):
    rank = 1


class Cropping2D(_Cropping):
    rank = 2


class Cropping3D(_Cropping):
    rank = 3


def repeat_axis(x, axis, times):
    """Each element of an axis `times` times in a row."""
    if layerscope.is_known(times) and times == 1:
        return x
    like = plain_class(x)
    shape = list(x.shape)
    tall = layerscope.operator('Unsqueeze', x, [axis + 1], like=like)
    tall = layerscope.operator('Tile', tall, [1] * (axis + 1) + [times] + [1] * (len(shape) - axis - 1), like=like)
    return layerscope.operator('Reshape', tall, shape[:axis] + [shape[axis] * times] + shape[axis + 1:], like=like)


class UpSampling1D(Layer):
    fields = ('size',)

    def __init__(self, size=2, **kwargs):
        super().__init__(**kwargs)
        self.size = int(size)
        self.input_spec = InputSpec(ndim=3)

    def call(self, inputs):
        return repeat_axis(inputs, 1, self.size)


class UpSampling2D(Layer):
    fields = ('size', 'data_format', 'interpolation')

    def __init__(self, size=(2, 2), data_format=None, interpolation='nearest', **kwargs):
        super().__init__(**kwargs)
        self.data_format = config.standardize_data_format(data_format)
        self.size = standardize_tuple(size, 2, 'size')
        if interpolation not in ('bicubic', 'bilinear', 'lanczos3', 'lanczos5', 'nearest'):
            raise ValueError(f"`interpolation` argument should be one of: \"bicubic\", \"bilinear\", \"lanczos3\", \"lanczos5\", or \"nearest\". Received {interpolation}.")
        self.interpolation = interpolation
        self.input_spec = InputSpec(ndim=4)

    def call(self, inputs):
        last = self.data_format == 'channels_last'
        if self.interpolation == 'nearest':
            first = 1 if last else 2
            return repeat_axis(repeat_axis(inputs, first, self.size[0]), first + 1, self.size[1])
        from keras.src.operations.image import resize
        height, width = inputs.shape[1:3] if last else inputs.shape[2:4]
        return resize(inputs, (height * self.size[0], width * self.size[1]), interpolation=self.interpolation, data_format=self.data_format)


class UpSampling3D(Layer):
    fields = ('size', 'data_format')

    def __init__(self, size=(2, 2, 2), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = config.standardize_data_format(data_format)
        self.size = standardize_tuple(size, 3, 'size')
        self.input_spec = InputSpec(ndim=5)

    def call(self, inputs):
        first = 1 if self.data_format == 'channels_last' else 2
        x = inputs
        for offset, times in enumerate(self.size):
            x = repeat_axis(x, first + offset, times)
        return x
