"""The base of metrics, and metrics of a function."""
import layerscope

from keras.src.backend.tensors import Tensor, convert
from keras.src.utils.naming import auto_name


class Metric:
    def __init__(self, dtype=None, name=None):
        self.name = name or auto_name(self.__class__.__name__)
        self.dtype = dtype or 'float32'
        self.built = True

    def update_state(self, *args, **kwargs):
        pass

    def reset_state(self):
        pass

    def reset_states(self):
        self.reset_state()

    def result(self):
        if Metric in self.__class__.__bases__ and layerscope.in_user_code(self.__class__):
            raise NotImplementedError(f"{self.__class__.__name__} has no `result` method: a metric says there what it came to.")
        return layerscope.data((), 'float32', 'a metric', like=Tensor)

    def __call__(self, *args, **kwargs):
        self.update_state(*args, **kwargs)
        return self.result()

    def add_variable(self, shape=(), initializer='zeros', dtype=None, aggregation='sum', name=None):
        from keras.src.backend.tensors import Variable
        made = layerscope.parameter(tuple(shape), 'float32', 0.0, False, like=Variable)
        made.name = name or 'variable'
        made.trainable = False
        return made

    def add_weight(self, name=None, shape=(), initializer=None, dtype=None, **kwargs):
        if isinstance(name, (tuple, list)):
            name, shape = shape if isinstance(shape, str) else None, name
        return self.add_variable(shape or (), initializer, dtype, name=name)

    def get_config(self):
        return {'name': self.name, 'dtype': self.dtype}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


class Mean(Metric):
    def __init__(self, name='mean', dtype=None):
        super().__init__(dtype, name)


class Sum(Metric):
    def __init__(self, name='sum', dtype=None):
        super().__init__(dtype, name)


class MeanMetricWrapper(Metric):
    def __init__(self, fn, name=None, dtype=None, **kwargs):
        super().__init__(dtype, name or getattr(fn, '__name__', None))
        self._fn = fn
        self._fn_kwargs = kwargs

    def update_state(self, y_true, y_pred, sample_weight=None):
        if self._fn is not None:
            self._fn(convert(y_true), convert(y_pred), **self._fn_kwargs)
