"""Gradients of single operators and small chains by PyTorch: test/golden/runtime/gradients.json.

Each case is an ONNX model, its inputs, the weights of the outputs in a sum (the seed), the output and the gradient of
that sum with respect to each floating input, computed by an equivalent PyTorch function in double precision.
"""
import base64
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

random = np.random.default_rng(7)
cases = []


def tensor(*shape, low=-2.0, high=2.0):
    return np.asarray(random.uniform(low, high, shape), dtype=np.float32).round(3)


def case(name, nodes, inputs, function, constants=None):
    """nodes: (type, inputs, outputs, attributes) with the result named y; inputs: name -> array."""
    constants = constants or {}
    graph = helper.make_graph(
        [helper.make_node(type, ins, outs, **attributes) for type, ins, outs, attributes in nodes], name,
        [helper.make_tensor_value_info(key, TensorProto.FLOAT, value.shape) for key, value in inputs.items()],
        [helper.make_tensor_value_info('y', TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.asarray(value), key) for key, value in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 21)], ir_version=10)
    variables = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in inputs.values()]
    result = function(*variables)
    seed = torch.tensor(tensor(*result.shape), dtype=torch.float64)
    (result * seed).sum().backward()
    pack = lambda array: {'shape': list(array.shape), 'data': [float(f'{x:.7g}') for x in np.asarray(array, dtype=np.float64).ravel()]}
    cases.append({
        'name': name, 'model': base64.b64encode(model.SerializeToString()).decode(),
        'inputs': {key: pack(value) for key, value in inputs.items()}, 'seed': pack(seed.numpy()),
        'output': pack(result.detach().numpy()), 'gradients': [pack(v.grad.numpy() if v.grad is not None else np.zeros(v.shape)) for v in variables],
    })


def unary(type, function, shape=(2, 5), low=-2.0, high=2.0, **attributes):
    case(type + ''.join(f'-{v}' for v in attributes.values()), [(type, ['x'], ['y'], attributes)], {'x': tensor(*shape, low=low, high=high)}, function)


for type, function in {
    'Neg': torch.neg, 'Abs': torch.abs, 'Exp': torch.exp, 'Sin': torch.sin, 'Cos': torch.cos, 'Atan': torch.atan, 'Sinh': torch.sinh, 'Cosh': torch.cosh, 'Asinh': torch.asinh,
    'Erf': torch.erf, 'Relu': F.relu, 'Sigmoid': torch.sigmoid, 'Tanh': torch.tanh, 'Softplus': F.softplus, 'Softsign': F.softsign, 'HardSwish': F.hardswish, 'Mish': F.mish, 'Identity': lambda x: x * 1,
}.items():
    unary(type, function)
for type, function in {'Log': torch.log, 'Sqrt': torch.sqrt, 'Reciprocal': torch.reciprocal}.items():
    unary(type, function, low=0.5)
unary('Acosh', torch.acosh, low=1.5, high=3)
for type, function in {'Asin': torch.asin, 'Acos': torch.acos, 'Tan': torch.tan, 'Atanh': torch.atanh}.items():
    unary(type, function, low=-0.8, high=0.8)
unary('LeakyRelu', lambda x: F.leaky_relu(x, 0.2), alpha=0.2)
unary('Elu', lambda x: F.elu(x, 1.5), alpha=1.5)
unary('Selu', F.selu, alpha=1.6732632423543772, gamma=1.0507009873554805)
unary('Celu', lambda x: F.celu(x, 0.7), alpha=0.7)
unary('ThresholdedRelu', lambda x: F.threshold(x, 0.5, 0.0), alpha=0.5)
unary('HardSigmoid', lambda x: F.hardsigmoid(2 * x), alpha=1 / 3, beta=0.5)
unary('Gelu', F.gelu)
unary('Gelu', lambda x: F.gelu(x, approximate='tanh'), approximate='tanh')
unary('Softmax', lambda x: F.softmax(x, -1), shape=(2, 3, 4), axis=-1)
unary('Softmax', lambda x: F.softmax(x, 1), shape=(2, 3, 4), axis=1)
unary('LogSoftmax', lambda x: F.log_softmax(x, -1), axis=-1)

for type, function in {'Add': torch.add, 'Sub': torch.sub, 'Mul': torch.mul}.items():
    case(type, [(type, ['a', 'b'], ['y'], {})], {'a': tensor(2, 3, 4), 'b': tensor(3, 1)}, function)
case('Div', [('Div', ['a', 'b'], ['y'], {})], {'a': tensor(4), 'b': tensor(2, 3, 4, low=0.5)}, torch.div)
case('Pow', [('Pow', ['a', 'b'], ['y'], {})], {'a': tensor(3, 4, low=0.5), 'b': tensor(4)}, torch.pow)
case('PRelu', [('PRelu', ['a', 'b'], ['y'], {})], {'a': tensor(2, 3, 4), 'b': tensor(3, 1)}, lambda a, b: torch.where(a > 0, a, a * b))
case('Max', [('Max', ['a', 'b'], ['y'], {})], {'a': tensor(2, 3), 'b': tensor(3)}, torch.maximum)
case('Min', [('Min', ['a', 'b'], ['y'], {})], {'a': tensor(2, 3), 'b': tensor(3)}, torch.minimum)
case('Sum', [('Sum', ['a', 'b', 'c'], ['y'], {})], {'a': tensor(2, 3), 'b': tensor(3), 'c': tensor(2, 1)}, lambda a, b, c: a + b + c)
case('Mean', [('Mean', ['a', 'b'], ['y'], {})], {'a': tensor(2, 3), 'b': tensor(3)}, lambda a, b: (a + b) / 2)
case('Clip', [('Clip', ['a', 'low', 'high'], ['y'], {})], {'a': tensor(3, 4)}, lambda a: a.clamp(-1, 0.5), {'low': np.float32(-1), 'high': np.float32(0.5)})
case('Where', [('Greater', ['a', 'b'], ['c'], {}), ('Where', ['c', 'a', 'b'], ['y'], {})], {'a': tensor(3, 4), 'b': tensor(4)}, torch.maximum)
case('CumSum', [('CumSum', ['x', 'axis'], ['y'], {})], {'x': tensor(3, 4)}, lambda x: x.cumsum(1), {'axis': np.int64(1)})

case('MatMul', [('MatMul', ['a', 'b'], ['y'], {})], {'a': tensor(2, 3, 4), 'b': tensor(4, 5)}, torch.matmul)
case('MatMul-batched', [('MatMul', ['a', 'b'], ['y'], {})], {'a': tensor(2, 1, 3, 4), 'b': tensor(3, 4, 2)}, torch.matmul)
case('MatMul-vectors', [('MatMul', ['a', 'b'], ['y'], {})], {'a': tensor(4), 'b': tensor(2, 4, 3)}, torch.matmul)
case('MatMul-right-vector', [('MatMul', ['a', 'b'], ['y'], {})], {'a': tensor(2, 3, 4), 'b': tensor(4)}, torch.matmul)
for ta in (0, 1):
    for tb in (0, 1):
        case(f'Gemm-{ta}{tb}', [('Gemm', ['a', 'b', 'c'], ['y'], {'transA': ta, 'transB': tb, 'alpha': 0.5, 'beta': 2.0})],
             {'a': tensor(*((4, 3) if ta else (3, 4))), 'b': tensor(*((5, 4) if tb else (4, 5))), 'c': tensor(5)},
             lambda a, b, c, ta=ta, tb=tb: 0.5 * (a.T if ta else a) @ (b.T if tb else b) + 2 * c)
case('Einsum', [('Einsum', ['a', 'b'], ['y'], {'equation': 'bhqd,bhkd->bhqk'})], {'a': tensor(1, 2, 3, 4), 'b': tensor(1, 2, 5, 4)}, lambda a, b: torch.einsum('bhqd,bhkd->bhqk', a, b))


def convolution(name, x, w, bias=True, **settings):
    dims = len(x) - 2
    attributes = {key: [value] * dims if isinstance(value, int) else list(value) for key, value in settings.items() if key != 'group' and key != 'padding'}
    padding = settings.get('padding', 0)
    attributes['pads'] = [padding] * 2 * dims
    attributes['group'] = settings.get('group', 1)
    function = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[dims]
    inputs = {'x': tensor(*x), 'w': tensor(*w), **({'b': tensor(w[0])} if bias else {})}
    case(name, [('Conv', list(inputs), ['y'], attributes)], inputs,
         lambda x, w, b=None: function(x, w, b, stride=settings.get('strides', 1), padding=padding, dilation=settings.get('dilations', 1), groups=settings.get('group', 1)))


convolution('Conv1d', (2, 3, 9), (4, 3, 3), padding=1)
convolution('Conv2d', (2, 3, 7, 6), (4, 3, 3, 3))
convolution('Conv2d-strided', (2, 3, 8, 7), (4, 3, 3, 2), strides=2, padding=1)
convolution('Conv2d-dilated', (1, 2, 9, 9), (3, 2, 3, 3), dilations=2, padding=1, bias=False)
convolution('Conv2d-grouped', (2, 4, 6, 6), (6, 2, 3, 3), group=2, strides=2)
convolution('Conv2d-depthwise', (2, 4, 6, 6), (4, 1, 3, 3), group=4, padding=1)
convolution('Conv3d', (1, 2, 4, 5, 5), (3, 2, 2, 3, 3), padding=1)
case('Conv-same', [('Conv', ['x', 'w'], ['y'], {'auto_pad': 'SAME_UPPER', 'strides': [2, 2]})], {'x': tensor(1, 2, 7, 8), 'w': tensor(3, 2, 3, 3)},
     lambda x, w: F.conv2d(F.pad(x, (0, 1, 1, 1)), w, stride=2))
case('ConvTranspose', [('ConvTranspose', ['x', 'w', 'b'], ['y'], {'strides': [2, 2], 'pads': [1, 1, 1, 1], 'output_padding': [1, 1]})],
     {'x': tensor(2, 3, 4, 5), 'w': tensor(3, 4, 3, 3), 'b': tensor(4)}, lambda x, w, b: F.conv_transpose2d(x, w, b, stride=2, padding=1, output_padding=1))
case('ConvTranspose-grouped', [('ConvTranspose', ['x', 'w'], ['y'], {'strides': [2], 'group': 2})],
     {'x': tensor(2, 4, 5), 'w': tensor(4, 3, 4)}, lambda x, w: F.conv_transpose1d(x, w, stride=2, groups=2))
case('ConvTranspose-wide', [('ConvTranspose', ['x', 'w'], ['y'], {'strides': [3, 3], 'output_padding': [2, 1]})],
     {'x': tensor(1, 2, 3, 3), 'w': tensor(2, 2, 2, 2)}, lambda x, w: F.conv_transpose2d(x, w, stride=3, output_padding=(2, 1)))

case('MaxPool', [('MaxPool', ['x'], ['y'], {'kernel_shape': [2, 2], 'strides': [2, 2]})], {'x': tensor(2, 3, 6, 6)}, lambda x: F.max_pool2d(x, 2))
case('MaxPool-overlapping', [('MaxPool', ['x'], ['y'], {'kernel_shape': [3, 3], 'strides': [2, 2], 'pads': [1, 1, 1, 1]})], {'x': tensor(2, 3, 7, 7)}, lambda x: F.max_pool2d(x, 3, 2, 1))
case('MaxPool1d', [('MaxPool', ['x'], ['y'], {'kernel_shape': [2], 'strides': [2], 'ceil_mode': 1})], {'x': tensor(2, 3, 7)}, lambda x: F.max_pool1d(x, 2, ceil_mode=True))
case('AveragePool', [('AveragePool', ['x'], ['y'], {'kernel_shape': [2, 2], 'strides': [2, 2]})], {'x': tensor(2, 3, 7, 6)}, lambda x: F.avg_pool2d(x, 2))
case('AveragePool-padded', [('AveragePool', ['x'], ['y'], {'kernel_shape': [3, 3], 'strides': [2, 2], 'pads': [1, 1, 1, 1], 'count_include_pad': 1})],
     {'x': tensor(2, 3, 7, 7)}, lambda x: F.avg_pool2d(x, 3, 2, 1))
case('AveragePool-uncounted', [('AveragePool', ['x'], ['y'], {'kernel_shape': [3, 3], 'strides': [1, 1], 'pads': [1, 1, 1, 1]})],
     {'x': tensor(2, 3, 5, 5)}, lambda x: F.avg_pool2d(x, 3, 1, 1, count_include_pad=False))
case('GlobalAveragePool', [('GlobalAveragePool', ['x'], ['y'], {})], {'x': tensor(2, 3, 4, 5)}, lambda x: x.mean((2, 3), keepdim=True))
case('GlobalMaxPool', [('GlobalMaxPool', ['x'], ['y'], {})], {'x': tensor(2, 3, 4, 5)}, lambda x: x.amax((2, 3), keepdim=True))

mean, variance = tensor(3), tensor(3, low=0.5)
case('BatchNormalization', [('BatchNormalization', ['x', 's', 'b', 'm', 'v'], ['y'], {'epsilon': 1e-3})], {'x': tensor(2, 3, 4, 4), 's': tensor(3), 'b': tensor(3)},
     lambda x, s, b: F.batch_norm(x, torch.tensor(mean, dtype=torch.float64), torch.tensor(variance, dtype=torch.float64), s, b, eps=1e-3), {'m': mean, 'v': variance})
case('BatchNormalization-flat', [('BatchNormalization', ['x', 's', 'b', 'm', 'v'], ['y'], {})], {'x': tensor(4, 3), 's': tensor(3), 'b': tensor(3)},
     lambda x, s, b: F.batch_norm(x, torch.tensor(mean, dtype=torch.float64), torch.tensor(variance, dtype=torch.float64), s, b), {'m': mean, 'v': variance})
case('LayerNormalization', [('LayerNormalization', ['x', 's', 'b'], ['y'], {'axis': -1})], {'x': tensor(2, 3, 5), 's': tensor(5), 'b': tensor(5)}, lambda x, s, b: F.layer_norm(x, (5,), s, b))
case('LayerNormalization-two-axes', [('LayerNormalization', ['x', 's'], ['y'], {'axis': 1})], {'x': tensor(2, 3, 5), 's': tensor(3, 5)}, lambda x, s: F.layer_norm(x, (3, 5), s))
case('InstanceNormalization', [('InstanceNormalization', ['x', 's', 'b'], ['y'], {})], {'x': tensor(2, 3, 4, 4), 's': tensor(3), 'b': tensor(3)}, lambda x, s, b: F.instance_norm(x, weight=s, bias=b))
case('GroupNormalization', [('GroupNormalization', ['x', 's', 'b'], ['y'], {'num_groups': 2})], {'x': tensor(2, 4, 3, 3), 's': tensor(4), 'b': tensor(4)}, lambda x, s, b: F.group_norm(x, 2, s, b))
case('LpNormalization', [('LpNormalization', ['x'], ['y'], {'axis': 1, 'p': 2})], {'x': tensor(2, 5)}, lambda x: F.normalize(x, dim=1))
case('LRN', [('LRN', ['x'], ['y'], {'size': 3, 'alpha': 0.1, 'beta': 0.75, 'bias': 1.5})], {'x': tensor(2, 5, 3, 3)}, lambda x: F.local_response_norm(x, 3, 0.1, 0.75, 1.5))

for type, function in {'ReduceSum': torch.sum, 'ReduceMean': torch.mean, 'ReduceMax': torch.amax, 'ReduceMin': torch.amin, 'ReduceLogSumExp': torch.logsumexp,
                       'ReduceL2': lambda x, axis, keep: x.norm(dim=axis, keepdim=keep), 'ReduceL1': lambda x, axis, keep: x.abs().sum(axis, keepdim=keep),
                       'ReduceSumSquare': lambda x, axis, keep: (x * x).sum(axis, keepdim=keep)}.items():
    case(type, [(type, ['x', 'axes'], ['y'], {'keepdims': 0})], {'x': tensor(2, 3, 4)}, lambda x, function=function: function(x, (1, 2), False), {'axes': np.array([1, -1])})
    case(type + '-kept', [(type, ['x', 'axes'], ['y'], {'keepdims': 1})], {'x': tensor(2, 3, 4)}, lambda x, function=function: function(x, (1,), True), {'axes': np.array([1])})
case('ReduceProd', [('ReduceProd', ['x', 'axes'], ['y'], {'keepdims': 0})], {'x': tensor(2, 3, low=0.5)}, lambda x: x.prod(1), {'axes': np.array([1])})

case('Reshape', [('Reshape', ['x', 's'], ['y'], {})], {'x': tensor(2, 3, 4)}, lambda x: x.reshape(4, 6), {'s': np.array([4, -1])})
case('Flatten', [('Flatten', ['x'], ['y'], {'axis': 2})], {'x': tensor(2, 3, 4)}, lambda x: x.reshape(6, 4))
case('Transpose', [('Transpose', ['x'], ['y'], {'perm': [2, 0, 1]})], {'x': tensor(2, 3, 4)}, lambda x: x.permute(2, 0, 1))
case('Squeeze', [('Squeeze', ['x', 'a'], ['y'], {})], {'x': tensor(2, 1, 4)}, lambda x: x.squeeze(1), {'a': np.array([1])})
case('Unsqueeze', [('Unsqueeze', ['x', 'a'], ['y'], {})], {'x': tensor(2, 4)}, lambda x: x[:, None, :, None], {'a': np.array([1, 3])})
case('Concat', [('Concat', ['a', 'b'], ['y'], {'axis': 1})], {'a': tensor(2, 3), 'b': tensor(2, 2)}, lambda a, b: torch.cat([a, b], 1))
case('Split', [('Split', ['x', 's'], ['p', 'q', 'r'], {'axis': 1}), ('Mul', ['p', 'r'], ['y'], {})], {'x': tensor(2, 5)}, lambda x: x[:, :2] * x[:, 3:], {'s': np.array([2, 1, 2])})
case('Slice', [('Slice', ['x', 'f', 't', 'a', 's'], ['y'], {})], {'x': tensor(4, 7)}, lambda x: x[:, [5, 3, 1]],
     {'f': np.array([5]), 't': np.array([0]), 'a': np.array([1]), 's': np.array([-2])})
case('Gather', [('Gather', ['x', 'i'], ['y'], {'axis': 1})], {'x': tensor(3, 5)}, lambda x: x[:, torch.tensor([[0, 2], [2, 4]])], {'i': np.array([[0, 2], [2, 4]])})
case('GatherElements', [('GatherElements', ['x', 'i'], ['y'], {'axis': 1})], {'x': tensor(2, 4)}, lambda x: x.gather(1, torch.tensor([[0, 0], [3, 1]])), {'i': np.array([[0, 0], [3, 1]])})
case('Tile', [('Tile', ['x', 'r'], ['y'], {})], {'x': tensor(2, 3)}, lambda x: x.repeat(2, 3), {'r': np.array([2, 3])})
case('Expand', [('Expand', ['x', 's'], ['y'], {})], {'x': tensor(3, 1)}, lambda x: x.expand(2, 3, 4), {'s': np.array([2, 3, 4])})
case('Pad', [('Pad', ['x', 'p'], ['y'], {})], {'x': tensor(2, 3)}, lambda x: F.pad(x, (2, 1, 0, 1)), {'p': np.array([0, 2, 1, 1])})
case('Pad-reflect', [('Pad', ['x', 'p'], ['y'], {'mode': 'reflect'})], {'x': tensor(2, 1, 4)}, lambda x: F.pad(x, (2, 1), mode='reflect'), {'p': np.array([0, 0, 2, 0, 0, 1])})
case('DepthToSpace', [('DepthToSpace', ['x'], ['y'], {'blocksize': 2, 'mode': 'CRD'})], {'x': tensor(1, 8, 2, 3)}, lambda x: F.pixel_shuffle(x, 2))
case('Trilu', [('Trilu', ['x'], ['y'], {'upper': 0})], {'x': tensor(3, 4)}, torch.tril)
for mode, torch_mode in (('nearest', 'nearest'), ('linear', 'bilinear'), ('cubic', 'bicubic')):
    settings = {'coordinate_transformation_mode': 'asymmetric', 'nearest_mode': 'floor'} if mode == 'nearest' else {'coordinate_transformation_mode': 'half_pixel', 'cubic_coeff_a': -0.75}
    case(f'Resize-{mode}', [('Resize', ['x', '', '', 's'], ['y'], {'mode': mode, **settings})], {'x': tensor(1, 2, 3, 4)},
         lambda x, torch_mode=torch_mode: F.interpolate(x, (5, 8), mode=torch_mode), {'s': np.array([1, 2, 5, 8])})

h = {'x': tensor(2, 1, 8, 8), 'w': tensor(4, 1, 3, 3), 'f': tensor(5, 36)}
case('network', [('Conv', ['x', 'w'], ['c'], {}), ('Relu', ['c'], ['r'], {}), ('MaxPool', ['r'], ['m'], {'kernel_shape': [2, 2], 'strides': [2, 2]}), ('Flatten', ['m'], ['l'], {}),
                 ('Gemm', ['l', 'f'], ['g'], {'transB': 1}), ('LogSoftmax', ['g'], ['y'], {})], h,
     lambda x, w, f: F.log_softmax(F.max_pool2d(F.relu(F.conv2d(x, w)), 2).flatten(1) @ f.T, -1))



def recurrent(type, directions=1, state=True, bias=True, **attributes):
    """ONNX's gates in PyTorch's order: LSTM iofc -> ifco, GRU zrh -> rzh."""
    order = {'LSTM': (0, 2, 3, 1), 'GRU': (1, 0, 2), 'RNN': (0,)}[type]
    gates, steps, batch, inner, hidden = len(order), 4, 2, 3, 5
    shapes = {'x': (steps, batch, inner), 'w': (directions, gates * hidden, inner), 'r': (directions, gates * hidden, hidden)}
    if bias:
        shapes['b'] = (directions, 2 * gates * hidden)
    if state:
        shapes['h'] = (directions, batch, hidden)
        if type == 'LSTM':
            shapes['c'] = (directions, batch, hidden)
    names = ['x', 'w', 'r', 'b' if bias else '', '', *(name for name in ('h', 'c') if name in shapes)]
    backwards = attributes.get('direction') == 'reverse'

    def function(*given):
        g = dict(zip(shapes, given))
        turn = lambda part: torch.cat([part.reshape(gates, hidden, *part.shape[1:])[k] for k in order])
        flat = []
        for d in range(directions):
            flat += [turn(g['w'][d]), turn(g['r'][d])]
            if bias:
                flat += [turn(part) for part in g['b'][d].chunk(2)]
        zero = torch.zeros(directions, batch, hidden, dtype=torch.float64)
        h = g.get('h', zero)
        x = g['x'].flip(0) if backwards else g['x']
        settings = (flat, bias, 1, 0.0, False, directions == 2, False)
        if type == 'LSTM':
            y, last, cell = torch.lstm(x, (h, g.get('c', zero)), *settings)
        else:
            y, last = torch.gru(x, h, *settings) if type == 'GRU' else torch.rnn_tanh(x, h, *settings)
            cell = last
        y = y.reshape(steps, batch, directions, hidden).permute(0, 2, 1, 3)
        return (y.flip(0) if backwards else y) * (last + cell * (type == 'LSTM'))

    outputs = ['all', 'last', *(['cell'] if type == 'LSTM' else [])]
    ending = [('Add', ['last', 'cell'], ['end'], {})] if type == 'LSTM' else [('Identity', ['last'], ['end'], {})]
    name = '-'.join([type, *(str(value) for value in attributes.values()), *([] if state else ['fresh']), *([] if bias else ['unbiased'])])
    case(name, [(type, names, outputs, {'hidden_size': hidden, **attributes}), *ending, ('Mul', ['all', 'end'], ['y'], {})], {key: tensor(*shape, low=-0.6, high=0.6) for key, shape in shapes.items()}, function)


for type in ('LSTM', 'GRU', 'RNN'):
    settings = {'linear_before_reset': 1} if type == 'GRU' else {}
    recurrent(type, **settings)
    recurrent(type, state=False, **settings)
    recurrent(type, bias=False, **settings)
    recurrent(type, direction='reverse', **settings)
    recurrent(type, directions=2, direction='bidirectional', **settings)
for padding in ('zeros', 'border', 'reflection'):
    for aligned in (0, 1):
        case(f'GridSample-{padding}-{aligned}', [('GridSample', ['x', 'g'], ['y'], {'mode': 'linear', 'padding_mode': padding, 'align_corners': aligned})], {'x': tensor(2, 3, 4, 5), 'g': tensor(2, 3, 4, 2, low=-1.7, high=1.7)},
             lambda x, g, padding=padding, aligned=aligned: F.grid_sample(x, g, 'bilinear', padding, bool(aligned)))
case('GridSample-nearest', [('GridSample', ['x', 'g'], ['y'], {'mode': 'nearest'})], {'x': tensor(1, 2, 4, 5), 'g': tensor(1, 3, 4, 2, low=-1.2, high=1.2)}, lambda x, g: F.grid_sample(x, g, 'nearest', 'zeros', False))
case('AffineGrid', [('AffineGrid', ['t', 's'], ['g'], {}), ('GridSample', ['x', 'g'], ['y'], {'mode': 'linear'})], {'t': tensor(2, 2, 3, low=-0.8, high=0.8), 'x': tensor(2, 1, 5, 4)},
     lambda t, x: F.grid_sample(x, F.affine_grid(t, (2, 1, 3, 4), align_corners=False), align_corners=False), {'s': np.array([2, 1, 3, 4])})
case('TopK', [('TopK', ['x', 'k'], ['y', 'i'], {'axis': 1})], {'x': tensor(2, 5)}, lambda x: x.topk(3, 1).values, {'k': np.array([3])})
case('Mod', [('Mod', ['a', 'b'], ['y'], {'fmod': 1})], {'a': tensor(2, 5, low=-5, high=5), 'b': tensor(5, low=0.7)}, torch.fmod)
case('LpPool', [('LpPool', ['x'], ['y'], {'kernel_shape': [2, 2], 'strides': [2, 2], 'p': 3})], {'x': tensor(1, 2, 4, 6, low=0.3)}, lambda x: F.lp_pool2d(x, 3.0, 2))
case('GlobalLpPool', [('GlobalLpPool', ['x'], ['y'], {'p': 2})], {'x': tensor(2, 2, 3, 4)}, lambda x: x.flatten(2).norm(dim=2)[..., None, None])
case('Compress', [('Compress', ['x', 'c'], ['y'], {'axis': 1})], {'x': tensor(2, 4)}, lambda x: x[:, [1, 3]], {'c': np.array([False, True, False, True])})
case('ReverseSequence', [('ReverseSequence', ['x', 'n'], ['y'], {'time_axis': 1, 'batch_axis': 0})], {'x': tensor(2, 4)}, lambda x: torch.stack([x[0, [1, 0, 2, 3]], x[1, [2, 1, 0, 3]]]), {'n': np.array([2, 3])})
case('CastLike', [('CastLike', ['x', 'z'], ['c'], {}), ('Mul', ['c', 'c'], ['y'], {})], {'x': tensor(2, 3)}, lambda x: x * x, {'z': np.float32(1)})

Path(sys.argv[1] if len(sys.argv) > 1 else 'test/golden/runtime/gradients.json').write_text(json.dumps(cases, separators=(',', ':')))
print(len(cases), 'cases')
