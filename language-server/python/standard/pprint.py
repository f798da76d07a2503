"""Printing structures."""


def pformat(object, *args, **kwargs):
    return repr(object)


def pprint(object, stream=None, *args, **kwargs):
    print(pformat(object), file=stream)


pp = pprint
saferepr = repr


class PrettyPrinter:
    def __init__(self, *args, **kwargs):
        pass

    def pprint(self, object):
        pprint(object)

    def pformat(self, object):
        return pformat(object)
