"""Convolutions and transposed convolutions over one to three dimensions, and im2col."""
import layerscope

from ...operations.checks import is_tensor, list_text, operator, ranked, scalar_names, typed
from ...operations.shaping import reshape_to


def each(value, count):
    """One number for each spatial dimension."""
    if isinstance(value, (tuple, list)):
        return list(value) * count if len(value) == 1 else list(value)
    return [value] * count


def batched(input, rank, name):
    """(channels, ...) becomes a batch of one. Returns the input and whether it was so."""
    if not ranked(input):
        return input, False
    size = len(input.shape)
    if size not in (rank + 1, rank + 2):
        raise RuntimeError(f'Expected {rank + 1}D (unbatched) or {rank + 2}D (batched) input to {name}, but got input of size: {list_text(input.shape)}')
    return (operator('Unsqueeze', input, [0]), True) if size == rank + 1 else (input, False)


def same_type(input, weight):
    if typed(input) and typed(weight) and input.dtype is not weight.dtype:
        names = {'float32': 'float', 'int64': 'long long', 'float64': 'double'}
        one, other = names.get(input.dtype.name, scalar_names(input.dtype)), names.get(weight.dtype.name, scalar_names(weight.dtype))
        raise RuntimeError(f'Input type ({one}) and bias type ({other}) should be the same')


def _window_fits(input, weight, padding, dilation):
    sizes = [input.shape[axis + 2] + sum(padding[axis]) for axis in range(len(padding))]
    kernel = [weight.shape[axis + 2] for axis in range(len(padding))]
    extents = [(size - 1) * step + 1 for size, step in zip(kernel, dilation)]
    for size, extent in zip(sizes, extents):
        layerscope.require(size >= extent, RuntimeError(
            f'Calculated padded input size per channel: ({" x ".join([str(each) for each in sizes])}). Kernel size: ({" x ".join([str(each) for each in extents])}). '
            "Kernel size can't be greater than actual input size"))


def _positive(stride, dilation, padding):
    if any([size <= 0 for size in stride]):
        raise RuntimeError('non-positive stride is not supported')
    if any([size <= 0 for size in dilation]):
        raise RuntimeError('dilation should be greater than zero')
    if any([size < 0 for pair in padding for size in pair]):
        raise RuntimeError('negative padding is not supported')


def convolution(name, rank, input, weight, bias, stride, padding, dilation, groups):
    if not is_tensor(input) and layerscope.is_known(input):
        raise TypeError(f"{name}() received an invalid combination of arguments - got ({type(input).__name__}, ...), but expected a Tensor as input")
    if ranked(weight):
        layerscope.expect(input, (None, weight.shape[1] * groups) + (None,) * rank)
    same_type(input, weight)
    if ranked(weight) and len(weight.shape) != rank + 2:
        raise RuntimeError(f'expected {rank + 2}-dimensional weight, but got weight of size {list_text(weight.shape)}')
    stride, dilation = each(stride, rank), each(dilation, rank)
    if isinstance(padding, str):
        padding = _named_padding(padding, weight, stride, dilation, rank)
    else:
        padding = [(size, size) for size in each(padding, rank)]
    _positive(stride, dilation, padding)
    input, alone = batched(input, rank, name)
    if ranked(input) and ranked(weight):
        expected, channels = weight.shape[1] * groups, input.shape[1]
        shown = list_text(list(input.shape)[1:]) if alone else list_text(input.shape)
        layerscope.require(channels == expected, related_channels(input, RuntimeError(
            f'Given groups={groups}, weight of size {list_text(weight.shape)}, expected input{shown} to have {expected} channels, but got {channels} channels instead')))
        layerscope.require(weight.shape[0] > 0, RuntimeError(f'Given groups={groups}, expected weight to be at least {groups} at dimension 0, but got weight of size {list_text(weight.shape)} instead'))
        for size in list(weight.shape)[2:]:
            layerscope.require(size > 0, RuntimeError(f'could not create a primitive descriptor for the convolution: the kernel is empty, its weight is of size {list_text(weight.shape)}'))
        layerscope.require(weight.shape[0] % groups == 0, RuntimeError(
            f'Given groups={groups}, expected weight to be divisible by {groups} at dimension 0, but got weight of size [{list_text(weight.shape)}] instead'))
        if bias is not None and ranked(bias):
            layerscope.require(bias.shape[0] == weight.shape[0], RuntimeError(
                f'Given weight of size {list_text(weight.shape)}, expected bias to be 1-dimensional with {weight.shape[0]} elements, but got bias of size {list_text(bias.shape)} instead'))
        _window_fits(input, weight, padding, dilation)
    pads = [pair[0] for pair in padding] + [pair[1] for pair in padding]
    result = operator('Conv', input, weight, bias, strides=stride, pads=pads, dilations=dilation, group=groups)
    return operator('Squeeze', result, [0]) if alone else result


def related_channels(input, error):
    return layerscope.related(error, input, f'the input of shape {tuple(input.shape)} is made here')


def _named_padding(padding, weight, stride, dilation, rank):
    if padding == 'valid':
        return [(0, 0)] * rank
    if padding != 'same':
        raise ValueError(f"Invalid padding string '{padding}', should be one of 'valid', 'same'")
    if any([size != 1 for size in stride]):
        raise RuntimeError("padding='same' is not supported for strided convolutions")
    totals = [dilation[axis] * (weight.shape[axis + 2] - 1) for axis in range(rank)]
    return [(total // 2, total - total // 2) for total in totals]


def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    return convolution('conv1d', 1, input, weight, bias, stride, padding, dilation, groups)


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    return convolution('conv2d', 2, input, weight, bias, stride, padding, dilation, groups)


def conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    return convolution('conv3d', 3, input, weight, bias, stride, padding, dilation, groups)


def transposed(name, rank, input, weight, bias, stride, padding, output_padding, groups, dilation):
    layerscope.expect(input, (None, weight.shape[0]) + (None,) * rank)
    same_type(input, weight)
    stride, padding, dilation, extra = each(stride, rank), each(padding, rank), each(dilation, rank), each(output_padding, rank)
    _positive(stride, dilation, [(size, size) for size in padding])
    input, alone = batched(input, rank, name)
    if ranked(input):
        shown = list_text(list(input.shape)[1:]) if alone else list_text(input.shape)
        layerscope.require(input.shape[1] == weight.shape[0], related_channels(input, RuntimeError(
            f'Given transposed=1, weight of size {list_text(weight.shape)}, expected input{shown} to have {weight.shape[0]} channels, but got {input.shape[1]} channels instead')))
        for axis in range(rank):
            layerscope.require((extra[axis] < stride[axis]) if stride[axis] >= dilation[axis] else (extra[axis] < dilation[axis]), RuntimeError(
                f'output padding must be smaller than either stride or dilation, but got output_padding: {list_text(extra)}, stride: {list_text(stride)}, dilation: {list_text(dilation)}'))
            size = (input.shape[axis + 2] - 1) * stride[axis] - 2 * padding[axis] + dilation[axis] * (weight.shape[axis + 2] - 1) + extra[axis] + 1
            layerscope.require(size >= 0, RuntimeError(
                f'Given input size per channel: ({" x ".join([str(s) for s in list(input.shape)[2:]])}). Calculated output size per channel: ({size}). Output size is too small'))
    result = operator('ConvTranspose', input, weight, bias, strides=stride, pads=padding + padding, dilations=dilation, group=groups,
                      output_padding=extra if any([size != 0 for size in extra]) else None)
    return operator('Squeeze', result, [0]) if alone else result


def conv_transpose1d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    return transposed('conv_transpose1d', 1, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose2d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    return transposed('conv_transpose2d', 2, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose3d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    return transposed('conv_transpose3d', 3, input, weight, bias, stride, padding, output_padding, groups, dilation)


def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    """Sliding blocks as columns: (N, C, H, W) to (N, C * block, blocks), gathered row by row and column by column."""
    from ...operations.creation import arange
    layerscope.expect(input, (None, None, None, None))
    kernel, dilation, padding, stride = [each(value, 2) for value in (kernel_size, dilation, padding, stride)]
    alone = len(input.shape) == 3
    if len(input.shape) not in (3, 4):
        raise RuntimeError(f'Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: {list_text(input.shape)}')
    if alone:
        input = operator('Unsqueeze', input, [0])
    batch, channels = input.shape[0], input.shape[1]
    if any([size != 0 for size in padding]):
        input = operator('Pad', input, [0, 0, padding[0], padding[1]] * 2)
    counts, positions = [], []
    for axis in range(2):
        extent = dilation[axis] * (kernel[axis] - 1) + 1
        count = (input.shape[axis + 2] - extent) // stride[axis] + 1
        layerscope.require(count > 0, RuntimeError(
            f'Given input with spatial size ({input.shape[2]}, {input.shape[3]}), kernel_size=({kernel[0]}, {kernel[1]}), dilation=({dilation[0]}, {dilation[1]}), '
            f'padding=({padding[0]}, {padding[1]}), calculated shape of the array of sliding blocks is not positive'))
        counts.append(count)
        positions.append(reshape_to(arange(kernel[axis]) * dilation[axis], [kernel[axis], 1]) + reshape_to(arange(count) * stride[axis], [1, count]))
    rows = operator('Gather', input, positions[0], axis=2)               # N, C, kh, rows, W
    blocks = operator('Gather', rows, positions[1], axis=4)              # N, C, kh, rows, kw, columns
    ordered = operator('Transpose', blocks, perm=[0, 1, 2, 4, 3, 5])
    result = operator('Reshape', ordered, [batch, channels * kernel[0] * kernel[1], counts[0] * counts[1]])
    return operator('Squeeze', result, [0]) if alone else result


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    layerscope.expect(input, (None, None, None))
    size, kernel, dilation, padding, stride = [each(value, 2) for value in (output_size, kernel_size, dilation, padding, stride)]
    alone = len(input.shape) == 2
    if len(input.shape) not in (2, 3):
        raise RuntimeError(f'Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, but got: {list_text(input.shape)}')
    if alone:
        input = operator('Unsqueeze', input, [0])
    block = kernel[0] * kernel[1]
    layerscope.require(input.shape[1] % block == 0, RuntimeError(
        f'Expected size of input\'s dimension 1 to be divisible by the product of kernel_size, but got input.size(1)={input.shape[1]} and kernel_size=({kernel[0]}, {kernel[1]}).'))
    blocks = 1
    for axis in range(2):
        blocks = blocks * ((size[axis] + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1) // stride[axis] + 1)
    layerscope.require(input.shape[2] == blocks, RuntimeError(
        f'Given output_size=({size[0]}, {size[1]}), kernel_size=({kernel[0]}, {kernel[1]}), dilation=({dilation[0]}, {dilation[1]}), padding=({padding[0]}, {padding[1]}), '
        f'stride=({stride[0]}, {stride[1]}), expected size of input\'s dimension 2 to match the calculated number of sliding blocks {blocks}, but got input.size(2)={input.shape[2]}.'))
    result = operator('Col2Im', input, size, kernel, dilations=dilation, pads=padding + padding, strides=stride)
    return operator('Squeeze', result, [0]) if alone else result
