"""Golden cases of Keras layers: parameters x input shapes, valid and not, with Keras's verdict, output shapes, weights and the numbers.

Run twice and compare:
    KERAS_BACKEND=torch python keras_cases.py real OUT.json      the framework's answers
    PYTHONPATH=stubs:../../language-server/library python keras_cases.py stub OUT.json REAL.json   the stubs in CPython, held to them

The first run also writes the compact file that the test suite reads: test/golden/keras/layers.json.
"""
import base64
import itertools
import json
import sys

I = 'keras.Input(({}))'


def shape(*sizes):
    return list(sizes)


def cases():
    """(expression of a layer, shapes of its inputs without batch axis, data type)."""
    for units, bias, activation in itertools.product((1, 7), (True, False), (None, 'relu', 'softmax', 'gelu', 'swish')):
        for size in ((5,), (3, 5), (2, 3, 5)):
            yield f'layers.Dense({units}, use_bias={bias}, activation={activation!r})', [size], 'float32'
    yield 'layers.Dense(3)', [()], 'float32'
    yield 'layers.Dense(0)', [(4,)], 'float32'
    yield 'layers.Dense(-2)', [(4,)], 'float32'
    yield "layers.Dense(3, activation='nothing')", [(4,)], 'float32'
    for rank, size in ((1, (11, 4)), (2, (9, 11, 4)), (3, (5, 6, 7, 4))):
        for kernel, stride, padding, dilation, groups in itertools.product((1, 2, 3), (1, 2), ('valid', 'same'), (1, 2), (1, 2)):
            yield f'layers.Conv{rank}D(6, {kernel}, strides={stride}, padding={padding!r}, dilation_rate={dilation}, groups={groups})', [size], 'float32'
        for kernel, stride, padding in itertools.product((1, 2, 3, 4), (1, 2, 3), ('valid', 'same')):
            yield f'layers.Conv{rank}DTranspose(5, {kernel}, strides={stride}, padding={padding!r})', [size], 'float32'
            yield f'layers.MaxPooling{rank}D({kernel}, strides={stride}, padding={padding!r})', [size], 'float32'
            yield f'layers.AveragePooling{rank}D({kernel}, strides={stride}, padding={padding!r})', [size], 'float32'
            if rank < 3:
                yield f'layers.SeparableConv{rank}D(5, {kernel}, strides={stride}, padding={padding!r}, depth_multiplier=2)', [size], 'float32'
                yield f'layers.DepthwiseConv{rank}D({kernel}, strides={stride}, padding={padding!r}, depth_multiplier=2)', [size], 'float32'
        for name in ('GlobalAveragePooling', 'GlobalMaxPooling'):
            for keep in (True, False):
                yield f'layers.{name}{rank}D(keepdims={keep})', [size], 'float32'
            yield f'layers.{name}{rank}D()', [size[:-1]], 'float32'
            yield f'layers.{name}{rank}D(data_format="channels_first")', [size], 'float32'
        for layer in (f'Conv{rank}D(4, 3)', f'MaxPooling{rank}D(2)', f'Conv{rank}DTranspose(4, 3)'):
            yield f'layers.{layer}', [size[:-1]], 'float32'
            yield f'layers.{layer}', [size + (2,)], 'float32'
        yield f'layers.Conv{rank}D(4, 12)', [size], 'float32'
        yield f'layers.Conv{rank}D(4, 5, activation="relu", data_format="channels_first")', [size], 'float32'
        yield f'layers.MaxPooling{rank}D(20)', [size], 'float32'
        yield f'layers.Conv{rank}D(5, 3, groups=2)', [size], 'float32'
        yield f'layers.Conv{rank}D(6, 3, groups=3)', [size], 'float32'
        yield f'layers.Conv{rank}D(6, 3, padding="full")', [size], 'float32'
        yield f'layers.Conv{rank}D(6, 3, strides=2, dilation_rate=2)', [size], 'float32'
        yield f'layers.ZeroPadding{rank}D(2)', [size], 'float32'
        yield f'layers.Cropping{rank}D(1)', [size], 'float32'
        yield f'layers.Cropping{rank}D(6)', [size], 'float32'
        yield f'layers.UpSampling{rank}D(2)', [size], 'float32'
        if rank < 3:
            yield f'layers.SpatialDropout{rank}D(0.5)', [size], 'float32'
        yield f'layers.AdaptiveAveragePooling{rank}D(3)', [size], 'float32'
        yield f'layers.AdaptiveMaxPooling{rank}D(2)', [size], 'float32'
    yield 'layers.Conv1D(4, 3, padding="causal")', [(11, 4)], 'float32'
    yield 'layers.Conv1D(4, 3, padding="causal", dilation_rate=2)', [(11, 4)], 'float32'
    yield 'layers.Conv2D(4, 3, padding="causal")', [(11, 11, 4)], 'float32'
    yield 'layers.Conv2D(4, (3, 5), strides=(2, 1), padding="same")', [(11, 12, 4)], 'float32'
    yield 'layers.Conv2D(4, (3, 5, 2))', [(11, 12, 4)], 'float32'
    yield 'layers.Conv2DTranspose(4, 3, strides=2, padding="same", output_padding=1)', [(7, 7, 4)], 'float32'
    yield 'layers.Conv2DTranspose(4, 4, strides=2, padding="valid", output_padding=1)', [(7, 7, 4)], 'float32'
    yield 'layers.UpSampling2D(2, interpolation="bilinear")', [(5, 6, 3)], 'float32'
    yield 'layers.UpSampling2D((2, 3))', [(5, 6, 3)], 'float32'
    yield 'layers.ZeroPadding2D(((1, 2), (3, 0)))', [(5, 6, 3)], 'float32'
    yield 'layers.Cropping2D(((1, 2), (3, 0)))', [(5, 6, 3)], 'float32'
    for layer in ('BatchNormalization()', 'BatchNormalization(axis=1)', 'BatchNormalization(scale=False)', 'BatchNormalization(center=False, epsilon=1e-5)', 'LayerNormalization()',
                  'LayerNormalization(axis=[1, 2])', 'LayerNormalization(axis=1)', 'LayerNormalization(scale=False)', 'LayerNormalization(center=False)', 'UnitNormalization()',
                  'GroupNormalization(2)', 'GroupNormalization(3)', 'GroupNormalization(-1)', 'RMSNormalization()', 'BatchNormalization(axis=7)'):
        for size in ((4,), (3, 4), (5, 6, 4)):
            yield f'layers.{layer}', [size], 'float32'
    for layer in ('ReLU()', 'ReLU(max_value=0.5)', 'ReLU(negative_slope=0.1, max_value=0.4, threshold=0.2)', 'ReLU(-1.0)', 'LeakyReLU()', 'LeakyReLU(negative_slope=0.1)', 'ELU()', 'ELU(0.5)',
                  'Softmax()', 'Softmax(axis=1)', 'PReLU()', 'Dropout(0.5)', 'Dropout(1.5)', 'GaussianNoise(0.1)', 'GaussianDropout(0.3)', 'AlphaDropout(0.2)', 'ActivityRegularization()',
                  'Flatten()', 'Identity()', 'RepeatVector(3)', 'Permute((2, 1))', 'Permute((1, 2))', 'Permute((3, 1))', 'Reshape((-1,))', 'Reshape((2, -1))', 'Reshape((3, 4))', 'Reshape((12,))',
                  'Reshape((5, 5))', 'Reshape((7, -1))', 'Masking()', 'Rescaling(0.5, 1.0)', 'Normalization(mean=1.0, variance=4.0)'):
        for size in ((4,), (3, 4), (2, 3, 4)):
            yield f'layers.{layer}', [size], 'float32'
    for name in ('relu', 'sigmoid', 'tanh', 'softplus', 'softsign', 'elu', 'selu', 'gelu', 'silu', 'swish', 'mish', 'exponential', 'linear', 'hard_sigmoid', 'hard_silu', 'relu6', 'leaky_relu', 'softmax',
                 'log_softmax', 'celu', 'hard_tanh', 'hard_shrink', 'soft_shrink', 'tanh_shrink', 'squareplus', 'log_sigmoid', 'sparse_plus', 'sparse_sigmoid', 'glu', 'none'):
        yield f'layers.Activation({name!r})', [(6,)], 'float32'
    for name in ('Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'):
        for sizes in ([(4,), (4,)], [(3, 4), (3, 4)], [(3, 4), (3, 1)], [(3, 4), (4,)], [(3, 4), (3, 5)], [(4,), (4,), (4,)], [(2, 3), (4, 3)], [(4,)]):
            yield f'layers.{name}()', sizes, 'float32'
    for axis in (-1, 1, 2, 0, 5):
        for sizes in ([(4,), (5,)], [(3, 4), (3, 5)], [(3, 4), (2, 4)], [(3, 4), (4,)], [(3, 4, 2), (3, 4, 7)], [(3, 4), (3, 4), (3, 4)]):
            if axis != 0:
                yield f'layers.Concatenate(axis={axis})', sizes, 'float32'
    for axes, normal in (('1', False), ('2', False), ('(1, 2)', False), ('1', True), ('-1', False), ('(1, 2, 3)', False)):
        for sizes in ([(4,), (4,)], [(3, 4), (3, 4)], [(3, 4), (4, 3)], [(3, 4), (2, 4)]):
            yield f'layers.Dot(axes={axes}, normalize={normal})', sizes, 'float32'
    yield 'layers.Embedding(10, 4)', [(6,)], 'int32'
    yield 'layers.Embedding(10, 4)', [()], 'int32'
    yield 'layers.Embedding(10, 4)', [(3, 2)], 'int32'
    yield 'layers.Embedding(10, 4)', [(6,)], 'float32'
    for cls, sequences, state, back in itertools.product(('LSTM', 'GRU', 'SimpleRNN'), (True, False), (True, False), (True, False)):
        yield f'layers.{cls}(5, return_sequences={sequences}, return_state={state}, go_backwards={back})', [(7, 4)], 'float32'
    for cls in ('LSTM', 'GRU', 'SimpleRNN'):
        yield f'layers.{cls}(5)', [(4,)], 'float32'
        yield f'layers.{cls}(5)', [(2, 7, 4)], 'float32'
        yield f'layers.{cls}(5, activation="relu", use_bias=False)', [(7, 4)], 'float32'
        yield f'layers.RNN(layers.{cls}Cell(5))', [(7, 4)], 'float32'
        for mode in ('concat', 'sum', 'ave', 'mul', None, 'other'):
            yield f'layers.Bidirectional(layers.{cls}(5, return_sequences=True), merge_mode={mode!r})', [(7, 4)], 'float32'
        yield f'layers.Bidirectional(layers.{cls}(5))', [(7, 4)], 'float32'
    yield 'layers.GRU(5, reset_after=False)', [(7, 4)], 'float32'
    yield 'layers.RNN([layers.GRUCell(3), layers.LSTMCell(2)], return_sequences=True)', [(7, 4)], 'float32'
    yield 'layers.TimeDistributed(layers.Dense(3))', [(7, 4)], 'float32'
    yield 'layers.TimeDistributed(layers.Conv2D(3, 3))', [(4, 8, 8, 2)], 'float32'
    yield 'layers.TimeDistributed(layers.Dense(3))', [(4,)], 'float32'
    for sizes in ([(6, 8), (6, 8)], [(5, 8), (6, 8)], [(5, 8), (6, 4)], [(5, 8), (6, 4), (7, 4)]):
        yield 'layers.MultiHeadAttention(2, 3)', sizes, 'call'
    yield 'layers.MultiHeadAttention(2, 3, value_dim=5, output_shape=7, use_bias=False)', [(6, 8), (6, 8)], 'call'
    for layer in ('Attention()', 'Attention(use_scale=True)', "Attention(score_mode='concat')", 'AdditiveAttention()'):
        for sizes in ([(5, 8), (6, 8)], [(5, 8), (6, 8), (6, 8)], [(5, 8)], [(5, 8), (6, 7)]):
            yield f'layers.{layer}', sizes, 'float32'
    yield 'layers.GroupQueryAttention(4, 4, 2)', [(5, 8), (6, 8)], 'call'
    for equation, out, bias, size in (('ab,bc->ac', '64', "'c'", (32,)), ('abc,cd->abd', '(None, 64)', "'d'", (4, 32)), ('...x,xy->...y', '64', "'y'", (4, 32)), ('abc,cde->abde', '(None, 2, 8)', 'None', (4, 32)),
                                      ('ab,bc->ac', '64', "'z'", (32, 2))):
        yield f'layers.EinsumDense({equation!r}, output_shape={out}, bias_axes={bias})', [size], 'float32'
    yield 'layers.CategoryEncoding(num_tokens=5)', [(3,)], 'int32'
    yield "layers.CategoryEncoding(num_tokens=5, output_mode='one_hot')", [(1,)], 'int32'
    yield 'layers.Resizing(4, 6)', [(8, 9, 3)], 'float32'
    yield "layers.Resizing(16, 12, interpolation='nearest')", [(8, 9, 3)], 'float32'
    yield 'layers.CenterCrop(4, 6)', [(8, 9, 3)], 'float32'
    yield 'layers.RandomFlip("horizontal")', [(8, 9, 3)], 'float32'
    yield 'layers.SpectralNormalization(layers.Dense(3))', [(4,)], 'float32'
    yield 'layers.Lambda(lambda x: x * 2.0 + 1.0)', [(4,)], 'float32'
    yield 'layers.ConvLSTM2D(3, 3, padding="same", return_sequences=True)', [(4, 6, 6, 2)], 'float32'


BATCH = 7


def encode(array):
    import numpy
    return base64.b64encode(numpy.ascontiguousarray(array).astype('float32').tobytes()).decode()


def real(out):
    import keras
    import numpy
    from keras import layers
    random = numpy.random.default_rng(0)
    answers = []
    for index, (code, sizes, kind) in enumerate(cases()):
        answer = {'code': code, 'inputs': [list(size) for size in sizes], 'kind': kind}
        keras.utils.clear_session()
        try:
            dtype = 'int32' if kind == 'int32' else 'float32'
            inputs = [keras.Input(tuple(size), dtype=dtype) for size in sizes]
            layer = eval(code)
            made = layer(*inputs) if kind == 'call' else layer(inputs[0] if len(inputs) == 1 and not code.startswith(MERGING) else inputs)
            outputs = made if isinstance(made, (list, tuple)) else [made]
            answer['outputs'] = [list(output.shape) for output in outputs]
            for weight in layer.weights:
                if 'count' not in weight.name and 'seed' not in weight.path:
                    weight.assign(random.normal(0.5 if 'variance' in weight.name else 0, 0.1 if 'variance' in weight.name else 0.4, weight.shape))
            answer['weights'] = [[weight.path, list(weight.shape)] for weight in layer.weights]
            answer['layer'] = layer.name
            answer['weight_data'] = [encode(keras.ops.convert_to_numpy(weight)) for weight in layer.weights]
            data = [random.integers(0, 5, (BATCH, *size)).astype('int32') if dtype == 'int32' else random.normal(0, 1, (BATCH, *size)).astype('float32') for size in sizes]
            if kind == 'float32' and 'Embedding' in code:
                data = [random.integers(0, 5, (BATCH, *size)).astype('float32') for size in sizes]
            answer['data'] = [encode(x) for x in data]
            tensors = [keras.ops.convert_to_tensor(x) for x in data]
            values = layer(*tensors) if kind == 'call' else layer(tensors[0] if len(tensors) == 1 and not code.startswith(MERGING) else tensors)
            answer['values'] = [encode(keras.ops.convert_to_numpy(value)) for value in (values if isinstance(values, (list, tuple)) else [values])]
        except Exception as error:
            answer['error'] = f'{type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else ""}'
            for key in ('outputs', 'weights', 'weight_data', 'data', 'values'):
                answer.pop(key, None)
        answers.append(answer)
    json.dump(answers, open(out, 'w'))
    compact = [{key: answer[key] for key in ('code', 'inputs', 'kind', 'outputs', 'weights', 'layer', 'error') if key in answer} for answer in answers]
    print(len(answers), 'cases,', sum('error' in answer for answer in answers), 'of them raise')
    if len(sys.argv) > 3:
        with open(sys.argv[3], 'w') as file:
            file.write('[\n' + ',\n'.join(json.dumps(answer, separators=(',', ':')) for answer in compact) + '\n]\n')


MERGING = ('layers.Add(', 'layers.Subtract', 'layers.Multiply', 'layers.Average(', 'layers.Maximum(', 'layers.Minimum(', 'layers.Concatenate', 'layers.Dot', 'layers.Attention', 'layers.AdditiveAttention')


# what the PyTorch backend, which gives the figures, does otherwise than TensorFlow: it repeats edges under average windows, cannot normalise over
# other than last axes, and keeps SpectralNormalization's weights twice; random layers change images when called by themselves
OTHERWISE = {'numbers': ('AveragePooling', 'RandomFlip', 'interpolation='), 'error': ('LayerNormalization(axis=',), 'weights': ('SpectralNormalization',)}


def otherwise(what, code):
    return any(part in code for part in OTHERWISE[what]) and (what != 'numbers' or 'AveragePooling' not in code or 'same' in code)


def decode(text):
    return base64.b64decode(text)


def stub(answers):
    import array
    import layerscope
    import keras
    from keras import layers
    from keras.src.backend.tensors import Tensor
    wrong = 0
    for answer in answers:
        keras.utils.clear_session()
        code, kind = answer['code'], answer['kind']
        problem = None
        try:
            inputs = [keras.Input(tuple(size), dtype='int32' if kind == 'int32' else 'float32') for size in answer['inputs']]
            layer = eval(code)
            made = layer(*inputs) if kind == 'call' else layer(inputs[0] if len(inputs) == 1 and not code.startswith(MERGING) else inputs)
            outputs = made if isinstance(made, (list, tuple)) else [made]
            shapes = [[int(size) for size in output.shape] for output in outputs]
            if 'error' in answer and not otherwise('error', code):
                problem = f'runs, but Keras raises {answer["error"]}'
            elif 'error' not in answer:
                shapes = [[None if index == 0 and size == BATCH else size for index, size in enumerate(shape)] for shape in shapes]
                if shapes != answer['outputs']:
                    problem = f'shapes {shapes}, not {answer["outputs"]}'
                own = weights_of(layer)
                named = [[path, [int(size) for size in weight.shape]] for path, weight in own]
                if not problem and not otherwise('weights', code) and named != [pair for pair in answer['weights'] if 'seed' not in pair[0]]:
                    problem = f'weights {named}, not {answer["weights"]}'
                if not problem and not otherwise('numbers', code) and not otherwise('weights', code):
                    problem = compare(layerscope, layer, own, answer, kind, Tensor, array)
        except Exception as error:
            if 'error' not in answer:
                problem = f'{type(error).__name__}: {str(error)[:200]}'
        if problem:
            wrong += 1
            print(code, answer['inputs'], '\n   ', problem)
    print(f'{len(answers) - wrong} of {len(answers)} agree')


def weights_of(layer):
    """Paths as the graph will name them: the names of children, then the parameter's."""
    described = layer.__layerscope__()
    found = []

    def walk(described, path):
        for name, weight in described['parameters'].items():
            found.append((path + name, weight))
        for name, child in described['children'].items():
            walk(child.__layerscope__(), f'{path}{name}/')
    walk(described, f'{described["name"]}/')
    return found


def compare(layerscope, layer, own, answer, kind, Tensor, array):
    for (_, weight), data in zip(own, [data for data, pair in zip(answer['weight_data'], answer['weights']) if 'seed' not in pair[0]]):
        layerscope.put(weight, 'float32', [int(size) for size in weight.shape], decode(data))
    tensors = []
    for data, size in zip(answer['data'], answer['inputs']):
        tensor = layerscope.data((BATCH, *size), 'float32', like=Tensor)
        layerscope.put(tensor, 'float32', (BATCH, *size), decode(data))
        tensors.append(layerscope.operator('Cast', tensor, to=6) if kind == 'int32' else tensor)
    made = layer(*tensors) if kind == 'call' else layer(tensors[0] if len(tensors) == 1 and not answer['code'].startswith(MERGING) else tensors)
    for value, expected in zip(made if isinstance(made, (list, tuple)) else [made], answer['values']):
        _, _, raw = layerscope.numbers(layerscope.operator('Cast', value, to=1))
        found, wanted = array.array('f', raw), array.array('f', decode(expected))
        if len(found) != len(wanted):
            return f'{len(found)} numbers, not {len(wanted)}'
        worst = max((abs(a - b) / max(1.0, abs(b)) for a, b in zip(found, wanted)), default=0.0)
        if not worst < 1e-5:
            return f'numbers differ by {worst:.2e}'


if __name__ == '__main__':
    if sys.argv[1] == 'real':
        real(sys.argv[2])
    else:
        stub(json.load(open(sys.argv[2])))
