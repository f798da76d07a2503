"""Custom operators: what they compute is not followed."""


class Library:
    def __init__(self, ns, kind, dispatch_key=''):
        self.ns = ns

    def define(self, schema, **options):
        return schema

    def impl(self, name, function=None, dispatch_key='', **options):
        return function

    fallback = define


def _decorator(*args, **options):
    return lambda function: function


register_fake = impl_abstract = register_kernel = impl = register_autograd = _decorator


def custom_op(name, fn=None, **options):
    return fn if fn is not None else lambda function: function


def define(*args, **options):
    return None


def get_ctx():
    return None
