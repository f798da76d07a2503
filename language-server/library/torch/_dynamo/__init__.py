"""Compilation changes no shape."""


def disable(fn=None, recursive=True, **options):
    return fn if fn is not None else lambda function: function


def optimize(*args, **options):
    return lambda function: function


allow_in_graph = assume_constant_result = graph_break = mark_dynamic = disable


def reset():
    return None


def is_compiling():
    return False
