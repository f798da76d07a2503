"""How long auto_LiRPA's CROWN takes on the three mnist_fc networks, one thread, processor time: beside test/bench/crown.mjs.

    PYTHONPATH=<auto_LiRPA's repository> python test/bench/crown_lirpa.py DATA

DATA holds mnist_fc/. Needs torch, onnx, numpy and auto_LiRPA 0.7 from its repository; nothing of it is kept here.
"""
import gzip
import re
import sys
import time

import numpy
import onnx
import torch
from auto_LiRPA import BoundedModule, BoundedTensor
from auto_LiRPA.perturbations import PerturbationLpNorm
from onnx import numpy_helper
from torch import nn

torch.set_num_threads(1)
data = sys.argv[1]
text = gzip.open(f'{data}/mnist_fc/vnnlib/prop_0_0.03.vnnlib.gz', 'rt').read()
bounds = {side: dict((int(i), float(x)) for i, x in re.findall(rf'\({side} X_(\d+) ([-+.\deE]+)\)', text)) for side in ('<=', '>=')}
upper = torch.tensor([[bounds['<='][i] for i in range(784)]])
lower = torch.tensor([[bounds['>='][i] for i in range(784)]])

for name in ('256x2', '256x4', '256x6'):
    model = onnx.load_from_string(gzip.open(f'{data}/mnist_fc/onnx/mnist-net_{name}.onnx.gz').read())
    stored = {each.name: torch.tensor(numpy.array(numpy_helper.to_array(each))) for each in model.graph.initializer}
    # in the order of the layers, which is not that of the file
    matrices = [stored[each] for node in model.graph.node for each in node.input if each in stored and stored[each].ndim == 2 and node.op_type in ('MatMul', 'Gemm')]
    layers = []
    for k, matrix in enumerate(matrices):
        columns = 784 if k == 0 else 256
        rows = matrix.shape[0] if matrix.shape[1] == columns else matrix.shape[1]
        linear = nn.Linear(columns, rows)
        with torch.no_grad():
            linear.weight.copy_(matrix if matrix.shape[0] == rows else matrix.T)
        layers += [linear, nn.ReLU()]
    network = nn.Sequential(*layers[:-1])
    bounded = BoundedModule(network, lower, device='cpu')
    box = BoundedTensor((lower + upper) / 2, PerturbationLpNorm(norm=float('inf'), x_L=lower, x_U=upper))
    times = []
    with torch.no_grad():
        for _ in range(12):
            start = time.process_time()
            bounded.compute_bounds(x=(box,), method='CROWN')
            times.append(1000 * (time.process_time() - start))
    times.sort()
    print(f'{name}: {times[len(times) // 2]:.1f} ms median, {times[0]:.1f} ms least (auto_LiRPA)')
