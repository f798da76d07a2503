"""Compilation changes no shape."""


def is_compiling():
    return False


is_dynamo_compiling = is_exporting = is_compiling


def disable(fn=None, recursive=True):
    return fn if fn is not None else lambda function: function
