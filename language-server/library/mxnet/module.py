"""mx.mod: symbols that are trained."""
import layerscope


class Module:
    def __init__(self, symbol, data_names=('data',), label_names=('softmax_label',), context=None, **kwargs):
        self.symbol = symbol

    def bind(self, data_shapes, label_shapes=None, for_training=True, **kwargs):
        shapes = {}
        for item in data_shapes:
            if isinstance(item, (tuple, list)):
                shapes[item[0]] = tuple(item[1])
        if shapes:
            self.symbol.declare(shapes)

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return layerscope.unknown('mx.mod.Module.' + name)


class mod:
    Module = Module
    BucketingModule = SequentialModule = BaseModule = layerscope.unknown('mx.mod')


module = mod
