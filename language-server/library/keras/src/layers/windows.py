"""What convolutions and pooling share: sizes per axis, layouts, padding as TensorFlow computes it, errors about windows that do not fit."""
import layerscope

from keras.src.backend.tensors import plain_class


def standardize_tuple(value, rank, name, zero=False):
    """`rank` integers from one integer or a tuple."""
    if isinstance(value, layerscope.Value):
        value = layerscope.elements(value)
    if not layerscope.is_known(value):
        return (value,) * rank
    if isinstance(value, int):
        made = (value,) * rank
    else:
        try:
            made = tuple(value)
        except TypeError:
            raise ValueError(f"The `{name}` argument must be a tuple of {rank} integers. Received: {name}={value}")
        if len(made) != rank:
            raise ValueError(f"The `{name}` argument must be a tuple of {rank} integers. Received: {name}={value}")
    for size in made:
        if layerscope.is_known(size) and (not isinstance(size, int) or size < (0 if zero else 1)):
            raise ValueError(f"The `{name}` argument must be a tuple of {rank} {'non-negative' if zero else 'positive'} integers. Received: {name}={value}")
    return made


def standardize_padding(value, causal=False):
    if not layerscope.is_known(value):
        return 'valid'
    if not isinstance(value, str) or value.lower() not in (('valid', 'same', 'causal') if causal else ('valid', 'same')):
        allowed = "{'valid', 'same', 'causal'}" if causal else "{'valid', 'same'}"
        raise ValueError(f"The `padding` argument must be one of {allowed}. Received: padding={value}")
    return value.lower()


def channels_to_front(x):
    """channels_last to ONNX's layout."""
    rank = len(x.shape)
    return layerscope.operator('Transpose', x, perm=[0, rank - 1] + list(range(1, rank - 1)), like=plain_class(x))


def channels_to_back(x):
    rank = len(x.shape)
    return layerscope.operator('Transpose', x, perm=[0] + list(range(2, rank)) + [1], like=plain_class(x))


def padding_attributes(sizes, kernel, strides, dilation, padding):
    """ONNX's attributes for Keras's padding. `sizes` are the spatial sizes."""
    if padding == 'valid':
        return {'pads': [0] * (2 * len(kernel))}
    before, after = [], []
    for size, window, stride, spacing in zip(sizes, kernel, strides, dilation):
        reach = (window - 1) * spacing + 1
        if padding == 'causal':
            before.append(reach - 1)
            after.append(0)
            continue
        if layerscope.is_known(size):
            total = max((-(-size // stride) - 1) * stride + reach - size, 0)
        elif stride == 1 or reach == 1:
            total = reach - 1
        else:
            return {'auto_pad': 'SAME_UPPER'}
        before.append(total // 2)
        after.append(total - total // 2)
    return {'pads': before + after}


def check_window(layer, x, sizes, kernel, strides, dilation, padding, verb):
    """Raises where a window is larger than its input."""
    if padding != 'valid':
        return
    for size, window, stride, spacing in zip(sizes, kernel, strides, dilation):
        reach = (window - 1) * spacing + 1
        error = ValueError(f"Computed output size would be negative. Received `inputs shape={x.shape}`, `{verb}={tuple(kernel)}`, "
                           f"`strides={tuple(strides)}`, `dilation_rate={tuple(dilation)}`. "
                           f'Layer "{layer.name}" needs {reach} elements but its input has {size}.')
        layerscope.require(size >= reach, layerscope.related(layerscope.related(error, layer, f'layer "{layer.name}" is made here'), x, f'the input of shape {x.shape} is made here'))
