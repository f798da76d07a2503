"""Losses, with PyTorch's rules for their targets."""
import math

import layerscope

from ... import types
from ...operations import pointwise
from ...operations.checks import cast, dtype_name, gap, is_tensor, list_text, operator, ranked, typed
from ...operations.selecting import plain_class
from .linear import cosine_similarity, pairwise_distance


def reduced(loss, reduction):
    if reduction == 'none':
        return loss
    if reduction == 'mean':
        return operator('ReduceMean', loss, keepdims=0)
    if reduction == 'sum':
        return operator('ReduceSum', loss, keepdims=0)
    raise ValueError(f'{reduction} is not a valid value for reduction')


def _size(tensor):
    return f'torch.Size({list_text(tensor.shape)})'


def _same_rank_and_sizes(input, target):
    """Whether the shapes are the same, as far as they are known."""
    if len(input.shape) != len(target.shape):
        return False
    for own, other in zip(input.shape, target.shape):
        same = own == other
        if layerscope.is_known(same) and not same:
            return False
    return True


def _warn_if_broadcast(input, target, name):
    if ranked(input) and ranked(target) and not _same_rank_and_sizes(input, target):
        layerscope.warn('loss-broadcast', f'{name}: the target of shape {tuple(target.shape)} differs from the input of shape {tuple(input.shape)}: '
                        'both are broadcast, so that every prediction is compared with the targets of all examples. Give both the same shape', target)


def _pair(input, target):
    """Both as one type, broadcast errors in PyTorch's words."""
    return pointwise.aligned(input, target, pointwise.result_type(input, target))


def _difference(input, target, name):
    layerscope.loss('regression', input, target)
    _warn_if_broadcast(input, target, name)
    left, right = _pair(input, target)
    return pointwise.combine('Sub', left, right)


def mse_loss(input, target, size_average=None, reduce=None, reduction='mean', weight=None):
    difference = _difference(input, target, 'mse_loss')
    return reduced(operator('Mul', difference, difference), reduction)


def l1_loss(input, target, size_average=None, reduce=None, reduction='mean', weight=None):
    return reduced(operator('Abs', _difference(input, target, 'l1_loss')), reduction)


def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction='mean', beta=1.0):
    if beta == 0:
        return l1_loss(input, target, reduction=reduction)
    size = operator('Abs', _difference(input, target, 'smooth_l1_loss'))
    near = operator('Div', operator('Mul', operator('Mul', size, size), 0.5), float(beta))
    return reduced(operator('Where', operator('Less', size, float(beta)), near, operator('Sub', size, 0.5 * beta)), reduction)


def huber_loss(input, target, reduction='mean', delta=1.0, weight=None):
    size = operator('Abs', _difference(input, target, 'huber_loss'))
    near = operator('Mul', operator('Mul', size, size), 0.5)
    far = operator('Mul', operator('Sub', size, 0.5 * delta), float(delta))
    return reduced(operator('Where', operator('LessOrEqual', size, float(delta)), near, far), reduction)


def _check_classes(input, target):
    """The rules for class indices: scores (N, C, ...), targets (N, ...)."""
    if len(input.shape) == 0:
        raise IndexError('Dimension out of range')
    alone = len(input.shape) == 1

    def related(error):
        return layerscope.related(layerscope.related(error, input, f'scores of shape {tuple(input.shape)}'), target, f'target of shape {tuple(target.shape)}')
    if alone:
        if len(target.shape) > 1:
            raise related(RuntimeError('0D or 1D target tensor expected, multi-target not supported'))
        return
    if len(input.shape) == 2:
        if len(target.shape) > 1:
            raise related(RuntimeError('0D or 1D target tensor expected, multi-target not supported'))
        if len(target.shape) == 0:
            raise related(ValueError(f'Expected input batch_size ({input.shape[0]}) to match target batch_size (0).'))
        layerscope.require(input.shape[0] == target.shape[0], related(ValueError(
            f'Expected input batch_size ({input.shape[0]}) to match target batch_size ({target.shape[0]}).')))
        return
    if len(target.shape) != len(input.shape) - 1:
        raise related(RuntimeError(f'only batches of spatial targets supported ({len(input.shape) - 1}D tensors) but got targets of dimension: {len(target.shape)}'
                                   if len(input.shape) == 4 else f'Expected target size {list_text([input.shape[0]] + list(input.shape)[2:])}, got {list_text(target.shape)}'))
    layerscope.require(input.shape[0] == target.shape[0], related(ValueError(
        f'Expected input batch_size ({input.shape[0]}) to match target batch_size ({target.shape[0]}).')))
    for own, other in zip(list(input.shape)[2:], list(target.shape)[1:]):
        layerscope.require(own == other, related(RuntimeError(f'Expected target size {list_text([input.shape[0]] + list(input.shape)[2:])}, got {list_text(target.shape)}')))


def _check_bounds(target, classes, ignore_index):
    values = layerscope.elements(target)
    if not layerscope.is_known(values) or not layerscope.is_known(classes):
        between = layerscope.range_of(target) if layerscope.is_known(classes) else None
        if between is not None and (between[1] >= classes or between[0] < 0) and not between[0] <= ignore_index <= between[1]:
            wrong = int(between[0] if between[0] < 0 else between[1])
            message = (f'Target {wrong} is out of bounds: the targets go from {int(between[0])} to {int(between[1])}, and the scores are of {classes} classes, 0 to {classes - 1}.')
            if between[2]:
                raise layerscope.related(IndexError(message), target, 'the targets')
            layerscope.warn('labels-out-of-range', message, target)
        return
    for value in values if isinstance(values, list) else [values]:
        if isinstance(value, list) or not layerscope.is_known(value):
            return
        if value != ignore_index and (value < 0 or value >= classes):
            raise IndexError(f'Target {value} is out of bounds.')


def _check_index_type(target):
    if typed(target) and target.dtype not in (types.int64, types.uint8, types.int32):
        raise RuntimeError(f'expected scalar type Long but found {dtype_name(target)}')


def cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0):
    layerscope.loss('sparse', input, target, 'logits', 1)
    if not ranked(input) or not ranked(target):
        return operator('SoftmaxCrossEntropyLoss', input, target, weight, reduction=reduction, ignore_index=ignore_index)
    as_probabilities = _same_rank_and_sizes(input, target) and not (typed(target) and target.dtype.category == 1)
    if as_probabilities:
        return _against_probabilities(input, target, weight, reduction, label_smoothing)
    _check_classes(input, target)
    _check_index_type(target)
    classes = input.shape[1] if len(input.shape) > 1 else input.shape[0]
    _check_class_weights(weight, classes)
    _check_bounds(target, classes, ignore_index)
    if label_smoothing == 0.0 and len(input.shape) > 1:
        return operator('SoftmaxCrossEntropyLoss', input, cast(target, types.int64), weight, reduction=reduction, ignore_index=ignore_index)
    if len(input.shape) == 1:
        input, target = operator('Unsqueeze', input, [0]), operator('Reshape', target, [1])
        loss = cross_entropy(input, target, weight, None, ignore_index, None, reduction, label_smoothing)
        return operator('Squeeze', loss, [0]) if reduction == 'none' else loss
    scores = operator('LogSoftmax', input, axis=1)
    picked = operator('NegativeLogLikelihoodLoss', scores, cast(target, types.int64), weight, reduction=reduction, ignore_index=ignore_index)
    smooth = reduced(operator('Neg', operator('ReduceMean', scores, [1], keepdims=0)), reduction)
    return operator('Add', operator('Mul', picked, 1.0 - label_smoothing), operator('Mul', smooth, float(label_smoothing)))


def _check_class_weights(weight, classes):
    if weight is not None and ranked(weight):
        layerscope.require(weight.shape[0] == classes, RuntimeError(
            f'weight tensor should be defined either for all {classes} classes or no classes but got weight tensor of shape: {list_text(weight.shape)}'))


def _against_probabilities(input, target, weight, reduction, label_smoothing):
    axis = 1 if len(input.shape) > 1 else 0
    if typed(target) and typed(input) and target.dtype.category < 2:
        raise RuntimeError(f'Expected floating point type for target with class probabilities, got {dtype_name(target)}')
    scores = operator('LogSoftmax', input, axis=axis)
    if label_smoothing:
        target = pointwise.add(operator('Mul', target, 1.0 - label_smoothing), label_smoothing / input.shape[axis])
    terms = operator('Mul', scores, cast(target, input.dtype) if typed(input) else target)
    if weight is not None:
        terms = operator('Mul', terms, operator('Reshape', weight, [-1] + [1] * (len(input.shape) - axis - 1)))
    loss = operator('Neg', operator('ReduceSum', terms, [axis], keepdims=0))
    return loss if len(loss.shape) == 0 else reduced(loss, reduction)


def nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'):
    layerscope.loss('nll', input, target, 'log-probabilities', 1)
    if ranked(input) and ranked(target):
        _check_classes(input, target)
        _check_index_type(target)
        classes = input.shape[1] if len(input.shape) > 1 else input.shape[0]
        _check_class_weights(weight, classes)
        _check_bounds(target, classes, ignore_index)
        if len(input.shape) == 1:
            loss = nll_loss(operator('Unsqueeze', input, [0]), operator('Reshape', target, [1]), weight, None, ignore_index, None, reduction)
            return operator('Squeeze', loss, [0]) if reduction == 'none' else loss
    return operator('NegativeLogLikelihoodLoss', input, cast(target, types.int64), weight, reduction=reduction, ignore_index=ignore_index)


def _same_size(input, target, message):
    if not ranked(input) or not ranked(target):
        return
    error = layerscope.related(layerscope.related(ValueError(message), input, f'input of shape {tuple(input.shape)}'), target, f'target of shape {tuple(target.shape)}')
    if len(input.shape) != len(target.shape):
        raise error
    for own, other in zip(input.shape, target.shape):
        layerscope.require(own == other, error)


def _flat(values):
    """The numbers in nested lists."""
    return [number for part in values for number in _flat(part)] if isinstance(values, list) else [values]


def check_probabilities(target):
    """The targets of a binary cross-entropy lie between 0 and 1."""
    if not isinstance(target, layerscope.Value):
        return
    between = layerscope.range_of(target)
    values = layerscope.elements(target)
    if layerscope.is_known(values):
        flat = _flat(values)
        if flat and all([layerscope.is_known(each) for each in flat]):
            between = (min(flat), max(flat), True)
    if between is not None and between[2] and (between[0] < 0 or between[1] > 1):
        raise layerscope.related(RuntimeError(f'all elements of target should be between 0 and 1: they go from {between[0]} to {between[1]}'), target, 'the targets')


def binary_cross_entropy(input, target, weight=None, size_average=None, reduce=None, reduction='mean'):
    layerscope.loss('binary', input, target, 'probabilities')
    _same_size(input, target, f'Using a target size ({_size(target)}) that is different to the input size ({_size(input)}) is deprecated. Please ensure they have the same size.')
    if typed(input) and typed(target) and input.dtype is not target.dtype:
        raise RuntimeError(f'Found dtype {dtype_name(target)} but expected {dtype_name(input)}')
    check_probabilities(target)
    logs = [operator('Max', operator('Log', each), -100.0) for each in (input, operator('Sub', layerscope.constant(1.0, like=plain_class(input)), input))]
    loss = operator('Neg', operator('Add', operator('Mul', target, logs[0]), operator('Mul', operator('Sub', layerscope.constant(1.0, like=plain_class(input)), target), logs[1])))
    return reduced(loss if weight is None else pointwise.mul(loss, weight), reduction)


def binary_cross_entropy_with_logits(input, target, weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None):
    layerscope.loss('binary', input, target, 'logits')
    _same_size(input, target, f'Target size ({_size(target)}) must be same as input size ({_size(input)})')
    if typed(input) and typed(target) and target.dtype.category == 1:
        raise RuntimeError(f"result type {dtype_name(input)} can't be cast to the desired output type {dtype_name(target)}")
    if typed(target) and target.dtype is types.bool_:
        raise RuntimeError('Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.')
    positive, negative = operator('Softplus', operator('Neg', input)), operator('Softplus', input)
    if pos_weight is not None:
        positive = pointwise.mul(positive, pos_weight)
    loss = pointwise.add(pointwise.mul(target, positive), pointwise.mul(pointwise.rsub(target, 1), negative))
    return reduced(loss if weight is None else pointwise.mul(loss, weight), reduction)


def kl_div(input, target, size_average=None, reduce=None, reduction='mean', log_target=False):
    if log_target:
        loss = pointwise.mul(pointwise.exp(target), pointwise.sub(target, input))
    else:
        terms = pointwise.sub(pointwise.mul(target, pointwise.log(target)), pointwise.mul(target, input))
        loss = pointwise.where(pointwise.gt(target, 0), terms, pointwise.neg(pointwise.mul(target, input)))
    if reduction == 'batchmean':
        return operator('Div', reduced(loss, 'sum'), input.shape[0])
    return reduced(loss, reduction)


def poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'):
    if log_input:
        loss = pointwise.sub(pointwise.exp(input), pointwise.mul(target, input))
    else:
        loss = pointwise.sub(input, pointwise.mul(target, pointwise.log(pointwise.add(input, eps))))
    if full:
        stirling = target * target.log() - target + 0.5 * (2 * math.pi * target).log()
        loss = pointwise.add(loss, pointwise.where(pointwise.gt(target, 1), stirling, 0.0))
    return reduced(loss, reduction)


def gaussian_nll_loss(input, target, var, full=False, eps=1e-06, reduction='mean'):
    if ranked(input) and ranked(var):
        sizes, own = list(input.shape), list(var.shape)
        fits = [own == sizes, own == sizes[:-1], own == sizes[:-1] + [1]]
        if all([layerscope.is_known(each) for each in fits]) and not any(fits):
            raise ValueError(f'var is of incorrect size: {tuple(own)} for an input of size {tuple(sizes)}')
        if own == sizes[:-1] and own != sizes:
            var = operator('Unsqueeze', var, [-1])
    var = pointwise.clamp(var, eps)
    difference = pointwise.sub(input, target)
    loss = pointwise.mul(pointwise.add(pointwise.log(var), pointwise.div(pointwise.square(difference), var)), 0.5)
    return reduced(pointwise.add(loss, 0.5 * math.log(2 * math.pi)) if full else loss, reduction)


def hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction='mean'):
    far = pointwise.clamp(pointwise.rsub(input, margin), 0)
    loss = pointwise.where(pointwise.ne(target, -1), input, 0.0) + pointwise.where(pointwise.ne(target, 1), far, 0.0)
    return reduced(loss, reduction)


def cosine_embedding_loss(input1, input2, target, margin=0.0, size_average=None, reduce=None, reduction='mean'):
    if len(target.shape) + 1 != len(input1.shape) or len(input1.shape) != len(input2.shape):
        raise RuntimeError(f'{len(target.shape)}D target tensor expects {len(target.shape) + 1}D input tensors, but found inputs with sizes {list_text(input1.shape)} and {list_text(input2.shape)}.')
    cosine = cosine_similarity(input1, input2, len(target.shape))
    return reduced(pointwise.where(pointwise.eq(target, 1), pointwise.rsub(cosine, 1), pointwise.clamp(pointwise.sub(cosine, margin), 0)), reduction)


def margin_ranking_loss(input1, input2, target, margin=0.0, size_average=None, reduce=None, reduction='mean'):
    if len(input1.shape) != len(input2.shape) or len(input1.shape) != len(target.shape):
        raise RuntimeError(f'margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: {_size(input1)}, input2: {_size(input2)}, target: {_size(target)} ')
    return reduced(pointwise.clamp(pointwise.add(pointwise.mul(pointwise.neg(target), pointwise.sub(input1, input2)), margin), 0), reduction)


def soft_margin_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    return reduced(operator('Softplus', pointwise.neg(pointwise.mul(target, input))), reduction)


def multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None, reduction='mean'):
    positive, negative = operator('Softplus', operator('Neg', input)), operator('Softplus', input)
    loss = pointwise.add(pointwise.mul(target, positive), pointwise.mul(pointwise.rsub(target, 1), negative))
    if weight is not None:
        loss = pointwise.mul(loss, weight)
    return reduced(operator('ReduceMean', loss, [-1], keepdims=0), reduction)


def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    if tuple(input.shape) != tuple(target.shape):
        raise RuntimeError(f'inconsistent target size: {list_text(target.shape)} for input of size: {list_text(input.shape)}')
    shape = [] if reduction != 'none' or len(input.shape) == 1 else [input.shape[0]]
    return gap('a margin over lists of labels', input, target, shape=shape, dtype='float32')


def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction='mean'):
    if len(input.shape) == 2:
        layerscope.require(input.shape[0] == target.shape[0] if len(target.shape) else False, RuntimeError(
            f'inconsistent target size, expected {input.shape[0]} but got {list_text(target.shape)}'))
    rows = input if len(input.shape) == 2 else operator('Unsqueeze', input, [0])
    index = operator('Reshape', cast(target, types.int64), [-1, 1])
    chosen = operator('GatherElements', rows, index, axis=1)
    terms = pointwise.clamp(pointwise.add(pointwise.sub(rows, chosen), margin), 0)
    terms = terms if p == 1 else pointwise.square(terms)
    if weight is not None:
        terms = pointwise.mul(terms, operator('Gather', weight, index, axis=0))
    own = operator('ScatterElements', operator('Expand', layerscope.constant(1.0, dtype='float32', like=plain_class(input)), operator('Shape', rows)), index,
                   operator('Expand', layerscope.constant(0.0, dtype='float32', like=plain_class(input)), operator('Shape', index)), axis=1)
    loss = operator('Div', operator('ReduceSum', operator('Mul', terms, own), [1], keepdims=0), rows.shape[1])
    return operator('Squeeze', loss, [0]) if len(input.shape) == 1 else reduced(loss, reduction)


def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, size_average=None, reduce=None, reduction='mean'):
    if len(anchor.shape) != len(positive.shape) or len(anchor.shape) != len(negative.shape):
        raise RuntimeError(f'The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: anchor {len(anchor.shape)}D, '
                           f'positive {len(positive.shape)}D, and negative {len(negative.shape)}D inputs')
    near, far = pairwise_distance(anchor, positive, p, eps), pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = pointwise.minimum(far, pairwise_distance(positive, negative, p, eps))
    return reduced(pointwise.clamp(pointwise.add(pointwise.sub(near, far), margin), 0), reduction)


def triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction='mean'):
    if not len(anchor.shape) == len(positive.shape) == len(negative.shape):
        raise RuntimeError('The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: '
                           f'anchor {len(anchor.shape)}D, positive {len(positive.shape)}D, and negative {len(negative.shape)}D inputs')
    distance = distance_function or pairwise_distance
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = pointwise.minimum(far, distance(positive, negative))
    return reduced(pointwise.clamp(pointwise.add(pointwise.sub(near, far), margin), 0), reduction)


def ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False):
    if ranked(log_probs) and len(log_probs.shape) == 3:
        for name, lengths in (('input_lengths', input_lengths), ('target_lengths', target_lengths)):
            count = lengths.shape[0] if is_tensor(lengths) and ranked(lengths) and len(lengths.shape) == 1 else len(lengths) if isinstance(lengths, (list, tuple)) else log_probs.shape[1]
            layerscope.require(count == log_probs.shape[1], RuntimeError(f'{name} must be of size batch_size: there are {count}, and the scores of shape {tuple(log_probs.shape)} hold {log_probs.shape[1]} sequences'))
    shape = [] if reduction != 'none' else [log_probs.shape[1] if len(log_probs.shape) == 3 else 1]
    return gap('connectionist temporal classification is not an operator of the graph', log_probs, targets, shape=shape, dtype='float32')
