"""Nested containers as lists of leaves."""


class TreeSpec:
    def __init__(self, kind, context, children):
        self.type, self.context, self.children_specs = kind, context, children


def tree_flatten(tree, is_leaf=None):
    if isinstance(tree, dict):
        keys, parts, kind = list(tree), list(tree.values()), dict
    elif isinstance(tree, (list, tuple)) and not hasattr(tree, 'shape'):
        keys, parts, kind = None, list(tree), type(tree)
    else:
        return [tree], TreeSpec(None, None, [])
    leaves, specs = [], []
    for part in parts:
        found, spec = tree_flatten(part)
        leaves.extend(found)
        specs.append(spec)
    return leaves, TreeSpec(kind, keys, specs)


def tree_unflatten(leaves, treespec):
    leaves = list(leaves)

    def build(spec):
        if spec.type is None:
            return leaves.pop(0)
        parts = [build(child) for child in spec.children_specs]
        return dict(zip(spec.context, parts)) if spec.type is dict else spec.type(parts)
    return build(treespec)


def tree_map(func, tree, *rests, is_leaf=None):
    leaves, spec = tree_flatten(tree)
    return tree_unflatten([func(leaf) for leaf in leaves], spec)
