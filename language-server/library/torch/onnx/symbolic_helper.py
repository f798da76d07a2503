"""Declarations for export."""


def parse_args(*descriptors):
    return lambda function: function
