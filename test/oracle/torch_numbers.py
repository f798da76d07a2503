"""Compares the numbers of PyTorch layers and functions with those of the ONNX operators that the stubs lower them to.

Each line of torch_numbers.txt is an expression that gives a layer or a function, then ` :: `, then its inputs: `f 2 3` normal, `p 2 3` in [0, 1), `i5 4` whole
numbers below 5. The framework writes weights, inputs and results to a file; the stubs, run in CPython over ONNX Runtime (stubs/layerscope.py), read it.

    python test/oracle/torch_numbers.py real NUMBERS.pickle
    PYTHONPATH=test/oracle/stubs:language-server/library python test/oracle/torch_numbers.py stubs NUMBERS.pickle
"""
import array
import math
import os
import pickle
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

TOLERANCE = 1e-5
CODES = {'float32': 'f', 'float64': 'd', 'int64': 'q', 'int32': 'i', 'bool': 'B'}


def flat(result):
    """The tensors of a nested result."""
    if isinstance(result, (tuple, list)):
        return [tensor for part in result for tensor in flat(part)]
    return [] if result is None else [result]


def raw(tensor):
    values = tensor.numpy()
    return values.dtype.name, values.shape, values.tobytes()


def fill(state):
    for name, tensor in state.items():
        if tensor.is_floating_point():
            tensor.copy_(torch.rand_like(tensor) * 0.8 + 0.2 if 'running_var' in name else torch.randn_like(tensor) * 0.5)


def make(spec):
    kind, *sizes = spec.split()
    sizes = [int(size) for size in sizes]
    return torch.randn(sizes) if kind == 'f' else torch.rand(sizes) if kind == 'p' else torch.randint(0, int(kind[1:]), sizes)


def record(path):
    cases = []
    with open(os.path.join(os.path.dirname(__file__), 'torch_numbers.txt')) as lines:
        for seed, line in enumerate(lines):
            torch.manual_seed(seed)
            code, inputs = line.strip().split(' :: ')
            function = eval(code)
            state = {}
            with torch.no_grad():
                if isinstance(function, nn.Module):
                    function.eval()
                    state = function.state_dict()
                    fill(state)
                given = [make(spec.strip()) for spec in inputs.split(';')]
                results = flat(function(*given))
            cases.append((code, {name: raw(tensor) for name, tensor in state.items()}, [raw(tensor) for tensor in given], [raw(tensor) for tensor in results]))
    with open(path, 'wb') as out:
        pickle.dump(cases, out)


def compare(path):
    import layerscope

    def numbers(described):
        values = array.array(CODES[described[0]])
        values.frombytes(described[2])
        return values

    def give(tensor, described):
        layerscope.put(tensor, *described)
        tensor._known = False
        return tensor

    def difference(code, state, given, expected):
        function = eval(code)
        if isinstance(function, nn.Module):
            function.eval()
            own = function.state_dict()
            if list(own) != list(state):
                return f'state {list(own)}, not {list(state)}'
            for name, described in state.items():
                layerscope.put(own[name], *described)
        results = flat(function(*[give(torch.zeros(list(described[1]), dtype=torch.types.named[described[0]]), described) for described in given]))
        for result, want in zip(results, expected, strict=True):
            got = layerscope.numbers(result)
            if tuple(got[1]) != tuple(want[1]) or got[0] != want[0]:
                return f'{got[0]} {got[1]}, not {want[0]} {want[1]}'
            for one, other in zip(numbers(got), numbers(want)):
                if one != other and not (math.isnan(one) and math.isnan(other)) and not abs(one - other) <= TOLERANCE * (1 + abs(other)):
                    return f'{one}, not {other}'
        return None

    with open(path, 'rb') as recorded:
        cases = pickle.load(recorded)
    different = 0
    for code, *rest in cases:
        found = difference(code, *rest)
        if found is not None:
            different += 1
            print(f'{code}: {found}')
    print(f'{len(cases) - different} of {len(cases)} agree to {TOLERANCE}')
    sys.exit(1 if different else 0)


record(sys.argv[2]) if sys.argv[1] == 'real' else compare(sys.argv[2])
