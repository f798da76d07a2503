"""Cases for the PyTorch stubs: one line of code each, with PyTorch's own verdict: the result's shape and type, or the error it raises.

A layer's line calls the layer; the names and shapes of its state_dict are recorded beside. Needs torch.

    python test/oracle/torch_cases.py test/golden/torch
"""
import json
import os
import random
import sys
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

warnings.simplefilter('ignore')
rng = random.Random(11)


def pick(*options):
    return rng.choice(options)


def sizes(rank, low=1, high=6):
    return [rng.randint(low, high) for _ in range(rank)]


def maybe(probability=0.25):
    return rng.random() < probability


def broken(shape, probability=0.2):
    shape = list(shape)
    if shape and maybe(probability):
        shape[rng.randrange(len(shape))] += pick(1, 2)
    if maybe(probability / 4):
        shape = shape[1:] if maybe(0.5) else [2] + shape
    return shape


def zeros(shape, dtype=None):
    return f'torch.zeros({", ".join(map(str, shape))})' if dtype is None and shape else f'torch.zeros({tuple(shape)}' + (f', dtype=torch.{dtype})' if dtype else ')')


def floats(shape):
    """Mostly float32, sometimes integers, where most layers refuse."""
    return zeros(shape, 'int64' if maybe(0.04) else None)


def options(**values):
    return ''.join(f', {name}={value!r}' for name, value in values.items())


def some(**choices):
    """A random subset of options, each from its list."""
    return options(**{name: rng.choice(values) for name, values in choices.items() if maybe(0.4)})


# layers

def linear():
    features = rng.randint(1, 6)
    return f'nn.Linear({features}, {rng.randint(1, 5)}{some(bias=[True, False])})({floats(broken(sizes(rng.randint(0, 3)) + [features]))})'


def bilinear():
    one, other = sizes(2)
    batch = sizes(rng.randint(1, 2))
    return f'nn.Bilinear({one}, {other}, 3)({zeros(broken(batch + [one]))}, {zeros(batch + [other])})'


def conv():
    rank = pick(1, 2, 2, 2, 3)
    groups = pick(1, 1, 1, 2, 3)
    channels, filters = groups * rng.randint(1, 2) + (1 if maybe(0.05) else 0), groups * rng.randint(1, 3)
    kernel = pick(1, 2, 3, tuple(sizes(rank, 1, 3)))
    padding = pick(0, 1, 2, tuple(sizes(rank, 0, 2)), 'same', 'valid')
    batch = [] if maybe(0.2) else [rng.randint(1, 2)]
    extra = some(stride=[1, 2, 3, tuple(sizes(rank, 1, 2))], dilation=[1, 2, tuple(sizes(rank, 1, 2))], bias=[True, False], padding_mode=['zeros', 'reflect', 'circular', 'replicate'])
    return f'nn.Conv{rank}d({channels}, {filters}, {kernel!r}, padding={padding!r}, groups={groups}{extra})({floats(broken(batch + [channels]) + sizes(rank, 2, 9))})'


def conv_transpose():
    rank = pick(1, 2, 2, 3)
    groups = pick(1, 1, 2)
    channels, filters = groups * rng.randint(1, 2), groups * rng.randint(1, 2)
    batch = [] if maybe(0.2) else [1]
    extra = some(stride=[1, 2, 3], padding=[0, 1, 2], output_padding=[0, 1, 2], dilation=[1, 2], bias=[True, False])
    return f'nn.ConvTranspose{rank}d({channels}, {filters}, {pick(1, 2, 3, 4)}, groups={groups}{extra})({floats(broken(batch + [channels]) + sizes(rank, 1, 6))})'


def pool():
    rank = pick(1, 2, 2, 3)
    shape = broken(([] if maybe(0.2) else [2]) + [3], 0.1) + sizes(rank, 1, 11)
    kind = pick('MaxPool', 'AvgPool', 'LPPool', 'AdaptiveAvgPool', 'AdaptiveMaxPool')
    if kind.startswith('Adaptive'):
        target = pick(1, 2, 3, 5, tuple(pick(1, 2, 3, None) if rank > 1 else pick(1, 2) for _ in range(rank)))
        return f'nn.{kind}{rank}d({target!r})({floats(shape)})'
    kernel = pick(1, 2, 3, 4, tuple(sizes(rank, 1, 3)))
    if kind == 'LPPool':
        return f'nn.LPPool{rank}d(2, {kernel!r}{some(stride=[1, 2, 3], ceil_mode=[True])})({zeros(shape)})'
    extra = some(stride=[1, 2, 3], padding=[0, 1, 2], ceil_mode=[True, False])
    if kind == 'MaxPool':
        extra += some(dilation=[1, 2])
        if maybe(0.2):
            return f'nn.MaxPool{rank}d({kernel!r}{extra}, return_indices=True)({zeros(shape)})[1]'
    else:
        extra += some(count_include_pad=[True, False]) + (some(divisor_override=[1, 3]) if rank > 1 else '')
    return f'nn.{kind}{rank}d({kernel!r}{extra})({floats(shape)})'


def unpool():
    rank = pick(1, 2, 3)
    shape = [1, 2] + [4 * size for size in sizes(rank, 1, 2)]
    return f'(lambda y: nn.MaxUnpool{rank}d(2)(y[0], y[1]))(nn.MaxPool{rank}d(2, return_indices=True)({zeros(shape)}))'


def padding():
    rank = pick(1, 2, 3)
    kind = pick('ReflectionPad', 'ReplicationPad', 'ZeroPad', 'CircularPad', 'ConstantPad')
    amount = pick(1, 2, 3, tuple(rng.randint(-1 if kind in ('ZeroPad', 'ConstantPad') else 0, 3) for _ in range(2 * rank)))
    shape = broken([1, 2], 0.1) + sizes(rank, 1, 5)
    return f'nn.{kind}{rank}d({amount!r}{", 0.5" if kind == "ConstantPad" else ""})({zeros(shape)})'


def batch_norm():
    rank = pick(1, 2, 3)
    channels = rng.randint(1, 5)
    space = sizes(rank if rank > 1 else pick(0, 1), 1, 4)
    mode = pick('.eval()', '.eval()', '')
    return f'nn.BatchNorm{rank}d({channels}{some(affine=[False], track_running_stats=[False], eps=[1e-3], momentum=[None, 0.2])}){mode}({floats(broken([rng.randint(1, 3), channels] + space))})'


def other_norm():
    kind = pick('LayerNorm', 'GroupNorm', 'InstanceNorm', 'RMSNorm', 'LocalResponseNorm')
    channels = pick(2, 4, 6)
    if kind in ('LayerNorm', 'RMSNorm'):
        shape = sizes(3, 2, 5)
        over = shape[-rng.randint(1, 2):]
        over = over[0] if len(over) == 1 and maybe(0.5) else over
        return f'nn.{kind}({over!r}{some(elementwise_affine=[False])})({floats(broken(shape))})'
    if kind == 'GroupNorm':
        return f'nn.GroupNorm({pick(1, 2, 3)}, {channels}{some(affine=[False])})({floats(broken([2, channels] + sizes(rng.randint(0, 2), 2, 4)))})'
    if kind == 'InstanceNorm':
        rank = pick(1, 2, 3)
        return f'nn.InstanceNorm{rank}d({channels}{some(affine=[True], track_running_stats=[True])})({zeros(broken([2, channels] + sizes(rank, 2, 4)))})'
    return f'nn.LocalResponseNorm({pick(2, 3, 5)})({zeros([2, channels] + sizes(rng.randint(0, 2), 2, 4))})'


def activation():
    kind = pick('ReLU()', 'ReLU6()', 'LeakyReLU(0.2)', 'PReLU()', 'ELU()', 'CELU()', 'SELU()', 'GELU()', "GELU('tanh')", 'SiLU()', 'Mish()', 'Hardswish()', 'Hardsigmoid()', 'Hardtanh(-2, 2)',
                'Hardshrink()', 'Softshrink()', 'Tanhshrink()', 'Sigmoid()', 'Tanh()', 'Softplus()', 'Softsign()', 'LogSigmoid()', 'Threshold(0.1, 20)', 'Softmax(-1)', 'Softmax(1)',
                'LogSoftmax(0)', 'Softmin(0)', 'GLU()', 'GLU(1)', 'PReLU(3)', 'RReLU()', 'Dropout(0.3)', 'Dropout2d()', 'Identity()', 'Flatten()', 'Flatten(0)', 'Flatten(2)', 'Flatten(1, 2)')
    return f'nn.{kind}({zeros(sizes(rng.randint(1, 4), 1, 4))})'


def embedding():
    count, width = sizes(2, 1, 6)
    if maybe(0.3):
        return f"nn.EmbeddingBag({count}, {width}, mode='{pick('mean', 'sum', 'max')}')({zeros(sizes(2), 'int64')})"
    dtype = pick('int64', 'int64', 'int64', 'int32', 'float32')
    index = f'torch.tensor([{rng.randint(0, 7)}])' if maybe(0.3) else zeros(sizes(rng.randint(0, 3)), dtype)
    return f'nn.Embedding({count}, {width}{some(padding_idx=[0, 3])})({index})'


def recurrent():
    kind = pick('LSTM', 'GRU', 'RNN')
    features, hidden, layers = rng.randint(1, 5), rng.randint(2, 4), rng.randint(1, 2)
    extra = some(bias=[False], batch_first=[True], bidirectional=[True])
    if kind == 'LSTM' and maybe(0.1):
        extra += ', proj_size=1'
    if kind == 'RNN':
        extra += some(nonlinearity=['relu'])
    part = pick('[0]', '[1]' if kind != 'LSTM' else '[1][0]', '[1]' if kind != 'LSTM' else '[1][1]')
    shape = sizes(pick(2, 3, 3, 3), 1, 4)[:-1] + [features]
    state = ''
    if maybe(0.25):
        given = zeros(broken([layers, shape[1] if len(shape) == 3 else 1, hidden]))
        state = f', ({given}, {given})' if kind == 'LSTM' else f', {given}'
    return f'nn.{kind}({features}, {hidden}, {layers}{extra})({zeros(broken(shape))}{state}){part}'


def cell():
    kind = pick('LSTMCell', 'GRUCell', 'RNNCell')
    features, hidden = sizes(2)
    return f'nn.{kind}({features}, {hidden})({zeros(broken(sizes(rng.randint(0, 1)) + [features]))})' + ('[0]' if kind == 'LSTMCell' else '')


def attention():
    heads, width = pick((1, 4), (2, 4), (2, 6), (3, 6), (2, 5))
    shape = sizes(2, 1, 4) + [width] if maybe(0.8) else sizes(1, 1, 4) + [width]
    x = zeros(broken(shape, 0.15))
    extra = some(bias=[False], batch_first=[True], add_bias_kv=[True], add_zero_attn=[True])
    return f'nn.MultiheadAttention({width}, {heads}{extra})({x}, {x}, {x}{some(need_weights=[False], average_attn_weights=[False])})[{pick(0, 0, 1)}]'


def transformer():
    kind = pick('TransformerEncoderLayer', 'TransformerDecoderLayer', 'Encoder', 'Transformer')
    extra = some(batch_first=[True], norm_first=[True], activation=['gelu'])
    x = zeros(broken([3, 2, 4], 0.1))
    if kind == 'TransformerEncoderLayer':
        return f'nn.TransformerEncoderLayer(4, 2, 8{extra}).eval()({x})'
    if kind == 'TransformerDecoderLayer':
        return f'nn.TransformerDecoderLayer(4, 2, 8{extra}).eval()({x}, {zeros([3, 2, 4])})'
    if kind == 'Encoder':
        return f'nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8{extra}), 2).eval()({x})'
    return f'nn.Transformer(4, 2, 1, 1, 8{extra}).eval()({x}, {zeros([3, 2, 4])})'


def reshaping_layer():
    kind = rng.randrange(7)
    if kind == 0:
        return f'nn.PixelShuffle(2)({zeros(broken([1, 4, 3, 3]))})'
    if kind == 1:
        return f'nn.PixelUnshuffle(2)({zeros(broken([1, 2, 4, 6]))})'
    if kind == 2:
        return f'nn.ChannelShuffle({pick(2, 3)})({zeros([1, 6, 2, 2])})'
    if kind == 3:
        return f'nn.Unfold({pick(2, 3, (2, 3))}{some(dilation=[2], padding=[1], stride=[2])})({zeros(broken([2, 3, 5, 6], 0.1))})'
    if kind == 4:
        return f'nn.Fold((4, 5), (2, 2){some(padding=[1], stride=[2])})({zeros([1, 8, pick(12, 12, 4, 20, 30)])})'
    if kind == 5:
        return f'nn.Unflatten(1, {pick((2, 3), (3, -1), (2, 2))})({zeros([2, 6])})'
    shape = [1, 2] + sizes(pick(1, 2, 2, 3), 2, 5)
    return (f"nn.Upsample({pick('scale_factor=2', 'scale_factor=1.5', 'size=4', 'size=(4, 5)', 'scale_factor=(2, 3)')}, "
            f"mode='{pick('nearest', 'linear', 'bilinear', 'bicubic', 'trilinear', 'nearest-exact')}')({zeros(shape)})")


def loss():
    batch, classes = rng.randint(1, 4), rng.randint(2, 5)
    space = sizes(pick(0, 0, 1, 2), 1, 3)
    kind = pick('CrossEntropyLoss', 'CrossEntropyLoss', 'NLLLoss', 'MSELoss', 'L1Loss', 'SmoothL1Loss', 'HuberLoss', 'BCELoss', 'BCEWithLogitsLoss', 'KLDivLoss', 'HingeEmbeddingLoss',
                'SoftMarginLoss', 'MultiMarginLoss', 'PoissonNLLLoss', 'TripletMarginLoss', 'CosineEmbeddingLoss', 'MarginRankingLoss', 'MultiLabelSoftMarginLoss')
    reduction = options(reduction=pick('mean', 'sum', 'none')) [2:]
    scores = zeros([batch, classes] + space)
    if kind in ('CrossEntropyLoss', 'NLLLoss'):
        labels = pick(zeros(broken([batch] + space), 'int64'), zeros([batch] + space, 'int64'), zeros([batch, classes] + space), zeros([batch, classes] + space, 'int64'),
                      zeros([batch] + space), zeros([batch, 1] + space, 'int64'), f'torch.tensor([{rng.randint(0, 6)}] * {batch})')
        return f'nn.{kind}({reduction}{some(label_smoothing=[0.1]) if kind == "CrossEntropyLoss" else ""})({scores}, {labels})'
    if kind == 'MultiMarginLoss':
        return f'nn.{kind}({reduction})({zeros([batch, classes])}, {zeros(broken([batch], 0.1), "int64")})'
    if kind in ('TripletMarginLoss',):
        return f'nn.{kind}({reduction})({scores}, {scores}, {zeros(broken([batch, classes] + space, 0.1))})'
    if kind == 'CosineEmbeddingLoss':
        return f'nn.{kind}({reduction})({zeros([batch, classes])}, {zeros([batch, classes])}, {zeros([batch])})'
    if kind == 'MarginRankingLoss':
        return f'nn.{kind}({reduction})({zeros([batch])}, {zeros([batch])}, {zeros([batch])})'
    target = zeros(broken([batch, classes] + space, 0.3), pick(None, None, None, 'int64'))
    if kind == 'BCELoss':
        target = zeros(broken([batch, classes] + space, 0.3))
    return f'nn.{kind}({reduction})({scores}, {target})'


# functions and methods

def pointwise():
    base = sizes(rng.randint(0, 3), 1, 4)
    other = [1 if maybe(0.3) else size for size in base][rng.randint(0, len(base)):]
    kinds = [None, None, None, 'int64', 'bool', 'float64', 'int32', 'float16', 'uint8']
    left, right = zeros(base, pick(*kinds)), zeros(broken(other), pick(*kinds))
    right = pick(right, right, right, '2', '1.5', 'True')
    form = pick('{0} + {1}', '{0} - {1}', '{0} * {1}', '{0} / {1}', '{0} // {1}', '{0} % {1}', '{0} ** {1}', '{1} - {0}', '{1} / {0}', '{0} > {1}', '{0} == {1}', '{0} != {1}',
                'torch.add({0}, {1})', 'torch.where({0} > 0, {0}, {1})', '{0}.masked_fill({0} > 0, 1.0)', '{0} & {1}', '{0} | {1}', '~{0}', '-{0}', 'abs({0})', '1.0 + {0}',
                'torch.clamp({0}, 0, 1)', 'torch.clamp({0}, min=0.5)', '{0}.sqrt()', '{0}.exp()', '{0}.floor()', '{0}.round()', 'torch.sigmoid({0})', 'torch.sin({0})', '{0}.relu()', '{0}.sign()',
                '{0}.logical_not()', 'torch.logical_and({0}, {0})', 'torch.isnan({0})', '{0}.float()', '{0}.to(torch.int32)', '{0}.long()', '{0}.clone()', '{0}.detach()', '{0}.reciprocal()',
                '{0}.lerp({0}, 0.5)', 'torch.rsub({0}, 1)', '{0}.square()', '{0}.rsqrt()')
    return form.format(left, right)


def shaping():
    shape = sizes(rng.randint(1, 4), 1, 4)
    rank = len(shape)
    x = zeros(shape)
    axis = rng.randint(-rank - 1 if maybe(0.1) else -rank, rank if maybe(0.1) else rank - 1)
    total = 1
    for size in shape:
        total *= size
    other = list(shape)
    rng.shuffle(other)
    target = pick(other, [total], [-1], [other[0], -1], [-1, other[-1]], broken(other, 0.6), [2, -1], [-1, -1])
    order = list(range(rank))
    rng.shuffle(order)
    form = pick(f'.view({", ".join(map(str, target))})', f'.reshape({tuple(target)})', f'.permute({", ".join(map(str, order if maybe(0.9) else order[1:] + [0, 0]))})',
                f'.transpose({axis}, {rng.randint(0, rank - 1)})', f'.flatten({axis})', '.flatten()', f'.unsqueeze({axis})', f'.squeeze({axis})', '.squeeze()',
                f'.expand({", ".join(str(pick(size, -1, 3)) if size == 1 else str(pick(size, -1)) for size in shape)})', f'.expand(2, {", ".join(map(str, shape))})',
                f'.repeat({", ".join(map(str, sizes(rank + (maybe(0.3)), 1, 3)))})', f'.repeat_interleave(2, dim={axis})', f'.roll(1, {axis})', f'.flip({axis})', '.t()', '.T', '.ravel()',
                f'.movedim(0, {axis})', f'.unflatten({axis}, (1, -1))', f'.unbind({axis})[0]', f'.chunk(2, {axis})[0]', f'.split(2, {axis})[-1]', f'.select({axis}, 0)', f'.narrow({axis}, 0, 1)',
                f'.unfold({axis}, 2, 1)', '.diagonal()', '.tril()', f'.swapaxes(0, {axis})', '.contiguous()', f'.tile(2, 2)', '.mT')
    return x + form


def joining():
    shape = sizes(rng.randint(1, 3), 1, 4)
    axis = rng.randint(-len(shape), len(shape) - 1)
    parts = []
    for _ in range(rng.randint(1, 3)):
        part = list(shape)
        part[axis] = rng.randint(1, 3)
        parts.append(zeros(broken(part, 0.15), pick(None, None, None, 'int64')))
    listed = ', '.join(parts)
    same = ', '.join(zeros(broken(shape, 0.1)) for _ in range(2))
    return pick(f'torch.cat([{listed}], dim={axis})', f'torch.cat(({listed}), {axis})' if len(parts) > 1 else f'torch.cat([{listed}])', f'torch.stack([{same}], {axis})', f'torch.stack([{same}])',
                f'torch.hstack([{same}])', f'torch.vstack([{same}])', f'torch.stack([{listed}])')


def indexing():
    shape = sizes(rng.randint(1, 4), 1, 5)
    parts = []
    for _ in range(rng.randint(1, len(shape) + (maybe(0.1)))):
        parts.append(pick('0', '-1', ':', '1:', ':2', '::2', '1:3', '...', 'None', '-2:', 'torch.tensor([0, 0])', '[0, 0, 0]', '2', 'torch.zeros(2, 2, dtype=torch.int64)', ':-1', '10:'))
    if parts.count('...') > 1:
        parts = [part for part in parts if part != '...']
    index = ', '.join(parts) or '...'
    return f'{zeros(shape)}[{index}]'


def selecting():
    shape = sizes(rng.randint(1, 3), 1, 4)
    rank = len(shape)
    axis = rng.randint(-rank, rank - 1)
    x = zeros(shape)
    index = zeros(broken([rng.randint(1, size) for size in shape], 0.1), pick('int64', 'int64', 'int64', 'int32', 'float32'))
    return pick(f'{x}.gather({axis}, {index})', f'{x}.scatter({axis}, {index}, 1.0)', f'{x}.index_select({axis}, torch.tensor([0, 0]))', f'torch.topk({x}, {rng.randint(1, 3)}, {axis})[0]',
                f'{x}.sort({axis})[1]', f'{x}.argsort()', f'{x}.cumsum({axis})', f'{x}.max({axis})[0]', f'{x}.min({axis}, keepdim=True)[1]', f'{x}.argmax({axis})', f'{x}.argmax()',
                f'{x}.take(torch.tensor([0]))', f'{x}.scatter_add({axis}, {index}, {x})', f'torch.triu({x})', f'{x}.kthvalue(1, {axis})[0]', f'{x}.median({axis})[0]')


def reducing():
    shape = sizes(rng.randint(0, 4), 1, 4)
    rank = max(len(shape), 1)
    dim = pick(0, -1, rng.randint(-rank, rank - 1), (0, -1), (0, 1), rank)
    x = zeros(shape, pick(None, None, None, None, 'int64', 'bool'))
    name = pick('sum', 'mean', 'prod', 'amax', 'amin', 'any', 'all', 'std', 'var', 'logsumexp', 'norm', 'max', 'min', 'nansum', 'count_nonzero', 'softmax', 'log_softmax')
    if name in ('prod', 'softmax', 'log_softmax') and isinstance(dim, tuple):
        dim = 0
    if name in ('softmax', 'log_softmax'):
        return f'{x}.{name}({dim})'
    if name in ('max', 'min'):
        return f'{x}.{name}()'
    if name == 'norm':
        return f'{x}.norm(p=2, dim={dim!r})'
    if name == 'count_nonzero':
        return f'{x}.count_nonzero({dim!r})'
    return f'{x}.{name}({dim!r}{some(keepdim=[True])})' if name == 'logsumexp' or maybe(0.8) else f'{x}.{name}()'


def products():
    inner = rng.randint(1, 4)
    batch = sizes(rng.randint(0, 2), 1, 3)
    left = zeros(broken(batch + [rng.randint(1, 3)] * maybe(0.8) + [inner]), pick(None, None, None, None, 'int64'))
    right = zeros(broken([1 if maybe(0.2) else size for size in batch] + [inner] + [rng.randint(1, 3)] * maybe(0.8)))
    a, b, c, d = sizes(4, 1, 3)
    return pick(f'{left} @ {right}', f'torch.matmul({left}, {right})', f'torch.bmm({zeros(broken([a, b, c]))}, {zeros([a, c, d])})', f'torch.mm({zeros(broken([b, c]))}, {zeros([c, d])})',
                f'torch.addmm({zeros(broken([d]))}, {zeros([b, c])}, {zeros([c, d])})', f"torch.einsum('bij,bjk->bik', {zeros(broken([a, b, c]))}, {zeros([a, c, d])})",
                f"torch.einsum('bhqd,bhkd->bhqk', {zeros(broken([a, 2, b, c]))}, {zeros([a, 2, d, c])})", f"torch.einsum('ij->ji', {zeros([a, b])})", f"torch.einsum('...i,ij->...j', {zeros([a, b, c])}, {zeros([c, d])})",
                f'torch.outer({zeros([a])}, {zeros([b])})', f'torch.dot({zeros(broken([a], 0.1))}, {zeros([a])})', f'torch.baddbmm({zeros([a, b, d])}, {zeros(broken([a, b, c]))}, {zeros([a, c, d])})',
                f'F.scaled_dot_product_attention({zeros(broken([a, 2, b, c], 0.1))}, {zeros([a, 2, d, c])}, {zeros([a, 2, d, 3])})', f'torch.tensordot({zeros([a, b, c])}, {zeros([b, c, d])}, 2)',
                f'F.linear({zeros([a, c])}, {zeros(broken([d, c]))})', f'F.normalize({zeros([a, b])}, dim={pick(0, 1, -1)})', f'torch.cdist({zeros([a, b, 3])}, {zeros([a, c, 3])})',
                f'F.cosine_similarity({zeros([a, b])}, {zeros([a, b])})')


def making():
    n, m = sizes(2, 1, 5)
    return pick(f'torch.arange({n})', f'torch.arange({n}, {n + m})', f'torch.arange(0, {n}, 0.5)', f'torch.linspace(0, 1, {n})', f'torch.eye({n})', f'torch.full(({n}, {m}), 2.0)', f'torch.full(({n},), 2)',
                f'torch.ones({n}, {m}, dtype=torch.int64)', f'torch.randint(0, 9, ({n}, {m}))', f'torch.randn({n}, {m})', f'torch.tensor([[1, 2], [3, 4]])', 'torch.tensor([1.0, 2.0])', 'torch.tensor(True)',
                'torch.tensor([])', f'torch.zeros_like(torch.ones({n}))', f'torch.rand_like(torch.ones({n}, {m}))', f'torch.empty({n}).fill_(1)', f'F.one_hot(torch.arange({n}), {max(n, m)})',
                f'torch.ones({n}).new_zeros({m})', f'torch.tril(torch.ones({n}, {n}))', f'torch.meshgrid(torch.arange({n}), torch.arange({m}), indexing="ij")[0]', f'torch.randperm({n})',
                f'F.pad(torch.zeros(1, 2, {n + 2}, {m + 2}), ({pick(1, 2)}, 1, 0, 1), mode="{pick("constant", "reflect", "replicate", "circular")}")',
                f'F.interpolate(torch.zeros(1, 2, {n}, {m}), scale_factor={pick(2, 0.5, 1.7)}, mode="{pick("nearest", "bilinear", "bicubic", "area")}")',
                f'F.grid_sample(torch.zeros(1, 2, 4, 4), torch.zeros(1, {n}, {m}, 2))', f'F.affine_grid(torch.zeros(1, 2, 3), (1, 2, {n}, {m}))', f'F.unfold(torch.zeros(1, 2, 5, 5), {pick(2, 3)})',
                f'F.max_pool2d(torch.zeros(1, 1, {n + 2}, {m + 2}), 2)', f'F.adaptive_avg_pool2d(torch.zeros(1, 2, {n + 2}, {m + 2}), ({pick(1, 2, 3)}, 2))', f'torch.zeros({n}).sum()')


LAYERS = [(linear, 60), (bilinear, 15), (conv, 150), (conv_transpose, 80), (pool, 160), (unpool, 10), (padding, 70), (batch_norm, 80), (other_norm, 90), (activation, 110), (embedding, 40), (recurrent, 80),
          (cell, 30), (attention, 50), (transformer, 20), (reshaping_layer, 80)]
FUNCTIONS = [(loss, 160), (pointwise, 300), (shaping, 220), (joining, 80), (indexing, 180), (selecting, 120), (reducing, 140), (products, 140), (making, 90)]


def evaluate(code):
    state = []
    calls = nn.Module.__call__

    def recorded(self, *args, **kwargs):
        outermost = not state
        if outermost:
            state.append(self)
        return calls(self, *args, **kwargs)
    nn.Module.__call__ = recorded
    try:
        with torch.no_grad():
            result = eval(code)
    except Exception as fault:
        return {'code': code, 'error': type(fault).__name__, 'message': str(fault).split('\n')[0][:200]}
    finally:
        nn.Module.__call__ = calls
    if not isinstance(result, torch.Tensor):
        return {'code': code, 'none': True}
    case = {'code': code, 'shape': list(result.shape), 'type': str(result.dtype).replace('torch.', '')}
    if state:
        case['state'] = [[name, list(value.shape)] for name, value in state[0].state_dict().items()]
    return case


def write(path, families):
    cases, seen = [], set()
    for family, count in families:
        for _ in range(count):
            code = family()
            if code not in seen:
                seen.add(code)
                case = evaluate(code)
                # whether a matrix can be decomposed depends on its numbers
                if case.get('error') != '_LinAlgError':
                    cases.append(case)
    with open(path, 'w') as out:
        out.write('[\n' + ',\n'.join(json.dumps(case, separators=(',', ':')) for case in cases) + '\n]\n')
    print(path, len(cases), 'cases,', sum('error' in case for case in cases), 'raise', file=sys.stderr)


if __name__ == '__main__':
    write(os.path.join(sys.argv[1], 'layers.json'), LAYERS)
    write(os.path.join(sys.argv[1], 'functions.json'), FUNCTIONS)
