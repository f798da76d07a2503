"""torchinfo: a summary calls the model, so it says what the model's input is."""
import layerscope
import torch


class ModelStatistics:
    total_params = 0
    trainable_params = 0


def _made(size, dtype):
    return layerscope.data(list(size), dtype.name, reason='the input of a summary', like=torch.Tensor)


def summary(model, input_size=None, input_data=None, batch_dim=None, cache_forward_pass=None, col_names=None, col_width=25, depth=3, device=None, dtypes=None, mode='same',
            row_settings=None, verbose=None, **kwargs):
    if input_data is not None:
        if isinstance(input_data, dict):
            model(**input_data, **kwargs)
        else:
            model(*(input_data if isinstance(input_data, (list, tuple)) else [input_data]), **kwargs)
    elif input_size is not None:
        sizes = [input_size] if not isinstance(input_size[0], (list, tuple)) else list(input_size)
        if batch_dim is not None:
            sizes = [tuple(size[:batch_dim]) + (1,) + tuple(size[batch_dim:]) for size in sizes]
        kinds = list(dtypes) if dtypes is not None else [torch.float] * len(sizes)
        was_training = model.training
        if mode != 'same':
            model.train(mode == 'train')
        model(*[_made(size, kind) for size, kind in zip(sizes, kinds)], **kwargs)
        model.train(was_training)
    return ModelStatistics()
