"""What Keras and NumPy say of working programs after one number, argument, name or line of them was changed (mutation.py).

Reads test/corpus/keras-programs/, whose programs all run, and writes test/golden/keras/mutants.json. Needs keras with the backend of torch
(of TensorFlow for the programs in tensorflow/, which the others leave out), numpy, pandas and scikit-learn.

    KERAS_BACKEND=torch python test/oracle/keras_mutants.py [--each N] [--seed N] [--only GROUP/NAME] [--out FILE]
    KERAS_BACKEND=tensorflow python test/oracle/keras_mutants.py --only tensorflow/ --each 24 --out test/golden/keras/mutants-tensorflow.json
"""
import argparse
import random
from pathlib import Path

import keras
import numpy
import sklearn.compose
import sklearn.datasets
import sklearn.decomposition
import sklearn.ensemble
import sklearn.linear_model
import sklearn.metrics
import sklearn.model_selection
import sklearn.preprocessing

from mutation import write

ROOT = Path(__file__).resolve().parent.parent

# what people take for one another
CONFUSED = [
    ('Conv1D', 'Conv2D', 'Conv3D'), ('MaxPooling2D', 'MaxPooling1D', 'GlobalMaxPooling2D'), ('GlobalAveragePooling2D', 'GlobalAveragePooling1D', 'AveragePooling2D', 'Flatten'),
    ('GlobalMaxPooling1D', 'MaxPooling1D', 'GlobalMaxPooling2D'), ('LSTM', 'GRU', 'SimpleRNN', 'Dense'), ('Dense', 'Embedding', 'Dropout'), ('Conv2DTranspose', 'Conv2D', 'UpSampling2D'),
    ('Add', 'Multiply', 'Concatenate', 'Dot'), ('add', 'concatenate', 'multiply'), ('BatchNormalization', 'LayerNormalization'), ('fit', 'evaluate', 'predict', 'train_on_batch'),
    ('reshape', 'transpose', 'expand_dims', 'squeeze'), ('concatenate', 'stack', 'hstack', 'vstack'), ('mean', 'sum', 'max', 'argmax'), ('zeros', 'ones', 'empty'),
    ('fit_transform', 'transform', 'fit'), ('matmul', 'dot', 'multiply'), ('append', 'extend', 'add'), ('input', 'inputs', 'output', 'outputs'), ('flatten', 'squeeze', 'ravel'),
    ('layers', 'models', 'losses'), ('rand', 'randn', 'randint'), ('normal', 'uniform'), ('shape', 'size', 'ndim'), ('BinaryCrossentropy', 'CategoricalCrossentropy', 'SparseCategoricalCrossentropy'),
    ('inv', 'det', 'solve'), ('SeparableConv2D', 'DepthwiseConv2D', 'Conv2D'), ('get_layer', 'layers'), ('get_weights', 'weights', 'trainable_weights'), ('Sequential', 'Model'),
]


def prepare():
    random.seed(0)
    numpy.random.seed(0)
    keras.utils.set_random_seed(0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--each', type=int, default=12, help='mutants of each program')
    parser.add_argument('--seed', type=int, default=20261122)
    parser.add_argument('--only', help='the start of GROUP/PROGRAM')
    parser.add_argument('--out', type=Path, default=ROOT / 'golden/keras/mutants.json')
    options = parser.parse_args()
    if keras.backend.backend() == 'torch':
        import torch
        torch.set_num_threads(1)
    write(ROOT / 'corpus/keras-programs', options.out, CONFUSED, prepare, options.each, options.seed, 30, options.only)


main()
