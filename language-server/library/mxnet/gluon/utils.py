"""mx.gluon.utils."""
import layerscope


def split_data(data, num_slice, batch_axis=0, even_split=True):
    size = data.shape[batch_axis]
    if even_split:
        layerscope.require(size % num_slice == 0, ValueError(
            f'data with shape {tuple(data.shape)} cannot be evenly split into {num_slice} slices along axis {batch_axis}. Use a batch size that\'s multiple of {num_slice} or set even_split=False.'))
    step = size // num_slice
    return [data.slice_axis(batch_axis, index * step, (index + 1) * step) for index in range(num_slice)]


def split_and_load(data, ctx_list, batch_axis=0, even_split=True):
    count = len(ctx_list) if layerscope.is_known(ctx_list) and isinstance(ctx_list, (list, tuple)) else 1
    return [data] if count == 1 else split_data(data, count, batch_axis, even_split)


def clip_global_norm(arrays, max_norm, check_isfinite=True):
    return layerscope.unknown('the norm of some arrays', float)


def download(url, path=None, overwrite=False, sha1_hash=None, retries=5, verify_ssl=True):
    return layerscope.unknown('the path of a downloaded file', str)


def check_sha1(filename, sha1_hash):
    return layerscope.unknown('whether a file is the right one', bool)
