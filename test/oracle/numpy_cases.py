"""Golden cases of NumPy: expressions, valid and not, with NumPy's verdict, shape, type and, where they are few, elements.

    python numpy_cases.py ../golden/numpy/expressions.json
"""
import itertools
import json
import sys
import warnings

import numpy as np

warnings.simplefilter('ignore')
SHAPES = ['()', '(3,)', '(4,)', '(1,)', '(2, 3)', '(3, 4)', '(3, 1)', '(2, 3, 4)', '(0, 3)']
TYPES = ['bool', 'np.uint8', 'np.int32', 'np.int64', 'np.float16', 'np.float32', 'float']


def expressions():
    for a, b in itertools.product(SHAPES, SHAPES):
        yield f'np.ones({a}) + np.ones({b})'
        yield f'np.ones({a}) @ np.ones({b})'
        yield f'np.dot(np.ones({a}), np.ones({b}))'
        yield f'np.concatenate([np.ones({a}), np.ones({b})])'
        yield f'np.where(np.ones({a}) > 0, np.ones({b}), 0)'
        yield f'np.zeros({a}).reshape({b})'
        yield f'np.broadcast_to(np.zeros({a}), {b})'
        yield f'np.stack([np.ones({a}), np.ones({b})])'
        yield f'np.hstack([np.ones({a}), np.ones({b})])'
        yield f'np.vstack([np.ones({a}), np.ones({b})])'
    for a, b in itertools.product(TYPES, TYPES):
        yield f'np.ones(2, dtype={a}) * np.ones(2, dtype={b})'
        yield f'np.ones(2, dtype={a}) / np.ones(2, dtype={b})'
        yield f'np.concatenate([np.ones(2, dtype={a}), np.ones(2, dtype={b})])'
    for a, scalar in itertools.product(TYPES, ('1', '2.5', 'True')):
        for operator in ('+', '*', '/', '//', '**', '%', '<', '=='):
            yield f'np.ones(2, dtype={a}) {operator} {scalar}'
    for a, axis in itertools.product(SHAPES, ('None', '0', '1', '-1', '(0, 1)', '5')):
        for function in ('sum', 'mean', 'max', 'argmax', 'std', 'prod', 'all', 'cumsum', 'median', 'sort', 'squeeze', 'flip', 'expand_dims'):
            if function == 'sort' and axis == 'None' or function in ('argmax', 'cumsum', 'sort') and '(' in axis or function == 'expand_dims' and axis == 'None':
                continue
            yield f'np.{function}(np.ones({a}), axis={axis})'
        if axis != '(0, 1)':
            yield f'np.sum(np.ones({a}), axis={axis}, keepdims=True)'
    for a in SHAPES:
        for key in ('0', '-1', '7', '1:', '::2', '::-1', '...', 'None', '0, 0', ':, 1', '..., 0', '[0, 1]', ':, None', 'np.array([True, False, True])', '1, ..., 2', '5:2', '[0, 9]', "'a'", '1.0', '[0], [0]'):
            yield f'np.zeros({a})[{key}]'
        for axes in ('None', '(1, 0)', '(0, 2, 1)', '(0, 0)'):
            yield f'np.transpose(np.zeros({a}), {axes})'
        for target in ('-1', '(-1, 1)', '(2, -1)', '(-1, -1)', '(5, -1)', '12', '(3.0, 4)'):
            yield f'np.zeros({a}).reshape({target})'
        for parts in ('2', '3', '[1, 2]'):
            yield f'np.split(np.zeros({a}), {parts})[0]'
            yield f'np.array_split(np.zeros({a}), {parts})[-1]'
        for times in ('2', '(2, 1)', '(1, 2, 1)'):
            yield f'np.tile(np.zeros({a}), {times})'
        yield f'np.repeat(np.zeros({a}), 2)'
        yield f'np.repeat(np.zeros({a}), 2, axis=0)'
        yield f'np.pad(np.zeros({a}), 1)'
        yield f'np.pad(np.zeros({a}), ((1, 2), (0, 1)))'
        yield f'np.zeros({a}).flatten()'
        yield f'np.swapaxes(np.zeros({a}), 0, 1)'
        yield f'np.moveaxis(np.zeros({a}), 0, -1)'
        yield f'np.delete(np.zeros({a}), 0, axis=0)'
        yield f'np.append(np.zeros({a}), np.ones(3))'
        yield f'np.atleast_2d(np.zeros({a}))'
        yield f'np.linalg.norm(np.zeros({a}))'
        yield f'np.linalg.inv(np.zeros({a}) + np.eye(3))'
        yield f'len(np.zeros({a}))'
        yield f'np.zeros({a}).T'
        yield f'np.tensordot(np.zeros({a}), np.zeros((4, 3)), axes=1)'
        yield f'np.outer(np.zeros({a}), np.zeros(3))'
    yield from (
        'np.arange(5)', 'np.arange(2, 9, 3)', 'np.arange(0, 1, 0.25)', 'np.arange(5, 0)', 'np.linspace(0, 1, 5)', 'np.linspace(0, 1, 4, endpoint=False)', 'np.eye(3)', 'np.eye(2, 4, 1)',
        'np.full((2, 2), 7)', 'np.full((2,), 1.5)', 'np.array([[1, 2], [3, 4]])', 'np.array([1, 2.5])', 'np.array([[1, 2], [3]])', 'np.array([True, 2])', 'np.zeros(-1)', 'np.zeros((2, 2.0))', 'np.array(5)',
        'np.array([])', 'np.array([np.ones(3), np.zeros(3)])', 'np.array([np.ones(3), np.zeros(2)])', 'np.array([1, 2, 3]) * 2 + 1', 'np.array([[1, 2], [3, 4]]) @ np.array([1, 1])', 'np.array([3, 1, 2]).argmax()',
        'np.cumsum([1, 2, 3])', 'np.prod((2, 3, 4))', 'np.array([1, 2, 3, 4]).reshape(2, 2).T', 'np.array([4, 5, 6])[::-1]', 'np.array([4, 5, 6])[[2, 0]]', 'np.max([3, 9, 2])', 'np.mean([1, 2, 3])', 'np.sum([[1, 2], [3, 4]], axis=0)',
        'np.concatenate([[1, 2], [3]])', 'np.where(np.array([1, 5]) > 2, 1, 0)', 'np.unique([3, 1, 3])', 'np.clip([1, 5, 9], 2, 6)', 'np.einsum("ij,jk->ik", np.ones((2, 3)), np.ones((3, 4)))', 'np.einsum("ij,jk->ik", np.ones((2, 3)), np.ones((4, 4)))',
        'np.einsum("ij->ji", np.ones((2, 3)))', 'np.einsum("ijk->ji", np.ones((2, 3)))', 'np.einsum("ii->i", np.ones((3, 3)))', 'np.ones((2, 3)).astype("float32")', 'np.ones(3).astype("flot")', 'np.zeros((2, 3), dtype="int8") - 1', 'np.ones(3, bool) - np.ones(3, bool)', '-np.ones(3, bool)',
        'np.argsort([3, 1, 2])', 'np.linalg.solve(np.eye(3), np.ones(3))', 'np.linalg.solve(np.eye(3), np.ones(4))', 'np.linalg.det(np.eye(3))', 'np.linalg.svd(np.ones((4, 3)))[0]', 'np.random.rand(2, 3)', 'np.random.randn(4)', 'np.random.randint(0, 5, (3, 2))', 'np.random.randint(5, 5)',
        'np.random.choice(5, 3)', 'np.random.choice(3, 5, replace=False)', 'np.random.permutation(6)', 'np.random.default_rng(0).normal(size=(2, 2))', 'np.random.default_rng(0).integers(0, 9, 4)', 'np.random.uniform(0, 1, 3)', 'np.random.normal(size=(2, 1))', 'np.zeros_like(np.ones((2, 3), dtype="int16"))',
        'np.ones_like([1, 2])', 'np.full_like(np.zeros(2), 3)', 'np.meshgrid(np.arange(3), np.arange(2))[0]', 'np.diag([1, 2, 3])', 'np.triu(np.ones((3, 3)))', 'np.kron(np.eye(2), np.ones((2, 3)))', 'np.diff([1, 4, 9])', 'np.logical_and([True, False], [True, True])', 'np.isnan(np.ones(3))', 'np.sqrt([4, 9])', 'np.exp(np.zeros((2, 2), dtype="float32"))',
        'np.maximum([1, 5], [4, 2])', 'np.round([1.4, 2.6])', 'np.take([5, 6, 7], [0, 2])', 'np.nonzero([0, 1])[0].ndim', 'np.column_stack([np.ones(3), np.zeros(3)])', 'np.dstack([np.ones((2, 2)), np.zeros((2, 2))])', 'np.roll(np.arange(3), 1)', 'np.matmul(np.ones((5, 2, 3)), np.ones((5, 3, 4)))',
        'np.matmul(np.ones((5, 2, 3)), np.ones((4, 3, 4)))', 'np.inner(np.ones((2, 3)), np.ones((4, 3)))', 'np.cross(np.ones(3), np.ones(3))', 'np.convolve(np.ones(5), np.ones(3))', 'np.trace(np.ones((3, 3)))', 'np.histogram([1, 2, 3], bins=4)[0]', 'np.percentile([1, 2, 3], [25, 50])', 'np.array([1, 2, 3]).tolist()',
        'int(np.array(3))', 'int(np.array([1, 2]))', 'bool(np.array([1, 2]))', 'np.array([1, 2]).item()', 'np.array([7]).item()', 'np.zeros((2, 3)).shape[0] * 4', 'np.zeros((2, 3)).size', 'np.zeros((2, 3)).ndim', 'np.unravel_index(5, (2, 3))[0]', 'np.bincount([0, 1, 1])[:1]')


def plain(value):
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        answer = {'shape': list(array.shape), 'dtype': array.dtype.name}
        return answer
    return {'value': value}


answers = []
for code in dict.fromkeys(expressions()):
    try:
        answers.append({'code': code, **plain(eval(code))})
    except Exception as error:
        answers.append({'code': code, 'error': f'{type(error).__name__}: {str(error)[:120]}'})
with open(sys.argv[1], 'w') as file:
    file.write('[\n' + ',\n'.join(json.dumps(answer, separators=(',', ':'), default=str) for answer in answers) + '\n]\n')
print(len(answers), 'cases,', sum('error' in answer for answer in answers), 'raise')
