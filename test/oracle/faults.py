"""Faulty scripts as people write them, each with its fix: runs both in the real frameworks and writes the verdicts.

    python faults.py faults/first.txt ../golden/faults/first.json

A file of pairs holds scripts, each under a line `=== name | kind` or `=== name | kind | code of a warning`: the last is for what
runs and is wrong. A line `-|...` stands in the faulty script only, `+|...` in the fixed one only. Lines between `%setup` and `%%`
make the files that the script reads; they are no part of it. Data sets and pretrained weights are not downloaded: arrays of the same
shapes stand for them, and training stops after a few batches.
"""
import concurrent.futures
import contextlib
import io
import json
import multiprocessing
import os
import re
import sys
import tempfile
import warnings

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')
os.environ.setdefault('MPLBACKEND', 'Agg')


# whether the script that runs writes the number of samples as a number: else fewer of them are made
STATES_COUNTS = [False]


def read_pairs(path):
    with open(path) as file:
        sections = re.split(r'^=== ', file.read(), flags=re.M)[1:]
    for section in sections:
        head, body = section.split('\n', 1)
        name, kind, *code = [part.strip() for part in head.split('|')]
        setup = ''
        if body.startswith('%setup\n'):
            setup, body = body[len('%setup\n'):].split('\n%%\n', 1)
        lines = body.rstrip('\n').split('\n')
        select = lambda own, other: '\n'.join(line[2:] if line.startswith(own) else line for line in lines if not line.startswith(other)) + '\n'
        yield name, kind, code[0] if code else None, setup, select('-|', '+|'), select('+|', '-|')


def stand_in_for_keras():
    import keras
    import numpy as np
    random = np.random.default_rng(0)

    def images(train, test, shape, classes, column=False):
        def load_data(*args, **kwargs):
            counts = (train, test) if STATES_COUNTS[0] else (512, 128)
            one = lambda count: (random.integers(0, 256, (count, *shape), dtype='uint8'), random.integers(0, classes, (count, 1) if column else (count,)).astype('uint8'))
            return one(counts[0]), one(counts[1])
        return load_data

    def texts(train, test, classes):
        def load_data(num_words=10000, **kwargs):
            def one(count):
                rows = np.empty(count, dtype=object)
                for index in range(count):
                    rows[index] = [int(word) for word in random.integers(1, num_words or 20000, random.integers(20, 60))]
                return rows, random.integers(0, classes, count)
            return (one(train), one(test)) if STATES_COUNTS[0] else (one(512), one(128))
        return load_data

    def houses(*args, **kwargs):
        return (random.random((404, 13)), random.random(404)), (random.random((102, 13)), random.random(102))

    from keras.src.datasets import boston_housing, cifar10, cifar100, fashion_mnist, imdb, mnist, reuters
    replaced = {mnist: images(60000, 10000, (28, 28), 10), fashion_mnist: images(60000, 10000, (28, 28), 10), cifar10: images(50000, 10000, (32, 32, 3), 10, True),
                cifar100: images(50000, 10000, (32, 32, 3), 100, True), imdb: texts(25000, 25000, 2), reuters: texts(8982, 2246, 46), boston_housing: houses}
    for module, load_data in replaced.items():
        module.load_data = load_data
        for api in [loaded for name, loaded in list(sys.modules.items()) if re.search(r'keras.*datasets\.' + module.__name__.split('.')[-1] + '$', name) and hasattr(loaded, 'load_data')]:
            api.load_data = load_data
    imdb.get_word_index = lambda *args, **kwargs: {'the': 1, 'and': 2}

    from keras.src.utils import file_utils
    file_utils.get_file = lambda *args, **kwargs: 'weights'
    Model = keras.Model
    load_weights, fit, evaluate = Model.load_weights, Model.fit, Model.evaluate
    Model.load_weights = lambda self, path, *args, **kwargs: None if path == 'weights' else load_weights(self, path, *args, **kwargs)

    def short_fit(self, *args, **kwargs):
        kwargs.update(epochs=min(kwargs.get('epochs', 1), 2), verbose=0)
        kwargs.setdefault('steps_per_epoch', 2)
        if kwargs.get('validation_data') is not None:
            kwargs.setdefault('validation_steps', 1)
        return fit(self, *args, **kwargs)
    Model.fit = short_fit
    # a graph of each step takes longer than the few steps
    if keras.backend.backend() == 'tensorflow':
        import tensorflow
        tensorflow.config.run_functions_eagerly(True)


def stand_in_for_torchvision():
    import torch
    register_fake = torch.library.register_fake

    def register_what_exists(name, *args, **kwargs):
        # PyTorch's build for the CPU lacks operators that torchvision's build registers fakes for
        def register(function):
            try:
                return register_fake(name, *args, **kwargs)(function)
            except RuntimeError:
                return function
        return register
    torch.library.register_fake = register_what_exists
    import torchvision
    from PIL import Image

    def images(size, mode, classes, train, test):
        class Images(torch.utils.data.Dataset):
            def __init__(self, root=None, train=True, transform=None, target_transform=None, download=False):
                self.length = train_length if train else test
                self.transform, self.target_transform = transform, target_transform
                self.targets = torch.randint(0, classes, (self.length,))
                self.data = torch.zeros((self.length, *size), dtype=torch.uint8)
                self.classes = [str(index) for index in range(classes)]

            def __len__(self):
                return self.length

            def __getitem__(self, index):
                image, target = Image.new(mode, size[:2]), int(self.targets[index])
                return self.transform(image) if self.transform else image, self.target_transform(target) if self.target_transform else target
        train_length = train
        return Images

    for name in ('MNIST', 'FashionMNIST', 'KMNIST'):
        setattr(torchvision.datasets, name, images((28, 28), 'L', 10, 60000, 10000))
    torchvision.datasets.CIFAR10 = images((32, 32, 3), 'RGB', 10, 50000, 10000)
    torchvision.datasets.CIFAR100 = images((32, 32, 3), 'RGB', 100, 50000, 10000)
    loader = torch.utils.data.DataLoader
    iterate = loader.__iter__

    def few(self):
        for count, batch in enumerate(iterate(self)):
            if count == 3 and len(self.dataset) >= 5000:
                return
            yield batch
    loader.__iter__ = few
    from torchvision.models import _api
    _api.WeightsEnum.get_state_dict = lambda self, *args, **kwargs: {'absent': None}
    load = torch.nn.Module.load_state_dict
    torch.nn.Module.load_state_dict = lambda self, state, *args, **kwargs: None if 'absent' in state else load(self, state, *args, **kwargs)


def verdict(setup, text):
    warnings.simplefilter('ignore')
    if 'keras' in text or 'tensorflow' in text:
        import keras
        keras.utils.clear_session()
    if 'matplotlib' in text:
        import matplotlib.pyplot
        matplotlib.pyplot.close('all')
    if 'torch' in text:
        import torch
        torch.set_default_dtype(torch.float32)
    if 'mxnet' in text:
        import mxnet
        mxnet.npx.reset_np()
    here, main = os.getcwd(), sys.modules['__main__']
    STATES_COUNTS[0] = re.search(r'[1256]0000|25000|8982', text) is not None
    sys.argv[1:] = []
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        os.chdir(folder)
        try:
            exec(compile(setup, 'setup.py', 'exec'), {})
            module = type(sys)('__main__')
            sys.modules['__main__'] = module
            exec(compile(text, 'case.py', 'exec'), module.__dict__)
        except Exception as error:
            line, at = None, error.__traceback__
            while at is not None:
                if at.tb_frame.f_code.co_filename == 'case.py':
                    line = at.tb_lineno
                at = at.tb_next
            message = re.sub(r'\x1b\[\d*m', '', str(error))
            return {'error': f'{type(error).__name__}: {message[:400]}', 'line': line}
        finally:
            os.chdir(here)
            sys.modules['__main__'] = main
    return {}


def verdict_on_graph(setup, text):
    import tensorflow
    tensorflow.compat.v1.reset_default_graph()
    return verdict(setup, text)


def verdict_of_script(setup, text):
    """Scripts that turn the eager mode of TensorFlow off, for good, have a process of their own."""
    if 'disable_v2_behavior' not in text and 'disable_eager_execution' not in text:
        return verdict(setup, text)
    if not GRAPHS:
        GRAPHS.append(concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context('spawn')))
    return GRAPHS[0].submit(verdict_on_graph, setup, text).result()


GRAPHS = []


if __name__ == '__main__':
    # only names given after the two paths, where there are any
    source, target, *only = sys.argv[1:]
    pairs = [pair for pair in read_pairs(source) if not only or pair[0] in only]
    whole = '\n'.join(pair[4] for pair in pairs)
    if 'keras' in whole:
        stand_in_for_keras()
    if 'torchvision' in whole:
        stand_in_for_torchvision()
    answers = []
    for name, kind, code, setup, faulty, fixed in pairs:
        bad, good = verdict_of_script(setup, faulty), verdict_of_script(setup, fixed)
        if ('error' in bad) == (code is not None) or 'error' in good:
            print(f'NOT A PAIR {name}\n  faulty: {bad}\n  fixed: {good}', flush=True)
            continue
        answers.append({'name': name, 'kind': kind, 'faulty': faulty, 'fixed': fixed, **({'warning': code} if code else bad)})
        with open(target, 'w') as file:
            file.write('[\n' + ',\n'.join(json.dumps(answer) for answer in answers) + '\n]\n')
    print(len(answers), 'pairs of', len(pairs))
