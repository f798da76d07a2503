"""Warnings go nowhere: only what raises matters."""

filters = []


def warn(message, category=None, stacklevel=1, source=None, **kwargs):
    pass


def warn_explicit(message, category, filename, lineno, *args, **kwargs):
    pass


def showwarning(message, category, filename, lineno, file=None, line=None):
    pass


def formatwarning(message, category, filename, lineno, line=None):
    return str(message)


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    pass


def simplefilter(action, category=Warning, lineno=0, append=False):
    pass


def resetwarnings():
    pass


class catch_warnings:
    def __init__(self, *, record=False, module=None, **kwargs):
        self._record = record

    def __enter__(self):
        return [] if self._record else None

    def __exit__(self, *exc_info):
        pass


def deprecated(message, /, *, category=DeprecationWarning, stacklevel=1):
    return lambda each: each
