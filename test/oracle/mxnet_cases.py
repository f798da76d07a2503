"""Writes test/golden/mxnet.json: what MXNet 1.9.1 makes of small networks: the shape of the result and of every parameter, or that it raises.

Run with mxnet==1.9.1 and numpy==1.23.5: python test/oracle/mxnet_cases.py
"""
import json
import pathlib

import mxnet as mx
from mxnet import nd
from mxnet.gluon import nn

BLOCKS = [
    ('nn.Dense(8)', [(2, 5), (2, 3, 4), (4,)]),
    ('nn.Dense(8, in_units=5)', [(2, 5), (2, 6), (2, 1, 5)]),
    ('nn.Dense(8, flatten=False)', [(2, 5), (2, 3, 4)]),
    ('nn.Dense(8, activation="tanh", use_bias=False)', [(2, 5)]),
    ('nn.Conv1D(4, 3)', [(2, 3, 9), (2, 3, 2), (2, 3, 9, 9)]),
    ('nn.Conv2D(4, 3)', [(2, 3, 9, 9), (2, 3, 2, 9), (2, 3, 9)]),
    ('nn.Conv2D(4, (3, 2), strides=(2, 1), padding=1, activation="relu")', [(2, 3, 9, 8)]),
    ('nn.Conv2D(4, 3, dilation=2, groups=2)', [(2, 4, 9, 9)]),
    ('nn.Conv2D(4, 3, in_channels=3)', [(2, 3, 9, 9), (2, 4, 9, 9)]),
    ('nn.Conv3D(2, 3, padding=1)', [(1, 1, 5, 6, 7)]),
    ('nn.Conv2DTranspose(4, 3, strides=2)', [(2, 3, 5, 5)]),
    ('nn.Conv2DTranspose(4, 4, strides=2, padding=1, output_padding=1)', [(2, 3, 5, 5)]),
    ('nn.MaxPool2D()', [(2, 3, 8, 8), (2, 3, 7, 7), (2, 3, 1, 8), (2, 3, 8)]),
    ('nn.MaxPool2D(3, 2, 1)', [(2, 3, 8, 8)]),
    ('nn.MaxPool2D(3, 2, ceil_mode=True)', [(2, 3, 8, 8)]),
    ('nn.AvgPool2D(2, 1)', [(2, 3, 8, 8)]),
    ('nn.AvgPool1D(2)', [(2, 3, 8)]),
    ('nn.GlobalAvgPool2D()', [(2, 3, 8, 8)]),
    ('nn.GlobalMaxPool2D()', [(2, 3, 8, 8)]),
    ('nn.BatchNorm()', [(2, 3, 8, 8), (2, 5)]),
    ('nn.BatchNorm(in_channels=4)', [(2, 3, 8, 8), (2, 4)]),
    ('nn.BatchNorm(axis=-1)', [(2, 8, 8, 3)]),
    ('nn.LayerNorm()', [(2, 3, 5)]),
    ('nn.InstanceNorm()', [(2, 3, 8, 8)]),
    ('nn.Embedding(10, 4)', [(2, 6)]),
    ('nn.Flatten()', [(2, 3, 4), (2, 3)]),
    ('nn.Dropout(0.5)', [(2, 3)]),
    ('nn.LeakyReLU(0.1)', [(2, 3)]),
    ('nn.PReLU()', [(2, 3)]),
    ('nn.ELU()', [(2, 3)]),
    ('nn.SELU()', [(2, 3)]),
    ('nn.Swish()', [(2, 3)]),
    ('nn.Activation("softrelu")', [(2, 3)]),
    ('nn.HybridLambda("tanh")', [(2, 3)]),
]

FUNCTIONS = [
    'nd.ones((2, 3)) + nd.ones((3,))', 'nd.ones((2, 3)) + nd.ones((2, 1))', 'nd.ones((2, 3)) + nd.ones((2, 4))', 'nd.ones((2, 3)) * 2', 'nd.ones((2, 3)).T',
    'nd.dot(nd.ones((2, 3)), nd.ones((3, 4)))', 'nd.dot(nd.ones((2, 3)), nd.ones((2, 4)))', 'nd.dot(nd.ones((2, 3)), nd.ones((2, 4)), transpose_a=True)', 'nd.batch_dot(nd.ones((5, 2, 3)), nd.ones((5, 3, 4)))',
    'nd.ones((2, 3, 4)).reshape((0, -1))', 'nd.ones((2, 3, 4)).reshape((-1, 6))', 'nd.ones((2, 3, 4)).reshape((5, 5))', 'nd.ones((2, 3, 4)).reshape((-3, 0))', 'nd.ones((6, 4)).reshape((-4, 2, 3, -2))',
    'nd.ones((2, 3, 4)).reshape((0, -2))', 'nd.ones((2, 3, 4)).transpose((2, 0, 1))', 'nd.concat(nd.ones((2, 3)), nd.ones((2, 4)), dim=1)', 'nd.concat(nd.ones((2, 3)), nd.ones((3, 4)), dim=1)', 'nd.stack(nd.ones((2, 3)), nd.ones((2, 3)), axis=1)',
    'nd.ones((2, 3, 4)).sum(axis=1)', 'nd.ones((2, 3, 4)).mean()', 'nd.ones((2, 3)).max(axis=1, keepdims=True)', 'nd.ones((2, 3, 4)).expand_dims(1)', 'nd.ones((2, 1, 4)).squeeze()', 'nd.ones((2, 3))[0]', 'nd.ones((2, 3))[:, 1:]',
    'nd.ones((2, 3))[5]', 'nd.softmax(nd.ones((2, 3)))', 'nd.argmax(nd.ones((2, 3)), axis=1)', 'nd.split(nd.ones((2, 6)), 3, axis=1)[0]', 'nd.split(nd.ones((2, 5)), 3, axis=1)[0]', 'nd.ones((2, 3)).flatten()', 'nd.relu(nd.ones((2, 3)))',
    'nd.one_hot(nd.array([0, 2]), 5)', 'nd.ones((2, 3)).astype("float64")', 'nd.clip(nd.ones((2, 3)), 0, 1)', 'nd.where(nd.ones((2, 3)), nd.ones((2, 3)), nd.zeros((2, 3)))', 'nd.full((2, 3), 7)', 'nd.tile(nd.ones((2, 3)), (2, 2))', 'nd.tile(nd.ones((2, 3)), (4, 1, 2))', 'nd.repeat(nd.ones((2, 3)), 2, axis=1)', 'nd.repeat(nd.ones((2, 3)), 2)',
    'nd.take(nd.ones((5, 3)), nd.array([0, 4]))', 'nd.ones((2, 3)).take(nd.array([[0, 1]]), axis=1)', 'nd.flip(nd.ones((2, 3)), axis=1)', 'nd.broadcast_to(nd.ones((2, 1)), (2, 7))', 'nd.broadcast_to(nd.ones((2, 1)), (0, 7))',
    'nd.broadcast_to(nd.ones((2, 3)), (2, 7))', 'nd.pad(nd.ones((1, 2, 3, 4)), mode="constant", pad_width=(0, 0, 0, 0, 1, 1, 2, 3), constant_value=0)', 'nd.UpSampling(nd.ones((1, 2, 3, 4)), scale=2, sample_type="nearest")',
    'nd.sum(nd.ones((2, 3, 4)), axis=1, exclude=True)', 'nd.L2Normalization(nd.ones((2, 3)))', 'nd.elemwise_add(nd.ones((2, 3)), nd.ones((1, 3)))', 'nd.elemwise_mul(nd.ones((2, 3)), nd.ones((2, 3)))',
    'mx.np.ones((2, 3)) + mx.np.ones(3)', 'mx.np.ones((2, 3)) + mx.np.ones((2, 4))', 'mx.np.dot(mx.np.ones((2, 3)), mx.np.ones((3, 4)))', 'mx.np.dot(mx.np.ones((2, 3)), mx.np.ones((2, 4)))', 'mx.np.arange(12).reshape(3, -1)',
    'mx.np.arange(12).reshape(5, -1)', 'mx.np.ones((2, 3)).sum(axis=0)', 'mx.np.concatenate([mx.np.ones((2, 3)), mx.np.ones((2, 4))], axis=1)', 'mx.np.concatenate([mx.np.ones((2, 3)), mx.np.ones((3, 4))], axis=1)',
    'mx.np.expand_dims(mx.np.ones((2, 3)), 1)', 'mx.np.random.normal(0, 1, size=(3, 4))', 'mx.np.ones((2, 3))[:, 0]', 'mx.np.ones((2, 3)) @ mx.np.ones((3, 5))', 'mx.npx.relu(mx.np.ones((2, 3)))', 'mx.npx.softmax(mx.np.ones((2, 3)))',
    'mx.npx.batch_dot(mx.np.ones((5, 2, 3)), mx.np.ones((5, 4, 3)), transpose_b=True)', 'mx.np.ones((2, 3)).T', 'mx.np.ones((2, 3)).mean(axis=1, keepdims=True)', 'mx.np.argmax(mx.np.ones((2, 3)), axis=1)',
    'nd.random.normal(0, 1, shape=(3, 4))',
]


def outcome(run):
    try:
        return run()
    except Exception as error:
        return {'error': type(error).__name__}


cases = []
for block, shapes in BLOCKS:
    for shape in shapes:
        source = f'net = {block}\nnet.initialize()\nout = net(nd.ones({shape}))'

        def run():
            scope = {'nn': nn, 'nd': nd, 'mx': mx}
            exec(source, scope)
            scope['out'].wait_to_read()
            return {'shape': list(scope['out'].shape), 'parameters': {name: list(parameter.shape) for name, parameter in scope['net']._collect_params_with_prefix().items()}}
        cases.append({'source': source, **outcome(run)})
for function in FUNCTIONS:
    def run():
        result = eval(function, {'nd': nd, 'mx': mx})
        result.wait_to_read()
        return {'shape': list(result.shape)}
    cases.append({'source': f'out = {function}', **outcome(run)})
target = pathlib.Path(__file__).parent.parent / 'golden' / 'mxnet.json'
target.write_text('[\n' + ',\n'.join(json.dumps(case) for case in cases) + '\n]\n')
print(len(cases), 'cases,', sum('error' in case for case in cases), 'raising')
