import layerscope


def get_file(*args, **kwargs):
    return layerscope.unknown('a downloaded file')


def exists(path):
    return False
