import layerscope

from keras.src.backend.tensors import Tensor
from keras.src.layers.core import batch_symbol
from keras.src.utils.data import array_to_img, image_steps, img_to_array, load_img, save_img

_RANDOM = ('rotation_range', 'width_shift_range', 'height_shift_range', 'brightness_range', 'shear_range', 'zoom_range', 'channel_shift_range', 'horizontal_flip', 'vertical_flip')
_FITTED = ('featurewise_center', 'samplewise_center', 'featurewise_std_normalization', 'samplewise_std_normalization', 'zca_whitening')


class ImageDataGenerator:
    """Batches of images, changed at random: their shapes stay."""

    def __init__(self, *args, **kwargs):
        self.data_format = kwargs.get('data_format') or 'channels_last'
        self._options = kwargs

    def _standardized(self):
        """What the generator does to pictures beside their shapes, in its order."""
        options = self._options
        steps = [{'kind': 'skipped', 'what': name, 'random': True} for name in _RANDOM if options.get(name)]
        function = options.get('preprocessing_function')
        if function is not None:
            steps.append({'kind': 'skipped', 'what': 'preprocessing_function', 'about': function})
        rescale = options.get('rescale')
        if rescale is not None:
            steps.append({'kind': 'scale', 'factor': rescale, 'offset': 0, 'about': self, 'what': 'rescale'})
        return steps + [{'kind': 'skipped', 'what': name} for name in _FITTED if options.get(name)]

    def fit(self, x, augment=False, rounds=1, seed=None):
        if layerscope.is_known(x.shape) and len(x.shape) != 4:
            raise ValueError(f"Input to `.fit()` should have rank 4. Got array with shape: {tuple(x.shape)}")

    def flow(self, x, y=None, batch_size=32, shuffle=True, sample_weight=None, seed=None, save_to_dir=None, save_prefix='', save_format='png', subset=None, **kwargs):
        if isinstance(x, layerscope.Value) and layerscope.is_known(x.shape):
            if len(x.shape) != 4:
                raise ValueError(f"('Input data in `NumpyArrayIterator` should have rank 4. You passed an array with shape', {tuple(x.shape)})")
            if isinstance(y, layerscope.Value) and layerscope.is_known(y.shape):
                layerscope.require(x.shape[0] == y.shape[0], ValueError(
                    f"`x` (images tensor) and `y` (labels) should have the same length. Found: x.shape = {tuple(x.shape)}, y.shape = {tuple(y.shape)}"))
        return Iterator(layerscope.prepared(_batch(x), self._standardized(), x), None if y is None else _batch(y), batch_size)

    def flow_from_directory(self, directory, target_size=(256, 256), color_mode='rgb', classes=None, class_mode='categorical', batch_size=32, shuffle=True,
                            seed=None, **kwargs):
        channels = {'rgb': 3, 'rgba': 4, 'grayscale': 1}[color_mode]
        x = layerscope.data((batch_symbol(), target_size[0], target_size[1], channels), 'float32', 'images of a folder', like=Tensor)
        layerscope.prepared(x, image_steps(target_size, channels, kwargs.get('interpolation', 'nearest')) + self._standardized())
        count = len(classes) if classes is not None else layerscope.symbol('classes')
        shape = {'categorical': (batch_symbol(), count), 'binary': (batch_symbol(),), 'sparse': (batch_symbol(),)}.get(class_mode)
        y = x if class_mode == 'input' else None if shape is None else layerscope.data(shape, 'float32', 'labels of a folder', like=Tensor)
        return Iterator(x, y, batch_size)

    def flow_from_dataframe(self, dataframe, directory=None, x_col='filename', y_col='class', target_size=(256, 256), color_mode='rgb', classes=None,
                            class_mode='categorical', batch_size=32, **kwargs):
        if class_mode in ('raw', 'multi_output'):
            class_mode = None
        return self.flow_from_directory(directory, target_size, color_mode, classes, class_mode, batch_size)

    def standardize(self, x):
        return x

    random_transform = apply_transform = standardize


def _batch(x):
    if not isinstance(x, layerscope.Value) or not layerscope.is_known(x.shape):
        return layerscope.data(None, 'float32', 'a batch', like=Tensor)
    return layerscope.data((batch_symbol(),) + tuple(x.shape)[1:], 'float32', 'a batch', like=Tensor)


class Iterator:
    def __init__(self, x, y, batch_size):
        self.x, self.y, self.batch_size = x, y, batch_size
        self.n = self.samples = layerscope.symbol('samples')
        self.classes = layerscope.unknown('the classes of a folder')
        self.class_indices = layerscope.unknown('the classes of a folder')
        self.filenames = layerscope.unknown('the files of a folder')
        self.num_classes = layerscope.symbol('classes')
        self.image_shape = tuple(x.shape)[1:] if layerscope.is_known(x.shape) else None

    def __layerscope_batch__(self):
        return self.x if self.y is None else (self.x, self.y)

    def __iter__(self):
        return self

    def __next__(self):
        return self.__layerscope_batch__()

    next = __next__

    def __len__(self):
        return layerscope.symbol('batches')

    def __getitem__(self, index):
        return self.__layerscope_batch__()

    def reset(self):
        pass


DirectoryIterator = NumpyArrayIterator = Iterator
