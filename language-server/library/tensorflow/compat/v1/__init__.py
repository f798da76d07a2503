"""TensorFlow 1: graphs of placeholders and variables; a session's results are not known."""
import layerscope

from keras.src.backend.tensors import Tensor
from tensorflow import data, dtypes, errors, image, linalg, math, random
from tensorflow.dtypes import *
from tensorflow.functions import *
from tensorflow.functions import abs, pow, range, round, slice
from tensorflow.programs import *
from tensorflow.programs import print
from tensorflow.compat.v1 import layers, losses, nn, train
from tensorflow.compat.v1.feeding import Operation, check_feeds
from tensorflow.compat.v1.scopes import AUTO_REUSE, Graph, get_default_graph, get_variable, get_variable_scope, reset_default_graph, variable_scope

random_normal, truncated_normal, random_uniform = random.normal, random.truncated_normal, random.uniform


def placeholder(dtype, shape=None, name=None):
    return layerscope.input(None if shape is None else [None if size is None else size for size in shape], dtypes.as_dtype(dtype), name=name or 'Placeholder', like=Tensor)


def placeholder_with_default(input, shape, name=None):
    return input


class Session:
    def __init__(self, *args, **kwargs):
        self.graph = get_default_graph()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def run(self, fetches, feed_dict=None, options=None, run_metadata=None):
        check_feeds(feed_dict)
        layerscope.program(fetches, 'tensorflow')
        return layerscope.unknown('what a session computes')

    def as_default(self):
        return self

    def close(self):
        pass


InteractiveSession = Session


def global_variables_initializer():
    return Operation()


local_variables_initializer = tables_initializer = initialize_all_variables = global_variables_initializer


def _nothing(*args, **kwargs):
    return None


disable_v2_behavior = disable_eager_execution = enable_eager_execution = set_random_seed = disable_v2_tensorshape = _nothing
trainable_variables = global_variables = lambda *args, **kwargs: layerscope.unknown('the variables of a graph')
get_collection = trainable_variables


def ConfigProto(*args, **kwargs):
    return layerscope.unknown('a configuration')


GPUOptions = ConfigProto


class app:
    run = _nothing
    flags = layerscope.unknown('flags')


flags = layerscope.unknown('flags')
logging = layerscope.unknown('logging')
gfile = layerscope.unknown('files')
contrib = layerscope.unknown('tf.contrib')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('tf.' + name)
