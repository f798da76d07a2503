"""Names of layers as Keras gives them: the class's name in snake case, counted over the run."""
import re

_counters = {}


def to_snake_case(name):
    name = re.sub(r'\W+', '', name)
    name = re.sub('(.)([A-Z][a-z]+)', r'\1_\2', name)
    return re.sub('([a-z])([A-Z])', r'\1_\2', name).lower()


def uniquify(name):
    count = _counters.get(name, 0)
    _counters[name] = count + 1
    return f'{name}_{count}' if count else name


def auto_name(prefix):
    return uniquify(to_snake_case(prefix))


def get_uid(prefix=''):
    _counters[prefix] = _counters.get(prefix, 0) + 1
    return _counters[prefix]


def reset_uids():
    _counters.clear()


def get_object_name(obj):
    return obj.name if hasattr(obj, 'name') else to_snake_case(obj.__name__ if hasattr(obj, '__name__') else obj.__class__.__name__)
