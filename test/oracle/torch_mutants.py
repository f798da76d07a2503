"""What PyTorch says of working programs after one number, argument, name or line of them was changed (mutation.py).

Reads test/corpus/torch-programs/, whose programs all run, and writes test/golden/torch/mutants.json. Needs torch and numpy.

    python test/oracle/torch_mutants.py [--each N] [--seed N] [--only GROUP/NAME] [--out FILE]
"""
import argparse
import random
from pathlib import Path

# imported once, before the forks; an optimiser imports the compiler when it is made
import numpy
import torch
import torch._dynamo
import torch.distributions
import torch.nn.functional
import torch.utils.data

from mutation import write

ROOT = Path(__file__).resolve().parent.parent

# what people take for one another
CONFUSED = [
    ('Conv1d', 'Conv2d', 'Conv3d'), ('BatchNorm1d', 'BatchNorm2d', 'BatchNorm3d'), ('MaxPool1d', 'MaxPool2d'), ('AvgPool2d', 'AdaptiveAvgPool2d'), ('Conv2d', 'ConvTranspose2d'),
    ('CrossEntropyLoss', 'NLLLoss', 'BCELoss', 'BCEWithLogitsLoss', 'MSELoss'), ('cross_entropy', 'nll_loss', 'mse_loss', 'binary_cross_entropy'), ('LSTM', 'GRU'),
    ('view', 'reshape', 'permute'), ('squeeze', 'unsqueeze'), ('cat', 'stack'), ('transpose', 'permute'), ('matmul', 'mm', 'bmm'), ('argmax', 'max'), ('Linear', 'Conv1d', 'Bilinear'),
    ('LayerNorm', 'BatchNorm1d'), ('float', 'long'), ('randn', 'rand', 'randint'), ('zeros', 'ones', 'tensor'), ('append', 'extend', 'add'), ('Embedding', 'Linear'), ('ModuleList', 'Sequential'),
    ('size', 'shape'), ('mean', 'sum', 'max'), ('softmax', 'sigmoid', 'relu'), ('item', 'numpy'), ('chunk', 'split'), ('flatten', 'squeeze'), ('parameters', 'named_parameters'),
]


def prepare():
    random.seed(0)
    numpy.random.seed(0)
    torch.manual_seed(0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--each', type=int, default=36, help='mutants of each program')
    parser.add_argument('--seed', type=int, default=20261122)
    parser.add_argument('--only', help='the start of GROUP/PROGRAM')
    parser.add_argument('--out', type=Path, default=ROOT / 'golden/torch/mutants.json')
    options = parser.parse_args()
    torch.set_num_threads(1)
    write(ROOT / 'corpus/torch-programs', options.out, CONFUSED, prepare, options.each, options.seed, 10, options.only)


main()
