"""keras.applications, where Keras itself is not installed: what goes in and what comes out. Of the layers between, VGG's alone are known."""
import layerscope

from keras.src.layers import Conv2D, Dense, Flatten, GlobalAveragePooling2D, GlobalMaxPooling2D, Input, InputSpec, Layer, MaxPooling2D
from keras.src.models import Model


def _half(size):
    return (size + 1) // 2


def _same(halvings):
    """Convolutions padded to the same size, of stride 2."""
    def end(size):
        for _ in range(halvings):
            size = _half(size)
        return size
    return end


def _floor(halvings):
    return lambda size: size // 2 ** halvings


def _dense(size):
    return _half(_half(size)) // 8


def _inception(size):
    size = (size - 3) // 2 + 1 - 2
    size = (size - 3) // 2 + 1 - 2
    for _ in range(3):
        size = (size - 3) // 2 + 1
    return size


def _xception(size):
    return _same(4)((size - 3) // 2 + 1 - 2)


# channels that come out, sizes that come out, size that goes in by default, module
_MODELS = {
    'ResNet50': (2048, _same(5), 224, 'resnet'), 'ResNet101': (2048, _same(5), 224, 'resnet'), 'ResNet152': (2048, _same(5), 224, 'resnet'),
    'ResNet50V2': (2048, _same(5), 224, 'resnet_v2'), 'ResNet101V2': (2048, _same(5), 224, 'resnet_v2'), 'ResNet152V2': (2048, _same(5), 224, 'resnet_v2'),
    'MobileNet': (1024, _same(5), 224, 'mobilenet'), 'MobileNetV2': (1280, _same(5), 224, 'mobilenet_v2'),
    'MobileNetV3Small': (576, _same(5), 224, 'mobilenet_v3'), 'MobileNetV3Large': (960, _same(5), 224, 'mobilenet_v3'),
    'DenseNet121': (1024, _dense, 224, 'densenet'), 'DenseNet169': (1664, _dense, 224, 'densenet'), 'DenseNet201': (1920, _dense, 224, 'densenet'),
    'EfficientNetB0': (1280, _same(5), 224, 'efficientnet'), 'EfficientNetB1': (1280, _same(5), 240, 'efficientnet'), 'EfficientNetB2': (1408, _same(5), 260, 'efficientnet'),
    'EfficientNetB3': (1536, _same(5), 300, 'efficientnet'), 'EfficientNetB4': (1792, _same(5), 380, 'efficientnet'), 'EfficientNetB5': (2048, _same(5), 456, 'efficientnet'),
    'EfficientNetB6': (2304, _same(5), 528, 'efficientnet'), 'EfficientNetB7': (2560, _same(5), 600, 'efficientnet'),
    'EfficientNetV2B0': (1280, _same(5), 224, 'efficientnet_v2'), 'EfficientNetV2S': (1280, _same(5), 384, 'efficientnet_v2'),
    'InceptionV3': (2048, _inception, 299, 'inception_v3'), 'InceptionResNetV2': (1536, _inception, 299, 'inception_resnet_v2'), 'Xception': (2048, _xception, 299, 'xception'),
    'ConvNeXtTiny': (768, _floor(5), 224, 'convnext'), 'ConvNeXtSmall': (768, _floor(5), 224, 'convnext'), 'ConvNeXtBase': (1024, _floor(5), 224, 'convnext'),
    'VGG16': (512, _floor(5), 224, 'vgg16'), 'VGG19': (512, _floor(5), 224, 'vgg19'),
}
# the smallest height and width that a network takes, where that is not 32
_SMALLEST = {'InceptionV3': 75, 'InceptionResNetV2': 75, 'Xception': 71}
_SUBMODULES = {module for _, _, _, module in _MODELS.values()} | {'resnet50', 'imagenet_utils', 'nasnet'}


class _Features(Layer):
    """All layers of a network as one, of which the shape of the result is known."""

    def __init__(self, channels, sizes, **kwargs):
        super().__init__(**kwargs)
        self.channels, self.sizes = channels, sizes

    def build(self, input_shape):
        self.input_spec = InputSpec(ndim=4, axes={-1: input_shape[-1]})
        self.built = True

    def call(self, x):
        sizes = [self.sizes(size) if layerscope.is_known(size) and size is not None else None for size in tuple(x.shape)[1:3]]
        return layerscope.gap(f'the layers of {self.name}: Keras is not installed here', x, shape=(x.shape[0], *sizes, self.channels), dtype='float32', like=x.__class__)


class _Network(Model):
    """Its inner layers are not known."""

    @property
    def layers(self):
        return layerscope.unknown('the layers of a network of keras.applications')

    def get_layer(self, name=None, index=None):
        return layerscope.unknown('a layer of a network of keras.applications')


def _vgg(x, counts):
    for block, (count, width) in enumerate(zip(counts, (64, 128, 256, 512, 512))):
        for index in range(count):
            x = Conv2D(width, 3, activation='relu', padding='same', name=f'block{block + 1}_conv{index + 1}')(x)
        x = MaxPooling2D(2, 2, name=f'block{block + 1}_pool')(x)
    return x


def _check_sizes(shape, least):
    if len(shape) != 3:
        raise ValueError(f"`input_shape` must be a tuple of three integers, got {shape}.")
    if any([layerscope.is_known(size) and size is not None and size < least for size in shape[:2]]):
        raise ValueError(f"Input size must be at least {least}x{least}; Received: input_shape={shape}")


def _builder(name):
    channels, sizes, default, _ = _MODELS[name]

    def build(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', **kwargs):
        own = kwargs.get('name') if isinstance(kwargs.get('name'), str) else name.lower()
        if include_top and weights == 'imagenet' and classes != 1000:
            raise ValueError('If using `weights="imagenet"` with `include_top=True`, `classes` should be 1000. ' f'Received classes={classes}')
        if weights == 'imagenet' and isinstance(input_shape, (tuple, list)) and len(input_shape) == 3 and layerscope.is_known(input_shape[-1]) and input_shape[-1] not in (3, None):
            raise ValueError(f"The input must have 3 channels; Received `input_shape={tuple(input_shape)}`")
        if isinstance(input_shape, (tuple, list)) and not (include_top and weights == 'imagenet'):
            _check_sizes(tuple(input_shape), _SMALLEST.get(name, 32))
        shape = tuple(input_shape) if input_shape is not None else (default, default, 3) if include_top else (None, None, 3)
        inputs = Input(shape=shape) if input_tensor is None else input_tensor
        vgg = {'VGG16': (2, 2, 3, 3, 3), 'VGG19': (2, 2, 4, 4, 4)}.get(name)
        x = _vgg(inputs, vgg) if vgg is not None else _Features(channels, sizes, name=own + '_features')(inputs)
        if include_top:
            if vgg is not None:
                x = Dense(4096, activation='relu', name='fc2')(Dense(4096, activation='relu', name='fc1')(Flatten(name='flatten')(x)))
            else:
                x = GlobalAveragePooling2D(name='avg_pool')(x)
            x = Dense(classes, activation=classifier_activation, name='predictions')(x)
        elif pooling == 'avg':
            x = GlobalAveragePooling2D()(x)
        elif pooling == 'max':
            x = GlobalMaxPooling2D()(x)
        return (Model if vgg is not None else _Network)(inputs, x, name=own)

    build.__name__ = name
    return build


_built = {}


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    if name in _MODELS:
        if name not in _built:
            _built[name] = _builder(name)
        return _built[name]
    if name in _SUBMODULES:
        import importlib
        return importlib.import_module('keras.applications.' + name)
    return layerscope.unknown(f'keras.applications.{name}')


def preprocess_input(x, data_format=None, mode='caffe', **kwargs):
    """As `imagenet_utils` has it; the networks' modules pass the mode that they were trained with."""
    if data_format not in (None, 'channels_first', 'channels_last') and layerscope.is_known(data_format):
        raise ValueError(f"Expected data_format to be one of `channels_first` or `channels_last`. Received: data_format={data_format}")
    if not isinstance(x, layerscope.Value):
        return layerscope.unknown('preprocessed images')
    if mode == 'none' or data_format == 'channels_first' or not layerscope.is_known(x.shape):
        return x
    if mode == 'tf':
        return x / 127.5 - 1.0
    if mode == 'torch':
        return (x / 255.0 - _row(x, [0.485, 0.456, 0.406])) / _row(x, [0.229, 0.224, 0.225])
    return x[..., ::-1] - _row(x, [103.939, 116.779, 123.68])


def _row(x, numbers):
    import numpy
    return layerscope.constant(numbers, 'float32', like=numpy.ndarray if isinstance(x, numpy.ndarray) else type(x))


def preprocessing(mode):
    def preprocess_input(x, data_format=None):
        return _preprocess(x, data_format, mode)
    return preprocess_input


_preprocess = preprocess_input
