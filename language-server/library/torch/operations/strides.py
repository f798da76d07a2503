"""Which tensors do not lie in memory in the order of their axes: `view` cannot join axes that lie apart.

Only what `permute` and its like made, and what was not touched since, is known to lie so; everything else counts as contiguous."""
import layerscope

from .checks import list_text, product


def known(sizes):
    return all([layerscope.is_known(size) for size in sizes])


def strides_of(tensor):
    """The strides of a tensor; None where they are not known."""
    if not layerscope.is_known(tensor.shape) or not known(tensor.shape):
        return None
    kept = tensor.__dict__.get('_strides')
    return kept if kept is not None and len(kept) == len(tensor.shape) else contiguous_strides(tensor.shape)


def contiguous_strides(shape):
    strides, step = [], 1
    for size in reversed(list(shape)):
        strides.insert(0, step)
        step = step * size
    return tuple(strides)


def permuted(result, input, order):
    """Says of the result that its axes lie as the input's do, in another order."""
    strides = strides_of(input)
    if strides is not None and 0 not in input.shape:
        result._strides = tuple([strides[axis] for axis in order])
    return result


def check_view(tensor, sizes):
    """Raises where a view would have to join axes that lie apart."""
    strides = tensor.__dict__.get('_strides')
    if strides is None or not known(sizes) or not known(tensor.shape) or len(strides) != len(tensor.shape):
        return
    sizes = list(sizes)
    if -1 in sizes:
        rest = product([size for size in sizes if size != -1])
        if rest == 0:
            return
        sizes[sizes.index(-1)] = product(tensor.shape) // rest
    if product(sizes) == product(tensor.shape) and not _fits(list(tensor.shape), strides, sizes):
        error = RuntimeError("view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead: "
                             f"the axes of this tensor of shape {list_text(tensor.shape)} were exchanged, and view copies nothing. .contiguous().view(...) does the same.")
        raise layerscope.related(error, tensor, 'its axes are exchanged here')


def _fits(shape, strides, sizes):
    """Axes that lie one behind the other form runs; each run must be a product of sizes of its own."""
    axis = len(sizes) - 1
    count, step, own = 1, strides[-1], 1
    for position in range(len(shape) - 1, -1, -1):
        count = count * shape[position]
        if position > 0 and (shape[position - 1] == 1 or strides[position - 1] == count * step):
            continue
        while axis >= 0 and (own < count or sizes[axis] == 1):
            own = own * sizes[axis]
            axis -= 1
        if own != count:
            return False
        if position > 0:
            count, step, own = 1, strides[position - 1], 1
    return axis == -1
