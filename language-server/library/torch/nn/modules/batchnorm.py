"""Normalisation by statistics of the batch or of each instance."""
import layerscope

from ... import types
from ..functions import normalization as functions
from ...operations.checks import ranked
from ..parameter import buffer, made
from .module import Module


class _NormBase(Module):
    _ranks = (4,)
    _words = 'expected 4D input'

    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None):
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        self._make(dtype)

    def _make(self, dtype):
        count = (self.num_features,)
        if self.affine:
            self.weight = made(count, dtype, 1.0)
            self.bias = made(count, dtype, 0.0)
        else:
            self.register_parameter('weight', None)
            self.register_parameter('bias', None)
        if self.track_running_stats:
            self.register_buffer('running_mean', buffer(count, dtype, 0.0))
            self.register_buffer('running_var', buffer(count, dtype, 1.0))
            self.register_buffer('num_batches_tracked', buffer((), types.int64, 0))
        else:
            self.register_buffer('running_mean', None)
            self.register_buffer('running_var', None)
            self.register_buffer('num_batches_tracked', None)

    def reset_parameters(self):
        return None

    reset_running_stats = reset_parameters

    def _check_input_dim(self, input):
        if len(input.shape) not in self._ranks:
            raise ValueError(f'{self._words} (got {len(input.shape)}D input)')

    def _check_features(self, input):
        """Says which layer gets how many channels, before PyTorch's own words."""
        got = input.shape[1]
        error = RuntimeError(f'{type(self).__name__} expects {self.num_features} channels but gets {got}: running_mean should contain {got} elements not {self.num_features}')
        error = layerscope.related(error, input, f'the tensor of shape {tuple(input.shape)} is made here')
        if layerscope.is_known(got):
            error = layerscope.hint_fix(error, f'num_features={got}', 'num_features', got, self)
        layerscope.require(got == self.num_features, error)

    def extra_repr(self):
        return f'{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine}, track_running_stats={self.track_running_stats}'


class _BatchNorm(_NormBase):
    def forward(self, input):
        layerscope.expect(input, (None, self.num_features) + (None,) * (self._ranks[0] - 2))
        if ranked(input):
            self._check_input_dim(input)
            if self.affine or self.track_running_stats:
                self._check_features(input)
        return functions.batch_norm(input, self.running_mean, self.running_var, self.weight, self.bias, self.training or not self.track_running_stats, self.momentum, self.eps)


class BatchNorm1d(_BatchNorm):
    _ranks = (2, 3)
    _words = 'expected 2D or 3D input'


class BatchNorm2d(_BatchNorm):
    _ranks = (4,)
    _words = 'expected 4D input'


class BatchNorm3d(_BatchNorm):
    _ranks = (5,)
    _words = 'expected 5D input'


class SyncBatchNorm(_BatchNorm):
    _ranks = (2, 3, 4, 5)
    _words = 'expected at least 2D input'

    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, dtype=None):
        super().__init__(num_features, eps, momentum, affine, track_running_stats)

    @classmethod
    def convert_sync_batchnorm(cls, module, process_group=None):
        return module


class _InstanceNorm(_NormBase):
    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None):
        super().__init__(num_features, eps, momentum, affine, track_running_stats)

    def forward(self, input):
        layerscope.expect(input, (None, self.num_features) + (None,) * (self._ranks[-1] - 2))
        alone = False
        if ranked(input):
            self._check_input_dim(input)
            alone = len(input.shape) == self._ranks[0]
            if alone:
                input = layerscope.operator('Unsqueeze', input, [0])
            if self.affine:
                self._check_features(input)
        result = functions.instance_norm(input, self.running_mean, self.running_var, self.weight, self.bias, self.training or not self.track_running_stats, self.momentum, self.eps)
        return layerscope.operator('Squeeze', result, [0]) if alone else result


class InstanceNorm1d(_InstanceNorm):
    _ranks = (2, 3)
    _words = 'expected 2D or 3D input'


class InstanceNorm2d(_InstanceNorm):
    _ranks = (3, 4)
    _words = 'expected 3D or 4D input'


class InstanceNorm3d(_InstanceNorm):
    _ranks = (4, 5)
    _words = 'expected 4D or 5D input'


def _lazy(base, channel_axis):
    class Lazy(base):
        def __init__(self, *args, **kwargs):
            super().__init__(0, *args, **kwargs)

        def forward(self, input):
            if layerscope.is_known(self.num_features) and self.num_features == 0:
                self.num_features = input.shape[channel_axis]
                for name in ('weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked'):
                    delattr(self, name)
                self._make(None)
                self.__class__ = base
            return base.forward(self, input)
    Lazy.__name__ = 'Lazy' + base.__name__
    return Lazy


LazyBatchNorm1d, LazyBatchNorm2d, LazyBatchNorm3d = _lazy(BatchNorm1d, 1), _lazy(BatchNorm2d, 1), _lazy(BatchNorm3d, 1)
LazyInstanceNorm1d, LazyInstanceNorm2d, LazyInstanceNorm3d = _lazy(InstanceNorm1d, -2), _lazy(InstanceNorm2d, -3), _lazy(InstanceNorm3d, -4)
