"""What scikit-learn's estimators and scores ask of data before they look at its values, with scikit-learn's words."""
import layerscope
import numpy


def array_of(data):
    """The data as an array; None for what is no table of numbers in memory: matrices of scipy, unknown values."""
    if layerscope.is_unknown(data) or data is None:
        return None
    if hasattr(data, '_is_sparse'):
        return data.dense
    if hasattr(data, 'to_numpy'):
        return data.to_numpy()
    if isinstance(data, numpy.ndarray):
        return data
    if isinstance(data, layerscope.Value) or isinstance(data, (list, tuple, range)) and layerscope.is_known(data):
        return numpy.asarray(data)
    return None


def is_shaped(array):
    return array is not None and layerscope.is_known(array.shape)


def _made(error, array):
    return layerscope.related(error, array, f'the array of shape {tuple(array.shape)} is made here')


def check_table(data, who, texts=False):
    """scikit-learn wants (samples, features)."""
    text = getattr(data, '_first_text', None)
    if not texts and text is not None and text() is not None:
        raise ValueError(f"could not convert string to float: {text()!r}. The column {text(True)!r} holds texts: encode it, or leave it out")
    array = array_of(data)
    if not is_shaped(array):
        return array
    rank = len(array.shape)
    if rank == 0:
        raise ValueError("Expected 2D array, got scalar array instead. Reshape your data either using array.reshape(-1, 1) if your data has a single feature or "
                         "array.reshape(1, -1) if it contains a single sample.")
    if rank == 1:
        advice = ("Reshape your data either using array.reshape(-1, 1) if your data has a single feature or array.reshape(1, -1) if it contains a single sample.")
        if hasattr(data, '_is_series'):
            advice = "A column of a table is taken with two pairs of brackets, df[['column']], to stay a table."
        raise _made(ValueError(f"Expected 2D array (samples, features), got 1D array of shape {tuple(array.shape)} instead. {advice}"), array)
    if rank > 2:
        raise _made(ValueError(f"Found array with dim {rank}, while dim <= 2 is required by {who}: it wants (samples, features), and got {tuple(array.shape)}. "
                               "Flatten what belongs to one sample: X.reshape(len(X), -1)."), array)
    return array


def check_lengths(*arrays):
    shaped = [array for array in arrays if is_shaped(array) and len(array.shape) > 0]
    lengths = [array.shape[0] for array in shaped]
    for length in lengths[1:]:
        error = ValueError(f"Found input variables with inconsistent numbers of samples: {lengths}")
        for array in shaped:
            error = _made(error, array)
        layerscope.require(length == lengths[0], error)


def check_column(y):
    """One label for each sample: (n,), or (n, 1) with a warning that it is flattened."""
    array = array_of(y)
    if is_shaped(array) and len(array.shape) > 1:
        error = _made(ValueError(f"y should be a 1d array, got an array of shape {tuple(array.shape)} instead. It holds one label for each sample, not one-hot rows."), array)
        if len(array.shape) > 2:
            raise error
        layerscope.require(array.shape[1] == 1, error)
    return array


def is_continuous(array):
    """Whether labels are numbers with fractions, for certain."""
    if not is_shaped(array) or array._type is None or not array._type.startswith('float'):
        return False
    if getattr(array, '_continuous', False):
        return True
    elements = layerscope.elements(array)
    return layerscope.is_known(elements) and any([element != int(element) for element in _flat(elements) if element == element])


def _flat(elements):
    if not isinstance(elements, list):
        return [elements]
    return [leaf for element in elements for leaf in _flat(element)]


def type_of_target(array):
    """The kind of labels as scikit-learn tells them; None where it depends on values that are not known."""
    if not is_shaped(array) or array._type is None:
        return None
    columns = array.shape[1] if len(array.shape) == 2 else 1
    if len(array.shape) > 2 or not layerscope.is_known(columns):
        return None
    if is_continuous(array):
        return 'continuous' if columns == 1 else 'continuous-multioutput'
    if array._type.startswith('float'):
        return None
    return 'multiclass' if columns == 1 else 'multilabel-indicator'


def made_here(error, *arrays):
    for array in arrays:
        error = _made(error, array)
    return error
