"""Dense, Embedding and the other basic layers."""
import layerscope

from keras.src import activations, constraints, initializers, regularizers
from keras.src.backend import config
from keras.src.backend.dtypes import standardize_dtype
from keras.src.backend.tensors import KerasTensor, Variable, cast, convert, plain_class, to_float
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.layers.shapes import is_none, whole
from keras.src.operations.operation import Node
from keras.src.utils.naming import auto_name


class _Batch:
    """The batch axis: one symbol for all inputs of a file."""
    size = None


def batch_symbol():
    if _Batch.size is None:
        _Batch.size = layerscope.symbol('batch', none=True)
    return _Batch.size


class InputLayer(Layer):
    fields = ('batch_shape', 'sparse', 'ragged')
    __layerscope_maker__ = 'Input'

    def __init__(self, shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, input_tensor=None, optional=False, name=None, **kwargs):
        super().__init__(name=name)
        if shape is None and 'input_shape' in kwargs:
            shape = kwargs['input_shape']
        if batch_shape is None and 'batch_input_shape' in kwargs:
            batch_shape = kwargs['batch_input_shape']
        if input_tensor is not None:
            batch_shape, dtype = input_tensor.shape, dtype or input_tensor.dtype
        if shape is not None and batch_shape is not None:
            raise ValueError("You cannot pass both `shape` and `batch_shape` at the same time.")
        if shape is None and batch_shape is None:
            raise ValueError("You must pass a `shape` argument.")
        given = batch_shape if batch_shape is not None else shape
        if isinstance(given, layerscope.Value):
            given = layerscope.elements(given)
        if not layerscope.is_unknown(given) and isinstance(given, int):
            given = (given,)
        if not layerscope.is_unknown(given) and isinstance(given, (list, tuple)):
            given = [whole(size) for size in given]
        if layerscope.is_known(given) and not isinstance(given, (list, tuple)):
            raise ValueError(f"Cannot convert '{given}' to a shape.")
        if layerscope.is_known(given):
            given = [layerscope.symbol('size') if layerscope.is_unknown(size) else size for size in given]
            for size in given:
                if isinstance(size, (float, str)) or layerscope.is_known(size) and size is not None and size < 0:
                    raise ValueError(f"Cannot convert '{tuple(given)}' to a shape. Found invalid dimension '{size}'.")
        known_rank = not layerscope.is_unknown(given) and isinstance(given, (list, tuple))
        self.batch_shape = (None,) if not known_rank else tuple(given) if batch_shape is not None else (batch_size,) + tuple(given)
        self.optional = optional
        self.sparse = bool(sparse)
        self.ragged = bool(ragged)
        self.built = True
        self._dtype = standardize_dtype(dtype) if dtype is not None else config.floatx()
        sizes = (batch_symbol(),) + self.batch_shape[1:] if self.batch_shape and self.batch_shape[0] is None else self.batch_shape
        self.given = layerscope.input(sizes, self._dtype, self.name, like=KerasTensor) if known_rank else layerscope.data(None, self._dtype, 'an input of unknown shape', like=KerasTensor)
        output = layerscope.call(self, lambda x: x, (self.given,), {})
        output._name = self.name
        Node(self, (), {}, output)

    def call(self):
        pass

    @property
    def input(self):
        # the tensor itself, as Keras 2 has it; Keras 3 gives an empty list
        return self.output

    def _configuration(self):
        return {'batch_shape': list(self.batch_shape), 'dtype': self._dtype}

    def get_config(self):
        return {'batch_shape': self.batch_shape, 'dtype': self._dtype, 'sparse': self.sparse, 'ragged': self.ragged, 'name': self.name}


def Input(shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, name=None, tensor=None, optional=False, **kwargs):
    return InputLayer(shape=shape, batch_size=batch_size, dtype=dtype, sparse=sparse, ragged=ragged, batch_shape=batch_shape, name=name,
                      input_tensor=tensor, optional=optional, **kwargs).output


class Dense(Layer):
    fields = ('units', 'activation', 'use_bias', 'kernel_initializer', 'bias_initializer', 'kernel_regularizer', 'bias_regularizer',
              'kernel_constraint', 'bias_constraint')

    def __init__(self, units=None, activation=None, use_bias=True, kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None,
                 quantization_config=None, output_dim=None, init=None, bias=None, W_regularizer=None, b_regularizer=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        units = whole(output_dim if units is None else units)
        if units is None:
            raise TypeError("Dense.__init__() missing 1 required positional argument: 'units'")
        if layerscope.is_known(units) and (not isinstance(units, int) or units <= 0):
            raise ValueError(f"Received an invalid value for `units`, expected a positive integer. Received: units={units}")
        self.units = units
        self.activation = activations.get(activation)
        self.use_bias = use_bias if bias is None else bias
        self.kernel_initializer = initializers.get(init or kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.input_spec = InputSpec(min_ndim=2)
        self.supports_masking = True

    def build(self, input_shape):
        size = input_shape[-1]
        if is_none(size):
            raise ValueError("The last dimension of the inputs to a `Dense` layer should be defined. Found None. "
                             f"Full input shape received: {input_shape}")
        self.kernel = self.add_weight(name='kernel', shape=(size, self.units), initializer=self.kernel_initializer, regularizer=self.kernel_regularizer)
        self.bias = self.add_weight(name='bias', shape=(self.units,), initializer=self.bias_initializer) if self.use_bias else None
        self.input_spec = InputSpec(min_ndim=2, axes={-1: size})
        self.built = True

    def call(self, inputs, training=None):
        x = to_float(inputs)
        like = plain_class(x)
        x = layerscope.operator('MatMul', x, cast(self.kernel, x.dtype), like=like)
        if self.bias is not None:
            x = layerscope.operator('Add', x, cast(self.bias, x.dtype), like=like)
        return self._activated(x)


class EinsumDense(Layer):
    fields = ('equation', 'output_shape', 'activation', 'bias_axes')

    def __init__(self, equation, output_shape, activation=None, bias_axes=None, kernel_initializer='glorot_uniform', bias_initializer='zeros',
                 kernel_regularizer=None, bias_regularizer=None, kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None, **kwargs):
        super().__init__(**kwargs)
        self.equation = equation
        self.partial_output_shape = (output_shape,) if isinstance(output_shape, int) else tuple(output_shape)
        self.bias_axes = bias_axes
        self.activation = activations.get(activation)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)

    def _configuration(self):
        return {'equation': self.equation, 'output_shape': list(self.partial_output_shape), 'bias_axes': self.bias_axes}

    def get_config(self):
        return {'name': self.name, 'equation': self.equation, 'output_shape': self.partial_output_shape, 'bias_axes': self.bias_axes}

    def build(self, input_shape):
        kernel, bias = _einsum_shapes(self.equation, self.bias_axes, input_shape, self.partial_output_shape)
        self.kernel = self.add_weight(name='kernel', shape=kernel, initializer=self.kernel_initializer)
        self.bias = self.add_weight(name='bias', shape=bias, initializer=self.bias_initializer) if bias is not None else None
        self.built = True

    def call(self, inputs, training=None):
        x = to_float(inputs)
        like = plain_class(x)
        left, right = self.equation.replace(' ', '').split(',')
        x = layerscope.operator('Einsum', x, cast(self.kernel, x.dtype), equation=f'{left},{right}', like=like)
        if self.bias is not None:
            x = layerscope.operator('Add', x, cast(self.bias, x.dtype), like=like)
        return self._activated(x)


def _einsum_shapes(equation, bias_axes, input_shape, output_shape):
    """The shapes of kernel and bias: each letter's size comes from the input or from the output shape that the user states."""
    terms, result = equation.replace(' ', '').split('->')
    if ',' not in terms:
        raise ValueError(f"Invalid einsum equation '{equation}'. Equations must be in the form [X],[Y]->[Z], ...[X],[Y]->...[Z], or [X]...,[Y]->[Z]....")
    source, weight = terms.split(',')
    elided = source.startswith('...')
    source_letters, result_letters = source.replace('...', ''), result.replace('...', '')
    sizes = {}
    given = list(input_shape)[-len(source_letters):] if elided else list(input_shape)[:len(source_letters)]
    for letter, size in zip(source_letters, given):
        sizes[letter] = size
    stated = list(output_shape)
    letters = result_letters
    if not elided and len(stated) < len(letters):
        letters = letters[1:]
    if elided:
        letters = letters[-len(stated):]
    for letter, size in zip(letters, stated):
        if size is None:
            continue
        if letter in sizes and letter in source_letters and layerscope.is_known(sizes[letter]) and sizes[letter] is not None and sizes[letter] != size:
            raise ValueError(f"Input shape and output shape do not match at shared dimension '{letter}'. Input shape is {sizes[letter]}, and output shape is {size}.")
        sizes[letter] = size
    for letter in weight:
        if letter not in sizes:
            raise ValueError(f"Weight dimension '{letter}' did not have a match in either the input spec '{source}' or the output spec '{result}'. "
                             "For this layer, the weight must be fully specified.")
    kernel = tuple([sizes[letter] for letter in weight])
    if not bias_axes:
        return kernel, None
    first = min([result_letters.index(letter) for letter in bias_axes])
    return kernel, tuple([sizes[letter] if letter in bias_axes else 1 for letter in result_letters[first:]])


class Embedding(Layer):
    fields = ('input_dim', 'output_dim', 'embeddings_initializer', 'mask_zero')

    def __init__(self, input_dim, output_dim, embeddings_initializer='uniform', embeddings_regularizer=None, embeddings_constraint=None, mask_zero=False,
                 weights=None, lora_rank=None, lora_alpha=None, quantization_config=None, input_length=None, **kwargs):
        if input_length is not None and not isinstance(input_length, (list, tuple)) and 'input_shape' not in kwargs and 'batch_input_shape' not in kwargs:
            kwargs['input_shape'] = (input_length,)
            self._from_length = True
        super().__init__(**kwargs)
        self.input_dim = whole(input_dim)
        self.output_dim = whole(output_dim)
        self.embeddings_initializer = initializers.get(embeddings_initializer)
        self.mask_zero = mask_zero
        self.supports_masking = self.makes_mask = mask_zero
        self.autocast = False
        self._given = weights

    def build(self, input_shape=None):
        self.embeddings = self.add_weight(name='embeddings', shape=(self.input_dim, self.output_dim), initializer=self.embeddings_initializer)
        self.built = True
        if isinstance(self._given, (list, tuple)) and len(self._given) == 1:
            self.set_weights(self._given)
        elif hasattr(self._given, 'shape'):
            self.set_weights([self._given])

    def call(self, inputs):
        self.check_indices(inputs)
        indices = inputs if inputs.dtype in ('int32', 'int64') else cast(inputs, 'int32')
        return layerscope.operator('Gather', cast(self.embeddings, self.compute_dtype), indices, axis=0, like=plain_class(inputs))

    def check_indices(self, inputs):
        """Numbers that the table has no row for."""
        between = layerscope.range_of(inputs)
        if between is not None and layerscope.is_known(self.input_dim) and (between[1] >= self.input_dim or between[0] < 0):
            message = (f"indices go from {int(between[0])} to {int(between[1])}, which is not in [0, {self.input_dim}): layer '{self.name}' has rows for {self.input_dim} numbers, "
                       f"0 included. Give it input_dim={int(between[1]) + 1}.")
            if between[2]:
                raise layerscope.hint_fix(layerscope.related(ValueError(message), inputs, 'the numbers'), f'Set input_dim to {int(between[1]) + 1}', 'input_dim', int(between[1]) + 1, self)
            layerscope.warn('index-out-of-range', message, inputs)

    def compute_mask(self, inputs, mask=None):
        return inputs != 0 if self.mask_zero else None


class ReversibleEmbedding(Embedding):
    def __init__(self, input_dim, output_dim, tie_weights=True, embeddings_initializer='uniform', reverse_dtype=None, logit_soft_cap=None, **kwargs):
        super().__init__(input_dim, output_dim, embeddings_initializer, **kwargs)
        self.tie_weights = tie_weights

    def call(self, inputs, reverse=False):
        if not reverse:
            return super().call(inputs)
        kernel = layerscope.operator('Transpose', self.embeddings, perm=[1, 0])
        return layerscope.operator('MatMul', inputs, kernel, like=plain_class(inputs))


class Activation(Layer):
    fields = ('activation',)

    def __init__(self, activation, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.activation = activations.get(activation)
        self.built = True

    def call(self, inputs):
        return self._activated(inputs)


class Identity(Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, inputs):
        return inputs


class Masking(Layer):
    fields = ('mask_value',)

    def __init__(self, mask_value=0.0, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = self.makes_mask = True
        self.mask_value = mask_value

    def compute_mask(self, inputs, mask=None):
        differs = layerscope.operator('Not', layerscope.operator('Equal', to_float(inputs), float(self.mask_value)), like=plain_class(inputs))
        return layerscope.operator('Cast', layerscope.operator('ReduceMax', layerscope.operator('Cast', differs, to=6), [-1], keepdims=0), to=9, like=plain_class(inputs))

    def call(self, inputs):
        x = to_float(inputs)
        like = plain_class(x)
        differs = layerscope.operator('Not', layerscope.operator('Equal', x, float(self.mask_value), like=like), like=like)
        keep = layerscope.operator('ReduceMax', layerscope.operator('Cast', differs, to=1, like=like), [-1], keepdims=1, like=like)
        return layerscope.operator('Mul', x, keep, like=like)


class Lambda(Layer):
    fields = ('function',)

    def __init__(self, function, output_shape=None, mask=None, arguments=None, **kwargs):
        super().__init__(**kwargs)
        self.function = function
        self.arguments = arguments or {}
        self._output_shape = output_shape
        self.built = True

    def call(self, inputs, mask=None, training=None):
        return self.function(inputs, **self.arguments)


class Wrapper(Layer):
    def __init__(self, layer, **kwargs):
        if not isinstance(layer, Layer) and layerscope.is_known(layer):
            raise ValueError(f"Layer {layer} supplied to Wrapper isn't a supported layer type. Please ensure wrapped layer is a valid Keras layer.")
        super().__init__(**kwargs)
        self.layer = layer

    def build(self, input_shape=None):
        if not self.layer.built:
            self.layer.build(input_shape)
            self.layer.built = True
        self.built = True
