"""Files of tensors: not read while a program is read."""
import layerscope


def safe_open(filename, framework, device='cpu'):
    return layerscope.unknown('what is in a checkpoint is not read while the program is read')
