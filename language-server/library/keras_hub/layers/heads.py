"""What ends a language model."""
from keras import activations, layers, ops


class MaskedLMHead(layers.Layer):
    """Scores of all words at the positions that were masked."""
    fields = ('vocabulary_size',)

    def __init__(self, vocabulary_size=None, token_embedding=None, intermediate_activation='relu', activation=None, layer_norm_epsilon=1e-05,
                 kernel_initializer='glorot_uniform', bias_initializer='zeros', **kwargs):
        super().__init__(**kwargs)
        self.token_embedding = token_embedding
        self.vocabulary_size = token_embedding.input_dim if token_embedding is not None else vocabulary_size
        self.intermediate_activation, self.activation = intermediate_activation, activations.get(activation)
        self.layer_norm_epsilon = layer_norm_epsilon

    def build(self, inputs_shape, mask_positions_shape=None):
        width = inputs_shape[-1]
        self._dense = layers.Dense(width, activation=self.intermediate_activation, name='intermediate_dense')
        self._norm = layers.LayerNormalization(epsilon=self.layer_norm_epsilon, name='intermediate_layer_norm')
        if self.token_embedding is None:
            self._kernel = self.add_weight(name='output_kernel', shape=(width, self.vocabulary_size))
        self._bias = self.add_weight(name='output_bias', shape=(self.vocabulary_size,), initializer='zeros')
        self.built = True

    def call(self, inputs, mask_positions=None):
        x = inputs
        if mask_positions is not None:
            x = ops.take_along_axis(x, ops.expand_dims(ops.cast(mask_positions, 'int32'), -1), axis=1)
        x = self._norm(self._dense(x))
        scores = ops.matmul(x, self._kernel) if self.token_embedding is None else self.token_embedding(x, reverse=True)
        return self.activation(scores + self._bias)
