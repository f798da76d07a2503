"""What Keras's layers and operations compute: test/golden/runtime/layers_keras.json.

KERAS_BACKEND=tensorflow python test/oracle/layers_keras.py
Each case is a program that makes a `model`; its weights are listed layer by layer, as a checkpoint does.
"""
import json
from pathlib import Path

import keras
import numpy as np

cases = []
random = np.random.default_rng(3)


def pack(array, dtype=None):
    array = np.asarray(array)
    return {'shape': list(array.shape), 'dataType': dtype or str(array.dtype), 'data': [float(f'{float(v):.7g}') for v in array.astype(np.float64).ravel()]}


def case(name, shape, lines, dtype='float32', high=None, low=-1.0):
    batch, *inner = shape
    dtype_text = '' if dtype == 'float32' else f", dtype='{dtype}'"
    shape_text = '(' + ''.join(f'{size}, ' for size in inner) + ')'
    steps = '\n'.join(lines) if isinstance(lines, list) else lines
    source = f'''import keras
from keras import layers, ops

inputs = keras.Input({shape_text}{dtype_text}, name='x')
x = inputs
{steps}
model = keras.Model(inputs, x)
'''
    keras.backend.clear_session()
    keras.utils.set_random_seed(len(cases))
    scope = {}
    exec(source, scope)
    model = scope['model']
    for weight in model.weights:
        if 'moving_mean' in weight.path:
            weight.assign(random.uniform(-0.5, 0.5, weight.shape))
        elif 'moving_variance' in weight.path:
            weight.assign(random.uniform(0.5, 1.5, weight.shape))
        elif not weight.path.startswith('seed') and 'seed_generator' not in weight.path and len(weight.shape) < 2:
            weight.assign(random.uniform(0.2, 1, weight.shape))
    x = random.uniform(low, high or 1.0, shape).astype(np.float32) if dtype == 'float32' else random.integers(0, high, shape).astype(dtype)
    y = np.asarray(model(x))
    weights = [{'name': layer.name, 'key': layer.name, 'variables': [pack(w) for w in values]} for layer, values in owners(model)]
    cases.append({'name': name, 'source': source, 'layers': weights, 'x': pack(x, dtype), 'y': pack(y)})


def owners(model):
    """Layers that own variables themselves, in the order in which they are met."""
    found = []

    def visit(layer):
        own = [v for v in [*layer._trainable_variables, *layer._non_trainable_variables] if 'seed' not in v.path]
        if own:
            found.append((layer, own))
        for inner in layer._layers:
            visit(inner)

    for layer in model.layers:
        visit(layer)
    return found


def layer(code, *shape, **options):
    case(code, shape, f'x = layers.{code}(x)', **options)


for code in ('Activation("relu")', 'Activation("swish")', 'Activation("hard_sigmoid")', 'Activation("softsign")', 'Activation("gelu")', 'Activation("mish")', 'Activation("exponential")', 'Activation("leaky_relu")', 'ReLU(6.0)', 'ReLU(negative_slope=0.1, threshold=0.2)', 'LeakyReLU(0.1)', 'ELU(0.7)', 'PReLU()', 'Softmax()', 'Softmax(axis=1)',
             'Flatten()', 'Reshape((6, 2))', 'Reshape((-1, 3))', 'Permute((2, 1))', 'RepeatVector(3)' , 'Dropout(0.3)', 'GaussianNoise(0.1)', 'Identity()', 'UnitNormalization()', 'Rescaling(0.5, 0.1)', 'LayerNormalization()', 'LayerNormalization(axis=1)', 'BatchNormalization()', 'BatchNormalization(axis=1, scale=False)', 'RMSNormalization()'):
    layer(code, 2, 3, 4) if 'RepeatVector' not in code else layer(code, 2, 4)
layer('Dense(3)', 2, 4)
layer('Dense(3, activation="tanh", use_bias=False)', 2, 5, 4)
layer('EinsumDense("abc,cd->abd", output_shape=(None, 6), bias_axes="d")', 2, 3, 4)
layer('Embedding(7, 3)', 2, 5, dtype='int32', high=7)
layer('Conv1D(4, 3, padding="same", strides=2)', 2, 9, 3)
layer('Conv1D(4, 3, padding="causal", dilation_rate=2)', 2, 9, 3)
layer('Conv2D(4, 3, activation="relu")', 1, 7, 7, 3)
layer('Conv2D(4, (2, 3), strides=2, padding="same")', 1, 7, 8, 3)
layer('Conv2D(4, 3, dilation_rate=2, padding="same", groups=2)', 1, 8, 8, 4)
layer('Conv3D(2, 2)', 1, 4, 4, 4, 2)
layer('DepthwiseConv2D(3, depth_multiplier=2, padding="same", strides=2)', 1, 7, 7, 3)
layer('DepthwiseConv1D(3)', 1, 7, 3)
layer('SeparableConv2D(4, 3, padding="same")', 1, 6, 6, 3)
layer('SeparableConv1D(4, 3)', 1, 6, 3)
layer('Conv2DTranspose(4, 3, strides=2, padding="same")', 1, 5, 5, 3)
layer('Conv2DTranspose(4, 3, strides=2)', 1, 5, 5, 3)
layer('Conv2DTranspose(3, 4, strides=2, padding="same", output_padding=1)', 1, 4, 4, 3)
layer('Conv1DTranspose(4, 3, strides=2)', 1, 5, 3)
for code in ('MaxPooling2D()', 'MaxPooling2D(3, strides=2, padding="same")', 'AveragePooling2D(2)', 'AveragePooling2D(3, strides=2, padding="same")', 'GlobalAveragePooling2D()', 'GlobalMaxPooling2D(keepdims=True)', 'ZeroPadding2D(((1, 0), (2, 1)))', 'Cropping2D(1)', 'UpSampling2D(2)', 'UpSampling2D((2, 3), interpolation="bilinear")',
             'Resizing(5, 9)', 'Resizing(5, 5, interpolation="nearest")', 'CenterCrop(4, 4)', 'BatchNormalization(epsilon=0.01)', 'GroupNormalization(3)', 'SpatialDropout2D(0.5)', 'AveragePooling2D((2, 3), data_format="channels_last")'):
    layer(code, 1, 7, 7, 3)
for code in ('MaxPooling1D(2)', 'AveragePooling1D(3, padding="same")', 'GlobalAveragePooling1D()', 'GlobalMaxPooling1D()', 'ZeroPadding1D(2)', 'Cropping1D((1, 2))', 'UpSampling1D(2)'):
    layer(code, 2, 7, 3)
layer('MaxPooling3D()', 1, 4, 4, 4, 2)
layer('GlobalAveragePooling3D()', 1, 4, 4, 4, 2)
for code in ('SimpleRNN(4)', 'SimpleRNN(4, return_sequences=True, go_backwards=True)', 'LSTM(4)', 'LSTM(4, return_sequences=True, recurrent_activation="hard_sigmoid")', 'GRU(4)', 'GRU(4, reset_after=False, return_sequences=True)', 'Bidirectional(layers.LSTM(4))', 'Bidirectional(layers.GRU(3, return_sequences=True), merge_mode="sum")',
             'TimeDistributed(layers.Dense(2))', 'RNN(layers.LSTMCell(4))', 'RNN([layers.GRUCell(4), layers.GRUCell(3)])'):
    layer(code, 2, 5, 3)
case('LSTM states', (2, 5, 3), 'y, h, c = layers.LSTM(4, return_state=True)(x)\nx = ops.concatenate([h, c], axis=-1)')
case('MultiHeadAttention', (2, 5, 8), 'x = layers.MultiHeadAttention(2, 4)(x, x)')
case('MultiHeadAttention causal', (2, 5, 8), 'x = layers.MultiHeadAttention(2, 4, value_dim=3, use_bias=False)(x, x, use_causal_mask=True)')
case('GroupQueryAttention', (2, 5, 8), 'x = layers.GroupQueryAttention(4, 4, 2)(x, x)')
case('Attention', (2, 5, 4), 'x = layers.Attention(use_scale=True)([x, x])')
case('AdditiveAttention', (2, 5, 4), 'x = layers.AdditiveAttention()([x, x])')
for name in ('Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Concatenate'):
    case(name, (2, 3, 4), f'x = layers.{name}()([x, layers.Dense(4)(x)])')
case('Dot', (2, 3, 4), 'x = layers.Dot(axes=2, normalize=True)([x, x])')
case('Lambda', (2, 4), 'x = layers.Lambda(lambda t: t * 2 + 1)(x)')
case('nested models', (2, 6), ['inner = keras.Sequential([layers.Dense(5, activation="relu"), layers.Dense(4)])', 'x = inner(x)', 'x = layers.Dense(2)(x)'])
case('shared layer', (2, 4), ['dense = layers.Dense(4)', 'x = dense(dense(x))'])
for code in ('ops.sum(x, axis=1)', 'ops.mean(x, axis=-1, keepdims=True)', 'ops.max(x, axis=(1, 2))', 'ops.std(x, axis=1)', 'ops.var(x, axis=-1)', 'ops.softmax(x, axis=1)', 'ops.log_softmax(x)', 'ops.relu(x)', 'ops.exp(x)', 'ops.log1p(ops.abs(x))', 'ops.square(x)', 'ops.sqrt(ops.abs(x))', 'ops.rsqrt(ops.abs(x) + 1)', 'ops.clip(x, -0.5, 0.5)', 'ops.matmul(x, ops.transpose(x, (0, 2, 1)))',
             'ops.einsum("bij,bkj->bik", x, x)', 'ops.concatenate([x, x * 2], axis=-1)', 'ops.stack([x, -x], axis=1)', 'ops.split(x, 2, axis=2)[1]', 'ops.reshape(x, (-1, 12))', 'ops.expand_dims(x, 1)', 'ops.squeeze(ops.expand_dims(x, 1), 1)', 'ops.tile(x, (1, 2, 1))', 'ops.repeat(x, 2, axis=1)', 'ops.pad(x, ((0, 0), (1, 1), (0, 2)))', 'ops.where(x > 0, x, 0.1 * x)', 'ops.cumsum(x, axis=1)', 'ops.argmax(x, axis=-1)',
             'ops.top_k(x, 2)[0]', 'ops.one_hot(ops.argmax(x, axis=-1), 4)', 'ops.take(x, [0, 2], axis=1)', 'ops.norm(x, axis=-1)', 'ops.normalize(x, axis=-1)', 'ops.logsumexp(x, axis=1)', 'ops.maximum(x, -x)', 'ops.mod(x, 0.7)', 'ops.floor(x)', 'ops.sign(x)', 'ops.sigmoid(x)', 'ops.silu(x)', 'ops.gelu(x)', 'ops.gelu(x, approximate=False)', 'ops.hard_swish(x)', 'ops.flip(x, axis=1)', 'ops.roll(x, 1, axis=2)', 'ops.swapaxes(x, 1, 2)', 'ops.moveaxis(x, 1, 2)', 'ops.tril(x)', 'ops.outer(x[0, 0], x[1, 1])', 'ops.cast(x > 0, "float32")', 'x[:, 1:, ::2]', 'x[..., -1]', 'x[:, None]', 'x ** 2 / 3 - 1', 'ops.prod(x, axis=1)', 'ops.any(x > 0, axis=1)', 'ops.isnan(x)', 'ops.erf(x)', 'ops.dot(x, ops.ones((4, 2)))', 'ops.logical_not(x > 0)', 'ops.tanh(x) + ops.sin(x)'):
    case(code, (2, 3, 4), f'x = {code}')

Path('test/golden/runtime/layers_keras.json').write_text(json.dumps(cases, separators=(',', ':')))
print(len(cases), 'cases', Path('test/golden/runtime/layers_keras.json').stat().st_size, 'bytes')
