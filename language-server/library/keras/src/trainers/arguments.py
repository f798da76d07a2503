"""What `compile`, `fit`, `evaluate` and `predict` refuse before they look at any data: arguments of other kinds than they take."""
import layerscope

# arguments of Keras 1 and 2 that a newer Keras does not know, and that change no shape
_OLD = ('nb_epoch', 'max_queue_size', 'max_q_size', 'workers', 'nb_worker', 'use_multiprocessing', 'samples_per_epoch', 'nb_val_samples', 'pickle_safe', 'show_accuracy')
_OLD_OF_COMPILE = ('distribute', 'experimental_run_tf_function', 'options', 'run_metadata', 'feed_dict', 'fetches', 'pss_evaluation_shards', 'from_serialized', 'theano_mode')


def refuse_unknown(method, kwargs):
    for key in kwargs:
        if key not in (_OLD_OF_COMPILE if method == 'compile' else _OLD):
            raise TypeError(f"{method}() got an unexpected keyword argument '{key}'")


def check_batch_size(size):
    if size is not None and layerscope.is_known(size) and isinstance(size, (int, float)) and (size < 0 or isinstance(size, float)):
        raise ValueError(f"batch_size should be a positive integer value, but got batch_size={size}")


def check_epochs(epochs):
    if layerscope.is_known(epochs) and (epochs is None or isinstance(epochs, float)):
        raise TypeError(f"'{epochs.__class__.__name__}' object cannot be interpreted as an integer: `epochs` is a whole number")


def is_dataset(x):
    """Whether it gives batches by itself: a pipeline, or an object with an item for each batch."""
    from keras.src.utils.data import PyDataset
    return hasattr(x, '__layerscope_batch__') or isinstance(x, PyDataset)


def check_given(x, steps):
    """There is data: only Keras 2, told the number of steps, could do with that of its input tensors."""
    if x is None and steps is None:
        raise ValueError(f"Unrecognized data type: x=None (of type {type(x)})")


def check_kind(x, y):
    """Raises where the data are nothing that Keras takes batches from, or bring their labels and others are given too."""
    if layerscope.is_known(x) and (isinstance(x, (int, float, str)) or callable(x) and hasattr(x, '__name__') or x.__class__.__name__ == 'module'):
        raise ValueError(f"Unrecognized data type: x={x} (of type {type(x)})")
    if layerscope.is_known(x) and is_dataset(x) and y is not None and layerscope.is_known(y):
        raise ValueError(f"When providing `x` as a {x.__class__.__name__}, `y` should not be passed: each batch of it brings its targets.")


def check_split(split, samples):
    """A part of the samples is left for training, and one for validation."""
    if not layerscope.is_known(split) or not isinstance(split, (int, float)) or not split or not layerscope.is_known(samples) or samples is None:
        return
    if split >= 1 or split > 0 and int(samples * (1 - split)) == 0:
        raise ValueError(f"Training data contains {samples} samples, which is not sufficient to split it into a validation and training set as specified by "
                         f"`validation_split={split}`. Either provide more data, or a different value for the `validation_split` argument.")


def check_callbacks(callbacks):
    from keras.src.callbacks import Callback
    if callbacks is None or not layerscope.is_known(callbacks):
        return
    for callback in callbacks if isinstance(callbacks, (list, tuple)) else [callbacks]:
        if layerscope.is_known(callback) and callback is not None and not isinstance(callback, (Callback, type)) and not hasattr(callback, 'set_model'):
            raise AttributeError(f"'{callback.__class__.__name__}' object has no attribute 'set_model': it is no callback")


def check_batches(x):
    """How many batches a PyDataset of the user's says that it has."""
    if not layerscope.is_known(x) or not is_dataset(x) or not layerscope.in_user_code(x.__class__) or not hasattr(x, '__len__'):
        return
    x.on_epoch_begin()
    count = x.__len__()
    if count is None:
        raise TypeError("'NoneType' object cannot be interpreted as an integer: `__len__` returns nothing")
    if layerscope.is_known(count) and count < 0:
        raise ValueError("__len__() should return >= 0")
