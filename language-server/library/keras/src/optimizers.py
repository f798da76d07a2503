"""Optimisers and schedules: their arguments are checked, their steps change no shape."""
import layerscope

from keras.src.utils.naming import auto_name


class Optimizer:
    def __init__(self, learning_rate=0.001, weight_decay=None, clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, ema_momentum=0.99,
                 ema_overwrite_frequency=None, loss_scale_factor=None, gradient_accumulation_steps=None, name=None, lr=None, decay=None, epsilon=None, **kwargs):
        self.name = name or auto_name(self.__class__.__name__)
        self.learning_rate = learning_rate if lr is None else lr
        self.lr = self.learning_rate
        self.weight_decay = weight_decay
        self.iterations = layerscope.unknown('the number of steps taken')
        self.variables = []

    def apply_gradients(self, grads_and_vars, trainable_variables=None, **kwargs):
        layerscope.trained()

    def apply(self, grads, trainable_variables=None):
        layerscope.trained()

    def build(self, variables):
        pass

    def minimize(self, loss, var_list=None, tape=None):
        layerscope.trained()

    def compute_gradients(self, loss, *args, **kwargs):
        return layerscope.unknown('gradients')

    def scale_loss(self, loss):
        return loss

    def get_scaled_loss(self, loss):
        return loss

    def get_unscaled_gradients(self, gradients):
        return gradients

    def exclude_from_weight_decay(self, var_list=None, var_names=None):
        pass

    def finalize_variable_values(self, var_list):
        pass

    def get_weights(self):
        return layerscope.unknown("an optimiser's state")

    def set_weights(self, weights):
        pass

    def get_config(self):
        return {'name': self.name, 'learning_rate': self.learning_rate}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        return cls(**config)


class SGD(Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False, weight_decay=None, **kwargs):
        super().__init__(learning_rate, weight_decay, **kwargs)
        self.momentum, self.nesterov = momentum, nesterov
        if isinstance(momentum, float) and not 0 <= momentum <= 1:
            raise ValueError("`momentum` must be a float between [0, 1].")


class RMSprop(Optimizer):
    def __init__(self, learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-7, centered=False, weight_decay=None, **kwargs):
        super().__init__(learning_rate, weight_decay, **kwargs)


class Adam(Optimizer):
    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False, weight_decay=None, **kwargs):
        super().__init__(learning_rate, weight_decay, **kwargs)


class AdamW(Optimizer):
    def __init__(self, learning_rate=0.001, weight_decay=0.004, beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False, **kwargs):
        super().__init__(learning_rate, weight_decay, **kwargs)


class Adamax(Adam):
    pass


class Nadam(Adam):
    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, weight_decay=None, schedule_decay=None, **kwargs):
        super().__init__(learning_rate, beta_1, beta_2, epsilon, False, weight_decay, **kwargs)


class Adagrad(Optimizer):
    def __init__(self, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7, weight_decay=None, **kwargs):
        super().__init__(learning_rate, weight_decay, **kwargs)


class Adadelta(Optimizer):
    def __init__(self, learning_rate=0.001, rho=0.95, epsilon=1e-7, weight_decay=None, **kwargs):
        super().__init__(learning_rate, weight_decay, **kwargs)


class Adafactor(Optimizer):
    def __init__(self, learning_rate=0.001, beta_2_decay=-0.8, epsilon_1=1e-30, epsilon_2=1e-3, clip_threshold=1.0, relative_step=True, weight_decay=None, **kwargs):
        super().__init__(learning_rate, weight_decay, **kwargs)


class Ftrl(Optimizer):
    def __init__(self, learning_rate=0.001, learning_rate_power=-0.5, initial_accumulator_value=0.1, l1_regularization_strength=0.0,
                 l2_regularization_strength=0.0, l2_shrinkage_regularization_strength=0.0, beta=0.0, weight_decay=None, **kwargs):
        super().__init__(learning_rate, weight_decay, **kwargs)


class Lion(Optimizer):
    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.99, weight_decay=None, **kwargs):
        super().__init__(learning_rate, weight_decay, **kwargs)


class Lamb(Adam):
    pass


class Muon(Optimizer):
    def __init__(self, learning_rate=0.001, *args, **kwargs):
        super().__init__(learning_rate)


class LossScaleOptimizer(Optimizer):
    def __init__(self, inner_optimizer, initial_scale=32768.0, dynamic_growth_steps=2000, **kwargs):
        super().__init__(0.0)
        self.inner_optimizer = inner_optimizer


sgd, rmsprop, adam, adamw, adamax, nadam, adagrad, adadelta, ftrl = SGD, RMSprop, Adam, AdamW, Adamax, Nadam, Adagrad, Adadelta, Ftrl
RMSProp = RMSprop
_NAMES = {'sgd': SGD, 'rmsprop': RMSprop, 'adam': Adam, 'adamw': AdamW, 'adamax': Adamax, 'nadam': Nadam, 'adagrad': Adagrad, 'adadelta': Adadelta,
          'adafactor': Adafactor, 'ftrl': Ftrl, 'lion': Lion, 'lamb': Lamb, 'muon': Muon, 'lossscaleoptimizer': LossScaleOptimizer}


def get(identifier):
    if isinstance(identifier, dict):
        identifier = identifier.get('class_name', 'adam')
    if isinstance(identifier, str):
        cls = _NAMES.get(identifier.lower())
        if cls is None:
            raise ValueError(f"Could not interpret optimizer identifier: {identifier}")
        return cls()
    if isinstance(identifier, type):
        raise ValueError(f"Could not interpret optimizer identifier: {identifier}")
    return identifier


def serialize(optimizer):
    return {'class_name': optimizer.__class__.__name__, 'config': optimizer.get_config()}


deserialize = get


class LearningRateSchedule:
    def __call__(self, step):
        return layerscope.unknown('a learning rate')

    def get_config(self):
        return {}


class ExponentialDecay(LearningRateSchedule):
    def __init__(self, initial_learning_rate, decay_steps, decay_rate, staircase=False, name='ExponentialDecay'):
        self.initial_learning_rate = initial_learning_rate


class InverseTimeDecay(ExponentialDecay):
    pass


class PiecewiseConstantDecay(LearningRateSchedule):
    def __init__(self, boundaries, values, name='PiecewiseConstant'):
        if len(boundaries) != len(values) - 1:
            raise ValueError(f"The length of boundaries should be 1 less than the length of values. Received: boundaries={boundaries} of length {len(boundaries)}, "
                             f"and values={values} of length {len(values)}.")


class PolynomialDecay(LearningRateSchedule):
    def __init__(self, initial_learning_rate, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False, name='PolynomialDecay'):
        self.initial_learning_rate = initial_learning_rate


class CosineDecay(LearningRateSchedule):
    def __init__(self, initial_learning_rate, decay_steps, alpha=0.0, name='CosineDecay', warmup_target=None, warmup_steps=0):
        self.initial_learning_rate = initial_learning_rate


class CosineDecayRestarts(LearningRateSchedule):
    def __init__(self, initial_learning_rate, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0, name='SGDRDecay'):
        self.initial_learning_rate = initial_learning_rate

