"""Layers that merge several tensors into one."""
import layerscope

from keras.src.backend.tensors import align, convert, plain_class, to_float
from keras.src.layers.layer import Layer


class Merge(Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def build(self, input_shape):
        if not isinstance(input_shape, (list, tuple)) or not input_shape or not isinstance(input_shape[0], (list, tuple)):
            raise ValueError(f"A merge layer should be called on a list of inputs. Received: input_shape={input_shape} (not a list of shapes)")
        if len(input_shape) < 1:
            raise ValueError(f"A merge layer should be called on a list of at least 1 input. Received {len(input_shape)} inputs. Full input_shape received: {input_shape}")
        shape = tuple(input_shape[0])[1:]
        for other in input_shape[1:]:
            shape = merged_shape(shape, tuple(other)[1:], self)
        self.built = True

    def compute_mask(self, inputs, mask=None):
        return mask[0] if isinstance(mask, (list, tuple)) and len(mask) and all([each is not None for each in mask]) else None

    def call(self, inputs):
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(f"A merge layer should be called on a list of inputs. Received: inputs={inputs} (not a list of tensors)")
        return self._merge([convert(x) for x in inputs])

    def _merge(self, inputs):
        rank = max([len(x.shape) for x in inputs])
        aligned = []
        for x in inputs:  # a new axis goes behind the batch axis
            missing = rank - len(x.shape)
            aligned.append(layerscope.operator('Unsqueeze', x, list(range(1, 1 + missing)), like=plain_class(x)) if missing else x)
        made = aligned[0]
        for x in aligned[1:]:
            made = self._merge_function(made, x)
        return made

    def _pair(self, type, a, b):
        a, b = align(a, b)
        return layerscope.operator(type, a, b, like=plain_class(a, b))


def merged_shape(left, right, layer):
    """The shape that two inputs, without their batch axes, broadcast to."""
    if len(left) < len(right):
        left, right = right, left
    made = list(left[:len(left) - len(right)])
    for a, b in zip(left[len(left) - len(right):], right):
        if a is None or b is None or not layerscope.is_known(a) or not layerscope.is_known(b):
            made.append(a if layerscope.is_known(b) and b == 1 else b)
        elif a == 1:
            made.append(b)
        elif b == 1 or a == b:
            made.append(a)
        else:
            raise layerscope.related(ValueError(f"Inputs have incompatible shapes. Received shapes {tuple(left)} and {tuple(right)}"), layer, f'layer "{layer.name}" is made here')
    return tuple(made)


class Add(Merge):
    def _merge_function(self, a, b):
        return self._pair('Add', a, b)


class Subtract(Merge):
    def build(self, input_shape):
        super().build(input_shape)
        if len(input_shape) != 2:
            raise ValueError(f"A `Subtract` layer should be called on exactly 2 inputs. Received: input_shape={input_shape}")

    def _merge_function(self, a, b):
        return self._pair('Sub', a, b)


class Multiply(Merge):
    def _merge_function(self, a, b):
        return self._pair('Mul', a, b)


class Maximum(Merge):
    def _merge_function(self, a, b):
        return self._pair('Max', a, b)


class Minimum(Merge):
    def _merge_function(self, a, b):
        return self._pair('Min', a, b)


class Average(Merge):
    def _merge(self, inputs):
        made = super()._merge([to_float(x) for x in inputs])
        return layerscope.operator('Div', made, float(len(inputs)), like=plain_class(made))

    def _merge_function(self, a, b):
        return self._pair('Add', a, b)


class Concatenate(Merge):
    fields = ('axis',)

    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def build(self, input_shape):
        if not input_shape or not isinstance(input_shape[0], (tuple, list)):
            raise ValueError(f"A `Concatenate` layer should be called on a list of at least 1 input. Received: input_shape={input_shape}")
        check_concatenation(input_shape, self.axis, self)
        self.built = True

    def _merge(self, inputs):
        rank = len(inputs[0].shape)
        made = inputs[0]
        for x in inputs[1:]:
            made, _ = align(made, x)
        inputs = [align(x, made)[0] for x in inputs]
        return layerscope.operator('Concat', *inputs, axis=self.axis % rank, like=plain_class(*inputs))


def check_concatenation(shapes, axis, layer):
    error = layerscope.related(ValueError("A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. "
                                          f"Received: input_shape={[tuple(shape) for shape in shapes]}"), layer, f'layer "{layer.name}" is made here')
    rank = len(shapes[0])
    for shape in shapes:
        if len(shape) != rank:
            raise layerscope.related(ValueError("The rank of all inputs passed to `Concatenate` must be equal. "
                                                f"Received: input_shape={[tuple(shape) for shape in shapes]}"), layer, f'layer "{layer.name}" is made here')
    if axis >= rank or axis < -rank:
        raise ValueError(f"`axis` {axis} is out of bounds for inputs of rank {rank}. Received: input_shape={[tuple(shape) for shape in shapes]}")
    for position in range(rank):
        if position == axis % rank:
            continue
        first = None
        for shape in shapes:
            size = shape[position]
            if size is None or not layerscope.is_known(size):
                continue
            if first is None:
                first = size
            elif size != first and (position != 0):
                raise error


class Dot(Merge):
    fields = ('axes', 'normalize')

    def __init__(self, axes, normalize=False, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(axes, (int, list, tuple)):
            raise TypeError(f"Invalid type for argument `axes`: it should be a list or an int. Received: axes={axes}")
        if isinstance(axes, (list, tuple)) and len(axes) != 2:
            raise ValueError(f"Invalid format for argument `axes`: it should contain two elements. Received: axes={axes}")
        self.axes = axes
        self.normalize = normalize

    def build(self, input_shape):
        if not isinstance(input_shape, (list, tuple)) or len(input_shape) != 2 or not isinstance(input_shape[0], (list, tuple)):
            raise ValueError(f"A `Dot` layer should be called on a list of 2 inputs. Received: input_shape={input_shape}")
        first, second = self._axes(input_shape)
        a, b = input_shape[0][first], input_shape[1][second]
        if (first == 0) != (second == 0) and a != b:
            # the batch axis, whose size is open, against one that is not
            a, b = None if first == 0 and not isinstance(a, int) else a, None if second == 0 and not isinstance(b, int) else b
            if isinstance(a, int) != isinstance(b, int) and (a is None or b is None):
                raise layerscope.related(ValueError(
                    f"Incompatible input shapes: axis values {a} (at axis {first}) != {b} (at axis {second}). Full input shapes: {input_shape[0]}, {input_shape[1]}"),
                    self, f'layer "{self.name}" is made here')
        if a is not None and b is not None and layerscope.is_known(a) and layerscope.is_known(b) and a != b:
            raise layerscope.related(ValueError(
                f"Incompatible input shapes: axis values {a} (at axis {first}) != {b} (at axis {second}). Full input shapes: {input_shape[0]}, {input_shape[1]}"),
                self, f'layer "{self.name}" is made here')
        self.built = True

    def _axes(self, shapes):
        axes = (self.axes, self.axes) if isinstance(self.axes, int) else self.axes
        for axis, shape in zip(axes, shapes):
            if not -len(shape) <= axis < len(shape):
                raise layerscope.related(IndexError(f"Dot: axis {axis} is out of range for the input of shape {tuple(shape)}"), self, f'layer "{self.name}" is made here')
        return axes[0] % len(shapes[0]), axes[1] % len(shapes[1])

    def _merge(self, inputs):
        x, y = align(inputs[0], inputs[1])
        first, second = self._axes([x.shape, y.shape])
        if self.normalize:
            x, y = _unit(x, first), _unit(y, second)
        letters = 'bcdefghij'
        left = 'a' + letters[:len(x.shape) - 1]
        right = 'a' + 'klmnopqrs'[:len(y.shape) - 1]
        right = right[:second] + left[first] + right[second + 1:]
        made = 'a' + (left[1:].replace(left[first], '') if first else left[1:]) + (right[1:].replace(left[first], '') if second else right[1:])
        made = layerscope.operator('Einsum', x, y, equation=f'{left},{right}->{made}', like=plain_class(x, y))
        return layerscope.operator('Unsqueeze', made, [1], like=plain_class(x, y)) if len(made.shape) == 1 else made


def _unit(x, axis):
    total = layerscope.operator('ReduceSumSquare', x, [axis], keepdims=1)
    return layerscope.operator('Div', x, layerscope.operator('Sqrt', layerscope.operator('Max', total, 1e-12)), like=plain_class(x))


def add(inputs, **kwargs):
    return Add(**kwargs)(inputs)


def subtract(inputs, **kwargs):
    return Subtract(**kwargs)(inputs)


def multiply(inputs, **kwargs):
    return Multiply(**kwargs)(inputs)


def maximum(inputs, **kwargs):
    return Maximum(**kwargs)(inputs)


def minimum(inputs, **kwargs):
    return Minimum(**kwargs)(inputs)


def average(inputs, **kwargs):
    return Average(**kwargs)(inputs)


def concatenate(inputs, axis=-1, **kwargs):
    return Concatenate(axis=axis, **kwargs)(inputs)


def dot(inputs, axes=-1, **kwargs):
    return Dot(axes=axes, **kwargs)(inputs)


def merge(inputs, mode='sum', concat_axis=-1, dot_axes=-1, name=None, **kwargs):
    """Keras 1's one function for all of these."""
    if mode == 'concat':
        return concatenate(inputs, concat_axis, name=name)
    if mode in ('dot', 'cos'):
        return dot(inputs, dot_axes, normalize=mode == 'cos', name=name)
    return {'sum': add, 'mul': multiply, 'ave': average, 'max': maximum}[mode](inputs, name=name)
