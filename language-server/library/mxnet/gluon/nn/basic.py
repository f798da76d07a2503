"""Containers, dense layers, normalisation, activations."""
import layerscope

from mxnet.gluon.block import Block, HybridBlock
from mxnet.ndarray import network
from mxnet.ndarray.array import NDArray, product


class Sequential(Block):
    def add(self, *blocks):
        for block in blocks:
            self.register_child(block)

    def forward(self, x, *args):
        for block in self._children.values():
            x = block(x)
        return x

    def __getitem__(self, key):
        layers = list(self._children.values())[key]
        if isinstance(layers, list):
            made = type(self)(prefix=self.prefix)
            made.add(*layers)
            return made
        return layers

    def __len__(self):
        return len(self._children)

    def __iter__(self):
        return iter(self._children.values())


class HybridSequential(Sequential, HybridBlock):
    def forward(self, x, *args):
        return Sequential.forward(self, x)


class Dense(HybridBlock):
    def __init__(self, units, activation=None, use_bias=True, flatten=True, dtype='float32', weight_initializer=None, bias_initializer='zeros', in_units=0, prefix=None, params=None):
        super().__init__(prefix, params)
        self.units, self.flatten, self.in_units = units, flatten, in_units
        self.weight = self.params.get('weight', shape=(units, in_units), dtype=dtype, init=weight_initializer)
        if use_bias:
            self.bias = self.params.get('bias', shape=(units,), dtype=dtype, init=bias_initializer)
        self.act = Activation(activation) if activation is not None else None

    def forward(self, x):
        layerscope.expect(x, (None, self.in_units or None))
        width = product(list(x.shape)[1:]) if self.flatten else x.shape[-1]
        weight = self.weight.settle((self.units, width))
        bias = self.bias.settle((self.units,)) if 'bias' in self._reg_params else None
        made = network.FullyConnected(x, weight, bias, self.units, bias is None, self.flatten, name=f'{self.prefix or "dense"}fwd')
        return made if self.act is None else self.act(made)


class Activation(HybridBlock):
    def __init__(self, activation, prefix=None, params=None):
        super().__init__(prefix, params)
        self.act_type = activation

    def forward(self, x):
        return network.Activation(x, self.act_type)


class Dropout(HybridBlock):
    def __init__(self, rate, axes=(), prefix=None, params=None):
        super().__init__(prefix, params)
        self.rate, self.axes = rate, axes

    def forward(self, x):
        return network.Dropout(x, self.rate)


class BatchNorm(HybridBlock):
    def __init__(self, axis=1, momentum=0.9, epsilon=1e-5, center=True, scale=True, use_global_stats=False, beta_initializer='zeros', gamma_initializer='ones',
                 running_mean_initializer='zeros', running_variance_initializer='ones', in_channels=0, prefix=None, params=None, **kwargs):
        super().__init__(prefix, params)
        self.axis, self.momentum, self.epsilon, self.in_channels = axis, momentum, epsilon, in_channels
        self.gamma = self.params.get('gamma', grad_req='write' if scale else 'null', shape=(in_channels,), init=gamma_initializer)
        self.beta = self.params.get('beta', grad_req='write' if center else 'null', shape=(in_channels,), init=beta_initializer)
        self.running_mean = self.params.get('running_mean', grad_req='null', shape=(in_channels,), init=running_mean_initializer)
        self.running_var = self.params.get('running_var', grad_req='null', shape=(in_channels,), init=running_variance_initializer)

    def forward(self, x):
        size = (x.shape[self.axis],)
        return network.BatchNorm(x, self.gamma.settle(size), self.beta.settle(size), self.running_mean.settle(size), self.running_var.settle(size), self.epsilon, self.momentum, False, self.axis)


class LayerNorm(HybridBlock):
    def __init__(self, axis=-1, epsilon=1e-5, center=True, scale=True, beta_initializer='zeros', gamma_initializer='ones', in_channels=0, prefix=None, params=None):
        super().__init__(prefix, params)
        self.axis, self.epsilon, self.in_channels = axis, epsilon, in_channels
        self.gamma = self.params.get('gamma', grad_req='write' if scale else 'null', shape=(in_channels,), init=gamma_initializer)
        self.beta = self.params.get('beta', grad_req='write' if center else 'null', shape=(in_channels,), init=beta_initializer)

    def forward(self, x):
        size = (x.shape[self.axis],)
        return network.LayerNorm(x, self.gamma.settle(size), self.beta.settle(size), self.axis, self.epsilon)


class InstanceNorm(HybridBlock):
    def __init__(self, axis=1, epsilon=1e-5, center=True, scale=False, beta_initializer='zeros', gamma_initializer='ones', in_channels=0, prefix=None, params=None):
        super().__init__(prefix, params)
        self.epsilon, self.in_channels = epsilon, in_channels
        self.gamma = self.params.get('gamma', grad_req='write' if scale else 'null', shape=(in_channels,), init=gamma_initializer)
        self.beta = self.params.get('beta', grad_req='write' if center else 'null', shape=(in_channels,), init=beta_initializer)

    def forward(self, x):
        size = (x.shape[1],)
        return layerscope.operator('InstanceNormalization', x, self.gamma.settle(size), self.beta.settle(size), epsilon=float(self.epsilon), like=NDArray)


class Embedding(HybridBlock):
    def __init__(self, input_dim, output_dim, dtype='float32', weight_initializer=None, sparse_grad=False, prefix=None, params=None):
        super().__init__(prefix, params)
        self.input_dim, self.output_dim = input_dim, output_dim
        self.weight = self.params.get('weight', shape=(input_dim, output_dim), dtype=dtype, init=weight_initializer)

    def forward(self, x):
        return network.Embedding(x, self.weight.settle((self.input_dim, self.output_dim)))


class Flatten(HybridBlock):
    def forward(self, x):
        return layerscope.operator('Flatten', x, axis=1, like=NDArray)


class Identity(HybridBlock):
    def forward(self, x):
        return x


class Lambda(Block):
    def __init__(self, function, prefix=None):
        super().__init__(prefix)
        from mxnet import ndarray
        self._function = getattr(ndarray, function) if isinstance(function, str) else function

    def forward(self, *args):
        return self._function(*args)


class HybridLambda(HybridBlock):
    def __init__(self, function, prefix=None):
        super().__init__(prefix)
        from mxnet import ndarray
        self._function = (lambda F, *args: getattr(ndarray, function)(*args)) if isinstance(function, str) else function

    def forward(self, x, *args):
        from mxnet import ndarray
        return self._function(ndarray, x, *args)


class _Pointwise(HybridBlock):
    def forward(self, x):
        return layerscope.operator(self._operator, x, like=NDArray)


class SELU(_Pointwise):
    _operator = 'Selu'


class GELU(_Pointwise):
    _operator = 'Gelu'


class LeakyReLU(HybridBlock):
    def __init__(self, alpha, **kwargs):
        super().__init__(**kwargs)
        self.alpha = alpha

    def forward(self, x):
        return network.LeakyReLU(x, act_type='leaky', slope=self.alpha)


class ELU(HybridBlock):
    def __init__(self, alpha=1.0, **kwargs):
        super().__init__(**kwargs)
        self.alpha = alpha

    def forward(self, x):
        return network.LeakyReLU(x, act_type='elu', slope=self.alpha)


class PReLU(HybridBlock):
    def __init__(self, alpha_initializer=None, in_channels=1, **kwargs):
        super().__init__(**kwargs)
        self.alpha = self.params.get('alpha', shape=(in_channels,))

    def forward(self, x):
        return network.LeakyReLU(x, self.alpha.settle((1,)), 'prelu')


class Swish(HybridBlock):
    def __init__(self, beta=1.0, **kwargs):
        super().__init__(**kwargs)
        self.beta = beta

    def forward(self, x):
        return x * layerscope.operator('Sigmoid', x * self.beta, like=NDArray)


SiLU = Swish
