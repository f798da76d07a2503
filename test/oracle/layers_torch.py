"""What PyTorch's layers and functions compute: test/golden/runtime/layers_torch.json.

Each case is a program that makes a module `model` and calls it on `x`; its state dict, the input and the output.
"""
import base64
import json
import textwrap
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save

cases = []


def case(name, shape, init, forward, dtype='float32', low=-1.0, high=1.0, extra=''):
    body = '\n        '.join(init.splitlines()) if init else 'self.nothing = nn.Identity()'
    steps = '\n        '.join(forward.splitlines())
    source = f'''import math
import torch
import torch.nn.functional as F
from torch import nn
{extra}

class Case(nn.Module):
    def __init__(self):
        super().__init__()
        {body}

    def forward(self, x):
        {steps}


model = Case().eval()
x = torch.{"zeros" if dtype == "float32" else "zeros"}({", ".join(map(str, shape))}, dtype=torch.{dtype})
y = model(x)
'''
    torch.manual_seed(len(cases))
    scope = {}
    exec(source, scope)
    model = scope['model']
    with torch.no_grad():
        for key, value in model.state_dict().items():
            if 'running_mean' in key:
                value.uniform_(-0.5, 0.5)
            elif 'running_var' in key:
                value.uniform_(0.5, 1.5)
        x = torch.empty(shape).uniform_(low, high) if dtype == 'float32' else torch.randint(0, int(high), shape)
        y = model(x)
    state = {key: value.contiguous().clone() for key, value in model.state_dict().items()}
    cases.append({'name': name, 'source': source, 'weights': base64.b64encode(save(state)).decode() if state else '', 'x': pack(x, dtype), 'y': pack(y, str(y.dtype).split('.')[-1])})


def pack(tensor, dtype):
    return {'shape': list(tensor.shape), 'dataType': dtype, 'data': [float(f'{v:.7g}') for v in tensor.double().flatten().tolist()]}


def layer(code, *shape, **options):
    case(code.replace('nn.', ''), shape, f'self.layer = {code}', 'return self.layer(x)', **options)


def function(code, *shape, **options):
    case(code, shape, '', f'return {code}', **options)


for code in ('ReLU()', 'ReLU6()', 'LeakyReLU(0.2)', 'PReLU()', 'PReLU(3)', 'ELU(0.7)', 'SELU()', 'CELU(1.3)', 'GELU()', "GELU('tanh')", 'SiLU()', 'Mish()', 'Softplus()', 'Softplus(2.0, 1.0)', 'Softsign()', 'Tanh()', 'Sigmoid()', 'Hardtanh(-0.5, 0.4)',
             'Hardsigmoid()', 'Hardswish()', 'Hardshrink(0.3)', 'Softshrink(0.3)', 'Tanhshrink()', 'LogSigmoid()', 'Threshold(0.1, 0.5)', 'Softmax(1)', 'LogSoftmax(-1)', 'Softmin(1)', 'Softmax2d()', 'GLU(1)', 'Identity()', 'Flatten()', 'Flatten(1, 2)', 'Dropout(0.5)', 'RReLU()'):
    layer(f'nn.{code}', 2, 4 if 'GLU' in code else 3, 5, 5 if code != 'GLU(1)' else 2, low=-3.0, high=3.0)
layer('nn.Linear(6, 4)', 2, 6)
layer('nn.Linear(6, 4, bias=False)', 2, 3, 6)
layer('nn.Conv1d(3, 4, 3, stride=2, padding=1)', 2, 3, 9)
layer('nn.Conv2d(3, 6, 3, padding=1, groups=3)', 2, 3, 7, 7)
layer("nn.Conv2d(3, 4, 3, padding='same', dilation=2)", 1, 3, 8, 8)
layer("nn.Conv2d(3, 4, (3, 5), padding=(1, 2), padding_mode='reflect')", 1, 3, 8, 8)
layer("nn.Conv2d(3, 4, 3, padding=1, padding_mode='circular')", 1, 3, 6, 6)
layer("nn.Conv2d(2, 2, 3, padding=1, padding_mode='replicate')", 1, 2, 5, 5)
layer('nn.Conv3d(2, 3, 2)', 1, 2, 4, 4, 4)
layer('nn.ConvTranspose1d(3, 4, 3, stride=2, output_padding=1)', 1, 3, 5)
layer('nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, output_padding=1, groups=2)', 1, 4, 4, 4)
layer('nn.MaxPool1d(2)', 1, 2, 7)
layer('nn.MaxPool2d(3, 2, 1)', 1, 2, 7, 8)
layer('nn.MaxPool2d(2, ceil_mode=True)', 1, 2, 7, 7)
layer('nn.MaxPool2d(2, dilation=2)', 1, 2, 7, 7)
layer('nn.MaxPool3d(2)', 1, 2, 4, 4, 4)
layer('nn.AvgPool1d(3, 2, 1)', 1, 2, 9)
layer('nn.AvgPool2d(3, 2, 1)', 1, 2, 7, 7)
layer('nn.AvgPool2d(3, 2, 1, count_include_pad=False)', 1, 2, 7, 7)
layer('nn.AvgPool2d(2, ceil_mode=True)', 1, 2, 7, 7)
layer('nn.AdaptiveAvgPool2d(1)', 1, 2, 7, 7)
layer('nn.AdaptiveAvgPool2d((2, 3))', 1, 2, 6, 9)
layer('nn.AdaptiveAvgPool2d(3)', 1, 2, 7, 8)
layer('nn.AdaptiveAvgPool1d(2)', 1, 2, 6)
layer('nn.AdaptiveMaxPool2d(2)', 1, 2, 6, 6)
layer('nn.LPPool2d(2, 2)', 1, 2, 6, 6)
layer('nn.BatchNorm1d(4)', 3, 4)
layer('nn.BatchNorm1d(4, eps=1e-2)', 3, 4, 5)
layer('nn.BatchNorm2d(3, affine=False)', 2, 3, 4, 4)
layer('nn.BatchNorm2d(3)', 2, 3, 4, 4)
layer('nn.InstanceNorm2d(3, affine=True)', 2, 3, 4, 4)
layer('nn.InstanceNorm1d(3)', 2, 3, 6)
layer('nn.GroupNorm(2, 4)', 2, 4, 3, 3)
layer('nn.LayerNorm(5)', 2, 3, 5)
layer('nn.LayerNorm((3, 5), elementwise_affine=False)', 2, 3, 5)
layer('nn.RMSNorm(5)', 2, 3, 5)
layer('nn.LocalResponseNorm(3)', 1, 6, 4, 4)
layer('nn.ZeroPad2d((1, 2, 0, 1))', 1, 2, 3, 3)
layer('nn.ReflectionPad2d(1)', 1, 2, 4, 4)
layer('nn.ReplicationPad1d(2)', 1, 2, 4)
layer('nn.ConstantPad1d(1, 0.5)', 1, 2, 4)
layer('nn.CircularPad2d(1)', 1, 2, 4, 4)
layer('nn.Upsample(scale_factor=2)', 1, 2, 3, 3)
layer("nn.Upsample(scale_factor=2, mode='bilinear')", 1, 2, 3, 3)
layer("nn.Upsample(size=(5, 7), mode='bilinear', align_corners=True)", 1, 2, 3, 4)
layer("nn.Upsample(scale_factor=1.5, mode='bicubic')", 1, 2, 4, 4)
layer("nn.Upsample(size=7, mode='nearest')", 1, 2, 4)
layer("nn.Upsample(scale_factor=2, mode='linear')", 1, 2, 4)
layer('nn.PixelShuffle(2)', 1, 8, 3, 3)
layer('nn.PixelUnshuffle(2)', 1, 2, 4, 4)
layer('nn.ChannelShuffle(2)', 1, 4, 3, 3)
layer('nn.Unflatten(1, (2, 3))', 2, 6)
layer('nn.Fold(output_size=(4, 4), kernel_size=2, stride=2)', 1, 8, 4)
layer('nn.Unfold(2, stride=2)', 1, 2, 4, 4)
layer('nn.Embedding(7, 3)', 2, 4, dtype='int64', high=7)
layer('nn.Embedding(7, 3, padding_idx=0)', 5, dtype='int64', high=7)
layer('nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))', 3, 4)
case('Bilinear', (2, 3), 'self.layer = nn.Bilinear(3, 3, 4)', 'return self.layer(x, x * 2)')
for kind in ('RNN', 'LSTM', 'GRU'):
    case(kind, (5, 2, 3), f'self.layer = nn.{kind}(3, 4)', 'y, state = self.layer(x)\nreturn y')
    case(f'{kind} batch first, two layers, both ways', (2, 5, 3), f'self.layer = nn.{kind}(3, 4, num_layers=2, bidirectional=True, batch_first=True)', 'y, _ = self.layer(x)\nreturn y')
case('LSTM state', (5, 2, 3), 'self.layer = nn.LSTM(3, 4)', 'y, (h, c) = self.layer(x)\nreturn torch.cat([h, c])')
case('LSTMCell', (2, 3), 'self.layer = nn.LSTMCell(3, 4)', 'h, c = self.layer(x)\nreturn h + c')
case('GRUCell', (2, 3), 'self.layer = nn.GRUCell(3, 4)', 'return self.layer(x)')
case('RNNCell', (2, 3), "self.layer = nn.RNNCell(3, 4, nonlinearity='relu')", 'return self.layer(x)')
case('MultiheadAttention', (5, 2, 8), 'self.layer = nn.MultiheadAttention(8, 2)', 'y, weights = self.layer(x, x, x)\nreturn y')
case('MultiheadAttention batch first', (2, 5, 8), 'self.layer = nn.MultiheadAttention(8, 2, batch_first=True, bias=False)', 'y, _ = self.layer(x, x, x, need_weights=False)\nreturn y')
case('TransformerEncoderLayer', (5, 2, 8), 'self.layer = nn.TransformerEncoderLayer(8, 2, 16)', 'return self.layer(x)')
case('TransformerEncoderLayer norm first', (2, 5, 8), "self.layer = nn.TransformerEncoderLayer(8, 2, 16, activation='gelu', batch_first=True, norm_first=True)", 'return self.layer(x)')
case('TransformerEncoder', (2, 5, 8), 'self.layer = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), 2)', 'return self.layer(x)')
case('TransformerDecoderLayer', (2, 5, 8), 'self.layer = nn.TransformerDecoderLayer(8, 2, 16, batch_first=True)', 'return self.layer(x, x * 0.5)')
case('scaled_dot_product_attention', (1, 2, 4, 3), '', 'return F.scaled_dot_product_attention(x, x, x)')
case('scaled_dot_product_attention causal', (1, 2, 4, 3), '', 'return F.scaled_dot_product_attention(x, x, x, is_causal=True)')
case('causal mask', (1, 4, 4), '', "mask = torch.triu(torch.ones(4, 4), diagonal=1).bool()\nreturn F.softmax(x.masked_fill(mask, float('-inf')), dim=-1)")
case('parameters', (2, 3), "self.scale = nn.Parameter(torch.ones(3))\nself.register_buffer('shift', torch.arange(3).float())", 'return x * self.scale + self.shift')

for code in ('x.transpose(1, 2)', 'x.permute(2, 0, 1)', 'x.reshape(2, -1)', 'x.view(2, 12)', 'x.flatten(1)', 'x.unsqueeze(1)', 'x[:, 1]', 'x[:, 1:, ::2]', 'x[..., -1]', 'x[:, [0, 2]]', 'x[:, None]', 'x.sum(1)', 'x.mean((1, 2))', 'x.mean(-1, keepdim=True)', 'x.max(1).values',
             'x.amax((1, 2))', 'x.min(dim=2)[0]', 'x.argmax(-1)', 'x.std(1)', 'x.var(1, unbiased=False)', 'x.norm(dim=1)', 'x.prod(1)', 'x.cumsum(1)', 'x.clamp(-0.5, 0.5)', 'x.clamp(min=0)', 'x.abs()', 'x ** 2', 'x.pow(3)', '2 ** x', 'x / 3 + 1', '1 - x', 'x // 0.3', 'x % 0.7', 'x.exp().log()', 'x.sqrt().nan_to_num()', 'x.rsqrt().nan_to_num()',
             'torch.cat([x, x * 2], dim=1)', 'torch.stack([x, -x], dim=0)', 'torch.chunk(x, 2, dim=2)[1]', 'torch.split(x, [1, 2], dim=1)[1]', 'x.repeat(1, 2, 1)', 'x.expand(2, 3, 4)', 'x.roll(1, dims=2)', 'x.flip(1)', 'torch.matmul(x, x.transpose(1, 2))', 'x @ x.mT', 'torch.bmm(x, x.transpose(1, 2))', "torch.einsum('bij,bkj->bik', x, x)",
             'torch.where(x > 0, x, 0.1 * x)', 'x.tril()', 'torch.triu(x)', 'x.topk(2, dim=2).values', 'x.sort(dim=2).values', 'x.gather(2, torch.zeros(2, 3, 1, dtype=torch.long))', 'x.index_select(1, torch.tensor([0, 2]))', 'F.pad(x, (1, 2))', "F.pad(x, (1, 1), mode='reflect')", 'F.normalize(x, dim=-1)', 'F.softmax(x, dim=1)',
             'F.gelu(x)', 'F.silu(x)', 'F.interpolate(x, scale_factor=2)', 'F.one_hot(x.argmax(-1), 4).float()', 'x.float().to(torch.float64).float()', '(x > 0).float()', 'x.masked_fill(x < 0, 0)', 'x.unfold(2, 2, 1)', 'torch.outer(x[0, 0], x[1, 1])', 'x.swapaxes(0, 1)', 'x.squeeze()', 'x.contiguous().view(-1)', 'torch.logsumexp(x, 1)', 'F.cosine_similarity(x, x * 2 + 1, dim=1)', 'torch.cdist(x, x)', 'x.diff(dim=2)', 'x.unbind(1)[1]', 'torch.addmm(x[0, :, :3], x[0], x[1].T)', 'torch.tensordot(x, x, dims=([1, 2], [1, 2]))', 'x.new_zeros(2, 3, 4) + x', 'torch.zeros_like(x) + x', 'torch.full_like(x, 2.0) * x',
             'torch.linspace(0, 1, 4) * x', 'torch.arange(4) + x', 'x.lerp(x * 2, 0.3)', 'torch.maximum(x, -x)', 'x.sign()', 'x.round()', 'x.floor()', 'x.erf()', 'x.sin() + x.cos()', 'x.tanh().atan()', 'x.fmod(0.3)', 'x.all(1).float()', 'x.any(2).float()', 'x.count_nonzero(1).float()', 'x.repeat_interleave(2, dim=1)', 'x.movedim(0, 2)', 'x.logical_not().float()'):
    function(code, 2, 3, 4)

Path('test/golden/runtime/layers_torch.json').write_text(json.dumps(cases, separators=(',', ':')))
print(len(cases), 'cases', Path('test/golden/runtime/layers_torch.json').stat().st_size, 'bytes')
