"""Files of torch tensors."""
import layerscope


def load_file(filename, device='cpu'):
    return layerscope.unknown('what is in a checkpoint is not read while the program is read')


def save_file(tensors, filename, metadata=None):
    return None


load, load_model, save, save_model = load_file, load_file, save_file, save_file
