"""Activations as layers."""
import layerscope

from keras.src import activations, initializers
from keras.src.backend.tensors import plain_class, to_float
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer


class _Elementwise(Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.built = True


class ReLU(_Elementwise):
    fields = ('max_value', 'negative_slope', 'threshold')

    def __init__(self, max_value=None, negative_slope=0.0, threshold=0.0, **kwargs):
        super().__init__(**kwargs)
        if max_value is not None and layerscope.is_known(max_value) and max_value < 0.0:
            raise ValueError(f"max_value of a ReLU layer cannot be a negative value. Received: max_value={max_value}")
        if negative_slope is None or layerscope.is_known(negative_slope) and negative_slope < 0.0:
            raise ValueError(f"negative_slope of a ReLU layer cannot be a negative value. Received: negative_slope={negative_slope}")
        if threshold is None or layerscope.is_known(threshold) and threshold < 0.0:
            raise ValueError(f"threshold of a ReLU layer cannot be a negative value. Received: threshold={threshold}")
        self.max_value, self.negative_slope, self.threshold = max_value, negative_slope, threshold

    def call(self, inputs):
        return activations.relu(inputs, self.negative_slope, self.max_value, self.threshold)


class LeakyReLU(_Elementwise):
    fields = ('negative_slope',)

    def __init__(self, negative_slope=0.3, alpha=None, **kwargs):
        super().__init__(**kwargs)
        self.negative_slope = negative_slope if alpha is None else alpha
        if self.negative_slope is None or layerscope.is_known(self.negative_slope) and self.negative_slope < 0:
            raise ValueError("The negative_slope value of a Leaky ReLU layer cannot be None or negative value. Expected a float. "
                             f"Received: negative_slope={negative_slope}")

    def call(self, inputs):
        return activations.leaky_relu(inputs, self.negative_slope)


class ELU(_Elementwise):
    fields = ('alpha',)

    def __init__(self, alpha=1.0, **kwargs):
        super().__init__(**kwargs)
        self.alpha = alpha

    def call(self, inputs):
        return activations.elu(inputs, self.alpha)


class ThresholdedReLU(_Elementwise):
    fields = ('theta',)

    def __init__(self, theta=1.0, **kwargs):
        super().__init__(**kwargs)
        self.theta = theta

    def call(self, inputs):
        return layerscope.operator('ThresholdedRelu', to_float(inputs), alpha=float(self.theta), like=plain_class(inputs))


class Softmax(_Elementwise):
    fields = ('axis',)

    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def call(self, inputs, mask=None):
        if mask is not None:
            inputs = inputs + (1.0 - mask.astype('float32') if hasattr(mask, 'astype') else 0.0) * -1e9
        return activations.softmax(inputs, self.axis)


class PReLU(Layer):
    fields = ('shared_axes',)

    def __init__(self, alpha_initializer='Zeros', alpha_regularizer=None, alpha_constraint=None, shared_axes=None, **kwargs):
        super().__init__(**kwargs)
        self.alpha_initializer = initializers.get(alpha_initializer)
        self.shared_axes = None if shared_axes is None else list(shared_axes) if isinstance(shared_axes, (list, tuple)) else [shared_axes]

    def build(self, input_shape):
        shape = list(input_shape[1:])
        for axis in self.shared_axes or []:
            shape[axis - 1] = 1
        self.alpha = self.add_weight(name='alpha', shape=tuple(shape), initializer=self.alpha_initializer)
        self.input_spec = InputSpec(ndim=len(input_shape))
        self.built = True

    def call(self, inputs):
        return layerscope.operator('PRelu', to_float(inputs), self.alpha, like=plain_class(inputs))
