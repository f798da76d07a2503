"""Contexts that switch gradients on and off: they change no shape."""


class _Mode:
    """Usable as a context, a decorator with parentheses, and one without."""

    def __new__(cls, function=None, *args, **kwargs):
        made = object.__new__(cls)
        return function if callable(function) else made

    def __init__(self, mode=None):
        self.mode = mode

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def __call__(self, function):
        return function

    def clone(self):
        return self


class no_grad(_Mode):
    pass


class enable_grad(_Mode):
    pass


class inference_mode(_Mode):
    pass


class set_grad_enabled(_Mode):
    pass


def is_grad_enabled():
    return True
