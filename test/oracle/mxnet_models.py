"""Small models of MXNet's with what they compute: test/golden/runtime/mxnet.json. Needs mxnet 1.9.1 and numpy 1.23.5.

python test/oracle/mxnet_models.py
python test/oracle/mxnet_models.py --zoo FOLDER   the models of Gluon's zoo with seeded weights (1 GB, not kept)
"""
import base64
import json
import shutil
import sys
import tempfile
from pathlib import Path

import mxnet as mx
import numpy as np
from mxnet import gluon
from mxnet.gluon import nn

mx.random.seed(5)
np.random.seed(5)


def pack(array):
    return {'shape': list(array.shape), 'data': [float(f'{x:.7g}') for x in array.asnumpy().ravel()]}


def zoo(folder):
    folder.mkdir(parents=True, exist_ok=True)
    from mxnet.gluon.model_zoo.vision import get_model
    names = [f'resnet{depth}_v{version}' for version in (1, 2) for depth in (18, 34, 50, 101, 152)]
    names += [f'vgg{depth}{norm}' for depth in (11, 13, 16, 19) for norm in ('', '_bn')]
    names += ['alexnet', 'densenet121', 'densenet161', 'densenet169', 'densenet201', 'squeezenet1.0', 'squeezenet1.1', 'inceptionv3']
    names += [f'mobilenet{version}{width}' for version in ('', 'v2_') for width in ('1.0', '0.75', '0.5', '0.25')]
    for name in sys.argv[3:] or names:
        net = get_model(name, classes=10)
        net.initialize(mx.init.Xavier())
        size = 299 if name.startswith('inception') else 224
        x = mx.nd.random.uniform(-1, 1, (1, 3, size, size))
        net.hybridize()
        net(x)
        settle(net)
        y = net(x)
        net.export(str(folder / name))
        np.savez(folder / f'{name}.npz', x=x.asnumpy(), y=y.asnumpy())
        print(name, flush=True)


def settle(net):
    """Running statistics that are not those of a new model."""
    for name, parameter in net.collect_params().items():
        if name.endswith('running_mean'):
            parameter.set_data(mx.nd.random.uniform(-0.1, 0.1, parameter.shape))
        elif name.endswith('running_var'):
            parameter.set_data(mx.nd.random.uniform(0.8, 1.2, parameter.shape))
        elif name.endswith(('gamma', 'beta')):
            parameter.set_data(mx.nd.random.uniform(0.5, 1.5, parameter.shape))


if '--zoo' in sys.argv:
    zoo(Path(sys.argv[2]))
    sys.exit()

folder = Path(tempfile.mkdtemp())
expected = {}


def keep(name, x, outputs):
    params = folder / f'{name}-0000.params'
    expected[name] = {
        'symbol': json.loads((folder / f'{name}-symbol.json').read_text()),
        'params': base64.b64encode(params.read_bytes()).decode() if params.exists() else None,
        'input': pack(x), 'outputs': [pack(output) for output in outputs],
    }


def sequential(*layers):
    net = nn.HybridSequential()
    net.add(*layers)
    return net


class Residual(gluon.HybridBlock):
    def __init__(self):
        super().__init__()
        with self.name_scope():
            self.first = nn.Conv2D(4, 3, padding=1, use_bias=False)
            self.norm = nn.BatchNorm()
            self.second = nn.Conv2D(4, 1, strides=2)
            self.head = nn.Dense(3)

    def hybrid_forward(self, F, x):
        a = F.relu(self.norm(self.first(x)))
        b = F.concat(a, x, dim=1)
        parts = F.split(self.second(b), num_outputs=2, axis=1)
        joined = F.broadcast_add(parts[0], F.mean(parts[1], axis=(2, 3), keepdims=True))
        return F.softmax(self.head(joined))


GLUON = {
    'mlp': (sequential(nn.Dense(8, activation='relu'), nn.Dropout(0.5), nn.Dense(3)), (2, 5)),
    'dense_last': (sequential(nn.Dense(8, flatten=False, activation='tanh'), nn.Dense(3, flatten=False, use_bias=False)), (2, 3, 5)),
    'lenet': (sequential(nn.Conv2D(4, 5, activation='relu'), nn.MaxPool2D(2, 2), nn.Conv2D(6, 3, activation='sigmoid'), nn.AvgPool2D(2, 2, padding=1), nn.Flatten(), nn.Dense(3)), (2, 1, 16, 16)),
    'residual': (Residual(), (2, 3, 8, 8)),
    'norms': (sequential(nn.Conv2D(4, 3), nn.BatchNorm(scale=False), nn.InstanceNorm(), nn.LayerNorm(), nn.GroupNorm(2), nn.BatchNorm(epsilon=1e-3)), (2, 3, 7, 7)),
    'mobile': (sequential(nn.Conv2D(6, 3, strides=2, groups=3, padding=1), nn.BatchNorm(), nn.LeakyReLU(0.1), nn.Conv2D(4, 3, dilation=2), nn.PReLU(), nn.GlobalAvgPool2D(), nn.Flatten()), (1, 3, 15, 15)),
    'activations': (sequential(nn.Dense(6), nn.ELU(), nn.SELU(), nn.GELU(), nn.Swish(), nn.Activation('softsign'), nn.Activation('softrelu')), (2, 4)),
    'ceil_pools': (sequential(nn.MaxPool2D(3, 2, ceil_mode=True), nn.AvgPool2D(3, 2, padding=1, ceil_mode=True), nn.AvgPool2D(2, 1, padding=1, count_include_pad=False)), (1, 2, 14, 13)),
    'transposed': (sequential(nn.Conv2DTranspose(3, 3, strides=2, padding=1, output_padding=1), nn.Conv2DTranspose(2, 2, strides=2, use_bias=True)), (1, 2, 4, 4)),
    'line': (sequential(nn.Conv1D(4, 3, padding=1, activation='relu'), nn.MaxPool1D(2), nn.Conv1D(2, 3), nn.GlobalMaxPool1D(), nn.Flatten()), (2, 3, 12)),
    'volume': (sequential(nn.Conv3D(2, 3), nn.MaxPool3D(2), nn.AvgPool3D(2), nn.Flatten(), nn.Dense(2)), (1, 1, 10, 10, 10)),
    'embedding': (sequential(nn.Embedding(7, 4), nn.Dense(3)), 'indices'),
    'reflection': (sequential(nn.ReflectionPad2D(2), nn.Conv2D(2, 3)), (1, 2, 5, 5)),
}
for name, (net, shape) in GLUON.items():
    net.initialize(mx.init.Xavier())
    x = mx.nd.array(np.random.randint(0, 7, (2, 5))) if shape == 'indices' else mx.nd.random.uniform(-1, 1, shape)
    net.hybridize()
    net(x)
    settle(net)
    y = net(x)
    net.export(str(folder / name))
    keep(name, x, [y])

# the parameters that Gluon itself saves: structural names, no graph
GLUON['lenet'][0].save_parameters(str(folder / 'lenet.gluon.params'))

s = mx.sym
data = s.var('data')
OPERATORS = {
    'softmax_output': (s.SoftmaxOutput(s.FullyConnected(data, num_hidden=3, name='fc'), name='softmax'), (2, 5)),
    'pooling_full': (s.Pooling(data, kernel=(3, 3), stride=(2, 2), pool_type='avg', pooling_convention='full'), (1, 2, 8, 8)),
    'pooling_full_padded': (s.Pooling(data, kernel=(3, 3), stride=(2, 2), pad=(1, 1), pool_type='avg', pooling_convention='full'), (1, 2, 8, 7)),
    'pooling_sum': (s.Pooling(data, kernel=(2, 2), stride=(2, 2), pool_type='sum'), (1, 2, 6, 6)),
    'pooling_global': (s.Pooling(data, kernel=(1, 1), global_pool=True, pool_type='max'), (1, 2, 6, 6)),
    'scalars': ((2 - data) * 3 + 1 / (data * data + 1) - data ** 2, (2, 3)),
    'maximum': (s.maximum(data, 0.25) - s.minimum(0.5, data), (2, 3)),
    'reshape_codes': (s.reshape(data, shape=(0, -4, 2, -1, -2)), (2, 6, 3, 4)),
    'reshape_join': (s.reshape(data, shape=(-3, 0, -1)), (2, 6, 3, 4)),
    'reshape_plain': (s.reshape(data, shape=(0, -1)), (2, 6, 3)),
    'transposed_axes': (s.transpose(data, axes=(0, 2, 3, 1)), (2, 3, 4, 5)),
    'swapped': (s.swapaxes(data, dim1=1, dim2=2), (2, 3, 4)),
    'sliced': (s.slice_axis(data, axis=1, begin=1, end=None) * s.slice(data, begin=(None, 0), end=(None, 3)), (2, 4)),
    'slice_like': (s.slice_like(data, s.slice_axis(data, axis=2, begin=0, end=2), axes=(2,)), (2, 3, 4)),
    'split_squeezed': (s.Group(list(s.split(data, num_outputs=3, axis=1, squeeze_axis=True))), (2, 3, 4)),
    'stacked': (s.stack(data, data * 2, axis=1), (2, 3)),
    'padded': (s.pad(data, mode='edge', pad_width=(0, 0, 0, 0, 1, 2, 3, 0)), (1, 2, 4, 4)),
    'padded_constant': (s.pad(data, mode='constant', constant_value=2.5, pad_width=(0, 0, 0, 0, 1, 2, 3, 0)), (1, 2, 4, 4)),
    'upsampled': (s.UpSampling(data, scale=2, sample_type='nearest'), (1, 2, 3, 3)),
    'upsampled_bilinear': (s.UpSampling(data, scale=2, sample_type='bilinear', num_filter=2, name='up'), (1, 2, 3, 3)),
    'resized': (s.contrib.BilinearResize2D(data, height=7, width=5), (1, 2, 3, 4)),
    'adaptive': (s.contrib.AdaptiveAvgPooling2D(data, output_size=2), (1, 2, 4, 6)),
    'lrn': (s.LRN(data, nsize=3, alpha=0.01, beta=0.6, knorm=1.5), (1, 5, 3, 3)),
    'unit_length': (s.L2Normalization(data, mode='channel') + s.L2Normalization(data, mode='instance') + s.L2Normalization(data, mode='spatial'), (2, 3, 2, 2)),
    'norm_last': (s.BatchNorm(data, axis=-1, fix_gamma=False, name='bn'), (2, 3, 4)),
    'norm_fixed': (s.BatchNorm(data, name='bn'), (2, 3, 4, 4)),
    'products': (s.batch_dot(data, data, transpose_b=True), (2, 3, 4)),
    'dot': (s.dot(data, s.var('fc_weight', shape=(4, 3))), (2, 4)),
    'means': (s.mean(data, axis=1, exclude=True), (2, 3, 4)),
    'sums': (s.sum(data, axis=(1, 2)) + s.max(data, axis=(1, 2)), (2, 3, 4)),
    'tiled': (s.tile(data, reps=(2, 3)), (2, 3)),
    'clipped': (s.clip(data, a_min=-0.5, a_max=0.5), (2, 3)),
    'leaky': (s.LeakyReLU(data, act_type='elu', slope=0.5) + s.LeakyReLU(data), (2, 3)),
    'roots': (s.sqrt(data + 2) + s.rsqrt(data + 2) + s.square(data) + s.log(data + 2) + s.exp(data) + s.cbrt(data), (2, 3)),
    'compared': (s.where(data > 0.1, data, data * 2) + s.broadcast_lesser(data, s.mean(data, axis=1, keepdims=True)), (2, 3)),
    'softmaxes': (s.softmax(data, axis=1, temperature=2.0) + s.log_softmax(data), (2, 3, 4)),
    'channel_softmax': (s.SoftmaxActivation(data, mode='channel'), (2, 3, 2, 2)),
    'sum_of_many': (s.add_n(data, data * 2, data * 3), (2, 3)),
    'argmax': (s.argmax(data, axis=1), (2, 5)),
    'broadcast': (s.broadcast_like(s.mean(data, axis=1, keepdims=True), data) + s.broadcast_axis(s.mean(data, axis=1, keepdims=True), axis=1, size=3), (2, 3, 4)),
    'reversed': (s.reverse(data, axis=1), (2, 4)),
    'hard_sigmoid': (s.hard_sigmoid(data * 4), (2, 4)),
    'blocks': (s.depth_to_space(data, block_size=2), (1, 4, 2, 3)),
    'prelu': (s.LeakyReLU(data, act_type='prelu', name='prelu'), (2, 3, 2, 2)),
    'squeezed': (s.expand_dims(s.squeeze(data), axis=0), (2, 1, 3)),
}
for name, (symbol, shape) in OPERATORS.items():
    symbol = symbol if len(symbol.list_outputs()) == 1 else mx.sym.Group([symbol[i] for i in range(len(symbol.list_outputs()))])
    arguments, _, auxiliary = symbol.infer_shape(data=shape)
    values = {}
    for key, size in zip(symbol.list_arguments(), arguments):
        if key != 'data' and not key.endswith('label'):
            values[f'arg:{key}'] = mx.nd.random.uniform(-1, 1, size)
    for key, size in zip(symbol.list_auxiliary_states(), auxiliary):
        values[f'aux:{key}'] = mx.nd.random.uniform(0.5, 1.5, size)
    x = mx.nd.random.uniform(-1, 1, shape)
    given = {key.split(':')[1]: value for key, value in values.items()}
    for key, size in zip(symbol.list_arguments(), arguments):
        if key.endswith('label'):
            given[key] = mx.nd.zeros(size)
    executor = symbol.bind(mx.cpu(), {**{key: given[key] for key in symbol.list_arguments() if key != 'data'}, 'data': x}, aux_states={key: given[key] for key in symbol.list_auxiliary_states()})
    outputs = executor.forward(is_train=False)
    symbol.save(str(folder / f'{name}-symbol.json'))
    if values:
        mx.nd.save(str(folder / f'{name}-0000.params'), values)
    keep(name, x, outputs)

mx.nd.save(str(folder / 'types.params'), {name: mx.nd.array(np.arange(6).reshape(2, 3), dtype=name) for name in ('float32', 'float64', 'float16', 'uint8', 'int8', 'int32', 'int64')})
arrays = {name: base64.b64encode((folder / name).read_bytes()).decode() for name in ('types.params', 'lenet.gluon.params')}
Path('test/golden/runtime/mxnet.json').write_text(json.dumps({'models': expected, 'arrays': arrays}, separators=(',', ':')) + '\n')
shutil.rmtree(folder)
