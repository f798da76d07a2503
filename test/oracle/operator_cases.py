"""Cases for the shape rules of graph/operators/: single ONNX operators with random shapes and attributes, valid and invalid.

The verdict and the output types are ONNX Runtime's, where it has the operator, else those of the onnx package's own
reference evaluator. Needs onnx and onnxruntime.

    python test/oracle/operator_cases.py test/golden/onnx/operators.json
"""
import json
import random
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

onnxruntime.set_default_logger_severity(4)
OPSET = 20
rng = random.Random(7)


def floats(*shape):
    return np.random.default_rng(3).random(shape, dtype=np.float32)


def ints(values):
    return np.array(values, dtype=np.int64)


def pick(*options):
    return rng.choice(options)


def shape(rank, low=1, high=6):
    return [rng.randint(low, high) for _ in range(rank)]


def broken(sizes):
    """The shape with one size changed, sometimes."""
    sizes = list(sizes)
    if sizes and rng.random() < 0.25:
        sizes[rng.randrange(len(sizes))] += pick(1, 2)
    return sizes


def broadcastable(sizes):
    return [1 if rng.random() < 0.3 else size for size in sizes][rng.randint(0, len(sizes)):]


def some_axis(rank):
    return rng.randint(-rank, rank - 1) if rng.random() < 0.9 else pick(rank, -rank - 1)


def window(rank, transposed=False):
    attributes = {}
    kernel = shape(rank, 1, 4)
    if rng.random() < 0.7:
        attributes['strides'] = shape(rank, 1, 3)
    if rng.random() < 0.4:
        attributes['dilations'] = shape(rank, 1, 2)
    choice = rng.random()
    if choice < 0.5:
        attributes['pads'] = [rng.randint(0, max(0, kernel[i % rank] - 1)) for i in range(2 * rank)]
    elif choice < 0.7 and 'dilations' not in attributes:
        attributes['auto_pad'] = pick('SAME_UPPER', 'SAME_LOWER', 'VALID')
    return kernel, attributes


def elementwise():
    op = pick('Add', 'Mul', 'Div', 'Pow', 'Max', 'Less', 'Equal', 'Where', 'PRelu', 'Sum')
    base = shape(rng.randint(1, 4))
    left, right = base, broken(broadcastable(base))
    if op == 'Where':
        return op, {}, [floats(*left) > 0.5, floats(*right), floats(*broken(base))], 1
    if rng.random() < 0.3 and op != 'PRelu':
        left, right = right, left
    return op, {}, [floats(*left), floats(*right)], 1


def single():
    op = pick('Relu', 'Softmax', 'LogSoftmax', 'Gelu', 'HardSwish', 'Not', 'IsNaN', 'Cast', 'CumSum', 'Clip', 'Dropout', 'Identity', 'Trilu', 'LpNormalization')
    sizes = shape(rng.randint(1, 4))
    if op in ('Softmax', 'LogSoftmax', 'LpNormalization'):
        return op, {'axis': some_axis(len(sizes))}, [floats(*sizes)], 1
    if op == 'Not':
        return op, {}, [floats(*sizes) > 0.5], 1
    if op == 'Cast':
        return op, {'to': pick(1, 6, 7, 9, 10, 11)}, [floats(*sizes)], 1
    if op == 'CumSum':
        return op, {}, [floats(*sizes), np.array(some_axis(len(sizes)), dtype=np.int64)], 1
    if op == 'Clip':
        return op, {}, [floats(*sizes), np.float32(0), np.float32(1)], 1
    if op == 'Dropout':
        return op, {}, [floats(*sizes)], 2
    return op, {}, [floats(*sizes)], 1


def matmul():
    inner = rng.randint(1, 5)
    batch = shape(rng.randint(0, 2))
    left = broken(batch + ([rng.randint(1, 5)] if rng.random() < 0.8 else []) + [inner])
    right = broken(broadcastable(batch) + [inner] + ([rng.randint(1, 5)] if rng.random() < 0.8 else []))
    return 'MatMul', {}, [floats(*left), floats(*right)], 1


def gemm():
    m, k, n = shape(3)
    ta, tb = pick(0, 1), pick(0, 1)
    inputs = [floats(*broken([k, m] if ta else [m, k])), floats(*broken([n, k] if tb else [k, n]))]
    if rng.random() < 0.7:
        inputs.append(floats(*broken(pick([n], [1, n], [m, n], [m, 1], [1], []))))
    return 'Gemm', {'transA': ta, 'transB': tb}, inputs, 1


def einsum():
    equation = pick('ij,jk->ik', 'bij,bjk->bik', '...ij,...jk->...ik', 'bhqd,bhkd->bhqk', 'ii->i', 'ij->ji', 'i,j->ij', 'bij->b', 'ij,ij', 'bnc,nk->bck')
    sizes = {letter: rng.randint(1, 4) for letter in 'abcdefghijklmnopqrstuvwxyz'}
    sizes['c'] = sizes['c']
    inputs = []
    for part in equation.split('->')[0].split(','):
        dims = ([2] if part.startswith('...') else []) + [sizes[letter] for letter in part.replace('...', '')]
        inputs.append(floats(*(broken(dims) if 'ii' not in part else dims)))
    return 'Einsum', {'equation': equation}, inputs, 1


def conv():
    rank = pick(1, 2, 2, 2, 3)
    group = pick(1, 1, 1, 2)
    kernel, attributes = window(rank)
    channels, filters = group * rng.randint(1, 3), group * rng.randint(1, 3)
    inputs = [floats(*broken([rng.randint(1, 2), channels]), *shape(rank, 2, 9)), floats(filters, channels // group, *kernel)]
    if rng.random() < 0.5:
        inputs.append(floats(*broken([filters])))
    return 'Conv', {**attributes, 'group': group}, inputs, 1


def conv_transpose():
    rank = pick(1, 2, 2)
    group = pick(1, 1, 2)
    kernel, attributes = window(rank)
    if 'strides' in attributes and rng.random() < 0.5 and 'auto_pad' not in attributes:
        attributes['output_padding'] = [rng.randint(0, stride - 1) for stride in attributes['strides']]
    attributes.pop('auto_pad', None)
    channels, filters = group * rng.randint(1, 3), rng.randint(1, 3)
    return 'ConvTranspose', {**attributes, 'group': group}, [floats(*broken([1, channels]), *shape(rank, 2, 7)), floats(channels, filters, *kernel)], 1


def pool():
    rank = pick(1, 2, 2, 3)
    kernel, attributes = window(rank)
    op = pick('MaxPool', 'AveragePool', 'LpPool', 'GlobalAveragePool')
    sizes = [1, 2] + shape(rank, 8, 14)
    if op == 'GlobalAveragePool':
        return op, {}, [floats(*sizes)], 1
    if 'auto_pad' not in attributes:
        attributes['ceil_mode'] = pick(0, 1)
    if op == 'AveragePool':
        attributes['count_include_pad'] = pick(0, 1)
    return op, {**attributes, 'kernel_shape': kernel}, [floats(*sizes)], 1 if op != 'MaxPool' else 2


def normalisation():
    op = pick('BatchNormalization', 'InstanceNormalization', 'LayerNormalization', 'LRN')
    op_rank = 4 if op == 'LRN' else pick(3, 4)
    sizes = shape(op_rank, 2, 5)
    channels = broken([sizes[1]])
    if op == 'BatchNormalization':
        return op, {}, [floats(*sizes)] + [floats(*channels)] * 4, 1
    if op == 'InstanceNormalization':
        return op, {}, [floats(*sizes)] + [floats(*channels)] * 2, 1
    if op == 'LayerNormalization':
        axis = rng.randint(-len(sizes), len(sizes) - 1)
        return op, {'axis': axis}, [floats(*sizes), floats(*broken(sizes[axis:]))], 1
    return op, {'size': 3}, [floats(*sizes)], 1


def reshape():
    sizes = shape(rng.randint(1, 4), 1, 4)
    total = int(np.prod(sizes))
    target = []
    rest = total
    for _ in range(rng.randint(0, 3)):
        divisor = pick(*[d for d in range(1, rest + 1) if rest % d == 0])
        target.append(divisor)
        rest //= divisor
    target.append(rest)
    if rng.random() < 0.5:
        target[rng.randrange(len(target))] = -1
    if rng.random() < 0.3:
        target[0] = 0
    return 'Reshape', {}, [floats(*sizes), ints(broken(target))], 1


def layout():
    op = pick('Flatten', 'Transpose', 'Squeeze', 'Unsqueeze', 'Expand', 'Tile', 'DepthToSpace', 'SpaceToDepth', 'Shape', 'Size')
    sizes = shape(rng.randint(1, 4), 1, 4)
    rank = len(sizes)
    if op == 'Flatten':
        return op, {'axis': pick(rng.randint(-rank, rank), rank + 1)}, [floats(*sizes)], 1
    if op == 'Transpose':
        order = list(range(rank))
        rng.shuffle(order)
        return op, {'perm': order if rng.random() < 0.85 else order + [rank]}, [floats(*sizes)], 1
    if op == 'Squeeze':
        sizes = [pick(1, 1, 2) for _ in sizes]
        return op, {}, [floats(*sizes)] + ([ints(sorted({rng.randrange(rank) for _ in range(2)}))] if rng.random() < 0.7 else []), 1
    if op == 'Unsqueeze':
        return op, {}, [floats(*sizes), ints(sorted({rng.randint(-rank - 1, rank) for _ in range(pick(1, 1, 2))}))], 1
    if op == 'Expand':
        return op, {}, [floats(*broadcastable(sizes)), ints(broken(sizes))], 1
    if op == 'Tile':
        return op, {}, [floats(*sizes), ints(shape(rank if rng.random() < 0.85 else rank + 1, 1, 3))], 1
    if op == 'DepthToSpace':
        return op, {'blocksize': 2}, [floats(*broken([1, 8, 3, 3]))], 1
    if op == 'SpaceToDepth':
        return op, {'blocksize': 2}, [floats(*broken([1, 3, 4, 6]))], 1
    if op == 'Shape':
        return op, {'start': rng.randint(-2, 2)}, [floats(*sizes)], 1
    return op, {}, [floats(*sizes)], 1


def slicing():
    sizes = shape(rng.randint(1, 3), 1, 7)
    axes = sorted(rng.sample(range(len(sizes)), rng.randint(1, len(sizes))))
    inputs = [floats(*sizes), ints([rng.randint(-9, 9) for _ in axes]), ints([pick(rng.randint(-9, 9), 2**31 - 1, -2**31 + 1) for _ in axes]), ints(axes)]
    if rng.random() < 0.6:
        # ONNX Runtime reads "to the end" in the wrong direction in its own way
        inputs.append(ints([pick(1, 2, 3) if stop > 9 else pick(-1, -2) if stop < -9 else pick(1, 2, -1, -2) for stop in inputs[2]]))
    return 'Slice', {}, inputs, 1


def gathering():
    op = pick('Gather', 'GatherElements', 'GatherND', 'ScatterND', 'ScatterElements', 'OneHot')
    sizes = shape(rng.randint(1, 3), 2, 5)
    rank = len(sizes)
    axis = some_axis(rank)
    if op == 'Gather':
        return op, {'axis': axis}, [floats(*sizes), ints(np.random.default_rng(1).integers(-2, 2, shape(rng.randint(0, 2))))], 1
    if op == 'GatherElements':
        return op, {'axis': axis}, [floats(*sizes), ints(np.zeros(shape(rank, 1, 2)))], 1
    if op == 'GatherND':
        return op, {}, [floats(*sizes), ints(np.zeros(shape(rng.randint(0, 2)) + [rng.randint(1, rank + (rng.random() < 0.2))]))], 1
    if op == 'ScatterND':
        width = rng.randint(1, rank)
        outer = shape(rng.randint(0, 1))
        return op, {}, [floats(*sizes), ints(np.zeros(outer + [width])), floats(*broken(outer + sizes[width:]))], 1
    if op == 'ScatterElements':
        inner = shape(rank, 1, 2)
        return op, {'axis': axis}, [floats(*sizes), ints(np.zeros(inner)), floats(*inner)], 1
    return op, {'axis': pick(-1, 0, rank, rank + 1)}, [ints(np.zeros(sizes)), ints(rng.randint(1, 6)), floats(2)], 1


def joining():
    op = pick('Concat', 'Concat', 'Split', 'Pad', 'Pad')
    sizes = shape(rng.randint(1, 4), 1, 5)
    rank = len(sizes)
    axis = rng.randint(-rank, rank - 1)
    if op == 'Concat':
        parts = []
        for _ in range(rng.randint(1, 3)):
            part = list(sizes)
            part[axis] = rng.randint(1, 4)
            parts.append(floats(*(broken(part) if rng.random() < 0.5 else part)))
        return op, {'axis': some_axis(rank)}, parts, 1
    if op == 'Split':
        parts = rng.randint(1, 3)
        if rng.random() < 0.5:
            return op, {'axis': axis, 'num_outputs': parts}, [floats(*sizes)], parts
        each = shape(parts, 1, 3)
        sizes[axis] = sum(each)
        return op, {'axis': axis}, [floats(*sizes), ints(broken(each))], parts
    mode = pick('constant', 'constant', 'reflect', 'edge')
    pads = [pick(0, 0, 1, 2, -1 if mode == 'constant' else 0) for _ in range(2 * rank)]
    return op, {'mode': mode}, [floats(*sizes), ints(pads)], 1


def reducing():
    op = pick('ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceL2', 'ReduceProd', 'ReduceLogSumExp', 'ArgMax', 'ArgMin', 'TopK')
    sizes = shape(rng.randint(1, 4), 1, 5)
    rank = len(sizes)
    if op.startswith('Arg'):
        return op, {'axis': some_axis(rank), 'keepdims': pick(0, 1)}, [floats(*sizes)], 1
    if op == 'TopK':
        return op, {'axis': some_axis(rank)}, [floats(*sizes), ints([rng.randint(1, 4)])], 2
    attributes = {'keepdims': pick(0, 1), 'noop_with_empty_axes': pick(0, 1)}
    if rng.random() < 0.3:
        return op, attributes, [floats(*sizes)], 1
    return op, attributes, [floats(*sizes), ints(sorted({some_axis(rank) for _ in range(2)}))], 1


def recurrent():
    op, gates = pick(('LSTM', 4), ('GRU', 3), ('RNN', 1))
    direction = pick('forward', 'reverse', 'bidirectional')
    directions = 2 if direction == 'bidirectional' else 1
    time, batch, features, hidden = shape(4, 1, 5)
    inputs = [floats(time, batch, *broken([features])), floats(directions, gates * hidden, features), floats(directions, *broken([gates * hidden, hidden]))]
    if rng.random() < 0.5:
        inputs.append(floats(*broken([directions, 2 * gates * hidden])))
    return op, {'direction': direction, 'hidden_size': hidden}, inputs, 3 if op == 'LSTM' else 2


def resizing():
    op = pick('Resize', 'Resize', 'GridSample')
    sizes = [1, 2] + shape(2, 2, 6)
    if op == 'GridSample':
        return op, {}, [floats(*sizes), floats(*broken([1, 3, 4, 2]))], 1
    attributes = {'mode': pick('nearest', 'linear', 'cubic')}
    if rng.random() < 0.5:
        return op, attributes, [floats(*sizes), None, np.array([1, 1, pick(0.5, 1.5, 2, 0.7), pick(2, 3, 1)], dtype=np.float32)], 1
    if rng.random() < 0.5:
        return op, {**attributes, 'axes': [2, 3], 'keep_aspect_ratio_policy': pick('stretch', 'not_larger', 'not_smaller')}, [floats(*sizes), None, None, ints(shape(2, 1, 8))], 1
    return op, attributes, [floats(*sizes), None, None, ints(sizes[:2] + shape(2, 1, 8))], 1


def generating():
    op = pick('Range', 'ConstantOfShape', 'EyeLike', 'RandomNormalLike', 'DFT', 'NegativeLogLikelihoodLoss', 'SoftmaxCrossEntropyLoss')
    if op == 'Range':
        return op, {}, [ints(rng.randint(-5, 5)), ints(rng.randint(-5, 12)), ints(pick(1, 2, 3, -1, -2))], 1
    if op == 'ConstantOfShape':
        return op, {}, [ints(shape(rng.randint(1, 3)))], 1
    if op in ('EyeLike', 'RandomNormalLike'):
        return op, {}, [floats(*shape(2 if op == 'EyeLike' else 3))], 1
    if op == 'DFT':
        onesided = pick(0, 1)
        return op, {'onesided': onesided}, [floats(2, rng.randint(3, 9), 1), None, ints(1)], 1
    classes = rng.randint(2, 5)
    inner = shape(pick(0, 1, 2), 1, 4)
    inputs = [floats(3, classes, *inner), ints(np.zeros(broken([3] + inner)))]
    if rng.random() < 0.3:
        inputs.append(floats(classes))
    return op, {'reduction': pick('mean', 'sum', 'none')}, inputs, 1


FAMILIES = [(elementwise, 70), (single, 60), (matmul, 40), (gemm, 30), (einsum, 40), (conv, 70), (conv_transpose, 40), (pool, 80), (normalisation, 40),
            (reshape, 60), (layout, 90), (slicing, 60), (gathering, 70), (joining, 80), (reducing, 70), (recurrent, 30), (resizing, 40), (generating, 60)]


def evaluate(op, attributes, inputs, outputs):
    """Output arrays, or None where the operator refuses; raises LookupError where nobody implements it."""
    names = ['' if value is None else f'x{i}' for i, value in enumerate(inputs)]
    values = [(name, np.asarray(value)) for name, value in zip(names, inputs) if value is not None]
    # sizes and indices are initialisers, as they are in models
    node = helper.make_node(op, names, [f'y{i}' for i in range(outputs)], **attributes)
    graph = helper.make_graph([node], 'case', [helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape) for name, value in values],
                              [onnx.ValueInfoProto(name=f'y{i}') for i in range(outputs)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', OPSET)], ir_version=9)
    feed = dict(values)
    try:
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=['CPUExecutionProvider'])
        return session.run(None, feed)
    except Exception as fault:
        if 'NOT_IMPLEMENTED' in str(fault) or 'NotImplemented' in type(fault).__name__:
            try:
                onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
                return ReferenceEvaluator(model).run(None, feed)
            except Exception:
                return None
        return None


def describe(value):
    if value is None:
        return None
    value = np.asarray(value)
    described = {'type': str(value.dtype), 'shape': list(value.shape)}
    if value.dtype == np.int64 and value.size <= 64:
        described['data'] = value.flatten().tolist()
    elif value.dtype == np.float32 and value.size == 4 and value.ndim == 1:
        described['data'] = value.tolist()
    return described


def main():
    cases = []
    for family, count in FAMILIES:
        for _ in range(count):
            op, attributes, inputs, outputs = family()
            results = evaluate(op, attributes, inputs, outputs)
            cases.append({'operator': op, 'attributes': attributes, 'inputs': [describe(value) for value in inputs],
                          'outputs': outputs if results is None else [describe(value) for value in results], 'valid': results is not None})
    with open(sys.argv[1], 'w') as out:
        out.write('[\n' + ',\n'.join(json.dumps(case, separators=(',', ':')) for case in cases) + '\n]\n')
    print(len(cases), 'cases,', sum(not case['valid'] for case in cases), 'invalid', file=sys.stderr)


main()
