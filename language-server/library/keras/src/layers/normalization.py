"""Normalisation layers, in inference mode."""
import layerscope

from keras.src import constraints, initializers, regularizers
from keras.src.backend.tensors import cast, plain_class, to_float
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.layers.shapes import is_none
from keras.src.layers.core import Wrapper


def check_axis(axis, rank, layer):
    if axis >= rank or axis < -rank:
        raise layerscope.related(ValueError(f"Invalid axis. Expected 0 <= axis < inputs.rank (with inputs.rank={rank}). Received: layer.axis={axis}"), layer, f'layer "{layer.name}" is made here')
    return axis % rank


class BatchNormalization(Layer):
    fields = ('axis', 'momentum', 'epsilon', 'center', 'scale')

    def __init__(self, axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer='zeros', gamma_initializer='ones',
                 moving_mean_initializer='zeros', moving_variance_initializer='ones', beta_regularizer=None, gamma_regularizer=None, beta_constraint=None,
                 gamma_constraint=None, renorm=False, renorm_clipping=None, renorm_momentum=0.99, synchronized=False, mode=0, fused=None, virtual_batch_size=None, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis[0] if isinstance(axis, (list, tuple)) and len(axis) == 1 else axis
        self.momentum, self.epsilon, self.center, self.scale = momentum, epsilon, center, scale
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.moving_mean_initializer = initializers.get(moving_mean_initializer)
        self.moving_variance_initializer = initializers.get(moving_variance_initializer)
        self.supports_masking = True
        self.gamma = self.beta = None

    def build(self, input_shape):
        axis = check_axis(self.axis, len(input_shape), self)
        size = input_shape[axis]
        if is_none(size):
            raise ValueError(f"The axis {self.axis} of the inputs to a `BatchNormalization` layer should be defined. Found None. Full input shape received: {input_shape}")
        if self.scale:
            self.gamma = self.add_weight(name='gamma', shape=(size,), initializer=self.gamma_initializer)
        if self.center:
            self.beta = self.add_weight(name='beta', shape=(size,), initializer=self.beta_initializer)
        self.moving_mean = self.add_weight(name='moving_mean', shape=(size,), initializer=self.moving_mean_initializer, trainable=False)
        self.moving_variance = self.add_weight(name='moving_variance', shape=(size,), initializer=self.moving_variance_initializer, trainable=False)
        self.input_spec = InputSpec(ndim=len(input_shape), axes={axis: size})
        self.built = True

    def call(self, inputs, training=None, mask=None):
        x = to_float(inputs)
        like = plain_class(x)
        axis = self.axis % len(x.shape)
        size = x.shape[axis]
        gamma = self.gamma if self.gamma is not None else layerscope.constant([1.0] * size)
        beta = self.beta if self.beta is not None else layerscope.constant([0.0] * size)
        order = [position for position in range(len(x.shape)) if position != axis]
        order = order[:1] + [axis] + order[1:]
        moved = axis != 1 and len(order) > 1
        if moved:
            x = layerscope.operator('Transpose', x, perm=order, like=like)
        x = layerscope.operator('BatchNormalization', x, gamma, beta, self.moving_mean, self.moving_variance, epsilon=float(self.epsilon), like=like)
        return layerscope.operator('Transpose', x, perm=[order.index(position) for position in range(len(order))], like=like) if moved else x


class LayerNormalization(Layer):
    fields = ('axis', 'epsilon', 'center', 'scale', 'rms_scaling')

    def __init__(self, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer='zeros', gamma_initializer='ones', beta_regularizer=None,
                 gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, rms_scaling=False, **kwargs):
        super().__init__(**kwargs)
        self.axis = list(axis) if isinstance(axis, tuple) else axis
        self.epsilon, self.center, self.scale, self.rms_scaling = epsilon, center, scale, rms_scaling
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.supports_masking = True
        self.gamma = self.beta = None

    def build(self, input_shape):
        axes = self.axis if isinstance(self.axis, list) else [self.axis]
        shape = tuple([input_shape[check_axis(axis, len(input_shape), self)] for axis in axes])
        if self.scale or self.rms_scaling:
            self.gamma = self.add_weight(name='gamma', shape=shape, initializer=self.gamma_initializer)
        if self.center and not self.rms_scaling:
            self.beta = self.add_weight(name='beta', shape=shape, initializer=self.beta_initializer)
        self.built = True

    def call(self, inputs):
        x = to_float(inputs)
        axes = sorted([axis % len(x.shape) for axis in (self.axis if isinstance(self.axis, list) else [self.axis])])
        if self.rms_scaling:
            return _scaled(x, axes, self.epsilon, self.gamma)
        if axes == list(range(axes[0], len(x.shape))) and self.gamma is not None:
            return layerscope.operator('LayerNormalization', x, self.gamma, self.beta, axis=axes[0], epsilon=float(self.epsilon), like=plain_class(x))
        return normalize(x, axes, self.epsilon, self.gamma, self.beta)


def normalize(x, axes, epsilon, gamma, beta):
    """(x - mean) / sqrt(variance + epsilon) over `axes`, then scaled and shifted along them."""
    like = plain_class(x)
    centred = layerscope.operator('Sub', x, layerscope.operator('ReduceMean', x, axes, keepdims=1), like=like)
    variance = layerscope.operator('ReduceMean', layerscope.operator('Mul', centred, centred), axes, keepdims=1)
    x = layerscope.operator('Div', centred, layerscope.operator('Sqrt', layerscope.operator('Add', variance, float(epsilon))), like=like)
    if gamma is not None:
        x = layerscope.operator('Mul', x, along(gamma, axes, x), like=like)
    if beta is not None:
        x = layerscope.operator('Add', x, along(beta, axes, x), like=like)
    return x


def _scaled(x, axes, epsilon, gamma):
    like = plain_class(x)
    mean = layerscope.operator('ReduceMean', layerscope.operator('Mul', x, x), axes, keepdims=1)
    x = layerscope.operator('Div', x, layerscope.operator('Sqrt', layerscope.operator('Add', mean, float(epsilon))), like=like)
    return x if gamma is None else layerscope.operator('Mul', x, along(gamma, axes, x), like=like)


def along(weight, axes, x):
    """The weight with axes of size 1 where x has axes that are not normalised."""
    missing = [position for position in range(axes[0], len(x.shape)) if position not in axes]
    weight = cast(weight, x.dtype)
    return layerscope.operator('Unsqueeze', weight, [position - axes[0] for position in missing]) if missing else weight


class RMSNormalization(Layer):
    fields = ('axis', 'epsilon')

    def __init__(self, axis=-1, epsilon=1e-6, **kwargs):
        super().__init__(**kwargs)
        self.axis, self.epsilon = axis, epsilon

    def build(self, input_shape):
        axes = self.axis if isinstance(self.axis, (list, tuple)) else [self.axis]
        self.scale = self.add_weight(name='scale', shape=tuple([input_shape[check_axis(axis, len(input_shape), self)] for axis in axes]), initializer='ones')
        self.built = True

    def call(self, inputs):
        x = to_float(inputs)
        axes = self.axis if isinstance(self.axis, (list, tuple)) else [self.axis]
        return _scaled(x, sorted([axis % len(x.shape) for axis in axes]), self.epsilon, self.scale)


class GroupNormalization(Layer):
    fields = ('groups', 'axis', 'epsilon', 'center', 'scale')

    def __init__(self, groups=32, axis=-1, epsilon=1e-3, center=True, scale=True, beta_initializer='zeros', gamma_initializer='ones', beta_regularizer=None,
                 gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs):
        super().__init__(**kwargs)
        self.groups, self.axis, self.epsilon, self.center, self.scale = groups, axis, epsilon, center, scale
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.supports_masking = True
        self.gamma = self.beta = None

    def build(self, input_shape):
        size = input_shape[self.axis]
        if is_none(size):
            raise ValueError(f"Axis {self.axis} of input tensor should have a defined dimension but the layer received an input with shape {input_shape}.")
        groups = size if self.groups == -1 else self.groups
        if size < groups:
            raise ValueError(f"Number of groups ({groups}) cannot be more than the number of channels ({size}).")
        if size % groups != 0:
            raise ValueError(f"Number of groups ({groups}) must be a multiple of the number of channels ({size}).")
        if self.scale:
            self.gamma = self.add_weight(name='gamma', shape=(size,), initializer=self.gamma_initializer)
        if self.center:
            self.beta = self.add_weight(name='beta', shape=(size,), initializer=self.beta_initializer)
        self.built = True

    def call(self, inputs):
        x = to_float(inputs)
        like = plain_class(x)
        shape = list(x.shape)
        axis = self.axis % len(shape)
        groups = shape[axis] if self.groups == -1 else self.groups
        grouped = layerscope.operator('Reshape', x, shape[:axis] + [groups, shape[axis] // groups] + shape[axis + 1:], like=like)
        over = [position for position in range(1, len(shape) + 1) if position != axis]
        centred = normalize(grouped, over, self.epsilon, None, None)
        x = layerscope.operator('Reshape', centred, shape, like=like)
        if self.gamma is not None:
            x = layerscope.operator('Mul', x, along(self.gamma, [axis], x), like=like)
        if self.beta is not None:
            x = layerscope.operator('Add', x, along(self.beta, [axis], x), like=like)
        return x


class UnitNormalization(Layer):
    fields = ('axis',)

    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = list(axis) if isinstance(axis, (list, tuple)) else axis
        self.supports_masking = True
        self.built = True

    def call(self, inputs):
        x = to_float(inputs)
        axes = [axis % len(x.shape) for axis in (self.axis if isinstance(self.axis, list) else [self.axis])]
        total = layerscope.operator('ReduceSumSquare', x, axes, keepdims=1)
        return layerscope.operator('Div', x, layerscope.operator('Sqrt', layerscope.operator('Max', total, 1e-12)), like=plain_class(x))


class SpectralNormalization(Wrapper):
    def __init__(self, layer, power_iterations=1, **kwargs):
        super().__init__(layer, **kwargs)
        self.power_iterations = power_iterations

    def build(self, input_shape):
        super().build(input_shape)
        kernel = getattr(self.layer, 'kernel', None)
        if kernel is None:
            kernel = self.layer.embeddings
        self.u = self.add_weight(name='vector_u', shape=(1, kernel.shape[-1]), initializer='truncated_normal', trainable=False)

    def call(self, inputs, training=False):
        return self.layer(inputs)
