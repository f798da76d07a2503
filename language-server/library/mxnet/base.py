"""What all of MXNet raises."""
import layerscope


class MXNetError(RuntimeError):
    pass


def inconsistent(node, provided, inferred, about=None):
    """A given shape that is not the one that follows from the other shapes."""
    error = MXNetError(f'Error in operator {node}: Shape inconsistent, Provided = {list(provided)}, inferred shape={list(inferred)}')
    return error if about is None else layerscope.related(error, about, f'the array of shape {tuple(about.shape)} is made here')
