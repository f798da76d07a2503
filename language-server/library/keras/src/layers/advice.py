"""What a message says beyond Keras's own words: what the axes mean, and which of data and model to change."""
import layerscope


def _known(shape):
    return all([size is None or layerscope.is_known(size) for size in shape])


def _count(shape):
    total = 1
    for size in shape:
        total = total * size
    return total


def _sizes(shape):
    """The sizes of one sample; None where one of them is not known."""
    inner = tuple(shape)[1:]
    return inner if all([size is not None and layerscope.is_known(size) for size in inner]) else None


def for_input(expected, found):
    """How data of shape `found` comes into a model that declares `expected`; None is the number of samples."""
    wanted, given = _sizes(expected), _sizes(found)
    if wanted is None or given is None:
        return ''
    text = ' The first axis, None, counts the samples.'
    if wanted == given + (1,):
        return text + ' The data lacks its last axis: np.expand_dims(x, -1).'
    if _count(wanted) == _count(given) and len(given) > 0:
        if sorted(wanted) == sorted(given) and len(wanted) > 1:
            return text + ' The axes stand in another order: np.transpose the data, or declare them so.'
        return text + f" The data has as many numbers for each sample: x.reshape({', '.join([str(size) for size in (-1,) + wanted])})."
    if len(wanted) == len(given):
        apart = [axis for axis in range(len(wanted)) if wanted[axis] != given[axis]]
        if len(wanted) == 1:
            return text + f' The data has {given[0]} features for each sample, the model declares {wanted[0]}: change the input shape of the model to ({given[0]},), or the columns of the data.'
        if len(apart) == 1:
            return text + f' They differ in axis {apart[0] + 1}: {wanted[apart[0]]} declared, {given[apart[0]]} in the data. Change the input shape of the model to {given}, or the data.'
    return text + f' Change the input shape of the model to {given}, or the data.'


def for_rank(ndim, shape, maker):
    """A layer that wants other axes than it gets, after the layer `maker`."""
    rank = len(shape)
    after = f" It comes from layer '{maker.name}' ({maker.__class__.__name__})." if maker is not None and hasattr(maker, 'name') else ''
    if ndim == 3 and rank == 2 and getattr(maker, 'return_sequences', None) is False:
        return after + ' That layer gives its last step alone: set return_sequences=True on it.'
    if ndim == 3 and rank == 2:
        return after + ' It wants (samples, steps, features): a reshape to (samples, steps, 1), for one feature a step.'
    if ndim == 3 and rank == 4:
        return after + ' It wants (samples, steps, features): a Reshape or TimeDistributed(Flatten()) joins the last axes.'
    if ndim == 4 and rank == 2:
        return after + ' It wants (samples, height, width, channels), and what comes is flat.'
    if ndim == 4 and rank == 3:
        return after + ' It wants (samples, height, width, channels): one picture alone needs np.expand_dims(x, 0), grey pictures np.expand_dims(x, -1).'
    return after


def for_target(target, output):
    """Labels of shape `target` against what the model gives, axes of samples included."""
    if not _known(target) or not _known(output) or not output:
        return ''
    rank, wide = len(target), len(output)
    width = output[-1]
    if wide == 4 and rank <= 2:
        return ' The model gives a map of features for each sample: put a Flatten or GlobalAveragePooling2D before the last Dense layers.'
    if wide == 3 and rank == 2 and target[-1] == width or wide == 3 and rank == 1:
        return f' The model gives one row for each of {output[1]} steps: leave return_sequences=True out of the last recurrent layer, or give labels for every step.'
    if rank == wide and wide == 2 and layerscope.is_known(width) and layerscope.is_known(target[-1]) and target[-1] != width:
        if width == 1:
            return (f" The model has one output, and the labels have {target[-1]} columns: give it Dense({target[-1]}, activation='softmax') with loss='categorical_crossentropy', "
                    "or the labels one column (np.argmax(y, axis=-1)).")
        return f' The last layer has {width} units, and the labels have {target[-1]} columns: give both the same number.'
    if rank == wide and wide == 4:
        return f' The model gives {tuple(output)[1:]} for each sample, and the labels are {tuple(target)[1:]}: up- or downsample as often as the other way.'
    return ''
