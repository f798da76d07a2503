"""Blocks of transformers: attention and a pair of dense layers, each with a residual and a normalisation."""
import layerscope

from keras import layers


class _Block(layers.Layer):
    fields = ('intermediate_dim', 'num_heads', 'normalize_first')

    def __init__(self, intermediate_dim, num_heads=None, dropout=0, activation='relu', layer_norm_epsilon=1e-05, kernel_initializer='glorot_uniform',
                 bias_initializer='zeros', normalize_first=False, **kwargs):
        super().__init__(**kwargs)
        self.intermediate_dim, self.num_heads, self.dropout, self.activation = intermediate_dim, num_heads, dropout, activation
        self.layer_norm_epsilon, self.normalize_first = layer_norm_epsilon, normalize_first

    def _attention(self, width, name):
        return layers.MultiHeadAttention(num_heads=self.num_heads, key_dim=width // self.num_heads, dropout=self.dropout, name=name)

    def _normalization(self, name):
        return layers.LayerNormalization(epsilon=self.layer_norm_epsilon, name=name)

    def _make_feedforward(self, width):
        self._feedforward_norm = self._normalization('feedforward_layer_norm')
        self._feedforward_intermediate = layers.Dense(self.intermediate_dim, activation=self.activation, name='feedforward_intermediate_dense')
        self._feedforward_output = layers.Dense(width, name='feedforward_output_dense')

    def _feedforward(self, x):
        return self._feedforward_output(self._feedforward_intermediate(x))

    def _residual(self, x, part, norm):
        """`x` and what a part makes of it, normalised before or after."""
        return x + part(norm(x)) if self.normalize_first else norm(x + part(x))


class TransformerEncoder(_Block):
    def build(self, input_shape):
        width = input_shape[-1]
        self._self_attention = self._attention(width, 'self_attention_layer')
        self._self_attention_norm = self._normalization('self_attention_layer_norm')
        self._make_feedforward(width)
        self.built = True

    def call(self, inputs, padding_mask=None, attention_mask=None, training=None, return_attention_scores=False):
        x = self._residual(inputs, lambda each: self._self_attention(each, each, attention_mask=attention_mask), self._self_attention_norm)
        return self._residual(x, self._feedforward, self._feedforward_norm)


class TransformerDecoder(_Block):
    """With a sequence of an encoder it attends to that as well."""

    def build(self, decoder_sequence_shape, encoder_sequence_shape=None):
        width = decoder_sequence_shape[-1]
        self._self_attention = self._attention(width, 'self_attention')
        self._self_attention_norm = self._normalization('self_attention_layer_norm')
        self._make_feedforward(width)
        self.built = True

    def call(self, decoder_sequence, encoder_sequence=None, decoder_padding_mask=None, decoder_attention_mask=None, encoder_padding_mask=None,
             encoder_attention_mask=None, self_attention_cache=None, self_attention_cache_update_index=None, cross_attention_cache=None,
             cross_attention_cache_update_index=None, use_causal_mask=True, training=None):
        x = self._residual(decoder_sequence, lambda each: self._self_attention(each, each, use_causal_mask=use_causal_mask), self._self_attention_norm)
        if encoder_sequence is not None:
            if not hasattr(self, '_cross_attention'):
                self._cross_attention = self._attention(decoder_sequence.shape[-1], 'cross_attention')
                self._cross_attention_norm = self._normalization('cross_attention_layer_norm')
            x = self._residual(x, lambda each: self._cross_attention(each, encoder_sequence), self._cross_attention_norm)
        return self._residual(x, self._feedforward, self._feedforward_norm)


class FNetEncoder(_Block):
    """Mixes words by a Fourier transform instead of attention."""

    def build(self, input_shape):
        self._mixing_norm = self._normalization('mixing_layer_norm')
        self._make_feedforward(input_shape[-1])
        self.built = True

    def call(self, inputs, training=None):
        mixed = layerscope.gap('a Fourier transform', inputs, shape=list(inputs.shape), dtype=inputs.dtype)
        x = self._mixing_norm(inputs + mixed)
        return self._feedforward_norm(x + self._feedforward(x))
