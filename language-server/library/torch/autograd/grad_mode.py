"""Contexts that switch gradients on and off: they change no shape."""
import functools

import layerscope


class _Mode:
    """Usable as a context, a decorator with parentheses, and one without."""
    _flag = True

    def __new__(cls, function=None, *args, **kwargs):
        made = object.__new__(cls)
        if not callable(function):
            return made
        made.__init__()
        return made(function)

    def __init__(self, mode=None):
        self.mode = mode

    def _wanted(self):
        return self._flag

    def __enter__(self):
        self.before = layerscope.recording(self._wanted())
        return self

    def __exit__(self, *error):
        layerscope.recording(self.before)
        return None

    def __call__(self, function):
        @functools.wraps(function)
        def switched(*args, **kwargs):
            before = layerscope.recording(self._wanted())
            try:
                return function(*args, **kwargs)
            finally:
                layerscope.recording(before)
        return switched

    def clone(self):
        return self


class no_grad(_Mode):
    _flag = False


class enable_grad(_Mode):
    pass


class inference_mode(_Mode):
    def _wanted(self):
        return False if self.mode is None else not self.mode


class set_grad_enabled(_Mode):
    """Switches when it is called, and back at the end of a `with`."""

    def __init__(self, mode=True):
        self.mode = mode
        self.before = layerscope.recording(mode)

    def _wanted(self):
        return self.mode

    def __enter__(self):
        layerscope.recording(self.mode)
        return self


def is_grad_enabled():
    return layerscope.recording()
