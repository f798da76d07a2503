"""Layers around models of other frameworks."""
import layerscope

from keras.src.layers.layer import Layer


class TFSMLayer(Layer):
    """A saved model as a layer: what it computes is not known."""

    def __init__(self, filepath, call_endpoint='serve', call_training_endpoint=None, trainable=True, name=None, dtype=None):
        super().__init__(name=name)
        self.filepath = filepath

    def call(self, inputs, training=False, **kwargs):
        return layerscope.gap('a saved model', inputs, dtype='float32')

    @property
    def _own_weights(self):
        return layerscope.unknown('the weights of a saved model')


class TorchModuleWrapper(Layer):
    def __init__(self, module, name=None, output_shape=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.module = module

    def call(self, *args, training=None, **kwargs):
        return self.module(*args, **kwargs)
