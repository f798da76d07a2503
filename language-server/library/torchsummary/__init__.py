"""torchsummary: a summary calls the model with a batch of two."""
import layerscope
import torch


def summary(model, input_size, batch_size=-1, device='cuda'):
    sizes = input_size if isinstance(input_size, list) else [input_size]
    model(*[layerscope.data([2] + list(size), 'float32', reason='the input of a summary', like=torch.Tensor) for size in sizes])
