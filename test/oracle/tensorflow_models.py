"""Small TensorFlow and TFLite models with what they compute: test/golden/runtime/tensorflow/.

python test/oracle/tensorflow_models.py   (tensorflow 2.21, keras 3)
"""
import json
import os
import shutil
from pathlib import Path

os.environ['KERAS_BACKEND'] = 'tensorflow'
import keras
import numpy as np
import tensorflow as tf
from keras import layers
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

keras.utils.set_random_seed(4)
folder = Path('test/golden/runtime/tensorflow')
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
random = np.random.default_rng(4)
expected = {}


def pack(array):
    array = np.asarray(array)
    return {'shape': list(array.shape), 'data': [float(f'{float(x):.7g}') for x in array.ravel()]}


def perturb(model):
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.set_weights([np.abs(random.normal(1, 0.2, w.shape)).astype(np.float32) for w in layer.get_weights()])


def build(name, inputs, outputs):
    model = keras.Model(inputs, outputs, name=name)
    perturb(model)
    x = random.uniform(-1, 1, (2, *inputs.shape[1:])).astype(np.float32)
    y = np.asarray(model(x))
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    data = converter.convert()
    (folder / f'{name}.tflite').write_bytes(data)
    interpreter = tf.lite.Interpreter(model_content=data)
    interpreter.resize_tensor_input(interpreter.get_input_details()[0]['index'], [1, *x.shape[1:]])
    interpreter.allocate_tensors()
    lite = []
    for sample in x:
        interpreter.set_tensor(interpreter.get_input_details()[0]['index'], sample[None])
        interpreter.invoke()
        lite.append(interpreter.get_tensor(interpreter.get_output_details()[0]['index'])[0])
    expected[f'{name}.tflite'] = {'x': pack(x), 'y': pack(np.stack(lite))}
    function = tf.function(model).get_concrete_function(tf.TensorSpec((None, *inputs.shape[1:]), tf.float32, name='x'))
    frozen = convert_variables_to_constants_v2(function)
    tf.io.write_graph(frozen.graph, str(folder), f'{name}.pb', as_text=False)
    expected[f'{name}.pb'] = {'x': pack(x), 'y': pack(y)}
    return model, x, y


i = keras.Input((8, 8, 3))
x = layers.Conv2D(4, 3, padding='same', activation='relu')(i)
x = layers.BatchNormalization()(x)
x = layers.DepthwiseConv2D(3, strides=2, padding='same', depth_multiplier=2)(x)
x = layers.ReLU(6.0)(x)
x = layers.Concatenate()([layers.MaxPooling2D(2)(x), layers.AveragePooling2D(2)(x)])
x = layers.ZeroPadding2D(1)(x)
x = layers.Conv2DTranspose(3, 3, strides=2, padding='same')(x)
x = layers.UpSampling2D(2, interpolation='bilinear')(x)
x = layers.GlobalAveragePooling2D()(x)
model, data, answer = build('images', i, layers.Dense(5, activation='softmax')(x))
model.export(folder / 'saved_images')
expected['saved_images'] = {'x': pack(data), 'y': pack(answer)}

i = keras.Input((6,))
x = layers.Dense(8, activation='tanh')(i)
x = layers.LayerNormalization()(x)
x = layers.Reshape((2, 4))(x)
x = layers.Permute((2, 1))(x)
x = layers.Flatten()(x)
x = layers.Dropout(0.5)(x)
x = layers.Dense(8, activation='gelu')(x)
x = layers.Add()([x, layers.Dense(8, activation='sigmoid')(i)])
x = layers.Multiply()([x, layers.Dense(8, activation='elu')(i)])
model, data, answer = build('dense', i, layers.Dense(3)(x))
model.export(folder / 'saved_dense')
expected['saved_dense'] = {'x': pack(data), 'y': pack(answer)}

i = keras.Input((6, 4))
x = layers.Conv1D(5, 3, padding='causal', activation='relu')(i)
x = layers.MultiHeadAttention(2, 3)(x, x)
x = layers.GlobalMaxPooling1D()(x)
build('sequence', i, layers.Dense(2)(x))

quantized = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(4, 3, activation='relu'), layers.MaxPooling2D(), layers.Flatten(), layers.Dense(3)])
converter = tf.lite.TFLiteConverter.from_keras_model(quantized)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([random.uniform(0, 1, (1, 8, 8, 1)).astype(np.float32)] for _ in range(20))
converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
data = converter.convert()
(folder / 'quantized.tflite').write_bytes(data)
interpreter = tf.lite.Interpreter(model_content=data)
interpreter.allocate_tensors()
x = random.uniform(0, 1, (1, 8, 8, 1)).astype(np.float32)
interpreter.set_tensor(interpreter.get_input_details()[0]['index'], x)
interpreter.invoke()
expected['quantized.tflite'] = {'x': pack(x), 'y': pack(interpreter.get_tensor(interpreter.get_output_details()[0]['index'])), 'step': float(interpreter.get_output_details()[0]['quantization'][0]) or 0.02}

for path in folder.rglob('fingerprint.pb'):
    path.unlink()
(folder / 'expected.json').write_text(json.dumps(expected, separators=(',', ':')))
