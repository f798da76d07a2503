"""Small files of TensorFlow with what not every reader takes, and what TensorFlow answers: test/golden/tf-features.json.

Usage: tf_features.py OUT.json (a Python with tensorflow).
"""
import base64
import json
import os
import sys
import tempfile

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import keras
import numpy as np
import tensorflow as tf
from keras import layers

keras.utils.set_random_seed(0)
cases = []


def files_of(folder):
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            if name not in ('fingerprint.pb', 'keras_metadata.pb'):
                full = os.path.join(path, name)
                with open(full, 'rb') as file:
                    found[os.path.relpath(full, folder)] = base64.b64encode(file.read()).decode()
    return found


def case(name, path, files, x=None, y=None, refused=None):
    given = {} if refused else {'shape': list(x.shape), 'input': x.ravel().tolist(), 'output': np.asarray(y).ravel().tolist()}
    cases.append({'name': name, 'path': path, 'files': files, **given, **({'refused': refused} if refused else {})})


x = np.random.standard_normal((2, 4)).astype('float32')
model = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation='tanh'), layers.Dense(2)])
with tempfile.TemporaryDirectory() as folder:
    tf.saved_model.save(model, folder)
    case('a Keras 3 model saved by tf.saved_model.save', '', files_of(folder), x, model(x))


class Loop(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32, name='x')])
    def run(self, x):
        steps = tf.constant(0)
        while steps < 3:
            x = x * 2.0
            steps += 1
        return x


with tempfile.TemporaryDirectory() as folder:
    loop = Loop()
    tf.saved_model.save(loop, folder, signatures=loop.run)
    case('a loop', '', files_of(folder), refused='StatelessWhile runs functions of its own, which are not followed')

converter = tf.lite.TFLiteConverter.from_keras_model(model)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.target_spec.supported_types = [tf.float16]
content = converter.convert()
lite = tf.lite.Interpreter(model_content=content)
lite.allocate_tensors()
lite.set_tensor(lite.get_input_details()[0]['index'], x[:1])
lite.invoke()
case('TFLite with weights in float16', 'm.tflite', {'m.tflite': base64.b64encode(content).decode()}, x[:1], lite.get_tensor(lite.get_output_details()[0]['index']))

with open(sys.argv[1], 'w') as file:
    json.dump({'cases': cases}, file, separators=(',', ':'))
