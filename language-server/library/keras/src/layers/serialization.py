"""Configuration values as plain data."""
from keras.src import constraints, initializers, regularizers


def serialize(value):
    """A configuration value as plain data."""
    if isinstance(value, (initializers.Initializer, regularizers.Regularizer, constraints.Constraint)):
        return {'class_name': value.__class__.__name__, 'config': value.get_config()}
    if isinstance(value, (list, tuple)):
        return [serialize(item) for item in value]
    if isinstance(value, dict):
        return {key: serialize(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return getattr(value, '__name__', None) or value.__class__.__name__
