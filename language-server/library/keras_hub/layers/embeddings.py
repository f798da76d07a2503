"""What words and their positions are looked up in."""
from keras import layers, ops


class ReversibleEmbedding(layers.Embedding):
    """An embedding that also gives the scores of all words for an embedded one."""

    def __init__(self, input_dim, output_dim, tie_weights=True, embeddings_initializer='uniform', embeddings_regularizer=None, embeddings_constraint=None,
                 mask_zero=False, reverse_dtype=None, logit_soft_cap=None, **kwargs):
        super().__init__(input_dim, output_dim, embeddings_initializer=embeddings_initializer, mask_zero=mask_zero, **kwargs)
        self.tie_weights = tie_weights

    def build(self, input_shape=None):
        super().build(input_shape)
        if not self.tie_weights:
            self.reverse_embeddings = self.add_weight(name='reverse_embeddings', shape=(self.output_dim, self.input_dim))

    def call(self, inputs, reverse=False):
        if not reverse:
            return super().call(inputs)
        return ops.matmul(inputs, ops.transpose(self.embeddings) if self.tie_weights else self.reverse_embeddings)


class PositionEmbedding(layers.Layer):
    """A learnt vector for each position, for as many as there are in the input."""
    fields = ('sequence_length',)

    def __init__(self, sequence_length, initializer='glorot_uniform', hierarchical_alpha=None, **kwargs):
        super().__init__(**kwargs)
        if sequence_length is None:
            raise ValueError("`sequence_length` must be an Integer, received `None`.")
        self.sequence_length = int(sequence_length)
        self.initializer = initializer

    def build(self, input_shape):
        self.position_embeddings = self.add_weight(name='embeddings', shape=(self.sequence_length, input_shape[-1]), initializer=self.initializer)
        self.built = True

    def call(self, inputs, start_index=0, positions=None):
        return ops.zeros_like(inputs) + self.position_embeddings[:inputs.shape[-2]]


class SinePositionEncoding(layers.Layer):
    """Sines and cosines of the position: numbers that depend on the shape of the input alone."""

    def __init__(self, max_wavelength=10000, **kwargs):
        super().__init__(**kwargs)
        self.max_wavelength = max_wavelength

    def call(self, inputs, start_index=0, positions=None):
        half = ops.arange(inputs.shape[-1]) // 2 * 2
        rates = ops.power(1.0 / self.max_wavelength, ops.cast(half, 'float32') / inputs.shape[-1])
        angles = ops.expand_dims(ops.cast(ops.arange(inputs.shape[-2]), 'float32'), -1) * rates
        odd = ops.cast(ops.arange(inputs.shape[-1]) % 2, 'float32')
        return ops.zeros_like(inputs) + ops.sin(angles) * (1.0 - odd) + ops.cos(angles) * odd


class TokenAndPositionEmbedding(layers.Layer):
    fields = ('vocabulary_size', 'sequence_length', 'embedding_dim')

    def __init__(self, vocabulary_size, sequence_length, embedding_dim, tie_weights=True, embeddings_initializer='uniform', mask_zero=False, **kwargs):
        super().__init__(**kwargs)
        self.vocabulary_size, self.sequence_length, self.embedding_dim = vocabulary_size, sequence_length, embedding_dim
        self.token_embedding = ReversibleEmbedding(vocabulary_size, embedding_dim, tie_weights, embeddings_initializer, mask_zero=mask_zero, name='token_embedding')
        self.position_embedding = PositionEmbedding(sequence_length, embeddings_initializer, name='position_embedding')

    def call(self, inputs, start_index=0, positions=None):
        words = self.token_embedding(inputs)
        return words + self.position_embedding(words)
