"""Attention layers."""
import layerscope

from keras.src import initializers
from keras.src.activations import softmax, tanh
from keras.src.backend.tensors import KerasTensor, convert, plain_class, to_float
from keras.src.layers.activation import Softmax
from keras.src.layers.core import EinsumDense
from keras.src.layers.late import meets_late
from keras.src.layers.layer import Layer
from keras.src.layers.regularization import Dropout
from keras.src.operations.numpy import einsum, expand_dims, matmul, sum, transpose, where


class Attention(Layer):
    fields = ('use_scale', 'score_mode')

    def __init__(self, use_scale=False, score_mode='dot', dropout=0.0, seed=None, **kwargs):
        super().__init__(**kwargs)
        if score_mode not in ('dot', 'concat'):
            raise ValueError(f"Invalid value for argument score_mode. Expected one of {{'dot', 'concat'}}. Received: score_mode={score_mode}")
        self.use_scale, self.score_mode = use_scale, score_mode
        self.scale = self.concat_score_weight = None

    def build(self, input_shape):
        _check_inputs(input_shape)
        if self.use_scale:
            self.scale = self.add_weight(name='scale', shape=(), initializer='ones')
        if self.score_mode == 'concat':
            self.concat_score_weight = self.add_weight(name='concat_score_weight', shape=(), initializer='ones')
        self.built = True

    def _scores(self, query, key):
        if self.score_mode == 'dot':
            scores = matmul(query, transpose(key, [0, 2, 1]))
            return scores if self.scale is None else scores * self.scale
        whole = expand_dims(query, -2) + expand_dims(key, -3)
        if self.scale is not None:
            whole = whole * self.scale
        return self.concat_score_weight * sum(tanh(whole), -1)

    def _differ(self, query, key):
        """Whether the features of queries and keys do, for certain."""
        if not layerscope.is_known(query.shape) or not layerscope.is_known(key.shape) or len(query.shape) != 3 or len(key.shape) != 3:
            return False
        a, b = query.shape[-1], key.shape[-1]
        return layerscope.is_known(a) and layerscope.is_known(b) and a != b

    def call(self, inputs, mask=None, training=False, return_attention_scores=False, use_causal_mask=False):
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(f"{self.__class__.__name__} layer must be called on a list of inputs, namely [query, value] or [query, value, key]. Received: inputs={inputs}.")
        query, value = to_float(inputs[0]), to_float(inputs[1])
        key = to_float(inputs[2]) if len(inputs) > 2 else value
        if isinstance(query, KerasTensor) and not return_attention_scores and self._differ(query, key):
            meets_late(self, f"The queries and the keys of an attention must have the same number of features: their shapes are {tuple(query.shape)} and {tuple(key.shape)}.")
            return layerscope.gap('an attention whose queries and keys differ', query, value, shape=list(query.shape[:-1]) + [value.shape[-1]], dtype=query.dtype, like=KerasTensor)
        scores = self._scores(query, key)
        if use_causal_mask:
            scores = _causal(scores)
        weights = softmax(scores)
        made = matmul(weights, value)
        return (made, weights) if return_attention_scores else made


def _check_inputs(shapes):
    if not isinstance(shapes, (list, tuple)) or not shapes or not isinstance(shapes[0], (list, tuple)):
        raise ValueError(f"Attention layer must be called on a list of inputs, namely [query, value] or [query, value, key]. Received: inputs={shapes}.")
    if len(shapes) < 2 or len(shapes) > 3:
        raise ValueError(f"Attention layer accepts inputs list of length 2 or 3, namely [query, value] or [query, value, key]. Received length: {len(shapes)}.")


def _causal(scores):
    """Scores of later positions pushed to where softmax ignores them."""
    like = plain_class(scores)
    steps = list(scores.shape[-2:])
    ones = layerscope.operator('Expand', layerscope.constant(1.0, 'float32'), steps)
    keep = layerscope.operator('Trilu', ones, upper=0)
    return layerscope.operator('Add', scores, layerscope.operator('Mul', layerscope.operator('Sub', 1.0, keep), -1e9), like=like)


class AdditiveAttention(Attention):
    def __init__(self, use_scale=True, dropout=0.0, **kwargs):
        super().__init__(use_scale=use_scale, dropout=dropout, **kwargs)

    def build(self, input_shape):
        _check_inputs(input_shape)
        if self.use_scale:
            self.scale = self.add_weight(name='scale', shape=(input_shape[0][-1],), initializer='glorot_uniform')
        self.built = True

    def _scores(self, query, key):
        whole = tanh(expand_dims(query, -2) + expand_dims(key, -3))
        return sum(whole if self.scale is None else whole * self.scale, -1)


class MultiHeadAttention(Layer):
    fields = ('num_heads', 'key_dim', 'value_dim', 'dropout', 'use_bias', 'output_shape', 'attention_axes')

    def __init__(self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, flash_attention=None,
                 kernel_initializer='glorot_uniform', bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None,
                 kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        for name, value in (('num_heads', num_heads), ('key_dim', key_dim), ('value_dim', value_dim)):
            if layerscope.is_known(value) and value is not None and (not isinstance(value, int) or value <= 0):
                raise ValueError(f"Received an invalid value for argument `{name}`, expected a positive integer. Received: {name}={value}")
        self.num_heads, self.key_dim, self.value_dim = num_heads, key_dim, value_dim if value_dim is not None else key_dim
        self.dropout, self.use_bias = dropout, use_bias
        self.wanted_shape = None if output_shape is None else (output_shape,) if isinstance(output_shape, int) else tuple(output_shape)
        self.attention_axes = None if attention_axes is None else (attention_axes,) if isinstance(attention_axes, int) else tuple(attention_axes)
        self.kernel_initializer = kernel_initializer

    def _configuration(self):
        return {'num_heads': self.num_heads, 'key_dim': self.key_dim, 'value_dim': self.value_dim, 'dropout': self.dropout, 'use_bias': self.use_bias}

    def get_config(self):
        return {'name': self.name, 'num_heads': self.num_heads, 'key_dim': self.key_dim, 'value_dim': self.value_dim, 'dropout': self.dropout, 'use_bias': self.use_bias,
                'output_shape': self.wanted_shape, 'attention_axes': self.attention_axes}

    def _build_from(self, args, kwargs):
        given = dict(zip(('query', 'value', 'key'), args))
        given.update(kwargs)
        query, value = given['query'], given['value']
        self.build(tuple(query.shape), tuple(value.shape), tuple(given['key'].shape) if given.get('key') is not None else None)

    def build(self, query_shape, value_shape, key_shape=None):
        key_shape = value_shape if key_shape is None else key_shape
        layerscope.require(value_shape[1:-1] == key_shape[1:-1], ValueError(
            f"All dimensions of `value` and `key`, except the last one, must be equal. Received: value_shape={value_shape} and key_shape={key_shape}"))
        rank = len(query_shape)
        lead = 'abcdefg'[:rank - 1]
        bias = 'yz' if self.use_bias else None
        self._query_dense = self._projection('query', lead, self.key_dim, query_shape)
        self._key_dense = self._projection('key', lead, self.key_dim, key_shape)
        self._value_dense = self._projection('value', lead, self.value_dim, value_shape)
        self._softmax = Softmax(axis=tuple(range(-len(self._axes(rank)), 0)) if len(self._axes(rank)) > 1 else -1)
        self._dropout_layer = Dropout(self.dropout)
        last = self.wanted_shape if self.wanted_shape is not None else (query_shape[-1],)
        letters = 'uvw'[:len(last)]
        self._output_dense = EinsumDense(f'{lead}yz,yz{letters}->{lead}{letters}', output_shape=(None,) * (rank - 2) + tuple(last), bias_axes=letters if self.use_bias else None,
                                         name='attention_output')
        self._output_dense.build(tuple(query_shape[:-1]) + (self.num_heads, self.value_dim))
        self.built = True

    def _projection(self, name, lead, size, shape):
        made = EinsumDense(f'{lead}x,xyz->{lead}yz', output_shape=(None,) * (len(lead) - 1) + (self.num_heads, size), bias_axes='yz' if self.use_bias else None, name=name)
        made.build(shape)
        return made

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False, training=None,
             use_causal_mask=False):
        key = value if key is None else key
        q, k, v = self._query_dense(query), self._key_dense(key), self._value_dense(value)
        rank = len(query.shape)
        axes = self._axes(rank)
        product, combination = _attention_equations(rank, axes)
        scores = einsum(product, q, k) * (1.0 / self.key_dim ** 0.5)
        if use_causal_mask:
            scores = _causal(scores)
        if attention_mask is not None:
            mask = convert(attention_mask)
            for _ in range(len(scores.shape) - len(mask.shape)):
                mask = expand_dims(mask, -2 * len(axes) - 1)
            scores = where(mask, scores, -1e9)
        weights = self._softmax(scores)
        made = self._output_dense(einsum(combination, weights, v))
        return (made, weights) if return_attention_scores else made

    def _axes(self, rank):
        """The axes that attend: all between the batch and the features where none are named."""
        return tuple(range(1, rank - 1)) if self.attention_axes is None else tuple([axis % rank for axis in self.attention_axes])


def _attention_equations(rank, axes):
    """Einsum's equations of queries times keys, and of weights times values: `n` are the heads, `h` what each of them compares."""
    query = 'abcdefg'[:rank - 1]
    key = ''.join(['ijklmop'[index] if index in axes else letter for index, letter in enumerate(query)])
    kept = ''.join([letter for index, letter in enumerate(query) if index not in axes])
    scores = kept + 'n' + ''.join([query[axis] for axis in axes]) + ''.join([key[axis] for axis in axes])
    return f'{query}nh,{key}nh->{scores}', f'{scores},{key}nh->{query}nh'


class GroupedQueryAttention(Layer):
    fields = ('head_dim', 'num_query_heads', 'num_key_value_heads')

    def __init__(self, head_dim, num_query_heads, num_key_value_heads, dropout=0.0, use_bias=True, flash_attention=None, kernel_initializer='glorot_uniform',
                 bias_initializer='zeros', seed=None, **kwargs):
        super().__init__(**kwargs)
        if num_query_heads % num_key_value_heads != 0:
            raise ValueError("`num_query_heads` must be divisible by `num_key_value_heads`.")
        self.head_dim, self.num_query_heads, self.num_key_value_heads, self.use_bias = head_dim, num_query_heads, num_key_value_heads, use_bias
        self._softmax, self._dropout_layer = Softmax(), Dropout(dropout)

    def _build_from(self, args, kwargs):
        given = dict(zip(('query', 'value', 'key'), args))
        given.update(kwargs)
        shapes = [tuple(given['query'].shape), tuple((given.get('key') if given.get('key') is not None else given['value']).shape), tuple(given['value'].shape)]
        self._query_dense = self._projection('query', self.num_query_heads, shapes[0])
        self._key_dense = self._projection('key', self.num_key_value_heads, shapes[1])
        self._value_dense = self._projection('value', self.num_key_value_heads, shapes[2])
        self._output_dense = EinsumDense('bquh,uhm->bqm', output_shape=(None, shapes[0][-1]), bias_axes='m' if self.use_bias else None, name='attention_output')
        self._output_dense.build(shapes[0][:-1] + (self.num_query_heads, self.head_dim))

    def _projection(self, name, heads, shape):
        made = EinsumDense('bqm,muh->bquh', output_shape=(None, heads, self.head_dim), bias_axes='uh' if self.use_bias else None, name=name)
        made.build(shape)
        return made

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False, training=None,
             use_causal_mask=False):
        from keras.src.operations.numpy import repeat
        key = value if key is None else key
        times = self.num_query_heads // self.num_key_value_heads
        q, k, v = self._query_dense(query), repeat(self._key_dense(key), times, 2), repeat(self._value_dense(value), times, 2)
        scores = einsum('bqnh,bknh->bnqk', q, k) * (1.0 / self.head_dim ** 0.5)
        if use_causal_mask:
            scores = _causal(scores)
        weights = self._softmax(scores)
        made = self._output_dense(einsum('bnqk,bknh->bqnh', weights, v))
        return (made, weights) if return_attention_scores else made


GroupQueryAttention = GroupedQueryAttention
