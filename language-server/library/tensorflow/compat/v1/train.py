"""tf.train of TensorFlow 1: optimisers, whose loss is what the program is written to compute, and savers."""
import layerscope

from tensorflow.compat.v1.feeding import Operation


class Optimizer:
    def __init__(self, *args, **kwargs):
        pass

    def minimize(self, loss, *args, **kwargs):
        layerscope.program(loss, 'tensorflow')
        return Operation()

    def compute_gradients(self, loss, var_list=None, **kwargs):
        layerscope.program(loss, 'tensorflow')
        return layerscope.unknown('gradients')

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        return Operation()


AdamOptimizer = GradientDescentOptimizer = RMSPropOptimizer = AdagradOptimizer = MomentumOptimizer = AdadeltaOptimizer = FtrlOptimizer = ProximalAdagradOptimizer = Optimizer


def Saver(*args, **kwargs):
    return layerscope.unknown('a saver')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return layerscope.unknown('tf.train.' + name)
