"""Pooling over one to three dimensions."""
import layerscope

from ... import types
from ...operations.checks import cast, gap, list_text, only_floating, operator, product, ranked
from ...operations.shaping import reshape_to
from .convolution import each


def _batched(input, rank, name):
    if not ranked(input):
        return input, False
    size = len(input.shape)
    if size not in (rank + 1, rank + 2):
        raise RuntimeError(f'{name}: Expected {rank + 1}D or {rank + 2}D (batch mode) tensor with optional 0 dim batch size for input, but got: {list_text(input.shape)}')
    return (operator('Unsqueeze', input, [0]), True) if size == rank + 1 else (input, False)


def _output(size, kernel, stride, padding, dilation, ceil):
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if not ceil:
        return room // stride + 1
    count = -(-room // stride) + 1
    # the last window must begin inside of the input or its left padding
    inside = (count - 1) * stride < size + padding
    return count if not layerscope.is_known(inside) or inside else count - 1


def _check(input, rank, kernel, stride, padding, dilation, ceil):
    for axis in range(rank):
        if not _known([kernel[axis], stride[axis], padding[axis], dilation[axis]]):
            continue
        if kernel[axis] <= 0:
            raise RuntimeError(f'kernel size should be greater than zero, but got kernel_size: {kernel}')
        if stride[axis] <= 0:
            raise RuntimeError('stride should not be zero' if stride[axis] == 0 else f'stride should be greater than zero, but got stride: {stride}')
        if padding[axis] < 0:
            raise RuntimeError(f'pad must be non-negative, but got pad: {padding[axis]}')
        extent = (kernel[axis] - 1) * dilation[axis] + 1
        if padding[axis] * 2 > extent:
            raise RuntimeError(f'pad should be at most half of effective kernel size, but got pad={padding[axis]}, kernel_size={kernel[axis]} and dilation={dilation[axis]}')
    if not ranked(input):
        return
    sizes = [_output(input.shape[axis + 2], kernel[axis], stride[axis], padding[axis], dilation[axis], ceil) for axis in range(rank)]
    shown = 'x'.join([str(size) for size in list(input.shape)[1:]])
    for size in sizes:
        layerscope.require(size > 0, RuntimeError(
            f'Given input size: ({shown}). Calculated output size: ({"x".join([str(s) for s in [input.shape[1]] + sizes])}). Output size is too small'))


def _over_symbols(input, kernel, stride, padding, dilation, ceil, whole, reason):
    """Pooling by sizes that are not known: a global pool where the window is the whole input, else a gap of the right shape."""
    sizes = list(input.shape)[2:]
    if all([layerscope.is_known(own == size) and own == size for own, size in zip(sizes, kernel)]) and not any(padding):
        return operator(whole, input)
    shape = [_output(own, *rest, ceil) for own, *rest in zip(sizes, kernel, stride, padding, dilation)]
    return gap(reason, input, shape=list(input.shape)[:2] + shape, dtype='float32')


def _known(*lists):
    return all([layerscope.is_known(size) for sizes in lists for size in sizes])


def _max(rank, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices):
    layerscope.expect(input, (None,) * (rank + 2))
    kernel = each(kernel_size, rank)
    stride = kernel if stride is None or stride == [] else each(stride, rank)
    padding, dilation = each(padding, rank), each(dilation, rank)
    input, alone = _batched(input, rank, f'max_pool{rank}d')
    _check(input, rank, kernel, stride, padding, dilation, ceil_mode)
    if ranked(input) and not return_indices and not _known(kernel, stride, padding, dilation):
        result = _over_symbols(input, kernel, stride, padding, dilation, ceil_mode, 'GlobalMaxPool', 'a pool whose window is not known')
        return operator('Squeeze', result, [0]) if alone else result
    options = {'kernel_shape': kernel, 'strides': stride, 'pads': padding + padding, 'dilations': dilation, 'ceil_mode': 1 if ceil_mode else 0}
    if not return_indices:
        result = operator('MaxPool', input, **options)
        return operator('Squeeze', result, [0]) if alone else result
    values, indices = operator('MaxPool', input, outputs=2, **options)
    # ONNX counts over the whole tensor, PyTorch within each plane
    indices = operator('Mod', indices, product(list(input.shape)[2:]))
    return (operator('Squeeze', values, [0]), operator('Squeeze', indices, [0])) if alone else (values, indices)


def max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return _max(1, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return _max(2, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return _max(3, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def max_pool1d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=True):
    return _max(1, input, kernel_size, stride, padding, dilation, ceil_mode, True)


def max_pool2d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=True):
    return _max(2, input, kernel_size, stride, padding, dilation, ceil_mode, True)


def _average(rank, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override):
    layerscope.expect(input, (None,) * (rank + 2))
    kernel = each(kernel_size, rank)
    stride = kernel if stride is None or stride == [] else each(stride, rank)
    padding = each(padding, rank)
    input, alone = _batched(input, rank, f'avg_pool{rank}d')
    if divisor_override == 0:
        raise RuntimeError('divisor must be not zero')
    _check(input, rank, kernel, stride, padding, [1] * rank, ceil_mode)
    if ranked(input) and not _known(kernel, stride, padding):
        result = _over_symbols(input, kernel, stride, padding, [1] * rank, ceil_mode, 'GlobalAveragePool', 'a pool whose window is not known')
        return operator('Squeeze', result, [0]) if alone else result
    counted = count_include_pad or divisor_override is not None
    result = operator('AveragePool', input, kernel_shape=kernel, strides=stride, pads=padding + padding, ceil_mode=1 if ceil_mode else 0, count_include_pad=1 if counted else 0)
    if divisor_override is not None:
        result = operator('Mul', result, product(kernel) / divisor_override)
    return operator('Squeeze', result, [0]) if alone else result


def avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    return _average(1, input, kernel_size, stride, padding, ceil_mode, count_include_pad, None)


def avg_pool2d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    return _average(2, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


def avg_pool3d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    return _average(3, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


def _norm(rank, input, norm_type, kernel_size, stride, ceil_mode):
    kernel = each(kernel_size, rank)
    stride = kernel if stride is None else each(stride, rank)
    layerscope.expect(input, (None,) * (rank + 2))
    if rank == 1 and isinstance(kernel_size, (tuple, list)):
        raise TypeError("mul(): argument 'other' (position 1) must be Tensor, not tuple")
    input, alone = _batched(input, rank, f'lp_pool{rank}d')
    if rank == 3 and ranked(input):
        for own, extent in zip(list(input.shape)[2:], kernel):
            layerscope.require(own >= extent, RuntimeError(f'input image smaller than kernel size: {list_text(list(input.shape)[2:])} and {list_text(kernel)}'))
    _check(input, rank, kernel, stride, [0] * rank, [1] * rank, ceil_mode)
    whole = isinstance(norm_type, int) or norm_type == int(norm_type)
    if whole and not ceil_mode:
        result = operator('LpPool', input, kernel_shape=kernel, strides=stride, p=int(norm_type))
    else:
        powers = operator('Pow', input, float(norm_type))
        sums = operator('Mul', operator('AveragePool', powers, kernel_shape=kernel, strides=stride, ceil_mode=1 if ceil_mode else 0, count_include_pad=1), float(product(kernel)))
        result = operator('Pow', operator('Mul', operator('Sign', sums), operator('Relu', operator('Abs', sums))), 1.0 / norm_type)
    return operator('Squeeze', result, [0]) if alone else result


def lp_pool1d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _norm(1, input, norm_type, kernel_size, stride, ceil_mode)


def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _norm(2, input, norm_type, kernel_size, stride, ceil_mode)


def lp_pool3d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _norm(3, input, norm_type, kernel_size, stride, ceil_mode)


def _targets(input, output_size, rank):
    sizes = each(output_size, rank)
    if len(sizes) != rank:
        raise RuntimeError(f'adaptive pooling: output_size must be {rank}')
    return [input.shape[axis + 2] if size is None else size for axis, size in enumerate(sizes)]


def _edges(size, count):
    """Where each of `count` cells of an adaptive pool begins and ends."""
    return [(position * size // count, -(-((position + 1) * size) // count)) for position in range(count)]


def _adaptive(rank, input, output_size, global_type, type, along):
    """Adaptive pooling as a global pool, as a pool where sizes divide, else exactly, dimension by dimension."""
    for position, wanted in enumerate(output_size if isinstance(output_size, (list, tuple)) else [output_size]):
        if isinstance(wanted, float):
            raise TypeError(f"adaptive_{'avg' if type == 'AveragePool' else 'max'}_pool{rank}d(): argument 'output_size' (position 2) must be tuple of ints, but found element of type float at pos {position}")
    layerscope.expect(input, (None,) * (rank + 2))
    if not ranked(input):
        return operator(global_type, input) if output_size in (1, (1,) * rank) else gap('adaptive pooling of a tensor of unknown rank', input)
    size = len(input.shape)
    if size not in (rank + 1, rank + 2):
        raise RuntimeError(f'adaptive_{"avg" if type == "AveragePool" else "max"}_pool{rank}d(): Expected {rank + 1}D or {rank + 2}D tensor, but got {list_text(input.shape)}')
    alone = size == rank + 1
    if alone:
        input = operator('Unsqueeze', input, [0])
    only_floating(input, f'adaptive_{"avg" if type == "AveragePool" else "max"}_pool{rank}d')
    targets = _targets(input, output_size, rank)
    sizes = list(input.shape)[2:]
    if all([layerscope.is_known(target) and target == 1 for target in targets]):
        result = operator(global_type, input)
    elif all([layerscope.is_known(own == target) and own == target for own, target in zip(sizes, targets)]):
        result = operator('Identity', input)
    elif not all([layerscope.is_known(own) and layerscope.is_known(target) for own, target in zip(sizes, targets)]):
        result = gap('adaptive pooling to a fixed size of an input whose size is not known', input, shape=list(input.shape)[:2] + targets, dtype='float32')
    elif all([target > 0 and own % target == 0 for own, target in zip(sizes, targets)]):
        kernel = [own // target for own, target in zip(sizes, targets)]
        result = operator(type, input, kernel_shape=kernel, strides=kernel)
    else:
        result = input
        for axis in range(rank):
            result = along(result, axis + 2, _edges(sizes[axis], targets[axis]))
    return operator('Squeeze', result, [0]) if alone else result


def _mean_along(input, axis, edges):
    """Averages of cells along one dimension: a product with a matrix of their weights."""
    size = input.shape[axis]
    weights = [[1.0 / (end - start) if start <= position < end else 0.0 for start, end in edges] for position in range(size)]
    last = len(input.shape) - 1
    order = list(range(len(input.shape)))
    order[axis], order[last] = last, axis
    turned = operator('Transpose', input, perm=order) if axis != last else input
    result = operator('MatMul', turned, weights)
    return operator('Transpose', result, perm=order) if axis != last else result


def _max_along(input, axis, edges):
    cells = [operator('ReduceMax', operator('Slice', input, [start], [end], [axis]), [axis], keepdims=1) for start, end in edges]
    return cells[0] if len(cells) == 1 else operator('Concat', *cells, axis=axis)


def adaptive_avg_pool1d(input, output_size):
    return _adaptive(1, input, output_size, 'GlobalAveragePool', 'AveragePool', _mean_along)


def adaptive_avg_pool2d(input, output_size):
    return _adaptive(2, input, output_size, 'GlobalAveragePool', 'AveragePool', _mean_along)


def adaptive_avg_pool3d(input, output_size):
    return _adaptive(3, input, output_size, 'GlobalAveragePool', 'AveragePool', _mean_along)


def _adaptive_max(rank, input, output_size, return_indices):
    values = _adaptive(rank, input, output_size, 'GlobalMaxPool', 'MaxPool', _max_along)
    if not return_indices:
        return values
    return values, gap('the positions that an adaptive max pool chose', input, shape=list(values.shape), dtype='int64')


def adaptive_max_pool1d(input, output_size, return_indices=False):
    return _adaptive_max(1, input, output_size, return_indices)


def adaptive_max_pool2d(input, output_size, return_indices=False):
    return _adaptive_max(2, input, output_size, return_indices)


def adaptive_max_pool3d(input, output_size, return_indices=False):
    return _adaptive_max(3, input, output_size, return_indices)


def _unpool(rank, input, indices, kernel_size, stride, padding, output_size):
    kernel = each(kernel_size, rank)
    stride = kernel if stride is None else each(stride, rank)
    padding = each(padding, rank)
    if tuple(input.shape) != tuple(indices.shape):
        raise RuntimeError(f'Expected shape of indices to be same as that of the input tensor ({list_text(input.shape)}) but got indices tensor with shape: {list_text(indices.shape)}')
    leading = list(input.shape)[:-rank]
    sizes = [(input.shape[axis - rank] - 1) * stride[axis] - 2 * padding[axis] + kernel[axis] for axis in range(rank)]
    if output_size is not None:
        sizes = list(output_size)[-rank:]
    flat = leading + [product(sizes)]
    zeros = operator('Expand', layerscope.constant(0.0, dtype='float32', like=layerscope.Value), flat)
    columns = leading + [product(list(input.shape)[-rank:])]
    filled = operator('ScatterElements', zeros, reshape_to(cast(indices, types.int64), columns), reshape_to(input, columns), axis=len(leading))
    return reshape_to(filled, leading + sizes)


def max_unpool1d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpool(1, input, indices, kernel_size, stride, padding, output_size)


def max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpool(2, input, indices, kernel_size, stride, padding, output_size)


def max_unpool3d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpool(3, input, indices, kernel_size, stride, padding, output_size)


def _fractional(rank, input, kernel_size, output_size, output_ratio, return_indices):
    if output_size is None and output_ratio is None:
        raise ValueError(f'fractional_max_pool{rank}d requires specifying either an output_size or an output_ratio')
    sizes = list(input.shape)[-rank:]
    targets = each(output_size, rank) if output_size is not None else [int(size * ratio) for size, ratio in zip(sizes, each(output_ratio, rank))]
    shape = list(input.shape)[:-rank] + targets
    reason = 'fractional pooling chooses its windows at random'
    values = gap(reason, input, shape=shape, dtype='float32')
    return (values, gap(reason, input, shape=shape, dtype='int64')) if return_indices else values


def fractional_max_pool2d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False):
    return _fractional(2, input, kernel_size, output_size, output_ratio, return_indices)


def fractional_max_pool3d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False):
    return _fractional(3, input, kernel_size, output_size, output_ratio, return_indices)
