"""Linear maps, embeddings and distances."""
import layerscope

from ... import types
from ...operations import pointwise
from ...operations.checks import dtype_name, gap, is_tensor, matrix_text, operator, product, ranked, typed
from ...operations.shaping import reshape_to


def _type_advice(input, weight):
    """Which of data and layer to change: layers are float32, NumPy's numbers float64, class numbers int64."""
    if input.dtype.name == 'float64' and weight.dtype.name == 'float32':
        return ": the data is float64, NumPy's type, and the layer float32. Take .float() of the data"
    if input.dtype.category < 2:
        return f': the data holds whole numbers ({input.dtype.name}). Take .float() of it'
    return ''


def linear(input, weight, bias=None):
    if not is_tensor(input) and layerscope.is_known(input):
        raise TypeError(f"linear(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}")
    if ranked(weight):
        layerscope.expect(input, (None, weight.shape[-1]))
    if typed(input) and typed(weight) and input.dtype is not weight.dtype:
        raise layerscope.related(RuntimeError(f'mat1 and mat2 must have the same dtype, but got {dtype_name(input)} and {dtype_name(weight)}{_type_advice(input, weight)}'), input, 'the input is made here')
    if ranked(input) and ranked(weight):
        if len(input.shape) == 0:
            raise RuntimeError('both arguments to linear need to be at least 1D, but they are 0D and 2D')
        layerscope.require(input.shape[-1] == weight.shape[-1], layerscope.related(
            RuntimeError(_unequal(input, weight)), input, f'the input of shape {tuple(input.shape)}'))
    two = ranked(input) and len(input.shape) == 2 and ranked(weight) and len(weight.shape) == 2
    if two:
        return operator('Gemm', input, weight, bias, transB=1)
    result = operator('MatMul', input, operator('Transpose', weight, perm=[1, 0]) if ranked(weight) and len(weight.shape) == 2 else weight)
    return result if bias is None else operator('Add', result, bias)


def _unequal(input, weight):
    if len(input.shape) == 1:
        return f'size mismatch, got input ({weight.shape[0]}), mat ({matrix_text(weight.shape)}), vec ({input.shape[0]})'
    folded = [product(list(input.shape)[:-1]), input.shape[-1]]
    return f'mat1 and mat2 shapes cannot be multiplied ({matrix_text(folded)} and {matrix_text(list(weight.shape)[::-1])})'


def bilinear(input1, input2, weight, bias=None):
    for position, (input, axis) in enumerate(((input1, 1), (input2, 2))):
        layerscope.require(input.shape[-1] == weight.shape[axis], RuntimeError(
            f'bilinear(): input{position + 1} size does not match weight size: got {input.shape[-1]} but expected {weight.shape[axis]}'))
    leading = list(input1.shape)[:-1]
    for own, other in zip(leading, list(input2.shape)[:-1]):
        layerscope.require(own == other, RuntimeError(f'bilinear(): input batch dimensions do not match at dim 0: got {own} and {other}'))
    flat1, flat2 = reshape_to(input1, [-1, weight.shape[1]]), reshape_to(input2, [-1, weight.shape[2]])
    result = operator('Einsum', flat1, weight, flat2, equation='bi,oij,bj->bo')
    result = reshape_to(result, leading + [weight.shape[0]])
    return result if bias is None else operator('Add', result, bias)


def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False):
    layerscope.expect(input, dtype='int64')
    if typed(input) and input.dtype not in (types.int64, types.int32):
        raise RuntimeError(f"Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.{dtype_name(input)}Tensor instead "
                           '(while checking arguments for embedding)')
    _inside(input, weight.shape[0])
    return operator('Gather', weight, input, axis=0)


def _inside(input, count):
    """An index that is known and outside of the table raises."""
    between = layerscope.range_of(input)
    if between is not None and layerscope.is_known(count) and (between[1] >= count or between[0] < 0):
        message = f'index out of range in self: the indices go from {int(between[0])} to {int(between[1])}, and the table has {count} rows, 0 to {count - 1}'
        if between[2]:
            raise layerscope.related(IndexError(message), input, 'the indices')
        layerscope.warn('index-out-of-range', message, input)
        return
    values = layerscope.elements(input)
    if not layerscope.is_known(values) or not layerscope.is_known(count):
        return
    while isinstance(values, list):
        if not values:
            return
        if not isinstance(values[0], list):
            break
        values = [inner for outer in values for inner in outer]
    for value in values if isinstance(values, list) else [values]:
        if value >= count or value < 0:
            raise IndexError('index out of range in self')


def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, per_sample_weights=None,
                  include_last_offset=False, padding_idx=None):
    if is_tensor(weight) and typed(weight) and weight.dtype.category == 1:
        input, weight = weight, input
    if len(input.shape) == 2:
        if offsets is not None:
            raise ValueError(f'if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences. However, found offsets of type {type(offsets)}')
        found = embedding(input, weight)
        if per_sample_weights is not None:
            found = operator('Mul', found, operator('Unsqueeze', per_sample_weights, [-1]))
        return operator({'mean': 'ReduceMean', 'sum': 'ReduceSum', 'max': 'ReduceMax'}[mode], found, [1], keepdims=0)
    if len(input.shape) != 1:
        raise ValueError(f'input has to be 1D or 2D Tensor, but got Tensor of dimension {len(input.shape)}')
    if offsets is None:
        raise ValueError('offsets has to be a 1D Tensor but got None')
    if len(offsets.shape) != 1:
        raise ValueError('offsets has to be a 1D Tensor')
    bags = offsets.shape[0] - (1 if include_last_offset else 0)
    return gap('bags of different lengths', input, offsets, weight, shape=[bags, weight.shape[1]], dtype='float32')


def one_hot(tensor, num_classes=-1):
    if typed(tensor) and tensor.dtype is not types.int64:
        raise RuntimeError('one_hot is only applicable to index tensor of type LongTensor.')
    if num_classes == -1:
        values = layerscope.elements(tensor)
        num_classes = layerscope.symbol('classes') if not layerscope.is_known(values) else tensor.max().item() + 1
    return operator('OneHot', tensor, num_classes, layerscope.constant([0, 1], dtype='int64', like=layerscope.Value), axis=-1)


def cosine_similarity(x1, x2, dim=1, eps=1e-08):
    dot = operator('ReduceSum', pointwise.mul(x1, x2), [dim], keepdims=0)
    lengths = [operator('Max', operator('ReduceL2', each, [dim], keepdims=0), layerscope.constant(eps, dtype='float32', like=layerscope.Value)) for each in (x1, x2)]
    return pointwise.combine('Div', dot, pointwise.combine('Mul', lengths[0], lengths[1]))


def pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False):
    from ...operations.reducing import norm
    return norm(pointwise.add(pointwise.sub(x1, x2), eps), p, -1, keepdim)


def pdist(input, p=2.0):
    count = input.shape[0]
    return gap('pairwise distances of one set', input, shape=[count * (count - 1) // 2], dtype='float32')
