"""Faults in Keras and data scripts as people write them, each with its fix: runs both in the real framework and writes the verdicts.

    KERAS_BACKEND=torch python keras_faults.py ../golden/faults/keras.json
"""
import contextlib
import io
import json
import sys
import warnings

HEAD = '''import numpy as np
import keras
from keras import layers
from keras.models import Sequential, Model
from keras.layers import *
from keras.utils import to_categorical
'''

# (name, kind, faulty, fixed)
PAIRS = []


def pair(name, kind, faulty, fixed):
    PAIRS.append((name, kind, faulty, fixed))


def swap(name, kind, text, wrong, right):
    """One text with one place that differs."""
    pair(name, kind, text.replace('<>', wrong), text.replace('<>', right))


MLP = '''
x = np.random.rand(64, {features})
y = {labels}
model = Sequential([Dense(16, activation='relu', input_shape=({input},)), Dense({out}, activation='{act}')])
model.compile(optimizer='adam', loss='{loss}')
model.fit(x, y, epochs=1, verbose=0)
'''


def mlp(**changes):
    values = {'features': 20, 'labels': 'np.random.randint(0, 3, (64,))', 'input': 20, 'out': 3, 'act': 'softmax', 'loss': 'sparse_categorical_crossentropy'}
    values.update(changes)
    return MLP.format(**values)


pair('features differ from input_shape', 'data-input', mlp(input=21), mlp())
pair('class numbers with categorical loss', 'labels-loss', mlp(loss='categorical_crossentropy'), mlp())
pair('one-hot labels with sparse loss', 'labels-loss', mlp(labels='to_categorical(np.random.randint(0, 3, (64,)), 3)'),
     mlp(labels='to_categorical(np.random.randint(0, 3, (64,)), 3)', loss='categorical_crossentropy'))
pair('one output for three classes', 'labels-loss', mlp(out=1, labels='to_categorical(np.random.randint(0, 3, (64,)), 3)', loss='categorical_crossentropy'),
     mlp(labels='to_categorical(np.random.randint(0, 3, (64,)), 3)', loss='categorical_crossentropy'))
pair('two one-hot columns for one sigmoid', 'labels-loss', mlp(out=1, act='sigmoid', loss='binary_crossentropy', labels='to_categorical(np.random.randint(0, 2, (64,)), 2)'),
     mlp(out=2, act='sigmoid', loss='binary_crossentropy', labels='to_categorical(np.random.randint(0, 2, (64,)), 2)'))
pair('flat labels for two sigmoids', 'labels-loss', mlp(out=2, act='sigmoid', loss='binary_crossentropy', labels='np.random.randint(0, 2, (64,))'),
     mlp(out=1, act='sigmoid', loss='binary_crossentropy', labels='np.random.randint(0, 2, (64,))'))
pair('fewer labels than samples', 'labels', mlp(labels='np.random.randint(0, 3, (63,))'), mlp())
pair('more one-hot columns than outputs', 'labels-loss', mlp(out=3, labels='to_categorical(np.random.randint(0, 4, (64,)), 4)', loss='categorical_crossentropy'),
     mlp(out=4, labels='to_categorical(np.random.randint(0, 4, (64,)), 4)', loss='categorical_crossentropy'))
pair('regression on other targets', 'labels-loss', mlp(out=3, act='linear', loss='mse', labels='np.random.rand(64, 2)'), mlp(out=2, act='linear', loss='mse', labels='np.random.rand(64, 2)'))

IMAGES = '''
x = np.random.rand(32, {image})
y = np.random.randint(0, 10, (32,))
model = Sequential()
model.add(Conv2D(8, (3, 3), activation='relu', input_shape=({input})))
model.add(MaxPooling2D((2, 2)))
{middle}
model.add(Dense(10, activation='softmax'))
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x, y, epochs=1, verbose=0)
'''


def images(image='28, 28, 1', input='28, 28, 1', middle='model.add(Flatten())'):
    return IMAGES.format(image=image, input=input, middle=middle)


pair('colour images into a grey model', 'data-input', images(image='28, 28, 3'), images())
pair('image size differs', 'data-input', images(image='32, 32, 1'), images())
pair('flat images into a convolution', 'data-input', images(image='784'), images())
pair('no flatten before the last dense layer', 'labels-loss', images(middle=''), images())
pair('channels first data', 'data-input', images(image='1, 28, 28'), images())
pair('input shape with a batch axis', 'parameters', images(input='32, 28, 28, 1'), images())
pair('input shape without channels', 'parameters', images(input='28, 28'), images())
pair('convolution after flatten', 'layers', images(middle="model.add(Flatten())\nmodel.add(Conv2D(8, (3, 3)))"), images(middle="model.add(Conv2D(8, (3, 3)))\nmodel.add(Flatten())"))
pair('pooled away', 'layers', images(middle='\n'.join(['model.add(Conv2D(8, (3, 3)))\nmodel.add(MaxPooling2D((2, 2)))'] * 3) + '\nmodel.add(Flatten())'), images(middle='model.add(Conv2D(8, (3, 3)))\nmodel.add(MaxPooling2D((2, 2)))\nmodel.add(Flatten())'))
pair('reshape to another size', 'parameters', images(middle='model.add(Reshape((8, 169)))\nmodel.add(Reshape((14, 14, 8)))\nmodel.add(Flatten())'), images(middle='model.add(Reshape((8, 169)))\nmodel.add(Reshape((13, 13, 8)))\nmodel.add(Flatten())'))

SEQUENCES = '''
x = np.random.rand(32, {data})
y = np.random.rand(32, {target})
model = Sequential()
{layers}
model.compile('adam', 'mse')
model.fit(x, y, epochs=1, verbose=0)
'''


def sequences(layers, data='10, 4', target='1'):
    return SEQUENCES.format(layers=layers, data=data, target=target)


pair('two-dimensional data into an LSTM', 'data-input', sequences("model.add(LSTM(8, input_shape=(10, 4)))\nmodel.add(Dense(1))", data='40'), sequences("model.add(LSTM(8, input_shape=(10, 4)))\nmodel.add(Dense(1))"))
pair('stacked LSTMs without return_sequences', 'layers', sequences("model.add(LSTM(8, input_shape=(10, 4)))\nmodel.add(LSTM(8))\nmodel.add(Dense(1))"), sequences("model.add(LSTM(8, return_sequences=True, input_shape=(10, 4)))\nmodel.add(LSTM(8))\nmodel.add(Dense(1))"))
pair('time steps and features exchanged', 'data-input', sequences("model.add(LSTM(8, input_shape=(4, 10)))\nmodel.add(Dense(1))"), sequences("model.add(LSTM(8, input_shape=(10, 4)))\nmodel.add(Dense(1))"))
pair('one-dimensional input shape for an LSTM', 'parameters', sequences("model.add(LSTM(8, input_shape=(10,)))\nmodel.add(Dense(1))"), sequences("model.add(LSTM(8, input_shape=(10, 4)))\nmodel.add(Dense(1))"))
pair('Conv1D without a channel axis', 'parameters', sequences("model.add(Conv1D(8, 3, input_shape=(40,)))\nmodel.add(Flatten())\nmodel.add(Dense(1))", data='40'), sequences("model.add(Conv1D(8, 3, input_shape=(40, 1)))\nmodel.add(Flatten())\nmodel.add(Dense(1))", data='40, 1'))
pair('pooling after a Dense of two axes', 'layers', sequences("model.add(Dense(8, input_shape=(40,)))\nmodel.add(MaxPooling1D(2))\nmodel.add(Flatten())\nmodel.add(Dense(1))", data='40'), sequences("model.add(Dense(8, input_shape=(40, 1)))\nmodel.add(MaxPooling1D(2))\nmodel.add(Flatten())\nmodel.add(Dense(1))", data='40, 1'))
pair('targets of every step for a model of the last', 'labels-loss', sequences("model.add(LSTM(8, input_shape=(10, 4)))\nmodel.add(Dense(3))", target='10, 3'), sequences("model.add(LSTM(8, return_sequences=True, input_shape=(10, 4)))\nmodel.add(Dense(3))", target='10, 3'))
pair('RepeatVector on sequences', 'layers', sequences("model.add(LSTM(8, return_sequences=True, input_shape=(10, 4)))\nmodel.add(RepeatVector(10))\nmodel.add(LSTM(4))\nmodel.add(Dense(1))"), sequences("model.add(LSTM(8, input_shape=(10, 4)))\nmodel.add(RepeatVector(10))\nmodel.add(LSTM(4))\nmodel.add(Dense(1))"))

FUNCTIONAL = '''
a = Input(shape=(8,))
b = Input(shape=({b},))
{body}
model = Model([a, b], out)
model.compile('adam', 'mse')
model.fit({data}, np.random.rand(16, 1), epochs=1, verbose=0)
'''


def functional(body, b='8', data='[np.random.rand(16, 8), np.random.rand(16, 8)]'):
    return FUNCTIONAL.format(body=body, b=b, data=data)


ADD = 'out = Dense(1)(add([Dense(4)(a), Dense({n})(b)]))'
pair('adding branches of different width', 'layers', functional(ADD.format(n=5)), functional(ADD.format(n=4)))
pair('one array for two inputs', 'data-input', functional(ADD.format(n=4), data='np.random.rand(16, 8)'), functional(ADD.format(n=4)))
pair('inputs in the wrong order', 'data-input', functional(ADD.format(n=4), b='6', data='[np.random.rand(16, 6), np.random.rand(16, 8)]'), functional(ADD.format(n=4), b='6', data='[np.random.rand(16, 8), np.random.rand(16, 6)]'))
pair('arrays of different length', 'data-input', functional(ADD.format(n=4), data='[np.random.rand(16, 8), np.random.rand(15, 8)]'), functional(ADD.format(n=4)))
pair('concatenation of different ranks', 'layers', functional('out = Dense(1)(concatenate([a, Reshape((4, 2))(b)]))'), functional('out = Dense(1)(concatenate([a, Flatten()(Reshape((4, 2))(b))]))'))
pair('a dot product over different sizes', 'layers', functional('out = Dense(1)(dot([a, b], axes=1))', b='6', data='[np.random.rand(16, 8), np.random.rand(16, 6)]'), functional('out = Dense(1)(dot([a, Dense(8)(b)], axes=1))', b='6', data='[np.random.rand(16, 8), np.random.rand(16, 6)]'))
pair('reshape that loses elements', 'parameters', functional('out = Dense(1)(Flatten()(Reshape((3, 3))(add([a, b]))))'), functional('out = Dense(1)(Flatten()(Reshape((4, 2))(add([a, b]))))'))
pair('a merge layer on one tensor', 'layers', functional('out = Dense(1)(Concatenate()(a))'), functional('out = Dense(1)(Concatenate()([a, b]))'))

UNET = '''
inputs = Input((64, 64, 1))
c1 = Conv2D(4, 3, activation='relu', padding='{padding}')(inputs)
p1 = MaxPooling2D(2)(c1)
c2 = Conv2D(8, 3, activation='relu', padding='{padding}')(p1)
u1 = UpSampling2D(2)(c2)
m1 = concatenate([u1, c1], axis=3)
outputs = Conv2D(1, 1, activation='sigmoid')(m1)
model = Model(inputs, outputs)
model.compile('adam', 'binary_crossentropy')
model.fit(np.random.rand(4, 64, 64, 1), np.random.randint(0, 2, (4, {mask})), epochs=1, verbose=0)
'''
pair('skip connection of another size', 'layers', UNET.format(padding='valid', mask='64, 64, 1'), UNET.format(padding='same', mask='64, 64, 1'))
pair('mask of another size', 'labels-loss', UNET.format(padding='same', mask='128, 128, 1'), UNET.format(padding='same', mask='64, 64, 1'))

AUTOENCODER = '''
x = np.random.rand(16, 28, 28, 1)
i = Input((28, 28, 1))
e = MaxPooling2D(2, padding='same')(Conv2D(8, 3, padding='same')(i))
e = MaxPooling2D(2, padding='same')(Conv2D(4, 3, padding='same')(e))
e = MaxPooling2D(2, padding='same')(Conv2D(4, 3, padding='same')(e))
d = UpSampling2D(2)(Conv2D(4, 3, padding='same')(e))
d = UpSampling2D(2)(Conv2D(4, 3, padding='same')(d))
d = UpSampling2D(2)(Conv2D(8, 3<>)(d))
out = Conv2D(1, 3, padding='same', activation='sigmoid')(d)
model = Model(i, out)
model.compile('adam', 'binary_crossentropy')
model.fit(x, x, epochs=1, verbose=0)
'''
swap('decoder that does not come back to 28', 'labels-loss', AUTOENCODER, ", padding='same'", '')

DATA = '''
x = np.random.rand(100, 8, 8)
y = np.random.randint(0, 10, 100)
<>
'''
for name, wrong, right in (
        ('reshape of data to a wrong size', 'x = x.reshape(100, 63)', 'x = x.reshape(100, 64)'),
        ('reshape with two free axes', 'x = x.reshape(-1, -1)', 'x = x.reshape(-1, 64)'),
        ('wrong split of the axis', 'a, b, c = np.split(x, 3)', 'a, b = np.split(x, 2)'),
        ('concatenating images and labels', 'z = np.concatenate([x, y], axis=0)', 'z = np.concatenate([x.reshape(100, -1), y.reshape(-1, 1)], axis=1)'),
        ('standardising with a mean of the wrong axis', 'z = x - x.mean(axis=1)', 'z = x - x.mean(axis=0)'),
        ('matrix product of the wrong sides', 'z = x.reshape(100, 64) @ np.ones((10, 64))', 'z = x.reshape(100, 64) @ np.ones((10, 64)).T'),
        ('dot of the wrong sides', 'z = np.dot(np.ones((10, 64)), x.reshape(100, 64))', 'z = np.dot(np.ones((10, 64)), x.reshape(100, 64).T)'),
        ('adding a bias of the wrong width', 'z = x.reshape(100, 64) + np.zeros(10)', 'z = x.reshape(100, 64) + np.zeros(64)'),
        ('stacking arrays of different shapes', 'z = np.stack([x, x[:50]])', 'z = np.stack([x[:50], x[50:]])'),
        ('indexing past the rank', 'z = x[:, :, :, 0]', 'z = x[:, :, 0]'),
        ('indexing past the end', 'z = x[:, 8]', 'z = x[:, 7]'),
        ('mask of another length', 'z = x[np.ones(99, dtype=bool)]', 'z = x[np.ones(100, dtype=bool)]'),
        ('squeezing an axis that is not one', 'z = np.squeeze(x, axis=1)', 'z = np.squeeze(x[:, :1], axis=1)'),
        ('assigning a row of another size', 'z = np.zeros((100, 10))\nz[0] = np.ones(9)', 'z = np.zeros((100, 10))\nz[0] = np.ones(10)'),
        ('argmax over an axis that is not there', 'z = np.argmax(y, axis=1)', 'z = np.argmax(to_categorical(y, 10), axis=1)'),
        ('in-place division of integers', 'x = np.zeros((4, 4), dtype=np.uint8)\nx /= 255', "x = np.zeros((4, 4), dtype=np.uint8)\nx = x / 255"),
        ('hstack of rows and columns', 'z = np.hstack([x.reshape(100, 64), y])', 'z = np.hstack([x.reshape(100, 64), y[:, None]])'),
        ('einsum with a wrong letter', "z = np.einsum('nij,kj->nik', x, np.ones((5, 7)))", "z = np.einsum('nij,kj->nik', x, np.ones((5, 8)))"),
        ('ragged list', 'z = np.array([[1, 2], [3, 4, 5]])', 'z = np.array([[1, 2, 0], [3, 4, 5]])'),
        ('transpose with too few axes', 'z = x.transpose(1, 0)', 'z = x.transpose(1, 0, 2)')):
    swap(name, 'numpy', DATA, wrong, right)

SKLEARN = '''
from sklearn.datasets import load_iris, load_digits
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler, LabelEncoder
<>
'''
for name, wrong, right in (
        ('split of data and labels of other sizes', 'x, y = load_iris(return_X_y=True)\na = train_test_split(x, y[:100], test_size=0.2)', 'x, y = load_iris(return_X_y=True)\na = train_test_split(x, y, test_size=0.2)'),
        ('scaling images', 'x = StandardScaler().fit_transform(load_digits().images)', 'x = StandardScaler().fit_transform(load_digits().data)'),
        ('scaling one column', 'x = StandardScaler().fit_transform(np.arange(10.0))', 'x = StandardScaler().fit_transform(np.arange(10.0).reshape(-1, 1))'),
        ('scaler fitted on other features', 's = StandardScaler().fit(np.ones((5, 3)))\nx = s.transform(np.ones((5, 4)))', 's = StandardScaler().fit(np.ones((5, 3)))\nx = s.transform(np.ones((5, 3)))'),
        ('iris into a model of five features', "x, y = load_iris(return_X_y=True)\nm = Sequential([Dense(3, activation='softmax', input_shape=(5,))])\nm.compile('adam', 'sparse_categorical_crossentropy')\nm.fit(x, y, verbose=0)",
         "x, y = load_iris(return_X_y=True)\nm = Sequential([Dense(3, activation='softmax', input_shape=(4,))])\nm.compile('adam', 'sparse_categorical_crossentropy')\nm.fit(x, y, verbose=0)"),
        ('digits as images into a flat model', "d = load_digits()\nm = Sequential([Dense(10, activation='softmax', input_shape=(64,))])\nm.predict(d.images, verbose=0)", "d = load_digits()\nm = Sequential([Dense(10, activation='softmax', input_shape=(64,))])\nm.predict(d.data, verbose=0)")):
    swap(name, 'sklearn', SKLEARN, wrong, right)

USE = '''
model = Sequential([Input((4,)), Dense(8, activation='relu'), Dense(3, activation='softmax')])
<>
'''
for name, wrong, right in (
        ('predicting one sample without a batch axis', 'model.predict(np.random.rand(4), verbose=0)', 'model.predict(np.random.rand(1, 4), verbose=0)'),
        ('fit before compile', 'model.fit(np.random.rand(8, 4), np.zeros(8), verbose=0)', "model.compile('adam', 'sparse_categorical_crossentropy')\nmodel.fit(np.random.rand(8, 4), np.zeros(8), verbose=0)"),
        ('evaluation on other features', "model.compile('adam', 'sparse_categorical_crossentropy')\nmodel.evaluate(np.random.rand(8, 5), np.zeros(8), verbose=0)", "model.compile('adam', 'sparse_categorical_crossentropy')\nmodel.evaluate(np.random.rand(8, 4), np.zeros(8), verbose=0)"),
        ('validation data of another width', "model.compile('adam', 'sparse_categorical_crossentropy')\nmodel.fit(np.random.rand(8, 4), np.zeros(8), validation_data=(np.random.rand(4, 3), np.zeros(4)), verbose=0)",
         "model.compile('adam', 'sparse_categorical_crossentropy')\nmodel.fit(np.random.rand(8, 4), np.zeros(8), validation_data=(np.random.rand(4, 4), np.zeros(4)), verbose=0)"),
        ('a loss that does not exist', "model.compile('adam', 'categorical_cross_entropy')\nmodel.fit(np.random.rand(8, 4), np.zeros((8, 3)), verbose=0)", "model.compile('adam', 'categorical_crossentropy')\nmodel.fit(np.random.rand(8, 4), np.zeros((8, 3)), verbose=0)"),
        ('a layer name that is not there', "model.get_layer('hidden')", 'model.get_layer(index=0)'),
        ('a layer that was never called', "Dense(4).output", "model.layers[0].output"),
        ('custom loss over other shapes', "model.compile('adam', lambda t, p: keras.ops.mean(keras.ops.matmul(t, p)))\nmodel.fit(np.random.rand(8, 4), np.zeros((8, 2)), verbose=0)",
         "model.compile('adam', lambda t, p: keras.ops.mean(keras.ops.square(t - p)))\nmodel.fit(np.random.rand(8, 4), np.zeros((8, 3)), verbose=0)"),
        ('weights of another shape', 'model.layers[0].set_weights([np.zeros((4, 7)), np.zeros(7)])', 'model.layers[0].set_weights([np.zeros((4, 8)), np.zeros(8)])'),
        ('layers of the same name', "m = Sequential([Input((4,)), Dense(3, name='a'), Dense(3, name='a')])", "m = Sequential([Input((4,)), Dense(3, name='a'), Dense(3, name='b')])"),
        ('a class instead of a layer', "m = Sequential([Input((4,)), Flatten, Dense(3)])", "m = Sequential([Input((4,)), Flatten(), Dense(3)])")):
    swap(name, 'use', USE, wrong, right)

SUBCLASS = '''
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = Conv2D(8, 3)
        self.flat = Flatten()
        self.out = Dense(10)

    def call(self, x):
        <>
        return self.out(x)

net = Net()
y = net(np.random.rand(2, 28, 28, 1).astype('float32'))
'''
swap('subclassed model with a wrong reshape', 'layers', SUBCLASS, 'x = keras.ops.reshape(self.conv(x), (-1, 5000))', 'x = keras.ops.reshape(self.conv(x), (-1, 5408))')
swap('subclassed model that convolves what is flat', 'layers', SUBCLASS, 'x = self.conv(self.flat(x))', 'x = self.flat(self.conv(x))')
swap('subclassed model that adds other shapes', 'layers', SUBCLASS, 'x = self.flat(x + self.conv(x))', 'x = self.flat(x) + keras.ops.mean(x)')


def verdict(text):
    import keras
    keras.utils.clear_session()
    warnings.simplefilter('ignore')
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(HEAD + text, 'case.py', 'exec'), {'__name__': '__main__'})
        except Exception as error:
            line, at = None, error.__traceback__
            while at is not None:
                if at.tb_frame.f_code.co_filename == 'case.py':
                    line = at.tb_lineno
                at = at.tb_next
            return {'error': f'{type(error).__name__}: {str(error)[:160]}', 'line': line}
    return {}


answers = []
for name, kind, faulty, fixed in PAIRS:
    bad, good = verdict(faulty), verdict(fixed)
    if 'error' not in bad or 'error' in good:
        print('NOT A PAIR', name, bad, good)
        continue
    answers.append({'name': name, 'kind': kind, 'faulty': HEAD + faulty, 'fixed': HEAD + fixed, 'error': bad['error'], 'line': bad['line']})
with open(sys.argv[1], 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(answer) for answer in answers) + '\n]\n')
print(len(answers), 'pairs')
