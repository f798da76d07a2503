"""Literals in a string; trees of code are not made."""
from _analysis import literal as _literal, unknown as _unknown


def literal_eval(node_or_string):
    return _literal(node_or_string)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f"module 'ast' has no attribute '{name}'")
    return _unknown(f'ast.{name} is not followed')
