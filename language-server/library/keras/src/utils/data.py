"""keras.utils: labels, sequences, images and data sets from folders."""
import layerscope
import numpy

from keras.src.backend.tensors import Tensor, dtype_of


def to_categorical(x, num_classes=None, y=None, nb_classes=None, dtype='float32'):
    x = y if x is None else x
    num_classes = nb_classes if num_classes is None else num_classes
    if isinstance(num_classes, layerscope.Value):
        num_classes = layerscope.elements(num_classes)
        num_classes = layerscope.symbol('classes') if layerscope.is_unknown(num_classes) else int(num_classes)
    if not isinstance(x, layerscope.Value):
        x = numpy.array(x)
    if not isinstance(x, layerscope.Value) or not layerscope.is_known(x.shape):
        return layerscope.data(None, 'float32', 'one-hot labels of an unknown shape', like=numpy.ndarray)
    shape = tuple(x.shape)
    if len(shape) > 1 and layerscope.is_known(shape[-1]) and shape[-1] == 1:
        shape = shape[:-1]
    labels = layerscope.elements(x)
    if layerscope.is_known(labels):
        largest = numpy.max(numpy.array(labels)).item() if not isinstance(labels, (int, float)) else labels
        if num_classes is None:
            num_classes = int(largest) + 1
        elif layerscope.is_known(num_classes) and layerscope.is_known(largest) and largest >= num_classes:
            raise IndexError(f"index {int(largest)} is out of bounds for axis 1 with size {num_classes}")
    else:
        between = layerscope.range_of(x)
        if between is not None and between[2]:
            if num_classes is None:
                num_classes = int(between[1]) + 1
            elif isinstance(num_classes, int) and between[1] >= num_classes:
                raise IndexError(f"index {int(between[1])} is out of bounds for axis 1 with size {num_classes}: the labels go up to {int(between[1])}")
    if num_classes is None or num_classes == 0:
        num_classes = layerscope.symbol('classes')
    return layerscope.data(shape + (num_classes,), 'float32' if dtype is None else dtype, 'one-hot labels', like=numpy.ndarray)


def normalize(x, axis=-1, order=2):
    return layerscope.data(tuple(x.shape), 'float32', 'normalised data', like=numpy.ndarray)


def pad_sequences(sequences, maxlen=None, dtype='int32', padding='pre', truncating='pre', value=0.0):
    known = _padded(sequences, maxlen, padding, truncating, value)
    if known is not None:
        return numpy.array(known, dtype=dtype)
    try:
        count = len(sequences)
    except TypeError:
        raise ValueError("`sequences` must be iterable.")
    if maxlen is None:
        maxlen = max([len(sequence) for sequence in sequences]) if isinstance(sequences, (list, tuple)) and len(sequences) else layerscope.symbol('length')
        if not isinstance(maxlen, int):
            maxlen = layerscope.symbol('length')
    return layerscope.data((count, maxlen), dtype, 'padded sequences', like=numpy.ndarray)


def _padded(sequences, maxlen, padding, truncating, value):
    """The rows themselves, where all numbers are known and they are few; else None."""
    if not isinstance(sequences, (list, tuple)) or not layerscope.is_known(sequences) or not sequences or maxlen is not None and not isinstance(maxlen, int):
        return None
    for sequence in sequences:
        if layerscope.is_unknown(sequence) or not isinstance(sequence, (list, tuple)) or not layerscope.is_known(sequence) or not all([layerscope.is_known(each) and isinstance(each, (int, float)) for each in sequence]):
            return None
    length = max([len(sequence) for sequence in sequences]) if maxlen is None else maxlen
    if length < 1 or length * len(sequences) > 10000:
        return None
    rows = []
    for sequence in sequences:
        kept = list(sequence[-length:] if truncating == 'pre' else sequence[:length])
        fill = [value] * (length - len(kept))
        rows.append(fill + kept if padding == 'pre' else kept + fill)
    return rows


def set_random_seed(seed):
    pass


def get_file(fname=None, origin=None, *args, **kwargs):
    return layerscope.unknown('a downloaded file')


def plot_model(model, to_file='model.png', **kwargs):
    pass


model_to_dot = plot_model


def split_dataset(dataset, left_size=None, right_size=None, shuffle=False, seed=None, **kwargs):
    return dataset, dataset


class Progbar:
    def __init__(self, target=None, *args, **kwargs):
        pass

    def update(self, *args, **kwargs):
        pass

    add = update


class PyDataset:
    def __init__(self, workers=1, use_multiprocessing=False, max_queue_size=10, **kwargs):
        self.workers = workers

    def on_epoch_begin(self):
        pass

    def on_epoch_end(self):
        pass


Sequence = PyDataset


def load_img(path, color_mode='rgb', target_size=None, interpolation='nearest', keep_aspect_ratio=False, grayscale=False):
    return _Image(target_size, 1 if grayscale or color_mode == 'grayscale' else 4 if color_mode == 'rgba' else 3, interpolation)


class _Image:
    def __init__(self, size, channels, interpolation='nearest'):
        self.target_size, self.channels, self.interpolation = size, channels, interpolation

    @property
    def size(self):
        return (self.target_size[1], self.target_size[0]) if self.target_size is not None else layerscope.unknown("an image's size")

    def __array__(self):
        return img_to_array(self)


def img_to_array(img, data_format=None, dtype=None):
    if isinstance(img, _Image):
        if img.target_size is None:
            size = (layerscope.symbol('height'), layerscope.symbol('width'))
        else:
            size = tuple(img.target_size)
        return layerscope.prepared(layerscope.data(size + (img.channels,), dtype or 'float32', 'an image', like=numpy.ndarray), image_steps(img.target_size, img.channels, img.interpolation))
    if isinstance(img, layerscope.Value):
        return layerscope.prepared(layerscope.data(tuple(img.shape) if len(img.shape) == 3 else tuple(img.shape) + (1,), dtype or 'float32', 'an image', like=numpy.ndarray), source=img)
    made = layerscope.data(None, dtype or 'float32', 'an image', like=numpy.ndarray)
    steps = getattr(img, 'layerscope_steps', None)
    return made if steps is None or not layerscope.is_known(steps) else layerscope.prepared(made, steps)


def image_steps(size, channels, interpolation='nearest', smooth=True):
    """What loading a picture does to it, in the steps of `layerscope.preparation`; `smooth` as PIL has it, TensorFlow has it not."""
    steps = [{'kind': 'grey', 'channels': 1}] if channels == 1 else [{'kind': 'colour'}]
    if size is not None:
        steps.append({'kind': 'resize', 'size': tuple(size), 'interpolation': interpolation, 'smooth': smooth, 'what': 'the resizing'})
    return steps


def array_to_img(x, *args, **kwargs):
    return layerscope.unknown('an image')


def save_img(path, x, *args, **kwargs):
    pass


class DirectoryDataset:
    """Batches of images and labels from a folder."""

    def __init__(self, x, y):
        self.x, self.y = x, y
        self.class_names = layerscope.unknown('the class names of a folder')
        self.file_paths = layerscope.unknown('the files of a folder')

    def __layerscope_batch__(self):
        return self.x if self.y is None else (self.x, self.y)

    def _mapped(self, function, *args, **kwargs):
        made = function(self.x) if self.y is None else function(self.x, self.y)
        pair = made if isinstance(made, tuple) else (made, None)
        return DirectoryDataset(pair[0], pair[1])

    map = _mapped

    def _same(self, *args, **kwargs):
        return self

    cache = prefetch = shuffle = repeat = take = skip = with_options = _same

    def __iter__(self):
        return iter([self.__layerscope_batch__()])

    def __len__(self):
        return layerscope.symbol('batches')


def image_dataset_from_directory(directory, labels='inferred', label_mode='int', class_names=None, color_mode='rgb', batch_size=32, image_size=(256, 256),
                                 shuffle=True, seed=None, validation_split=None, subset=None, interpolation='bilinear', follow_links=False,
                                 crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, data_format=None, verbose=True, **kwargs):
    from keras.src.layers.core import batch_symbol
    channels = {'rgb': 3, 'rgba': 4, 'grayscale': 1}.get(color_mode)
    if channels is None:
        raise ValueError(f"`color_mode` must be one of {{'grayscale', 'rgb', 'rgba'}}. Received: color_mode={color_mode}")
    lead = () if batch_size is None else (batch_symbol(),)
    x = layerscope.data(lead + (image_size[0], image_size[1], channels), 'float32', 'images of a folder', like=Tensor)
    layerscope.prepared(x, image_steps(image_size, channels, interpolation, False))
    classes = len(class_names) if class_names is not None else layerscope.symbol('classes')
    shapes = {'int': (lead, 'int32'), 'categorical': (lead + (classes,), 'float32'), 'binary': (lead + (1,), 'float32')}
    y = None
    if label_mode in shapes and labels is not None:
        y = layerscope.data(shapes[label_mode][0], shapes[label_mode][1], 'labels of a folder', like=Tensor)
    made = DirectoryDataset(x, y)
    return (made, DirectoryDataset(x, y)) if subset == 'both' else made


def text_dataset_from_directory(directory, labels='inferred', label_mode='int', class_names=None, batch_size=32, max_length=None, shuffle=True, seed=None,
                                validation_split=None, subset=None, follow_links=False, verbose=True, **kwargs):
    from keras.src.layers.core import batch_symbol
    lead = () if batch_size is None else (batch_symbol(),)
    x = layerscope.data(lead, 'string', 'texts of a folder', like=Tensor)
    classes = len(class_names) if class_names is not None else layerscope.symbol('classes')
    shapes = {'int': (lead, 'int32'), 'categorical': (lead + (classes,), 'float32'), 'binary': (lead + (1,), 'float32')}
    y = layerscope.data(*shapes[label_mode], 'labels of a folder', like=Tensor) if label_mode in shapes and labels is not None else None
    made = DirectoryDataset(x, y)
    return (made, DirectoryDataset(x, y)) if subset == 'both' else made


def audio_dataset_from_directory(*args, **kwargs):
    return layerscope.unknown('sounds of a folder')


def timeseries_dataset_from_array(data, targets, sequence_length, sequence_stride=1, sampling_rate=1, batch_size=128, shuffle=False, seed=None, start_index=None, end_index=None):
    from keras.src.layers.core import batch_symbol
    if not isinstance(data, layerscope.Value) or not layerscope.is_known(data.shape):
        return layerscope.unknown('windows of a series that is not known')
    lead = () if batch_size is None else (batch_symbol(),)
    x = layerscope.data(lead + (sequence_length,) + tuple(data.shape)[1:], dtype_of(data), 'windows of a series', like=Tensor)
    if targets is None:
        return DirectoryDataset(x, None)
    if not isinstance(targets, layerscope.Value) or not layerscope.is_known(targets.shape):
        return layerscope.unknown('windows of a series whose targets are not known')
    return DirectoryDataset(x, layerscope.data(lead + tuple(targets.shape)[1:], dtype_of(targets), 'targets of a series', like=Tensor))
