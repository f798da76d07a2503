"""ONNX models of older operator sets with what ONNX Runtime computes: test/golden/runtime/versions.json."""
import base64
import json
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import TensorProto, checker, helper, numpy_helper

random = np.random.default_rng(5)
cases = []


def case(name, opset, nodes, shape, constants=None, out=None, symbolic=False, make=None):
    constants = constants or {}
    x = random.uniform(-2, 2, shape).astype(np.float32).round(3)
    declared = ['batch', *shape[1:]] if symbolic else list(shape)
    graph = helper.make_graph([helper.make_node(type, ins, outs, **attributes) for type, ins, outs, attributes in nodes], name,
                              [helper.make_tensor_value_info('x', TensorProto.FLOAT, declared)], [helper.make_tensor_value_info('y', out or TensorProto.FLOAT, None)],
                              [numpy_helper.from_array(np.asarray(value), key) for key, value in constants.items()])
    if make:
        make(graph)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', opset)], ir_version=8 if opset < 18 else 10)
    data = model.SerializeToString()
    y = onnxruntime.InferenceSession(data).run(None, {'x': x})[0]
    cases.append({'name': f'{name}-{opset}', 'model': base64.b64encode(data).decode(), 'x': {'shape': list(x.shape), 'data': [float(f'{v:.7g}') for v in x.ravel()]},
                  'y': {'shape': list(y.shape), 'data': [float(f'{float(v):.7g}') for v in y.ravel()]}})


case('Squeeze', 11, [('Squeeze', ['x'], ['y'], {'axes': [1]})], (2, 1, 3))
case('Unsqueeze', 11, [('Unsqueeze', ['x'], ['y'], {'axes': [0, 3]})], (2, 3))
case('ReduceSum', 11, [('ReduceSum', ['x'], ['y'], {'axes': [1], 'keepdims': 0})], (2, 3, 4))
case('ReduceMean', 13, [('ReduceMean', ['x'], ['y'], {'axes': [-1]})], (2, 3, 4))
case('ReduceMax', 11, [('ReduceMax', ['x'], ['y'], {})], (2, 3))
case('Split', 11, [('Split', ['x'], ['a', 'b'], {'axis': 1, 'split': [1, 3]}), ('ReduceSum', ['a'], ['s'], {'axes': [1]}), ('Mul', ['s', 'b'], ['y'], {})], (2, 4))
case('Split-equal', 13, [('Split', ['x'], ['a', 'b'], {'axis': 1}), ('Mul', ['a', 'b'], ['y'], {})], (2, 4))
case('Slice', 9, [('Slice', ['x'], ['y'], {'starts': [1, 0], 'ends': [2147483647, -1], 'axes': [0, 1]})], (3, 4))
case('Clip', 8, [('Clip', ['x'], ['y'], {'min': -0.5, 'max': 1.0})], (3, 4))
case('Clip-one-sided', 9, [('Clip', ['x'], ['y'], {'max': 1.0})], (3, 4))
case('Pad', 10, [('Pad', ['x'], ['y'], {'pads': [0, 1, 1, 0], 'value': 0.5})], (2, 3))
case('Dropout', 10, [('Dropout', ['x'], ['y'], {'ratio': 0.4})], (2, 3))
case('TopK', 9, [('TopK', ['x'], ['y', 'i'], {'k': 2})], (2, 5))
case('Upsample', 9, [('Upsample', ['x', 's'], ['y'], {'mode': 'nearest'})], (1, 1, 2, 3), {'s': np.array([1, 1, 2, 2], np.float32)})
case('Upsample-linear', 9, [('Upsample', ['x', 's'], ['y'], {'mode': 'linear'})], (1, 1, 2, 3), {'s': np.array([1, 1, 2, 2], np.float32)})
case('Resize', 10, [('Resize', ['x', 's'], ['y'], {'mode': 'linear'})], (1, 1, 3, 3), {'s': np.array([1, 1, 2, 2], np.float32)})
case('Softmax', 11, [('Softmax', ['x'], ['y'], {'axis': 1})], (2, 3, 4))
case('LogSoftmax-default', 11, [('LogSoftmax', ['x'], ['y'], {})], (2, 3, 4))
case('Softmax-last', 11, [('Softmax', ['x'], ['y'], {'axis': -1})], (2, 3, 4))
case('BatchNormalization', 8, [('BatchNormalization', ['x', 's', 'b', 'm', 'v'], ['y'], {})], (2, 3, 2, 2),
     {key: random.uniform(0.5, 2, 3).astype(np.float32) for key in 'sbmv'})
case('Gemm-symbolic', 11, [('Gemm', ['x', 'w', 'b'], ['g'], {'transB': 1}), ('Relu', ['g'], ['y'], {})], (3, 4), {'w': random.uniform(-1, 1, (5, 4)).astype(np.float32), 'b': np.ones(5, np.float32)}, symbolic=True)
case('Constant', 12, [('Constant', [], ['c'], {'value_floats': [1.0, 2.0, 3.0]}), ('Constant', [], ['d'], {'value': numpy_helper.from_array(np.float32(0.5))}), ('Mul', ['x', 'c'], ['m'], {}), ('Add', ['m', 'd'], ['y'], {})], (2, 3))
case('Shape-arithmetic', 13, [('Shape', ['x'], ['s'], {}), ('Gather', ['s', 'zero'], ['n'], {}), ('Unsqueeze', ['n', 'axis'], ['u'], {}), ('Concat', ['u', 'minus'], ['t'], {'axis': 0}), ('Reshape', ['x', 't'], ['y'], {})],
     (2, 3, 4), {'zero': np.int64(0), 'axis': np.array([0]), 'minus': np.array([-1])}, symbolic=True)
case('Unordered', 13, [('Neg', ['r'], ['y'], {}), ('Relu', ['x'], ['r'], {})][::-1], (2, 3))
case('ArgMax', 11, [('ArgMax', ['x'], ['y'], {'axis': 1, 'keepdims': 0})], (2, 5), out=TensorProto.INT64)


def sparse(graph):
    values = numpy_helper.from_array(np.array([2.0, -1.0], np.float32), 'w')
    graph.sparse_initializer.append(helper.make_sparse_tensor(values, numpy_helper.from_array(np.array([1, 5])), [4, 2]))


case('Sparse', 13, [('MatMul', ['x', 'w'], ['y'], {})], (3, 4), make=sparse)

Path('test/golden/runtime/versions.json').write_text(json.dumps(cases, separators=(',', ':')))
print(len(cases), 'cases')
