"""Small nets of Caffe's with what OpenCV 4.8's reader of Caffe computes of them: test/golden/runtime/caffe.json.

python test/oracle/caffe_models.py   (opencv-python-headless 4.8.1.78, numpy)
"""
import base64
import json
import struct
import tempfile
from pathlib import Path

import cv2
import numpy as np

random = np.random.default_rng(6)


def varint(value):
    out = b''
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def field(number, payload):
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def blob(array):
    shape = field(1, b''.join(varint(size) for size in array.shape))
    return field(7, shape) + field(5, array.astype('<f4').tobytes())


def weights(layers):
    """A .caffemodel that holds names, types and blobs alone: what a .prototxt needs."""
    return b''.join(field(100, field(1, name.encode()) + field(2, kind.encode()) + b''.join(field(7, blob(array)) for array in blobs)) for name, kind, blobs in layers)


def uniform(*shape):
    return random.uniform(-0.5, 0.5, shape)


def head(shape):
    dims = ' '.join(f'dim: {size}' for size in shape)
    return f'name: "net"\nlayer {{ name: "data" type: "Input" top: "data" input_param {{ shape: {{ {dims} }} }} }}\n'


def layer(name, kind, bottom='data', top=None, **parameters):
    bottoms = ' '.join(f'bottom: "{one}"' for one in ([bottom] if isinstance(bottom, str) else bottom))
    tops = ' '.join(f'top: "{one}"' for one in ([top or name] if not isinstance(top, list) else top))
    inner = ' '.join(f'{key} {{ {value} }}' for key, value in parameters.items())
    return f'layer {{ name: "{name}" type: "{kind}" {bottoms} {tops} {inner} }}  # {kind}\n'


def one(kind, **parameters):
    return layer('out', kind, **parameters)


NETS = {
    'lenet': ((1, 1, 16, 16), layer('conv1', 'Convolution', convolution_param='num_output: 4 kernel_size: 5 stride: 1') + layer('pool1', 'Pooling', 'conv1', pooling_param='pool: MAX kernel_size: 2 stride: 2')
              + layer('ip1', 'InnerProduct', 'pool1', inner_product_param='num_output: 6') + layer('relu1', 'ReLU', 'ip1', 'ip1') + layer('ip2', 'InnerProduct', 'ip1', inner_product_param='num_output: 3') + layer('prob', 'Softmax', 'ip2'),
              [('conv1', 'Convolution', [uniform(4, 1, 5, 5), uniform(4)]), ('ip1', 'InnerProduct', [uniform(6, 144), uniform(6)]), ('ip2', 'InnerProduct', [uniform(3, 6), uniform(3)])]),
    'normalised': ((1, 3, 9, 9), layer('conv', 'Convolution', convolution_param='num_output: 4 kernel_size: 3 pad: 1 bias_term: false') + layer('bn', 'BatchNorm', 'conv', 'conv', batch_norm_param='use_global_stats: true')
                   + layer('scale', 'Scale', 'conv', 'conv', scale_param='bias_term: true') + layer('relu', 'ReLU', 'conv', 'conv') + layer('pool', 'Pooling', 'conv', pooling_param='pool: AVE global_pooling: true'),
                   [('conv', 'Convolution', [uniform(4, 3, 3, 3)]), ('bn', 'BatchNorm', [uniform(4), np.abs(uniform(4)) + 0.5, np.array([2.0])]), ('scale', 'Scale', [uniform(4) + 1, uniform(4)])]),
    'branches': ((1, 4, 8, 8), layer('a', 'Convolution', convolution_param='num_output: 4 kernel_size: 3 pad: 1 group: 2') + layer('b', 'Convolution', convolution_param='num_output: 4 kernel_h: 1 kernel_w: 3 pad_h: 0 pad_w: 1')
                 + layer('cat', 'Concat', ['a', 'b']) + layer('cut', 'Slice', 'cat', ['left', 'right'], slice_param='axis: 1 slice_point: 4') + layer('out', 'Eltwise', ['left', 'right'], eltwise_param='operation: SUM coeff: 1 coeff: -2'),
                 [('a', 'Convolution', [uniform(4, 2, 3, 3), uniform(4)]), ('b', 'Convolution', [uniform(4, 4, 1, 3), uniform(4)])]),
    'dilated': ((1, 2, 9, 9), one('Convolution', convolution_param='num_output: 3 kernel_size: 3 dilation: 2 pad: 2 stride: 2'), [('out', 'Convolution', [uniform(3, 2, 3, 3), uniform(3)])]),
    'deconvolution': ((1, 2, 4, 4), one('Deconvolution', convolution_param='num_output: 3 kernel_size: 4 stride: 2 pad: 1'), [('out', 'Deconvolution', [uniform(2, 3, 4, 4), uniform(3)])]),
    'max_over_end': ((1, 2, 8, 7), one('Pooling', pooling_param='pool: MAX kernel_size: 3 stride: 2'), []),
    'max_padded': ((1, 2, 8, 7), one('Pooling', pooling_param='pool: MAX kernel_size: 3 stride: 2 pad: 1'), []),
    'average_padded': ((1, 2, 7, 7), one('Pooling', pooling_param='pool: AVE kernel_size: 3 stride: 1 pad: 1'), []),
    'lrn': ((1, 7, 3, 3), one('LRN', lrn_param='local_size: 5 alpha: 0.01 beta: 0.75'), []),
    'power': ((1, 2, 3, 3), one('Power', power_param='power: 2 scale: 0.5 shift: 1'), []),
    'leaky': ((1, 2, 3, 3), one('ReLU', relu_param='negative_slope: 0.1'), []),
    'prelu': ((1, 3, 3, 3), one('PReLU'), [('out', 'PReLU', [uniform(3)])]),
    'elu': ((1, 2, 3, 3), one('ELU'), []),
    'sigmoid': ((1, 2, 3, 3), one('Sigmoid'), []),
    'tanh': ((1, 2, 3, 3), one('TanH'), []),
    'product': ((1, 2, 3, 3), layer('s', 'Sigmoid') + layer('out', 'Eltwise', ['data', 's'], eltwise_param='operation: PROD'), []),
    'maximum': ((1, 2, 3, 3), layer('s', 'Sigmoid') + layer('out', 'Eltwise', ['data', 's'], eltwise_param='operation: MAX'), []),
    'flattened': ((1, 2, 3, 3), one('Flatten'), []),
    'permuted': ((1, 2, 3, 4), one('Permute', permute_param='order: 0 order: 2 order: 3 order: 1'), []),
    'reshaped': ((1, 2, 3, 4), one('Reshape', reshape_param='shape { dim: 0 dim: -1 dim: 4 }'), []),
    'cropped': ((1, 2, 6, 6), layer('small', 'Pooling', pooling_param='pool: MAX kernel_size: 2 stride: 2') + layer('out', 'Crop', ['data', 'small'], crop_param='axis: 2 offset: 1 offset: 2'), []),
    'depthwise': ((1, 4, 6, 6), one('Convolution', convolution_param='num_output: 4 kernel_size: 3 group: 4 pad: 1'), [('out', 'Convolution', [uniform(4, 1, 3, 3), uniform(4)])]),
    'split': ((1, 2, 3, 3), layer('two', 'Split', 'data', ['p', 'q']) + layer('r', 'ReLU', 'p') + layer('out', 'Eltwise', ['r', 'q']), []),
}
golden = {}
with tempfile.TemporaryDirectory() as folder:
    for name, (shape, body, layers) in NETS.items():
        text = head(shape) + body
        text_file, weight_file = Path(folder, 'net.prototxt'), Path(folder, 'net.caffemodel')
        text_file.write_text(text)
        weight_file.write_bytes(weights(layers))
        net = cv2.dnn.readNetFromCaffe(str(text_file), str(weight_file)) if layers else cv2.dnn.readNetFromCaffe(str(text_file))
        x = random.uniform(-1, 1, shape).astype(np.float32)
        net.setInput(x)
        y = net.forward()
        golden[name] = {'text': text, 'weights': base64.b64encode(weight_file.read_bytes()).decode() if layers else None, 'input': [float(f'{value:.7g}') for value in x.ravel()], 'shape': list(y.shape), 'output': [float(f'{value:.7g}') for value in y.ravel()]}
Path('test/golden/runtime/caffe.json').write_text(json.dumps(golden, separators=(',', ':')) + '\n')
