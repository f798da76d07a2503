"""Saving and loading, custom objects."""
import layerscope

_custom = {}


def custom_object(name):
    return _custom.get(name)


def get_custom_objects():
    return _custom


def register_keras_serializable(package='Custom', name=None):
    def decorate(cls):
        _custom[f'{package}>{name or cls.__name__}'] = cls
        _custom[name or cls.__name__] = cls
        return cls
    return decorate


def get_registered_name(obj):
    return obj.__name__


def get_registered_object(name, custom_objects=None, module_objects=None):
    return _custom.get(name)


class CustomObjectScope:
    def __init__(self, custom_objects):
        self.custom_objects = custom_objects

    def __enter__(self):
        self.before = dict(_custom)
        _custom.update(self.custom_objects)
        return self

    def __exit__(self, *args):
        _custom.clear()
        _custom.update(self.before)


custom_object_scope = CustomObjectScope


def load_model(filepath, custom_objects=None, compile=True, safe_mode=True):
    return layerscope.unknown('a model loaded from a file')


def save_model(model, filepath, overwrite=True, **kwargs):
    pass


def load_weights(model, filepath, skip_mismatch=False, **kwargs):
    pass


save_weights = save_model


def serialize_keras_object(obj):
    if obj is None or isinstance(obj, (bool, int, float, str)):
        return obj
    if isinstance(obj, (list, tuple)):
        return [serialize_keras_object(item) for item in obj]
    if isinstance(obj, dict):
        return {key: serialize_keras_object(value) for key, value in obj.items()}
    if hasattr(obj, 'get_config'):
        return {'module': obj.__class__.__module__, 'class_name': obj.__class__.__name__, 'config': obj.get_config(), 'instance': obj}
    return {'class_name': 'function', 'config': getattr(obj, '__name__', ''), 'instance': obj}


def deserialize_keras_object(config, custom_objects=None, safe_mode=True, **kwargs):
    if not isinstance(config, dict) or 'class_name' not in config:
        return config
    if not hasattr(config.get('instance'), 'get_config'):
        found = config.get('instance') or _find(config['class_name'], custom_objects)
        return found
    cls = config['instance'].__class__
    return cls.from_config(config['config'])


def _find(name, custom_objects):
    from keras.src import layers
    return (custom_objects or {}).get(name) or _custom.get(name) or getattr(layers, name, layerscope.unknown(f'the class {name}'))


serialize = serialize_keras_object
deserialize = deserialize_keras_object


class KerasFileEditor:
    def __init__(self, filepath):
        self.filepath = filepath
