"""The operators of networks, as imperative functions and as the symbols of the same names."""
import layerscope

from mxnet.base import MXNetError, inconsistent
from mxnet.ndarray.array import NDArray, product


def each(value, rank, default=1):
    if value is None or isinstance(value, (tuple, list)) and len(value) == 0:
        return [default] * rank
    return [value] * rank if not isinstance(value, (tuple, list)) else list(value)


def FullyConnected(data, weight, bias=None, num_hidden=None, no_bias=False, flatten=True, name='fullyconnected', **kwargs):
    if flatten and len(data.shape) != 2:
        data = layerscope.operator('Flatten', data, axis=1, like=NDArray)
    width = data.shape[-1]
    layerscope.require(weight.shape[1] == width, inconsistent(name, weight.shape, [weight.shape[0], width], data))
    made = layerscope.operator('MatMul', data, layerscope.operator('Transpose', weight, perm=[1, 0], like=NDArray), like=NDArray)
    return made if bias is None or no_bias else layerscope.operator('Add', made, bias, like=NDArray)


def Convolution(data, weight, bias=None, kernel=(), stride=(), dilate=(), pad=(), num_filter=None, num_group=1, no_bias=False, layout=None, name='convolution', **kwargs):
    rank = len(kernel)
    if len(data.shape) != rank + 2:
        raise layerscope.related(MXNetError(f'Error in operator {name}: Check failed: dshp.ndim() == {rank + 2}U ({len(data.shape)} vs. {rank + 2}) : Input data should be {rank + 2}D in ' +
                                            {1: 'batch-num_filter-x', 2: 'batch-num_filter-y-x', 3: 'batch-num_filter-depth-y-x'}[rank]), data, f'the array of shape {tuple(data.shape)} is made here')
    layerscope.require(data.shape[1] == weight.shape[1] * num_group, inconsistent(name, weight.shape, [weight.shape[0], data.shape[1] // num_group, *kernel], data))
    stride, dilate, pad = each(stride, rank), each(dilate, rank), each(pad, rank, 0)
    for axis in range(rank):
        extent = (kernel[axis] - 1) * dilate[axis] + 1
        layerscope.require(extent <= data.shape[axis + 2] + 2 * pad[axis], layerscope.related(MXNetError(f'Error in operator {name}: Check failed: dilated_ksize <= AddPad(dshape[{axis + 2}], pad[{axis}]) ({extent} vs. {data.shape[axis + 2] + 2 * pad[axis]}) : kernel size exceed input'),
                                                                                              data, f'the array of shape {tuple(data.shape)} is made here'))
    inputs = [data, weight] if bias is None or no_bias else [data, weight, bias]
    return layerscope.operator('Conv', *inputs, kernel_shape=list(kernel), strides=stride, dilations=dilate, pads=pad + pad, group=num_group, like=NDArray)


def Deconvolution(data, weight, bias=None, kernel=(), stride=(), dilate=(), pad=(), adj=(), num_filter=None, num_group=1, no_bias=True, name='deconvolution', **kwargs):
    rank = len(kernel)
    layerscope.require(data.shape[1] == weight.shape[0], inconsistent(name, weight.shape, [data.shape[1], *list(weight.shape)[1:]], data))
    stride, dilate, pad, adj = each(stride, rank), each(dilate, rank), each(pad, rank, 0), each(adj, rank, 0)
    inputs = [data, weight] if bias is None or no_bias else [data, weight, bias]
    return layerscope.operator('ConvTranspose', *inputs, kernel_shape=list(kernel), strides=stride, dilations=dilate, pads=pad + pad, output_padding=adj, group=num_group, like=NDArray)


def Pooling(data, kernel=(), pool_type='max', global_pool=False, stride=(), pad=(), pooling_convention='valid', count_include_pad=True, name='pooling', **kwargs):
    if global_pool:
        return layerscope.operator({'max': 'GlobalMaxPool', 'avg': 'GlobalAveragePool'}[pool_type], data, like=NDArray)
    rank = len(kernel)
    if len(data.shape) != rank + 2:
        raise layerscope.related(MXNetError(f'Error in operator {name}: Check failed: dshape.ndim() == {rank + 2} ({len(data.shape)} vs. {rank + 2})'), data, f'the array of shape {tuple(data.shape)} is made here')
    stride, pad = each(stride, rank), each(pad, rank, 0)
    for axis in range(rank):
        layerscope.require(kernel[axis] <= data.shape[axis + 2] + 2 * pad[axis], layerscope.related(MXNetError(
            f'Error in operator {name}: Check failed: param.kernel[{axis}] <= dshape[{axis + 2}] + 2 * param.pad[{axis}] ({kernel[axis]} vs. {data.shape[axis + 2] + 2 * pad[axis]}) : kernel size ({kernel[axis]}) exceeds input ({data.shape[axis + 2]} padded to {data.shape[axis + 2] + 2 * pad[axis]})'),
            data, f'the array of shape {tuple(data.shape)} is made here'))
    options = {'kernel_shape': list(kernel), 'strides': stride, 'pads': pad + pad, 'ceil_mode': 1 if pooling_convention == 'full' else 0}
    if pool_type == 'avg':
        options['count_include_pad'] = 1 if count_include_pad else 0
    return layerscope.operator({'max': 'MaxPool', 'avg': 'AveragePool'}[pool_type], data, like=NDArray, **options)


def Activation(data, act_type, name=None, **kwargs):
    kinds = {'relu': 'Relu', 'sigmoid': 'Sigmoid', 'tanh': 'Tanh', 'softrelu': 'Softplus', 'softsign': 'Softsign'}
    if act_type not in kinds:
        raise ValueError(f"Invalid Parameter format for act_type expect {{'relu', 'sigmoid', 'softrelu', 'softsign', 'tanh'}} but value='{act_type}'")
    return layerscope.operator(kinds[act_type], data, like=NDArray)


def LeakyReLU(data, gamma=None, act_type='leaky', slope=0.25, **kwargs):
    if act_type == 'prelu':
        rank = len(data.shape)
        gamma = layerscope.operator('Reshape', gamma, [gamma.shape[0]] + [1] * (rank - 2), like=NDArray) if rank > 2 else gamma
        return layerscope.operator('PRelu', data, gamma, like=NDArray)
    kinds = {'leaky': ('LeakyRelu', {'alpha': slope}), 'elu': ('Elu', {'alpha': slope}), 'selu': ('Selu', {}), 'gelu': ('Gelu', {})}
    type, options = kinds[act_type]
    return layerscope.operator(type, data, like=NDArray, **options)


def BatchNorm(data, gamma, beta, moving_mean, moving_var, eps=1e-3, momentum=0.9, fix_gamma=True, axis=1, name='batchnorm', **kwargs):
    same = data.shape[axis] == gamma.shape[0]
    if layerscope.is_known(same) and not same:
        # MXNet does not raise: it reads beside the parameters
        return layerscope.gap(f'batch normalisation of {data.shape[axis]} channels by parameters of {gamma.shape[0]}', data, shape=list(data.shape), dtype=data.dtype, like=NDArray)
    order = list(range(len(data.shape)))
    moved = data
    if axis % len(order) != 1:
        order.remove(axis % len(data.shape))
        order.insert(1, axis % len(data.shape))
        moved = layerscope.operator('Transpose', data, perm=order, like=NDArray)
    made = layerscope.operator('BatchNormalization', moved, gamma, beta, moving_mean, moving_var, epsilon=float(eps), momentum=float(momentum), like=NDArray)
    return made if moved is data else layerscope.operator('Transpose', made, perm=[order.index(i) for i in range(len(order))], like=NDArray)


def LayerNorm(data, gamma, beta, axis=-1, eps=1e-5, **kwargs):
    layerscope.require(data.shape[axis] == gamma.shape[0], inconsistent('layernorm', gamma.shape, [data.shape[axis]], data))
    return layerscope.operator('LayerNormalization', data, gamma, beta, axis=axis, epsilon=float(eps), like=NDArray)


def Dropout(data, p=0.5, **kwargs):
    return layerscope.operator('Identity', data, like=NDArray)


def Embedding(data, weight, input_dim=None, output_dim=None, **kwargs):
    return layerscope.operator('Gather', weight, layerscope.operator('Cast', data, to='int64', like=NDArray), axis=0, like=NDArray)


def softmax(data, axis=-1, **kwargs):
    return layerscope.operator('Softmax', data, axis=axis, like=NDArray)


def log_softmax(data, axis=-1, **kwargs):
    return layerscope.operator('LogSoftmax', data, axis=axis, like=NDArray)


def SoftmaxOutput(data, label=None, name='softmax', **kwargs):
    return softmax(data, 1 if kwargs.get('multi_output') else -1)


SoftmaxActivation = Softmax = SoftmaxOutput


def dot(lhs, rhs, transpose_a=False, transpose_b=False, **kwargs):
    left = layerscope.operator('Transpose', lhs, perm=list(reversed(range(len(lhs.shape)))), like=NDArray) if transpose_a else lhs
    right = layerscope.operator('Transpose', rhs, perm=list(reversed(range(len(rhs.shape)))), like=NDArray) if transpose_b else rhs
    layerscope.require(left.shape[-1] == right.shape[0], layerscope.related(layerscope.related(MXNetError(
        f'Error in operator dot: dot shape error: {list(lhs.shape)} X {list(rhs.shape)}'), lhs, f'the array of shape {tuple(lhs.shape)} is made here'), rhs, f'the array of shape {tuple(rhs.shape)} is made here'))
    if len(right.shape) == 2 or len(left.shape) == 1:
        return layerscope.operator('MatMul', left, right, like=NDArray)
    return layerscope.data(list(left.shape)[:-1] + list(right.shape)[1:], left.dtype, 'a product of arrays of more axes', like=NDArray)


def batch_dot(lhs, rhs, transpose_a=False, transpose_b=False, **kwargs):
    left = layerscope.operator('Transpose', lhs, perm=[0, 2, 1], like=NDArray) if transpose_a else lhs
    right = layerscope.operator('Transpose', rhs, perm=[0, 2, 1], like=NDArray) if transpose_b else rhs
    layerscope.require(left.shape[0] == right.shape[0] and left.shape[2] == right.shape[1], MXNetError(f'Error in operator batch_dot: batch_dot shape error: {list(lhs.shape)} X {list(rhs.shape)}'))
    return layerscope.operator('MatMul', left, right, like=NDArray)


linalg_gemm2 = batch_dot
