"""Nothing runs at exit."""


def register(func, *args, **kwargs):
    return func


def unregister(func):
    pass
