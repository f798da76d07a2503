"""keras_hub.layers: embeddings, encoder and decoder blocks."""
import layerscope

from keras_hub.layers.embeddings import PositionEmbedding, ReversibleEmbedding, SinePositionEncoding, TokenAndPositionEmbedding
from keras_hub.layers.heads import MaskedLMHead
from keras_hub.layers.transformers import FNetEncoder, TransformerDecoder, TransformerEncoder


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('keras_hub.layers.' + name)
