"""Nested lists, tuples and dicts of tensors. Dicts are walked in the order of their sorted keys, as Keras does."""
import layerscope


def is_nested(structure):
    return isinstance(structure, (list, tuple, dict))


def _sorted(dictionary):
    try:
        return sorted(dictionary)
    except TypeError:
        return list(dictionary)


def flatten(structure):
    if layerscope.is_unknown(structure):
        return [structure]
    if isinstance(structure, dict):
        return [leaf for key in _sorted(structure) for leaf in flatten(structure[key])]
    if isinstance(structure, (list, tuple)):
        return [leaf for item in structure for leaf in flatten(item)]
    return [structure]


def map_structure(function, *structures, none_is_leaf=True):
    first = structures[0]
    if layerscope.is_unknown(first):
        return function(*structures)
    if isinstance(first, dict):
        made = {key: map_structure(function, *[structure[key] for structure in structures]) for key in first}
        return made
    if isinstance(first, tuple) and hasattr(first, '_fields'):
        return first.__class__(*[map_structure(function, *items) for items in zip(*structures)])
    if isinstance(first, (list, tuple)):
        made = [map_structure(function, *items) for items in zip(*structures)]
        return made if isinstance(first, list) else tuple(made)
    return function(*structures)


def pack_sequence_as(structure, flat_sequence):
    leaves = iter(flat_sequence)
    if isinstance(structure, dict):
        filled = {key: pack_sequence_as(structure[key], [next(leaves) for _ in flatten(structure[key])]) for key in _sorted(structure)}
        return {key: filled[key] for key in structure}
    return map_structure(lambda _: next(leaves), structure)


def traverse(function, structure, top_down=True):
    return map_structure(function, structure)


def lists_to_tuples(structure):
    if isinstance(structure, dict):
        return {key: lists_to_tuples(value) for key, value in structure.items()}
    if isinstance(structure, (list, tuple)):
        return tuple([lists_to_tuples(item) for item in structure])
    return structure


def map_shape_structure(function, structure):
    if is_shape(structure):
        return function(tuple(structure))
    if isinstance(structure, dict):
        return {key: map_shape_structure(function, value) for key, value in structure.items()}
    if isinstance(structure, (list, tuple)):
        return [map_shape_structure(function, item) for item in structure]
    return function(structure)


def is_shape(structure):
    """Whether a list or tuple is a shape rather than a structure of shapes."""
    return isinstance(structure, (list, tuple)) and all([not isinstance(size, (list, tuple, dict)) for size in structure])
