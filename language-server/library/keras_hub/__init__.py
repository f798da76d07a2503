"""keras_hub (keras_nlp and keras_cv before): the layers that transformers are made of; presets, tokenizers and samplers are not modelled."""
import layerscope

from keras_hub import layers


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('keras_hub.' + name)
