"""Small checkpoints by the real libraries: test/golden/runtime/checkpoints/, with what they hold in expected.json.

KERAS_BACKEND=torch python test/oracle/checkpoints.py
"""
import collections
import json
import pickle
from pathlib import Path

import h5py
import keras
import numpy as np
import torch
from onnx import TensorProto, helper, numpy_helper, save_model
from safetensors.torch import save_file
from torch import nn

folder = Path('test/golden/runtime/checkpoints')
folder.mkdir(parents=True, exist_ok=True)
expected = {}
torch.manual_seed(3)
keras.utils.set_random_seed(3)


def describe(array):
    array = np.asarray(array)
    return {'shape': list(array.shape), 'dataType': str(array.dtype), 'data': [float(f'{x:.7g}') for x in array.astype(np.float64).ravel()[:40]]}


def expect(name, format, tensors):
    expected[name] = {'format': format, 'entries': {key: describe(value) for key, value in tensors.items()}}


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU())
        self.head = nn.Linear(8, 3)
        self.register_buffer('scale', torch.tensor([2.0]), persistent=True)
        self.register_buffer('scratch', torch.tensor([1.0]), persistent=False)

    def forward(self, x):
        return self.head(torch.flatten(self.features(x), 1)) * self.scale


model = Small().eval()
with torch.no_grad():
    model.features[1].running_mean.uniform_()
state = {key: value.numpy() for key, value in model.state_dict().items()}


def torch_file(name, value, tensors=state, format='torch', **options):
    torch.save(value, folder / name, **options)
    expect(name, format, tensors)


torch_file('state.pt', model.state_dict())
torch_file('legacy.pt', model.state_dict(), format='torch-legacy', _use_new_zipfile_serialization=False)
torch_file('module.pt', model)
torch_file('module_legacy.pt', model, format='torch-legacy', _use_new_zipfile_serialization=False)
optimizer = torch.optim.Adam(model.parameters())
torch_file('nested.pt', {'epoch': 3, 'state_dict': model.state_dict(), 'optimizer': optimizer.state_dict(), 'args': collections.OrderedDict(lr=0.1)})
torch_file('parallel.pt', nn.DataParallel(model).state_dict(), {f'module.{key}': value for key, value in state.items()})
base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
views = {'turned': base.T, 'part': base[1:3, ::2], 'whole': base, 'half': base.half(), 'brain': base.bfloat16(), 'long': torch.arange(3) - 1, 'flags': torch.tensor([True, False]), 'scalar': torch.tensor(1.5),
         'bytes': torch.arange(4, dtype=torch.uint8), 'double': base.double()[0], 'empty': torch.zeros(0, 3), 'parameter': nn.Parameter(base[0])}
as_numpy = {key: value.detach().float().numpy() if value.dtype == torch.bfloat16 else value.detach().numpy() for key, value in views.items()}
torch_file('views.pt', views, as_numpy)
expected['views.pt']['entries']['brain']['dataType'] = 'bfloat16'
torch.jit.script(model).save(folder / 'script.pt')
expect('script.pt', 'torchscript', {**state, 'scratch': model.scratch.numpy()})
save_file({key: value.contiguous().clone() for key, value in views.items()}, folder / 'views.safetensors')
expect('views.safetensors', 'safetensors', as_numpy)
expected['views.safetensors']['entries']['brain']['dataType'] = 'bfloat16'
arrays = {'rows': np.arange(6, dtype=np.float32).reshape(2, 3), 'columns': np.asfortranarray(np.arange(6, dtype=np.int32).reshape(2, 3)), 'big': np.arange(3, dtype='>f8'), 'one': np.float32(4)}
np.savez(folder / 'arrays.npz', **arrays)
expect('arrays.npz', 'npz', arrays)
np.savez_compressed(folder / 'compressed.npz', **arrays)
expect('compressed.npz', 'npz', arrays)
for name in ('arrays.npz', 'compressed.npz'):
    expected[name]['entries']['big']['dataType'] = 'float64'
np.save(folder / 'rows.npy', arrays['rows'])
expect('rows.npy', 'npy', {'array': arrays['rows']})
(folder / 'arrays.pkl').write_bytes(pickle.dumps({'rows': arrays['rows'], 'columns': arrays['columns'], 'note': 'text', 'one': arrays['one']}))
expect('arrays.pkl', 'torch-legacy', {key: arrays[key] for key in ('rows', 'columns', 'one')})


class Call:
    def __init__(self, function, *args):
        self.function, self.args = function, args

    def __reduce__(self):
        return self.function, self.args


import os
(folder / 'hostile.pkl').write_bytes(pickle.dumps(Call(os.system, 'echo this must never run'), protocol=2))
torch.save({'weight': torch.ones(2), 'extra': Call(eval, '1 + 1')}, folder / 'hostile.pt')
torch.save({'weight': torch.ones(2), 'extra': Call(collections.namedtuple, 'name', 'field')}, folder / 'strange.pt')
expect('strange.pt', 'torch', {'weight': np.ones(2, np.float32)})

inputs = keras.Input((6, 6, 1), name='image')
x = keras.layers.Conv2D(2, 3, name='first')(inputs)
x = keras.layers.BatchNormalization(name='norm')(x)
x = keras.layers.Flatten()(x)
x = keras.layers.Dropout(0.5)(x)
network = keras.Model(inputs, keras.layers.Dense(3, name='scores')(x), name='small')
weights = {f'{layer.name}/{index}': value for layer in network.layers for index, value in enumerate(layer.get_weights())}
network.save(folder / 'small.keras')
network.save(folder / 'small.h5')
network.save_weights(folder / 'small.weights.h5')
names = {'first': ['kernel', 'bias'], 'norm': ['gamma', 'beta', 'moving_mean', 'moving_variance'], 'scores': ['kernel', 'bias']}
expect('small.h5', 'keras-h5', {f'{layer}/{layer}/{name}': weights[f'{layer}/{index}'] for layer, list in names.items() for index, name in enumerate(list)})
keys = {'first': 'layers/conv2d', 'norm': 'layers/batch_normalization', 'scores': 'layers/dense'}
modern = {f'{keys[layer]}/vars/{index}': weights[f'{layer}/{index}'] for layer, list in names.items() for index, _ in enumerate(list)}
expect('small.keras', 'keras', modern)
expect('small.weights.h5', 'keras', modern)
with h5py.File(folder / 'keras2.h5', 'w') as file:
    # the layout of Keras 2: the group of weights at the root of a weights file, names with ':0'
    file.attrs['layer_names'] = np.array([b'image', b'first', b'norm', b'scores'])
    file.attrs['keras_version'] = b'2.4.0'
    for layer in ('image', *names):
        group = file.create_group(layer)
        group.attrs['weight_names'] = np.array([f'{layer}/{name}:0'.encode() for name in names.get(layer, [])], dtype='S')
        for index, name in enumerate(names.get(layer, [])):
            group.create_dataset(f'{layer}/{name}:0', data=weights[f'{layer}/{index}'])
expect('keras2.h5', 'keras-h5', {f'{layer}/{layer}/{name}:0': weights[f'{layer}/{index}'] for layer, list in names.items() for index, name in enumerate(list)})
table = np.arange(200, dtype=np.float32).reshape(10, 20)
with h5py.File(folder / 'filters.h5', 'w') as file:
    file.create_dataset('gzip', data=table, compression='gzip', shuffle=True)
    file.create_dataset('lzf', data=table, compression='lzf')
    file.create_dataset('half', data=table.astype(np.float16))
    file.create_dataset('big', data=table.astype('>f4'))
    file.create_dataset('long', data=np.arange(3))

nodes = [helper.make_node('Gemm', ['x', 'w', 'b'], ['h']), helper.make_node('Relu', ['h'], ['y'])]
graph = helper.make_graph(nodes, 'external', [helper.make_tensor_value_info('x', TensorProto.FLOAT, ['batch', 4])], [helper.make_tensor_value_info('y', TensorProto.FLOAT, ['batch', 300])],
                          [numpy_helper.from_array(np.arange(1200, dtype=np.float32).reshape(4, 300), 'w'), numpy_helper.from_array(np.ones(300, np.float32), 'b')])
onnx_model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], ir_version=8)
save_model(onnx_model, folder / 'external.onnx', save_as_external_data=True, location='external.bin', size_threshold=0)
expect('external.onnx', 'onnx', {'w': np.arange(1200, dtype=np.float32).reshape(4, 300), 'b': np.ones(300, np.float32)})

(folder / 'expected.json').write_text(json.dumps(expected, separators=(',', ':')))
print(sum(path.stat().st_size for path in folder.iterdir()), 'bytes in', len(list(folder.iterdir())), 'files')
